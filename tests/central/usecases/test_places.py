"""People ahead and waits: what is told must be true."""

from central.usecases.caller import office_of
from central.usecases.follow import follow
from central.usecases.places import queue
from models.messages import QueueAnswer, WaitSeconds
from models.ticket import TicketState
from tests.support.central import MONDAY, Central, an_office, without_service


def _queue(central: Central) -> QueueAnswer:
    return central.database.read(lambda tx: queue(tx, office_of(tx, None, central.clock.now), numbers=True))


def test_people_ahead_are_those_who_wait_for_the_same_service(central: Central) -> None:
    first = central.ask()
    central.ask("ho-tich")
    second = central.ask()
    third = central.ask()
    assert (first.people_ahead, second.people_ahead, third.people_ahead) == (0, 1, 2)
    central.call(first.ticket_id)
    central.cancel(second.ticket_id)
    assert central.ask().people_ahead == 1


def test_a_wait_is_a_range(central: Central) -> None:
    for _ in range(6):
        central.ask()
    answer = central.ask()
    assert answer.people_ahead == 6
    assert answer.wait_seconds == WaitSeconds(540, 1200), "6 people, 4 minutes each, 2 counters: 9 to 20 minutes"


def test_before_counters_open_the_wait_begins_at_their_opening(central: Central) -> None:
    central.clock.time = MONDAY.replace(hour=7)
    assert central.ask().wait_seconds == WaitSeconds(1800, 1800)


def test_the_follow_address(central: Central) -> None:
    assert central.ask(follow_code="abcdefghijklm").follow_url == "https://so.example.vn/t/abcdefghijklm#A001"
    assert central.ask().follow_url is None
    central.open(an_office(follow_base=None))
    assert central.ask(follow_code="abcdefghijklm").follow_url is None


def test_the_queue_counts_every_service(central: Central) -> None:
    called = central.ask()
    central.ask()
    central.clock.forward(seconds=1)
    central.ask("ho-tich")
    central.call(called.ticket_id)
    answer = _queue(central)
    assert answer.at == "2026-11-23T08:00:01.000+07:00"
    assert [(s.service, s.waiting) for s in answer.services] == [
        ("chung-thuc", 1),
        ("ho-tich", 1),
        ("nhan-ket-qua", 0),
    ]
    assert [(n.number, n.state) for n in answer.numbers] == [
        ("A001", "called"),
        ("A002", "waiting"),
        ("B001", "waiting"),
    ]


def test_who_waits_for_a_service_that_is_gone_is_not_hidden(central: Central) -> None:
    central.ask("ho-tich")
    central.open(without_service(an_office(), "ho-tich"))
    gone = next(s for s in _queue(central).services if s.service == "ho-tich")
    assert (gone.waiting, gone.wait_seconds) == (1, None)


def test_yesterdays_tickets_are_not_in_the_queue(central: Central) -> None:
    central.ask()
    central.clock.forward(days=1)
    assert _queue(central).numbers == ()


def test_a_ticket_is_followed_by_its_code_only(central: Central) -> None:
    answer = central.ask(follow_code="abcdefghijklm")
    central.ask()
    found = central.database.read(lambda tx: follow(tx, "abcdefghijklm", central.clock.now))
    assert found is not None
    assert (found.number, found.people_ahead, found.state) == ("A001", 0, TicketState.WAITING)
    assert central.database.read(lambda tx: follow(tx, "abcdefghijkl2", central.clock.now)) is None
    assert "abcdefghijklm" not in repr(central.ticket(answer.ticket_id)), "only the code's hash is kept"
