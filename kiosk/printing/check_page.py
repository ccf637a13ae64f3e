"""The technician's test page: shows at one look whether a printer is set up as the tickets need it."""

from collections.abc import Sequence
from dataclasses import dataclass

from config.locale import Words
from kiosk.printing.blocks import Block, Code, Lines, Rule, Sheet, Stacked, big_number, stack
from kiosk.printing.fonts import BOLD, MEDIUM, REGULAR, SEMI_BOLD, Fonts
from kiosk.printing.qr import qr_modules
from kiosk.printing.typeset import BLACK, Typesetter, draw_line

DOTS_PER_MM = 8
MARGIN = 24
SAMPLE_NUMBER = "A000"
"""Never issued: ordinals begin at 1."""


@dataclass(frozen=True, slots=True)
class Ruler:
    """Millimetres from the left edge to the right one, with bars at both edges and figures at each centimetre."""

    fonts: Fonts
    width: int
    height: int = 84

    def paint(self, sheet: Sheet, top: int) -> None:
        """A bar that is cut off or set in shows a wrong width."""
        for left in (0, self.width - DOTS_PER_MM):
            sheet.rectangle((left, top, left + DOTS_PER_MM - 1, top + self.height - 1), fill=BLACK)
        for mm in range(2, self.width // DOTS_PER_MM - 1):
            x, length = mm * DOTS_PER_MM, 44 if mm % 10 == 0 else 30 if mm % 5 == 0 else 16
            sheet.rectangle((x, top, x + 1, top + length - 1), fill=BLACK)
            if mm % 10 == 0:
                draw_line(sheet, self.fonts, str(mm // 10), (x, top + 72), MEDIUM, 26, anchor="ms")


@dataclass(frozen=True, slots=True)
class Bars:
    """Groups of upright bars, 1 to 6 dots wide with gaps as wide, and a chequered field."""

    left: int
    right: int
    height: int = 56

    def paint(self, sheet: Sheet, top: int) -> None:
        """Every group takes a sixth of the width."""
        each = (self.right - self.left) // 7
        for dots in range(1, 7):
            start = self.left + (dots - 1) * each
            for x in range(start, start + each - 12 - dots, 2 * dots):
                sheet.rectangle((x, top, x + dots - 1, top + self.height - 1), fill=BLACK)
        for y in range(top, top + self.height, 4):
            for x in range(self.left + 6 * each + (y - top) % 8, self.right - 3, 8):
                sheet.rectangle((x, y, x + 3, y + 3), fill=BLACK)


def check_block(typesetter: Typesetter, words: Words, about: Sequence[str], width: int) -> Stacked:
    """Title, what is known of the printer, ruler, bars, Vietnamese sample, a number and a QR code.

    Args:
        about: Lines such as the driver's name, its address and the time.
    """
    fonts, middle = typesetter.fonts, width // 2

    def line(text: str, weight: int, px: int) -> Block:
        return Lines(fonts, typesetter.fit(text, weight, (px, 28, 26, 25), width - 2 * MARGIN, 3), middle)

    code = Code(qr_modules(f"{SAMPLE_NUMBER} {width}"), 6, 0)
    centred = Code(code.modules, code.dots, (width - code.height) // 2)
    return stack(
        [
            (12, line(words("check_page.title"), BOLD, 40)),
            *((0, line(text, REGULAR, 26)) for text in about),
            (16, Ruler(fonts, width)),
            (0, line(words("check_page.edges"), MEDIUM, 26)),
            (0, line(words("check_page.scale"), MEDIUM, 26)),
            (16, Bars(MARGIN, width - MARGIN)),
            (0, line(words("check_page.density"), MEDIUM, 26)),
            (12, Rule(MARGIN, width - MARGIN)),
            (12, line(words("check_page.sample"), BOLD, 44)),
            (0, line(words("check_page.sentence"), SEMI_BOLD, 30)),
            (16, big_number(typesetter, SAMPLE_NUMBER, 150, width, MARGIN)),
            (24, centred),
            (16, line(words("check_page.code"), MEDIUM, 26)),
            (16, Rule(0, width, thickness=8)),
        ]
    )


def check_lines(words: Words, about: Sequence[str]) -> tuple[str, ...]:
    """What a printer that cannot draw is asked to print."""
    return (words("check_page.title"), *about, SAMPLE_NUMBER, "0123456789" * 4)
