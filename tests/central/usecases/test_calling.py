"""What officers do at counters, against a real database."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from central.store.records import Ticket
from central.store.tickets import Tickets
from central.usecases.problems import CallerProblem
from models.service import Rules
from models.ticket import TicketState
from tests.support.central import REF, Central, Officer, an_office


@pytest.fixture
def officer(central: Central) -> Officer:
    return central.post()


def problem_of(work: Callable[[], Any]) -> tuple[str, dict[str, str]]:
    with pytest.raises(CallerProblem) as caught:
        work()
    assert caught.value.problem.status in (403, 404, 409)
    return caught.value.problem.type.removeprefix("/problems/"), caught.value.problem.facts


def called(officer: Officer, counter: int, current: str | None = None) -> tuple[str, str]:
    """Call the next one: id and number."""
    ticket = officer.next(counter, current).called
    assert ticket is not None
    return ticket.ticket_id, ticket.number


def test_next_calls_those_it_serves_by_place(central: Central, officer: Officer) -> None:
    central.ask("ho-tich")
    first, second = central.ask(), central.ask()
    answer = officer.next(2)
    assert (answer.reason, answer.waiting) == ("place", 1)
    assert answer.called is not None
    assert (answer.called.number, answer.called.state, answer.called.calls) == ("A001", "called", 1)
    assert officer.next(3).called == officer.counter(3).current
    assert [central.ticket(t.ticket_id).state for t in (first, second)] == ["called", "called"]
    assert officer.next(1).called is not None
    assert officer.next(1, officer.counter(1).current.ticket_id).reason == "nobody"  # type: ignore[union-attr]


def test_next_finishes_the_one_before(central: Central, officer: Officer) -> None:
    first, _ = central.ask(), central.ask()
    called(officer, 2)
    officer.next(2, first.ticket_id)
    assert central.ticket(first.ticket_id).state == TicketState.DONE
    assert [kind for kind, _ in central.events("ticket.called", "ticket.finished")] == [
        "ticket.called",
        "ticket.finished",
        "ticket.called",
    ]


def test_next_repeated_is_the_same_answer_and_calls_nobody_else(central: Central, officer: Officer) -> None:
    central.ask()
    central.ask()
    once = officer.next(2, request_id="request-1")
    central.clock.forward(seconds=5)
    assert officer.next(2, request_id="request-1") == once
    assert len(central.events("ticket.called")) == 1


def test_a_request_id_is_for_one_act(central: Central, officer: Officer) -> None:
    ticket = central.ask()
    officer.next(2, request_id="request-1")
    why, _ = problem_of(lambda: officer.do(2, "start", ticket.ticket_id, request_id="request-1"))
    assert why == "request-id-used"


def test_a_stale_console_calls_nobody(central: Central, officer: Officer) -> None:
    first, _ = central.ask(), central.ask()
    called(officer, 2)
    why, facts = problem_of(lambda: officer.next(2, None))
    assert (why, facts) == ("stale", {"current": first.ticket_id})
    assert central.ticket(first.ticket_id).state == TicketState.CALLED
    assert officer.counter(2).current is not None


def test_a_ticket_taken_by_another_counter_meanwhile_is_left_to_it(
    central: Central, officer: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The guard of the conditional update: two machines that read the same line never call the same ticket."""
    central.ask()
    central.ask()
    line = central.database.read(lambda tx: tx.tickets.in_line("hoa-sen", central.line_day()))
    called(officer, 2)

    def old_picture(_self: Tickets, _office: str, _day: str) -> list[Ticket]:
        return line

    monkeypatch.setattr(Tickets, "in_line", old_picture)
    assert called(officer, 3)[1] == "A002"


def test_priority_goes_first_by_the_ratio_and_says_so(central: Central, officer: Officer) -> None:
    for priority in (None, None, "elderly", "elderly", "elderly", "unheard-of"):
        central.ask(priority=priority)
    expected = [
        ("A003", "priority"),
        ("A004", "priority"),
        ("A001", "ratio"),
        ("A005", "priority"),
        ("A002", "place"),
        ("A006", "place"),
    ]
    assert officer.order(2) == expected
    current, found = None, []
    for _ in expected:
        answer = officer.next(2, current)
        assert answer.called is not None
        current = answer.called.ticket_id
        found.append((answer.called.number, answer.reason))
    assert found == expected


