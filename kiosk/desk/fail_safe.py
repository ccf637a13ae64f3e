"""The screen while the kiosk cannot start: nothing can be taken, but what is said can be read, in either language.

There is no store and no central here, so nothing that a press wants done is carried out. A call for staff would reach
nobody: it is answered at once with the place to go to.
"""

import queue
import time
from collections.abc import Callable

from kiosk.flow.events import Event, Press, TimerFired
from kiosk.flow.limits import HELP
from kiosk.flow.state import State
from kiosk.flow.step import step
from kiosk.flow.view import view
from kiosk.flow.views import View


class FailSafe:
    """Shows one state for a while and lets people read it.

    Args:
        publish: Takes each view, from the thread of `show`.
        monotonic: Seconds that never jump.
    """

    def __init__(self, publish: Callable[[View], None], monotonic: Callable[[], float] = time.monotonic) -> None:
        self._publish = publish
        self._monotonic = monotonic
        self._presses: queue.SimpleQueue[Press | None] = queue.SimpleQueue()
        self._kept: State | None = None
        self._shown = False

    def post(self, event: Event) -> None:
        """Hand over an event, from any thread; only presses count here, and only while something is shown."""
        if self._shown and isinstance(event, Press):
            self._presses.put(event)

    def stop(self) -> None:
        """Let `show` return, from any thread."""
        self._presses.put(None)

    def show(self, state: State, seconds: float) -> None:
        """Show ``state`` for so long; who was reading a moment ago keeps the language and letters they chose."""
        kept, self._kept = self._kept, None
        state = kept if kept is not None and kept.code == state.code else state
        self._shown = True
        try:
            self._publish(view(state))
            self._listen(state, self._monotonic() + seconds)
        finally:
            self._shown = False

    def _listen(self, state: State, until: float) -> None:
        while (left := until - self._monotonic()) > 0:
            try:
                press = self._presses.get(timeout=left)
            except queue.Empty:
                return
            if press is None:
                return
            state = self._kept = _after(state, press)
            self._publish(view(state))


def _after(state: State, press: Press) -> State:
    after, _ = step(state, press)
    if after.call is not None and after.call.state == "calling":
        after, _ = step(after, TimerFired(HELP))
    return after
