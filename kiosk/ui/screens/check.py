"""The last look before the number: what was chosen, for whom, and one filled key."""

from PySide6.QtCore import QRectF

from kiosk.flow.events import Action
from kiosk.flow.views import CheckBody
from kiosk.ui.screens.screen import Screen
from kiosk.ui.widgets.faces import LEFT, TOP_LEFT, LabelFace


class CheckScreen(Screen):
    """A card of facts, then *Lấy số*."""

    def compose(self) -> None:
        """Facts on a card for reading; below them, or beside them across, the keys."""
        body, u = self.body(CheckBody), self.u
        area = self.question(self.say("check.title"), inform=False)
        facts = self._facts(body)
        if self.grid.low_reach and not self.grid.landscape and self.grid.inform is not None:
            self._card(self.grid.inform, facts)
            self._keys(area.adjusted(0, u(8), 0, 0), body)
            return
        if self.grid.landscape:
            left, right = self.grid.split(area, [1.7, 1], 48, across=True)
            self._card(QRectF(left.x(), left.y(), left.width(), min(left.height(), u(124) * len(facts) + u(48))), facts)
            self._keys(right, body)
            return
        keys = u(190 + (132 + 24 if body.can_say_priority else 0) + (100 if self._later(body) else 0))
        room = area.height() - keys - u(40)
        height = min(room, u(150) * len(facts) + u(48))
        self._card(QRectF(area.x(), area.y(), area.width(), height), facts)
        self._keys(QRectF(area.x(), area.y() + height + u(40), area.width(), keys), body)

    def _facts(self, body: CheckBody) -> list[tuple[str, str, str]]:
        """Icon, label and value of each line."""
        say, chip = self.say, body.chip
        hospital = self.frame.profile == "hospital"
        facts = [(chip.icon, say("check.field_hospital" if hospital else "check.field"), chip.name)]
        if body.procedure:
            facts.append(("ticket", say("check.procedure"), body.procedure))
        who = body.masked_name or body.masked_number or say("check.anonymous")
        facts.append(("person", say("check.person_other" if body.on_behalf else "check.person"), who))
        if body.masked_name and body.masked_number:
            facts.append(("card", say("check.number"), body.masked_number))
        if body.priority:
            facts.append(("star", say("check.priority"), body.priority))
        wait = self.waiting_words(chip)
        if wait:
            brief = self.theme.large or self.grid.low_reach
            facts.append(("clock", say("check.waiting"), wait[-1 if brief else 0]))
        return facts

    def _card(self, place: QRectF, facts: list[tuple[str, str, str]]) -> None:
        u = self.u
        self.panel(place, "card", border="line")
        rows = self.grid.rows(place.adjusted(u(40), u(20), -u(40), -u(20)), len(facts), 0)
        for index, (row, (icon, label, value)) in enumerate(zip(rows, facts, strict=True)):
            if index:
                self.rule(row.topLeft(), row.topRight())
            side = min(u(64), row.height() * 0.6)
            self.icon(icon, QRectF(row.x(), row.center().y() - side / 2, side, side))
            room = row.adjusted(u(100), 0, 0, 0)
            if row.height() < u(96):
                across = self.grid.split(room, [1, 2.2], 16, across=True)
                self.words(label, across[0], "note", colour="ink_soft", align=LEFT)
                self.words(value, across[1], "emphasis", align=LEFT, weight=700)
                continue
            small = self.lay(label, room.width(), "note")
            big = self.lay(
                value, room.width(), "emphasis", lines=2, height=row.height() - small.height, weight=700, leading=1.25
            )
            top = row.center().y() - (small.height + big.height) / 2
            self.place(small, QRectF(room.x(), top, room.width(), small.height), colour="ink_soft", align=TOP_LEFT)
            self.place(big, QRectF(room.x(), top + small.height, room.width(), big.height), align=TOP_LEFT)

    def _later(self, body: CheckBody) -> str:
        if body.later_from is not None:
            at = body.later_from
            return self.say("check.later", time=at) if at else self.say("check.later_plain")
        if body.late is not None:
            return self.say("check.late", time=body.late) if body.late else self.say("check.late_plain")
        return ""

    def _keys(self, place: QRectF, body: CheckBody) -> None:
        u = self.u
        top = place.y()
        warning = self._later(body)
        if warning:
            self.notice(QRectF(place.x(), top, place.width(), u(92)), warning, "clock")
            top += u(92 + 24)
        if body.can_say_priority:
            key = QRectF(place.x(), top, place.width(), u(120))
            self.key(Action.SAY_PRIORITY, key, LabelFace(self.say("check.say_priority"), "star", weight=600, lines=2))
            top += u(120 + 24)
        face = LabelFace(self.say("check.confirm"), "check", "start", icon_px=64)
        height = min(u(190), place.bottom() - top)
        self.key(Action.CONFIRM, QRectF(place.x(), top, place.width(), height), face, kind="primary")
