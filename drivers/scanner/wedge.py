"""A scanner that types like a keyboard, read from /dev/input and taken away from every other program (EVIOCGRAB).

Only what a US keyboard can type arrives whole. A letter that came another way (Alt and digits, an unknown key) becomes
U+FFFD: it must never leave stray digits among the ones that are read, and nobody shall take the name for the truth.
"""

import contextlib
import errno
import fcntl
import os
import select
import struct
import time
from collections.abc import Callable
from typing import ClassVar

from drivers.errors import DeviceLost
from drivers.options import WedgeOptions
from drivers.readings import Scan
from drivers.scanner import keymap
from drivers.scanner.framing import Framer

_EVENT = struct.Struct("llHHi")  # struct input_event: seconds, microseconds, type, code, value
_EV_SYN, _EV_KEY = 0, 1
_SYN_DROPPED = 3
_RELEASED, _PRESSED = 0, 1
_EVIOCGRAB = 0x40044590  # _IOW('E', 0x90, int)
_UNREAD = "\ufffd".encode()

_WORDS = {
    errno.EACCES: "may not be read by this user: it must be in the group input",
    errno.ENOENT: "is not there",
    errno.ENODEV: "was unplugged",
    errno.EBUSY: "is held by another program",
}


def grab(fd: int, hold: bool) -> None:
    """Take the keyboard for this program alone, or let it go; raises OSError."""
    fcntl.ioctl(fd, _EVIOCGRAB, int(hold))


class WedgeScanner:
    """The driver ``wedge``.

    Args:
        grab: How the device is taken; a test gives a stand-in.
    """

    simulated: ClassVar[bool] = False
    Options = WedgeOptions

    def __init__(
        self,
        options: WedgeOptions,
        *,
        grab: Callable[[int, bool], None] = grab,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._path = options.path
        self._grab = grab
        self._clock = clock
        self._fd = -1
        self._framer = Framer(options.stale_after)
        self._part = b""
        self._held: set[int] = set()
        self._typed_with_alt = False

    def open(self) -> None:
        """Open and grab the keyboard."""
        self.close()
        try:
            self._fd = os.open(self._path, os.O_RDONLY | os.O_NONBLOCK)
            self._grab(self._fd, True)
        except OSError as error:
            self.close()
            raise self._lost(error) from error
        self._forget()

    def close(self) -> None:
        """Let the keyboard go."""
        fd, self._fd = self._fd, -1
        if fd >= 0:
            with contextlib.suppress(OSError):
                self._grab(fd, False)
            with contextlib.suppress(OSError):
                os.close(fd)

    def read(self, timeout: float) -> Scan | None:
        """The next code: the keys up to Enter."""
        deadline = self._clock() + timeout
        while True:
            reading = self._framer.next()
            if reading is not None:
                return Scan(reading.payload, self._clock(), trusted_text=False, dropped=reading.dropped)
            left = deadline - self._clock()
            data = self._receive(max(0.0, left))
            if not data and left <= 0:
                return None
            self._take(data)

    def _receive(self, timeout: float) -> bytes:
        if self._fd < 0:
            raise DeviceLost(f"{self._path} is not open")
        try:
            ready, _, _ = select.select([self._fd], [], [], timeout)
            if not ready:
                return b""
            data = os.read(self._fd, _EVENT.size * 64)
        except BlockingIOError:
            return b""
        except OSError as error:
            raise self._lost(error) from error
        if not data:
            raise DeviceLost(f"{self._path} was unplugged")
        return data

    def _take(self, data: bytes) -> None:
        data = self._part + data
        whole = len(data) - len(data) % _EVENT.size
        self._part = data[whole:]
        for _, _, kind, code, value in _EVENT.iter_unpack(data[:whole]):
            if kind == _EV_KEY:
                self._key(code, value)
            elif kind == _EV_SYN and code == _SYN_DROPPED:
                self._forget()  # the kernel lost keys: what is left of this code is worthless

    def _key(self, code: int, value: int) -> None:
        if value == _RELEASED:
            self._held.discard(code)
            if code in keymap.ALT and self._typed_with_alt:
                self._typed_with_alt = False
                self._framer.feed(_UNREAD, self._clock())
        elif value == _PRESSED:
            self._held.add(code)
            self._pressed(code)

    def _pressed(self, code: int) -> None:
        if code in keymap.ENTER:
            self._framer.feed(b"\r", self._clock())
        elif code in keymap.SHIFT | keymap.ALT | keymap.CONTROL | keymap.SILENT or self._held & keymap.CONTROL:
            return
        elif self._held & keymap.ALT:
            self._typed_with_alt = True
        else:
            keys = keymap.SHIFTED if self._held & keymap.SHIFT else keymap.PLAIN
            self._framer.feed(keys[code].encode() if code in keys else _UNREAD, self._clock())

    def _forget(self) -> None:
        self._framer.reset()
        self._part = b""
        self._held.clear()
        self._typed_with_alt = False

    def _lost(self, error: OSError) -> DeviceLost:
        what = _WORDS.get(error.errno or 0, f"cannot be read: {error.strerror}")
        return DeviceLost(f"{self._path} {what}")
