"""Devices for tests: an ESC/POS printer on a TCP port or behind a file descriptor.

with EscPosEmulator() as printer:
    ...  # connect to printer.host, printer.port
    printer.wait_for_pages(1)
    printer.pages[0].image()
"""

import contextlib
import os
import select
import socket
import struct
import threading
import time
from collections.abc import Callable
from typing import Self

from tests.support.escpos_model import Faults, PaperPage, PrinterModel

__all__ = ["EscPosEmulator", "Faults", "PaperPage", "PrinterModel"]


class EscPosEmulator:
    """A printer on a thread of its own.

    Args:
        faults: What is wrong with it; ``emulator.faults`` may be changed at any time.
        sip: Bytes taken at once; small ones with ``pause`` make a slow printer.
        pause: Seconds between two sips.
        lost_after: Bytes of one connection after which it is torn (reset), once.

    Attributes:
        first_byte_at: `time.monotonic` of the first byte after start or `forget`, questions included.
        page_began_at: The same of the first byte that belongs to a page.
        pages_began_at: The same of every page.
        connections: How often somebody connected.
    """

    host = "127.0.0.1"

    def __init__(
        self, faults: Faults | None = None, *, sip: int = 65536, pause: float = 0.0, lost_after: int | None = None
    ) -> None:
        self.model = PrinterModel(faults)
        self.sip = sip
        self.pause = pause
        self.lost_after = lost_after
        self.first_byte_at: float | None = None
        self.page_began_at: float | None = None
        self.pages_began_at: list[float] = []
        self.connections = 0
        self.port = 0
        self._changed = threading.Condition()
        self._stop = threading.Event()
        self._wake_r, self._wake_w = os.pipe()
        self._listener: socket.socket | None = None
        self._thread: threading.Thread | None = None
        self._peer: socket.socket | int | None = None

    @property
    def faults(self) -> Faults:
        return self.model.faults

    @property
    def pages(self) -> list[PaperPage]:
        """Pages that were cut off."""
        return self.model.pages

    @property
    def received(self) -> bytes:
        return bytes(self.model.received)

    # life

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *exc: object) -> None:
        self.stop()

    def start(self) -> Self:
        """Listen on a free port (or the one it had) and serve."""
        self._listener = socket.socket()
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if self.pause:  # a slow printer has a small buffer: what the kernel swallows is not slow
            self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self._listener.bind((self.host, self.port))
        self.port = self._listener.getsockname()[1]
        self._listener.listen(4)
        return self._begin(self._serve_tcp)

    def serve(self, fd: int) -> Self:
        """Serve a file descriptor instead (the master end of a pty); it stays the caller's to close."""
        self._peer = fd
        return self._begin(self._serve_fd)

    def _begin(self, work: Callable[[], None]) -> Self:
        self._stop.clear()
        self._thread = threading.Thread(target=work, name="printer emulator", daemon=True)
        self._thread.start()
        return self

    def unplug(self) -> None:
        """Pull the cable: the connection is torn and nobody listens; `start` plugs it in again."""
        self._stop.set()
        os.write(self._wake_w, b"x")
        if self._thread is not None:
            self._thread.join(5)
            os.read(self._wake_r, 64)
        if self._listener is not None:
            self._listener.close()

    def stop(self) -> None:
        """End for good."""
        self.unplug()
        os.close(self._wake_r)
        os.close(self._wake_w)

    # what a test does and sees

    def mend(self) -> None:
        """Paper in, cover closed, cutter free: what waited in the buffer goes on."""
        with self._changed:
            for name in ("cover_open", "offline", "cutter_jam", "broken", "stuck", "silent"):
                setattr(self.faults, name, False)
            self.faults.paper, self.faults.paper_rows, self.faults.silent_after = "ok", None, None
            answers = self.model.work()
            self._changed.notify_all()
        self._answer(answers)

    def forget(self) -> None:
        """Start counting anew: bytes, pages, first byte."""
        with self._changed:
            self.model.received.clear()
            self.model.pages.clear()
            self.first_byte_at = self.page_began_at = None
            self.pages_began_at.clear()

    def wait_until(self, true: Callable[[], bool], timeout: float = 10.0) -> bool:
        """Wait until ``true()`` holds; looked at whenever bytes or connections came."""
        with self._changed:
            return self._changed.wait_for(true, timeout)

    def wait_for_pages(self, count: int, timeout: float = 10.0) -> bool:
        return self.wait_until(lambda: len(self.pages) >= count, timeout)

    def wait_for_bytes(self, count: int, timeout: float = 10.0) -> bool:
        return self.wait_until(lambda: len(self.model.received) >= count, timeout)

    # the thread

    def _serve_tcp(self) -> None:
        listener = self._listener
        assert listener is not None
        while not self._stop.is_set():
            ready, _, _ = select.select([listener.fileno(), self._wake_r], [], [])
            if self._wake_r in ready:
                return
            peer, _ = listener.accept()
            with self._changed:
                self.connections += 1
                self.model.reset_connection()
                self._peer = peer
                self._changed.notify_all()
            with peer:
                self._talk(peer.fileno(), peer)
            self._peer = None

    def _serve_fd(self) -> None:
        assert isinstance(self._peer, int)
        self._talk(self._peer, None)

    def _talk(self, fd: int, peer: socket.socket | None) -> None:
        taken = 0
        while not self._stop.is_set():
            ready, _, _ = select.select([fd, self._wake_r], [], [])
            if self._wake_r in ready:
                break
            want = self.sip if self.lost_after is None else min(self.sip, self.lost_after - taken)
            try:
                data = os.read(fd, max(1, want))
            except OSError:
                break
            if not data:
                break
            taken += len(data)
            self._take(data)
            if self.lost_after is not None and taken >= self.lost_after:
                self.lost_after = None
                break
            if self.pause:
                self._stop.wait(self.pause)
        if peer is not None:  # torn, not closed politely
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def _take(self, data: bytes) -> None:
        with self._changed:
            now, begun = time.monotonic(), self.model.begun
            self.first_byte_at = self.first_byte_at or now
            answers = self.model.feed(data)
            if self.model.begun > begun:
                self.page_began_at = self.page_began_at or now
                self.pages_began_at += [now] * (self.model.begun - begun)
            self._changed.notify_all()
        self._answer(answers)

    def _answer(self, answers: bytes) -> None:
        peer = self._peer
        if not answers or peer is None:
            return
        with contextlib.suppress(OSError):  # the other side may be gone
            os.write(peer if isinstance(peer, int) else peer.fileno(), answers)
