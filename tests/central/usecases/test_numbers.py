"""Promises 1 and 4: no number twice, and a retry is never a second ticket."""

from dataclasses import replace

import pytest

from models.ticket import TicketState
from tests.support.central import Central, an_office, with_service


def test_numbers_follow_each_other_in_each_service(central: Central) -> None:
    asked = ["chung-thuc", "chung-thuc", "ho-tich", "chung-thuc"]
    assert [central.ask(service).number for service in asked] == ["A001", "A002", "B001", "A003"]


def test_numbers_begin_anew_each_day(central: Central) -> None:
    central.ask()
    central.clock.forward(days=1)
    answer = central.ask()
    assert (answer.number, answer.day) == ("A001", "2026-11-24")


def test_more_than_999_numbers(central: Central) -> None:
    central.send(central.request(number="A999"))
    assert central.ask().number == "A1000"


def test_the_same_ticket_again_changes_nothing(central: Central) -> None:
    request = central.request()
    first, second = central.send(request), central.send(request)
    assert (first.status, second.status) == (201, 200)
    assert first.ticket == second.ticket
    assert central.line() == ["A001"]
    assert len(central.events("ticket_issued")) == 1


def test_a_lost_answer_sent_again_by_another_service_keeps_the_first(central: Central) -> None:
    request = central.request()
    central.send(request)
    again = central.send(replace(request, service="ho-tich"))
    assert again.ticket is not None
    assert again.ticket.number == "A001"


def test_a_printed_number_replaces_centrals_which_becomes_a_gap(central: Central) -> None:
    request = central.request()
    central.send(request)
    told = central.send(replace(request, number="A1-001", print="printed"))
    assert told.status == 200
    assert told.ticket is not None
    assert told.ticket.number == "A1-001"
    assert central.ask().number == "A002", "the gap goes to nobody"
    assert central.line() == ["A1-001", "A002"], "it keeps its place"
    assert central.events("number_replaced", "call_corrected") == [
        ("number_replaced", {"number": "A1-001", "replaced": "A001", "service": "chung-thuc"})
    ]
    again = central.send(replace(request, number="A1-001", print="printed"))
    assert again.status == 200
    assert len(central.events("number_replaced")) == 1


@pytest.mark.parametrize(
    "state", [TicketState.CALLED, TicketState.SERVING, TicketState.NO_SHOW, TicketState.DONE, TicketState.ON_HOLD]
)
def test_a_call_of_a_replaced_number_is_corrected(central: Central, state: TicketState) -> None:
    request = central.request()
    central.send(request)
    central.clock.forward(minutes=1)
    central.ask()
    central.call(request.ticket_id, state)
    central.send(replace(request, number="A1-001"))
    ticket = central.ticket(request.ticket_id)
    assert (ticket.state, ticket.called_at) == (TicketState.WAITING, None)
    assert central.line() == ["A1-001", "A002"], "back at its place, before who came later"
    corrected = {"number": "A1-001", "replaced": "A001", "service": "chung-thuc"}
    assert central.events("call_corrected") == [("call_corrected", corrected)]


def test_a_call_of_a_number_on_paper_is_not_touched(central: Central) -> None:
    request = central.request()
    central.send(request)
    central.call(request.ticket_id)
    assert central.send(replace(request, number="A001", print="printed")).status == 200
    assert central.ticket(request.ticket_id).state == TicketState.CALLED
    assert central.events("call_corrected", "number_replaced") == []


def test_a_second_printed_number_is_parked(central: Central) -> None:
    request = central.request(number="A1-001")
    central.send(request)
    again = central.send(replace(request, number="A1-002"))
    assert again.status == 409
    assert again.problem is not None
    assert again.problem.type == "/problems/second-number"
    assert central.ticket(request.ticket_id).number == "A1-001"


