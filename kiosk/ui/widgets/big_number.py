"""The number of the day: bold, tight, whole, and as large as its box allows."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFontMetricsF

from kiosk.ui.theme import Theme
from kiosk.ui.widgets.faces import CENTRE, LEFT
from kiosk.ui.widgets.marks import WordsMark
from kiosk.ui.widgets.text import Laid

_LEAST = 0.15
"""Smaller than this a number is no longer the largest thing a person sees; no box of ours asks for it."""


class Figures(Laid):
    """Capitals and figures only: no mark above them, nothing below the line."""

    @property
    def ink_height(self) -> float:
        """Height of the capitals."""
        return self.height


def big_number(theme: Theme, number: str, rect: QRectF, colour: QColor, *, left: bool = False) -> WordsMark:
    """A ticket number in ``rect``: its capitals fill the height, or the whole of it the width; never wrapped.

    Args:
        left: At the left end of ``rect`` instead of in its middle.
    """
    full = theme.font("ticket_number")
    em, cap = theme.size("ticket_number"), theme.tokens.cap_height
    natural = max(1.0, QFontMetricsF(full).horizontalAdvance(number))
    factor = min(1.0, rect.width() / natural, rect.height() / (em * cap))
    font = theme.font("ticket_number", factor=factor)
    width = min(rect.width(), QFontMetricsF(font).horizontalAdvance(number))
    size = em * factor
    laid = Figures(number, (((number, False),),), font, font, width, size * cap, size, 0, factor >= _LEAST)
    # Capitals and figures have no marks below: their middle is the middle of the box.
    down = rect.translated(0, size * 0.029)
    return WordsMark(laid, down, colour, LEFT if left else CENTRE)
