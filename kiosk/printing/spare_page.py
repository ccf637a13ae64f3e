"""A reserve pad: slips printed ahead, cut apart by hand and given out when the power is gone."""

from dataclasses import dataclass

from config.locale import Words
from kiosk.printing.blocks import Band, Block, Lines, Rule, Sheet, Stacked, big_number, stack
from kiosk.printing.fonts import BOLD, MEDIUM, SEMI_BOLD, Fonts
from kiosk.printing.slip import SpareSlip
from kiosk.printing.typeset import BLACK, Typesetter, draw_line
from kiosk.printing.widths import is_wide

NUMBER_PX = 168
EDGE, MARGIN = 12, 24


@dataclass(frozen=True, slots=True)
class ToFill:
    """Labels with a line to write on; each takes its share of the width."""

    fonts: Fonts
    labels: tuple[tuple[str, int, float], ...]
    left: int
    right: int
    height: int = 60

    def paint(self, sheet: Sheet, top: int) -> None:
        """Labels and lines stand on one foot.

        ``labels`` are (words, their width in dots, share of the whole width).
        """
        foot, x = top + self.height - 8, float(self.left)
        for words, wide, share in self.labels:
            end = x + share * (self.right - self.left)
            draw_line(sheet, self.fonts, words, (x, foot - 2), MEDIUM, 26)
            sheet.rectangle((x + wide + 10, foot, end - 12, foot + 1), fill=BLACK)
            x = end


def spare_block(typesetter: Typesetter, slip: SpareSlip, words: Words, width: int) -> Stacked:
    """One slip with the cut mark below it."""
    middle, column, fonts = width // 2, width - 2 * MARGIN, typesetter.fonts

    def line(text: str, weight: int, sizes: tuple[int, ...], most: int = 2) -> Block:
        return Lines(fonts, typesetter.fit(text, weight, sizes, width - 2 * EDGE, most), middle)

    kind = typesetter.fit(words("pad.kind"), BOLD, (30, 28, 26), column - 2 * EDGE, 2)
    day, taken = (
        (label, typesetter.width(label, MEDIUM, 26), share)
        for label, share in ((words("pad.day"), 0.55), (words("pad.taken"), 0.45))
    )
    to_fill = [(day, taken)] if is_wide(width) else [((*day[:2], 1.0),), ((*taken[:2], 1.0),)]
    parts: list[tuple[int, Block]] = [
        (16, line(slip.line1, MEDIUM, (26, 25))),
        (0, line(slip.line2, BOLD, (30, 28, 26))),
        (12, big_number(typesetter, slip.number, NUMBER_PX, width, EDGE)),
        (12, line(slip.service, BOLD, (40, 36, 32, 30))),
    ]
    if slip.place:
        parts.append((0, line(slip.place, SEMI_BOLD, (32, 30, 28, 26))))
    parts += [
        (10, Band(fonts, kind, MARGIN, width - MARGIN, 6, 12, filled=False)),
        (8, line(words("pad.order"), SEMI_BOLD, (28, 26))),
        *((0, ToFill(fonts, labels, MARGIN, width - MARGIN)) for labels in to_fill),
        (20, Rule(0, width, thickness=2, dash=12)),
    ]
    return stack(parts)
