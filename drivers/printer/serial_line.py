"""ESC/POS on a serial line."""

import contextlib
import termios
import time
from collections.abc import Callable

import serial

from drivers.errors import DeviceLost
from drivers.options import EscPosSerialOptions
from drivers.printer.escpos import EscPosPrinter
from drivers.printer.transport import FdTransport


class SerialTransport(FdTransport):
    """A serial line. pyserial sets it up; reads and writes are our own: its writes cannot say how far they got."""

    def __init__(self, options: EscPosSerialOptions) -> None:
        super().__init__(options.port)
        self._options = options
        self._line: serial.Serial | None = None

    def open(self) -> None:
        """Take the line for this program alone."""
        self.close()
        o = self._options
        try:
            self._line = serial.Serial(
                o.port,
                o.baud,
                timeout=0,
                write_timeout=0,
                rtscts=o.flow == "rtscts",
                xonxoff=o.flow == "xonxoff",
                exclusive=True,
            )
        except (serial.SerialException, OSError, ValueError) as error:
            raise DeviceLost(f"cannot open {self.where}: {getattr(error, 'strerror', None) or error}") from error
        self._adopt(self._line.fileno())

    def close(self) -> None:
        """Give the line back; what is still in the kernel is thrown away, closing could wait 30 s for it."""
        line, self._line = self._line, None
        self.is_open = False
        if line is None:
            return
        with contextlib.suppress(OSError, termios.error):
            line.reset_output_buffer()
        with contextlib.suppress(OSError, termios.error):
            line.close()


class SerialPrinter(EscPosPrinter):
    """The driver ``escpos-serial``."""

    Options = EscPosSerialOptions

    def __init__(self, options: EscPosSerialOptions, *, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(options, SerialTransport(options), clock=clock)
