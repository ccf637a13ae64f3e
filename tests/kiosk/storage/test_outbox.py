from kiosk.storage.rows import LANE_FIRST, LANE_REST, LANE_TICKETS
from kiosk.storage.store import Store
from models.messages import TicketAnswer
from tests.support.stamps import MONDAY, TUESDAY, Issuer


def test_tickets_wait_in_order_of_issue_at_most_a_hundred_at_once(store: Store, issuer: Issuer) -> None:
    numbers = issuer.numbers(103)
    rows = store.outbox.next_batch(LANE_TICKETS)
    assert [row.ticket.number for row in rows if row.ticket] == numbers[:100]
    assert store.outbox.counts().waiting == 103


def test_what_was_told_is_gone_and_the_ticket_confirmed(store: Store, issuer: Issuer) -> None:
    ticket = issuer.own()
    answer = TicketAnswer(ticket.ticket_id, "A2-501", "2026-03-02", people_ahead=5)
    rows = store.outbox.next_batch(LANE_TICKETS)
    store.outbox.told(rows, [answer])
    store.outbox.told(rows, [answer])
    known = store.tickets.get(ticket.ticket_id)
    assert known is not None
    assert (known.sync, known.people_ahead, known.number) == ("confirmed", 5, "A2-501")
    assert store.outbox.counts().waiting == 0


def test_central_corrects_the_day_of_an_unsure_clock_only(store: Store, issuer: Issuer) -> None:
    sure, unsure = issuer.own(), issuer.own(sure=False)
    rows = store.outbox.next_batch(LANE_TICKETS)
    store.outbox.told(rows, [TicketAnswer(t.ticket_id, t.number or "", "2026-03-03") for t in (sure, unsure)])
    days = [t.day for t in store.tickets.list()]
    assert days == [TUESDAY.date(), MONDAY.date()]


def test_a_parked_row_blocks_no_other_and_says_why(store: Store, issuer: Issuer) -> None:
    bad, good = issuer.own(), issuer.own()
    store.outbox.park(store.outbox.next_batch(LANE_TICKETS)[0], "409 Conflict: number-taken")
    (row,) = store.outbox.next_batch(LANE_TICKETS)
    assert row.ticket_id == good.ticket_id
    (parked,) = store.outbox.parked()
    assert (parked.ticket_id, parked.parked) == (bad.ticket_id, "409 Conflict: number-taken")
    counts = store.outbox.counts()
    assert (counts.waiting, counts.parked) == (1, 1)
    known = store.tickets.get(bad.ticket_id)
    assert known is not None
    assert known.sync == "parked"


def test_a_word_about_a_parked_ticket_is_parked_with_it(store: Store, issuer: Issuer) -> None:
    ticket = issuer.own()
    store.tickets.set_person(ticket.ticket_id, method="card_qr", person_ref="X", priority=None, priority_proven=False)
    store.outbox.park(store.outbox.next_batch(LANE_TICKETS)[0], "unreadable")
    assert store.outbox.counts().waiting == 0
    assert store.outbox.counts().parked == 2
    assert store.outbox.next_batch(LANE_REST) == ()


def test_a_mended_row_is_tried_again(store: Store, issuer: Issuer) -> None:
    ticket = issuer.own()
    (row,) = store.outbox.next_batch(LANE_TICKETS)
    store.outbox.attempted([row])
    store.outbox.park(row, "unreadable")
    assert store.outbox.unpark(row.id)
    assert not store.outbox.unpark(row.id)
    (again,) = store.outbox.next_batch(LANE_TICKETS)
    assert (again.attempts, again.parked) == (2, None)
    known = store.tickets.get(ticket.ticket_id)
    assert known is not None
    assert known.sync == "pending"


def test_at_enrolment_the_papers_of_earlier_days_are_not_told(store: Store, issuer: Issuer) -> None:
    issuer.numbers(3, kiosk=None)
    today = issuer.own(TUESDAY, kiosk=None)
    store.tickets.abandon(issuer.intent().ticket_id)
    assert store.outbox.forget_before(TUESDAY.date()) == 3
    assert [row.ticket_id for row in store.outbox.next_batch(LANE_TICKETS)] == [today.ticket_id]
    assert len(store.outbox.next_batch(LANE_FIRST)) == 1
