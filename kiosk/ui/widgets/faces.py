"""What stands on a key: words and drawings, laid out for the place and in the tone of the key's state."""

from dataclasses import dataclass, replace
from typing import Literal, Protocol

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor

from kiosk.ui.theme import Theme
from kiosk.ui.widgets.marks import Drawing, Mark, Panel, WordsMark
from kiosk.ui.widgets.text import A_STEP, Laid, TextStyle, lay_out

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
        pad = u(22 if self.align == "centre" else 34)
        room = rect.width() - 2 * pad - side - gap - after
        style = TextStyle(self.role, self.weight, lines=self.lines)
        laid = lay_out(theme, self.label, style, room, rect.height() - u(8))
        more = lay_out(theme, self.more, TextStyle("label", 400, lines=2), room) if self.more else None
        width = max(laid.width, more.width if more else 0.0)
        left = rect.x() + pad
        if self.align == "centre":
            left = rect.center().x() - (side + gap + width + after) / 2
        marks: list[Mark] = []
        accent = tone.icon if self.icon_accent else tone.ink
        if self.icon:
            marks.append(Drawing(theme, self.icon, _square(left, rect.center().y(), side), accent))
        marks += _two_lines(theme, laid, more, QRectF(left + side + gap, rect.y(), width, rect.height()), tone)
        if self.arrow:
            x = left + side + gap + width + u(24)
            if self.align == "left":
                x = rect.right() - pad - u(self.icon_px)
            marks.append(Drawing(theme, "next", _square(x, rect.center().y(), u(self.icon_px)), tone.icon))
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


def _square(left: float, middle: float, side: float) -> QRectF:
    return QRectF(left, middle - side / 2, side, side)


def _two_lines(theme: Theme, laid: Laid, more: Laid | None, rect: QRectF, tone: Tone) -> list[Mark]:
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
        plate = _square(rect.x() + left, rect.center().y(), box)
        inner = _square(plate.center().x() - side / 2, plate.center().y(), side)
        arrow = u(48) if rect.width() > u(420) else 0.0
        text = plate.right() + (u(36) if arrow else u(20))
        right = rect.right() - (u(44) + arrow + u(16) if arrow else u(16))
        room, tight = right - text, rect.height() < u(150)
        high = rect.height() - u(12)
        more = None
        if self.more and not (tight and theme.large):
            more = lay_out(theme, self.more, TextStyle("label", 400, lines=1 if tight else 2), room)
        laid = lay_out(
            theme,
            self.label,
            TextStyle("tile" if tight else "way", 700, lines=2),
            room,
            high - (more.height if more else 0),
        )
        marks: list[Mark] = [
            Panel(plate, u(24), tone.tint),
            Drawing(theme, self.icon, inner, tone.icon),
            *_two_lines(theme, laid, more, QRectF(text, rect.y(), room, rect.height()), tone),
        ]
        if arrow:
            marks.append(
                Drawing(theme, "next", _square(rect.right() - u(44) - arrow, rect.center().y(), arrow), tone.icon)
            )
        return marks


