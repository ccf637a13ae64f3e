"""Fail-safe: the machine rests, where to go instead, and a code for whoever is called."""

from PySide6.QtCore import QRectF

from kiosk.flow.views import OutOfServiceBody
from kiosk.ui.screens.message import MessageScreen
from kiosk.ui.widgets.faces import CENTRE


class OutOfServiceScreen(MessageScreen):
    """Without keys of its own; a number that was given stays in sight."""

    def compose(self) -> None:
        """The message, with the number first when there is one; the code small, below."""
        body, say, grid, u = self.body(OutOfServiceBody), self.say, self.grid, self.u
        where = say("out_of_service.text", place=body.place) if body.place else say("out_of_service.text_plain")
        if body.number:
            title = say("out_of_service.number", number=body.number)
            text = f"{say('out_of_service.title')}. {where}"
            if not (self.theme.large or grid.landscape):
                text += f"\n{say('out_of_service.number_text')}"
        else:
            title, text = say("out_of_service.title"), where
        icon = "ticket" if body.number else "pause"
        self.message(icon, title, text, 0, number=body.number)
        if body.code:
            line = QRectF(grid.answers.x(), grid.answers.bottom() - u(64), grid.answers.width(), u(56))
            words = say("out_of_service.code", code=body.code)
            self.words(words, line, "label", colour="ink_soft", align=CENTRE, weight=400)
