from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.storage.process import ProcessId, current_boot_id
from kiosk.storage.rows import LANE_FIRST, LANE_REST, LANE_TICKETS
from kiosk.storage.store import Store
from kiosk.storage.tickets import NumberTaken
from models.errors import DeveloperError, StorageTrouble
from models.messages import TicketAnswer, WaitSeconds
from tests.support.stamps import MONDAY, PAPER, TUESDAY, Issuer

DAY = MONDAY.date()


def test_centrals_number_needs_no_outbox(store: Store, issuer: Issuer) -> None:
    ticket = issuer.central("A017")
    assert (ticket.state, ticket.number, ticket.sync, ticket.paper) == ("issued", "A017", "confirmed", "queued")
    assert ticket.people_ahead == 3
    assert not ticket.own_series
    assert store.outbox.counts().waiting == 0


def test_centrals_day_and_wait_are_kept(store: Store, issuer: Issuer) -> None:
    intent = issuer.intent()
    answer = TicketAnswer(intent.ticket_id, "A001", "2026-03-03", 4, WaitSeconds(60, 300), "https://x/t/abc")
    ticket = store.tickets.issue_from_central(intent.ticket_id, answer, None)
    assert ticket.day == TUESDAY.date()
    assert ticket.wait == WaitSeconds(60, 300)
    assert ticket.follow_url == "https://x/t/abc"
    assert ticket.paper == "skipped"


def test_an_own_number_comes_with_outbox_row_and_print_job(store: Store, issuer: Issuer) -> None:
    ticket = issuer.own()
    assert (ticket.number, ticket.sync, ticket.own_series) == ("A2-501", "pending", True)
    (row,) = store.outbox.next_batch(LANE_TICKETS)
    assert row.ticket == ticket
    job = store.print_jobs.take_next()
    assert job is not None
    assert job.ticket_id == ticket.ticket_id


def test_nothing_is_committed_when_the_journal_cannot_be_written(store: Store, issuer: Issuer, path: Path) -> None:
    intent = issuer.intent()
    (journal,) = (path.parent / "journal").iterdir()
    journal.unlink()
    journal.mkdir()
    with pytest.raises(StorageTrouble, match="journal"):
        store.tickets.issue_locally(intent.ticket_id, prefix="A", kiosk=2, job=PAPER)
    journal.rmdir()
    assert store.outbox.counts().waiting == 0
    assert store.print_jobs.take_next() is None
    assert store.tickets.issue_locally(intent.ticket_id, prefix="A", kiosk=2, job=PAPER).number == "A2-501"


def test_a_number_of_ours_that_central_gives_again_is_not_printed_twice(store: Store, issuer: Issuer) -> None:
    issuer.central("A001")
    intent = issuer.intent()
    answer = TicketAnswer(intent.ticket_id, "A001", DAY.isoformat())
    with pytest.raises(NumberTaken):
        store.tickets.issue_from_central(intent.ticket_id, answer, PAPER)
    assert store.tickets.issue_locally(intent.ticket_id, prefix="A", kiosk=2, job=PAPER).number == "A2-501"


def test_an_answer_for_another_ticket_is_our_mistake(store: Store, issuer: Issuer) -> None:
    intent = issuer.intent()
    with pytest.raises(DeveloperError):
        store.tickets.issue_from_central(intent.ticket_id, TicketAnswer("other", "A001", DAY.isoformat()), None)


def test_a_number_is_given_once(store: Store, issuer: Issuer) -> None:
    ticket = issuer.own()
    with pytest.raises(DeveloperError):
        store.tickets.issue_locally(ticket.ticket_id, prefix="A", kiosk=2, job=None)


def test_a_refused_intent_leaves_nothing(store: Store, issuer: Issuer) -> None:
    intent = issuer.intent()
    store.tickets.drop_intent(intent.ticket_id)
    assert store.tickets.get(intent.ticket_id) is None
    assert store.outbox.counts().waiting == 0


def test_a_number_is_never_dropped(store: Store, issuer: Issuer) -> None:
    ticket = issuer.own()
    store.tickets.drop_intent(ticket.ticket_id)
    store.tickets.abandon(ticket.ticket_id)
    assert store.tickets.get(ticket.ticket_id) == ticket
    assert not store.outbox.next_batch(LANE_FIRST)


def test_an_abandoned_intent_is_taken_back_at_central_first(store: Store, issuer: Issuer) -> None:
    intent = issuer.intent(person_ref="REF")
    store.tickets.abandon(intent.ticket_id)
    store.tickets.abandon(intent.ticket_id)
    (row,) = store.outbox.next_batch(LANE_FIRST)
    assert (row.kind, row.ticket_id) == ("cancel", intent.ticket_id)
    left = store.tickets.get(intent.ticket_id)
    assert left is not None
    assert left.state == "cancelled"
    assert left.intent.person_ref is None


