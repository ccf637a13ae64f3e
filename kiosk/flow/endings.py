"""The designed endings: which one a refusal leads to, with the facts that its words need.

An ending is kept as a name and facts that are the same in every language, so that a touch on the language key says it
again in the other one.
"""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from kiosk.flow.events import IssueRefused, Surroundings, TicketFacts
from kiosk.flow.state import Notice, Screen, State
from kiosk.flow.views import Ending
from models.errors import Refusal
from models.numbering import parse_number
from models.opening import Opening, OpeningState
from models.service import Service, Session

_REFUSED_BY_HOURS = MappingProxyType(
    {
        Refusal.TOO_EARLY: OpeningState.TOO_EARLY,
        Refusal.CLOSED: OpeningState.CLOSED,
        Refusal.LUNCH: OpeningState.LUNCH,
        Refusal.SESSION_FULL: OpeningState.SESSION_FULL,
    }
)


def clock(at: datetime | None) -> str:
    """A time of day as ``HH:MM``, the same in every language; empty for None."""
    return at.strftime("%H:%M") if at is not None else ""


def session_clock(session: Session | None, *, start: bool = False) -> str:
    """When a session closes, or with ``start`` when its numbers begin, as ``HH:MM``."""
    if session is None:
        return ""
    return (session.opens if start else session.closes).strftime("%H:%M")


def opening_notice(opening: Opening, around: Surroundings, back: Screen | None) -> Notice:
    """The ending for hours and quotas that give no number now."""
    resumes = opening.resumes
    if resumes is None:
        return Notice(Ending.CLOSED_LONG, back=back)
    facts = {"at": clock(resumes), "day": resumes.strftime("%d/%m")}
    if resumes.date() != around.today:
        full = opening.state is OpeningState.SESSION_FULL
        return Notice(Ending.SESSION_FULL_DAY if full else Ending.CLOSED, facts, back)
    names = {
        OpeningState.TOO_EARLY: Ending.TOO_EARLY,
        OpeningState.LUNCH: Ending.LUNCH,
        OpeningState.SESSION_FULL: Ending.SESSION_FULL,
    }
    return Notice(names.get(opening.state, Ending.TOO_EARLY), facts, back)


def obstacle(state: State, service: Service) -> Notice | None:
    """What stands between the person and a number of ``service`` now; None when nothing does."""
    visit, around = state.visit, state.around
    if service.at_rest is not None:
        return Notice(Ending.AT_REST, back=Screen.CHOOSE)
    opening = around.openings.get(service.code)
    if opening is not None and around.clock_sure:
        waits_for_later = visit.later and opening.later is not None
        if not opening.takes_numbers and not waits_for_later:
            return opening_notice(opening, around, Screen.CHOOSE)
        if opening.state is OpeningState.LATE and not (visit.accept_late or waits_for_later):
            name = Ending.LATE if opening.later is not None else Ending.LATE_DAY
            return Notice(name, {"closes": session_clock(opening.session)}, Screen.CHOOSE)
    if around.printer in ("trouble", "none") and not visit.without_paper:
        return Notice(Ending.NO_PRINTER, back=Screen.CHOOSE)
    return None


def closed_notice(around: Surroundings) -> Notice:
    """The ending for an office in which no field gives numbers now."""
    if around.clock_sure and not around.office_opening.takes_numbers:
        return opening_notice(around.office_opening, around, None)
    fields = [s for s in around.catalogue.services if s.at_rest is None]
    later = [o for s in fields if (o := around.openings.get(s.code)) is not None and o.resumes is not None]
    if not later or not around.clock_sure:
        return Notice(Ending.CLOSED_LONG)
    return opening_notice(min(later, key=lambda o: o.resumes.timestamp() if o.resumes else 0.0), around, None)


def holding_notice(ticket: TicketFacts) -> Notice:
    """The person already holds ``ticket``."""
    facts = {"number": ticket.number}
    if ticket.people_ahead is None:
        return Notice(Ending.ALREADY_HOLDING_PLAIN, facts, number=ticket.number)
    facts["ahead"] = str(ticket.people_ahead)
    return Notice(Ending.ALREADY_HOLDING, facts, number=ticket.number)


def refused_notice(state: State, event: IssueRefused) -> Notice:
    """The ending for a rule that refused; central may know more than this kiosk did."""
    refusal = event.refusal
    if refusal is Refusal.ALREADY_HOLDING:
        return _already_holding(event)
    if refusal is Refusal.LIMIT_REACHED:
        return Notice(Ending.LIMIT_REACHED)
    if refusal is Refusal.AT_REST:
        return Notice(Ending.AT_REST, back=Screen.CHOOSE)
    if refusal is Refusal.UNKNOWN_SERVICE:
        return Notice(Ending.REFUSED, back=Screen.CHOOSE)
    known = state.around.openings.get(state.visit.service or "")
    opening_state = _REFUSED_BY_HOURS[refusal]
    resumes = _resumes(event.facts)
    if resumes is None and known is not None and known.state is opening_state:
        resumes = known.resumes
    return opening_notice(Opening(opening_state, resumes=resumes), state.around, Screen.CHOOSE)


def _already_holding(event: IssueRefused) -> Notice:
    if event.holding is not None:
        return holding_notice(event.holding)
    try:
        number = str(parse_number(event.facts.get("number", "")))
    except ValueError:
        return Notice(Ending.LIMIT_REACHED)
    return Notice(Ending.ALREADY_HOLDING_PLAIN, {"number": number}, number=number)


def _resumes(facts: Mapping[str, str]) -> datetime | None:
    try:
        return datetime.fromisoformat(facts.get("resumes_at", ""))
    except ValueError:
        return None
