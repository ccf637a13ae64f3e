"""01. Invite from five metres, explain at one; when no number can be had, say when."""

from typing import ClassVar

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent

from kiosk.flow.events import Action, Press
from kiosk.flow.views import WelcomeBody
from kiosk.ui.screens.screen import Screen
from kiosk.ui.widgets.faces import LEFT, LabelFace
from kiosk.ui.widgets.marks import Motif, Panel
from kiosk.ui.widgets.text import A_STEP

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
        ground = QRectF(0, 0, grid.whole.width(), grid.whole.height() - u(836 if not grid.landscape else 560))
        if grid.low_reach:
            ground.setBottom((grid.emergency or grid.answers).top() - u(24))
        self._ground(ground)
        title, text = self._invitation(body)
        if grid.low_reach:
            self._invite_low(ground, title, text, body)
        elif grid.landscape:
            self._invite_across(ground, title, text, body)
        else:
            self._invite(ground, title, text, body)
        top = ground.bottom() + (u(190 if not grid.landscape else 128) if grid.low_reach else 0)
        self._below(QRectF(grid.bottom.x(), top, grid.bottom.width(), grid.bottom.top() - top), body)

    def _ground(self, ground: QRectF) -> None:
        """The accent with the drum; in high contrast only a line, a yellow wall would dazzle."""
        u, theme = self.u, self.theme
        if theme.high_contrast:
            self.rule(QPointF(u(64), ground.bottom()), QPointF(ground.right() - u(64), ground.bottom()))
            return
        self.add(Panel(ground, 0, theme.colour("accent")))
        self.add(Motif(theme, QPointF(ground.right() - u(70), u(290)), u(524), ground))

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
        self._title(title, self._above(below), body)
        self._text(text, below)
        self._start(key, body)

    def _invite_low(self, ground: QRectF, title: str, text: str, body: WelcomeBody) -> None:
        """All that invites above, the key to start in the lower half."""
        u = self.u
        below = QRectF(u(64), ground.bottom() - u(116), ground.width() - u(128), u(72))
        self._title(title, self._above(below), body)
        self._text(text, below)
        left = below.x()
        if self.grid.emergency is not None:
            left = self.grid.emergency.right() + u(24)
        high = u(150 if not self.grid.landscape else 104)
        key = QRectF(left, ground.bottom() + u(24), self.grid.bottom.right() - left, high)
        self._start(key, body, kind="primary")

    def _invite_across(self, ground: QRectF, title: str, text: str, body: WelcomeBody) -> None:
        u = self.u
        whole = QRectF(u(64), 0, ground.width() - u(128), ground.height())
        left, right = self.grid.split(whole, [1.3, 1], 48, across=True)
        below = QRectF(left.x(), u(424), left.width(), u(72))
        self._title(title, self._above(below), body)
        self._text(text, below)
        self._start(QRectF(right.x(), ground.bottom() - u(262), right.width(), u(198)), body)

    def _above(self, below: QRectF) -> QRectF:
        """Where the title may stand, from the top bar down to the line below it."""
        top = self.grid.top_bar.bottom() + self.u(8)
        emergency = self.grid.emergency
        if emergency is not None and not self.grid.low_reach and not self.grid.landscape:
            top = emergency.bottom() + self.u(8)
        return QRectF(below.x(), top, below.width(), below.top() - top)

    def _text(self, text: str, place: QRectF) -> None:
        colour = "accent" if self.theme.high_contrast else "on_accent_soft"
        laid = self.lay(text, place.width(), "way", weight=500)
        if laid.step > 1:
            laid = self.lay(text, place.width(), "emphasis", weight=500)
        self.place(laid, place, colour=colour, align=LEFT)

    def _title(self, title: str, place: QRectF, body: WelcomeBody) -> None:
        inviting = body.state in _OPEN
        role = "hero" if inviting and not (self.grid.low_reach and self.grid.landscape) else "greeting"
        laid = self.lay(title, place.width(), role, leading=1.25, height=place.height())
        if laid.step > A_STEP or not inviting:
            laid = self.lay(title, place.width(), role, lines=2, leading=1.25, height=place.height())
        self.place(laid, place, colour="ink" if self.theme.high_contrast else "on_accent", align=_BOTTOM_LEFT)

    def _start(self, place: QRectF, body: WelcomeBody, kind: str = "") -> None:
        label = self.say("welcome.start" if body.state in _OPEN else "welcome.look")
        face = LabelFace(label, role="start", icon_px=64, arrow=True)
        self.key(Action.START, place, face, kind=kind or ("primary" if self.theme.high_contrast else "on_ground"))

    def _below(self, low: QRectF, body: WelcomeBody) -> None:
        u, across = self.u, self.grid.landscape
        top = low.top() + u(30 if across else 40)
        notice = u(60 if across else 96) if body.camera else 0.0
        end = low.bottom() - u(24 if across else 72) - notice - u(16)
        if self.grid.notice is not None and self.grid.notice.top() > top:
            end = min(end, self.grid.notice.top() - notice - u(24))
        area = QRectF(low.x(), top, low.width(), end - top)
        if body.interrupted:
            self._interrupted(area, body.interrupted)
        else:
            self._without_touch(area, body)
        if body.camera:
            self._camera(QRectF(low.x(), end + u(16), low.width(), notice), face=body.face)

    def _without_touch(self, area: QRectF, body: WelcomeBody) -> None:
        u, say = self.u, self.say
        head = u(56)
        # Where room is short the cards explain themselves.
        titled = area.height() > head + u(18 + 150)
        if titled:
            title = say("welcome.faster") if body.card else say("welcome.how")
            self.words(title, QRectF(area.x(), area.y(), area.width(), head), "emphasis", align=LEFT, weight=700)
        cards = area.adjusted(0, head + u(18), 0, 0) if titled else area
        if not body.card:
            cards.setHeight(min(cards.height(), u(330)))
            for index, place in enumerate(self.grid.columns(cards, 3), start=1):
                self._step_card(place, str(index), say(f"welcome.how_{index}"))
            return
        hospital = self.frame.profile == "hospital"
        shown = [("art-card-front", say("welcome.card_hospital" if hospital else "welcome.card"))]
        shown.append(("art-face", say("welcome.face")) if body.face else ("art-card-back", say("welcome.card_back")))
        for place, (art, words) in zip(self.grid.columns(cards, 2), shown, strict=True):
            self._card(place, art, words)

    def _card(self, place: QRectF, art: str, text: str) -> None:
        u = self.u
        self.panel(place)
        inner = place.adjusted(u(32), u(20), -u(24), -u(20))
        if place.height() < u(250):
            high = min(u(150), inner.height() if place.width() > u(600) else inner.height() * 0.5)
            side = QRectF(inner.x(), inner.center().y() - high / 2, high * 1.57, high)
            words = inner.adjusted(side.width() + u(28), 0, 0, 0)
            self.icon(art, side, "accent")
            self.words(text, words, "label", align=LEFT, weight=600, lines=4, leading=1.3)
            return
        said = self.lay(text, inner.width(), "label", weight=600, lines=3, leading=1.33)
        high = min(u(190), inner.height() - said.height - u(20))
        top = inner.center().y() - (high + u(20) + said.height) / 2
        self.icon(art, QRectF(inner.x() - u(4), top, high * 308 / 197, high), "accent")
        self.place(said, QRectF(inner.x(), top + high + u(20), inner.width(), said.height))

    def _step_card(self, place: QRectF, figure: str, text: str) -> None:
        u = self.u
        self.panel(place)
        inner = place.adjusted(u(28), u(16), -u(20), -u(16))
        high = min(u(104), inner.height() * 0.42)
        self.words(figure, QRectF(inner.x(), inner.y(), inner.width(), high), "way", colour="accent", align=LEFT)
        self.words(text, inner.adjusted(0, high, 0, 0), "label", weight=600, lines=3, leading=1.3)

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
        self.words(text, room, "note", colour="ink_soft", align=LEFT, weight=400, lines=3, leading=1.36)
