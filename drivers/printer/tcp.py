"""ESC/POS on the network, usually port 9100."""

import contextlib
import socket
import time
from collections.abc import Callable

from drivers.errors import DeviceLost
from drivers.options import EscPosTcpOptions
from drivers.printer.escpos import EscPosPrinter
from drivers.printer.transport import FdTransport

# A small send buffer shows how fast the printer takes a page; a large one would swallow it whole.
_SEND_BUFFER = 16384
_GOODBYE_SECONDS = 0.3


class TcpTransport(FdTransport):
    """A TCP connection."""

    def __init__(self, options: EscPosTcpOptions) -> None:
        super().__init__(f"{options.host}:{options.port}")
        self._options = options
        self._socket: socket.socket | None = None

    def open(self) -> None:
        """Connect, bounded by ``connect_timeout``."""
        self.close()
        o = self._options
        try:
            connection = socket.create_connection((o.host, o.port), timeout=o.connect_timeout)
        except TimeoutError as error:
            raise DeviceLost(f"no answer from {self.where} within {o.connect_timeout:g} s") from error
        except OSError as error:
            raise DeviceLost(f"cannot connect to {self.where}: {error.strerror or error}") from error
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER)
        # A pulled cable is noticed so soon. Not sooner: it also ends a connection whose window stays shut.
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(o.stall_timeout * 1000) + 1000)
        self._socket = connection
        self._adopt(connection.fileno())

    def close(self) -> None:
        """Say goodbye first: closing with unread answers would reset the connection and could take paper with it."""
        connection, self._socket = self._socket, None
        if connection is None:
            return
        with connection, contextlib.suppress(OSError):
            if self.is_open:
                connection.shutdown(socket.SHUT_WR)
                connection.settimeout(_GOODBYE_SECONDS)
                while connection.recv(512):
                    pass
        self.is_open = False


class TcpPrinter(EscPosPrinter):
    """The driver ``escpos-tcp``."""

    Options = EscPosTcpOptions

    def __init__(self, options: EscPosTcpOptions, *, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(options, TcpTransport(options), keep=options.keep, clock=clock)
