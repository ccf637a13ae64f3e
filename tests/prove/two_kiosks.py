"""Two kiosk processes and central: one order of numbers online, own series offline, and one queue again afterwards."""

import json
import os
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

from kiosk.commands.trial import CentralProcess, free_port, running_central, write_home
from models.numbering import parse_number
from tests.prove.books import Line, central_book, flush, kiosk_book, parked, status
from tests.support.emulators import EscPosEmulator

ROOT = Path(__file__).resolve().parents[2]


@dataclass(slots=True)
class TwoKiosks:
    """What came of it.

    Attributes:
        online: Numbers taken while central answered, kiosk by kiosk.
        offline: Numbers by kiosk while it did not.
        pauses_ms: From the last touch to the number on the screen, by part.
    """

    online: list[str] = field(default_factory=list)
    offline: dict[str, list[str]] = field(default_factory=dict)
    again: list[str] = field(default_factory=list)
    pauses_ms: dict[str, list[float]] = field(default_factory=dict)
    parked: int = 0
    outbox_left: int = 0
    queue_in_order: bool = False
    queue_complete: bool = False
    drain_seconds: float = 0.0

    @property
    def dense(self) -> bool:
        """Whether the online numbers are A001, A002 … without gap or repetition."""
        return sorted(parse_number(n).ordinal for n in self.online) == list(range(1, len(self.online) + 1))


def prove_two_kiosks(folder: Path, visits: int) -> TwoKiosks:
    """Each kiosk takes ``visits`` numbers online, offline, and online again."""
    result = TwoKiosks()
    port = free_port()
    with EscPosEmulator() as one, EscPosEmulator() as other:
        homes = {}
        for number, printer in ((1, one), (2, other)):
            devices = {"printer": {"driver": "escpos-tcp", "options": {"host": printer.host, "port": printer.port}}}
            homes[number] = folder / f"kiosk-{number}"
            office = write_home(homes[number], "ward", devices, follow_base=f"http://127.0.0.1:{port}")
        with running_central(folder / "central", office, port) as central:
            for number, home in homes.items():
                central.enrol(home, number)
            online = _play(homes, visits, result, "online")
            result.online = [str(line["number"]) for line in online]
            central.stop()
            for line in _play(homes, visits, result, "offline"):
                result.offline.setdefault(str(line["kiosk"]), []).append(str(line["number"]))
            central.start()
            began = time.monotonic()
            for home in homes.values():
                flush(home)
            result.drain_seconds = round(time.monotonic() - began, 2)
            again = _play(homes, visits, result, "again")
            result.again = [str(line["number"]) for line in again]
            _books(result, central, folder, homes)
    return result


def _play(homes: dict[int, Path], visits: int, result: TwoKiosks, part: str) -> list[dict[str, object]]:
    """Both kiosks at once, as real processes with real windows."""
    processes = {
        number: subprocess.Popen(
            [sys.executable, "-m", "tests.support.visitor", str(home), "--visits", str(visits)],
            cwd=ROOT,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number, home in homes.items()
    }
    lines: list[dict[str, object]] = []
    for number, process in processes.items():
        told, complaints = process.communicate(timeout=240)
        assert process.returncode == 0, complaints[-2000:]
        for text in told.splitlines():
            facts = json.loads(text)
            lines.append({**facts, "kiosk": number})
            result.pauses_ms.setdefault(part, []).append(facts["ms"])
    return lines


def _books(result: TwoKiosks, central: CentralProcess, folder: Path, homes: dict[int, Path]) -> None:
    for home in homes.values():
        flush(home)
        result.outbox_left += int(str(status(home)["outbox"]))
    books = [kiosk_book(home) for home in homes.values()]
    ours = [line for book in books for line in book]
    theirs = central_book(folder / "central" / "central.sqlite")
    result.queue_complete = {(x.ticket_id, x.number) for x in ours} == {(x.ticket_id, x.number) for x in theirs}
    result.queue_in_order = _in_order(books, theirs)
    result.parked = parked(central.url, homes[1])


def _in_order(books: list[list[Line]], queue: list[Line]) -> bool:
    """Each kiosk's tickets stand as they were issued, and central's numbers ascend.

    Two people who touch two kiosks within the same milliseconds stand in the order in which central numbered them: the
    clocks of two machines are not equal to the millisecond, and A008 must not be called before A007.
    """
    place = {line.ticket_id: index for index, line in enumerate(queue)}
    each = all([place[x.ticket_id] for x in book] == sorted(place[x.ticket_id] for x in book) for book in books)
    central = [parse_number(x.number).ordinal for x in queue if parse_number(x.number).kiosk is None]
    return each and central == sorted(central)


def as_json(result: TwoKiosks) -> dict[str, object]:
    """For ``build/prove/two_kiosks.json``."""
    longest = {part: max(values) for part, values in result.pauses_ms.items()}
    return {**asdict(result), "dense": result.dense, "longest_pause_ms": longest}
