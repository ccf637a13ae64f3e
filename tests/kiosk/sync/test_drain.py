import random
from datetime import timedelta
from typing import Any

import pytest

from kiosk.storage.store import Store
from kiosk.sync.client import CentralFailed, RequestRefused
from kiosk.sync.clock import CentralClock
from kiosk.sync.drain import PATIENCE, BackOff, drain
from models.errors import CentralUnreachable, Refusal
from models.messages import BatchAnswer, BatchRequest, BatchResult, Problem, TicketAnswer, TicketRequest
from tests.support.model_central import Link, ModelCentral
from tests.support.stamps import MONDAY, Issuer

Hands = Any


class Recorded(Link):
    """Remembers the batches."""

    def __init__(self, central: ModelCentral) -> None:
        super().__init__(central)
        self.batches: list[tuple[TicketRequest, ...]] = []

    def tickets(self, batch: BatchRequest) -> BatchAnswer:
        self.batches.append(batch.tickets)
        return super().tickets(batch)


def test_tickets_go_in_order_at_most_a_hundred_at_once(
    store: Store, issuer: Issuer, clock: CentralClock, central: ModelCentral
) -> None:
    numbers = issuer.numbers(230)
    link = Recorded(central)
    done = drain(store, link, clock)
    assert [len(batch) for batch in link.batches] == [100, 100, 30]
    assert [t.number for batch in link.batches for t in batch] == numbers
    assert (done.told, done.parked) == (230, 0)
    assert store.outbox.counts().waiting == 0


def test_cancels_go_before_tickets_and_people_after(
    store: Store, issuer: Issuer, clock: CentralClock, central: ModelCentral
) -> None:
    ticket = issuer.own()
    store.tickets.set_person(ticket.ticket_id, method="typed", person_ref="X", priority=None, priority_proven=False)
    gone = issuer.intent().ticket_id
    store.tickets.abandon(gone)
    words: list[str] = []

    class Listening(Link):
        def tickets(self, batch: BatchRequest) -> BatchAnswer:
            words.append("tickets")
            return super().tickets(batch)

        def cancel(self, ticket_id: str) -> None:
            words.append("cancel")
            super().cancel(ticket_id)

        def person(self, ticket_id: str, update: Any) -> None:
            words.append("person")
            super().person(ticket_id, update)

    drain(store, Listening(central), clock)
    assert words == ["cancel", "tickets", "person"]
    assert central.cancelled_early == {gone}
    filed = central.filed[ticket.ticket_id].person
    assert filed is not None
    assert filed.person_ref == "X"


def test_a_late_answers_number_is_replaced_by_the_papers(
    store: Store, issuer: Issuer, clock: CentralClock, central: ModelCentral, link: Link
) -> None:
    intent = issuer.intent()
    central.receive(intent.request())
    store.tickets.issue_locally(intent.ticket_id, prefix="A", kiosk=2, job=None)
    drain(store, link, clock)
    assert central.filed[intent.ticket_id].number == "A2-501"


def test_each_sending_says_its_age_and_paper_anew(
    store: Store, clock: CentralClock, hands: Hands, central: ModelCentral
) -> None:
    from kiosk.storage.rows import Intent

    store.tickets.add_intent(Intent("t", "ho-tich", clock.stamp(), method="typed", procedure="1.001193"))
    store.tickets.issue_locally("t", prefix="A", kiosk=2, job=None)
    link = Recorded(central)
    link.fates = ["lost"]
    hands.at += timedelta(seconds=5)
    with pytest.raises(CentralUnreachable):
        drain(store, link, clock)
    hands.at += timedelta(seconds=60)
    drain(store, link, clock)
    assert [batch[0].age_ms for batch in link.batches] == [5000, 65_000]
    request = link.batches[-1][0]
    assert (request.number, request.print, request.clock, request.day) == ("A2-501", "skipped", "sure", "2026-03-02")
    assert (request.method, request.procedure, request.issued_at) == ("typed", "1.001193", MONDAY.isoformat())


def test_one_unreadable_row_is_found_in_a_refused_batch(
    store: Store, issuer: Issuer, clock: CentralClock, central: ModelCentral
) -> None:
    issuer.numbers(20)
    bad = issuer.own(service="hong")
    issuer.numbers(30)

    class Picky(Link):
        def tickets(self, batch: BatchRequest) -> BatchAnswer:
            if any(t.service == "hong" for t in batch.tickets):
                raise RequestRefused(Problem("/problems/unreadable", "Unprocessable", 422, "service: unknown"))
            return super().tickets(batch)

    done = drain(store, Picky(central), clock)
    assert (done.told, done.parked) == (50, 1)
    (row,) = store.outbox.parked()
    assert (row.ticket_id, row.parked) == (bad.ticket_id, "422 Unprocessable: service: unknown")
    assert len(central.filed) == 50