def test_the_office_chooses_the_ratio(central: Central, officer: Officer) -> None:
    central.open(an_office(rules=Rules(priority_ratio=(1, 2))))
    for priority in ("elderly", "elderly", None, None, None):
        central.ask(priority=priority)
    assert [number for number, _ in officer.order(2)] == ["A001", "A003", "A004", "A002", "A005"]


def test_one_persons_two_tickets_are_never_called_at_once(central: Central, officer: Officer) -> None:
    copies, births = central.ask(person_ref=REF), central.ask("ho-tich", person_ref=REF)
    called(officer, 2)
    assert officer.order(1) == [("B001", "person_busy")]
    assert officer.next(1).reason == "nobody"
    assert problem_of(lambda: officer.call(1, births.number)) == ("person-busy", {"number": copies.number})
    officer.do(2, "finish", copies.ticket_id)
    assert called(officer, 1)[1] == births.number


def test_an_undo_does_not_bring_a_person_to_two_counters(central: Central, officer: Officer) -> None:
    copies, _ = central.ask(person_ref=REF), central.ask("ho-tich", person_ref=REF)
    called(officer, 2)
    officer.do(2, "finish", copies.ticket_id)
    called(officer, 1)
    assert problem_of(lambda: officer.undo(2)) == ("person-busy", {"number": "B001"})


def test_a_number_of_the_afternoon_is_not_called_in_the_morning(central: Central, officer: Officer) -> None:
    later = central.clock.time.replace(hour=13).isoformat()
    central.ask(not_before=later)
    central.ask()
    assert officer.order(2) == [("A002", "place"), ("A001", "not_yet")]
    current, number = called(officer, 2)
    assert number == "A002"
    assert officer.next(2, current).reason == "nobody"
    central.clock.forward(hours=5)
    assert called(officer, 2)[1] == "A001"


def test_tickets_of_yesterday_are_never_called(central: Central, officer: Officer) -> None:
    kept, left = central.ask(), central.ask()
    called(officer, 2)
    central.clock.forward(days=1)
    assert officer.counter(2).current is None
    assert officer.order(2) == []
    assert officer.next(2).reason == "nobody"
    assert problem_of(lambda: officer.next(2, kept.ticket_id))[0] == "stale"
    assert problem_of(lambda: officer.call(2, left.number))[0] == "not-found"
    central.ask()
    assert called(officer, 2)[1] == "A001"


def test_start_recall_and_finish(central: Central, officer: Officer) -> None:
    ticket = central.ask()
    central.clock.forward(minutes=3)
    called(officer, 2)
    central.clock.forward(seconds=30)
    again = officer.do(2, "recall", ticket.ticket_id).called
    assert again is not None
    assert (again.calls, again.waited_seconds) == (2, 210)
    central.clock.forward(seconds=30)
    started = officer.do(2, "start", ticket.ticket_id).called
    assert started is not None
    assert started.state == "serving"
    assert started.started_at == central.clock.time.isoformat(timespec="milliseconds")
    assert problem_of(lambda: officer.do(2, "recall", ticket.ticket_id)) == ("wrong-state", {"state": "serving"})
    assert officer.do(2, "finish", ticket.ticket_id).called is None
    told = [(kind, data.get("again")) for kind, data in central.events() if kind.startswith("ticket.")]
    assert told == [("ticket.called", 0), ("ticket.called", 1), ("ticket.started", None), ("ticket.finished", None)]


def test_a_no_show_is_called_often_enough_first_and_may_come_back(central: Central, officer: Officer) -> None:
    ticket = central.ask()
    called(officer, 2)
    why, facts = problem_of(lambda: officer.do(2, "no-show", ticket.ticket_id))
    assert (why, facts) == ("called-too-seldom", {"calls": "1", "needed": "3"})
    officer.do(2, "recall", ticket.ticket_id)
    officer.do(2, "recall", ticket.ticket_id)
    officer.do(2, "no-show", ticket.ticket_id)
    assert [c.number for c in officer.display().unseen] == ["A001"]
    central.clock.forward(minutes=20)
    assert officer.call(3, "A001").called == officer.counter(3).current
    assert officer.display().unseen == ()


