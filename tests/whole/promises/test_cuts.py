"""Promises 2 and 4: central ends, politely or not, in the middle of a batch. What is sent again changes nothing."""

import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import httpx
import pytest

from central.store.database import Database
from central.usecases.enrolment import offer_code
from kiosk.commands.trial import CentralProcess, free_port, write_home
from kiosk.sync.client import CentralClient
from models.numbering import Number
from tests.prove.books import central_book
from tests.support.machine import Kiosks, Machine, Wire
from tests.support.stage import ZONE, CentralHouse, Time, open_office

BATCH = "/api/v1/tickets/batch"


class Cut(httpx.BaseTransport):
    """The network, with something that happens around the n-th batch."""

    def __init__(self) -> None:
        self.http = httpx.HTTPTransport()
        self.batches = 0
        self.lose_answers: set[int] = set()
        self.before: dict[int, Callable[[], object]] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request."""
        if request.url.path != BATCH:
            return self.http.handle_request(request)
        self.batches += 1
        if self.batches in self.before:
            self.before[self.batches]()
        response = self.http.handle_request(request)
        if self.batches in self.lose_answers:
            response.read()
            raise httpx.ReadError("the cable was pulled")
        return response

    def close(self) -> None:
        """Close the connections."""
        self.http.close()


@pytest.fixture
def cut() -> Cut:
    return Cut()


def through(cut: Cut) -> Wire:
    return lambda url, token: CentralClient(url, token, transport=cut)


def test_a_batch_whose_answer_was_lost_is_told_again_and_stands_once(
    central: CentralHouse, kiosk: Kiosks, cut: Cut
) -> None:
    one = kiosk(1, wire=through(cut))
    central.stop()
    numbers = one.take_many(250)
    central.start()
    cut.lose_answers = {1, 3, 4}
    for left in (250, 150, 150, 0):
        one.speak()
        assert one.waiting == left
    assert central.line() == numbers
    assert cut.batches == 6
    happened = central.events("ticket_issued")
    assert [data["number"] for _, data in happened] == numbers
    assert not central.parked()


def test_central_ends_between_two_batches(central: CentralHouse, kiosk: Kiosks, cut: Cut) -> None:
    one = kiosk(1, wire=through(cut))
    central.stop()
    numbers = one.take_many(250)
    central.start()
    cut.before[2] = central.stop
    one.speak()
    assert one.waiting == 150
    assert one.take().number == "A1-251"
    central.start()
    one.speak()
    assert one.waiting == 0
    assert central.line() == [*numbers, "A1-251"]
    assert not central.parked()
    assert one.take().number == "A001"


@pytest.fixture
def process(folder: Path) -> Iterator[CentralProcess]:
    """Central as a process that can be killed."""
    site = write_home(folder / "site", "ward", {})
    central = CentralProcess(folder / "central", site, free_port())
    central.start()
    try:
        yield central
    finally:
        central.stop(kill=True)


@pytest.mark.parametrize("batch", [1, 3])
def test_central_is_killed_in_the_middle_of_a_batch(
    process: CentralProcess, folder: Path, cut: Cut, batch: int
) -> None:
    """What was answered is in the database; what was not is told again and stands once."""
    clock = Time(at=datetime.now(ZONE))
    one = Machine(clock, folder / "kiosk", open_office(), wire=through(cut))
    try:
        with Database.open(f"sqlite:///{folder}/central/central.sqlite") as database:
            offered = database.write(lambda tx: offer_code(tx, tx.offices.codes()[0], 1, clock.random, clock.ms))
        one.enrol(process.url, offered)
        one.speak()
        process.stop(kill=True)
        numbers = [str(one.take(tick=0.002).number) for _ in range(400)]
        assert numbers == [str(Number("A", n, 1)) for n in range(1, 401)]

        process.start()
        killer = threading.Thread(target=process.stop, kwargs={"kill": True})
        cut.before[batch] = killer.start
        one.speak()
        killer.join()
        told = (batch - 1) * 100
        book = [line.number for line in central_book(folder / "central" / "central.sqlite")]
        assert book in (numbers[:told], numbers[: told + 100])
        assert one.waiting in (400 - told, 300 - told)

        process.start()
        one.speak()
        assert one.waiting == 0
        assert [line.number for line in central_book(folder / "central" / "central.sqlite")] == numbers
        assert one.store.outbox.parked() == ()
    finally:
        one.stop()
