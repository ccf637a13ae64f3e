"""Short: the number is being taken. Words and a drawing, no spinner alone."""

from PySide6.QtCore import QRectF, Qt

from kiosk.flow.views import IssuingBody
from kiosk.ui.screens.screen import Screen

_CENTRE_TOP = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop


class IssuingScreen(Screen):
    """What happens now, and what comes next."""

    def compose(self) -> None:
        """The ticket in the middle, below it the words."""
        body, grid, u = self.body(IssuingBody), self.grid, self.u
        area = QRectF(grid.whole.x() + u(64), grid.question.top(), grid.whole.width() - u(128), 0)
        area.setBottom(grid.time_left.top())
        side = u(200 if not grid.landscape else 150)
        high = side + u(48) + self.theme.size("question") * 1.3 + self.theme.size("body") * 1.5 + u(90)
        y = area.center().y() - high / 2
        self.panel(QRectF(area.center().x() - side / 2, y, side, side), radius=48)
        inner = side * 0.62
        self.icon("ticket", QRectF(area.center().x() - inner / 2, y + (side - inner) / 2, inner, inner))
        y += side + u(48)
        title = self.words(
            self.say("issuing.title"), QRectF(area.x(), y, area.width(), 0), "question", align=_CENTRE_TOP
        )
        y += title.height + u(4)
        text = self.words(
            self.say("issuing.text"), QRectF(area.x(), y, area.width(), 0), "body", align=_CENTRE_TOP, colour="ink_soft"
        )
        y += text.height + u(24)
        self.words(body.chip.name, QRectF(area.x(), y, area.width(), 0), "emphasis", align=_CENTRE_TOP, weight=600)