@dataclass(frozen=True)
class TileFace:
    """A field, group or clinic: icon top left, waiting top right, name, example or room.

    Attributes:
        place: Room and floor; stands in place of the example.
        waiting: The words of the figure, longest first (*4 người chờ*, *4 người*, *4*); empty hides it.
        nobody: The figure says that nobody waits: a tick, in green.
        why: Why it is at rest; stands in place of the example.
    """

    label: str
    icon: str
    example: str = ""
    place: str = ""
    waiting: tuple[str, ...] = ()
    nobody: bool = False
    why: str = ""

    def marks(self, theme: Theme, rect: QRectF, tone: Tone) -> list[Mark]:
        """In one row where the tile is low, else stacked."""
        if rect.height() < theme.u(118):
            return self._row(theme, rect, tone)
        if rect.height() < theme.u(176) and rect.width() > theme.u(400):
            return self._beside(theme, rect, tone)
        return self._stack(theme, rect, tone)

    def _stack(self, theme: Theme, rect: QRectF, tone: Tone) -> list[Mark]:
        u = theme.u
        pad = u(26)
        tall = rect.height() >= u(190)
        side = u(68 if tall else 60)
        inner = rect.adjusted(pad, u(24 if tall else 14), -pad, -u(8))
        # Text begins where the icon's box begins.
        icon = QRectF(inner.x(), inner.y(), side, side)
        marks: list[Mark] = [Drawing(theme, self.icon, icon, tone.icon)]
        marks += self._figure(theme, QRectF(icon.right(), icon.y(), inner.right() - icon.right(), side), tone)
        top = icon.bottom() + u(2 if rect.height() < u(240) else 8)
        room = QRectF(inner.x(), top, inner.width(), inner.bottom() - top)
        below = self._below(theme, room, lines=2 if room.height() > u(150) else 1)
        role = "tile" if rect.width() > u(320) else "emphasis"
        if below and not self.why and room.height() - below.height < theme.size(role) * 1.12:
            below = None
        left = room.height() - (below.height if below else 0.0)
        name = self._name(theme, role, room.width() + u(10), left)
        if not below:
            return [*marks, WordsMark(name, room.adjusted(0, 0, u(12), 0), tone.ink, LEFT)]
        marks.append(WordsMark(name, QRectF(room.x(), room.y(), name.width + 1, name.height), tone.ink, TOP_LEFT))
        place = QRectF(room.x(), room.y() + name.height, room.width() + u(12), below.height)
        return [*marks, WordsMark(below, place, tone.soft, TOP_LEFT)]

    def _name(self, theme: Theme, role: str, width: float, height: float) -> Laid:
        """One line, a little smaller if need be; else two lines, which a name of four words often takes."""
        one = lay_out(theme, self.label, TextStyle(role, 700, leading=1.28), width, height)
        if one.step == 0 or height < 2 * theme.size(role) * 1.1:
            return one
        two = lay_out(theme, self.label, TextStyle(role, 700, lines=2, leading=1.28), width, height)
        return one if one.step <= 1 or one.step < two.step else two

    def _below(self, theme: Theme, room: QRectF, lines: int) -> Laid | None:
        """Why it rests, or its room, or an example; large text does without examples."""
        said = self.why or self.place or ("" if theme.large else self.example)
        if not said:
            return None
        style = TextStyle("note", 600 if self.why else None, leading=1.25)
        # It may reach nearer to the edge than the name: it is help that may be missed.
        width = room.width() + theme.u(12)
        one = lay_out(theme, said, style, width)
        if one.step == 0 or (one.step <= A_STEP and (lines == 1 or self.place)):
            return one
        more = lay_out(theme, said, replace(style, lines=lines), width)
        # An example too long to be read is left out.
        return more if more.step <= A_STEP or self.why or self.place else None

    def _beside(self, theme: Theme, rect: QRectF, tone: Tone) -> list[Mark]:
        """Icon left, beside it the name, below the name the room and how many wait."""
        u = theme.u
        side = u(68)
        icon = _square(rect.x() + u(26), rect.center().y(), side)
        room = QRectF(
            icon.right() + u(20), rect.y() + u(8), rect.right() - u(20) - icon.right() - u(20), rect.height() - u(16)
        )
        name = self._name(theme, "tile", room.width(), theme.size("tile") * 1.3)
        figure = self._figure(theme, QRectF(0, 0, u(110), u(44)), tone, shortest=True)
        below = self._below(theme, room.adjusted(0, 0, -u(112) if figure else 0.0, 0), lines=1)
        high = theme.size("note") * 1.35
        top = room.center().y() - (name.height + (high if below or figure else 0)) / 2
        line = QRectF(room.x(), top + name.height, room.width(), high)
        marks: list[Mark] = [Drawing(theme, self.icon, icon, tone.icon)]
        marks.append(WordsMark(name, QRectF(room.x(), top, room.width(), name.height), tone.ink, TOP_LEFT))
        if below:
            marks.append(WordsMark(below, QRectF(line.x(), line.y(), line.width(), line.height()), tone.soft, LEFT))
        return marks + self._figure(theme, QRectF(line.right() - u(110), line.y(), u(110), high), tone, shortest=True)

    def _row(self, theme: Theme, rect: QRectF, tone: Tone) -> list[Mark]:
        u = theme.u
        side = u(54)
        icon = _square(rect.x() + u(24), rect.center().y(), side)
        marks: list[Mark] = [Drawing(theme, self.icon, icon, tone.icon)]
        right = rect.right() - u(24)
        if self.waiting and not self.why:
            marks += self._figure(theme, QRectF(right - u(110), rect.y(), u(110), rect.height()), tone, shortest=True)
            right -= u(96)
        room = QRectF(icon.right() + u(16), rect.y() + u(6), right - icon.right() - u(16), rect.height() - u(12))
        if self.why:
            name = lay_out(theme, self.label, TextStyle("emphasis", 700), room.width())
            why = lay_out(theme, self.why, TextStyle("control", 600), room.width())
            return marks + _two_lines(theme, name, why, room, tone)
        return [*marks, WordsMark(self._name(theme, "emphasis", room.width(), room.height()), room, tone.ink, LEFT)]

    def _figure(self, theme: Theme, rect: QRectF, tone: Tone, *, shortest: bool = False) -> list[Mark]:
        """How many wait: the longest words that fit; the drawing goes before the words get shorter than three."""
        if not self.waiting or self.why:
            return []
        u = theme.u
        side = u(36)
        style = TextStyle("waiting", 600, tabular=True)
        plain = shortest and self.nobody
        colour = tone.good if self.nobody and not plain else tone.soft
        laid, drawn = None, True
        for words in self.waiting[-1:] if shortest else self.waiting:
            laid = lay_out(theme, words, style, rect.width())
            drawn = laid.width + u(8) + side <= rect.width()
            if laid.step == 0 and (drawn or self.nobody):
                break
        if laid is None:
            return []
        marks: list[Mark] = [WordsMark(laid, rect, colour, RIGHT)]
        if drawn:
            name = "check" if self.nobody and not plain else "people"
            x = rect.right() - laid.width - u(10) - side
            marks.append(Drawing(theme, name, _square(max(x, rect.x()), rect.center().y(), side), colour))
        return marks
