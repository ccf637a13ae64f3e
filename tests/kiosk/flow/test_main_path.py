"""The ways to a number, as a person walks them."""

from dataclasses import replace

from kiosk.flow.effects import Forget, Look, LookUp
from kiosk.flow.events import Action, IssueRefused, Press, ScanHint, ScanHinted, SurroundingsChanged, TimerFired
from kiosk.flow.presses import presses
from kiosk.flow.state import Visit
from kiosk.flow.step import step
from models.errors import Refusal
from models.text import Text
from models.ticket import Method
from tests.support.visits import HOSPITAL, OLD, WARD, YEAR_ONLY, Player, card, player, surroundings, ticket

A = Action


def at_who(**more: object) -> Player:
    person = player(**more)  # type: ignore[arg-type]
    person.press(A.START)
    person.press(A.CHOOSE_SERVICE, "chung-thuc")
    return person


def test_without_a_card_two_touches_and_no_confirmation() -> None:
    person = player()
    person.press(A.START)
    person.press(A.CHOOSE_SERVICE, "chung-thuc")
    person.press(A.WAY_NONE)
    (asked,) = person.asked
    assert (asked.service, asked.who, asked.on_behalf) == ("chung-thuc", None, False)
    person.issue()
    assert person.body.ticket.number == "A017"
    assert [s.state for s in person.view.frame.steps] == ["done", "done", "done"]
    person.press(A.DONE)
    assert person.state.resting
    assert Forget() in person.done


def test_a_card_held_up_at_the_choice_of_ways_leads_to_one_filled_key() -> None:
    person = at_who()
    person.tell(card())
    assert person.screen == "check"
    assert (person.body.masked_name, person.body.masked_number) == ("Đ. T. Ước", "•••••••••011")
    person.press(A.CONFIRM)
    (asked,) = person.asked
    assert asked.who is not None
    assert asked.who.method is Method.CARD_QR


def test_a_card_at_welcome_needs_only_the_field_and_the_confirmation() -> None:
    person = player()
    asked = person.tell(card())
    assert LookUp(card().who) in asked
    assert person.screen == "choose"
    assert person.view.frame.line is not None
    assert person.view.frame.line.text == "flow.line.card_read"
    person.press(A.CHOOSE_SERVICE, "chung-thuc")
    assert person.screen == "check"
    person.press(A.CONFIRM)
    assert person.screen == "issuing"


def test_scanning_shows_hints_and_the_live_picture_only_while_it_is_seen() -> None:
    person = at_who()
    assert Look(on=True) in person.press(A.WAY_CARD)
    person.tell(ScanHinted(ScanHint.CLOSER))
    assert person.body.hint is ScanHint.CLOSER
    assert Look(on=False) in person.press(A.EASE)
    assert Look(on=True) in person.press(A.CLOSE)
    assert Look(on=False) in person.tell(card())
    assert person.screen == "check"


def test_after_ten_seconds_without_a_code_the_number_pad_is_offered() -> None:
    person = at_who()
    person.press(A.WAY_CARD)
    assert person.timers["no_qr"].seconds == 10
    person.fire("no_qr")
    assert person.body.no_qr
    person.press(A.WAY_TYPE)
    assert person.screen == "number"


def test_a_typed_number_leads_to_the_check() -> None:
    person = at_who()
    person.press(A.WAY_TYPE)
    person.type("09909000001")
    assert Press(A.PAD_DONE) not in _shown(person)
    person.type("1")
    person.press(A.PAD_DONE)
    assert person.screen == "check"
    assert person.body.masked_name is None
    person.press(A.CONFIRM)
    assert person.asked[0].who.number == "099090000011"  # type: ignore[union-attr]
    assert person.asked[0].who.method is Method.TYPED  # type: ignore[union-attr]


def test_a_number_that_looks_wrong_is_asked_about_and_never_refused() -> None:
    person = at_who()
    person.press(A.WAY_TYPE)
    person.type("111111111111")
    person.press(A.PAD_DONE)
    assert person.body.doubt == "flow.doubt.same_digits"
    person.press(A.PAD_KEEP)
    assert person.screen == "check"


def test_a_priority_that_the_card_proves_is_set_silently() -> None:
    person = at_who()
    person.tell(OLD)
    assert person.body.priority == "Từ 75 tuổi"
    assert not person.body.can_say_priority
    person.press(A.CONFIRM)
    assert (person.asked[0].priority, person.asked[0].priority_proven) == ("elderly", True)


def test_a_priority_can_be_said_from_the_check_and_staff_will_verify_it() -> None:
    person = at_who()
    person.tell(card())
    person.press(A.SAY_PRIORITY)
    assert [code for code, _ in person.body.choices] == ["elderly", "pregnant"]
    person.press(A.PRIORITY, "pregnant")
    assert person.body.priority == "Phụ nữ mang thai"
    person.press(A.CONFIRM)
    assert (person.asked[0].priority, person.asked[0].priority_proven) == ("pregnant", False)


