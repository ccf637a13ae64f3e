"""One press is one act: what a trembling or doubled touch adds is dropped."""

from collections.abc import Callable

from kiosk.flow.events import Press
from kiosk.flow.presses import SAME_PRESS_SECONDS, repeat_seconds


class PressFilter:
    """Drops a second press within 0.5 s when it is identical, or falls on the same spot of a screen that just changed.

    The second case is a double tap whose second touch would otherwise choose whatever the next screen has there.

    Args:
        monotonic: Seconds, for tests.
        reach: How near two touches are the same spot, in pixels.
    """

    def __init__(self, monotonic: Callable[[], float], reach: float) -> None:
        self._monotonic = monotonic
        self.reach = reach
        self._last: tuple[Press, float, tuple[float, float], str] | None = None

    def passes(self, press: Press, at: tuple[float, float], screen: str) -> bool:
        """Whether this press counts.

        Args:
            at: Where on the screen.
            screen: Name of the screen that stood there.
        """
        now = self._monotonic()
        if self._last is not None:
            before, when, where, what = self._last
            near = abs(at[0] - where[0]) <= self.reach and abs(at[1] - where[1]) <= self.reach
            again = press == before and now - when < repeat_seconds(press)
            if again or (near and screen != what and now - when < SAME_PRESS_SECONDS):
                return False
        self._last = (press, now, at, screen)
        return True
