"""A screen whose help line must stay: it says what is still missing, or how to hold the card."""

from PySide6.QtCore import QRectF

from kiosk.ui.screens.screen import Screen
from kiosk.ui.widgets.faces import TOP_LEFT


class AskingScreen(Screen):
    """A question that may take two lines, and below it a help line that gives way to nothing."""

    def ask(self, title: str, more: str) -> QRectF:
        """Paint the question and its help; returns the place of the answers.

        Within low reach of an upright panel the help is left to the upper half, which the screen fills itself.
        """
        grid, u = self.grid, self.u
        if grid.landscape or grid.low_reach:
            return self.question(title, more, inform=False)
        area = self.question(title)
        # Without a help line the answers begin a line's height after the title.
        top = area.y() - u(16)
        said = self.lay(more, area.width(), "body", lines=2, leading=1.3)
        self.place(said, QRectF(area.x(), top, area.width(), said.height), colour="ink_soft", align=TOP_LEFT)
        area.setTop(max(grid.answers.y(), top + said.height + u(24)))
        return area
