"""The face of a tile: a field, a group or a clinic."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF

from kiosk.ui.theme import Theme
from kiosk.ui.widgets.faces import LEFT, RIGHT, TOP_LEFT, Tone, square, two_lines
from kiosk.ui.widgets.marks import Drawing, Mark, WordsMark
from kiosk.ui.widgets.text import A_STEP, Laid, TextStyle, lay_out


@dataclass(frozen=True)
class TileFace:
    """Icon top left, waiting top right, name, and below it a room, an example or why it rests.

    A lower tile puts the name beside the icon, the lowest is one row. Large text drops examples before it shrinks
    anything, and the figure before the name.

    Attributes:
        place: Room and floor; stands in place of the example.
        waiting: The words of the figure, longest first (*4 người chờ*, *4 người*, *4*); empty hides it.
        nobody: The figure says that nobody waits: a tick, in green.
        why: Why it is at rest; stands in place of example and room.
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
        low, wide = rect.height() < theme.u(118), rect.width() > theme.u(400)
        if low and not (wide and self.place and rect.height() > theme.u(96)):
            return self._row(theme, rect, tone)
        if wide and rect.height() < theme.u(150 if theme.large and not self.place else 176):
            return self._beside(theme, rect, tone)
        return self._stack(theme, rect, tone)

    def _stack(self, theme: Theme, rect: QRectF, tone: Tone) -> list[Mark]:
        u = theme.u
        tall = rect.height() >= u(190)
        side = u(68 if tall and not self.why else 56)
        inner = rect.adjusted(u(26), u(24 if tall and not self.why else 14), -u(26), -u(6))
        # Text begins where the icon's box begins.
        icon = QRectF(inner.x(), inner.y(), side, side)
        figure = QRectF(icon.right(), icon.y(), inner.right() - icon.right(), side)
        marks: list[Mark] = [Drawing(theme, self.icon, icon, tone.icon), *self._figure(theme, figure, tone)]
        top = icon.bottom() + u(2 if rect.height() < u(240) else 8)
        room = QRectF(inner.x(), top, inner.width(), inner.bottom() - top)
        below = self._below(theme, room, lines=2 if room.height() > u(150) else 1)
        tight = rect.width() < u(400 if self.place or (theme.large and self.why) else 320)
        role = "emphasis" if tight else "tile"
        if below and not (self.why or self.place) and room.height() - below.height < theme.size(role) * 1.12:
            below = None
        left = room.height() - (below.height if below else 0.0)
        name = self._name(theme, role, room.width() + u(10), left)
        if not below:
            return [*marks, WordsMark(name, room.adjusted(0, 0, u(12), 0), tone.ink, LEFT)]
        top = room.y() + min(u(8), max(0.0, room.height() - name.height - below.height) * 0.6)
        marks.append(WordsMark(name, QRectF(room.x(), top, name.width + 1, name.height), tone.ink, TOP_LEFT))
        place = QRectF(room.x(), top + name.height, room.width() + u(12), below.height)
        return [*marks, WordsMark(below, place, tone.soft, TOP_LEFT)]

    def _beside(self, theme: Theme, rect: QRectF, tone: Tone) -> list[Mark]:
        """Icon left, beside it the name, below the name the room and how many wait."""
        u = theme.u
        icon = square(rect.x() + u(24), rect.center().y(), u(64))
        room = QRectF(icon.right() + u(18), rect.y() + u(4), 0, rect.height() - u(8))
        room.setRight(rect.right() - u(18))
        high = theme.size("note") * 1.2 if theme.large else theme.size("waiting") * 1.3
        figure = bool(self.waiting) and not self.why and not theme.large
        below = self._below(theme, room.adjusted(0, 0, -u(112) if figure else 0.0, 0), lines=1)
        under = high if below or figure else 0.0
        name = self._name(theme, "emphasis" if theme.large else "tile", room.width() + u(6), room.height() - under)
        top = room.center().y() - (name.height + under) / 2
        line = QRectF(room.x(), top + name.height, room.width(), high)
        marks: list[Mark] = [Drawing(theme, self.icon, icon, tone.icon)]
        marks.append(WordsMark(name, QRectF(room.x(), top, name.width + 1, name.height), tone.ink, TOP_LEFT))
        if below:
            marks.append(WordsMark(below, line.adjusted(0, 0, u(12), 0), tone.soft, LEFT))
        if figure:
            place = QRectF(line.right() - u(110), line.y(), u(110), high)
            marks += self._figure(theme, place, tone, shortest=True)
        return marks

    def _row(self, theme: Theme, rect: QRectF, tone: Tone) -> list[Mark]:
        u = theme.u
        icon = square(rect.x() + u(22), rect.center().y(), u(52))
        marks: list[Mark] = [Drawing(theme, self.icon, icon, tone.icon)]
        room = QRectF(icon.right() + u(16), rect.y() + u(4), 0, rect.height() - u(8))
        room.setRight(rect.right() - u(18))
        if self.why:
            why = lay_out(theme, self.why, TextStyle("control", 600), room.width())
            name = lay_out(theme, self.label, TextStyle("emphasis", 700), room.width(), room.height() - why.height)
            return marks + two_lines(theme, name, why, room, tone)
        less = room.adjusted(0, 0, -u(88) if self.waiting else 0.0, 0)
        laid = self._name(theme, "emphasis", less.width(), less.height())
        if laid.step > A_STEP:
            return [*marks, WordsMark(self._name(theme, "emphasis", room.width(), room.height()), room, tone.ink, LEFT)]
        marks.append(WordsMark(laid, less, tone.ink, LEFT))
        place = QRectF(room.right() - u(110), rect.y(), u(110), rect.height())
        return marks + self._figure(theme, place, tone, shortest=True)

    def _name(self, theme: Theme, role: str, width: float, height: float) -> Laid:
        """One line, a little smaller if need be; else two lines, which a name of four words often takes."""
        one = lay_out(theme, self.label, TextStyle(role, 700, leading=1.25), width, height)
        if one.step <= 1:
            return one
        two = lay_out(theme, self.label, TextStyle(role, 700, lines=2, leading=1.25), width, height)
        best = two if two.step < one.step else one
        # A size of the tokens rather than an arbitrary one.
        return best if best.step <= A_STEP or role == "emphasis" else self._name(theme, "emphasis", width, height)

    def _below(self, theme: Theme, room: QRectF, lines: int) -> Laid | None:
        """Why it rests, or its room, or an example; an example too long to be read is left out."""
        said = self.why or self.place or ("" if theme.large else self.example)
        if not said:
            return None
        style = TextStyle("note", 600 if self.why else None, leading=1.25)
        # It may reach nearer to the edge than the name: it is help that may be missed.
        width = room.width() + theme.u(12)
        one = lay_out(theme, said, style, width)
        if one.step == 0 or (one.step <= A_STEP and (lines == 1 or self.place or self.why)):
            return one
        more = lay_out(theme, said, replace(style, lines=lines), width)
        return more if more.step <= A_STEP or self.why or self.place else None

    def _figure(self, theme: Theme, rect: QRectF, tone: Tone, *, shortest: bool = False) -> list[Mark]:
        """How many wait: the longest words that fit; that nobody waits is said without its tick where it is tight."""
        if not self.waiting or self.why:
            return []
        u = theme.u
        side, plain = u(36), shortest and self.nobody
        colour = tone.good if self.nobody and not plain else tone.soft
        said = self.waiting[-1:] if shortest else self.waiting
        laid = [lay_out(theme, words, TextStyle("waiting", 600, tabular=True), rect.width()) for words in said]
        drawn = [one.width + u(8) + side <= rect.width() for one in laid]
        fitting = (i for i, one in enumerate(laid) if one.step == 0 and (drawn[i] or self.nobody))
        at = next(fitting, len(laid) - 1)
        marks: list[Mark] = [WordsMark(laid[at], rect, colour, RIGHT)]
        if drawn[at]:
            x = max(rect.right() - laid[at].width - u(10) - side, rect.x())
            name = "check" if self.nobody and not plain else "people"
            marks.append(Drawing(theme, name, square(x, rect.center().y(), side), colour))
        return marks
