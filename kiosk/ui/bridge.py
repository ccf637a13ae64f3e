"""The one bridge between the desk thread and the GUI thread. Only frozen dataclasses and pictures cross it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from kiosk.flow.events import Press
from kiosk.flow.views import IssuingBody, View

SOON_MS = 80
"""A number mostly comes sooner than this. Painting *one moment* before it would be a flicker for the eye, and would
keep the desk thread, which shares the interpreter, from committing the ticket."""


class Bridge(QObject):
    """Lives on the GUI thread; `publish` and `show_frame` may be called from any.

    Args:
        post: Takes presses; called on the GUI thread, must return at once (a queue's ``put``).
        typed: Takes a line that a keyboard-wedge scanner typed into the window.
    """

    view_changed = Signal(object)
    frame = Signal(object)
    _published = Signal(object)
    _framed = Signal(object)

    def __init__(
        self,
        post: Callable[[Press], None],
        typed: Callable[[str], None] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._post = post
        self._typed = typed
        self._held: View | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self._show_held)
        self._published.connect(self._arrived, Qt.ConnectionType.QueuedConnection)
        self._framed.connect(self.frame, Qt.ConnectionType.QueuedConnection)

    def publish(self, view: View) -> None:
        """Hand a view to the window; from any thread, never waits. *One moment* is shown only if it lasts."""
        self._published.emit(view)

    def show_frame(self, picture: object) -> None:
        """Hand a live picture (numpy BGR array) to the scan screen; from any thread, never waits."""
        self._framed.emit(picture)

    @Slot(object)
    def _arrived(self, view: View) -> None:
        if not isinstance(view.body, IssuingBody):
            self._soon.stop()
            self._held = None
            self.view_changed.emit(view)
            return
        self._held = view
        if not self._soon.isActive():
            self._soon.start()

    @Slot()
    def _show_held(self) -> None:
        view, self._held = self._held, None
        if view is not None:
            self.view_changed.emit(view)

    @Slot(object)
    def press(self, press: Press) -> None:
        """A key was pressed."""
        self._post(press)

    @Slot(str)
    def typed_line(self, line: str) -> None:
        """A scanner typed a line."""
        if self._typed is not None:
            self._typed(line)