def test_a_question_that_was_long_on_its_way_does_not_move_the_paper(central: Central) -> None:
    """Central numbered it behind those who came later; once its paper is told, its person stands where they came."""
    request = central.request()
    central.clock.forward(seconds=5)
    central.ask()
    assert central.send(request).status == 201
    assert central.line() == ["A001", "A002"]
    central.send(replace(request, number="A1-001"))
    assert central.line() == ["A1-001", "A001"]
    later = central.request(not_before="2026-11-23T13:00:00+07:00")
    central.send(later)
    place = central.ticket(later.ticket_id).place_at
    central.send(replace(later, number="A1-002"))
    assert central.ticket(later.ticket_id).place_at == place


def test_a_replacement_that_another_paper_carries_is_parked(central: Central) -> None:
    central.send(central.request(number="A1-001"))
    request = central.request()
    central.send(request)
    assert central.send(replace(request, number="A1-001")).status == 409
    assert central.ticket(request.ticket_id).number == "A001"
    [paper] = central.database.read(lambda tx: tx.papers.parked("hoa-sen"))
    assert (paper.reason, paper.number, paper.kiosk) == ("number-taken", "A1-001", 1)


def test_two_kiosks_get_numbers_in_the_order_of_asking_and_are_called_so(central: Central) -> None:
    central.enrol(2)
    later = central.request()
    central.clock.forward(seconds=-0.2)
    earlier_touch = central.request()
    central.clock.forward(seconds=0.3)
    central.send(later, kiosk=1)
    central.send(earlier_touch, kiosk=2)
    assert central.line() == ["A001", "A002"]


def test_a_letter_that_moves_to_another_field_goes_on(central: Central) -> None:
    central.ask("chung-thuc")
    swapped = with_service(with_service(an_office(), "chung-thuc", prefix="C"), "ho-tich", prefix="A")
    central.open(swapped)
    assert central.ask("ho-tich").number == "A002"
    assert central.ask("chung-thuc").number == "C001"


def test_the_paper_says_which_day_at_midnight(central: Central) -> None:
    central.clock.forward(hours=15, minutes=59, seconds=59)
    request = central.request()
    central.send(replace(request, issued_at=central.clock.time.isoformat()))
    central.clock.forward(seconds=2)
    told = central.send(central.request(number="A1-001", issued_at=request.issued_at, day="2026-11-23"))
    assert told.ticket is not None
    assert told.ticket.day == "2026-11-23"


def test_a_cancelled_ticket_leaves_the_line_and_stays_cancelled(central: Central) -> None:
    request = central.request()
    central.send(request)
    assert central.cancel(request.ticket_id) == "cancelled"
    assert central.cancel(request.ticket_id) == "cancelled"
    assert central.line() == []
    assert len(central.events("ticket_cancelled")) == 1
    again = central.send(request)
    assert again.status == 409
    assert again.problem is not None
    assert again.problem.type == "/problems/cancelled"
    assert central.ask().number == "A002"


def test_a_cancel_may_overtake_its_ticket(central: Central) -> None:
    unasked, paper = central.request(), central.request(number="A1-001")
    assert central.cancel(unasked.ticket_id) == "cancelled"
    assert central.cancel(unasked.ticket_id) == "cancelled"
    central.cancel(paper.ticket_id)
    assert central.send(unasked).status == 409
    assert central.send(paper).status == 201, "the paper is filed all the same"
    assert central.ticket(paper.ticket_id).state == TicketState.CANCELLED
    assert central.line() == []
    assert central.ask().number == "A001", "no number was spent"


def test_a_cancel_comes_too_late_for_who_is_served(central: Central) -> None:
    answer = central.ask()
    central.call(answer.ticket_id, TicketState.SERVING)
    assert central.cancel(answer.ticket_id) == "serving"


def test_an_office_knows_nothing_of_anothers_tickets(central: Central) -> None:
    request = central.request()
    central.send(request)
    central.open(an_office(office="other"))
    assert central.database.read(lambda tx: tx.tickets.get("other", request.ticket_id)) is None
