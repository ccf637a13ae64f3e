"""The parts of a page. Each knows its height and paints itself from a top edge; `stack` puts them on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from kiosk.printing.fonts import BOLD, EXTRA_BOLD, Fonts
from kiosk.printing.typeset import BASELINE, BLACK, WHITE, Setting, Typesetter, draw_line

CAP_HEIGHT = 0.727
"""Height of a capital over em, in Inter and near enough in Noto Sans."""

Sheet = ImageDraw.ImageDraw


class Block(Protocol):
    """A part of a page."""

    @property
    def height(self) -> int:
        """Dots from its top to its bottom edge."""

    def paint(self, sheet: Sheet, top: int) -> None:
        """Draw it with its upper edge at ``top``."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of text, centred around ``x`` or from it to the right."""

    fonts: Fonts
    setting: Setting
    x: int
    centred: bool = True
    fill: int = BLACK

    @property
    def height(self) -> int:
        """All lines."""
        return self.setting.height

    def paint(self, sheet: Sheet, top: int) -> None:
        """Baselines one leading apart."""
        baseline = top + round(self.setting.px * BASELINE)
        anchor = "ms" if self.centred else "ls"
        for line in self.setting.lines:
            place = (self.x, baseline)
            draw_line(
                sheet, self.fonts, line, place, self.setting.weight, self.setting.px, anchor=anchor, fill=self.fill
            )
            baseline += self.setting.leading


@dataclass(frozen=True, slots=True)
class BigNumber:
    """The ticket number, tight and whole; as high as its capitals, because digits have no marks."""

    fonts: Fonts
    characters: tuple[tuple[str, float], ...]
    px: int
    left: float

    @property
    def height(self) -> int:
        """A capital."""
        return round(self.px * CAP_HEIGHT)

    def paint(self, sheet: Sheet, top: int) -> None:
        """Each character at its own place."""
        for character, x in self.characters:
            place = (self.left + x, top + self.height)
            draw_line(sheet, self.fonts, character, place, EXTRA_BOLD, self.px)


def big_number(typesetter: Typesetter, number: str, px: int, width: int, margin: int) -> BigNumber:
    """``number`` centred on ``width``, at ``px`` or as much smaller as it must be to stay inside the margins."""
    characters, ink = typesetter.tracked(number, EXTRA_BOLD, px, TRACKING)
    room = width - 2 * margin
    if ink > room:
        px = int(px * room / ink)
        characters, ink = typesetter.tracked(number, EXTRA_BOLD, px, TRACKING)
    return BigNumber(typesetter.fonts, characters, px, (width - ink) / 2)


TRACKING = -0.045
"""Of the big number, in em."""


