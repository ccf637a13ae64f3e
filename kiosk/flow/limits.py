"""Time limits, and the timers that a state wants.

Timers follow from the state: `run_timers` compares what runs with what the new state wants, starts what is missing
and stops what is no longer wanted. A handler never touches a timer, so none can be forgotten.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from kiosk.flow.effects import Effect, SetTimer, StopTimer
from kiosk.flow.state import Over, Result, Running, Screen, State

WARN, END, NO_QR, HELP, BRIEF, OFFER = "warn", "end", "no_qr", "help", "brief", "offer"
TIMERS = frozenset({WARN, END, NO_QR, HELP, BRIEF, OFFER})

ASK_SECONDS = 20
"""How long *Ông/bà cần thêm thời gian không?* stands before the visit ends."""

NO_QR_SECONDS = 10.0
"""After so long without a code the scan screen offers the number pad: older cards have none."""

HELP_SECONDS = 60.0
"""After so long without an answer the person is sent to the guidance counter."""

BRIEF_SECONDS = 4.0
"""How long a number stands alone where the next person needs only one touch."""

OFFER_SECONDS = 8.0
"""How long a card is taken for the number just given (``identify = after``)."""


@dataclass(frozen=True, slots=True)
class Limit:
    """How long a screen waits.

    Attributes:
        asks: Whether the last 20 s ask for more time; otherwise the line alone says it in words.
    """

    seconds: float
    asks: bool = True


LIMITS: Mapping[Screen, Limit] = MappingProxyType(
    {
        Screen.WELCOME: Limit(45, asks=False),  # only after somebody changed the language or the letters
        Screen.CHOOSE: Limit(60),
        Screen.FIND: Limit(60),
        Screen.PROCEDURE: Limit(60),
        Screen.WHO: Limit(60),
        Screen.SCAN: Limit(60),
        Screen.NUMBER: Limit(90),
        Screen.PRIORITY: Limit(60),
        Screen.CHECK: Limit(60),
        Screen.ISSUING: Limit(20, asks=False),
        Screen.TICKET: Limit(20, asks=False),
        Screen.NOTICE: Limit(45),
        Screen.OUT_OF_SERVICE: Limit(30, asks=False),
    }
)
NO_PAPER_LIMIT = Limit(90)
ASKS_PAPER_LIMIT = Limit(45)
HELP_LIMIT = Limit(45)
CALLING_LIMIT = Limit(120)
EASE_LIMIT = Limit(60)


def limit_of(state: State) -> Limit | None:
    """The time limit of this state; None while nobody is here."""
    if state.resting:
        return None
    if state.over is Over.EASE:
        return EASE_LIMIT
    if state.over is Over.HELP:
        return CALLING_LIMIT if state.call is not None else HELP_LIMIT
    if state.screen is Screen.TICKET and state.visit.ticket is not None:
        if state.visit.asks_paper:
            return ASKS_PAPER_LIMIT
        if state.visit.ticket.paper in ("failed", "skipped"):
            return NO_PAPER_LIMIT
    return LIMITS[state.screen]


def running(state: State, name: str) -> Running | None:
    """The timer ``name``, if it runs."""
    return next((timer for timer in state.timers if timer.name == name), None)


def ran_out(state: State, name: str) -> State:
    """The state without a timer that has just fired."""
    return replace(state, timers=tuple(timer for timer in state.timers if timer.name != name))


def run_timers(state: State) -> Result:
    """Start and stop timers until those run that ``state`` wants."""
    wanted = _wanted(state)
    effects: list[Effect] = [StopTimer(t.name) for t in state.timers if t.name not in wanted]
    timers: list[Running] = []
    serials = state.serials
    for name, (seconds, key) in wanted.items():
        now = running(state, name)
        if now is None or now.key != key:
            serials += 1
            now = Running(name, serials, key)
            effects.append(SetTimer(name, seconds, serials))
        timers.append(now)
    return replace(state, timers=tuple(timers), serials=serials), tuple(effects)


def _wanted(state: State) -> dict[str, tuple[float, str]]:
    """Seconds and key by name of timer."""
    wanted: dict[str, tuple[float, str]] = {}
    limit = limit_of(state)
    if limit is not None:
        key = f"{state.activity}/{limit.seconds:g}"
        wanted[END] = (limit.seconds, key)
        if limit.asks and not state.warned:
            wanted[WARN] = (limit.seconds - ASK_SECONDS, key)
    if state.screen is Screen.SCAN and not state.visit.no_qr:
        wanted[NO_QR] = (NO_QR_SECONDS, "")
    if state.call is not None and state.call.state == "calling":
        wanted[HELP] = (HELP_SECONDS, str(state.call.emergency))
    if state.screen is Screen.TICKET and state.visit.brief and not state.visit.brief_over:
        wanted[BRIEF] = (BRIEF_SECONDS, "")
    ticket = state.recent.ticket if state.recent else state.visit.ticket
    if ticket is not None and (state.recent is not None or state.visit.offer):
        wanted[OFFER] = (OFFER_SECONDS, ticket.ticket_id)
    return wanted
