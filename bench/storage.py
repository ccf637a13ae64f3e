"""What a ticket costs the disk: ``python -m bench.storage`` writes ``build/bench/storage.json``.

Intent, number, outbox row, print job and journal line, committed and synced, on the disk under ``build``; alone and
while another process issues as fast as it can. Then a backlog of ten thousand tickets is told to a central that answers
at once, so that the figure is the kiosk's own share.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bench.report import Figure, Report, quantiles, table, write
from kiosk.storage.rows import Intent, NewJob, Stamp
from kiosk.storage.store import Store
from kiosk.sync.clock import CentralClock, Clocks
from kiosk.sync.drain import drain
from models.messages import BatchAnswer, BatchRequest, BatchResult, PersonUpdate, TicketAnswer, from_wire, to_wire

BUILD = Path("build")
TICKETS = 1000
BACKLOG = 10_000
START = datetime(2026, 3, 2, 7, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
PAPER = NewJob("ticket", "vi", {"people_ahead": None})


class AtOnce:
    """A central that takes everything; only reading and writing the wire costs."""

    def tickets(self, batch: BatchRequest) -> BatchAnswer:
        """Take many."""
        read = from_wire(BatchRequest, to_wire(batch))
        return BatchAnswer(
            tuple(BatchResult(201, TicketAnswer(t.ticket_id, t.number or "", t.day or "")) for t in read.tickets)
        )

    def cancel(self, ticket_id: str) -> None:
        """Take back."""

    def person(self, ticket_id: str, update: PersonUpdate) -> None:
        """Hear who."""


def issue_many(store: Store, name: str, count: int, *, central: bool = False) -> list[float]:
    """Issue and tell how many milliseconds each took from the touch to the commit."""
    taken = []
    for index in range(count):
        stamp = Stamp(START + timedelta(seconds=index), sure=True, boot_id="boot", boot_ms=index * 1000)
        began = time.perf_counter()
        intent = Intent(f"{name}-{index}", "ho-tich", stamp, method="typed", person_ref="R" * 52)
        store.tickets.add_intent(intent)
        if central:
            answer = TicketAnswer(intent.ticket_id, f"B{index + 1:03d}", stamp.day.isoformat(), 3)
            store.tickets.issue_from_central(intent.ticket_id, answer, PAPER)
        else:
            store.tickets.issue_locally(intent.ticket_id, prefix="A", kiosk=2, job=PAPER)
        taken.append((time.perf_counter() - began) * 1000)
    return taken


@contextmanager
def another_process_issues(path: Path) -> Iterator[None]:
    """Keep a second process issuing as fast as it can."""
    code = (
        "import sys; from pathlib import Path; from bench.storage import issue_many; from kiosk.storage.store import "
        "Store; store = Store.open(Path(sys.argv[1])); print(flush=True); issue_many(store, 'other', 10**6)"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE) as process:  # noqa: S603
        if process.stdout is not None:
            process.stdout.readline()
        try:
            yield
        finally:
            process.kill()


def drain_backlog(path: Path) -> float:
    """Seconds to tell the backlog."""
    clock = CentralClock(Clocks(lambda: 1e6, lambda: START.timestamp(), "boot"), ZoneInfo("Asia/Ho_Chi_Minh"))
    with Store.open(path) as store:
        issue_many(store, "backlog", BACKLOG)
        began = time.perf_counter()
        done = drain(store, AtOnce(), clock)
        seconds = time.perf_counter() - began
    if done.told != BACKLOG:
        raise RuntimeError(f"{done.told} of {BACKLOG} were told")
    return seconds


def measure(folder: Path) -> Report:
    """All figures."""
    with Store.open(folder / "alone" / "kiosk.sqlite3") as store:
        offline = quantiles(issue_many(store, "own", TICKETS))
        online = quantiles(issue_many(store, "central", TICKETS, central=True))
        began = time.perf_counter()
        Store.open(store.path).close()
        opened = (time.perf_counter() - began) * 1000
    with Store.open(folder / "beside" / "kiosk.sqlite3") as store, another_process_issues(store.path):
        beside = quantiles(issue_many(store, "own", TICKETS))
    backlog = drain_backlog(folder / "backlog" / "kiosk.sqlite3")
    figures = (
        Figure("touch to committed, own number, p99", offline["p99"], "ms", 30),
        Figure("touch to committed, central's number, p99", online["p99"], "ms", 30),
        Figure("the same beside another issuing process, p99", beside["p99"], "ms"),
        Figure(f"backlog of {BACKLOG} told, the kiosk's share", round(backlog, 2), "s", 10),
        Figure("opening the database", round(opened, 2), "ms"),
    )
    return Report(figures, {"own_ms": offline, "central_ms": online, "beside_ms": beside})


def main() -> None:
    """Measure and write."""
    BUILD.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=BUILD) as folder:
        report = measure(Path(folder))
    write(BUILD / "bench", "storage", report)
    sys.stdout.write(table(report.figures) + "\n")


if __name__ == "__main__":
    main()