def test_an_office_that_does_not_ask_offers_no_priority_key() -> None:
    person = at_who(rules={"ask_priority": False})
    person.tell(card())
    assert not person.body.can_say_priority


def test_a_card_with_only_a_year_of_birth_asks_about_priority() -> None:
    person = at_who(rules={"ask_priority": False})
    person.tell(YEAR_ONLY)
    assert person.screen == "priority"
    assert person.body.year_only
    assert "child" in [code for code, _ in person.body.choices]
    person.press(A.PRIORITY, "elderly")
    assert person.screen == "check"
    person.press(A.CONFIRM)
    assert (person.asked[0].priority, person.asked[0].priority_proven) == ("elderly", False)


def test_no_priority_is_an_answer_too() -> None:
    person = at_who()
    person.tell(YEAR_ONLY)
    person.press(A.PRIORITY, "")
    assert person.screen == "check"
    assert person.body.priority is None


def test_a_field_that_asks_for_the_procedure() -> None:
    person = player()
    person.press(A.START)
    person.press(A.CHOOSE_SERVICE, "ho-tich")
    assert [(c.code, c.papers, c.minutes) for c in person.body.choices] == [("1.001193", 1, 15), ("1.000894", 0, None)]
    person.press(A.CHOOSE_PROCEDURE, "1.001193")
    person.press(A.WAY_NONE)
    assert person.asked[0].procedure == "1.001193"


def test_another_matter_than_those_listed() -> None:
    person = player()
    person.press(A.START)
    person.press(A.CHOOSE_SERVICE, "ho-tich")
    person.press(A.CHOOSE_PROCEDURE)
    person.press(A.WAY_NONE)
    assert person.asked[0].procedure is None


def test_for_somebody_else_the_ticket_is_marked_and_the_carers_card_is_dropped() -> None:
    person = player()
    person.tell(OLD)
    person.press(A.CHOOSE_SERVICE, "chung-thuc")
    person.press(A.BACK)
    assert person.state.visit.who is None
    person.press(A.FOR_OTHER)
    assert person.body.on_behalf
    person.tell(card())
    person.press(A.CONFIRM)
    (asked,) = person.asked
    assert asked.on_behalf
    assert asked.priority is None
    assert asked.who == card().who


def test_for_somebody_else_without_their_card() -> None:
    person = at_who()
    person.press(A.FOR_OTHER)
    person.press(A.WAY_NONE)
    assert person.asked[0].on_behalf


def test_in_a_hospital_papers_come_first() -> None:
    person = player(HOSPITAL)
    person.press(A.START)
    assert person.screen == "who"
    assert person.body.chip is None
    assert [s.label for s in person.view.frame.steps] == ["flow.step.papers", "flow.step.clinic", "flow.step.slip"]
    person.tell(card())
    assert person.screen == "choose"
    assert [s.state for s in person.view.frame.steps] == ["done", "now", "next"]
    assert person.body.tiles[0].place == "Phòng 101 · Tầng 1"
    person.press(A.CHOOSE_SERVICE, "noi")
    person.press(A.CONFIRM)
    person.issue(ticket(service="noi"))
    assert (person.body.place, person.body.place_more) == ("Phòng 101", "Tầng 1 · theo vạch xanh")


def test_in_a_hospital_without_papers_two_touches_as_well() -> None:
    person = player(HOSPITAL)
    person.press(A.START)
    person.press(A.WAY_NONE)
    person.press(A.CHOOSE_SERVICE, "mat")
    assert person.asked[0].who is None


def test_who_does_not_know_the_clinic_gets_a_person_or_general_medicine() -> None:
    person = player(HOSPITAL)
    person.press(A.START)
    person.press(A.WAY_NONE)
    person.press(A.UNSURE)
    person.press(A.CHOOSE_SERVICE, "noi")
    assert person.asked[0].service == "noi"


def test_a_second_confirmation_while_the_number_is_taken_is_nothing() -> None:
    person = at_who()
    person.tell(card())
    person.press(A.CONFIRM)
    before = person.state
    assert person.tell(Press(A.CONFIRM)) == []
    assert person.tell(card()) == []
    assert person.state == before


def test_the_same_card_again_changes_nothing() -> None:
    person = at_who()
    person.tell(card())
    before = person.state
    assert person.tell(card()) == []
    assert person.state == before


def test_a_card_after_a_typed_number_is_the_better_proof() -> None:
    person = at_who()
    person.press(A.WAY_TYPE)
    person.type("099090000022")
    person.press(A.PAD_DONE)
    person.tell(OLD)
    assert person.body.priority == "Từ 75 tuổi"


def test_back_leads_one_question_back_on_every_screen() -> None:
    person = player()
    for go in (
        lambda: person.press(A.START),
        lambda: person.press(A.CHOOSE_SERVICE, "chung-thuc"),
        lambda: person.press(A.WAY_TYPE),
    ):
        go()
    for screen in ("who", "choose", "welcome"):
        person.press(A.BACK)
        assert person.screen == screen


