"""04. Hold the card right at the first try: a mirror, one hint at a time, and the way out by its name."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from kiosk.flow.events import Action, ScanHint
from kiosk.flow.views import ScanBody
from kiosk.ui.screens.asking import AskingScreen
from kiosk.ui.theme import Theme
from kiosk.ui.widgets.faces import LEFT, TOP_LEFT, Tone
from kiosk.ui.widgets.live_picture import LivePicture
from kiosk.ui.widgets.marks import Drawing, Mark, WordsMark
from kiosk.ui.widgets.text import TextStyle, lay_out

_CARDS = (("art-card-front", "front"), ("art-card-back", "back"))
_ART = 300 / 189


@dataclass(frozen=True)
class WayOutFace:
    """A question and, strong, the act that answers it: *Thẻ không có mã QR? **Bấm số in trên thẻ***."""

    marked: str
    icon: str = "keypad"

    @property
    def label(self) -> str:
        """The words without their marks."""
        return self.marked.replace("**", "")

    def marks(self, theme: Theme, rect: QRectF, tone: Tone) -> list[Mark]:
        """Icon and words, centred together."""
        u = theme.u
        side, gap = u(46), u(26)
        lines = 2 if rect.width() < u(900) or theme.large else 1
        style = TextStyle("emphasis", 500, lines=lines, leading=1.25)
        laid = lay_out(theme, self.marked, style, rect.width() - u(64) - side - gap, rect.height() - u(8))
        left = rect.center().x() - (side + gap + laid.width) / 2
        words = QRectF(left + side + gap, rect.y(), laid.width + 1, rect.height())
        return [
            Drawing(theme, self.icon, QRectF(left, rect.center().y() - side / 2, side, side), tone.ink),
            WordsMark(laid, words, tone.soft, LEFT, tone.ink),
        ]


class ScanScreen(AskingScreen):
    """The live picture, both kinds of card, and the key for a card without a code."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = LivePicture(self)

    def show_frame(self, picture: object) -> None:
        """Show the next live picture; see `kiosk.ui.widgets.live_picture.image_of`."""
        self._picture.show_frame(picture)

    def hideEvent(self, event: QHideEvent) -> None:
        """Forget the last picture when the screen goes."""
        self._picture.forget()
        super().hideEvent(event)

    def words_shown(self) -> list[WordsMark]:
        """The words of the screen and those on the picture."""
        return [*super().words_shown(), *self._picture.words_shown()]

    @property
    def picture(self) -> LivePicture:
        """The live picture."""
        return self._picture

    def compose(self) -> None:
        """Picture, cards and key, one below the other or, across, the picture at the left."""
        body = self.body(ScanBody)
        title = self.say("scan.title" if body.camera else "scan.title_reader")
        area = self.ask(title, self._help(body))
        if self.grid.landscape:
            self._across(body, area)
        elif self.grid.low_reach and self.grid.inform is not None:
            self._mirror(self.grid.inform, body)
            cards = QRectF(area.x(), area.y() + self.u(16), area.width(), self._cards_height())
            self._cards(self.grid.columns(cards, 2))
            self._way_out(QRectF(area.x(), cards.bottom() + self.u(40), area.width(), self.u(140)), body)
        else:
            self._down(body, area)

    def _help(self, body: ScanBody) -> str:
        if body.on_behalf:
            return self.say("scan.text_other")
        if self.frame.profile == "hospital":
            return self.say("scan.text_hospital")
        return self.say("scan.text" if body.camera else "scan.text_reader")

    def _cards_height(self) -> float:
        return self.u(210 if self.theme.large else 176)

    def _down(self, body: ScanBody, area: QRectF) -> None:
        u = self.u
        key = QRectF(area.x(), area.bottom() - u(118), area.width(), u(118))
        high = self._cards_height()
        cards = QRectF(area.x(), key.top() - u(44) - high, area.width(), high)
        self._mirror(QRectF(area.x(), area.y(), area.width(), cards.top() - u(36) - area.y()), body)
        self._cards(self.grid.columns(cards, 2))
        self._way_out(key, body)

    def _across(self, body: ScanBody, area: QRectF) -> None:
        u, grid = self.u, self.grid
        whole = QRectF(area)
        if grid.low_reach and grid.inform is not None:
            whole.setTop(grid.inform.y())  # a picture is for reading: only the key must be within reach
        if grid.low_reach and grid.emergency is not None:
            # *Cấp cứu* stands in the left half: there stay the words, the picture goes to the right one.
            words, picture = grid.columns(whole, 2)
            high = u(132 if self.theme.large else 112)
            key = QRectF(words.x(), words.bottom() - high, words.width(), high)
            words.setTop(grid.emergency.bottom() + u(16))
            words.setBottom(key.top() - u(12))
            self._mirror(picture, body)
            self._cards(grid.columns(words, 2))
            self._way_out(key, body)
            return
        left, right = grid.split(whole, [1.75, 1], 48, across=True)
        self._mirror(left, body)
        key = QRectF(right.x(), right.bottom() - u(150), right.width(), u(150))
        self._cards(grid.rows(QRectF(right.x(), right.y(), right.width(), key.top() - u(24) - right.y()), 2, 16))
        self._way_out(key, body)

    def _mirror(self, place: QRectF, body: ScanBody) -> None:
        hint = body.hint if body.camera or body.hint is not ScanHint.LOOK else ScanHint.NO_CAMERA
        words = self.say(f"scan.hint_{hint.value}")
        self._picture.display(self.theme, place, words, read=hint is ScanHint.READ, camera=body.camera)
        self._picture.show()

    def _cards(self, places: list[QRectF]) -> None:
        """Where the code stands on each kind of card."""
        u = self.u
        for place, (art, name) in zip(places, _CARDS, strict=True):
            most = 200 if not self.theme.large else 170 if place.width() > u(450) else 116
            wide = min(u(most), place.width() * 0.44, place.height() * _ART)
            high = wide / _ART
            self.icon(art, QRectF(place.x(), place.center().y() - high / 2, wide, high), colour="ink_soft")
            room = QRectF(place.x() + wide + u(24), place.y(), place.width() - wide - u(24), place.height())
            title = self.lay(self.say(f"scan.card_{name}"), room.width(), "label", lines=2, weight=700, leading=1.25)
            rest = room.height() - title.height
            side = self.lay(
                self.say(f"scan.side_{name}"), room.width(), "label", height=rest, lines=2, weight=400, leading=1.25
            )
            if not side.fits or side.step > 1:
                self.place(title, room, align=LEFT)
                continue
            top = room.center().y() - (title.height + side.height) / 2
            self.place(title, QRectF(room.x(), top, room.width(), title.height), align=TOP_LEFT)
            below = QRectF(room.x(), top + title.height, room.width(), side.height)
            self.place(side, below, colour="ink_soft", align=TOP_LEFT)

    def _way_out(self, place: QRectF, body: ScanBody) -> None:
        """Filled once no code came in sight for a while: then it is the likeliest way on."""
        face = WayOutFace(self.say("scan.no_qr"))
        self.key(Action.WAY_TYPE, place, face, kind="primary" if body.no_qr else "plain")
