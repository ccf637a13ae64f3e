"""One step of a visit: ``step(state, event) -> (state, effects)``.

A step is pure and total. It finds the row of the table, lets it act, checks where it led, and then puts right what
follows from the new state alone: the live picture runs only while the scan screen is seen, and the timers run that
the state wants. A press that the screen does not show is nothing; so is a timer that was replaced while it fired.
"""

from dataclasses import replace

from kiosk.flow import limits
from kiosk.flow.effects import Effect, Look
from kiosk.flow.events import CardRead, Event, Press, SurroundingsChanged, TimerFired
from kiosk.flow.presses import allows
from kiosk.flow.state import IllegalEvent, Result, Screen, State, initial
from kiosk.flow.table import row_of, trigger_of
from kiosk.flow.view import view

__all__ = ["initial", "step"]


def step(state: State, event: Event) -> Result:
    """What ``event`` makes of ``state``, and what is to be done.

    Raises:
        IllegalEvent: An unknown timer, or a handler that led where the table does not allow. The state has not
            changed.
    """
    if not _counts(state, event):
        return state, ()
    if isinstance(event, TimerFired):
        state = limits.ran_out(state, event.name)
    row = row_of(state.screen, trigger_of(event))
    if row is None:
        return state, ()
    after, effects = row.act(state, event)
    if after.screen is not state.screen and after.screen not in row.to:
        raise IllegalEvent(f"{trigger_of(event)} led from {state.screen} to {after.screen}, which the table forbids")
    if _somebody_acted(state, after, event):
        after = replace(after, activity=after.activity + 1, warned=False)
    if isinstance(event, Press) and after.visit.brief and after.screen is state.screen:
        after = after.within(brief=False, brief_over=False)  # somebody is reading: the number stays for its whole time
    if after is state:
        return state, effects
    after, timers = limits.run_timers(after)
    return after, (*effects, *_look(state, after), *timers)


def _counts(state: State, event: Event) -> bool:
    """Whether ``event`` says anything in this state."""
    if isinstance(event, Press):
        return allows(view(state), event)
    if isinstance(event, TimerFired):
        if event.name not in limits.TIMERS:
            raise IllegalEvent(f"no timer is called {event.name[:20]!r}")
        timer = limits.running(state, event.name)
        return timer is not None and event.serial in (0, timer.serial)
    if isinstance(event, CardRead):
        return state.around.catalogue.rules.identify != "never"
    return True


def _somebody_acted(before: State, after: State, event: Event) -> bool:
    """Whether the time limit begins anew: after every press and card, and on every new screen."""
    if isinstance(event, SurroundingsChanged):
        return after.screen is not before.screen
    acted = isinstance(event, Press) or (isinstance(event, CardRead) and after is not before)
    return acted or (after.screen, after.over) != (before.screen, before.over)


def _look(before: State, after: State) -> tuple[Effect, ...]:
    now, then = (state.screen is Screen.SCAN and state.over is None for state in (after, before))
    return (Look(on=now),) if now is not then else ()
