"""01. Invite from five metres, explain at one; when no number can be had, say when."""

from typing import ClassVar

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent

from kiosk.flow.events import Action, Press
from kiosk.flow.views import WelcomeBody
from kiosk.ui.screens.screen import Screen
from kiosk.ui.widgets.faces import LEFT, LabelFace
from kiosk.ui.widgets.marks import Motif, Panel

_BOTTOM_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
_OPEN = ("open", "late")


class WelcomeScreen(Screen):
    """Touching anywhere starts; a card starts without touch."""

    on_accent: ClassVar[bool] = True
    spread: ClassVar[bool] = True

    def compose(self) -> None:
        """The accent ground with the invitation, below it what works without touching."""
        body, grid, u = self.body(WelcomeBody), self.grid, self.u
        # The accent ends where the lower part begins; extra height goes to the invitation.
        rest = u(836 if not grid.landscape else 500)
        ground = QRectF(0, 0, grid.whole.width(), grid.whole.height() - rest)
        self.add(Panel(ground, 0, self.theme.colour("accent")))
        if not self.theme.high_contrast:
            centre = QPointF(grid.whole.right() - u(70), u(290))
            self.add(Motif(self.theme, centre, u(524), ground))
        else:
            line = QRectF(0, ground.bottom() - u(4), ground.width(), u(4))
            self.add(Panel(line, 0, self.theme.colour("on_accent")))
        title, text = self._invitation(body)
        if grid.landscape:
            self._invite_across(ground, title, text, body)
        else:
            self._invite(ground, title, text, body)
        low = QRectF(grid.bottom.x(), ground.bottom(), grid.bottom.width(), grid.bottom.top() - ground.bottom())
        self._below(low, body)

    def under_clock(self) -> str | None:
        """Opening hours while a number can be had."""
        body = self.body(WelcomeBody)
        return self.say("welcome.until", time=body.until) if body.until and body.state in _OPEN else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Touching anywhere starts."""
        self.pressed.emit(Press(Action.START), event.globalPosition())

    def _invitation(self, body: WelcomeBody) -> tuple[str, str]:
        say, resumes = self.say, body.resumes
        if body.state in _OPEN:
            return say("welcome.title"), say("welcome.text")
        time = say.clock(resumes) if resumes is not None and self.frame.clock_sure else ""
        day = say.short_date(resumes.date()) if resumes is not None else ""
        later = say("welcome.next_day_text", day=day, time=time) if time else say("welcome.ask_text")
        if not body.today or not time:
            return say("welcome.day_full" if body.state == "session_full" else "welcome.closed"), later
        if body.state == "too_early":
            return say("welcome.too_early", time=time), say("welcome.too_early_text")
        if body.state in ("lunch", "session_full"):
            return say(f"welcome.{body.state}"), say(f"welcome.{body.state}_text", time=time)
        return say("welcome.closed"), later

    def _invite(self, ground: QRectF, title: str, text: str, body: WelcomeBody) -> None:
        u = self.u
        key = QRectF(u(64), ground.bottom() - u(258), ground.width() - u(128), u(198))
        below = QRectF(key.x(), key.top() - u(236), key.width(), u(72))
        left = key.width() if self.grid.emergency is None else key.width()
        above = QRectF(key.x(), u(160), left, below.top() - u(160) - u(2))
        if self.grid.emergency is not None:
            above.setTop(self.grid.emergency.bottom() + u(8))
        self._title(title, above, body)
        self.words(text, below, "way", colour="on_accent_soft", align=LEFT, weight=500)
        self._start(key, body)

    def _invite_across(self, ground: QRectF, title: str, text: str, body: WelcomeBody) -> None:
        u = self.u
        left, right = self.grid.columns(QRectF(u(64), 0, ground.width() - u(128), ground.height()), 2, 48)
        self._title(title, QRectF(left.x(), u(170), left.width(), u(240)), body)
        self.words(
            text, QRectF(left.x(), u(420), left.width(), u(72)), "way", colour="on_accent_soft", align=LEFT, weight=500
        )
        self._start(QRectF(right.x(), ground.bottom() - u(268), right.width(), u(198)), body)

    def _title(self, title: str, place: QRectF, body: WelcomeBody) -> None:
        role = "hero" if body.state in _OPEN else "greeting"
        laid = self.lay(title, place.width(), role, lines=2, leading=1.25, height=place.height())
        if (
            body.state in _OPEN
            and len(laid.lines) == 2
            and self.lay(title, place.width(), role, leading=1.25).step <= 1
        ):
            laid = self.lay(title, place.width(), role, leading=1.25)
        self.place(laid, place, colour="on_accent", align=_BOTTOM_LEFT)

    def _start(self, place: QRectF, body: WelcomeBody) -> None:
        label = self.say("welcome.start" if body.state in _OPEN else "welcome.look")
        face = LabelFace(label, role="start", icon_px=64, arrow=True)
        self.key(Action.START, place, face, kind="on_ground")

    def _below(self, low: QRectF, body: WelcomeBody) -> None:
        u = self.u
        top = low.top() + u(36 if self.grid.landscape else 40)
        notice = u(96) if body.camera else 0.0
        end = low.bottom() - u(28 if self.grid.landscape else 72) - notice - u(24)
        if self.grid.notice is not None:
            end = min(end, self.grid.notice.top() - notice - u(32))
        area = QRectF(low.x(), top, low.width(), end - top)
        if body.interrupted:
            self._interrupted(area, body.interrupted)
        else:
            self._without_touch(area, body)
        if body.camera:
            self._camera(QRectF(low.x(), end + u(16), low.width(), notice), face=body.face)

    def _without_touch(self, area: QRectF, body: WelcomeBody) -> None:
        u, say = self.u, self.say
        title = say("welcome.faster") if body.card else say("welcome.how")
        head = u(56)
        self.words(title, QRectF(area.x(), area.y(), area.width(), head), "emphasis", align=LEFT, weight=700)
        cards = QRectF(area.x(), area.y() + head + u(18), area.width(), area.height() - head - u(18))
        if not body.card:
            for index, place in enumerate(self.grid.columns(cards, 3), start=1):
                self._step_card(place, str(index), say(f"welcome.how_{index}"))
            return
        hospital = self.frame.profile == "hospital"
        shown = [("art-card-front", say("welcome.card_hospital" if hospital else "welcome.card"))]
        if body.face:
            shown.append(("art-face", say("welcome.face")))
        else:
            shown.append(("art-card-back", say("welcome.card_back")))
        for place, (art, words) in zip(self.grid.columns(cards, 2), shown, strict=True):
            self._card(place, art, words)

    def _card(self, place: QRectF, art: str, text: str) -> None:
        u = self.u
        self.panel(place)
        inner = place.adjusted(u(32), u(28), -u(24), -u(24))
        if self.grid.landscape:
            side = QRectF(inner.x(), inner.center().y() - u(66), u(212), u(132))
            words = QRectF(side.right() + u(32), inner.y(), inner.right() - side.right() - u(32), inner.height())
            self.icon(art, side, "accent")
            self.words(text, words, "label", align=LEFT, weight=600, lines=4, leading=1.3)
            return
        words_height = u(150)
        high = min(u(158), inner.height() - words_height)
        self.icon(art, QRectF(inner.x() - u(4), inner.y(), high * 308 / 197, high), "accent")
        room = QRectF(inner.x(), inner.y() + high + u(14), inner.width(), inner.bottom() - inner.y() - high - u(14))
        self.words(text, room, "label", weight=600, lines=3, leading=1.33)

    def _step_card(self, place: QRectF, figure: str, text: str) -> None:
        u = self.u
        self.panel(place)
        inner = place.adjusted(u(28), u(24), -u(20), -u(24))
        self.words(figure, QRectF(inner.x(), inner.y(), inner.width(), u(100)), "greeting", colour="accent")
        room = QRectF(inner.x(), inner.y() + u(110), inner.width(), inner.height() - u(110))
        self.words(text, room, "label", weight=600, lines=3, leading=1.3)

    def _interrupted(self, area: QRectF, number: str) -> None:
        u, say = self.u, self.say
        key_height = u(132)
        panel = QRectF(area.x(), area.y(), area.width(), area.height() - key_height - u(24))
        self.panel(panel, "notice_tint")
        inner = panel.adjusted(u(40), u(16), -u(40), -u(16))
        side = u(84)
        self.icon("printer", QRectF(inner.x(), inner.center().y() - side / 2, side, side), "notice")
        room = inner.adjusted(side + u(32), 0, 0, 0)
        title = self.lay(say("welcome.interrupted", number=number), room.width(), "way", lines=2)
        text = self.lay(say("welcome.interrupted_text"), room.width(), "label", lines=3)
        top = room.center().y() - (title.height + text.height) / 2
        self.place(title, QRectF(room.x(), top, room.width(), title.height))
        self.place(text, QRectF(room.x(), top + title.height, room.width(), text.height), colour="ink_soft")
        key = QRectF(area.x(), area.bottom() - key_height, area.width(), key_height)
        self.key(Action.REPRINT, key, LabelFace(say("welcome.reprint", number=number), "printer"))

    def _camera(self, place: QRectF, *, face: bool) -> None:
        u = self.u
        side = u(54)
        self.icon("camera", QRectF(place.x(), place.center().y() - side / 2, side, side))
        text = self.say("welcome.camera_face" if face else "welcome.camera")
        room = place.adjusted(side + u(24), 0, 0, 0)
        self.words(text, room, "waiting", colour="ink_soft", align=LEFT, weight=400, lines=3, leading=1.4)