def test_start_over_forgets_everything() -> None:
    person = at_who()
    person.tell(card())
    person.press(A.LANGUAGE, "en")
    assert Forget() in person.press(A.START_OVER)
    assert person.state.resting
    assert person.state.visit == Visit()
    assert person.state.language == "vi"


def test_a_field_is_found_by_other_words_and_the_wrong_door_is_named() -> None:
    person = player()
    person.press(A.START)
    person.press(A.HELP)
    person.press(A.FIND)
    assert [tile.value for tile in person.body.results] == ["cu-tru"]
    person.press(A.FIND_TEXT, "cong chung")
    assert [tile.value for tile in person.body.results] == ["chung-thuc"]
    person.press(A.FIND_TEXT, "ho khau")
    person.press(A.WRONG_DOOR, "cu-tru")
    assert person.notice == "wrong_door"
    assert person.body.facts["goes_to"] == "Công an phường"
    person.press(A.BACK)
    assert person.screen == "choose"


def test_more_than_twelve_fields_become_groups() -> None:
    many = tuple(
        replace(WARD.services[0], code=f"s{i}", prefix="A", group=Text("Nhóm " + ("một" if i < 7 else "hai")))
        for i in range(13)
    )
    person = player(replace(WARD, services=many))
    person.press(A.START)
    assert person.body.groups
    assert [tile.name for tile in person.body.tiles] == ["Nhóm một", "Nhóm hai"]
    assert person.body.tiles[0].waiting == 28
    person.press(A.CHOOSE_GROUP, "1")
    assert [tile.value for tile in person.body.tiles] == [f"s{i}" for i in range(7, 13)]
    person.press(A.BACK)
    assert person.body.groups
    person.press(A.CHOOSE_GROUP, "1")
    person.press(A.CHOOSE_SERVICE, "s9")
    assert person.screen == "who"


def test_a_second_matter_keeps_the_person() -> None:
    person = at_who()
    person.tell(card())
    person.press(A.CONFIRM)
    person.issue(ticket(paper="printed"))
    person.press(A.ANOTHER_SERVICE)
    assert person.screen == "choose"
    person.press(A.CHOOSE_SERVICE, "chung-thuc")
    assert person.screen == "check"
    person.press(A.CONFIRM)
    assert [i.request for i in person.asked] == [1, 2]


def test_the_next_persons_card_ends_the_visit_of_the_one_before() -> None:
    person = at_who()
    person.press(A.WAY_NONE)
    person.issue(ticket(paper="printed"))
    assert Forget() in person.tell(card())
    assert person.screen == "choose"
    assert person.state.visit.who == card().who


def test_a_language_touch_keeps_the_place() -> None:
    person = at_who()
    person.tell(card())
    before = person.state.visit
    person.press(A.LANGUAGE, "en")
    assert person.screen == "check"
    assert person.state.visit == before
    assert person.body.chip.name == "Certified copies"
    assert person.view.frame.other_languages == ("vi",)


def test_larger_letters_last_until_the_end_of_the_visit() -> None:
    person = player()
    person.press(A.EASE)
    person.press(A.SET_THEME, "high_contrast")
    person.press(A.SET_REACH, "low")
    person.press(A.CLOSE)
    assert (person.view.frame.theme, person.view.frame.low_reach) == ("high_contrast", True)
    person.fire("end")
    assert (person.view.frame.theme, person.view.frame.low_reach) == ("normal", False)
    assert person.state.resting
    assert not person.timers


def test_a_reader_that_is_gone_takes_its_way_along() -> None:
    person = at_who(reader=False)
    assert person.body.ways == (A.WAY_TYPE, A.WAY_NONE)


def test_never_identify_ignores_cards() -> None:
    person = player(identify="never")
    assert person.tell(card()) == []
    person.press(A.CHOOSE_SERVICE, "chung-thuc")
    assert person.asked[0].who is None


def test_a_timer_that_was_replaced_while_it_fired_is_dropped() -> None:
    person = at_who()
    stale = person.timers["end"]
    person.press(A.FOR_OTHER)
    assert person.tell(TimerFired("end", stale.serial)) == []
    assert person.screen == "who"


def test_the_same_step_twice_gives_the_same() -> None:
    state = player().state
    assert step(state, Press(A.START)) == step(state, Press(A.START))


def test_an_office_that_changes_waits_for_the_end_of_the_visit() -> None:
    person = at_who()
    person.tell(SurroundingsChanged(surroundings(HOSPITAL)))
    assert person.body.chip.name == "Chứng thực"
    person.press(A.WAY_NONE)
    person.tell(IssueRefused(Refusal.UNKNOWN_SERVICE))
    assert person.notice == "refused"
    person.press(A.START_OVER)
    assert person.view.frame.profile == "hospital"


def _shown(person: Player) -> frozenset[Press]:
    return presses(person.view)
