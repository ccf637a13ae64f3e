"""Draws slips. Made once a thread, because opened fonts are what costs time."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from config.locale import Words
from drivers.readings import Page
from kiosk.printing import fonts
from kiosk.printing.blocks import on_paper, stack
from kiosk.printing.check_page import check_block, check_lines
from kiosk.printing.plain_text import columns_of, spare_lines, ticket_lines, wrapped
from kiosk.printing.raster import to_page
from kiosk.printing.slip import SpareSlip, TicketSlip
from kiosk.printing.spare_page import spare_block
from kiosk.printing.ticket_page import ticket_block
from kiosk.printing.typeset import Typesetter
from kiosk.printing.widths import WIDTH_80_MM

SPARES_A_PAGE = 10
"""A pad is printed in pieces, so that a roll that ends spoils few numbers."""


class SlipPainter:
    """Turns slips into pages. Not for two threads at once.

    Args:
        folders: Where fonts are looked for.

    Raises:
        FontsMissing: No typeface is installed (a `models.errors.TechnicianError`).
    """

    def __init__(self, folders: Sequence[Path] = fonts.FOLDERS) -> None:
        self._type = Typesetter(fonts.Fonts(fonts.find_typeface(folders)))

    def draw(self, slip: TicketSlip, width: int = WIDTH_80_MM) -> Page:
        """The ticket on paper of ``width`` dots, at most 720 high on wide paper without papers."""
        return to_page(on_paper(ticket_block(self._type, slip, width), width), ticket_lines(slip, width))

    def draw_spares(self, slips: Sequence[SpareSlip], words: Words, width: int = WIDTH_80_MM) -> Iterator[Page]:
        """A reserve pad, `SPARES_A_PAGE` slips a page with a cut mark below each."""
        for first in range(0, len(slips), SPARES_A_PAGE):
            piece = slips[first : first + SPARES_A_PAGE]
            block = stack([(0, spare_block(self._type, slip, words, width)) for slip in piece])
            text = tuple(line for slip in piece for line in spare_lines(slip, words, width))
            yield to_page(on_paper(block, width), text)

    def draw_check(self, about: Sequence[str], words: Words, width: int = WIDTH_80_MM) -> Page:
        """The technician's test page; ``about`` says which printer this is and when it was printed."""
        text = tuple(line for part in check_lines(words, about) for line in wrapped(part, columns_of(width)))
        return to_page(on_paper(check_block(self._type, words, about, width), width), text)
