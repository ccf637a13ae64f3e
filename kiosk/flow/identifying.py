"""Steps while the person says who they are: card, typed number, without; and priority."""

from dataclasses import replace

from kiosk.flow.endings import holding_notice
from kiosk.flow.events import CardRead, Holding, Identified, Press, ScanHint, ScanHinted, TicketShown
from kiosk.flow.identity import same_person, same_reading
from kiosk.flow.limits import OFFER, running
from kiosk.flow.pad import KINDS, offered
from kiosk.flow.questions import add_identity, begin, end_recent, proceed, rest, show_notice, take_identity
from kiosk.flow.state import Notice, Pad, Result, Screen, State, Visit, any_open
from kiosk.flow.views import Ending
from models.numbering import parse_number
from models.person import number_doubt
from models.ticket import Method

GOOD_PAPER = ("printed", "unconfirmed")
_NEWCOMER = (Ending.ALREADY_HOLDING, Ending.ALREADY_HOLDING_PLAIN, Ending.LIMIT_REACHED, Ending.TICKET_SHOWN)


# --- ways ----------------------------------------------------------------------------------------------------------


def for_self(state: State, _press: Press) -> Result:
    """The number is for the person at the screen."""
    return state.within(on_behalf=False), ()


def for_other(state: State, _press: Press) -> Result:
    """The number is for somebody else: their card or number is asked for, never the carer's."""
    return state.within(on_behalf=True), ()


def way_card(state: State, _press: Press) -> Result:
    """Hold a card up."""
    return replace(state, screen=Screen.SCAN).within(hint=ScanHint.LOOK, no_qr=False, notice=None), ()


def way_type(state: State, _press: Press) -> Result:
    """Type the number that is printed on the card."""
    return replace(state, screen=Screen.NUMBER).within(pad=Pad(), notice=None), ()


def way_none(state: State, _press: Press) -> Result:
    """Without a card: nothing more is asked and nothing confirmed."""
    return proceed(state.within(who=None, anonymous=True, notice=None))


# --- documents -----------------------------------------------------------------------------------------------------


def card_opens(state: State, event: CardRead) -> Result:
    """A card before any touch begins a visit."""
    if not any_open(state.around):
        return begin(state)
    return _take(state, event.who, go_on=True)


def card_kept(state: State, event: CardRead) -> Result:
    """A card while something else is asked: kept, and the question stays.

    Where the fields rest on the screen it belongs, for some seconds, to the ticket that was just given.
    """
    recent = state.recent
    if recent is not None and same_person(recent.who, event.who):
        return state, ()
    if recent is not None and recent.offers_card and state.visit.who is None:
        words, effect = add_identity(state, recent.ticket, event.who)
        kept = replace(recent, offers_card=False, added=words, who=event.who)
        return replace(state, recent=kept), (effect,)
    after, effects = _take(state, event.who, go_on=False)
    after, forgotten = end_recent(after)
    return after, (*forgotten, *effects)


def card_answers(state: State, event: CardRead) -> Result:
    """A card where it is asked for, or a better one than before."""
    return _take(state, event.who, go_on=True)


def card_at_ticket(state: State, event: CardRead) -> Result:
    """A card after the number: it is added to it where it was offered; another one begins the next visit."""
    visit, ticket = state.visit, state.visit.ticket
    if ticket is None or same_person(visit.who, event.who):
        return state, ()
    after = state.around.catalogue.rules.identify == "after"
    if after and visit.who is None and visit.offer and running(state, OFFER) is not None:
        words, effect = add_identity(state, ticket, event.who)
        return state.within(who=event.who, added=words), (effect,)
    if ticket.paper not in GOOD_PAPER or visit.asks_paper:
        return state, ()  # the number has no paper yet: it stays in sight
    return _newcomer(state, event)


def card_at_notice(state: State, event: CardRead) -> Result:
    """A card while an ending is shown: it answers an unreadable one, or somebody else stepped up."""
    notice = state.visit.notice
    if notice is None or same_person(state.visit.who, event.who):
        return state, ()
    if notice.name == Ending.UNREADABLE:
        return _take(state, event.who, go_on=True)
    return _newcomer(state, event) if notice.name in _NEWCOMER else (state, ())


def _newcomer(state: State, event: CardRead) -> Result:
    fresh, ended = rest(state)
    after, effects = card_opens(fresh, event)
    return after, (*ended, *effects)