@dataclass(frozen=True, slots=True)
class Band:
    """White words on a black plate, or black ones in a frame."""

    fonts: Fonts
    setting: Setting
    left: int
    right: int
    padding: int
    radius: int
    filled: bool = True

    @property
    def height(self) -> int:
        """The words and the plate around them."""
        return self.setting.height + 2 * self.padding

    def paint(self, sheet: Sheet, top: int) -> None:
        """Plate first, then the words, centred on their x-height."""
        edges = (self.left, top, self.right - 1, top + self.height - 1)
        sheet.rounded_rectangle(edges, self.radius, fill=BLACK if self.filled else WHITE, outline=BLACK, width=3)
        middle = (self.left + self.right) // 2
        words = Lines(self.fonts, self.setting, middle, fill=WHITE if self.filled else BLACK)
        # A line's box has its capitals' middle at BASELINE - CAP_HEIGHT / 2, which is not the middle of the box.
        lift = round(self.setting.px * (BASELINE - CAP_HEIGHT / 2)) - self.setting.leading // 2
        words.paint(sheet, top + self.padding - lift)


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the page, whole or dashed."""

    left: int
    right: int
    thickness: int = 3
    dash: int = 0

    @property
    def height(self) -> int:
        """Its thickness."""
        return self.thickness

    def paint(self, sheet: Sheet, top: int) -> None:
        """Dashes are as long as the gaps between them."""
        step = 2 * self.dash or self.right - self.left
        for left in range(self.left, self.right, step):
            right = min(left + (self.dash or step), self.right)
            sheet.rectangle((left, top, right - 1, top + self.thickness - 1), fill=BLACK)


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code; its quiet zone is kept by whoever places it."""

    modules: NDArray[np.bool_]
    dots: int
    left: int

    @property
    def height(self) -> int:
        """The modules."""
        return len(self.modules) * self.dots

    def paint(self, sheet: Sheet, top: int) -> None:
        """Every module a square of ``dots``."""
        picture = Image.fromarray(np.kron(self.modules, np.ones((self.dots, self.dots), bool)))
        sheet.bitmap((self.left, top), picture, fill=BLACK)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the facts: a label at the left, a value at the right."""

    label: str = ""
    value: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """Facts one below the other, evenly spread over ``height``.

    Attributes:
        ruled: Index of the row with a line above it, or -1.
    """

    fonts: Fonts
    rows: tuple[Row, ...]
    px: int
    left: int
    right: int
    height: int
    label_weight: int
    ruled: int = -1

    def paint(self, sheet: Sheet, top: int) -> None:
        """Capitals in the middle of their row."""
        for index, row in enumerate(self.rows):
            row_top = top + self.height * index // len(self.rows)
            middle = top + self.height * (2 * index + 1) // (2 * len(self.rows))
            baseline = middle + round(self.px * CAP_HEIGHT / 2)
            weight = BOLD if row.strong else self.label_weight
            draw_line(sheet, self.fonts, row.label, (self.left, baseline), weight, self.px)
            draw_line(sheet, self.fonts, row.value, (self.right, baseline), BOLD, self.px, anchor="rs")
            if index == self.ruled:
                Rule(self.left, self.right).paint(sheet, row_top)


@dataclass(frozen=True, slots=True)
class Beside:
    """Two blocks side by side, each in the middle of the higher one."""

    first: Block
    second: Block

    @property
    def height(self) -> int:
        """The higher one."""
        return max(self.first.height, self.second.height)

    def paint(self, sheet: Sheet, top: int) -> None:
        """Both centred."""
        for block in (self.first, self.second):
            block.paint(sheet, top + (self.height - block.height) // 2)


@dataclass(frozen=True, slots=True)
class Ticked:
    """An empty box to tick and the words beside it."""

    words: Lines
    left: int

    @property
    def height(self) -> int:
        """The words."""
        return self.words.height

    def paint(self, sheet: Sheet, top: int) -> None:
        """The box stands on the first baseline, as high as a capital."""
        px = self.words.setting.px
        side = round(px * CAP_HEIGHT)
        foot = top + round(px * BASELINE)
        sheet.rectangle((self.left, foot - side, self.left + side - 1, foot - 1), fill=WHITE, outline=BLACK, width=2)
        self.words.paint(sheet, top)


@dataclass(frozen=True, slots=True)
class Stacked:
    """Blocks one below the other, each with the space above it."""

    parts: tuple[tuple[int, Block], ...]

    @property
    def height(self) -> int:
        """Blocks and spaces."""
        return sum(space + block.height for space, block in self.parts)

    def paint(self, sheet: Sheet, top: int) -> None:
        """From the top down."""
        for space, block in self.parts:
            block.paint(sheet, top + space)
            top += space + block.height


def stack(parts: Sequence[tuple[int, Block]]) -> Stacked:
    """Blocks from the top down, with the space above each in dots."""
    return Stacked(tuple(parts))


def on_paper(block: Block, width: int) -> Image.Image:
    """Draw ``block`` on a white sheet of its height: mode ``L``, 0 = black."""
    picture = Image.new("L", (width, block.height), WHITE)
    block.paint(ImageDraw.Draw(picture), 0)
    return picture
