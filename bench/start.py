"""From the start of the process to the first frame that can be touched: ``kiosk run`` itself, again and again.

The clock starts before the process is made and stops when it says ``first_frame`` in its log: the welcome screen has
been painted in the size of the reference panel, the desk stands behind it, and a touch is answered. The kiosk is
enrolled, central is away, its devices are simulated. The very first start, which makes the database and compiles, is
told apart.
"""

import statistics
import tempfile
import time
from pathlib import Path

from bench.office import Office, trial_office
from bench.processes import spawned
from bench.report import Figure, Report
from kiosk.commands.trial import COMMAND

FIRST_FRAME_SECONDS = 1.2
PANEL = "1080x1920"


def measure(starts: int = 9) -> Report:
    """The median of ``starts``."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, trial_office(Path(folder)) as office:
        office.central.stop()
        return measure_in(office, starts)


def measure_in(office: Office, starts: int) -> Report:
    """The same in an office that stands, with central as it is."""
    first = _start(office.home)
    took = [_start(office.home) for _ in range(starts)]
    facts = {"seconds": [round(s, 3) for s in took], "first_start_seconds": round(first, 3)}
    figure = Figure(
        "start to the first touchable frame, median", round(statistics.median(took), 3), "s", FIRST_FRAME_SECONDS
    )
    return Report((figure,), facts)


def _start(home: Path) -> float:
    began = time.monotonic()
    with spawned([*COMMAND, "run", "--home", str(home), "--windowed", PANEL], listen="log") as process:
        while process.line().get("event") != "first_frame":
            pass
        return time.monotonic() - began
