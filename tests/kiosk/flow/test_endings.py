"""Every designed ending is a real state with its words and a way on."""

from typing import Any

import pytest

from config.locale import load_words
from kiosk.flow.effects import CallStaff, LookUp, Reprint
from kiosk.flow.events import Action, Holding, IssueRefused, Press, ScanHint, ScanHinted, TicketShown
from kiosk.flow.presses import presses
from models.errors import Refusal
from models.opening import Opening
from tests.support import visits
from tests.support.visits import OLD, Player, card, player, ticket

A = Action


def said(person: Player, language: Any = "vi") -> tuple[str, str]:
    """Title and text of the ending, as people read them."""
    words, body = load_words(language), person.body
    title, text = words(f"notice.{body.name}.title", **body.facts), words(f"notice.{body.name}.text", **body.facts)
    return title.replace("\xa0", " "), text.replace("\xa0", " ")


def keys(person: Player) -> list[A]:
    return [key.action for key in person.body.keys]


@pytest.mark.parametrize(
    ("opening", "name", "title", "text"),
    [
        (visits.TOO_EARLY, "too_early", "Phát số từ 07:00, mời ngồi chờ", "Đến giờ"),
        (visits.LUNCH, "lunch", "Đang nghỉ trưa", "Phát số chiều từ 12:45"),
        (visits.FULL, "session_full", "Đã hết số buổi sáng", "Phát số chiều từ 12:45."),
        (visits.FULL_DAY, "session_full_day", "Hôm nay đã hết số", "Phát số lại từ 07:00 ngày 24/11."),
        (visits.CLOSED, "closed", "Đã hết giờ phát số hôm nay", "Phát số lại từ 07:00 ngày 24/11."),
        (visits.CLOSED_LONG, "closed_long", "Hiện chưa phát số", "Mời hỏi"),
    ],
)
def test_an_office_that_gives_no_number_now(opening: Opening, name: str, title: str, text: str) -> None:
    person = player(opening=opening)
    person.press(A.START)
    assert person.notice == name
    assert said(person)[0] == title
    assert said(person)[1].startswith(text)
    person.press(A.DONE)
    assert person.state.resting


def test_welcome_says_when_numbers_begin() -> None:
    body = player(opening=visits.TOO_EARLY).body
    assert (body.state, body.resumes, body.today) == ("too_early", visits.TOO_EARLY.resumes, True)
    assert player().body.until == "11:30"


def test_a_field_at_rest_explains_itself_when_touched() -> None:
    person = player()
    person.press(A.START)
    tile = next(t for t in person.body.tiles if t.value == "dat-dai")
    assert (tile.why, tile.why_facts) == ("flow.why.at_rest", {"reason": "cán bộ đi họp"})
    person.press(A.CHOOSE_SERVICE, "dat-dai")
    assert said(person) == ("Đất đai đang tạm nghỉ", "cán bộ đi họp. Mời chọn việc khác hoặc nhờ nhân viên.")
    person.press(A.BACK)
    assert person.screen == "choose"


def test_late_take_it_anyway() -> None:
    person = player(opening=visits.LATE)
    person.press(A.START)
    person.press(A.CHOOSE_SERVICE, "chung-thuc")
    assert said(person)[0] == "Có thể không kịp trước giờ nghỉ trưa"
    assert keys(person) == [A.TAKE_ANYWAY, A.TAKE_LATER]
    assert not any(key.primary for key in person.body.keys)
    person.press(A.TAKE_ANYWAY)
    person.tell(card())
    assert person.body.late == "11:30"
    person.press(A.CONFIRM)
    assert not person.asked[0].later


def test_late_take_the_afternoons_number() -> None:
    person = player(opening=visits.LATE)
    person.press(A.START)
    person.press(A.CHOOSE_SERVICE, "chung-thuc")
    person.press(A.TAKE_LATER)
    person.tell(card())
    assert person.body.later_from == "13:00"
    person.press(A.CONFIRM)
    assert person.asked[0].later


def test_late_on_the_last_session_offers_no_later_one() -> None:
    person = player(opening=visits.LATE_DAY)
    person.press(A.START)
    person.press(A.CHOOSE_SERVICE, "chung-thuc")
    assert person.notice == "late_day"
    assert keys(person) == [A.TAKE_ANYWAY, A.CALL_STAFF]


