"""Steps while the person says what they came for: welcome, fields, search, procedure."""

from dataclasses import replace

from kiosk.flow.effects import Reprint
from kiosk.flow.events import Press, ScanHint
from kiosk.flow.questions import begin, choose, end_recent, proceed, rest, show_notice
from kiosk.flow.state import Notice, Pad, Result, Screen, State
from kiosk.flow.views import Ending


def start(state: State, _press: Press) -> Result:
    """Somebody touched the welcome screen."""
    return begin(state)


def choose_service(state: State, press: Press) -> Result:
    """A field, from the tiles, the search, or the advice for somebody unsure."""
    return choose(state, press.value)


def choose_group(state: State, press: Press) -> Result:
    """A group of fields was opened."""
    opened, effects = end_recent(state.within(group=int(press.value)))
    return opened, effects


def choose_procedure(state: State, press: Press) -> Result:
    """One procedure of the field, or another matter (empty)."""
    return proceed(state.within(procedure=press.value or None, procedure_answered=True))


def find(state: State, _press: Press) -> Result:
    """Open the search by other words."""
    shown, effects = end_recent(replace(state, screen=Screen.FIND, over=None).within(find="", notice=None))
    return shown, effects


def find_text(state: State, press: Press) -> Result:
    """The words typed so far."""
    return state.within(find=press.value), ()


def wrong_door(state: State, press: Press) -> Result:
    """A matter that belongs to another office."""
    return show_notice(state, Notice(Ending.WRONG_DOOR, back=Screen.CHOOSE, code=press.value))


def unsure(state: State, _press: Press) -> Result:
    """Does not know which clinic: a person or general medicine."""
    return show_notice(state, Notice(Ending.UNSURE, back=Screen.CHOOSE))


def reprint_interrupted(state: State, _press: Press) -> Result:
    """A ticket whose printing was cut by a crash is printed again, number only."""
    ticket = state.interrupted
    if ticket is None:
        return state, ()
    # Whoever stands here now need not be its owner: the number is shown and nothing else of it.
    shown = replace(ticket, service="", follow_url=None, people_ahead=None, wait=None, paper="queued")
    again = replace(state, screen=Screen.TICKET, reprinted=ticket.ticket_id)
    return again.within(ticket=shown, reprints_left=0), (Reprint(ticket.ticket_id, number_only=True),)


def back_from_choose(state: State, press: Press) -> Result:
    """From an opened group to all of them; from the fields to papers in a hospital, else to the start."""
    if state.visit.group is not None:
        return state.within(group=None), ()
    if state.papers_first:
        return back_to_who(state, press)
    return rest(state)


def back_to_choose(state: State, _press: Press) -> Result:
    """Choose another field."""
    return to_choose(state), ()


def back_to_who(state: State, _press: Press) -> Result:
    """Say again who one is; what was known of the person is dropped."""
    forgotten = state.within(
        who=None,
        anonymous=False,
        priority=None,
        priority_proven=False,
        priority_answered=False,
        pad=Pad(),
        hint=ScanHint.LOOK,
        no_qr=False,
        notice=None,
    )
    return replace(forgotten, screen=Screen.WHO), ()


def to_choose(state: State) -> State:
    """The fields, with nothing chosen."""
    cleared = state.within(
        service=None,
        procedure=None,
        procedure_answered=False,
        later=False,
        accept_late=False,
        find="",
        notice=None,
        holding=None,
    )
    return replace(cleared, screen=Screen.CHOOSE)
