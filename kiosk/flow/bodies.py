"""The body of each screen, from the state."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Literal

from kiosk.flow import pad, tiles
from kiosk.flow.endings import session_clock
from kiosk.flow.events import Action, TicketFacts
from kiosk.flow.identity import year_only
from kiosk.flow.notices import notice_body
from kiosk.flow.state import Screen, State
from kiosk.flow.views import (
    Body,
    CheckBody,
    ChooseBody,
    FindBody,
    HelpBody,
    IssuingBody,
    KeyView,
    NumberBody,
    OutOfServiceBody,
    PriorityBody,
    ProcedureBody,
    ProcedureChoice,
    ScanBody,
    ServiceChip,
    TicketBody,
    WelcomeBody,
    WhoBody,
)
from models.errors import DeveloperError
from models.masking import mask_name, mask_number
from models.opening import OpeningState
from models.service import Procedure, Service
from models.whereabouts import whereabouts

A = Action
_FINDABLE = (Screen.WELCOME, Screen.CHOOSE, Screen.PROCEDURE)


def welcome(state: State) -> WelcomeBody:
    """01."""
    around = state.around
    opening, sure = around.office_opening, around.clock_sure
    interrupted = state.interrupted
    resumes = opening.resumes if sure else None
    return WelcomeBody(
        state=str(opening.state if sure else OpeningState.OPEN),
        until=session_clock(opening.session) or None if sure else None,
        resumes=resumes,
        today=resumes is not None and resumes.date() == around.today,
        card=around.reader and around.catalogue.rules.identify != "never",
        camera=around.camera,
        interrupted=interrupted.number if interrupted is not None else None,
    )


def choose(state: State) -> ChooseBody:
    """02, 10."""
    shown, grouped = tiles.choose_tiles(state)
    hospital = state.around.catalogue.profile == "hospital"
    unsure = KeyView(A.UNSURE, label="flow.key.unsure", icon="help") if hospital else None
    return ChooseBody(shown, grouped, unsure, recent(state))


def recent(state: State) -> TicketBody | None:
    """The strip of the last ticket, where fields rest on the screen."""
    strip = state.recent
    if strip is None:
        return None
    service = state.around.catalogue.service(strip.ticket.service)
    return _ticket_body(
        state,
        strip.ticket,
        service,
        offers_card=strip.offers_card,
        added=strip.added,
        reprints_left=strip.reprints_left,
        another=False,
    )


def find(state: State) -> FindBody:
    """Search by other words."""
    return FindBody(state.visit.find, tiles.find_tiles(state))


def procedure(state: State) -> ProcedureBody:
    """Which matter of the field."""
    service = state.service
    found = service.procedures if service is not None else ()
    return ProcedureBody(_chip(state), tuple(_procedure_choice(state, p) for p in found))


def _procedure_choice(state: State, found: Procedure) -> ProcedureChoice:
    # The promise of a fast lane holds on its days only, and an unsure clock does not know the day.
    fast = state.around.clock_sure and (not found.weekdays or state.around.today.weekday() in found.weekdays)
    minutes = found.target_minutes if fast else None
    return ProcedureChoice(found.code, found.name.within(state.language), len(found.papers), minutes)


def who(state: State) -> WhoBody:
    """03."""
    ways = (A.WAY_CARD, A.WAY_TYPE, A.WAY_NONE) if state.around.reader else (A.WAY_TYPE, A.WAY_NONE)
    return WhoBody(tiles.chip(state), state.visit.on_behalf, ways)


def scan(state: State) -> ScanBody:
    """04."""
    visit = state.visit
    return ScanBody(visit.hint, visit.on_behalf, visit.no_qr, state.around.camera)


def number(state: State) -> NumberBody:
    """06."""
    typing = state.visit.pad
    shape = pad.KINDS[typing.kind]
    offered = pad.offered(typing.kind, typing.typed)
    kinds = pad.kinds_for(state.around.catalogue.profile)
    return NumberBody(
        kind=typing.kind,
        cells=pad.cells(typing.kind, typing.typed, typing.shown),
        entered=len(typing.typed),
        total=shape.total,
        letters=offered if offered == pad.LETTERS else (),
        kinds=tuple(kind for kind in kinds if kind != typing.kind),
        shown=typing.shown,
        complete=len(typing.typed) == shape.total,
        on_behalf=state.visit.on_behalf,
        doubt=typing.doubt,
    )


def priority(state: State) -> PriorityBody:
    """What the person may say; with only a year of birth, what an age might prove as well."""
    only_year = year_only(state.visit.who)
    offered = [
        p
        for p in state.around.catalogue.priorities
        if p.said or (only_year and (p.age_from is not None or p.age_under is not None))
    ]
    return PriorityBody(tuple((p.code, p.name.within(state.language)) for p in offered), only_year)


def check(state: State) -> CheckBody:
    """The last look before the number."""
    visit, around, person = state.visit, state.around, state.visit.who
    service = state.service
    opening = around.openings.get(visit.service or "")
    chosen = next((p for p in service.procedures if p.code == visit.procedure), None) if service else None
    told = next((p for p in around.catalogue.priorities if p.code == visit.priority), None)
    late = session_clock(opening.session) if opening and around.clock_sure else ""
    later = session_clock(opening.later, start=True) if opening and around.clock_sure else ""
    return CheckBody(
        chip=_chip(state),
        masked_name=mask_name(person.full_name) if person is not None and person.full_name else None,
        masked_number=mask_number(person.number) if person is not None else None,
        procedure=chosen.name.within(state.language) if chosen is not None else None,
        priority=told.name.within(state.language) if told is not None else None,
        on_behalf=visit.on_behalf,
        late=late if visit.accept_late else None,
        can_say_priority=_can_say_priority(state),
        later_from=later if visit.later else None,
    )


def _can_say_priority(state: State) -> bool:
    """Offered, not asked: whoever has nothing to say loses no touch, and nobody behind waits for it."""
    catalogue = state.around.catalogue
    asked = catalogue.rules.ask_priority and not state.visit.priority_proven
    return asked and any(p.said for p in catalogue.priorities)


def issuing(state: State) -> IssuingBody:
    """Short: the number is being taken."""
    return IssuingBody(_chip(state))


def ticket(state: State) -> TicketBody:
    """08, 09."""
    visit = state.visit
    shown = visit.ticket
    if shown is None:
        raise DeveloperError("the ticket screen without a ticket")
    after = state.around.catalogue.rules.identify == "after"
    return _ticket_body(
        state,
        shown,
        state.around.catalogue.service(shown.service),
        asks_paper=visit.asks_paper,
        offers_card=after and visit.offer and visit.who is None,
        added=visit.added,
        reprints_left=visit.reprints_left,
        another=not state.number_first or visit.who is not None,
    )


def _ticket_body(
    state: State,
    shown: TicketFacts,
    service: Service | None,
    *,
    asks_paper: bool = False,
    offers_card: bool = False,
    added: str = "",
    reprints_left: int = 1,
    another: bool = True,
) -> TicketBody:
    place, more, counters = _where(state, service)
    call = state.call.state if state.call is not None else ""
    return TicketBody(
        ticket=shown,
        service_name=service.name.within(state.language) if service is not None else "",
        place=place,
        place_more=more,
        paper_slot=state.around.paper_slot,
        asks_paper=asks_paper,
        offers_card=offers_card,
        added=added,
        reprints_left=reprints_left,
        another=another,
        told=call == "acknowledged",
        counters=counters,
        called=call in ("calling", "acknowledged"),
    )


def _where(state: State, service: Service | None) -> tuple[str, str, tuple[int, ...]]:
    """Place, floor and way, counters."""
    if service is None:
        return "", "", ()
    where = whereabouts(service)
    spot = where.place
    more = spot.floor_and_way(state.language)
    return spot.name.within(state.language), more, where.counters if where.counter is None else (where.counter,)


def help_body(state: State) -> HelpBody:
    """Help: what can be done here, or how the call stands."""
    place = state.around.catalogue.guide_place.within(state.language)
    standing: Literal["ask", "calling", "acknowledged", "unanswered"] = state.call.state if state.call else "ask"
    calls_emergency = state.call is not None and state.call.emergency
    # The search leads to another field; once something personal or a number is on the way it would only mislead.
    can_find = state.screen in _FINDABLE and state.call is None
    return HelpBody(standing, calls_emergency, place, can_find)


def out_of_service(state: State) -> OutOfServiceBody:
    """Fail-safe."""
    shown = state.visit.ticket
    place = state.around.catalogue.guide_place.within(state.language)
    return OutOfServiceBody(state.code, place, shown.number if shown is not None else "")


def _chip(state: State) -> ServiceChip:
    return tiles.chip(state) or ServiceChip("", "number")


BODIES: Mapping[Screen, Callable[[State], Body]] = MappingProxyType(
    {
        Screen.WELCOME: welcome,
        Screen.CHOOSE: choose,
        Screen.FIND: find,
        Screen.PROCEDURE: procedure,
        Screen.WHO: who,
        Screen.SCAN: scan,
        Screen.NUMBER: number,
        Screen.PRIORITY: priority,
        Screen.CHECK: check,
        Screen.ISSUING: issuing,
        Screen.TICKET: ticket,
        Screen.NOTICE: notice_body,
        Screen.OUT_OF_SERVICE: out_of_service,
    }
)
