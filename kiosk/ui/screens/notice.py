"""The designed endings: what is the matter, the good news first, and always a next step."""

from kiosk.flow.views import NoticeBody
from kiosk.ui.screens.message import MessageScreen


def _begun(sentence: str) -> str:
    """``sentence`` with a capital: it may begin with a fact that does not (*số 12 phố Hoa Sen*)."""
    return sentence[:1].upper() + sentence[1:]


class NoticeScreen(MessageScreen):
    """The words of an ending by its name, and its keys one below the other."""

    def compose(self) -> None:
        """Message and keys."""
        body, say = self.body(NoticeBody), self.say
        facts = {"number": body.number} | body.facts
        title = _begun(say(f"notice.{body.name}.title", **facts))
        text = _begun(say(f"notice.{body.name}.text", **facts))
        label = say("notice_screen.number") if body.number else ""
        places = self.message(body.icon, title, text, len(body.keys), number=body.number, label=label)
        for view, place in zip(body.keys, places, strict=True):
            self.key_view(view, place)
