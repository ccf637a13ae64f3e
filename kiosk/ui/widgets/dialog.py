"""*Ông/bà cần thêm thời gian không?* — the one dialog, with the one shadow."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from config.locale import Words
from kiosk.flow.events import Action, Press
from kiosk.ui.grid import Grid
from kiosk.ui.theme import Theme
from kiosk.ui.widgets.board import Board
from kiosk.ui.widgets.faces import TOP_LEFT, LabelFace
from kiosk.ui.widgets.key import Key, key_name
from kiosk.ui.widgets.marks import Mark, Panel, WordsMark
from kiosk.ui.widgets.text import TextStyle, lay_out

_SHADOW_STEPS = 16


class StillThere(Board):
    """Covers the window. A touch beside the card means that somebody is there: more time."""

    chosen = Signal(object, object)

    def __init__(self, monotonic: Callable[[], float], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._monotonic = monotonic
        self._shown: tuple[Theme, Grid, Words, bool] | None = None
        self._ends: float | None = None
        self._serial: int | None = None
        self._home, self._stay = Key(self), Key(self)
        for key in (self._home, self._stay):
            key.chosen.connect(self.chosen)
        self._timer = QTimer(self)
        self._timer.setInterval(250)
        self._timer.timeout.connect(self.refresh)
        self.hide()

    def display(
        self, theme: Theme, grid: Grid, words: Words, seconds: int | None, serial: int, *, has_ticket: bool
    ) -> None:
        """Ask, with so many seconds left; None goes away.

        Args:
            serial: Changes when the limit starts anew; until then the count goes on, however often the view changes.
        """
        if seconds is None:
            self._timer.stop()
            self._ends = None
            self.hide()
            return
        if self._ends is None or serial != self._serial:
            self._ends, self._serial = self._monotonic() + seconds, serial
            self._timer.start()
        self._shown = (theme, grid, words, has_ticket)
        self.setGeometry(grid.whole.toAlignedRect())
        self.refresh()
        self.show()
        self.raise_()

    def refresh(self) -> None:
        """Count down and lay out."""
        if self._shown is None or self._ends is None:
            return
        theme, grid, words, has_ticket = self._shown
        u = theme.u
        left = max(0, round(self._ends - self._monotonic()))
        width = min(u(952), grid.whole.width() - u(128))
        inner = width - u(84)
        title = lay_out(theme, words("dialog.title"), TextStyle("way", 700, lines=2), inner)
        said = words("dialog.with_ticket" if has_ticket else "dialog.no_ticket", n=left)
        text = lay_out(theme, said, TextStyle("label", 400, lines=3, tabular=True), inner)
        height = u(40) + title.height + text.height + u(36) + u(132) + u(34)
        top = grid.answers.center().y() - height / 2 if grid.low_reach else grid.whole.center().y() - height / 2
        card = QRectF(grid.whole.center().x() - width / 2, top, width, height)
        x, y = card.x() + u(42), card.y() + u(40)
        marks: list[Mark] = [
            _Veil(QRectF(grid.whole), theme),
            _Shadow(card, theme),
            Panel(card, u(24), theme.colour("card"), theme.colour("line"), theme.border),
            WordsMark(title, QRectF(x, y, inner, title.height), theme.colour("ink"), TOP_LEFT),
            WordsMark(text, QRectF(x, y + title.height, inner, text.height), theme.colour("ink_soft"), TOP_LEFT),
        ]
        self.show_marks(marks)
        keys = grid.columns(QRectF(x, card.bottom() - u(34) - u(132), inner, u(132)), 2)
        leave = Press(Action.START_OVER)
        self._home.setObjectName(key_name(leave))
        self._stay.setObjectName(key_name(Press(Action.MORE_TIME)))
        self._home.display(leave, LabelFace(words("dialog.leave"), lines=2), theme, keys[0])
        self._stay.display(
            Press(Action.MORE_TIME), LabelFace(words("dialog.stay"), lines=2), theme, keys[1], kind="primary"
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A touch beside the card."""
        self.chosen.emit(Press(Action.MORE_TIME), event.globalPosition())


class _Veil:
    """Lets the screen behind recede without darkening the room."""

    def __init__(self, rect: QRectF, theme: Theme) -> None:
        self._rect, self._colour = rect, QColor(theme.colour("paper"))
        self._colour.setAlphaF(0.78)

    def paint(self, painter: QPainter) -> None:
        painter.fillRect(self._rect, self._colour)


class _Shadow:
    """A soft shadow, 16 px down, 48 px wide: rounded rectangles one over the other."""

    def __init__(self, card: QRectF, theme: Theme) -> None:
        self._card, self._theme = card, theme

    def paint(self, painter: QPainter) -> None:
        if self._theme.high_contrast:
            return
        u = self._theme.u
        colour = QColor(31, 26, 23)
        colour.setAlphaF(0.18 / _SHADOW_STEPS * 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        below = self._card.translated(QPointF(0, u(16)))
        for step in range(_SHADOW_STEPS):
            out = u(24) - u(48) * step / _SHADOW_STEPS
            if out > -u(20):
                painter.drawRoundedRect(below.adjusted(-out, -out, out, out), u(24) + out, u(24) + out)
