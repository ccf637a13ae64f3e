"""How much memory kiosk and central hold at rest, after some visits.

``rss`` is what the kernel counts as resident, shared libraries included (``/proc/PID/smaps_rollup``); ``pss`` shares
those pages out among the processes that map them; ``own`` is what nobody else could use: written pages. The kiosk has
its window in the size of the reference panel, simulated camera and scanner at work, and a printer on the network.
"""

import tempfile
import threading
from pathlib import Path

from bench.office import Office, trial_office
from bench.processes import played
from bench.report import Figure, Report

KIOSK_MB = 150.0
CENTRAL_MB = 100.0
REST_SECONDS = 3.0


def measure(people: int = 20, rest: float = REST_SECONDS) -> Report:
    """After ``people`` visits online, and ``rest`` seconds of rest."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, trial_office(Path(folder)) as office:
        return measure_in(office, people, rest)


def measure_in(office: Office, people: int, rest: float) -> Report:
    """The same in an office that stands."""
    with played(office.home, "first", people, stay=True) as kiosk:
        while "rests" not in kiosk.line():
            pass
        threading.Event().wait(rest)
        central = office.central.process
        if central is None:
            raise RuntimeError("central has ended")
        found = {"kiosk": weigh(kiosk.pid), "central": weigh(central.pid)}
        kiosk.lines()
    figures = (
        Figure("memory of the kiosk at rest, RSS", found["kiosk"]["rss"], "MB", KIOSK_MB),
        Figure("memory of the kiosk at rest, PSS", found["kiosk"]["pss"], "MB"),
        Figure("memory of central at rest, RSS", found["central"]["rss"], "MB", CENTRAL_MB),
    )
    return Report(figures, {**found, "people": people})


def weigh(pid: int) -> dict[str, float]:
    """Memory of a process in MB (2^20 bytes)."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    kilobytes = {name: int(rest.split()[0]) for name, _, rest in (line.partition(":") for line in lines)}
    names = {"rss": "Rss", "pss": "Pss", "own": "Private_Dirty"}
    return {ours: round(kilobytes[theirs] / 1024, 1) for ours, theirs in names.items()}