def test_only_the_intents_of_dead_processes_are_cancelled(path: Path) -> None:
    with Store.open(path) as running, Store.open(path, ProcessId("an earlier boot", 1, 1)) as rebooted:
        kept = Issuer(running).intent(service="chung-thuc").ticket_id
        left = rebooted_intent(rebooted)
        with Store.open(path, ProcessId(current_boot_id(), 2**22 + 1, 1)) as killed:
            gone = rebooted_intent(killed, "killed")
        assert running.tickets.cancel_leftover_intents() == (left, gone)
        assert running.tickets.cancel_leftover_intents() == ()
        kept_ticket = running.tickets.get(kept)
        assert kept_ticket is not None
        assert kept_ticket.state == "intent"
        assert [row.ticket_id for row in running.outbox.next_batch(LANE_FIRST)] == [left, gone]


def test_a_desk_that_starts_anew_takes_back_its_own(store: Store, issuer: Issuer) -> None:
    left = issuer.intent().ticket_id
    assert store.tickets.cancel_leftover_intents() == ()
    assert store.tickets.cancel_leftover_intents(own_too=True) == (left,)


def rebooted_intent(store: Store, name: str = "left") -> str:
    from kiosk.storage.rows import Intent
    from tests.support.stamps import stamp

    store.tickets.add_intent(Intent(name, "ho-tich", stamp()))
    return name


def test_a_card_after_the_number_is_told_after_the_ticket(store: Store, issuer: Issuer) -> None:
    ticket = issuer.own()
    known = store.tickets.set_person(
        ticket.ticket_id, method="card_qr", person_ref="REF", priority="elderly", priority_proven=True
    )
    assert (known.intent.person_ref, known.intent.priority, known.intent.priority_proven) == ("REF", "elderly", True)
    assert store.outbox.next_batch(LANE_REST) == ()
    store.outbox.told(store.outbox.next_batch(LANE_TICKETS), [None])
    (row,) = store.outbox.next_batch(LANE_REST)
    assert row.update is not None
    assert row.update.priority == "elderly"
    assert "REF" not in repr(row)


def test_people_find_their_numbers(store: Store, issuer: Issuer) -> None:
    issuer.own(person_ref="X")
    later = issuer.own(MONDAY + timedelta(minutes=3), person_ref="X")
    issuer.own(person_ref="Y")
    issuer.intent(person_ref="X")
    assert [t.number for t in store.tickets.open_for_person("X", "ho-tich", DAY)] == ["A2-502", "A2-501"]
    assert store.tickets.open_for_person("X", "ho-tich", TUESDAY.date()) == ()
    assert store.tickets.latest_for_person("X", MONDAY + timedelta(minutes=1)) == later
    assert store.tickets.latest_for_person("X", MONDAY + timedelta(minutes=4)) is None
    assert store.tickets.by_number("A2-502", DAY) == later


def test_a_session_counts_what_was_taken_for_it(store: Store, issuer: Issuer) -> None:
    noon, evening = MONDAY.replace(hour=12), MONDAY.replace(hour=17)
    issuer.own()
    issuer.own(not_before=MONDAY.replace(hour=13).isoformat())
    issuer.own(MONDAY.replace(hour=14))
    issuer.intent()
    assert store.tickets.issued_in_session("ho-tich", DAY, MONDAY, noon) == 1
    assert store.tickets.issued_in_session("ho-tich", DAY, noon, evening) == 2
    assert store.tickets.issued_in_session("chung-thuc", DAY, noon, evening) == 0


def test_the_list_is_newest_first_and_bounded(store: Store, issuer: Issuer) -> None:
    issuer.numbers(3)
    issuer.own(TUESDAY)
    issuer.intent()
    assert [t.number for t in store.tickets.list(limit=2)] == ["A2-001", "A2-503"]
    assert len(store.tickets.list(DAY)) == 3


def test_references_to_people_are_forgotten_once_central_knows(store: Store, issuer: Issuer) -> None:
    told = issuer.central("A001", person_ref="X", follow_code="abcdefghijklm")
    waiting = issuer.own(person_ref="Y")
    assert store.tickets.forget_people(DAY) == 0
    assert store.tickets.forget_people(TUESDAY.date()) == 1
    one, other = store.tickets.get(told.ticket_id), store.tickets.get(waiting.ticket_id)
    assert one is not None
    assert other is not None
    assert (one.intent.person_ref, one.intent.follow_code) == (None, None)
    assert other.intent.person_ref == "Y"


def test_old_tickets_go_but_never_what_central_does_not_know(store: Store, issuer: Issuer) -> None:
    told = issuer.central("A001")
    waiting = issuer.own()
    assert store.tickets.prune(TUESDAY.date()) == 1
    assert store.tickets.get(told.ticket_id) is None
    assert store.tickets.get(waiting.ticket_id) == waiting