def results(*made: BatchResult) -> type[Link]:
    class Answers(Link):
        def tickets(self, batch: BatchRequest) -> BatchAnswer:
            return BatchAnswer(made[: len(batch.tickets)])

    return Answers


@pytest.mark.parametrize(
    ("problem", "reason"),
    [
        (Problem("/problems/number-taken", "Conflict", 409, "taken"), "409 Conflict: taken"),
        (Problem("/problems/refused", "No", 409, "closed", Refusal.CLOSED), "closed: closed"),
    ],
)
def test_a_refused_paper_is_parked_with_its_reason(
    store: Store, issuer: Issuer, clock: CentralClock, central: ModelCentral, problem: Problem, reason: str
) -> None:
    issuer.own()
    drain(store, results(BatchResult(409, problem=problem))(central), clock)
    assert [row.parked for row in store.outbox.parked()] == [reason]


def test_another_number_than_the_papers_is_not_believed(
    store: Store, issuer: Issuer, clock: CentralClock, central: ModelCentral
) -> None:
    ticket = issuer.own()
    other = BatchResult(200, TicketAnswer(ticket.ticket_id, "A001", "2026-03-02"))
    drain(store, results(other)(central), clock)
    (row,) = store.outbox.parked()
    assert row.parked is not None
    assert "another number" in row.parked


def test_a_row_that_is_put_off_waits_and_the_others_are_told(
    store: Store, issuer: Issuer, clock: CentralClock, central: ModelCentral
) -> None:
    late, good = issuer.own(), issuer.own()
    answers = results(
        BatchResult(503, problem=Problem("/x", "Unavailable", 503)),
        BatchResult(201, TicketAnswer(good.ticket_id, good.number or "", "2026-03-02")),
    )(central)
    with pytest.raises(CentralUnreachable):
        drain(store, answers, clock)
    (row,) = store.outbox.next_batch(1)
    assert (row.ticket_id, row.attempts) == (late.ticket_id, 1)
    for _ in range(PATIENCE - 1):
        with pytest.raises(CentralUnreachable):
            drain(store, answers, clock)
    drain(store, answers, clock)
    assert store.outbox.counts().parked == 1


class Breaks(Link):
    """Breaks on some tickets, like a bug would."""

    on: frozenset[str] = frozenset()

    def tickets(self, batch: BatchRequest) -> BatchAnswer:
        if not self.on or self.on & {t.ticket_id for t in batch.tickets}:
            raise CentralFailed("500")
        return super().tickets(batch)


def test_a_row_that_breaks_central_is_parked_after_some_patience(
    store: Store, issuer: Issuer, clock: CentralClock, central: ModelCentral
) -> None:
    tickets = [issuer.own() for _ in range(5)]
    link = Breaks(central)
    link.on = frozenset({tickets[2].ticket_id})
    for _ in range(PATIENCE):
        with pytest.raises(CentralUnreachable):
            drain(store, link, clock)
    drain(store, link, clock)
    assert [row.ticket_id for row in store.outbox.parked()] == [tickets[2].ticket_id]
    assert len(central.filed) == 4


def test_a_central_that_breaks_on_everything_parks_nothing(
    store: Store, issuer: Issuer, clock: CentralClock, central: ModelCentral
) -> None:
    issuer.numbers(3)
    for _ in range(PATIENCE * 3):
        with pytest.raises(CentralUnreachable):
            drain(store, Breaks(central), clock)
    assert store.outbox.counts().parked == 0


def test_a_word_that_central_cannot_take_is_parked(store: Store, issuer: Issuer, clock: CentralClock) -> None:
    ticket = issuer.central("A001")
    store.tickets.set_person(ticket.ticket_id, method="typed", person_ref="X", priority=None, priority_proven=False)

    class Strange(Link):
        def person(self, ticket_id: str, update: Any) -> None:
            raise RequestRefused(Problem("/problems/not-found", "Not Found", 404, "there is no such ticket"))

    drain(store, Strange(ModelCentral(lambda: MONDAY)), clock)
    assert [row.kind for row in store.outbox.parked()] == ["person"]


def test_it_stops_when_told_to(store: Store, issuer: Issuer, clock: CentralClock, link: Link) -> None:
    issuer.own()
    drain(store, link, clock, stop=lambda: True)
    assert store.outbox.counts().waiting == 1


def test_back_off_doubles_its_bound_up_to_the_most_and_starts_over() -> None:
    bounds: list[float] = []

    def most(low: float, high: float) -> float:
        assert low == 0.0
        bounds.append(high)
        return high

    back_off = BackOff(1.0, 8.0, most)
    assert [back_off.failed() for _ in range(6)] == [1.0, 2.0, 4.0, 8.0, 8.0, 8.0]
    back_off.succeeded()
    assert back_off.failed() == 1.0


def test_jitter_is_full() -> None:
    back_off = BackOff(8.0, 8.0, random.Random(1).uniform)
    waits = [back_off.failed() for _ in range(200)]
    assert 0 <= min(waits) < 1
    assert 7 < max(waits) <= 8
