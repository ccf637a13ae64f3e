"""The desk thread: one queue of events, one state, timers, and the effects of each step.

Everything that happens (presses, readings, answers, time) becomes an event in one queue, so that a visit has one order
of things and no lock. The thread publishes a view *before* it carries out effects: a person sees the answer to a touch
at once, also when the effect waits for the disk or for central.
"""

import heapq
import itertools
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import structlog

from kiosk.flow.effects import Effect, SetTimer, StopTimer
from kiosk.flow.events import Broken, CardRead, Event, Press, SurroundingsChanged, TimerFired
from kiosk.flow.presses import SAME_PRESS_SECONDS, repeat_seconds
from kiosk.flow.state import State
from kiosk.flow.step import step
from kiosk.flow.view import view
from kiosk.flow.views import View
from kiosk.storage.database import DatabaseBroken
from models.errors import StorageTrouble

log = structlog.get_logger(__name__)


class Timers:
    """Named timers of the monotonic clock; setting a name again replaces it."""

    def __init__(self) -> None:
        self._due: list[tuple[float, int, TimerFired]] = []
        self._current: dict[str, int] = {}
        self._count = itertools.count()

    def set(self, timer: SetTimer, now: float) -> None:
        """Let ``timer`` fire its seconds after ``now`` (seconds of the monotonic clock)."""
        order = next(self._count)
        self._current[timer.name] = order
        heapq.heappush(self._due, (now + timer.seconds, order, TimerFired(timer.name, timer.serial)))

    def stop(self, name: str) -> None:
        """Forget ``name``."""
        self._current.pop(name, None)

    def next_at(self) -> float | None:
        """When the next timer fires, or None."""
        while self._due and self._current.get(self._due[0][2].name) != self._due[0][1]:
            heapq.heappop(self._due)
        return self._due[0][0] if self._due else None

    def fired(self, now: float) -> list[TimerFired]:
        """What is due at ``now``, in order."""
        events = []
        while (at := self.next_at()) is not None and at <= now:
            event = heapq.heappop(self._due)[2]
            del self._current[event.name]
            events.append(event)
        return events


@dataclass(slots=True)
class Repeats:
    """Drops what is one action done twice: the same press, or a second card, within half a second."""

    _last: Event | None = field(default=None)
    _at: float = field(default=float("-inf"))

    def is_repeat(self, event: Event, now: float) -> bool:
        """Whether ``event`` at ``now`` is the one before it once more."""
        if not isinstance(event, Press | CardRead):
            return False
        within = repeat_seconds(event) if isinstance(event, Press) else SAME_PRESS_SECONDS
        same = event == self._last or (isinstance(event, CardRead) and isinstance(self._last, CardRead))
        if same and now - self._at < within:
            return True
        self._last, self._at = event, now
        return False


class Desk:
    """Owns a visit's state; `run` is the body of the desk thread.

    Args:
        state: Where to begin.
        perform: Carries out one effect; its answers come back through `post`.
        publish: Takes each new view, from the desk thread.
        refresh: Called every ``refresh_seconds`` and after each kick; None when nothing changed.
        monotonic: Seconds that never jump.
    """

    def __init__(
        self,
        state: State,
        perform: Callable[[Effect], None],
        publish: Callable[[View], None],
        refresh: Callable[[], SurroundingsChanged | None] = lambda: None,
        *,
        refresh_seconds: float = 5.0,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._state = state
        self._perform = perform
        self._publish = publish
        self._refresh = refresh
        self._refresh_seconds = refresh_seconds
        self._monotonic = monotonic
        self._events: queue.SimpleQueue[tuple[Event, float] | None] = queue.SimpleQueue()
        self._timers = Timers()
        self._repeats = Repeats()
        self._stopping = threading.Event()
        self._shown: View | None = None
        self.alive_at = monotonic()

    @property
    def state(self) -> State:
        """The state of the visit; read it from tests and from the desk thread only."""
        return self._state

    def post(self, event: Event) -> None:
        """Hand over an event, from any thread. It counts from now, however late the desk comes to it."""
        self._events.put((event, self._monotonic()))

    def kick(self) -> None:
        """Have the surroundings looked at now, from any thread."""
        self._events.put(None)

    def stop(self) -> None:
        """Let `run` return soon, from any thread."""
        self._stopping.set()
        self._events.put(None)

    def run(self) -> None:
        """Work until `stop`. Exceptions lead to the fail-safe screen, never to a dead thread.

        Raises:
            DatabaseBroken: The desk must start anew, which rebuilds the database.
        """
        self._show()
        next_refresh = self._monotonic()
        while not self._stopping.is_set():
            now = self.alive_at = self._monotonic()
            if now >= next_refresh:
                self._look_around()
                next_refresh = now + self._refresh_seconds
            due = min(next_refresh, self._timers.next_at() or next_refresh)
            try:
                posted = self._events.get(timeout=max(0.0, due - self._monotonic()))
            except queue.Empty:
                self.handle(None)
                continue
            if posted is None:
                next_refresh = self._monotonic()
                self.handle(None)
            else:
                self.handle(*posted)

    def handle(self, event: Event | None, at: float | None = None) -> None:
        """Fire what was due ``at`` that time, then take ``event``; one turn of `run`, for tests without a thread.

        Args:
            at: When the event was posted; by default now. Two digits typed while the desk was busy are two, and a
                touch before the time limit counts although the desk comes to it after.
        """
        when = self._monotonic() if at is None else at
        for fired in self._timers.fired(when):
            self._step(fired)
        if event is not None and not self._repeats.is_repeat(event, when):
            self._step(event)

    def _look_around(self) -> None:
        try:
            changed = self._refresh()
        except StorageTrouble as trouble:
            self._storage_failed(trouble)
            return
        except Exception:
            log.exception("surroundings_failed")
            self._step(Broken("K2"))
            return
        if changed is not None:
            self._step(changed)

    def _step(self, event: Event) -> None:
        try:
            self._advance(event)
        except StorageTrouble as trouble:
            if isinstance(event, Broken):
                raise  # even the fail-safe screen cannot be shown: start anew
            self._storage_failed(trouble)
        except Exception:
            # The last line of defence: report, then show the fail-safe screen with a code for the phone.
            log.exception("visit_broken", by=type(event).__name__)
            if not isinstance(event, Broken):
                self._step(Broken("K1"))

    def _storage_failed(self, trouble: StorageTrouble) -> None:
        """The disk is in the way: say so; a damaged database wants a new start, which rebuilds it."""
        log.error("storage_failed", why=str(trouble))
        self._step(Broken("D1"))
        if isinstance(trouble, DatabaseBroken):
            raise trouble

    def _advance(self, event: Event) -> None:
        self._state, effects = step(self._state, event)
        self._show()
        for effect in effects:
            if isinstance(effect, SetTimer):
                self._timers.set(effect, self._monotonic())
            elif isinstance(effect, StopTimer):
                self._timers.stop(effect.name)
            else:
                self._perform(effect)

    def _show(self) -> None:
        now_shown = view(self._state)
        if now_shown != self._shown:
            self._shown = now_shown
            self._publish(now_shown)