def test_late_with_one_touch_fields() -> None:
    person = player(opening=visits.LATE, identify="after")
    person.press(A.CHOOSE_SERVICE, "chung-thuc")
    person.press(A.TAKE_LATER)
    assert person.asked[0].later


def refused(refusal: Refusal, **more: Any) -> Player:
    person = player()
    person.press(A.START)
    person.press(A.CHOOSE_SERVICE, "chung-thuc")
    person.tell(card())
    person.press(A.CONFIRM)
    person.tell(IssueRefused(refusal, **more))
    return person


def test_already_holding_reprint_staff_or_another_field() -> None:
    held = ticket("A009", paper="printed")
    person = refused(Refusal.ALREADY_HOLDING, holding=held)
    assert said(person)[0] == "Ông/bà đang có số A009, còn 4 người"
    assert keys(person) == [A.REPRINT, A.CALL_STAFF, A.ANOTHER_SERVICE]
    assert person.press(A.REPRINT)[0] == Reprint("id-A009")
    assert person.body.ticket.number == "A009"


def test_already_holding_by_central_only() -> None:
    person = refused(Refusal.ALREADY_HOLDING, facts={"number": "A009"})
    assert said(person)[0] == "Ông/bà đang có số A009"
    assert keys(person) == [A.CALL_STAFF, A.ANOTHER_SERVICE]
    person.press(A.ANOTHER_SERVICE)
    assert person.screen == "choose"
    assert person.state.visit.who is not None


def test_limit_reached() -> None:
    person = refused(Refusal.LIMIT_REACHED)
    assert said(person)[0] == "Đã lấy đủ số cho hôm nay"
    assert CallStaff("notice") in person.press(A.CALL_STAFF)


@pytest.mark.parametrize(
    ("refusal", "facts", "name"),
    [
        (Refusal.SESSION_FULL, {"resumes_at": "2026-11-23T12:45:00+07:00"}, "session_full"),
        (Refusal.SESSION_FULL, {"resumes_at": "2026-11-24T07:00:00+07:00"}, "session_full_day"),
        (Refusal.CLOSED, {}, "closed_long"),
        (Refusal.CLOSED, {"resumes_at": "nonsense"}, "closed_long"),
        (Refusal.AT_REST, {}, "at_rest"),
        (Refusal.UNKNOWN_SERVICE, {}, "refused"),
    ],
)
def test_a_rule_that_refuses_at_the_last_moment(refusal: Refusal, facts: dict[str, str], name: str) -> None:
    person = refused(refusal, facts=facts)
    assert person.notice == name
    person.press(A.BACK)
    assert person.screen == "choose"
    assert person.state.visit.who is not None  # the card need not be shown again


def test_the_same_card_within_five_minutes_offers_the_ticket_it_has() -> None:
    person = player()
    assert LookUp(card().who) in person.tell(card())
    person.tell(Holding(ticket("A009", people_ahead=2)))
    assert said(person, "en")[0] == "You hold number A009, 2 ahead of you"
    person.press(A.ANOTHER_SERVICE)
    assert person.screen == "choose"
    assert person.state.visit.who == card().who


def test_a_look_up_that_finds_nothing_or_comes_late_changes_nothing() -> None:
    person = player()
    person.tell(card())
    before = person.state
    assert person.tell(Holding(None)) == []
    assert person.state == before
    person.press(A.CHOOSE_SERVICE, "chung-thuc")
    person.press(A.CONFIRM)
    assert person.tell(Holding(ticket("A009"))) == []
    assert person.screen == "issuing"


def test_somebody_else_steps_up_to_an_ending() -> None:
    person = refused(Refusal.LIMIT_REACHED)
    person.tell(OLD)
    assert person.screen == "choose"
    assert person.state.visit.who == OLD.who


def test_a_card_that_stays_unreadable() -> None:
    person = player()
    person.press(A.START)
    person.press(A.CHOOSE_SERVICE, "chung-thuc")
    person.press(A.WAY_CARD)
    person.tell(ScanHinted(ScanHint.UNREADABLE))
    person.fire("no_qr")
    assert said(person)[0] == "Máy chưa đọc được thẻ này"
    assert keys(person) == [A.WAY_TYPE, A.WAY_CARD, A.WAY_NONE]
    person.press(A.WAY_CARD)
    person.tell(card())
    assert person.screen == "check"


