"""A key: whatever can be pressed, and nothing else, has a lip."""

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from kiosk.flow.events import Press
from kiosk.ui.theme import Theme
from kiosk.ui.widgets.faces import Face, Tone
from kiosk.ui.widgets.marks import Mark, Panel, WordsMark


def key_name(press: Press) -> str:
    """The ``objectName`` of the key that emits ``press``: ``action:value``."""
    return f"{press.action.value}:{press.value}"


class Key(QAbstractButton):
    """Two rounded rectangles, the edge below and the face above; pressed, the face sinks by the lip.

    The widget is larger than what is painted by half the gap to its neighbours, so that a finger between two keys
    presses the nearer one. ``chosen`` carries the press and where on the screen it was made.
    """

    chosen = Signal(object, object)
    ringed = Signal(object, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._press: Press | None = None
        self._theme: Theme | None = None
        self._face: Face | None = None
        self._rect = QRectF()
        self._kind = "plain"
        self._marks: tuple[tuple[str, bool], list[Mark]] | None = None
        self._at = QPointF()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents, False)
        self.clicked.connect(self._clicked)

    def display(
        self,
        press: Press,
        face: Face,
        theme: Theme,
        rect: QRectF,
        *,
        kind: str = "plain",
        gap: float = 16.0,
    ) -> None:
        """Show ``face`` at ``rect`` (lip included, in the parent's coordinates).

        Args:
            kind: ``plain``, ``primary`` (the one filled key), ``emergency``, ``selected`` (already chosen, sunk),
                ``unavailable`` (dashed; its words say why), ``resting`` (looks the same, but a touch explains) or
                ``on_ground`` (the start key on the accent).
            gap: Distance to the neighbours, of which half belongs to this key; pixels of the reference panel.
        """
        reach = theme.u(gap) / 2
        whole = rect.adjusted(-reach, -reach, reach, reach).toAlignedRect()
        inside = rect.translated(-whole.x(), -whole.y())
        same = (self._press, self._face, self._theme, self._rect, self._kind) == (press, face, theme, inside, kind)
        if whole != self.geometry():
            self.setGeometry(whole)
        if same:
            return
        self._press, self._face, self._theme, self._rect, self._kind = press, face, theme, inside, kind
        self._marks = None
        self.setText(face.label)
        self.setAccessibleName(face.label)
        self.setEnabled(kind not in ("unavailable", "selected"))
        self.update()

    @property
    def press(self) -> Press | None:
        """What a touch emits."""
        return self._press

    @property
    def kind(self) -> str:
        """See `display`."""
        return self._kind

    @property
    def surface(self) -> QRectF:
        """What is painted, in the key's own coordinates (lip included)."""
        return self._rect

    def words(self) -> list[WordsMark]:
        """The words on the key, for the test that nothing is clipped."""
        return [mark for mark in self._content() if isinstance(mark, WordsMark)]

    def sizeHint(self) -> QSize:
        """The place it was given."""
        return self.size()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where the finger came down."""
        self._at = event.globalPosition()
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Ask for the ring when the keyboard brought the focus."""
        super().focusInEvent(event)
        self.ringed.emit(self, event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Give the ring back."""
        super().focusOutEvent(event)
        self.ringed.emit(self, False)

    def _clicked(self) -> None:
        if self._press is not None:
            at = self._at if not self._at.isNull() else QPointF(self.mapToGlobal(QPoint(0, 0)))
            self.chosen.emit(self._press, at)

    def _colours(self) -> tuple[QColor, QColor, QColor, Tone]:
        """Fill, border and edge of the state, and the tone of what stands on it."""
        assert self._theme is not None  # noqa: S101 - painted only after display()
        get = self._theme.colour
        down, strong = self.isDown(), self._theme.high_contrast
        plain = Tone(get("ink"), get("ink_soft"), get("accent"), get("good"), get("accent_tint"))
        if self._kind in ("unavailable", "resting"):
            soft = get("ink_soft")
            clear = QColor(0, 0, 0, 0)
            return clear, get("edge"), clear, Tone(soft, soft, soft, soft, clear)
        if strong and down:
            paper = get("paper")
            return get("ink"), get("ink"), get("ink"), Tone(paper, paper, paper, paper, get("ink"))
        if self._kind == "primary":
            white, fill = get("on_accent"), get("accent_edge" if down else "accent")
            return fill, get("accent_edge"), get("accent_edge"), Tone(white, get("on_accent_soft"), white, white, fill)
        if self._kind == "emergency":
            white, fill = get("on_dark"), get("emergency_edge" if down and not strong else "emergency")
            return fill, get("emergency_edge"), get("emergency_edge"), Tone(white, white, white, white, fill)
        if self._kind == "on_ground":
            edge = QColor(get("accent_edge")).darker(140)
            return get("accent_tint" if down else "card"), get("card"), edge, plain
        if self._kind == "selected":
            return get("accent_tint"), get("accent"), get("accent"), plain
        if down:
            return get("accent_tint"), get("edge"), get("edge"), plain
        return get("card"), get("edge"), get("edge"), plain

    def _sunk(self) -> bool:
        return self.isDown() or self._kind == "selected"

    def _content(self) -> list[Mark]:
        if self._theme is None or self._face is None:
            return []
        state = (self._kind, self.isDown())
        if self._marks is None or self._marks[0] != state:
            lip = self._theme.lip
            surface = self._rect.adjusted(0, 0, 0, -lip)
            if self._sunk():
                surface.translate(0, lip)
            self._marks = (state, self._face.marks(self._theme, surface, self._colours()[3]))
        return self._marks[1]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint edge, face and what stands on it."""
        if self._theme is None:
            return
        theme, lip = self._theme, self._theme.lip
        fill, border, edge, _tone = self._colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = theme.u(20)
        surface = self._rect.adjusted(0, 0, 0, -lip)
        dashed = self._kind in ("unavailable", "resting")
        if self._sunk():
            surface.translate(0, lip)
        elif not dashed and lip:
            Panel(surface.translated(0, lip), radius, edge).paint(painter)
        width = theme.u(4) if self._kind == "selected" else theme.border
        Panel(surface, radius, None if dashed else fill, border, width, dashed).paint(painter)
        for mark in self._content():
            mark.paint(painter)
        painter.end()


class FocusRing(QWidget):
    """The ring of 6 px, 6 px outside the key that the keyboard chose. Never in the way of a finger."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme: Theme | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def follow(self, key: Key | None, theme: Theme) -> None:
        """Stand around ``key``, or go."""
        self._theme = theme
        parent = self.parentWidget()
        if key is None or parent is None:
            self.hide()
            return
        out = theme.u(12)
        place = key.surface.translated(QPointF(key.mapTo(parent, QPoint(0, 0)))).adjusted(-out, -out, out, out)
        self.setGeometry(place.toAlignedRect())
        self.raise_()
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ring."""
        if self._theme is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        Panel(QRectF(self.rect()), self._theme.u(32), None, self._theme.colour("ink"), self._theme.u(6)).paint(painter)
        painter.end()
