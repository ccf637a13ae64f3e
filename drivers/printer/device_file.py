"""ESC/POS behind a device file such as /dev/usb/lp0."""

import contextlib
import errno
import os
import time
from collections.abc import Callable

from drivers.errors import DeviceLost
from drivers.options import EscPosFileOptions
from drivers.printer.escpos import EscPosPrinter
from drivers.printer.transport import FdTransport

_WORDS = {
    errno.ENOENT: "is not there",
    errno.EACCES: "may not be used by this user: it must be in the group lp",
    errno.EBUSY: "is used by another program",
    errno.ENXIO: "has no device behind it",
    errno.ENODEV: "has no device behind it",
}


class FileTransport(FdTransport):
    """A device file; opened for writing only when the printer is mute."""

    def __init__(self, options: EscPosFileOptions) -> None:
        super().__init__(options.path, end_is_loss=False)
        self._mode = os.O_RDWR if options.confirms else os.O_WRONLY

    def open(self) -> None:
        """Take the device; never makes a file."""
        self.close()
        try:
            fd = os.open(self.where, self._mode | os.O_NONBLOCK | os.O_NOCTTY)
        except OSError as error:
            what = _WORDS.get(error.errno or 0, f"cannot be opened: {error.strerror}")
            raise DeviceLost(f"{self.where} {what}") from error
        self._adopt(fd)

    def close(self) -> None:
        """Give it back."""
        fd, self._fd = self._fd, -1
        self.is_open = False
        if fd >= 0:
            with contextlib.suppress(OSError):
                os.close(fd)


class FilePrinter(EscPosPrinter):
    """The driver ``escpos-file``."""

    Options = EscPosFileOptions

    def __init__(self, options: EscPosFileOptions, *, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(options, FileTransport(options), clock=clock)