def _take(state: State, who: Identified, *, go_on: bool) -> Result:
    if state.around.catalogue.rules.identify == "never" or same_reading(state.visit.who, who):
        return state, ()
    known, asked = take_identity(state, who)
    if not go_on:
        return known, asked
    after, effects = proceed(known)
    return after, (*asked, *effects)


def holding(state: State, event: Holding) -> Result:
    """The person took a ticket a short while ago: it is offered again, or another field."""
    if event.ticket is None or state.visit.who is None:
        return state, ()
    return show_notice(state.within(holding=event.ticket), holding_notice(event.ticket))


def ticket_shown(state: State, event: TicketShown) -> Result:
    """A ticket held to the reader: it still counts."""
    if state.visit.who is not None or state.visit.service is not None:
        return state, ()
    try:
        number = str(parse_number(event.number))
    except ValueError:
        return state, ()
    calm, effects = end_recent(replace(state, visit=Visit()))
    shown, noted = show_notice(calm, Notice(Ending.TICKET_SHOWN, {"number": number}, number=number))
    return shown, (*effects, *noted)


# --- scanning ------------------------------------------------------------------------------------------------------


def hinted(state: State, event: ScanHinted) -> Result:
    """What the camera sees, short of a document."""
    return state.within(hint=event.hint), ()


def hinted_early(state: State, event: ScanHinted) -> Result:
    """A card that could not be read before a way was chosen gets one quiet line."""
    told = event.hint in (ScanHint.UNREADABLE, ScanHint.WRONG_SIDE)
    return state.within(hint=event.hint if told else ScanHint.LOOK), ()


def ticket_at_scan(state: State, _event: TicketShown) -> Result:
    """A ticket is no document."""
    return state.within(hint=ScanHint.UNREADABLE), ()


def no_code(state: State, _event: object) -> Result:
    """Ten seconds without a document: the way out is named."""
    if state.visit.hint is ScanHint.UNREADABLE:
        return show_notice(state, Notice(Ending.UNREADABLE, back=Screen.WHO))
    return state.within(no_qr=True), ()


# --- the pad -------------------------------------------------------------------------------------------------------


def pad_kind(state: State, press: Press) -> Result:
    """Another kind of number; what was typed is dropped."""
    kind = next((kind for kind in KINDS if kind == press.value), None)
    return (state, ()) if kind is None else (state.within(pad=Pad(kind=kind)), ())


def pad_key(state: State, press: Press) -> Result:
    """One more character."""
    pad = state.visit.pad
    return state.within(pad=replace(pad, typed=pad.typed + press.value, doubt="")), ()


def pad_delete(state: State, _press: Press) -> Result:
    """One character less."""
    pad = state.visit.pad
    return state.within(pad=replace(pad, typed=pad.typed[:-1], doubt="")), ()


def pad_show(state: State, _press: Press) -> Result:
    """Show the digits, or hide them again."""
    pad = state.visit.pad
    return state.within(pad=replace(pad, shown=not pad.shown)), ()


def pad_done(state: State, press: Press) -> Result:
    """The number is whole: taken, or asked about when it looks wrong."""
    pad = state.visit.pad
    found = number_doubt(pad.kind, pad.typed, state.around.today.year)
    if found is not None:
        return state.within(pad=replace(pad, doubt=f"flow.doubt.{found}")), ()
    return pad_keep(state, press)


def pad_keep(state: State, _press: Press) -> Result:
    """The person says that the number is right."""
    pad = state.visit.pad
    if offered(pad.kind, pad.typed):
        return state, ()
    who = Identified(method=Method.TYPED, kind=pad.kind, number=pad.typed)
    return _take(state.within(pad=Pad()), who, go_on=True)


# --- priority ------------------------------------------------------------------------------------------------------


def say_priority(state: State, _press: Press) -> Result:
    """Opens the question from the check screen."""
    return replace(state, screen=Screen.PRIORITY), ()


def priority(state: State, press: Press) -> Result:
    """A reason to go first, said by the person and checked by staff; empty for none."""
    code = press.value or None
    return proceed(state.within(priority=code, priority_proven=False, priority_answered=True))


def back_from_priority(state: State, _press: Press) -> Result:
    """To the check screen, the question left unanswered."""
    return proceed(state.within(priority_answered=True))
