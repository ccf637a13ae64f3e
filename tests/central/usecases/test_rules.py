"""What may refuse a ticket without a number, with the facts that the screen's words need."""

from datetime import datetime

import pytest

from central.usecases.change import identify
from central.usecases.problems import CallerProblem
from models.errors import Refusal
from models.messages import PersonUpdate
from models.service import Rules
from models.text import Text
from models.ticket import TicketState
from tests.support.central import MONDAY, OTHER_REF, REF, ZONE, Central, an_office, with_service


def test_an_unknown_service(central: Central) -> None:
    assert central.refused("lam-vuon") == (Refusal.UNKNOWN_SERVICE, {"service": "lam-vuon"})


def test_a_service_at_rest(central: Central) -> None:
    central.open(with_service(an_office(), "chung-thuc", at_rest=Text("Mất điện")))
    assert central.refused()[0] == Refusal.AT_REST
    assert central.ask("ho-tich").number == "B001"


@pytest.mark.parametrize(
    ("now", "refusal", "resumes"),
    [
        ("2026-11-23T06:59:59", Refusal.TOO_EARLY, "2026-11-23T07:00:00+07:00"),
        ("2026-11-23T11:15:00", Refusal.LUNCH, "2026-11-23T12:45:00+07:00"),
        ("2026-11-23T16:45:00", Refusal.CLOSED, "2026-11-24T07:00:00+07:00"),
        ("2026-11-28T12:00:00", Refusal.CLOSED, "2026-11-30T07:00:00+07:00"),
        ("2026-11-29T08:00:00", Refusal.CLOSED, "2026-11-30T07:00:00+07:00"),
    ],
)
def test_hours(central: Central, now: str, refusal: Refusal, resumes: str) -> None:
    central.clock.time = datetime.fromisoformat(now).replace(tzinfo=ZONE)
    assert central.refused() == (refusal, {"resumes_at": resumes})


def test_a_session_has_so_many_numbers(central: Central) -> None:
    central.open(with_service(an_office(), "chung-thuc", quota=2))
    central.ask()
    second = central.ask()
    refusal, facts = central.refused()
    assert (refusal, facts["resumes_at"]) == (Refusal.SESSION_FULL, "2026-11-23T12:45:00+07:00")
    central.cancel(second.ticket_id)
    central.ask()
    central.clock.time = MONDAY.replace(hour=13)
    assert central.ask().number == "A004"


def test_an_afternoon_number_taken_in_the_morning(central: Central) -> None:
    central.clock.time = MONDAY.replace(hour=11)
    afternoon = central.request(not_before="2026-11-23T13:00:00+07:00")
    central.send(afternoon)
    central.ask()
    assert central.line() == ["A002", "A001"], "who waits now is called first"
    central.clock.time = MONDAY.replace(hour=12, minute=50)
    central.ask()
    assert central.line() == ["A002", "A001", "A003"], "and who was here first is before who comes at noon"


def test_afternoon_numbers_count_for_the_afternoon(central: Central) -> None:
    central.open(with_service(an_office(), "chung-thuc", quota=1))
    central.clock.time = MONDAY.replace(hour=11)
    central.ask(not_before="2026-11-23T13:00:00+07:00")
    assert central.refused(not_before="2026-11-23T13:00:00+07:00")[0] == Refusal.SESSION_FULL
    assert central.ask().number == "A002"


@pytest.mark.parametrize(
    "not_before", ["2026-11-23T03:00:00+07:00", "2026-11-24T13:00:00+07:00", "2026-11-23T22:00:00+07:00"]
)
def test_a_not_before_that_fits_no_later_session_is_left_aside(central: Central, not_before: str) -> None:
    answer = central.ask(not_before=not_before)
    assert central.ticket(answer.ticket_id).session == "07:30"


def test_one_open_ticket_a_person_and_field(central: Central) -> None:
    central.ask(person_ref=OTHER_REF)
    held = central.ask(person_ref=REF)
    refusal, facts = central.refused(person_ref=REF)
    assert refusal == Refusal.ALREADY_HOLDING
    assert facts == {
        "number": "A002",
        "ticket_id": held.ticket_id,
        "people_ahead": "1",
        "service": "chung-thuc",
        "state": "waiting",
        "day": "2026-11-23",
    }
    assert central.ask("ho-tich", person_ref=REF).number == "B001", "another field is another matter"
    assert central.ask().number == "A003", "who is not known is not held to it"


@pytest.mark.parametrize("state", [TicketState.DONE, TicketState.NO_SHOW, TicketState.CANCELLED])
def test_a_closed_ticket_is_no_longer_held(central: Central, state: TicketState) -> None:
    held = central.ask(person_ref=REF)
    central.call(held.ticket_id, state)
    assert central.ask(person_ref=REF).number == "A002"


def test_a_new_day_a_new_ticket(central: Central) -> None:
    central.ask(person_ref=REF)
    central.clock.forward(days=1)
    assert central.ask(person_ref=REF).number == "A001"


def test_a_field_may_be_exempt(central: Central) -> None:
    assert [central.ask("nhan-ket-qua", person_ref=REF).number for _ in range(3)] == ["H001", "H002", "H003"]


def test_so_many_tickets_a_day(central: Central) -> None:
    central.open(an_office(rules=Rules(open_tickets_per_service=None, tickets_per_day=2)))
    central.ask(person_ref=REF)
    central.ask("nhan-ket-qua", person_ref=REF)
    central.ask("ho-tich", person_ref=REF)
    refusal, facts = central.refused(person_ref=REF)
    assert (refusal, facts["limit"], facts["number"]) == (Refusal.LIMIT_REACHED, "2", "B001")


def test_no_limits_at_all(central: Central) -> None:
    central.open(an_office(rules=Rules(open_tickets_per_service=None)))
    assert [central.ask(person_ref=REF).number for _ in range(2)] == ["A001", "A002"]


def test_a_refusal_writes_nothing(central: Central) -> None:
    central.ask(person_ref=REF)
    before = central.events()
    central.refused(person_ref=REF)
    assert central.events() == before
    assert central.ask().number == "A002"


def test_the_card_after_the_number(central: Central) -> None:
    answer = central.ask()
    update = PersonUpdate("card_qr", REF, "elderly", priority_proven=True)

    def tell() -> None:
        central.database.write(lambda tx: identify(tx, central.caller(tx), answer.ticket_id, update))

    tell()
    tell()
    ticket = central.ticket(answer.ticket_id)
    assert (ticket.method, ticket.person_ref, ticket.priority, ticket.priority_proven) == (
        "card_qr",
        REF,
        "elderly",
        True,
    )
    assert ticket.flags == ()
    assert len(central.events("ticket_priority")) == 1
    assert central.refused(person_ref=REF)[0] == Refusal.ALREADY_HOLDING


def test_the_card_after_the_number_only_flags(central: Central) -> None:
    central.ask(person_ref=REF)
    answer = central.ask()
    update = PersonUpdate("typed", REF, "vip")
    central.database.write(lambda tx: identify(tx, central.caller(tx), answer.ticket_id, update))
    assert central.ticket(answer.ticket_id).flags == ("limit_reached", "priority")


def test_the_card_for_a_ticket_that_is_not_here(central: Central) -> None:
    with pytest.raises(CallerProblem) as told:
        central.database.write(lambda tx: identify(tx, central.caller(tx), next(central.ids), PersonUpdate("typed")))
    assert told.value.problem.status == 404
