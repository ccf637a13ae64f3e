"""The face of a wide key that is one answer of several: name, a quieter line, perhaps a flag, an arrow."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF

from kiosk.ui.theme import Theme
from kiosk.ui.widgets.faces import LEFT, TOP_LEFT, Tone
from kiosk.ui.widgets.marks import Drawing, Mark, WordsMark
from kiosk.ui.widgets.text import TextStyle, lay_out


@dataclass(frozen=True)
class ChoiceFace:
    """One answer.

    Attributes:
        icon: Drawing at the left; empty for none.
        more: A quieter line.
        flag: A line of good news (*Có kết quả trong 15 phút*), with its icon; stands before ``more``.
    """

    label: str
    icon: str = ""
    more: str = ""
    flag: str = ""
    flag_icon: str = "clock"

    def marks(self, theme: Theme, rect: QRectF, tone: Tone) -> list[Mark]:
        """Icon, words in one block at the left, arrow at the right."""
        u = theme.u
        marks: list[Mark] = []
        left = rect.x() + u(36)
        if self.icon:
            side = u(60)
            marks.append(Drawing(theme, self.icon, QRectF(left, rect.center().y() - side / 2, side, side), tone.icon))
            left += side + u(28)
        arrow = u(44)
        marks.append(
            Drawing(
                theme,
                "next",
                QRectF(rect.right() - u(36) - arrow, rect.center().y() - arrow / 2, arrow, arrow),
                tone.icon,
            )
        )
        room = QRectF(left, rect.y() + u(6), rect.right() - u(52) - arrow - left, rect.height() - u(12))
        low = rect.height() < u(100)
        said = "" if theme.large and low else self.flag or self.more
        under = (
            lay_out(theme, said, TextStyle("note", 600 if self.flag else 400, leading=1.3), room.width())
            if said
            else None
        )
        rest = room.height() - (under.height if under else 0.0)
        lines = 2 if rest >= 2 * theme.size("emphasis") * 1.25 else 1
        name = lay_out(theme, self.label, TextStyle("emphasis", 700, lines=lines, leading=1.25), room.width(), rest)
        if under is None:
            return [*marks, WordsMark(name, room, tone.ink, LEFT)]
        top = room.center().y() - (name.height + under.height) / 2
        marks.append(WordsMark(name, QRectF(room.x(), top, room.width(), name.height), tone.ink, TOP_LEFT))
        line = QRectF(room.x(), top + name.height, room.width(), under.height)
        if not self.flag:
            return [*marks, WordsMark(under, line, tone.soft, TOP_LEFT)]
        side = under.height * 0.86
        marks.append(
            Drawing(theme, self.flag_icon, QRectF(line.x(), line.center().y() - side / 2, side, side), tone.good)
        )
        shifted = line.adjusted(side + u(10), 0, 0, 0)
        both = f"{self.flag}  ·  {self.more}" if self.more else self.flag
        wide = lay_out(theme, both, TextStyle("note", 600, leading=1.3), shifted.width())
        if wide.step > 0:
            wide = lay_out(theme, self.flag, TextStyle("note", 600, leading=1.3), shifted.width())
        return [*marks, WordsMark(wide, shifted, tone.good, TOP_LEFT)]
