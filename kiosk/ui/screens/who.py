"""03. Ways of equal ease: same size, weight and distance."""

from PySide6.QtCore import QRectF

from kiosk.flow.events import Action
from kiosk.flow.views import WhoBody
from kiosk.ui.screens.screen import Screen
from kiosk.ui.widgets.faces import LabelFace, WayFace

_ICONS = {Action.WAY_CARD: "scan", Action.WAY_TYPE: "keypad", Action.WAY_NONE: "ticket"}
_WORDS = {Action.WAY_CARD: "card", Action.WAY_TYPE: "type", Action.WAY_NONE: "none"}


class WhoScreen(Screen):
    """For whom, and how."""

    def compose(self) -> None:
        """The chosen field, the two keys *for whom*, the ways."""
        body = self.body(WhoBody)
        area = self.question_with_chip(self.say("who.title"), body.chip)
        if self.grid.landscape:
            left, ways = self.grid.split(area, [1, 2.2], 24, across=True)
            whom = self.grid.cells(left, 2, 1, 24, 140)
        else:
            height = self.u(108 if not self.grid.low_reach else 96)
            whom = self.grid.columns(QRectF(area.x(), area.y(), area.width(), height), 2)
            gap = self.u(28 if not self.grid.low_reach else 20)
            ways = area.adjusted(0, height + gap, 0, 0)
        self._for_whom(whom, on_behalf=body.on_behalf)
        for way, place in zip(body.ways, self.grid.cells(ways, len(body.ways), 1, 24, 280), strict=True):
            self.key(way, place, self._way(way, on_behalf=body.on_behalf), gap=24)

    def _for_whom(self, places: list[QRectF], *, on_behalf: bool) -> None:
        chosen = ((Action.FOR_SELF, "who.self", not on_behalf), (Action.FOR_OTHER, "who.other", on_behalf))
        for place, (action, words, set_) in zip(places, chosen, strict=True):
            face = LabelFace(
                self.say(words),
                "check" if set_ else "",
                "label",
                700 if set_ else 600,
                icon_px=44,
                icon_accent=True,
                lines=2,
            )
            self.key(action, place, face, kind="selected" if set_ else "plain")

    def _way(self, way: Action, *, on_behalf: bool) -> WayFace:
        name = _WORDS.get(way, way.value)
        title = f"who.{name}"
        if way == Action.WAY_CARD and self.frame.profile == "hospital":
            title = "who.card_hospital"
        other = on_behalf and way != Action.WAY_NONE
        return WayFace(
            self.say(title), _ICONS.get(way, "person"), self.say(f"who.{name}_text{'_other' if other else ''}")
        )
