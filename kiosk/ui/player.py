"""Plays visits on the running window by clicking its keys, for demonstrations, benchmarks and proofs.

A script is a generator that yields conditions; the player goes on with it when a condition holds::

    def visit(play: Player) -> Script:
        yield play.shows(ChooseBody)
        play.click(Action.CHOOSE_SERVICE, "chung-thuc")
        yield play.shows(TicketBody)
        play.picture("ticket")

Nothing here knows the rules of a visit: it presses what is on the screen, as a finger does.
"""

import time
from collections.abc import Callable, Generator
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtTest import QTest

from kiosk.flow.events import Action
from kiosk.flow.views import Body, View
from kiosk.ui.widgets.key import Key
from kiosk.ui.window import KioskWindow

Condition = Callable[[], bool]
Script = Generator[Condition, None, None]

LOOK_EVERY_MS = 5


class PlayFailed(AssertionError):
    """A condition did not hold in time; says which screen was shown instead."""


class Player(QObject):
    """Runs one script on a window.

    Args:
        window: The running window.
        finished: Called at the end with None, or with what went wrong.
        patience: Seconds to wait for one condition.
        pictures: Folder of `picture`; None takes none.
        pause_ms: Before each step, so that a person can follow; 0 plays as fast as the program allows.
    """

    def __init__(
        self,
        window: KioskWindow,
        finished: Callable[[Exception | None], None],
        *,
        patience: float = 20.0,
        pictures: Path | None = None,
        pause_ms: int = 0,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._finished = finished
        self._patience = patience
        self._pictures = pictures
        self._pause_ms = pause_ms
        self._script: Script | None = None
        self._condition: Condition = lambda: True
        self._since = 0.0
        self.taken: list[str] = []
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)

    @property
    def view(self) -> View | None:
        """What is shown now; None before the first view."""
        return self._window.view if self._window.screen_shown is not None else None

    def play(self, script: Script) -> None:
        """Begin; `finished` is called when the script has ended."""
        self._script = script
        self._condition = lambda: True
        self._since = time.monotonic()
        self._timer.start()

    def shows(self, *kinds: type[Body], check: Callable[[View], bool] = lambda _: True) -> Condition:
        """Holds while a body of one of ``kinds`` is shown for which ``check`` holds."""

        def holds() -> bool:
            view = self.view
            return view is not None and isinstance(view.body, kinds) and check(view)

        return holds

    def has(self, action: Action, value: str = "") -> Condition:
        """Holds while that key can be seen."""
        return lambda: self._key(action, value) is not None

    def click(self, action: Action, value: str = "") -> None:
        """Press a key that is on the screen.

        Raises:
            PlayFailed: It is not there.
        """
        key = self._key(action, value)
        if key is None:
            raise PlayFailed(f"no key {action}:{value} on {self._shown()}")
        QTest.mouseClick(key, Qt.MouseButton.LeftButton, pos=QPoint(key.width() // 2, key.height() // 2))

    def picture(self, name: str) -> None:
        """Save what is on the screen as ``name.png``."""
        if self._pictures is not None:
            self._pictures.mkdir(parents=True, exist_ok=True)
            path = self._pictures / f"{name}.png"
            self._window.grab().save(str(path))
            self.taken.append(path.name)

    def _key(self, action: Action, value: str) -> Key | None:
        name = f"{action}:{value}"
        shown: list[Key] = self._window.keys()
        return next((key for key in shown if key.objectName() == name), None)

    def _shown(self) -> str:
        view = self.view
        return type(view.body).__name__ if view is not None else "nothing"

    def _look(self) -> None:
        if self._script is None:
            return
        if not self._condition():
            if time.monotonic() - self._since > self._patience:
                self._end(PlayFailed(f"waited {self._patience:.0f} s in vain on {self._shown()}"))
            return
        if self._pause_ms and time.monotonic() - self._since < self._pause_ms / 1000:
            return
        try:
            self._condition = next(self._script)
        except StopIteration:
            self._end(None)
        except Exception as error:  # handed over whole to whoever plays
            self._end(error)
        else:
            self._since = time.monotonic()

    def _end(self, error: Exception | None) -> None:
        self._timer.stop()
        self._script = None
        self._finished(error)
