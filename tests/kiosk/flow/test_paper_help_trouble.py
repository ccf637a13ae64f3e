"""Paper, help, time limits and trouble."""

from dataclasses import replace

import pytest

from kiosk.flow import table
from kiosk.flow.effects import AnswerPaper, CallStaff, Forget, Issue, Note, Reprint, StopCalling
from kiosk.flow.events import (
    Action,
    Broken,
    HelpAnswered,
    Issued,
    IssueFailed,
    IssueRefused,
    PaperChanged,
    Press,
    TimerFired,
)
from kiosk.flow.presses import presses
from kiosk.flow.state import IllegalEvent, Screen, Visit
from kiosk.flow.step import step
from kiosk.flow.view import view
from models.errors import Refusal
from models.text import Text
from tests.support.visits import HOSPITAL, WARD, Player, card, player, ticket

A = Action


def with_number(**more: object) -> Player:
    person = player(**more)  # type: ignore[arg-type]
    person.press(A.START)
    person.press(A.CHOOSE_SERVICE, "chung-thuc")
    person.press(A.WAY_NONE)
    person.issue()
    return person


# --- paper ---------------------------------------------------------------------------------------------------------


def test_paper_out_leaves_the_number_in_sight_with_more_time() -> None:
    person = with_number()
    person.tell(PaperChanged("id-A017", "failed", "paper_out"))
    assert person.body.ticket.paper == "failed"
    assert person.view.frame.limit_seconds == 90
    person.press(A.WRITE_FOR_ME)
    assert CallStaff("no_paper") in person.done
    assert (person.body.called, person.body.told) == (True, False)
    person.tell(HelpAnswered())
    assert person.body.told


def test_a_printer_that_is_not_sure_asks_the_person() -> None:
    person = with_number()
    person.tell(PaperChanged("id-A017", "unconfirmed", "silent", asks=True))
    assert person.body.asks_paper
    assert Press(A.DONE) not in presses(person.view)
    assert person.press(A.PAPER_YES)[0] == AnswerPaper("id-A017", True)
    assert not person.body.asks_paper
    assert person.body.ticket.paper == "printed"


def test_the_paper_did_not_come_out() -> None:
    person = with_number()
    person.tell(PaperChanged("id-A017", "unconfirmed", asks=True))
    assert person.press(A.PAPER_NO)[0] == AnswerPaper("id-A017", False)
    assert person.body.ticket.paper == "failed"
    assert person.press(A.REPRINT)[0] == Reprint("id-A017")


def test_a_mute_printer_asks_nothing() -> None:
    person = with_number()
    person.tell(PaperChanged("id-A017", "unconfirmed", "mute"))
    assert not person.body.asks_paper


def test_a_reprint_is_offered_once_and_never_a_new_number() -> None:
    person = with_number()
    assert person.view.frame.left == ()  # still on its way
    person.tell(PaperChanged("id-A017", "printed"))
    assert person.press(A.REPRINT)[0] == Reprint("id-A017")
    person.tell(PaperChanged("id-A017", "printed"))
    assert person.view.frame.left == ()
    assert len(person.asked) == 1


def test_the_paper_of_an_earlier_matter_fails() -> None:
    person = with_number()
    person.press(A.ANOTHER_SERVICE)
    person.tell(PaperChanged("id-A017", "failed"))
    assert person.view.frame.line is not None
    assert person.view.frame.line.facts == {"number": "A017"}


def test_an_interrupted_ticket_is_offered_once_number_only() -> None:
    cut = ticket("A016", follow_url="https://motcua.example.vn/t/x#A016")
    person = player(interrupted=cut)
    assert person.body.interrupted == "A016"
    assert person.press(A.REPRINT)[0] == Reprint("id-A016", number_only=True)
    assert person.body.ticket.number == "A016"
    assert (person.body.service_name, person.body.ticket.follow_url) == ("", None)
    person.press(A.DONE)
    assert person.body.interrupted is None


