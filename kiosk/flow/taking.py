"""Steps around the number itself: taking it, showing it, its paper, and the endings on the way."""

from dataclasses import replace

from kiosk.flow.choosing import back_to_who, to_choose
from kiosk.flow.effects import AnswerPaper, CallStaff, Effect, Forget, Note, Reprint
from kiosk.flow.endings import refused_notice
from kiosk.flow.events import Issued, IssueFailed, IssueRefused, PaperChanged, Press, TicketFacts
from kiosk.flow.questions import close_ticket, issue, proceed, rest, show_notice
from kiosk.flow.state import Call, Recent, Result, Screen, State, Visit
from kiosk.flow.views import Ending

NO_PAPER = ("failed", "skipped")
PENDING_PAPER = ("queued", "printing")


# --- taking --------------------------------------------------------------------------------------------------------


def confirm(state: State, _press: Press) -> Result:
    """Takes the number."""
    return issue(state)


def back_from_check(state: State, press: Press) -> Result:
    """To the question before: another clinic in a hospital, else another way to say who one is."""
    if state.papers_first:
        return to_choose(state), ()
    return back_to_who(state, press)


def issued(state: State, event: Issued) -> Result:
    """The ticket is committed: the number is shown before its paper comes out."""
    visit = state.visit
    if visit.asking is None:
        return state, ()
    brief = state.number_first and event.ticket.paper not in NO_PAPER
    shown = Visit(
        service=visit.service or event.ticket.service,
        procedure=visit.procedure,
        who=visit.who,
        on_behalf=visit.on_behalf,
        priority=visit.priority,
        priority_proven=visit.priority_proven,
        earlier=visit.earlier,
        ticket=event.ticket,
        offer=state.number_first,
        brief=brief,
    )
    return replace(state, screen=Screen.TICKET, over=None, visit=shown, code=""), ()


def refused(state: State, event: IssueRefused) -> Result:
    """A rule said no: why, and what to do next."""
    if state.visit.asking is None:
        return state, ()
    note = Note("refused", {"refusal": str(event.refusal), "service": state.visit.service or ""})
    # Papers were settled first in a hospital; elsewhere they are asked for anew with another field.
    anonymous = state.visit.anonymous and state.papers_first
    open_again = state.within(asking=None, anonymous=anonymous, holding=event.holding)
    after, effects = show_notice(open_again, refused_notice(state, event))
    return after, (note, *effects)


def failed(state: State, event: IssueFailed) -> Result:
    """The kiosk cannot issue at all."""
    broken = replace(state, screen=Screen.OUT_OF_SERVICE, over=None, visit=Visit(), code=event.code)
    return broken, (Forget(), Note("cannot issue", {"code": event.code}))


def refused_unseen(state: State, _event: IssueRefused | IssueFailed) -> Result:
    """An answer that came after the screen went out of service: nothing was issued."""
    return state.within(asking=None), ()


# --- endings -------------------------------------------------------------------------------------------------------


def take_anyway(state: State, _press: Press) -> Result:
    """Warned, and takes the number all the same: late, or without paper."""
    notice = state.visit.notice
    if notice is not None and notice.name == Ending.NO_PRINTER:
        return proceed(state.within(without_paper=True, notice=None))
    return proceed(state.within(accept_late=True, notice=None))


def take_later(state: State, _press: Press) -> Result:
    """Takes the number of the next session."""
    return proceed(state.within(later=True, notice=None))


def back_from_notice(state: State, press: Press) -> Result:
    """To where the ending came from."""
    notice = state.visit.notice
    if notice is None or notice.back is None:
        return rest(state)
    if notice.back is Screen.WHO:
        return back_to_who(state, press)
    if state.number_first and state.visit.who is None:
        return rest(state)
    return to_choose(state), ()


def another_service(state: State, _press: Press) -> Result:
    """A second matter: the same person, another field."""
    visit = state.visit
    taken = (*visit.earlier, visit.ticket) if visit.ticket is not None else visit.earlier
    again = Visit(
        who=visit.who,
        on_behalf=visit.on_behalf,
        priority=visit.priority,
        priority_proven=visit.priority_proven,
        priority_answered=visit.who is not None,
        without_paper=visit.without_paper,
        earlier=taken,
    )
    return proceed(replace(state, visit=again))


