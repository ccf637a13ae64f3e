from datetime import timedelta

import pytest

from kiosk.storage.rows import NewJob, StoredTicket
from kiosk.storage.store import Store
from models.errors import DeveloperError
from tests.support.stamps import MONDAY, Issuer

EARLIER, LATER = MONDAY - timedelta(minutes=2), MONDAY + timedelta(minutes=2)


def paper_of(store: Store, ticket: StoredTicket) -> str:
    known = store.tickets.get(ticket.ticket_id)
    assert known is not None
    return known.paper


def test_jobs_are_taken_one_by_one_in_order(store: Store, issuer: Issuer) -> None:
    first, second = issuer.own(), issuer.own()
    job = store.print_jobs.take_next()
    assert job is not None
    assert (job.ticket, job.state, job.facts) == (
        store.tickets.get(first.ticket_id),
        "printing",
        {"unit": "Phường Mẫu"},
    )
    other = store.print_jobs.take_next()
    assert other is not None
    assert other.ticket_id == second.ticket_id
    assert store.print_jobs.take_next() is None


@pytest.mark.parametrize("end", ["printed", "unconfirmed", "failed", "skipped"])
def test_a_job_ends_and_the_ticket_shows_it(store: Store, issuer: Issuer, end: str) -> None:
    ticket = issuer.own()
    job = store.print_jobs.take_next()
    assert job is not None
    assert paper_of(store, ticket) == "printing"
    store.print_jobs.finish(job.id, end, reason="cover open", asks=True)
    done = store.print_jobs.get(job.id)
    assert done is not None
    assert (done.state, done.reason, done.asks) == (end, "cover open", True)
    assert paper_of(store, ticket) == end


def test_a_job_does_not_end_as_queued(store: Store, issuer: Issuer) -> None:
    issuer.own()
    with pytest.raises(DeveloperError):
        store.print_jobs.finish(1, "queued")
    with pytest.raises(DeveloperError):
        store.print_jobs.finish(99, "printed")


def test_a_reprint_is_another_paper_of_the_same_ticket(store: Store, issuer: Issuer) -> None:
    ticket = issuer.own()
    first = store.print_jobs.take_next()
    assert first is not None
    store.print_jobs.queue(NewJob("reprint"), LATER, ticket.ticket_id)
    store.print_jobs.finish(first.id, "failed", reason="paper out")
    assert paper_of(store, ticket) == "queued"
    assert [job.kind for job in store.print_jobs.of_ticket(ticket.ticket_id)] == ["ticket", "reprint"]


def test_a_test_page_belongs_to_no_ticket(store: Store) -> None:
    store.print_jobs.queue(NewJob("test", "en", {"rows": 3}), MONDAY)
    job = store.print_jobs.take_next()
    assert job is not None
    assert (job.kind, job.language, job.ticket, job.queued_at) == ("test", "en", None, MONDAY)


def test_what_a_crash_left_is_settled(store: Store, issuer: Issuer) -> None:
    cut = issuer.own()
    old = issuer.own(MONDAY - timedelta(minutes=10))
    young = issuer.own(LATER)
    store.print_jobs.take_next()
    settled = store.print_jobs.recover(stale_before=EARLIER)
    assert [(job.ticket_id, job.state, job.reason) for job in settled] == [
        (cut.ticket_id, "unconfirmed", "interrupted"),
        (old.ticket_id, "failed", "interrupted"),
    ]
    job = store.print_jobs.take_next()
    assert job is not None
    assert job.ticket_id == young.ticket_id


def test_an_interrupted_ticket_is_offered_until_it_is_printed_again(store: Store, issuer: Issuer) -> None:
    cut = issuer.own()
    store.print_jobs.take_next()
    store.print_jobs.recover(stale_before=EARLIER)
    assert [t.ticket_id for t in store.tickets.interrupted(EARLIER)] == [cut.ticket_id]
    assert store.tickets.interrupted(LATER) == ()
    store.print_jobs.queue(NewJob("number_only"), LATER, cut.ticket_id)
    assert store.tickets.interrupted(EARLIER) == ()
