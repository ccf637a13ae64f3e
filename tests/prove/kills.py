"""The kiosk is killed at random moments, again and again; afterwards all books must agree (promises 1, 2, 4, 7)."""

import json
import os
import random
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

from kiosk.commands.trial import free_port, running_central, write_home
from kiosk.storage.store import Store
from tests.prove.books import central_book, flush, journal_book, kiosk_book, number_on
from tests.support.emulators import EscPosEmulator

ROOT = Path(__file__).resolve().parents[2]
SHORTEST, LONGEST = 0.8, 2.2
"""Seconds from the start of the process to the kill: the first ones hit the start, the last ones some visits."""


@dataclass(slots=True)
class Kills:
    """What came of it; every list must be empty.

    Attributes:
        shown: Numbers that stood on the screen.
        lost: Shown, but not in the kiosk's database.
        twice: Numbers given twice.
        unknown_papers: Papers whose number has no row.
        not_journalled: Rows that the journal does not have.
        ghosts: In central's queue, but nobody has such a number.
        missing: In nobody's queue, although somebody has the number.
        differing: Central waits for another number than the paper says.
    """

    seed: int
    kills: int = 0
    visits: int = 0
    shown: int = 0
    tickets: int = 0
    papers: int = 0
    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    unknown_papers: list[str] = field(default_factory=list)
    not_journalled: list[str] = field(default_factory=list)
    ghosts: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)
    unconfirmed_after_kill: int = 0
    seconds: float = 0.0

    @property
    def holds(self) -> bool:
        """Whether the promises held."""
        bad = (self.lost, self.twice, self.unknown_papers, self.not_journalled)
        return not any((*bad, self.ghosts, self.missing, self.differing))


def prove_kills(folder: Path, visits: int, seed: int) -> Kills:
    """Kill a playing kiosk until ``visits`` numbers were shown, then compare the books."""
    chance = random.Random(seed)
    result = Kills(seed)
    began = time.monotonic()
    port = free_port()
    with EscPosEmulator() as printer:
        devices = {"printer": {"driver": "escpos-tcp", "options": {"host": printer.host, "port": printer.port}}}
        home = folder / "kiosk"
        office = write_home(home, "ward", devices, follow_base=f"http://127.0.0.1:{port}")
        with running_central(folder / "central", office, port) as central:
            central.enrol(home, 1)
            shown: dict[str, str] = {}
            while len(shown) < visits and result.kills < visits * 2:
                shown |= _killed(home, chance.uniform(SHORTEST, LONGEST), result)
                if chance.random() < 0.15:  # now and then central is away for a run
                    central.stop(kill=chance.random() < 0.5)
                    shown |= _killed(home, chance.uniform(SHORTEST, LONGEST), result)
                    central.start()
            result.shown = result.visits = len(shown)
            _settle(home)
            flush(home)
            _compare(result, home, folder / "central" / "central.sqlite", shown)
            papers = [number for page in printer.pages if (number := number_on(page)) is not None]
        known = {line.number for line in kiosk_book(home)}
        result.papers = len(papers)
        result.unknown_papers = sorted({number for number in papers if number not in known})
    result.seconds = round(time.monotonic() - began, 1)
    return result


def _killed(home: Path, seconds: float, result: Kills) -> dict[str, str]:
    """One life of the kiosk; gives the numbers that its screen showed."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.support.visitor", str(home)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
    told, _ = process.communicate()
    result.kills += 1
    shown = {}
    for line in told.splitlines():
        if line.endswith("}"):  # the last line may be torn by the kill
            facts = json.loads(line)
            shown[facts["ticket_id"]] = facts["number"]
    return shown


def _settle(home: Path) -> None:
    """What the next start does with what a crash left, without a screen."""
    with Store.open(home / "kiosk.sqlite3") as store:
        store.tickets.cancel_leftover_intents()


def _compare(result: Kills, home: Path, central_database: Path, shown: dict[str, str]) -> None:
    ours = kiosk_book(home)
    by_id = {line.ticket_id: line.number for line in ours}
    numbers = [line.number for line in ours]
    journal = journal_book(home)
    theirs = {line.ticket_id: line.number for line in central_book(central_database)}
    result.tickets = len(ours)
    result.lost = sorted(number for ticket_id, number in shown.items() if by_id.get(ticket_id) != number)
    result.twice = sorted({number for number in numbers if numbers.count(number) > 1})
    result.not_journalled = sorted(n for ticket_id, n in by_id.items() if journal.get(ticket_id) != n)
    result.ghosts = sorted(number for ticket_id, number in theirs.items() if ticket_id not in by_id)
    result.missing = sorted(number for ticket_id, number in by_id.items() if ticket_id not in theirs)
    result.differing = sorted(n for i, n in by_id.items() if i in theirs and theirs[i] != n)
    with Store.open(home / "kiosk.sqlite3") as store:
        rows = store.tickets.list(limit=1_000_000)
    result.unconfirmed_after_kill = sum(row.paper == "unconfirmed" for row in rows)


def as_json(result: Kills) -> dict[str, object]:
    """For ``build/prove/kills.json``."""
    return {**asdict(result), "holds": result.holds}
