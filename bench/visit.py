"""From the last touch to the committed ticket, and to the first byte of its page at the printer, online and offline.

The whole appliance with its window runs as a process of its own; central is another process on SQLite, the printer an
emulated ESC/POS one on TCP, camera and scanner are simulated and at work. One person without a card comes after the
other. *Touch* is the moment the press is handed to the desk; *committed* the moment the transaction with number,
outbox row and print job is on the disk; *first byte* the arrival of the first byte of the page, after the questions for
the printer's status. The touch comes 0.2 s after its screen, when the fade is over. Offline, central is stopped. The
first people of a run warm it up and are told apart.
"""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.office import Office, trial_office
from bench.processes import played
from bench.report import Figure, Report, quantiles

COMMITTED_MS = 30.0
FIRST_BYTE_MS = 150.0
WARM_UP = 3


def measure(people: int = 200) -> Report:
    """``people`` online, then as many offline."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, trial_office(Path(folder)) as office:
        return measure_in(office, people)


def measure_in(office: Office, people: int) -> Report:
    """The same in an office that stands; central is away afterwards."""
    online = _play(office, people)
    office.central.stop()
    offline = _play(office, people)
    facts = {"online": online, "offline": offline}
    figures = []
    for part, found in facts.items():
        for name, aim in (("committed", COMMITTED_MS), ("first_byte", FIRST_BYTE_MS)):
            said = f"touch to {name.replace('_', ' ')}, {part}"
            figures.append(Figure(f"{said}, p50", found[f"{name}_ms"]["p50"], "ms"))
            figures.append(Figure(f"{said}, p99", found[f"{name}_ms"]["p99"], "ms", aim))
    return Report(tuple(figures), facts)


def _play(office: Office, people: int) -> dict[str, Any]:
    office.printer.forget()
    with played(office.home, "first", WARM_UP + people) as process:
        visits = process.lines()
    began = list(office.printer.pages_began_at)
    if len(visits) != WARM_UP + people or len(began) != len(visits):
        raise AssertionError(f"{len(visits)} people and {len(began)} pages instead of {WARM_UP + people}")
    first_bytes = [(at - visit["touched"]) * 1000 for at, visit in zip(began, visits, strict=True)]
    return {
        "committed_ms": quantiles(_since_touch(visits, "committed")[WARM_UP:]),
        "shown_ms": quantiles(_since_touch(visits, "shown")[WARM_UP:]),
        "first_byte_ms": quantiles(first_bytes[WARM_UP:]),
        "warm_up": {
            "committed_ms": [round(ms, 2) for ms in _since_touch(visits, "committed")[:WARM_UP]],
            "first_byte_ms": [round(ms, 2) for ms in first_bytes[:WARM_UP]],
        },
        "first_number": visits[0]["number"],
        "last_number": visits[-1]["number"],
    }


def _since_touch(visits: Sequence[dict[str, Any]], until: str) -> list[float]:
    return [(visit[until] - visit["touched"]) * 1000 for visit in visits]
