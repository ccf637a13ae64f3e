import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

import pytest

from drivers.readings import Page, PrinterStatus, PrintOutcome
from kiosk.desk import papers
from kiosk.desk.issuing import Ask, Issuing, Wish
from kiosk.desk.papers import PaperDesk
from kiosk.storage.print_jobs import PrintJobs
from kiosk.storage.rows import PrintJob
from kiosk.storage.store import Store
from models.errors import StorageTrouble
from tests.kiosk.desk.conftest import HandClock

PAGE = Page(8, 1, b"\x00")


class Sink:
    """A printer that prints at once."""

    def __init__(self) -> None:
        self.pages = 0

    def print(self, page: Page) -> "Future[PrintOutcome]":
        self.pages += 1
        future: Future[PrintOutcome] = Future()
        future.set_result(PrintOutcome("printed"))
        return future

    def status(self) -> PrinterStatus:
        return PrinterStatus("online")


class Told:
    """What the screen heard of papers."""

    def __init__(self) -> None:
        self.states: list[tuple[str, str]] = []
        self.ended = threading.Semaphore(0)

    def __call__(self, job: PrintJob) -> None:
        self.states.append((job.state, job.reason))
        if job.state != "printing":
            self.ended.release()


@pytest.fixture(autouse=True)
def no_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(papers, "RETRY_SECONDS", 0.01)


def desk(store: Store, tmp_path: Path, clock: HandClock, sink: Sink, told: Told) -> PaperDesk:
    return PaperDesk(store.path, tmp_path / "printing.lock", sink, lambda job: PAGE, lambda: clock.at, told)


def test_a_paper_is_printed_and_told(
    store: Store, tmp_path: Path, clock: HandClock, make_issuing: Callable[[Ask | None], Issuing]
) -> None:
    ticket = make_issuing(None).take(Wish("chung-thuc"))
    sink, told = Sink(), Told()
    printing = desk(store, tmp_path, clock, sink, told)
    printing.start()
    assert told.ended.acquire(timeout=10)
    printing.stop()
    assert told.states == [("printing", ""), ("printed", "")]
    assert [job.state for job in store.print_jobs.of_ticket(ticket.ticket_id)] == ["printed"]


def test_a_full_disk_after_the_page_leaves_no_paper_in_printing_for_ever(
    store: Store,
    tmp_path: Path,
    clock: HandClock,
    make_issuing: Callable[[Ask | None], Issuing],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    issuing = make_issuing(None)
    ticket = issuing.take(Wish("chung-thuc"))
    whole, calls = PrintJobs.finish, iter(range(100))

    def finish(self: PrintJobs, *args: object, **facts: object) -> None:
        if next(calls) == 0:
            raise StorageTrouble("the disk is full")
        whole(self, *args, **facts)  # type: ignore[arg-type]

    monkeypatch.setattr(PrintJobs, "finish", finish)
    sink, told = Sink(), Told()
    printing = desk(store, tmp_path, clock, sink, told)
    printing.start()
    assert told.ended.acquire(timeout=10)
    later = issuing.take(Wish("nhan-ket-qua"))
    printing.kick()
    assert told.ended.acquire(timeout=10)
    printing.stop()
    assert told.states == [("printing", ""), ("unconfirmed", "interrupted"), ("printing", ""), ("printed", "")]
    assert sink.pages == 2  # the page that may be out is not printed again by itself
    assert [store.print_jobs.of_ticket(t.ticket_id)[0].state for t in (ticket, later)] == ["unconfirmed", "printed"]


def test_printing_begins_when_the_database_can_be_opened_again(
    store: Store,
    tmp_path: Path,
    clock: HandClock,
    make_issuing: Callable[[Ask | None], Issuing],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_issuing(None).take(Wish("chung-thuc"))
    whole, calls = Store.open, iter(range(100))

    def opened(path: Path) -> Store:
        if next(calls) == 0:
            raise StorageTrouble("the disk reports an error")
        return whole(path)

    monkeypatch.setattr(Store, "open", opened)
    told = Told()
    printing = desk(store, tmp_path, clock, Sink(), told)
    printing.start()
    assert told.ended.acquire(timeout=10)
    printing.stop()
    assert told.states[-1] == ("printed", "")
