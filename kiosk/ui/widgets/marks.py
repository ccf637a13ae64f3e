"""Marks: what is painted for reading. A mark knows its place and paints itself; nothing here can be pressed."""

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from kiosk.ui.theme import Theme
from kiosk.ui.widgets.text import Laid


class Mark(Protocol):
    """Something painted."""

    def paint(self, painter: QPainter) -> None:
        """Paint in the coordinates of the widget that holds it; the painter is antialiased."""


@dataclass(frozen=True)
class WordsMark:
    """Words in a place."""

    laid: Laid
    rect: QRectF
    colour: QColor
    align: Qt.AlignmentFlag
    strong_colour: QColor | None = None

    def paint(self, painter: QPainter) -> None:
        """Paint the words."""
        self.laid.paint(painter, self.rect, self.colour, self.align, self.strong_colour)

    @property
    def inside(self) -> bool:
        """Whether the words fit their place; a test holds every screen to it."""
        high = self.rect.height() <= 0 or self.laid.ink_height <= self.rect.height() + 1.0
        return self.laid.fits and high and self.laid.width <= self.rect.width() + 1.0


@dataclass(frozen=True)
class Drawing:
    """An icon or a drawing of ``assets/icons``."""

    theme: Theme
    name: str
    rect: QRectF
    colour: QColor
    accent: QColor | None = None

    def paint(self, painter: QPainter) -> None:
        """Paint the drawing."""
        self.theme.icons.paint(painter, self.name, self.rect, self.colour, self.accent)


@dataclass(frozen=True)
class Panel:
    """A flat card or tint, for reading."""

    rect: QRectF
    radius: float = 0.0
    fill: QColor | None = None
    border: QColor | None = None
    border_width: float = 0.0
    dashed: bool = False

    def paint(self, painter: QPainter) -> None:
        """Paint the panel; the border lies inside ``rect``."""
        pen = QPen(Qt.PenStyle.NoPen)
        rect = self.rect
        if self.border is not None and self.border_width > 0:
            pen = QPen(self.border, self.border_width)
            if self.dashed:
                pen.setCapStyle(Qt.PenCapStyle.FlatCap)
                pen.setDashPattern([4.0, 3.0])
            half = self.border_width / 2
            rect = rect.adjusted(half, half, -half, -half)
        painter.setPen(pen)
        painter.setBrush(self.fill if self.fill is not None else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect, self.radius, self.radius)


@dataclass(frozen=True)
class Rule:
    """A straight line with round ends, or a dashed one."""

    start: QPointF
    end: QPointF
    colour: QColor
    width: float
    dashed: bool = False

    def paint(self, painter: QPainter) -> None:
        """Paint the line."""
        pen = QPen(self.colour, self.width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap if self.dashed else Qt.PenCapStyle.RoundCap)
        if self.dashed:
            pen.setDashPattern([2.4, 1.6])
        painter.setPen(pen)
        painter.drawLine(self.start, self.end)


@dataclass(frozen=True)
class QrMark:
    """A QR code on a white card, its modules whole pixels so that an old phone reads it.

    Attributes:
        content: The text of the code.
        rect: The card; the code stands in its middle with a quiet zone of four modules.
    """

    content: str
    rect: QRectF

    def paint(self, painter: QPainter) -> None:
        """Paint the code."""
        import segno  # here, because most visits never show a code and its tables take memory

        matrix = segno.make(self.content, error="m", micro=False).matrix
        count = len(matrix)
        module = max(1, int(self.rect.width() // (count + 8)))
        left = round(self.rect.center().x() - module * count / 2)
        top = round(self.rect.center().y() - module * count / 2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        quiet = 4 * module
        side = count * module + 2 * quiet
        painter.fillRect(left - quiet, top - quiet, side, side, QColor("#FFFFFF"))
        for y, row in enumerate(matrix):
            for x, dark in enumerate(row):
                if dark:
                    painter.fillRect(left + x * module, top + y * module, module, module, QColor("#000000"))
        painter.restore()


@dataclass(frozen=True)
class Motif:
    """The drum on the accent, at low contrast; the caller keeps its star away from letters."""

    theme: Theme
    centre: QPointF
    radius: float
    clip: QRectF

    def paint(self, painter: QPainter) -> None:
        """Paint the part of the drum inside ``clip``."""
        side = round(self.radius * 2)
        ratio = painter.device().devicePixelRatioF() if painter.device() is not None else 1.0
        picture = self.theme.icons.image("motif-drum", round(side * ratio), self.theme.colour("motif"))
        painter.save()
        painter.setClipRect(self.clip)
        painter.setOpacity(0.55)
        target = QRectF(self.centre.x() - self.radius, self.centre.y() - self.radius, side, side)
        painter.drawImage(target, picture)
        painter.restore()


@dataclass(frozen=True)
class TicketCard:
    """The card of a ticket: white, two notches where the dashed line runs, an optional tinted foot.

    Attributes:
        tear: Height of the dashed line from the card's top.
        foot: Height of the tinted foot, 0 for none; ``columns`` of it are parted by a line.
    """

    theme: Theme
    rect: QRectF
    tear: float
    foot: float = 0.0
    columns: int = 2

    def _outline(self) -> QPainterPath:
        theme, rect = self.theme, self.rect
        radius, notch = theme.u(28), theme.u(24)
        path = QPainterPath()
        path.addRoundedRect(rect, radius, radius)
        for x in (rect.left(), rect.right()):
            hole = QPainterPath()
            hole.addEllipse(QPointF(x, rect.top() + self.tear), notch, notch)
            path = path.subtracted(hole)
        return path

    def paint(self, painter: QPainter) -> None:
        """Paint card, foot and tear line."""
        theme, rect = self.theme, self.rect
        line = theme.u(2)
        half = line / 2
        outline = self._outline()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("card"))
        painter.drawPath(outline)
        if self.foot:
            painter.save()
            painter.setClipPath(outline)
            top = rect.bottom() - self.foot
            painter.fillRect(QRectF(rect.left(), top, rect.width(), self.foot), theme.colour("accent_tint"))
            painter.fillRect(QRectF(rect.left(), top, rect.width(), line), theme.colour("line"))
            for index in range(1, self.columns):
                x = rect.left() + rect.width() * index / self.columns - half
                painter.fillRect(QRectF(x, top, line, self.foot), theme.colour("line"))
            painter.restore()
        painter.setPen(QPen(theme.colour("line"), theme.border if theme.high_contrast else line))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(outline)
        y = rect.top() + self.tear
        inset = theme.u(42)
        Rule(
            QPointF(rect.left() + inset, y), QPointF(rect.right() - inset, y), theme.colour("line"), theme.u(4), True
        ).paint(painter)
