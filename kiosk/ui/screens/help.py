"""Help: a person who comes, a search by other words, a place to go; and how the call stands."""

from kiosk.flow.events import Action
from kiosk.flow.views import HelpBody
from kiosk.ui.screens.message import MessageScreen
from kiosk.ui.widgets.faces import LabelFace, WayFace

_ICONS = {"ask": "help", "calling": "bell", "acknowledged": "check", "unanswered": "place"}


class HelpScreen(MessageScreen):
    """What can be done here, one key each; *Quay lại* is always the last."""

    def compose(self) -> None:
        """Message and keys."""
        body = self.body(HelpBody)
        title, text = self._words(body)
        calls = body.state in ("ask", "unanswered")
        count = 1 + int(calls) + int(body.can_find)
        icon = "emergency" if body.emergency and body.state != "acknowledged" else _ICONS[body.state]
        places = self.message(icon, title, text, count, most=180 if body.state == "ask" else 150)
        at = iter(places)
        if calls:
            self.key(Action.CALL_STAFF, next(at), self._call(body))
        if body.can_find:
            face = WayFace(self.say("help.find"), "queue", "" if self.theme.large else self.say("help.find_text"))
            self.key(Action.FIND, next(at), face)
        waiting = body.state in ("calling", "acknowledged")
        words = "help.go_on" if waiting else "help.close"
        face_close = LabelFace(self.say(words), "next" if waiting else "back", weight=600, lines=2)
        self.key(Action.CLOSE, next(at), face_close)

    def _words(self, body: HelpBody) -> tuple[str, str]:
        name = body.state
        title, text = f"help.{name}", f"help.{name}_text"
        if body.emergency and name != "ask":
            title = "help.emergency_acknowledged" if name == "acknowledged" else "help.emergency"
            text = "help.emergency_text" if name != "unanswered" else "help.emergency_unanswered_text"
            if name == "unanswered":
                title = "help.unanswered"
        if not body.place and f"{text}_plain" in self.say:
            text = f"{text}_plain"
        return self.say(title), self.say(text, place=body.place)

    def _call(self, body: HelpBody) -> WayFace:
        words = "help.call" if body.state == "ask" else "help.call_again"
        return WayFace(self.say(words), "person", "" if self.theme.large else self.say("help.call_text"))
