"""Promises 1, 3 and 4: central answers, but too late. What is on paper is the truth."""

import pytest

from kiosk.desk.issuing import Wish
from kiosk.sync.numbers import BUDGET_SECONDS
from tests.support.machine import Kiosks, Machine, ThreadedAsker
from tests.support.stage import CentralHouse, Time

WAITING, CALLED = False, True


@pytest.fixture
def one(kiosk: Kiosks) -> Machine:
    """Kiosk 1, which waits no longer than a person may be kept waiting."""
    return kiosk(1, make_asker=lambda make: ThreadedAsker(make, BUDGET_SECONDS))


def asker(machine: Machine) -> ThreadedAsker:
    assert isinstance(machine.asker, ThreadedAsker)
    return machine.asker


@pytest.mark.parametrize("called", [WAITING, CALLED], ids=["waiting", "called"])
def test_the_printed_number_replaces_centrals_which_becomes_a_gap(
    central: CentralHouse, kiosk: Kiosks, one: Machine, called: bool
) -> None:
    two = kiosk(2)
    with central.gate.holding("answers") as held:
        paper = one.take()
        held()
    assert paper.number == "A1-001"
    assert central.filed(paper.ticket_id).number == "A001"
    assert two.take().number == "A002"
    if called:
        central.call(paper.ticket_id)

    asker(one).idle()
    one.speak()
    assert one.waiting == 0
    filed = central.filed(paper.ticket_id)
    assert (filed.number, filed.state, filed.called_at, filed.printed) == ("A1-001", "waiting", None, True)
    assert central.gap("A001") == paper.ticket_id
    assert central.line() == ["A1-001", "A002"]
    told = {"number": "A1-001", "replaced": "A001", "service": "chung-thuc"}
    assert central.events("number_replaced") == [("number_replaced", told)]
    assert central.events("call_corrected") == ([("call_corrected", told)] if called else [])

    assert one.take().number == "A003"
    assert two.take().number == "A004"
    assert central.line() == ["A1-001", "A002", "A003", "A004"]
    assert not central.parked()


def test_it_is_paid_for_once(central: CentralHouse, one: Machine) -> None:
    with central.gate.holding("answers") as held:
        assert one.take_many(3) == ["A1-001", "A1-002", "A1-003"]
        held()
    assert not asker(one).asks
    assert asker(one).failures == 1
    assert [t for t in central.line() if "-" not in t] == ["A001"]  # only the first was asked for
    asker(one).idle()
    one.speak()
    assert asker(one).asks
    assert central.line() == ["A1-001", "A1-002", "A1-003"]
    assert one.take().number == "A002"


def test_a_question_that_comes_after_the_paper_changes_nothing(
    central: CentralHouse, kiosk: Kiosks, one: Machine
) -> None:
    two = kiosk(2)
    with central.gate.holding("questions") as held:
        paper = one.take()
        held()
        one.speak()
        assert central.filed(paper.ticket_id).number == "A1-001"
    asker(one).idle()
    assert central.filed(paper.ticket_id).number == "A1-001"
    assert central.gap("A001") is None
    assert two.take().number == "A001"
    assert central.line() == ["A1-001", "A001"]


def test_a_question_that_was_long_on_its_way_keeps_the_place_of_its_person(
    central: CentralHouse, kiosk: Kiosks, one: Machine, clock: Time
) -> None:
    """Central numbers it behind those who came later; the paper goes where its person stands."""
    two = kiosk(2)
    with central.gate.holding("questions") as held:
        paper = one.take()
        held()
        central.gate.holds = "nothing"
        clock.forward(seconds=5)
        assert two.take_many(2) == ["A001", "A002"]
    asker(one).idle()
    assert central.filed(paper.ticket_id).number == "A003"
    one.speak()
    assert central.line() == ["A1-001", "A001", "A002"]
    assert central.filed(paper.ticket_id).issued_at == int(paper.issued_at.timestamp() * 1000)


def test_an_answer_that_dies_with_the_kiosk_leaves_no_ghost(central: CentralHouse, one: Machine) -> None:
    intent = one.issuing._intent(central.office, central.office.services[0], Wish("chung-thuc"))
    one.store.tickets.add_intent(intent)
    assert one.asker is not None
    answer = one.asker.ask(intent.request(age_ms=0))
    assert answer is not None
    assert central.line() == [answer.number]
    one.stop()
    one.start()
    one.speak()
    assert central.line() == []
    assert one.take().number == "A002"