def test_an_unreadable_card_may_still_be_read_at_its_ending() -> None:
    person = player()
    person.press(A.START)
    person.press(A.CHOOSE_SERVICE, "chung-thuc")
    person.press(A.WAY_CARD)
    person.tell(ScanHinted(ScanHint.UNREADABLE))
    person.fire("no_qr")
    person.tell(card())
    assert person.screen == "check"


def test_the_wrong_side_is_a_hint_where_it_is_seen() -> None:
    person = player()
    person.press(A.START)
    person.press(A.CHOOSE_SERVICE, "chung-thuc")
    person.tell(ScanHinted(ScanHint.WRONG_SIDE))
    assert person.view.frame.line is not None
    assert person.view.frame.line.text == "flow.line.wrong_side"
    person.press(A.WAY_CARD)
    person.tell(ScanHinted(ScanHint.WRONG_SIDE))
    assert person.body.hint is ScanHint.WRONG_SIDE


def test_a_ticket_held_to_the_reader_still_counts() -> None:
    person = player()
    person.tell(TicketShown("A2-003"))
    assert said(person)[0] == "Số A2-003 vẫn có giá trị"
    assert person.body.number == "A2-003"
    person.press(A.DONE)
    assert person.state.resting


def test_a_forged_ticket_code_is_nothing() -> None:
    person = player()
    assert person.tell(TicketShown("<b>A017</b>")) == []
    assert person.state.resting


@pytest.mark.parametrize("printer", ["trouble", "none"])
def test_no_printer_is_said_before_the_number_and_the_person_chooses(printer: str) -> None:
    person = player(printer=printer)
    person.press(A.START)
    person.press(A.CHOOSE_SERVICE, "chung-thuc")
    assert person.notice == "no_printer"
    person.press(A.TAKE_ANYWAY)
    person.press(A.WAY_NONE)
    person.issue(ticket(paper="skipped"))
    shown = presses(person.view)
    assert Press(A.WRITE_FOR_ME) in shown
    assert Press(A.DONE) in shown
    assert person.view.frame.left == ()
    assert person.view.frame.limit_seconds == 90


def test_a_printer_that_breaks_during_the_visit_is_said_before_the_number() -> None:
    person = player()
    person.press(A.START)
    person.press(A.CHOOSE_SERVICE, "chung-thuc")
    person.tell(card())
    person.change(printer="trouble")
    person.press(A.CONFIRM)
    assert person.notice == "no_printer"
    assert not person.asked
    person.press(A.TAKE_ANYWAY)
    person.press(A.CONFIRM)
    assert len(person.asked) == 1


def test_an_unsure_clock_closes_nothing_and_hides_the_times() -> None:
    person = player(opening=visits.CLOSED, clock_sure=False)
    assert (person.body.state, person.body.until, person.body.resumes) == ("open", None, None)
    assert not person.view.frame.clock_sure
    person.press(A.START)
    person.press(A.CHOOSE_SERVICE, "chung-thuc")
    person.press(A.WAY_NONE)
    assert person.screen == "issuing"


def test_offline_is_one_quiet_line() -> None:
    person = player(online=False)
    line = person.view.frame.line
    assert line is not None
    assert load_words("vi")(line.text).replace("\xa0", " ") == "Vẫn lấy số bình thường. Máy tạm chưa kết nối."
    person.press(A.START)
    assert person.view.frame.line == line


def test_a_closed_office_does_not_keep_a_card() -> None:
    person = player(opening=visits.LUNCH)
    person.tell(card())
    assert person.notice == "lunch"
    assert person.state.visit.who is None


def test_all_fields_full_in_an_open_office() -> None:
    person = player()
    person.change(openings={code: visits.FULL for code in person.state.around.openings})
    person.press(A.START)
    assert person.notice == "session_full"


def test_a_trial_machine_says_so_on_every_screen() -> None:
    person = player(simulated=True)
    assert person.view.frame.simulated
    person.press(A.START)
    assert person.view.frame.simulated


def test_a_full_field_says_when_numbers_go_on() -> None:
    person = player()
    openings = dict(person.state.around.openings)
    openings["chung-thuc"] = visits.FULL
    person.change(openings=openings)
    person.press(A.START)
    tile = person.body.tiles[0]
    assert (tile.why, tile.why_facts, tile.waiting) == ("flow.why.full", {"at": "12:45"}, None)
    person.change(openings={**openings, "chung-thuc": visits.CLOSED})
    assert person.body.tiles[0].why == "flow.why.closed_today"