def test_a_number_missed_too_long_ago_does_not_count(central: Central, officer: Officer) -> None:
    central.open(an_office(rules=Rules(calls_before_no_show=1)))
    ticket = central.ask()
    called(officer, 2)
    officer.do(2, "no-show", ticket.ticket_id)
    central.clock.forward(minutes=21)
    assert problem_of(lambda: officer.call(2, "A001")) == ("wrong-state", {"state": "no_show"})
    assert officer.display().unseen == ()


def test_hold_frees_the_counter_and_the_number_is_taken_up_again(central: Central, officer: Officer) -> None:
    first, _ = central.ask(), central.ask()
    called(officer, 2)
    officer.do(2, "start", first.ticket_id)
    officer.do(2, "hold", first.ticket_id, reason="papers")
    shown = officer.counter(2)
    assert (shown.current, shown.held) == (None, ("A001",))
    second, _ = called(officer, 2)
    assert problem_of(lambda: officer.call(2, "A001"))[0] == "counter-busy"
    officer.do(2, "finish", second)
    back = officer.call(2, "A001").called
    assert back is not None
    assert (back.state, back.started_at) == ("called", None)


@pytest.mark.parametrize("start_first", [True, False])
def test_a_transfer_keeps_the_place(central: Central, officer: Officer, start_first: bool) -> None:
    first = central.ask()
    central.clock.forward(minutes=1)
    central.ask("ho-tich")
    before = central.ticket(first.ticket_id)
    called(officer, 2)
    if start_first:
        officer.do(2, "start", first.ticket_id)
    central.clock.forward(minutes=30)
    officer.transfer(2, first.ticket_id, service="ho-tich")
    after = central.ticket(first.ticket_id)
    assert (after.place_at, after.issued_at, after.arrived_at) == (before.place_at, before.issued_at, before.arrived_at)
    assert (after.state, after.service, after.number) == ("waiting", "ho-tich", "A001")
    assert officer.order(1) == [("A001", "place"), ("B001", "place")]
    assert called(officer, 1)[1] == "A001"


def test_a_transfer_to_one_counter_is_for_that_counter(central: Central, officer: Officer) -> None:
    ticket = central.ask()
    called(officer, 2)
    officer.transfer(2, ticket.ticket_id, to=1)
    assert officer.order(2) == officer.order(3) == []
    assert called(officer, 1)[1] == "A001"


def test_a_transfer_goes_somewhere(central: Central, officer: Officer) -> None:
    ticket = central.ask()
    called(officer, 2)
    assert problem_of(lambda: officer.transfer(2, ticket.ticket_id, service="nowhere"))[0] == "not-found"
    assert problem_of(lambda: officer.transfer(2, ticket.ticket_id, to=99))[0] == "not-found"
    assert central.ticket(ticket.ticket_id).state == TicketState.CALLED


def test_undo_puts_everything_back(central: Central, officer: Officer) -> None:
    first, second = central.ask(priority="elderly"), central.ask()
    called(officer, 2)
    officer.do(2, "start", first.ticket_id)
    before = officer.counter(2)
    central.clock.forward(seconds=1)
    officer.next(2, first.ticket_id)
    central.clock.forward(seconds=10)
    answer = officer.undo(2)
    assert answer.called is not None
    assert (answer.called.number, answer.called.state) == ("A001", "serving")
    assert [central.ticket(t.ticket_id).state for t in (first, second)] == ["serving", "waiting"]
    after = officer.counter(2)
    assert (after.current, [w.number for w in after.waiting]) == (before.current, ["A002"])
    assert [data["number"] for _, data in central.events("ticket.returned")] == ["A001", "A002"]


