"""What stands on a key: words and drawings, laid out for the place and in the tone of the key's state."""

from dataclasses import dataclass
from typing import Literal, Protocol

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor

from kiosk.ui.theme import Theme
from kiosk.ui.widgets.marks import Drawing, Mark, Panel, WordsMark
from kiosk.ui.widgets.text import Laid, TextStyle, lay_out

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
TOP_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
CENTRE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Tone:
    """The colours of a key's state."""

    ink: QColor
    soft: QColor
    icon: QColor
    good: QColor
    tint: QColor


class Face(Protocol):
    """What a key shows."""

    @property
    def label(self) -> str:
        """The words that name the key, for tests and screen readers."""

    def marks(self, theme: Theme, rect: QRectF, tone: Tone) -> list[Mark]:
        """The marks of this face in ``rect`` (the key's upper surface)."""


@dataclass(frozen=True)
class LabelFace:
    """A label with an icon, beside or above it.

    Attributes:
        more: A quieter line under the label.
        icon_px: Side of the icon, pixels of the reference panel.
        icon_accent: Whether the icon is in the accent (answers) or in ink (bottom keys, acts).
        arrow: An arrow after the label.
        align: ``centre``, or ``left`` with the arrow at the right end.
    """

    label: str
    icon: str = ""
    role: str = "emphasis"
    weight: int = 700
    above: bool = False
    more: str = ""
    icon_px: float = 46
    icon_accent: bool = False
    arrow: bool = False
    align: Literal["centre", "left"] = "centre"
    lines: int = 1

    def marks(self, theme: Theme, rect: QRectF, tone: Tone) -> list[Mark]:
        """The label, centred as a whole with its icon."""
        if self.above:
            return self._above(theme, rect, tone)
        u = theme.u
        side = u(self.icon_px) if self.icon else 0.0
        gap = u(20) if self.icon else 0.0
        after = u(self.icon_px + 24) if self.arrow else 0.0
        pad = u(34 if self.align == "left" else 22 if rect.width() > u(240) else 8)
        room = rect.width() - 2 * pad - side - gap - after
        style = TextStyle(self.role, self.weight, lines=self.lines, leading=1.22)
        laid = lay_out(theme, self.label, style, room, rect.height() - u(8))
        more = lay_out(theme, self.more, TextStyle("label", 400, lines=2), room) if self.more else None
        width = max(laid.width, more.width if more else 0.0)
        left = rect.x() + pad
        if self.align == "centre":
            left = rect.center().x() - (side + gap + width + after) / 2
        marks: list[Mark] = []
        accent = tone.icon if self.icon_accent else tone.ink
        if self.icon:
            marks.append(Drawing(theme, self.icon, square(left, rect.center().y(), side), accent))
        marks += two_lines(theme, laid, more, QRectF(left + side + gap, rect.y(), width, rect.height()), tone)
        if self.arrow:
            x = left + side + gap + width + u(24)
            if self.align == "left":
                x = rect.right() - pad - u(self.icon_px)
            marks.append(Drawing(theme, "next", square(x, rect.center().y(), u(self.icon_px)), tone.icon))
        return marks

    def _above(self, theme: Theme, rect: QRectF, tone: Tone) -> list[Mark]:
        u = theme.u
        side = u(self.icon_px)
        laid = lay_out(theme, self.label, TextStyle(self.role, self.weight), rect.width() - u(12))
        gap = u(4)
        top = rect.center().y() - (side + gap + laid.height) / 2
        colour = tone.icon if self.icon_accent else tone.ink
        words = QRectF(rect.x() + u(6), top + side + gap, rect.width() - u(12), laid.height)
        return [
            Drawing(theme, self.icon, QRectF(rect.center().x() - side / 2, top, side, side), colour),
            WordsMark(laid, words, tone.ink, CENTRE),
        ]


def square(left: float, middle: float, side: float) -> QRectF:
    """A square at ``left``, centred on the height ``middle``."""
    return QRectF(left, middle - side / 2, side, side)


def two_lines(theme: Theme, laid: Laid, more: Laid | None, rect: QRectF, tone: Tone) -> list[Mark]:
    """A name and below it a quieter line, centred together in ``rect``."""
    if more is None:
        return [WordsMark(laid, rect, tone.ink, LEFT)]
    gap = theme.u(2)
    top = rect.center().y() - (laid.height + gap + more.height) / 2
    return [
        WordsMark(laid, QRectF(rect.x(), top, rect.width(), laid.height), tone.ink, TOP_LEFT),
        WordsMark(more, QRectF(rect.x(), top + laid.height + gap, rect.width(), more.height), tone.soft, TOP_LEFT),
    ]


@dataclass(frozen=True)
class FigureFace:
    """One character, for digit and letter pads."""

    label: str
    role: str = "greeting"

    def marks(self, theme: Theme, rect: QRectF, tone: Tone) -> list[Mark]:
        """The character in the middle."""
        laid = lay_out(theme, self.label, TextStyle(self.role, 600), rect.width())
        # Capitals and figures have no marks below: their middle is the middle of the key.
        down = QRectF(rect).translated(0, theme.size(self.role) * 0.029)
        return [WordsMark(laid, down, tone.ink, CENTRE)]


@dataclass(frozen=True)
class WayFace:
    """A way to identify: the drawing on a tint, the name, a line of help, an arrow."""

    label: str
    icon: str
    more: str = ""

    def marks(self, theme: Theme, rect: QRectF, tone: Tone) -> list[Mark]:
        """Icon box left, words in the middle, arrow right."""
        u = theme.u
        box = min(u(132), rect.height() - u(24))
        left = min(u(42), rect.width() * 0.06)
        side = box * 92 / 132
        plate = square(rect.x() + left, rect.center().y(), box)
        inner = square(plate.center().x() - side / 2, plate.center().y(), side)
        arrow = u(48) if rect.width() > u(420) else 0.0
        text = plate.right() + (u(36) if arrow else u(20))
        right = rect.right() - (u(44) + arrow + u(16) if arrow else u(16))
        room, tight = right - text, rect.height() < u(150)
        high = rect.height() - u(12)
        style = TextStyle("tile" if tight else "way", 700, lines=2)
        laid = lay_out(theme, self.label, style, room, high)
        more = None
        if self.more and not (tight and theme.large):
            more = lay_out(theme, self.more, TextStyle("label", 400, lines=1 if tight else 2), room)
            less = lay_out(theme, self.label, style, room, high - more.height)
            # The help line goes before the name shrinks for it.
            laid, more = (less, more) if less.step <= max(laid.step, 1) else (laid, None)
        marks: list[Mark] = [
            Panel(plate, u(24), tone.tint),
            Drawing(theme, self.icon, inner, tone.icon),
            *two_lines(theme, laid, more, QRectF(text, rect.y(), room, rect.height()), tone),
        ]
        if arrow:
            marks.append(
                Drawing(theme, "next", square(rect.right() - u(44) - arrow, rect.center().y(), arrow), tone.icon)
            )
        return marks
