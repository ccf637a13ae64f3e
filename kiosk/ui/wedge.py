"""Lines typed by a keyboard-wedge scanner whose device we may not read directly."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_PAUSE_S = 1.0
_LONGEST = 2000


class WedgeLine:
    """Collects characters until Enter; a pause of a second drops what was collected.

    A person at a keyboard presses Enter or Space to activate a key of the screen: with nothing collected these are not
    ours.
    """

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._text = ""
        self._last = 0.0

    def take(self, event: QKeyEvent) -> tuple[bool, str]:
        """Whether the event was ours, and the line when it ended one."""
        now = self._monotonic()
        if now - self._last > _PAUSE_S:
            self._text = ""
        self._last = now
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            line, self._text = self._text, ""
            return bool(line), line
        text = event.text()
        if not text or not text.isprintable() or (text == " " and not self._text):
            return False, ""
        if len(self._text) < _LONGEST:
            self._text += text
        return True, ""
