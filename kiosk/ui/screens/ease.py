"""*Chữ to*: larger words, contrast, low reach. What is set is sunk; a touch elsewhere sets that."""

from dataclasses import dataclass
from typing import get_args

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from kiosk.flow.events import Action, Press
from kiosk.flow.views import EaseBody, Theme
from kiosk.ui.screens.screen import Screen
from kiosk.ui.theme import Theme as Look
from kiosk.ui.widgets.faces import CENTRE, LEFT, LabelFace, Tone
from kiosk.ui.widgets.marks import Drawing, Mark, Panel, WordsMark
from kiosk.ui.widgets.text import TextStyle, lay_out


@dataclass(frozen=True)
class SampleFace:
    """A way to see: a sample of its letters (or a drawing), its name, a quieter line.

    Attributes:
        sample: ``normal``, ``large_text``, ``high_contrast``, or the name of a drawing.
    """

    label: str
    sample: str
    more: str = ""
    chosen: bool = False

    def marks(self, theme: Look, rect: QRectF, tone: Tone) -> list[Mark]:
        """Sample left, words right; upright where the key is narrow."""
        u = theme.u
        box = min(u(112), rect.height() - u(28))
        narrow = rect.width() < u(440) and rect.height() > u(170)
        pad = u(28 if rect.width() > u(520) else 18)
        plate = QRectF(rect.x() + pad, rect.center().y() - box / 2, box, box)
        if narrow:
            box = min(u(96), rect.height() * 0.44)
            plate = QRectF(rect.center().x() - box / 2, rect.y(), box, box)
        if narrow:
            style, width = TextStyle("label", 700, lines=2, leading=1.25), rect.width() - u(24)
            laid = lay_out(theme, self.label, style, width, rect.height() - box - u(24))
            plate.moveTop(rect.center().y() - (box + u(8) + laid.height) / 2)
            room = QRectF(rect.x() + u(12), plate.bottom() + u(8), width, laid.height)
            return [*self._sample(theme, plate, tone), WordsMark(laid, room, tone.ink, CENTRE)]
        marks = self._sample(theme, plate, tone)
        right = rect.right() - pad
        if self.chosen:
            side = u(44)
            marks.append(
                Drawing(theme, "check", QRectF(right - side, rect.center().y() - side / 2, side, side), tone.icon)
            )
            right -= side + u(12)
        room = QRectF(plate.right() + pad, rect.y() + u(6), right - plate.right() - pad, rect.height() - u(12))
        name = lay_out(
            theme, self.label, TextStyle("emphasis", 700, lines=2, leading=1.25), room.width(), room.height()
        )
        if not self.more or rect.width() < u(520) or room.height() < name.height + theme.size("note") * 1.3:
            return [*marks, WordsMark(name, room, tone.ink, LEFT)]
        more = lay_out(theme, self.more, TextStyle("note", leading=1.3), room.width())
        top = room.center().y() - (name.height + more.height) / 2
        marks.append(WordsMark(name, QRectF(room.x(), top, room.width(), name.height), tone.ink, LEFT))
        below = QRectF(room.x(), top + name.height, room.width(), more.height)
        return [*marks, WordsMark(more, below, tone.soft, LEFT)]

    def _sample(self, theme: Look, plate: QRectF, tone: Tone) -> list[Mark]:
        if self.sample not in get_args(Theme):
            inset = plate.width() * 0.16
            return [
                Panel(plate, theme.u(20), tone.tint),
                Drawing(theme, self.sample, plate.adjusted(inset, inset, -inset, -inset), tone.icon),
            ]
        palettes = theme.tokens.palettes
        palette = palettes["high_contrast" if self.sample == "high_contrast" else "light"]
        roles = ("start", "way", "emphasis") if self.sample == "large_text" else ("emphasis", "waiting", "control")
        role = next((role for role in roles if theme.size(role) * 1.4 <= plate.width()), roles[-1])
        laid = lay_out(theme, "Aa", TextStyle(role, 700), plate.width())
        return [
            Panel(plate, theme.u(20), QColor(palette["paper"]), QColor(palette["edge"]), theme.u(2)),
            WordsMark(laid, plate, QColor(palette["ink"]), CENTRE),
        ]


class EaseScreen(Screen):
    """Three looks, two reaches, *Xong*."""

    def compose(self) -> None:
        """Groups with their names; within low reach all keys in the lower half."""
        self.body(EaseBody)
        u, grid = self.u, self.grid
        low = grid.low_reach
        area = self.question(self.say("ease.title"), "" if low else self.say("ease.text"))
        if grid.landscape:
            done = QRectF(area.x(), area.bottom() - u(104 if low else 130), area.width(), u(100 if low else 126))
            rest = QRectF(area.x(), area.y(), area.width(), done.top() - u(24) - area.y())
            if low:
                self._looks(grid.columns(QRectF(rest.x(), rest.y(), rest.width() * 0.6 - u(12), rest.height()), 3))
                reach = QRectF(
                    rest.x() + rest.width() * 0.6 + u(12), rest.y(), rest.width() * 0.4 - u(12), rest.height()
                )
                self._reaches(grid.columns(reach, 2))
            else:
                looks, reach = grid.columns(rest, 2, 48)
                self._looks(grid.cells(self._named(looks, "ease.letters"), 3, 1, 20, 150))
                self._reaches(grid.cells(self._named(reach, "ease.reach"), 2, 1, 20, 150))
        elif low:
            looks, reach, done = grid.split(area, [216, 132, 116], 24)
            self._looks(grid.columns(looks, 3))
            self._reaches(grid.columns(reach, 2))
        else:
            done = QRectF(area.x(), area.bottom() - u(150), area.width(), u(140))
            looks = self._named(QRectF(area.x(), area.y(), area.width(), u(56 + 3 * 172 + 2 * 24)), "ease.letters")
            self._looks(grid.rows(looks, 3))
            reach = QRectF(area.x(), looks.bottom() + u(36), area.width(), 0)
            reach.setBottom(min(done.top() - u(36), reach.y() + u(56 + 190)))
            self._reaches(grid.columns(self._named(reach, "ease.reach"), 2))
        self.key(Action.CLOSE, done, LabelFace(self.say("ease.done"), "check", "way", icon_px=52), kind="primary")

    def _named(self, area: QRectF, name: str) -> QRectF:
        """Paint the name of a group; returns the place of its keys."""
        laid = self.words(self.say(name), QRectF(area.x(), area.y(), area.width(), 0), "label", weight=600)
        return area.adjusted(0, laid.height + self.u(8), 0, 0)

    def _looks(self, places: list[QRectF]) -> None:
        for look, place in zip(get_args(Theme), places, strict=True):
            chosen = self.frame.theme == look
            face = SampleFace(self.say(f"ease.{look}"), look, self.say(f"ease.{look}_text"), chosen)
            self.key(Press(Action.SET_THEME, look), place, face, kind="selected" if chosen else "plain")

    def _reaches(self, places: list[QRectF]) -> None:
        for reach, icon, place in zip(("normal", "low"), ("person", "reach"), places, strict=True):
            chosen = (reach == "low") == self.frame.low_reach
            face = SampleFace(self.say(f"ease.reach_{reach}"), icon, chosen=chosen)
            self.key(Press(Action.SET_REACH, reach), place, face, kind="selected" if chosen else "plain")
