"""One bench for each kind of scanner: the driver, a way to scan, and a way to lose it."""

import os
import socket
import struct
import tempfile
import tty
from pathlib import Path

from drivers.options import SerialScannerOptions, SimulatedScannerOptions, WedgeOptions
from drivers.protocols import Scanner
from drivers.scanner import keymap
from drivers.scanner.serial_line import SerialScanner
from drivers.scanner.simulated import SimulatedScanner
from drivers.scanner.wedge import WedgeScanner

TYPED = {character: (code, False) for code, character in reversed(list(keymap.PLAIN.items()))}
TYPED |= {c: (code, True) for code, c in keymap.SHIFTED.items() if c not in TYPED}


class Rig:
    scanner: Scanner

    def scan(self, code: str) -> None:
        raise NotImplementedError

    def lose(self) -> None:
        raise NotImplementedError

    def close(self) -> None:
        self.scanner.close()


class SerialRig(Rig):
    def __init__(self, ending: str = "line", stale_after: float = 0.5, end: bytes = b"\r") -> None:
        self.master, self._slave = os.openpty()
        tty.setraw(self._slave)
        self._end = end
        options = SerialScannerOptions(port=os.ttyname(self._slave), ending=ending, stale_after=stale_after)  # type: ignore[arg-type]
        self.scanner = SerialScanner(options)

    def scan(self, code: str) -> None:
        os.write(self.master, code.encode() + self._end)

    def lose(self) -> None:
        os.close(self.master)
        os.close(self._slave)
        self.master = -1

    def close(self) -> None:
        super().close()
        if self.master >= 0:
            self.lose()


class WedgeRig(Rig):
    """A named pipe stands in for the event device."""

    def __init__(self) -> None:
        self._place = tempfile.TemporaryDirectory()
        self.path = Path(self._place.name, "event-kbd")
        os.mkfifo(self.path)
        self.keeper = os.open(self.path, os.O_RDWR | os.O_NONBLOCK)
        self.grabs: list[bool] = []
        self.scanner = WedgeScanner(WedgeOptions(path=str(self.path)), grab=lambda _, hold: self.grabs.append(hold))

    def events(self, *events: tuple[int, int, int]) -> None:
        """(type, code, value) each."""
        os.write(self.keeper, b"".join(struct.pack("llHHi", 0, 0, *e) for e in events))

    def press(self, code: int, *, shift: bool = False) -> None:
        if shift:
            self.events((1, 42, 1))
        self.events((4, 4, code), (1, code, 1), (0, 0, 0), (1, code, 0), (0, 0, 0))
        if shift:
            self.events((1, 42, 0))

    def scan(self, code: str) -> None:
        for character in code:
            key, shift = TYPED[character]
            self.press(key, shift=shift)
        self.press(28)

    def lose(self) -> None:
        os.close(self.keeper)
        self.path.unlink()
        self.keeper = -1

    def close(self) -> None:
        super().close()
        if self.keeper >= 0:
            self.lose()
        self._place.cleanup()


class SimulatedRig(Rig):
    def __init__(self, source: str = "fifo") -> None:
        self._place = tempfile.TemporaryDirectory()
        self.path = Path(self._place.name, "codes")
        self._source = source
        self._peer: socket.socket | None = None
        self.scanner = SimulatedScanner(SimulatedScannerOptions(path=str(self.path), source=source))  # type: ignore[arg-type]

    def scan(self, code: str) -> None:
        if self._source == "socket":
            if self._peer is None:
                self._peer = socket.socket(socket.AF_UNIX)
                self._peer.connect(str(self.path))
            self._peer.sendall(code.encode() + b"\n")
            return
        with open(self.path, "ab") as file:
            file.write(code.encode() + b"\n")

    def lose(self) -> None:
        self.scanner.close()
        if self.path.exists():
            self.path.unlink()
        self.path.mkdir()

    def close(self) -> None:
        super().close()
        if self._peer is not None:
            self._peer.close()
        self._place.cleanup()
