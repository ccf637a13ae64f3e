"""``identify = after | never``: one touch a person, and the card afterwards."""

from kiosk.flow.effects import Forget, Identify, Reprint
from kiosk.flow.events import Action, Issued, PaperChanged
from kiosk.flow.views import Line
from tests.support.visits import CLOSED, OLD, Player, card, player, ticket

A = Action


def served(person: Player, number: str = "A001") -> None:
    """One touch, the paper, and the seconds after."""
    person.press(A.CHOOSE_SERVICE, "chung-thuc")
    person.issue(ticket(number))
    person.tell(PaperChanged(f"id-{number}", "printed"))


def test_the_fields_rest_on_the_screen_without_a_limit() -> None:
    person = player(identify="after")
    assert person.screen == "choose"
    assert person.view.frame.limit_seconds is None
    assert person.view.frame.left == ()


def test_eight_people_a_minute_with_one_touch_each() -> None:
    person = player(identify="after")
    seconds = 0.0
    for number in range(1, 9):
        served(person, f"A{number:03d}")
        seconds += person.timers["brief"].seconds
        person.fire("brief")
    assert len(person.asked) == 8
    assert seconds <= 40  # the rest of the minute is for touching


def test_the_last_ticket_stays_as_a_strip_until_eight_seconds_are_over() -> None:
    person = player(identify="after")
    served(person)
    assert person.body.offers_card
    offer = person.timers["offer"]
    assert offer.seconds == 8
    person.fire("brief")
    assert person.screen == "choose"
    assert person.body.recent.ticket.number == "A001"
    assert person.body.recent.offers_card
    assert person.timers["offer"] == offer
    person.fire("offer")
    assert person.body.recent is None
    assert person.state.resting
    assert not person.timers


def test_a_card_in_those_seconds_belongs_to_the_ticket_just_given() -> None:
    person = player(identify="after")
    served(person)
    person.fire("brief")
    asked = person.tell(OLD)
    assert asked[0] == Identify("id-A001", OLD.who, "elderly", True)
    assert person.body.recent.added == "flow.added.priority"
    assert not person.body.recent.offers_card
    assert person.tell(OLD) == []  # still held before the camera
    assert Forget() in person.fire("offer")
    assert person.state.recent is None


def test_a_card_on_the_ticket_screen_belongs_to_it_as_well() -> None:
    person = player(identify="after")
    served(person)
    asked = person.tell(card())
    assert asked[0] == Identify("id-A001", card().who, None, False)
    assert person.body.added == "flow.added.card"
    assert person.tell(card()) == []


def test_a_touch_on_a_field_ends_the_offer_and_the_card_is_the_newcomers() -> None:
    person = player(identify="after")
    served(person)
    person.fire("brief")
    person.press(A.CHOOSE_SERVICE, "chung-thuc")
    assert len(person.asked) == 2
    person.issue(ticket("A002"))
    asked = person.tell(card())
    assert [e.ticket_id for e in asked if isinstance(e, Identify)] == ["id-A002"]


def test_a_second_card_after_the_first_begins_a_new_visit() -> None:
    person = player(identify="after")
    served(person)
    person.fire("brief")
    person.tell(card())
    person.tell(OLD)
    assert person.state.recent is None
    person.press(A.CHOOSE_SERVICE, "chung-thuc")
    assert person.asked[-1].who == OLD.who
    assert person.asked[-1].priority == "elderly"


def test_a_slow_printer_keeps_the_number_in_sight() -> None:
    person = player(identify="after")
    person.press(A.CHOOSE_SERVICE, "chung-thuc")
    person.issue()
    person.fire("brief")
    assert person.screen == "ticket"
    person.tell(PaperChanged("id-A017", "printed"))
    assert person.screen == "choose"


def test_a_paper_that_fails_late_brings_the_number_back() -> None:
    person = player(identify="after")
    served(person)
    person.fire("brief")
    person.tell(PaperChanged("id-A001", "failed", "paper_out"))
    assert person.screen == "ticket"
    assert person.view.frame.limit_seconds == 90
    assert "brief" not in person.timers


def test_a_paper_that_fails_when_the_next_number_is_out_is_said_in_one_line() -> None:
    person = player(identify="after")
    person.press(A.CHOOSE_SERVICE, "chung-thuc")
    person.issue(ticket("A001"))
    person.press(A.DONE)
    person.press(A.CHOOSE_SERVICE, "chung-thuc")
    person.issue(ticket("A002"))
    person.tell(PaperChanged("id-A001", "failed"))
    assert person.body.ticket.number == "A002"
    assert person.view.frame.line == Line("flow.line.unprinted", "printer", facts={"number": "A001"})


def test_whoever_touches_the_screen_keeps_the_number_for_the_whole_time() -> None:
    person = player(identify="after")
    served(person)
    person.press(A.LANGUAGE, "en")
    assert "brief" not in person.timers
    person.press(A.DONE)
    assert person.screen == "choose"


def test_the_strip_can_be_printed_again() -> None:
    person = player(identify="after")
    served(person)
    person.fire("brief")
    assert person.press(A.REPRINT)[0] == Reprint("id-A001")
    assert person.screen == "ticket"


def test_no_procedure_is_asked_before_the_number() -> None:
    person = player(identify="after")
    person.press(A.CHOOSE_SERVICE, "ho-tich")
    assert person.screen == "issuing"


def test_while_nothing_is_open_the_welcome_screen_says_so() -> None:
    person = player(identify="after", opening=CLOSED)
    assert person.screen == "welcome"
    person.press(A.START)
    assert person.notice == "closed"
    person.press(A.DONE)
    opened = player(identify="after").state.around
    person.change(openings=opened.openings, office_opening=opened.office_opening)
    assert person.screen == "choose"


def test_with_never_the_strip_offers_no_card() -> None:
    person = player(identify="never")
    served(person)
    assert not person.body.offers_card
    person.fire("brief")
    assert person.body.recent is not None
    assert not person.body.recent.offers_card
    assert person.tell(card()) == []


def test_a_late_answer_for_nobody_is_dropped() -> None:
    person = player(identify="after")
    assert person.tell(Issued(ticket())) == []
    assert person.state.resting
