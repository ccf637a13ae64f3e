"""02, 10. One field of ten in one look: every field visible, the same order everywhere."""

from PySide6.QtCore import QRectF

from kiosk.flow.events import Press
from kiosk.flow.views import ChooseBody, KeyView, TicketBody, Tile
from kiosk.ui.screens.screen import Screen
from kiosk.ui.screens.tiles import tile_face, tile_kind
from kiosk.ui.widgets.faces import LEFT, RIGHT, LabelFace


class ChooseScreen(Screen):
    """Tiles in two columns, three where they are many, five across."""

    def compose(self) -> None:
        """Question, the ticket just issued (where numbers come first), tiles, and the way for who is unsure."""
        body = self.body(ChooseBody)
        area = self.question(*self._title(body))
        if body.recent is not None:
            area = self._recent(area, body.recent)
        if body.unsure is not None:
            area = self._unsure(area, body.unsure)
        self._tiles(area, body.tiles)

    def _title(self, body: ChooseBody) -> tuple[str, str]:
        say = self.say
        after = body.recent is not None or self.frame.limit_seconds is None
        if body.groups:
            return say("choose.title_groups"), say("choose.text")
        if self.frame.profile == "hospital":
            return say("choose.title_hospital"), ""
        return say("choose.title"), say("choose.text_after" if after else "choose.text")

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

    def _tiles(self, area: QRectF, tiles: tuple[Tile, ...]) -> None:
        columns = self._columns(len(tiles))
        gap = (14 if len(tiles) > 10 else 16) if self.grid.low_reach else 24
        most = 300 if self.grid.landscape else 240
        places = self.grid.cells(area, len(tiles), columns, gap, most)
        for tile, place in zip(tiles, places, strict=True):
            face = tile_face(self.say, tile, brief=self.theme.large or place.width() < self.u(400))
            self.key(Press(tile.action, tile.value), place, face, kind=tile_kind(tile), gap=gap)

    def _columns(self, count: int) -> int:
        if self.grid.landscape:
            return 5 if count > 8 else 4 if count > 6 else 3 if count > 2 else 2
        return 2

    def _recent(self, area: QRectF, recent: TicketBody) -> QRectF:
        u, say = self.u, self.say
        strip = QRectF(area.x(), area.y(), area.width(), u(128))
        self.panel(strip, "good_tint")
        inner = strip.adjusted(u(32), 0, -u(28), 0)
        number = self.lay(recent.ticket.number, inner.width() / 2, "greeting", weight=800)
        self.place(number, QRectF(inner.x(), inner.y(), number.width + 1, inner.height()), colour="accent", align=LEFT)
        room = inner.adjusted(number.width + u(36), u(8), 0, -u(8))
        words = recent.added and say(recent.added)
        if not words:
            words = say("choose.recent_card") if recent.offers_card else say("choose.recent_paper")
        top, low = self.grid.rows(room, 2, 0)
        self.words(recent.service_name, top, "label", align=LEFT, weight=700)
        self.words(recent.place, top, "label", colour="ink_soft", align=RIGHT) if self.grid.landscape else None
        self.words(words, low, "label", align=LEFT, weight=500)
        return area.adjusted(0, strip.height() + u(20), 0, 0)
