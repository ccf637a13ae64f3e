"""A scanner for trying out: each line that arrives at a pipe, a growing file or a Unix socket is a code.

``echo '099…|…' > build/scanner`` is a card held to the reader.
"""

import contextlib
import os
import select
import socket
import stat
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from drivers.errors import DeviceLost
from drivers.options import SimulatedScannerOptions
from drivers.readings import Scan
from drivers.scanner.framing import Framer

_STALE_AFTER = 5.0  # people type
_LOOK_EVERY = 0.05
_MOST_PEERS = 8


class SimulatedScanner:
    """The driver ``simulated`` of scanners."""

    simulated: ClassVar[bool] = True
    Options = SimulatedScannerOptions

    def __init__(self, options: SimulatedScannerOptions, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._options = options
        self._clock = clock
        self._framer = Framer(_STALE_AFTER)
        self._fd = -1
        self._listener: socket.socket | None = None
        self._peers: list[socket.socket] = []
        self._waiting = threading.Event()

    def open(self) -> None:
        """Make what is missing and start to listen."""
        self.close()
        self._framer.reset()
        if self._options.path is None:
            return
        try:
            {"fifo": self._open_fifo, "file": self._open_file, "socket": self._open_socket}[self._options.source](
                Path(self._options.path)
            )
        except OSError as error:
            self.close()
            raise DeviceLost(f"{self._options.path}: {error.strerror or error}") from error

    def close(self) -> None:
        """Let go; a socket is taken away, a pipe or file stays."""
        fd, self._fd = self._fd, -1
        if fd >= 0:
            with contextlib.suppress(OSError):
                os.close(fd)
        for peer in self._peers:
            peer.close()
        self._peers.clear()
        listener, self._listener = self._listener, None
        if listener is not None:
            listener.close()
            with contextlib.suppress(OSError):
                os.unlink(str(self._options.path))

    def read(self, timeout: float) -> Scan | None:
        """The next line."""
        deadline = self._clock() + timeout
        while True:
            reading = self._framer.next()
            if reading is not None:
                return Scan(reading.payload, self._clock(), self._options.trusted_text, reading.dropped)
            left = deadline - self._clock()
            data = self._receive(max(0.0, left))
            if data:
                self._framer.feed(data, self._clock())
            elif left <= 0:
                return None

    def _open_fifo(self, path: Path) -> None:
        if not path.exists():
            os.mkfifo(path, 0o600)
        if not stat.S_ISFIFO(path.stat().st_mode):
            raise DeviceLost(f"{path} is no named pipe")
        # Open for writing too: so the pipe has no end when a writer goes away.
        self._fd = os.open(path, os.O_RDWR | os.O_NONBLOCK)

    def _open_file(self, path: Path) -> None:
        path.touch(mode=0o600)
        if not path.is_file():
            raise DeviceLost(f"{path} is no file")
        self._fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        os.lseek(self._fd, 0, os.SEEK_END)

    def _open_socket(self, path: Path) -> None:
        if path.is_socket():
            path.unlink()
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(path))
        path.chmod(0o600)
        self._listener.listen(_MOST_PEERS)

    def _receive(self, timeout: float) -> bytes:
        if self._options.path is None:
            self._waiting.wait(timeout)
            return b""
        if self._listener is not None:
            return self._receive_from_peers(self._listener, timeout)
        if self._fd < 0:
            raise DeviceLost(f"{self._options.path} is not open")
        if self._options.source == "file":
            return self._receive_from_file(timeout)
        ready, _, _ = select.select([self._fd], [], [], timeout)
        return os.read(self._fd, 4096) if ready else b""

    def _receive_from_file(self, timeout: float) -> bytes:
        data = os.read(self._fd, 4096)
        if not data:
            if os.fstat(self._fd).st_size < os.lseek(self._fd, 0, os.SEEK_CUR):
                os.lseek(self._fd, 0, os.SEEK_SET)  # somebody emptied the file: begin again
            self._waiting.wait(min(timeout, _LOOK_EVERY))
        return data

    def _receive_from_peers(self, listener: socket.socket, timeout: float) -> bytes:
        ready, _, _ = select.select([listener, *self._peers], [], [], timeout)
        for one in ready:
            if one is listener:
                self._welcome(listener)
                continue
            try:
                data = bytes(one.recv(4096))
            except OSError:
                data = b""
            if data:
                return data
            self._peers.remove(one)
            one.close()
        return b""

    def _welcome(self, listener: socket.socket) -> None:
        peer, _ = listener.accept()
        if len(self._peers) >= _MOST_PEERS:
            peer.close()
        else:
            self._peers.append(peer)
