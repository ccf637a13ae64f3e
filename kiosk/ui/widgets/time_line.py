"""The time left, as a line that shortens; in words only for the last 20 s."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QTimer
from PySide6.QtWidgets import QWidget

from config.locale import Words
from kiosk.ui.theme import Theme
from kiosk.ui.widgets.board import Board
from kiosk.ui.widgets.faces import LEFT
from kiosk.ui.widgets.marks import Drawing, Mark, Rule, WordsMark
from kiosk.ui.widgets.text import TextStyle, lay_out

WORDS_FROM = 20.0
_EVERY_MS = 250


class TimeLine(Board):
    """Runs by itself from the moment a limit is set; the visit's own timer decides, this only shows."""

    def __init__(self, monotonic: Callable[[], float], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._monotonic = monotonic
        self._theme: Theme | None = None
        self._words: Words | None = None
        self._key: tuple[float, int] | None = None
        self._started = 0.0
        self._limit: float | None = None
        self._has_ticket = False
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.refresh)

    def display(self, theme: Theme, words: Words, limit: float | None, serial: int, *, has_ticket: bool) -> None:
        """Show a limit; a new ``serial`` starts it anew."""
        self._theme, self._words, self._has_ticket = theme, words, has_ticket
        key = None if limit is None else (limit, serial)
        if key != self._key:
            self._key, self._limit, self._started = key, limit, self._monotonic()
        if limit is None:
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()
        self.setVisible(limit is not None)
        self.refresh()

    @property
    def left(self) -> float:
        """Seconds left."""
        if self._limit is None:
            return 0.0
        return max(0.0, self._limit - (self._monotonic() - self._started))

    def refresh(self) -> None:
        """Paint the line as long as the time left."""
        if self._theme is None or self._words is None or not self._limit:
            return
        theme, u, left = self._theme, self._theme.u, self.left
        rect, middle = QRectF(self.rect()), QRectF(self.rect()).center().y()
        colour = theme.colour
        marks: list[Mark] = [Drawing(theme, "clock", QRectF(0, middle - u(17), u(34), u(34)), colour("ink_soft"))]
        start = u(58)
        if left <= WORDS_FROM:
            said = self._words("time.closing", n=round(left)) if self._has_ticket else self._words("time.no_ticket")
            laid = lay_out(theme, said, TextStyle("note", 500, tabular=True), rect.width() * 0.6)
            room = QRectF(u(54), 0, laid.width + 1, rect.height())
            marks.append(WordsMark(laid, room, colour("ink_soft"), LEFT))
            start = room.right() + u(24)
        end = rect.right() - u(4)
        track = colour("edge" if not theme.high_contrast else "ink_soft")
        ground = colour("line")
        if theme.high_contrast:
            ground.setAlpha(90)
        marks.append(Rule(QPointF(start, middle), QPointF(end, middle), ground, u(8)))
        part = left / self._limit
        if part > 0:
            marks.append(Rule(QPointF(start, middle), QPointF(start + (end - start) * part, middle), track, u(8)))
        self.show_marks(marks)