def reprint_held(state: State, _press: Press) -> Result:
    """Prints the ticket again that the person already holds."""
    held = state.visit.holding
    if held is None:
        return state, ()
    again = replace(held, paper="queued")
    shown = Visit(service=held.service, who=state.visit.who, ticket=again, reprints_left=0)
    return replace(state, screen=Screen.TICKET, visit=shown), (Reprint(held.ticket_id),)


def done(state: State, _press: Press) -> Result:
    """The ending was read."""
    return rest(state)


# --- the ticket ----------------------------------------------------------------------------------------------------


def ticket_done(state: State, _press: Press) -> Result:
    """The number was seen."""
    return close_ticket(state)


def brief_over(state: State, _event: object) -> Result:
    """Some seconds have passed: the next person's touch is awaited, once the paper is out."""
    ticket = state.visit.ticket
    if ticket is not None and ticket.paper in PENDING_PAPER:
        return state.within(brief_over=True), ()
    return close_ticket(state)


def offer_over(state: State, _event: object) -> Result:
    """The card is no longer offered for the number."""
    return state.within(offer=False), ()


def reprint(state: State, _press: Press) -> Result:
    """The same ticket on paper once more, never a new number."""
    ticket = state.visit.ticket
    if ticket is None:
        return state, ()
    again = state.within(ticket=replace(ticket, paper="queued"), reprints_left=state.visit.reprints_left - 1)
    return again, (Reprint(ticket.ticket_id),)


def reprint_recent(state: State, press: Press) -> Result:
    """The strip's ticket once more: it is shown whole again."""
    recent = state.recent
    return reprint(_whole(state, recent, recent.ticket), press) if recent is not None else (state, ())


def paper_yes(state: State, _press: Press) -> Result:
    """The paper came out."""
    return _answer(state, came_out=True)


def paper_no(state: State, _press: Press) -> Result:
    """It did not: the number still counts and stays in sight."""
    return _answer(state, came_out=False)


def write_for_me(state: State, _press: Press) -> Result:
    """Staff shall write the number down."""
    return replace(state, call=Call()), (CallStaff("no_paper"),)


def paper_changed(state: State, event: PaperChanged) -> Result:
    """News of a paper: of the ticket in view, of the strip, or of an earlier one."""
    ticket, recent = state.visit.ticket, state.recent
    if ticket is not None and ticket.ticket_id == event.ticket_id:
        return _paper_in_view(state, ticket, event)
    if recent is not None and recent.ticket.ticket_id == event.ticket_id:
        return _paper_of_recent(state, recent, event)
    if event.paper in NO_PAPER:
        found = next((t.number for t in state.visit.earlier if t.ticket_id == event.ticket_id), "")
        return (state.within(unprinted=found), ()) if found else (state, ())
    return state, ()


def _paper_in_view(state: State, ticket: TicketFacts, event: PaperChanged) -> Result:
    lacking = event.paper in NO_PAPER or event.asks
    visit = state.visit
    told = state.within(
        ticket=replace(ticket, paper=event.paper),
        asks_paper=event.asks,
        brief=visit.brief and not lacking,
        offer=visit.offer and not lacking,
    )
    if told.screen is Screen.TICKET and told.visit.brief and visit.brief_over and event.paper not in PENDING_PAPER:
        return close_ticket(told)
    return told, ()


def _paper_of_recent(state: State, recent: Recent, event: PaperChanged) -> Result:
    ticket = replace(recent.ticket, paper=event.paper)
    if event.paper not in NO_PAPER and not event.asks:
        return replace(state, recent=replace(recent, ticket=ticket)), ()
    if state.visit == Visit():
        return _whole(state, recent, ticket).within(asks_paper=event.asks), ()
    # Somebody else is choosing already: the number is said in one line.
    return replace(state, recent=replace(recent, ticket=ticket)).within(unprinted=ticket.number), ()


def _whole(state: State, recent: Recent, ticket: TicketFacts) -> State:
    shown = Visit(service=ticket.service, who=recent.who, ticket=ticket, reprints_left=recent.reprints_left)
    return replace(state, screen=Screen.TICKET, recent=None, visit=shown)


def _answer(state: State, *, came_out: bool) -> Result:
    ticket = state.visit.ticket
    if ticket is None:
        return state, ()
    told = replace(ticket, paper="printed" if came_out else "failed")
    effects: tuple[Effect, ...] = (AnswerPaper(ticket.ticket_id, came_out),)
    return state.within(ticket=told, asks_paper=False), effects
