"""Promises 5 and 6: a paper is never refused, and a wrong clock hides nothing."""

from datetime import timedelta

import pytest

from models.errors import Refusal
from models.service import Rules
from models.text import Text
from tests.support.central import MONDAY, REF, Central, an_office, with_service, without_service


def test_a_paper_for_a_service_that_is_gone_is_filed_and_flagged(central: Central) -> None:
    central.open(without_service(an_office(), "ho-tich"))
    result = central.send(central.request("ho-tich", number="B1-001"))
    assert result.status == 201
    assert result.ticket is not None
    assert central.ticket(result.ticket.ticket_id).flags == (Refusal.UNKNOWN_SERVICE,)
    assert central.line() == ["B1-001"]


@pytest.mark.parametrize(
    ("hour", "flag"),
    [(5, Refusal.TOO_EARLY), (12, Refusal.LUNCH), (20, Refusal.CLOSED)],
)
def test_hours_flag_a_paper_and_refuse_a_question(central: Central, hour: int, flag: Refusal) -> None:
    central.clock.time = MONDAY.replace(hour=hour)
    result = central.send(central.request(number="A1-001"))
    assert result.status == 201
    assert result.ticket is not None
    assert central.ticket(result.ticket.ticket_id).flags == (flag,)
    refusal, facts = central.refused()
    assert refusal == flag
    assert "resumes_at" in facts


def test_limits_flag_a_paper(central: Central) -> None:
    central.ask(person_ref=REF)
    result = central.send(central.request(person_ref=REF, number="A1-001"))
    assert result.ticket is not None
    assert central.ticket(result.ticket.ticket_id).flags == (Refusal.ALREADY_HOLDING,)


def test_a_field_at_rest_and_a_full_session_flag_a_paper(central: Central) -> None:
    central.open(with_service(an_office(), "chung-thuc", at_rest=Text("Mất điện")))
    rest = central.send(central.request(number="A1-001"))
    central.open(with_service(an_office(), "chung-thuc", quota=1))
    full = central.send(central.request(number="A1-002"))
    assert rest.ticket is not None
    assert full.ticket is not None
    assert central.ticket(rest.ticket.ticket_id).flags == (Refusal.AT_REST,)
    assert central.ticket(full.ticket.ticket_id).flags == (Refusal.SESSION_FULL,)


def test_strange_words_flag_a_paper(central: Central) -> None:
    request = central.request(number="B1-001", method="palm", priority="vip", print="engraved")
    result = central.send(request)
    assert result.status == 201
    ticket = central.ticket(request.ticket_id)
    assert ticket.flags == ("method", "prefix", "priority")
    assert (ticket.method, ticket.print) == ("none", None)


def test_a_number_that_another_paper_carries_is_parked_once_and_told(central: Central) -> None:
    central.send(central.request(number="A1-001"))
    second = central.request(number="A1-001")
    result = central.send(second)
    assert result.status == 409
    assert result.problem is not None
    assert result.problem.type == "/problems/number-taken"
    assert result.problem.facts == {"parked": "yes"}
    central.send(second)
    [paper] = central.database.read(lambda tx: tx.papers.parked("hoa-sen"))
    assert (paper.ticket_id, paper.number, paper.reason) == (second.ticket_id, "A1-001", "number-taken")
    parked = {"number": "A1-001", "reason": "number-taken", "kiosk": 1}
    assert central.events("paper_parked") == [("paper_parked", parked)]


@pytest.mark.parametrize("number", ["A0001", "A000", "A1-0001", "A999999"])
def test_a_number_that_cannot_be_ours_is_parked(central: Central, number: str) -> None:
    assert central.send(central.request(number=number)).status == 422
    assert len(central.database.read(lambda tx: tx.papers.parked("hoa-sen"))) == 1
    assert central.ask().number == "A001", "the series is not carried away"


def test_the_number_of_a_gap_is_taken_in_when_it_turns_up_on_paper(central: Central) -> None:
    first = central.request()
    central.send(first)
    central.send(central.request(ticket_id=first.ticket_id, number="A1-001"))
    result = central.send(central.request(number="A001"))
    assert result.ticket is not None
    assert central.ticket(result.ticket.ticket_id).flags == ("gap",)


def test_a_late_paper_takes_its_place_by_time_of_issue(central: Central) -> None:
    central.ask()
    issued = central.clock.time + timedelta(minutes=1)
    central.clock.forward(minutes=10)
    central.ask()
    result = central.send(central.request(number="A1-001", issued_at=issued.isoformat()))
    assert central.line() == ["A001", "A1-001", "A002"]
    assert result.ticket is not None
    assert result.ticket.people_ahead == 1


def test_central_goes_on_above_plain_numbers_on_paper(central: Central) -> None:
    central.send(central.request(number="A007"))
    assert central.ask().number == "A008"


def test_an_unsure_clock_is_corrected_by_arrival_minus_age(central: Central) -> None:
    central.ask()
    central.clock.forward(minutes=30)
    central.ask()
    result = central.send(
        central.request(
            number="A1-501",
            issued_at="2020-01-01T00:00:00+07:00",
            day="2020-01-01",
            clock="unsure",
            age_ms=20 * 60_000,
        )
    )
    assert result.ticket is not None
    assert result.ticket.day == "2026-11-23"
    assert central.line() == ["A001", "A1-501", "A002"]
    assert central.ticket(result.ticket.ticket_id).flags == ("clock",)


def test_an_unsure_paper_of_yesterday_belongs_to_yesterday(central: Central) -> None:
    age = 12 * 3600_000
    result = central.send(
        central.request(number="A1-501", clock="unsure", age_ms=age, issued_at="2026-11-29T08:00:00+07:00")
    )
    assert result.ticket is not None
    assert result.ticket.day == "2026-11-22"


def test_an_unsure_paper_without_age_is_not_put_into_the_future(central: Central) -> None:
    result = central.send(central.request(number="A1-501", clock="unsure", issued_at="2031-01-01T00:00:00+07:00"))
    assert result.ticket is not None
    assert result.ticket.day == "2026-11-23"


def test_a_sure_clock_that_runs_ahead_is_not_believed(central: Central) -> None:
    ahead = (central.clock.time + timedelta(days=1)).isoformat()
    asked = central.ask(issued_at=ahead, day="2026-11-24")
    paper = central.send(central.request(number="A1-001", issued_at=ahead, day="2026-11-24")).ticket
    assert paper is not None
    assert (asked.day, paper.day) == ("2026-11-23", "2026-11-23")
    assert central.ticket(paper.ticket_id).flags == ("clock",)


def test_a_question_is_of_now_even_from_a_clock_a_day_behind(central: Central) -> None:
    behind = (central.clock.time - timedelta(days=1)).isoformat()
    assert central.ask(issued_at=behind).day == "2026-11-23"


def test_a_batch_of_old_papers_is_answered_briefly(central: Central) -> None:
    result = central.send(central.request(number="A1-001"), brief=True)
    assert result.ticket is not None
    assert (result.ticket.people_ahead, result.ticket.wait_seconds) == (None, None)


def test_a_paper_may_break_the_limit_of_the_day(central: Central) -> None:
    central.open(an_office(rules=Rules(open_tickets_per_service=None, tickets_per_day=1)))
    central.ask(person_ref=REF)
    result = central.send(central.request("ho-tich", person_ref=REF, number="B1-001"))
    assert result.ticket is not None
    assert central.ticket(result.ticket.ticket_id).flags == (Refusal.LIMIT_REACHED,)
