"""Steps that are possible on every screen: language, larger letters, help, more time, the end, and trouble."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import get_args

from kiosk.flow.effects import CallStaff, Effect, Forget, Note
from kiosk.flow.events import Broken, HelpAnswered, Press, Surroundings, SurroundingsChanged
from kiosk.flow.questions import end_recent, rest
from kiosk.flow.state import Call, Over, Result, Screen, State, Visit, rest_screen
from kiosk.flow.views import Theme
from models.text import Language

NO_ANSWER_CODE = "K1"
"""Said on the phone when the kiosk did not answer its own screen in time."""

_THEMES: Mapping[str, Theme] = MappingProxyType({theme: theme for theme in get_args(Theme)})
_LANGUAGES: Mapping[str, Language] = MappingProxyType({name: name for name in get_args(Language)})


# --- what the bottom keys do ---------------------------------------------------------------------------------------


def language(state: State, press: Press) -> Result:
    """Say the same thing in the other language."""
    return replace(state, language=_LANGUAGES[press.value]), ()


def ease(state: State, _press: Press) -> Result:
    """Open *Chữ to*, or close it."""
    return replace(state, over=None if state.over is Over.EASE else Over.EASE), ()


def help_(state: State, _press: Press) -> Result:
    """Open help, or close it."""
    return replace(state, over=None if state.over is Over.HELP else Over.HELP), ()


def close(state: State, _press: Press) -> Result:
    """Back to the screen below; a call for staff goes on."""
    return replace(state, over=None), ()


def set_theme(state: State, press: Press) -> Result:
    """Larger letters or more contrast, until the end of the visit."""
    return replace(state, theme=_THEMES[press.value]), ()


def set_reach(state: State, press: Press) -> Result:
    """All keys in the lower half, until the end of the visit."""
    return replace(state, low_reach=press.value == "low"), ()


def call_staff(state: State, _press: Press) -> Result:
    """Call staff; a call that nobody answered is repeated."""
    if state.call is not None and state.call.state != "unanswered":
        return replace(state, over=Over.HELP), ()
    return replace(state, over=Over.HELP, call=Call()), (CallStaff(str(state.screen)),)


def emergency(state: State, _press: Press) -> Result:
    """Call staff before everything else; takes no ticket."""
    if state.call is not None and state.call.emergency and state.call.state != "unanswered":
        return replace(state, over=Over.HELP), ()
    return replace(state, over=Over.HELP, call=Call(emergency=True)), (CallStaff("emergency", emergency=True),)


def more_time(state: State, _press: Press) -> Result:
    """Go on: `step` begins the limit anew after every press."""
    return state, ()


def start_over(state: State, _press: Press) -> Result:
    """Drop everything and begin again."""
    return rest(state)


# --- timers --------------------------------------------------------------------------------------------------------


def warn(state: State, _event: object) -> Result:
    """Ask whether more time is needed."""
    return replace(state, warned=True), ()


def end(state: State, _event: object) -> Result:
    """Nobody answered: the person walked away."""
    after, effects = rest(state)
    return after, (*effects, Note("time limit", {"screen": str(state.screen)}))


def no_answer(state: State, _event: object) -> Result:
    """The number did not come in time. Should it come yet, it is shown."""
    waiting = Visit(service=state.visit.service, asking=state.visit.asking)
    out = replace(state, screen=Screen.OUT_OF_SERVICE, over=None, visit=waiting, code=NO_ANSWER_CODE)
    return out, (Forget(), Note("no answer while issuing", {"code": NO_ANSWER_CODE}))


def unanswered(state: State, _event: object) -> Result:
    """Nobody answered the call: the person is sent to the guidance counter."""
    return (replace(state, call=replace(state.call, state="unanswered")), ()) if state.call else (state, ())


def offer_over(state: State, _event: object) -> Result:
    """The strip of the last ticket goes."""
    return end_recent(state)


# --- the world -----------------------------------------------------------------------------------------------------


def help_answered(state: State, _event: HelpAnswered) -> Result:
    """A console acknowledged the call."""
    return (replace(state, call=replace(state.call, state="acknowledged")), ()) if state.call else (state, ())


def surroundings(state: State, event: SurroundingsChanged) -> Result:
    """The world changed: a resting machine follows at once; the office of a visit stays until its end."""
    if state.resting:
        # Judged before the change: nobody is here, so the right screen to wait at may be another one now.
        now = replace(state, around=event.now, latest=None)
        return replace(now, screen=rest_screen(now.around, now.interrupted)), ()
    kept = replace(event.now, catalogue=state.around.catalogue)
    now = replace(state, around=kept, latest=event.now.catalogue)
    if state.screen is Screen.OUT_OF_SERVICE and state.visit == Visit() and _mended(state, event.now):
        return rest(now)
    return now, ()


def broken(state: State, event: Broken) -> Result:
    """An exception anywhere leads here; a number that was given stays in sight."""
    kept = Visit(service=state.visit.service, ticket=state.visit.ticket, asking=state.visit.asking)
    if state.visit.ticket is None and state.visit.asking is None:
        kept = Visit()
    out = replace(state, screen=Screen.OUT_OF_SERVICE, over=None, visit=kept, recent=None, code=event.code)
    effects: tuple[Effect, ...] = (Forget(), Note("out of service", {"code": event.code}))
    return out, effects


def _mended(state: State, now: Surroundings) -> bool:
    """Whether more changed than the figures of the queue, which change all the time."""
    before = replace(state.around, catalogue=state.latest or state.around.catalogue, queue={})
    return before != replace(now, queue={})
