"""A printer for trying out: pages become pictures in a folder, and a fault file breaks it on demand.

The fault file holds words, read anew at every status and page: ``paper_out``, ``paper_out_during``, ``paper_low``,
``cover_open``, ``offline``, ``cutter``, ``silent``, ``lost``, ``lost_after=BYTES``, ``slow=SECONDS``. Without the file
all is well.
"""

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from PIL import Image

from drivers.errors import DeviceLost
from drivers.options import SimulatedPrinterOptions
from drivers.readings import Page, PrinterStatus, PrintOutcome

_STOPS = ("paper_out", "cover_open", "offline", "cutter", "silent")


class SimulatedPrinter:
    """The driver ``simulated``: leaves ``page-0001.png`` and ``page-0001.txt``, whole or torn, in a folder."""

    simulated: ClassVar[bool] = True
    Options = SimulatedPrinterOptions

    def __init__(self, options: SimulatedPrinterOptions, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._options = options
        self._clock = clock
        self._folder = Path(options.folder)
        self._interrupted = threading.Event()

    @property
    def confirms(self) -> bool:
        """Whether it can say that a page is out."""
        return self._options.confirms

    @property
    def width(self) -> int:
        """Dots of a line."""
        return self._options.width

    def open(self) -> None:
        """Make the folder."""
        self._interrupted.clear()
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DeviceLost(f"cannot make {self._folder}: {error.strerror}") from error
        self._present()

    def close(self) -> None:
        """Nothing is held."""

    def interrupt(self) -> None:
        """Break off the page at hand; from any thread."""
        self._interrupted.set()

    def status(self) -> PrinterStatus:
        """What the fault file says."""
        faults = self._present()
        if not self.confirms:
            return PrinterStatus("online", detail="mute: only the connection is known")
        if "silent" in faults:
            return PrinterStatus("silent", detail="told to be silent")
        return PrinterStatus(
            "offline" if faults.keys() & {"paper_out", "cover_open", "offline", "cutter"} else "online",
            paper="out" if "paper_out" in faults else "low" if "paper_low" in faults else "ok",
            cover="open" if "cover_open" in faults else "closed",
            cutter="cutter" not in faults,
        )

    def print(self, page: Page) -> PrintOutcome:
        """Leave the page in the folder, as the fault file lets it."""
        if page.width > self.width:
            return PrintOutcome("failed", detail=f"the page is {page.width} dots wide, the paper {self.width}")
        try:
            faults = self._present()
        except DeviceLost as error:
            return PrintOutcome("failed", "lost", str(error))
        for fault in _STOPS:
            if fault in faults and self.confirms:
                return PrintOutcome("failed", fault)
        try:
            return self._run(page, faults)
        except OSError as error:
            return PrintOutcome("failed", "lost", f"cannot write to {self._folder}: {error.strerror}")

    def _run(self, page: Page, faults: dict[str, float]) -> PrintOutcome:
        if self._interrupted.wait(faults.get("slow", self._options.page_seconds)):
            return PrintOutcome("failed", detail="broken off before it began")
        row = (page.width + 7) // 8
        rows = page.height
        if "lost_after" in faults:
            rows = min(rows, int(faults["lost_after"]) // row)
        elif "paper_out_during" in faults:
            rows //= 2
        if rows:
            self._leave(page, rows)
        if "lost_after" in faults:
            return PrintOutcome("unconfirmed" if rows else "failed", "lost", f"lost after {rows} rows")
        if "paper_out_during" in faults:
            return PrintOutcome("unconfirmed", "paper_out", f"the paper ended after {rows} rows")
        return PrintOutcome("printed") if self.confirms else PrintOutcome("unconfirmed", "mute")

    def _leave(self, page: Page, rows: int) -> None:
        stem = f"page-{self._next():04d}"
        bits = page.bits[: (page.width + 7) // 8 * rows]
        picture = Image.frombytes("1", (page.width, rows), bits, "raw", "1;I")
        if page.text:
            (self._folder / f"{stem}.txt").write_text("\n".join(page.text) + "\n", encoding="utf-8")
        # Renamed into place, so that a watcher never sees half a picture.
        unfinished = self._folder / f".{stem}.png"
        picture.save(unfinished, format="PNG")
        os.replace(unfinished, self._folder / f"{stem}.png")

    def _next(self) -> int:
        taken = [int(p.stem[5:]) for p in self._folder.glob("page-*.png") if p.stem[5:].isdecimal()]
        return max(taken, default=0) + 1

    def _present(self) -> dict[str, float]:
        """The faults in force; raises DeviceLost for ``lost``."""
        if self._options.fault is None:
            return {}
        try:
            words = Path(self._options.fault).read_text(encoding="utf-8").split()
        except (OSError, UnicodeDecodeError):
            return {}
        faults = {name: _figure(value) for name, _, value in (word.partition("=") for word in words)}
        if "lost" in faults:
            raise DeviceLost("told to be lost")
        return faults


def _figure(text: str) -> float:
    try:
        return max(0.0, min(600_000.0, float(text)))
    except ValueError:
        return 0.0
