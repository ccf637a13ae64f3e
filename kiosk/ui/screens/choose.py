"""02, 10. One field of ten in one look: every field visible, the same order everywhere."""

from PySide6.QtCore import QRectF

from kiosk.flow.events import Press
from kiosk.flow.views import ChooseBody, KeyView, TicketBody, Tile
from kiosk.ui.screens.screen import Screen
from kiosk.ui.screens.tiles import tile_face, tile_kind
from kiosk.ui.widgets.faces import LEFT, LabelFace


class ChooseScreen(Screen):
    """Tiles in two columns, three where they are many, five across."""

    def compose(self) -> None:
        """Question, the ticket just issued (where numbers come first), tiles, and the way for who is unsure."""
        body = self.body(ChooseBody)
        area = self.question(*self._title(body))
        if body.recent is not None:
            area = self._recent(area, body.recent)
        across = self.grid.landscape
        if body.unsure is not None and not across:
            area = self._unsure(area, body.unsure)
        cells = self._cells(area, len(body.tiles) + (1 if body.unsure is not None and across else 0))
        self._tiles(cells, body.tiles)
        if body.unsure is not None and across:
            self._unsure_cell(body.unsure, cells[-1])

    def _title(self, body: ChooseBody) -> tuple[str, str]:
        say = self.say
        after = body.recent is not None or self.frame.limit_seconds is None
        if body.groups:
            return say("choose.title_groups"), say("choose.text")
        if self.frame.profile == "hospital":
            return say("choose.title_hospital"), ""
        return say("choose.title"), say("choose.text_after" if after else "choose.text")

    def _unsure_cell(self, view: KeyView, place: QRectF) -> None:
        """As the last tile, where the screen lies down and rows are dear."""
        face = LabelFace(self.say(view.label, **view.facts), view.icon or "help", "label", icon_accent=True, lines=3)
        self.key(Press(view.action, view.value), place, face)

    def _unsure(self, area: QRectF, view: KeyView) -> QRectF:
        """*Chưa biết chọn khoa nào*: below the tiles; within low reach beside *Cấp cứu*, where there is room."""
        grid = self.grid
        words, icon = self.say(view.label, **view.facts), view.icon or "help"
        if grid.low_reach and grid.emergency is not None:
            beside = grid.emergency.translated(grid.emergency.width() + self.u(24), 0)
            face = LabelFace(words, icon, "label", icon_px=46, icon_accent=True, lines=2)
            self.key(Press(view.action, view.value), beside, face)
            return area
        height = self.u(112)
        place = QRectF(area.x(), area.bottom() - height, area.width(), height)
        face = LabelFace(words, icon, icon_px=52, icon_accent=True, arrow=True, align="left")
        self.key(Press(view.action, view.value), place, face)
        return area.adjusted(0, 0, 0, -height - self.u(22))

    def _gap(self, count: int) -> float:
        if self.grid.landscape:
            return 16 if count > 10 else 24
        return 24 if not self.grid.low_reach else 14 if count > 10 else 16

    def _cells(self, area: QRectF, count: int) -> list[QRectF]:
        most = 300 if self.grid.landscape else 240
        return self.grid.cells(area, count, self._columns(count), self._gap(count), most)

    def _tiles(self, cells: list[QRectF], tiles: tuple[Tile, ...]) -> None:
        for tile, place in zip(tiles, cells, strict=False):
            face = tile_face(self.say, tile, brief=self.theme.large or place.width() < self.u(400))
            self.key(Press(tile.action, tile.value), place, face, kind=tile_kind(tile), gap=self._gap(len(cells)))

    def _columns(self, count: int) -> int:
        if not self.grid.landscape:
            return 2
        if self.theme.large and count > 10:
            return 3
        return 5 if count > 8 else 4 if count > 6 else 3 if count > 2 else 2

    def _recent(self, area: QRectF, recent: TicketBody) -> QRectF:
        u, say = self.u, self.say
        strip = QRectF(area.x(), area.y(), area.width(), u(128))
        if self.grid.low_reach and self.grid.inform is not None:
            strip.moveBottom(self.grid.inform.bottom())
        self.panel(strip, "good_tint")
        inner = strip.adjusted(u(32), 0, -u(28), 0)
        number = self.lay(recent.ticket.number, inner.width() / 2, "greeting", weight=800)
        self.place(number, QRectF(inner.x(), inner.y(), number.width + 1, inner.height()), colour="accent", align=LEFT)
        room = inner.adjusted(number.width + u(36), u(6), 0, -u(6))
        words = say(recent.added) if recent.added else ""
        if not words:
            words = say("choose.recent_card") if recent.offers_card else say("choose.recent_paper")
        top, low = self.grid.rows(room, 2, 0)
        self.words(recent.service_name, top, "label", align=LEFT, weight=700)
        self.words(words, low, "note", align=LEFT, weight=500)
        if strip.bottom() <= area.top():
            return area
        return area.adjusted(0, strip.height() + u(20), 0, 0)
