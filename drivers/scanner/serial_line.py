"""A scanner on a serial line or in USB serial (CDC) mode: UTF-8 text as it was printed, one code a line."""

import contextlib
import os
import select
import termios
import time
from collections.abc import Callable
from typing import ClassVar

import serial

from drivers.errors import DeviceLost
from drivers.options import SerialScannerOptions
from drivers.readings import Scan
from drivers.scanner.framing import Framer

_SLICE = 0.05


class SerialScanner:
    """The driver ``serial``."""

    simulated: ClassVar[bool] = False
    Options = SerialScannerOptions

    def __init__(self, options: SerialScannerOptions, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._options = options
        self._clock = clock
        self._line: serial.Serial | None = None
        self._framer = Framer(options.stale_after, by_pause=options.ending == "pause")

    def open(self) -> None:
        """Take the line for this program alone; what was scanned before is thrown away."""
        self.close()
        o = self._options
        try:
            self._line = serial.Serial(o.port, o.baud, timeout=0, exclusive=True)
            self._line.reset_input_buffer()
        except (serial.SerialException, OSError, ValueError, termios.error) as error:
            self.close()
            raise DeviceLost(f"cannot open {o.port}: {getattr(error, 'strerror', None) or error}") from error
        self._framer.reset()

    def close(self) -> None:
        """Give it back."""
        line, self._line = self._line, None
        if line is not None:
            with contextlib.suppress(OSError, termios.error):
                line.close()

    def read(self, timeout: float) -> Scan | None:
        """The next code."""
        deadline = self._clock() + timeout
        while True:
            reading = self._framer.next()
            if reading is not None:
                return Scan(reading.payload, self._clock(), dropped=reading.dropped)
            left = deadline - self._clock()
            data = self._receive(min(_SLICE, max(0.0, left)))
            if data:
                self._framer.feed(data, self._clock())
                continue
            self._framer.rest(self._clock())
            if left <= 0:
                reading = self._framer.next()
                return None if reading is None else Scan(reading.payload, self._clock(), dropped=reading.dropped)

    def _receive(self, timeout: float) -> bytes:
        if self._line is None:
            raise DeviceLost(f"{self._options.port} is not open")
        try:
            ready, _, _ = select.select([self._line.fileno()], [], [], timeout)
            if not ready:
                return b""
            data = os.read(self._line.fileno(), 512)
        except BlockingIOError:
            return b""
        except (OSError, serial.SerialException) as error:
            raise DeviceLost(f"{self._options.port}: {getattr(error, 'strerror', None) or error}") from error
        if not data:
            raise DeviceLost(f"{self._options.port} was unplugged")
        return data
