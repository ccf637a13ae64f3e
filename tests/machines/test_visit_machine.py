"""Anything may happen in any order: touches, cards, answers, timers, the world. What must hold all the same."""

import os
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from config.locale import Words, load_words
from kiosk.flow.effects import Effect, Forget, Issue, SetTimer, StopTimer
from kiosk.flow.events import (
    Action,
    Broken,
    CardRead,
    Event,
    HelpAnswered,
    Holding,
    Issued,
    IssueFailed,
    IssueRefused,
    PaperChanged,
    Press,
    ScanHint,
    ScanHinted,
    SurroundingsChanged,
    TicketShown,
    TimerFired,
)
from kiosk.flow.limits import limit_of
from kiosk.flow.presses import FIND_LENGTH, allows, presses
from kiosk.flow.state import Screen, State, initial
from kiosk.flow.step import step
from kiosk.flow.table import EVERYWHERE, TABLE, trigger_of
from kiosk.flow.view import view
from kiosk.flow.views import ChooseBody, FindBody, KeyView, NoticeBody, NumberBody, TicketBody, View
from models.errors import Refusal
from models.text import Text
from tests.support import visits

OPENINGS = (visits.OPEN, visits.OPEN, visits.LATE, visits.LATE_DAY, visits.LUNCH, visits.FULL, visits.CLOSED)
GROUPED = replace(
    visits.WARD,
    services=tuple(
        replace(visits.SERVICES[i % 2], code=f"s{i}", group=Text("Một") if i % 3 else Text("Hai")) for i in range(13)
    ),
)
WORLDS = tuple(
    visits.surroundings(catalogue, opening, identify, **more)
    for catalogue in (visits.WARD, visits.HOSPITAL, GROUPED)
    for opening in OPENINGS
    for identify in ("first", "after", "never")
    for more in (
        {},
        {"online": False, "clock_sure": False, "reader": False},
        {"printer": "trouble", "interrupted": visits.ticket("A099")},
    )
)
CARDS = (visits.card(), visits.OLD, visits.YEAR_ONLY)
PAPERS = ("queued", "printing", "printed", "unconfirmed", "failed", "skipped")
HELD = visits.ticket("A009", paper="printed")


def personal(state: State) -> Iterator[Any]:
    """Everything in a state that belongs to a person."""
    visit = state.visit
    yield from (who for who in (visit.who, state.recent.who if state.recent else None) if who is not None)
    yield from (text for text in (visit.pad.typed, visit.find) if text)


def keys_of(shown: View) -> tuple[KeyView, ...]:
    """Every key that the view describes whole."""
    body = shown.body
    own: tuple[KeyView, ...] = body.keys if isinstance(body, NoticeBody) else ()
    if isinstance(body, ChooseBody) and body.unsure is not None:
        own = (*own, body.unsure)
    return (*shown.frame.left, *own)


def say_all(shown: View, words: Words) -> None:
    """Say every word that the view names by key; a missing one, or a missing fact, raises KeyError."""
    for key in keys_of(shown):
        assert words(key.label, **key.facts)
    for place in shown.frame.steps:
        assert words(place.label)
    if shown.frame.line is not None:
        assert words(shown.frame.line.text, **shown.frame.line.facts)
    body = shown.body
    if isinstance(body, NoticeBody):
        assert words(f"notice.{body.name}.title", **body.facts)
        assert words(f"notice.{body.name}.text", **body.facts)
    if isinstance(body, ChooseBody | FindBody):
        for tile in body.tiles if isinstance(body, ChooseBody) else body.results:
            assert not tile.why or words(tile.why, **tile.why_facts)
    if isinstance(body, NumberBody) and body.doubt:
        assert words(body.doubt)
    if isinstance(body, TicketBody) and body.added:
        assert words(body.added)


LANGUAGES = {"vi": load_words("vi"), "en": load_words("en")}


