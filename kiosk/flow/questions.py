"""What is asked next, and the two ends of a visit.

The order of the screens is not written down screen by screen: `next_screen` looks at what the visit knows and names
the first question that is still open. A card held up early, a field chosen from the search or a correction made later
all lead on in the same way.
"""

from dataclasses import replace

from kiosk.flow.effects import Effect, Forget, Identify, Issue, LookUp, Note, StopCalling
from kiosk.flow.endings import closed_notice, obstacle
from kiosk.flow.events import Identified, TicketFacts
from kiosk.flow.identity import proven_priority, year_only
from kiosk.flow.state import Notice, Recent, Result, Screen, State, Visit, any_open, rest_screen


def begin(state: State) -> Result:
    """Somebody came: the first question, or why no number can be had."""
    if any_open(state.around):
        return proceed(state)
    return show_notice(replace(state, visit=Visit()), closed_notice(state.around))


def next_screen(state: State) -> Screen:
    """The first question that is still open; ``ISSUING`` when none is and nothing needs to be confirmed."""
    visit, service = state.visit, state.service
    known = visit.anonymous or visit.who is not None
    if state.number_first:
        return Screen.CHOOSE if service is None else Screen.ISSUING
    if state.papers_first and not known:
        return Screen.WHO
    if service is None:
        return Screen.CHOOSE
    if service.ask_procedure and service.procedures and not visit.procedure_answered:
        return Screen.PROCEDURE
    if not known:
        return Screen.WHO
    if visit.anonymous:
        return Screen.ISSUING
    if year_only(visit.who) and state.around.catalogue.priorities and not visit.priority_answered:
        return Screen.PRIORITY
    return Screen.CHECK


def proceed(state: State) -> Result:
    """Go to the next open question; whatever stands in the way of a number is said as soon as the field is known."""
    screen = next_screen(state)
    if screen is Screen.ISSUING:
        return issue(state)
    found = obstacle(state, state.service) if state.service is not None else None
    if found is not None:
        return show_notice(state, found)
    return replace(state, screen=screen, over=None), ()


def choose(state: State, code: str) -> Result:
    """A field was chosen."""
    visit = state.visit
    same = visit.service == code
    chosen = state.within(
        service=code,
        procedure=visit.procedure if same else None,
        procedure_answered=visit.procedure_answered and same,
        later=False,
        accept_late=False,
        find="",
        notice=None,
    )
    if chosen.service is None:
        return state, ()
    if state.recent is not None and state.recent.ticket.paper in ("queued", "printing"):
        # Its owner may still be waiting for the paper: should that fail, one line says that the number counts.
        chosen = chosen.within(earlier=(*visit.earlier, state.recent.ticket))
    chosen, forgotten = end_recent(chosen)
    after, effects = proceed(chosen)
    return after, (*forgotten, *effects)


def issue(state: State) -> Result:
    """Take the number; from here there is no way back."""
    visit, service = state.visit, state.service
    if service is None:
        return replace(state, screen=Screen.CHOOSE), ()
    found = obstacle(state, service)
    if found is not None:
        return show_notice(state, found)
    request = state.requests + 1
    effect = Issue(
        request=request,
        service=service.code,
        procedure=visit.procedure,
        who=visit.who,
        on_behalf=visit.on_behalf,
        priority=visit.priority,
        priority_proven=visit.priority_proven,
        later=visit.later,
        language=state.language,
    )
    asked = replace(state, screen=Screen.ISSUING, over=None, requests=request)
    return asked.within(asking=request, notice=None), (effect,)


def take_identity(state: State, who: Identified) -> Result:
    """Keep who the person is, with the priority that it proves, and ask whether a ticket is held already."""
    proven = proven_priority(state.around.catalogue.priorities, who, state.around.today)
    known = state.within(
        who=who,
        anonymous=False,
        priority=proven,
        priority_proven=proven is not None,
        priority_answered=False,
        notice=None,
    )
    return known, (LookUp(who),)


def add_identity(state: State, ticket: TicketFacts, who: Identified) -> tuple[str, Effect]:
    """Add ``who`` to a ticket that exists: the words to show, and the effect."""
    proven = proven_priority(state.around.catalogue.priorities, who, state.around.today)
    words = "flow.added.priority" if proven is not None else "flow.added.card"
    return words, Identify(ticket.ticket_id, who, proven, proven is not None)


def show_notice(state: State, notice: Notice) -> Result:
    """Show a designed ending."""
    shown = replace(state, screen=Screen.NOTICE, over=None).within(notice=notice)
    return shown, (Note("ending", {"name": notice.name}),)


def end_recent(state: State) -> Result:
    """Take the strip of the last ticket away, and whose card was offered for it."""
    recent = state.recent
    gone = replace(state, recent=None)
    return gone, (Forget(),) if recent is not None and recent.who is not None else ()


def rest(state: State, recent: Recent | None = None) -> Result:
    """The visit is over: nothing of the person stays, and the machine is as every visit finds it.

    Args:
        recent: The ticket to keep in view for some seconds, where fields rest on the screen.
    """
    around = replace(state.around, catalogue=state.latest or state.around.catalogue)
    screen = rest_screen(around, state.interrupted)
    strip = recent if screen is Screen.CHOOSE else None
    effects: list[Effect] = []
    if state.call is not None and not state.call.emergency:
        effects.append(StopCalling())
    if strip is None or strip.who is None:
        effects.append(Forget())
    fresh = replace(
        state,
        around=around,
        latest=None,
        screen=screen,
        over=None,
        visit=Visit(),
        recent=strip,
        call=None,
        language=state.home_language,
        theme=state.home_theme,
        low_reach=False,
        warned=False,
        code="",
    )
    return fresh, tuple(effects)


def close_ticket(state: State) -> Result:
    """The ticket was seen: back to rest, with the ticket in view as long as its card is offered."""
    visit = state.visit
    if not visit.offer or visit.ticket is None:
        return rest(state)
    wants_card = state.around.catalogue.rules.identify == "after" and visit.who is None and not visit.added
    return rest(state, Recent(visit.ticket, visit.reprints_left, wants_card, visit.added, visit.who))