def test_undo_is_for_ten_seconds_and_for_what_nobody_touched_since(central: Central, officer: Officer) -> None:
    ticket = central.ask()
    assert officer.counter(2).undo_until is None
    called(officer, 2)
    assert officer.counter(2).undo_until is not None
    central.clock.forward(seconds=11)
    assert officer.counter(2).undo_until is None
    assert problem_of(lambda: officer.undo(2))[0] == "nothing-to-undo"
    officer.transfer(2, ticket.ticket_id, service="ho-tich")
    called(officer, 1)
    assert problem_of(lambda: officer.undo(2))[0] == "stale"
    assert central.ticket(ticket.ticket_id).state == TicketState.CALLED


def test_undo_does_not_take_back_an_undo(central: Central, officer: Officer) -> None:
    central.ask()
    called(officer, 2)
    officer.undo(2)
    assert problem_of(lambda: officer.undo(2))[0] == "nothing-to-undo"


def test_a_called_ticket_that_is_cancelled_leaves_the_counter(central: Central, officer: Officer) -> None:
    ticket = central.ask()
    called(officer, 2)
    central.cancel(ticket.ticket_id)
    assert officer.counter(2).current is None
    assert problem_of(lambda: officer.next(2, ticket.ticket_id))[0] == "stale"


def test_a_corrected_call_leaves_the_counter_and_may_be_called_by_another(central: Central, officer: Officer) -> None:
    request = central.request()
    central.send(request)
    called(officer, 2)
    central.send(replace(request, number="A1-001"))
    assert officer.counter(2).current is None
    assert called(officer, 3)[1] == "A1-001"


def test_two_counters_cannot_hold_one_ticket_even_by_mistake(central: Central, officer: Officer) -> None:
    ticket = central.ask()
    called(officer, 2)
    desk = central.database.read(lambda tx: tx.counters.desk("hoa-sen", 2, central.line_day()))
    with pytest.raises(Exception, match=re.escape("counters.ticket_id")):
        central.database.write(lambda tx: tx.counters.keep_desk(replace(desk, counter=3)))
    assert ticket.ticket_id == desk.ticket_id


def test_every_act_is_written_down_with_who_and_where(central: Central, officer: Officer) -> None:
    ticket = central.ask(person_ref=REF)
    officer.next(2, request_id="request-1")
    officer.do(2, "hold", ticket.ticket_id, request_id="request-2", reason="papers")
    act = central.database.read(lambda tx: tx.counters.act("hoa-sen", 2, "request-2"))
    assert act is not None
    assert (act.user, act.act, act.reason, act.at) == ("binh", "hold", "papers", central.clock.now)
    assert act.ticket_id == ticket.ticket_id
    assert json.loads(act.before)["tickets"][ticket.ticket_id]["state"] == "called"
    assert REF not in act.before + act.after + act.answer


def test_the_display_shows_the_last_five_and_who_waits(central: Central, officer: Officer) -> None:
    for _ in range(7):
        central.ask()
    current = None
    for _ in range(6):
        central.clock.forward(seconds=1)
        current, _ = called(officer, 2, current)
    shown = officer.display()
    assert [(c.number, c.counter, c.service) for c in shown.calls] == [
        (f"A{n:03d}", 2, "chung-thuc") for n in (6, 5, 4, 3, 2)
    ]
    assert [(w.service, w.n) for w in shown.waiting] == [("chung-thuc", 1), ("ho-tich", 0), ("nhan-ket-qua", 0)]


@pytest.mark.parametrize("hospital", [True, False])
def test_a_private_service_is_nowhere_named(central: Central, officer: Officer, hospital: bool) -> None:
    office = an_office()
    private = tuple(replace(s, private=not hospital and s.code == "ho-tich") for s in office.services)
    central.open(replace(office, profile="hospital" if hospital else "ward", services=private))
    central.ask("ho-tich")
    called(officer, 1)
    shown = officer.display()
    assert [(c.number, c.service) for c in shown.calls] == [("B001", None)]
    assert "ho-tich" not in [w.service for w in shown.waiting]
    assert [data["service"] for _, data in central.events("ticket.called")] == [None]


def test_a_service_without_counters_is_served_by_all(central: Central, officer: Officer) -> None:
    central.ask("nhan-ket-qua")
    assert officer.counter(1).services == ("ho-tich", "nhan-ket-qua")
    assert officer.order(1) == officer.order(2) == [("H001", "place")]
    assert problem_of(lambda: officer.next(4))[0] == "not-found"