class Visits(RuleBasedStateMachine):
    """One kiosk, its desk and its timers."""

    @initialize(world=st.sampled_from(WORLDS))
    def starts(self, world: Any) -> None:
        self.state = initial(world)
        self.timers: dict[str, SetTimer] = {}
        self.numbers = 0

    def tell(self, event: Event, *, confirms: bool = False) -> tuple[Effect, ...]:
        before = self.state
        after, effects = step(before, event)
        assert (after, effects) == step(before, event)
        for effect in effects:
            if isinstance(effect, SetTimer):
                self.timers[effect.name] = effect
            elif isinstance(effect, StopTimer):
                assert self.timers.pop(effect.name, None) is not None, f"{effect.name} does not run"
            elif isinstance(effect, Issue):
                assert confirms, f"a number was asked for by {event}"
                assert before.visit.asking is None, "two numbers at once"
                assert effect.request == after.visit.asking == before.requests + 1
            elif isinstance(effect, Forget):
                assert not list(personal(after)) or isinstance(event, CardRead | Press)
        self.state = after
        return effects

    @rule(data=st.data())
    def touches_a_key(self, data: st.DataObject) -> None:
        shown = presses(view(self.state))
        press = data.draw(st.sampled_from(sorted(shown, key=lambda p: (p.action, p.value))))
        if press.action is Action.FIND_TEXT:
            press = replace(press, value=data.draw(st.text(max_size=FIND_LENGTH)))
        self.tell(press, confirms=True)

    @rule(action=st.sampled_from(Action), value=st.sampled_from(["", "chung-thuc", "vi", "1", "x"]))
    def presses_something_that_may_not_be_there(self, action: Action, value: str) -> None:
        press = Press(action, value)
        if not allows(view(self.state), press):
            before = self.state
            assert self.tell(press) == ()
            assert self.state is before

    @rule(card=st.sampled_from(CARDS))
    def shows_a_card(self, card: CardRead) -> None:
        self.tell(card)

    @rule(hint=st.sampled_from(ScanHint))
    def holds_something_up(self, hint: ScanHint) -> None:
        self.tell(ScanHinted(hint))

    @rule(number=st.sampled_from(["A017", "A2-003", "' OR 1=1", ""]))
    def shows_a_ticket(self, number: str) -> None:
        self.tell(TicketShown(number))

    @rule(paper=st.sampled_from(PAPERS))
    def the_number_comes(self, paper: Any) -> None:
        self.numbers += 1
        service = self.state.visit.service or "chung-thuc"
        self.tell(Issued(visits.ticket(f"A{self.numbers:03d}", service, paper=paper)))

    @rule(refusal=st.sampled_from(Refusal), held=st.sampled_from([None, HELD]))
    def a_rule_refuses(self, refusal: Refusal, held: Any) -> None:
        self.tell(IssueRefused(refusal, {"number": "A009"}, held))

    @rule()
    def the_disk_is_full(self) -> None:
        self.tell(IssueFailed("D1"))

    @rule(held=st.sampled_from([None, HELD]))
    def the_desk_looked_up(self, held: Any) -> None:
        self.tell(Holding(held))

    @rule(paper=st.sampled_from(PAPERS), asks=st.booleans(), recent=st.booleans())
    def the_paper_changes(self, paper: Any, asks: bool, recent: bool) -> None:
        found = self.state.recent.ticket if recent and self.state.recent else self.state.visit.ticket
        self.tell(PaperChanged(found.ticket_id if found else "id-A000", paper, asks=asks and paper == "unconfirmed"))

    @rule()
    def staff_answer(self) -> None:
        self.tell(HelpAnswered())

    @rule(data=st.data())
    def a_timer_runs_out(self, data: st.DataObject) -> None:
        if self.timers:
            timer = self.timers.pop(data.draw(st.sampled_from(sorted(self.timers))))
            self.tell(TimerFired(timer.name, timer.serial))

    @rule(name=st.sampled_from(["warn", "end", "help", "brief", "offer", "no_qr"]))
    def a_replaced_timer_fires(self, name: str) -> None:
        before = self.state
        assert self.tell(TimerFired(name, 10_000_000)) == ()
        assert self.state is before

    @rule(world=st.sampled_from(WORLDS))
    def the_world_changes(self, world: Any) -> None:
        self.tell(SurroundingsChanged(world))

    @rule()
    def an_exception_somewhere(self) -> None:
        self.tell(Broken("F1"))

    @invariant()
    def every_state_but_rest_has_a_limit(self) -> None:
        running = {timer.name: timer.serial for timer in self.state.timers}
        assert {name: timer.serial for name, timer in self.timers.items()}.items() <= running.items()
        assert (limit_of(self.state) is None) == self.state.resting
        if not self.state.resting:
            assert "end" in self.timers
            frame = view(self.state).frame
            assert frame.limit_seconds == self.timers["end"].seconds
            assert frame.limit_serial == self.timers["end"].serial

    @invariant()
    def nobodys_data_stay_at_rest(self) -> None:
        if self.state.resting and self.state.recent is None:
            assert not list(personal(self.state))
        if self.state.recent is not None:
            assert "offer" in self.timers

    @invariant()
    def the_view_is_whole(self) -> None:
        shown = view(self.state)
        assert sum(key.primary for key in keys_of(shown)) <= 1
        assert len(shown.frame.left) <= 2
        actions = {press.action for press in presses(shown)}
        assert {Action.EASE, Action.HELP, Action.LANGUAGE} <= actions
        if shown.frame.limit_seconds is not None and shown.frame.asks_for_time is not None:
            assert {Action.MORE_TIME, Action.START_OVER} <= actions
        for press in presses(shown):
            known = (self.state.screen, press.action) in TABLE or press.action in EVERYWHERE
            assert known, f"{press.action} is shown on {self.state.screen} and not handled"

    @invariant()
    def everything_can_be_said_in_both_languages(self) -> None:
        for language, words in LANGUAGES.items():
            say_all(view(replace(self.state, language=language)), words)

    @invariant()
    def nothing_personal_stands_in_a_repr(self) -> None:
        written = repr(self.state)
        assert "0990" not in written
        assert "Ước" not in written