def test_an_interrupted_ticket_comes_before_the_resting_fields() -> None:
    person = player(interrupted=ticket("A016"), identify="after")
    assert person.screen == "welcome"
    person.change(interrupted=None)
    assert person.screen == "choose"
    assert person.state.resting


# --- help ----------------------------------------------------------------------------------------------------------


def test_help_that_nobody_answers_sends_to_the_guidance_counter() -> None:
    person = player()
    person.press(A.START)
    person.press(A.HELP)
    assert person.body.state == "ask"
    assert CallStaff("choose") in person.press(A.CALL_STAFF)
    assert person.body.state == "calling"
    assert person.timers["help"].seconds == 60
    person.fire("help")
    assert (person.body.state, person.body.place) == ("unanswered", "cạnh cửa chính")
    person.press(A.CALL_STAFF)
    assert person.all(CallStaff) == [CallStaff("choose"), CallStaff("choose")]


def test_an_office_that_did_not_say_where_its_counter_is_is_still_said_whole() -> None:
    person = player(replace(WARD, guide_place=Text("")))
    person.press(A.START)
    person.press(A.HELP)
    person.press(A.CALL_STAFF)
    person.press(A.CLOSE)
    person.fire("help")
    line = view(person.state).frame.line
    assert line is not None
    assert line.text == "flow.line.unanswered_plain"


def test_a_call_goes_on_while_the_visit_does_and_ends_with_it() -> None:
    person = player()
    person.press(A.START)
    person.press(A.HELP)
    person.press(A.CALL_STAFF)
    person.press(A.CLOSE)
    assert person.screen == "choose"
    assert person.view.frame.line is not None
    assert person.view.frame.line.text == "flow.line.calling"
    person.tell(HelpAnswered())
    assert "help" not in person.timers
    assert person.view.frame.line.tone == "good"
    assert StopCalling() in person.press(A.START_OVER)


def test_an_emergency_stands_on_every_hospital_screen_and_takes_no_ticket() -> None:
    person = player(HOSPITAL)
    assert CallStaff("emergency", emergency=True) in person.press(A.EMERGENCY)
    assert (person.body.state, person.body.emergency) == ("calling", True)
    person.press(A.EMERGENCY)
    assert len(person.all(CallStaff)) == 1
    person.press(A.CLOSE)
    person.fire("end")
    assert person.state.resting
    assert StopCalling() not in person.done  # nobody walks away from an emergency


def test_a_ward_has_no_emergency() -> None:
    person = player()
    assert person.tell(Press(A.EMERGENCY)) == []


# --- time ----------------------------------------------------------------------------------------------------------


def test_who_walked_away_is_asked_for_twenty_seconds_and_forgotten() -> None:
    person = player()
    person.press(A.START)
    person.press(A.CHOOSE_SERVICE, "chung-thuc")
    person.tell(card())
    assert person.timers["end"].seconds - person.timers["warn"].seconds == 20
    person.fire("warn")
    assert person.view.frame.asks_for_time == 20
    assert Forget() in person.fire("end")
    assert person.state.resting
    assert person.state.visit == Visit()
    assert not person.timers


def test_more_time_can_be_had_ten_times_and_more() -> None:
    person = player()
    person.press(A.START)
    serials = set()
    for _ in range(12):
        person.fire("warn")
        serials.add(person.view.frame.limit_serial)
        person.press(A.MORE_TIME)
        assert person.view.frame.asks_for_time is None
        assert person.view.frame.limit_seconds == 60
    assert len(serials) == 12


def test_any_touch_answers_the_question() -> None:
    person = player()
    person.press(A.START)
    person.fire("warn")
    person.press(A.CHOOSE_SERVICE, "chung-thuc")
    assert person.view.frame.asks_for_time is None


