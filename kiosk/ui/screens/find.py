"""Search by other words: a letter pad, and what was found as tiles. No accents, no layout to learn."""

from PySide6.QtCore import QRectF

from kiosk.flow.events import Action, Press
from kiosk.flow.presses import FIND_LENGTH
from kiosk.flow.views import FindBody
from kiosk.ui.screens.screen import Screen
from kiosk.ui.screens.tiles import tile_face, tile_kind
from kiosk.ui.widgets.faces import LEFT, FigureFace, LabelFace

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class FindScreen(Screen):
    """Each letter key sends the whole text so far with its letter."""

    def compose(self) -> None:
        """What was typed, what was found, the letters."""
        body, u = self.body(FindBody), self.u
        area = self.question(self.say("find.title"), self.say("find.text"))
        if self.grid.landscape:
            left, right = self.grid.split(area, [1.15, 1], 40, across=True)
            self._typed(QRectF(left.x(), left.y(), left.width(), u(92)), body.typed)
            self._pad(left.adjusted(0, u(92 + 20), 0, 0), body.typed)
            self._results(right, body)
            return
        pad = u(4 * 104 + 3 * 12) if not self.grid.low_reach else u(4 * 92 + 3 * 10)
        line = u(96 if not self.grid.low_reach else 84)
        pad_place = QRectF(area.x(), area.bottom() - pad, area.width(), pad)
        if self.grid.low_reach and self.grid.inform is not None:
            # Results are keys: they stay below with the letters, the typed line may be above.
            above = self.grid.inform
            self._typed(
                QRectF(above.x() + u(40), above.bottom() - line - u(36), above.width() - u(80), line), body.typed
            )
            self._results(QRectF(area.x(), area.y(), area.width(), area.height() - pad - u(16)), body)
        else:
            self._typed(QRectF(area.x(), area.y(), area.width(), line), body.typed)
            top = area.y() + line + u(24)
            self._results(QRectF(area.x(), top, area.width(), pad_place.top() - top - u(24)), body)
        self._pad(pad_place, body.typed)

    def _typed(self, place: QRectF, typed: str) -> None:
        u = self.u
        self.panel(place, "card", 20, border="accent")
        inner = place.adjusted(u(32), 0, -u(32), 0)
        if typed:
            self.words(typed, inner, "emphasis", align=LEFT, weight=700)
        else:
            self.words(self.say("find.example"), inner, "label", colour="ink_soft", align=LEFT)

    def _results(self, area: QRectF, body: FindBody) -> None:
        u = self.u
        if not body.results:
            if body.typed:
                place = QRectF(area.x(), area.y(), area.width(), min(area.height(), u(132)))
                self.notice(place, self.say("find.nothing"), "help", "tint")
            return
        count = len(body.results)
        # One under the other while they are few: a wrong door's name is long. Near the letters there is less room.
        columns = 1 if count <= 3 or self.grid.landscape else 2
        if self.grid.low_reach and not self.grid.landscape:
            columns = 2 if count <= 4 else 3
        gap = 12 if area.height() < u(420) or self.grid.landscape else 20
        places = self.grid.cells(area, count, columns, gap, 164 if columns == 1 else 214)
        for tile, place in zip(body.results, places, strict=True):
            face = tile_face(self.say, tile, brief=True)
            self.key(Press(tile.action, tile.value), place, face, kind=tile_kind(tile), gap=gap)

    def _pad(self, area: QRectF, typed: str) -> None:
        gap = 12 if not self.grid.low_reach else 10
        places = self.grid.cells(area, 28, 7, gap)
        full = len(typed) >= FIND_LENGTH
        for letter, place in zip(_LETTERS, places, strict=False):
            press = Press(Action.FIND_TEXT, typed if full else typed + letter)
            self.key_named(f"letter:{letter}", press, place, FigureFace(letter, "tile"), gap=gap)
        space = Press(Action.FIND_TEXT, typed if full or not typed or typed.endswith(" ") else typed + " ")
        self.key_named(
            "letter:space", space, places[26], LabelFace(self.say("find.space"), role="control", lines=2), gap=gap
        )
        shorter = Press(Action.FIND_TEXT, typed[:-1])
        face = LabelFace(self.say("find.delete"), "erase", "control", 600, above=True, icon_px=40)
        self.key_named("letter:delete", shorter, places[27], face, gap=gap)
