"""The cable: bounded, non-blocking reads and writes over a file descriptor."""

import array
import fcntl
import os
import select
import termios
import threading
from typing import Protocol

from drivers.errors import DeviceLost


class Transport(Protocol):
    """A cable to a printer. Every method but `close` may raise DeviceLost.

    Attributes:
        where: How a technician knows it: an address or a path.
        is_open: Whether it was opened and not lost or closed since.
    """

    where: str
    is_open: bool

    def open(self) -> None:
        """Connect."""

    def close(self) -> None:
        """Disconnect; what the device has taken stays taken. Never raises, may be called twice."""

    def send(self, data: bytes, timeout: float) -> int:
        """Hand over what is taken at once, waiting up to ``timeout`` seconds for the first byte; gives the count."""

    def receive(self, timeout: float) -> bytes:
        """What has come, waiting up to ``timeout`` seconds; empty for silence."""

    def pending(self) -> int:
        """Bytes on the way that the device has not taken yet; 0 where that is not known."""


class FdTransport:
    """What sockets, serial lines and device files share. Subclasses open and close the descriptor.

    Args:
        where: For messages.
        end_is_loss: Whether reading nothing means that the other side is gone (sockets, terminals).
    """

    def __init__(self, where: str, *, end_is_loss: bool = True) -> None:
        self.where = where
        self.is_open = False
        self._fd = -1
        self._end_is_loss = end_is_loss
        self._nothing = threading.Event()

    def send(self, data: bytes, timeout: float) -> int:
        """See `Transport.send`."""
        if not self._wait(select.POLLOUT, timeout):
            return 0
        try:
            return os.write(self._fd, data)
        except BlockingIOError:
            return 0
        except OSError as error:
            raise self._lost(error.strerror) from error

    def receive(self, timeout: float) -> bytes:
        """See `Transport.receive`."""
        if not self._wait(select.POLLIN, timeout):
            return b""
        try:
            data = os.read(self._fd, 512)
        except BlockingIOError:
            return b""
        except OSError as error:
            raise self._lost(error.strerror) from error
        if not data:
            if self._end_is_loss:
                raise self._lost("the other side closed the connection")
            self._nothing.wait(min(timeout, 0.05))  # such files are always readable: do not spin
        return data

    def pending(self) -> int:
        """See `Transport.pending`."""
        count = array.array("i", [0])
        try:
            fcntl.ioctl(self._fd, termios.TIOCOUTQ, count)  # for sockets the same number is SIOCOUTQ
        except OSError:
            return 0
        return count[0]

    def _adopt(self, fd: int) -> None:
        os.set_blocking(fd, False)
        self._fd = fd
        self.is_open = True

    def _wait(self, event: int, timeout: float) -> bool:
        if not self.is_open:
            raise DeviceLost(f"{self.where} is not open")
        poll = select.poll()
        poll.register(self._fd, event)
        return bool(poll.poll(max(0.0, timeout) * 1000))

    def _lost(self, why: str | None) -> DeviceLost:
        self.is_open = False
        return DeviceLost(f"{self.where}: {why or 'lost'}")