PROVE = bool(os.environ.get("MOTCUA_PROVE"))
Visits.TestCase.settings = settings(
    max_examples=1500 if PROVE else 60, stateful_step_count=80 if PROVE else 40, deadline=None
)
TestVisits = Visits.TestCase


OFFICES = (
    *(visits.surroundings(visits.WARD, opening) for opening in (visits.OPEN, visits.LATE, visits.LUNCH)),
    visits.surroundings(visits.WARD, visits.OPEN, "after"),
    visits.surroundings(visits.WARD, interrupted=visits.ticket("A099")),
    visits.surroundings(visits.HOSPITAL),
    visits.surroundings(GROUPED),
)


def used_rows() -> set[object]:
    """Every event on one state of every kind, in every office: which rows of the table did something."""
    used: set[object] = set()
    for office in OFFICES:
        ahead = [initial(office)]
        known = {_kind(ahead[0])}
        while ahead:
            state = ahead.pop()
            for event in _everything(state):
                after, _ = step(state, event)
                if after is not state:
                    trigger = trigger_of(event)
                    used.add((state.screen, trigger) if (state.screen, trigger) in TABLE else trigger)
                if _kind(after) not in known:
                    known.add(_kind(after))
                    ahead.append(after)
    return used


def _kind(state: State) -> str:
    """States of one kind have the same events ahead of them."""
    visit = state.visit
    unreadable = state.screen is Screen.SCAN and visit.hint is ScanHint.UNREADABLE
    lacking = visit.ticket is not None and visit.ticket.paper == "failed"
    parts: tuple[object, ...] = (
        (state.screen, state.recent is None, visit.notice.name if visit.notice else "", visit.who is None),
        (visit.asking is None, unreadable, lacking, visit.asks_paper, visit.brief, visit.group),
        (len(visit.pad.typed), visit.pad.doubt, visit.find, visit.service == "ho-tich"),
        (state.over, state.call is None) if state.screen is Screen.CHOOSE else (),
    )
    return repr(parts)


def _everything(state: State) -> Iterator[Event]:
    for press in presses(view(state)):
        if press.action is Action.FIND_TEXT:
            yield from (replace(press, value=text) for text in ("chung", "ho"))
        elif press.action is not Action.PAD_KEY or press.value == "1":
            yield press
    yield from (TimerFired(timer.name, timer.serial) for timer in state.timers)
    yield from CARDS
    yield from (ScanHinted(hint) for hint in (ScanHint.UNREADABLE, ScanHint.WRONG_SIDE))
    yield from (IssueRefused(refusal, holding=HELD) for refusal in (Refusal.ALREADY_HOLDING, Refusal.CLOSED))
    yield Issued(visits.ticket("A001", state.visit.service or "chung-thuc"))
    ticket = state.recent.ticket if state.recent else state.visit.ticket
    for paper, asks in (("printed", False), ("unconfirmed", True), ("failed", False)):
        yield PaperChanged(ticket.ticket_id if ticket else "", paper, asks=asks)  # type: ignore[arg-type]
    yield from (TicketShown("A017"), Holding(HELD), HelpAnswered(), Broken("F1"), IssueFailed("D1"))
    yield SurroundingsChanged(replace(state.around, online=not state.around.online))


def test_no_row_of_the_table_is_dead() -> None:
    dead = {*TABLE, *EVERYWHERE} - used_rows()
    assert not dead, sorted(map(str, dead))