def test_the_question_can_be_answered_with_the_way_to_the_start() -> None:
    person = with_number()
    person.tell(PaperChanged("id-A017", "failed"))
    person.fire("warn")
    assert person.view.frame.has_ticket
    person.press(A.START_OVER)
    assert person.state.resting


def test_the_world_around_does_not_lengthen_the_limit() -> None:
    person = player()
    person.press(A.START)
    before = person.timers["end"]
    person.change(queue={})
    assert person.timers["end"] == before
    assert person.body.tiles[0].waiting is None


# --- trouble -------------------------------------------------------------------------------------------------------


def test_an_exception_anywhere_is_a_calm_screen_with_a_code() -> None:
    person = player()
    person.press(A.START)
    person.press(A.CHOOSE_SERVICE, "chung-thuc")
    person.tell(card())
    assert Forget() in person.tell(Broken("F3"))
    assert (person.body.code, person.body.place, person.body.number) == ("F3", "cạnh cửa chính", "")
    assert person.state.visit == Visit()
    person.fire("end")
    assert person.state.resting


def test_a_number_that_was_given_survives_trouble() -> None:
    person = with_number()
    person.tell(Broken("F3"))
    assert person.body.number == "A017"


def test_out_of_service_ends_when_the_world_changes_but_not_with_every_figure() -> None:
    person = player()
    person.tell(Broken("F3"))
    person.change(queue={})
    assert person.screen == "out_of_service"
    person.change(online=False)
    assert person.state.resting


def test_a_kiosk_that_cannot_issue_says_a_code() -> None:
    person = player()
    person.press(A.START)
    person.press(A.CHOOSE_SERVICE, "chung-thuc")
    person.press(A.WAY_NONE)
    assert Note("cannot issue", {"code": "D1"}) in person.tell(IssueFailed("D1"))
    assert person.body.code == "D1"


def test_an_answer_that_never_comes_and_then_does() -> None:
    person = player()
    person.press(A.START)
    person.press(A.CHOOSE_SERVICE, "chung-thuc")
    person.tell(card())
    person.press(A.CONFIRM)
    person.fire("end")
    assert person.body.code == "K1"
    assert person.state.visit.who is None
    person.tell(Issued(ticket()))
    assert person.body.ticket.number == "A017"


def test_a_refusal_that_comes_after_trouble_is_dropped() -> None:
    person = player()
    person.press(A.START)
    person.press(A.CHOOSE_SERVICE, "chung-thuc")
    person.press(A.WAY_NONE)
    person.tell(Broken("F3"))
    person.tell(IssueRefused(Refusal.LIMIT_REACHED))
    assert person.screen == "out_of_service"


def test_help_opened_while_the_number_is_taken_gives_way_to_it() -> None:
    person = player()
    person.press(A.START)
    person.press(A.CHOOSE_SERVICE, "chung-thuc")
    person.press(A.WAY_NONE)
    person.press(A.EASE)
    person.tell(Issued(ticket()))
    assert person.body.ticket.number == "A017"


def test_a_step_that_the_table_forbids_raises_and_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    person = player()
    row = table.Row(table.TABLE[(Screen.WELCOME, A.START)].act, frozenset({Screen.TICKET}))
    monkeypatch.setattr(table, "TABLE", {**table.TABLE, (Screen.WELCOME, A.START): row})
    with pytest.raises(IllegalEvent, match="led from welcome to choose"):
        step(person.state, Press(A.START))
    assert person.state.resting


def test_an_unknown_timer_is_our_own_mistake() -> None:
    with pytest.raises(IllegalEvent):
        step(player().state, TimerFired("tea"))


def test_nothing_personal_stands_in_a_repr_or_a_note() -> None:
    person = player()
    person.press(A.START)
    person.press(A.CHOOSE_SERVICE, "chung-thuc")
    person.tell(card())
    person.press(A.CONFIRM)
    written = repr(person.state) + repr(person.done)
    assert "0990" not in written
    assert "Ước" not in written
    assert isinstance(person.asked[0], Issue)
