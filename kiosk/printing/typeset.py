"""Text set into lines that fit: sizes step down, lines break between words, nothing is ever clipped.

Lengths are dots, 8 to the millimetre. Fonts have an em of ``px`` dots.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import ImageDraw

from kiosk.printing.fonts import Fonts
from models.text import nfc

BLACK, WHITE = 0, 255

LEADING = 1.28
"""Line height over em: room for two stacked marks (*Ậ, Ể*) under the descenders of the line above."""

BASELINE = 1.05
"""From the top of a line's box to its baseline, over em: as far as two marks on a capital reach."""

_NEARLY = 1.02
"""Hinting makes widths stray from proportion by less."""

_MOST_REMEMBERED = 2000

_GOOD_BREAK = (",", ":", ";", "·", "–", "-")


@dataclass(frozen=True, slots=True)
class Setting:
    """Lines of one weight and size."""

    lines: tuple[str, ...]
    weight: int
    px: int

    @property
    def leading(self) -> int:
        """Dots from one baseline to the next."""
        return round(self.px * LEADING)

    @property
    def height(self) -> int:
        """Dots of all lines together."""
        return self.leading * len(self.lines)


class Typesetter:
    """Measures and breaks text with one set of fonts. For one thread."""

    def __init__(self, fonts: Fonts) -> None:
        self.fonts = fonts
        self._widths: dict[tuple[str, int, int], int] = {}

    def width(self, text: str, weight: int, px: int) -> int:
        """Dots that ``text`` takes on one line; remembered, because most words are the same on every ticket."""
        key = (text, weight, px)
        known = self._widths.get(key)
        if known is None:
            if len(self._widths) >= _MOST_REMEMBERED:
                self._widths.clear()
            known = self._widths[key] = math.ceil(self.fonts.at(weight, px).getlength(text))
        return known

    def fit(self, text: str, weight: int, sizes: Sequence[int], width: int, most_lines: int = 1) -> Setting:
        """The largest of ``sizes`` in which ``text`` fits, on fewer lines rather than in larger letters.

        Text that does not fit at the smallest size in ``most_lines`` lines ends in an ellipsis.
        """
        words = _words(text)
        whole = " ".join(words)
        widest = self.width(whole, weight, sizes[0])
        for px in sizes:
            # Widths grow with the size, so one measure at the largest size rules out what is far too wide.
            if widest * px <= width * sizes[0] * _NEARLY and self.width(whole, weight, px) <= width:
                return Setting((whole,), weight, px)
        for lines in range(2, most_lines + 1):
            for px in sizes:
                if widest * px > width * sizes[0] * lines * _NEARLY:
                    continue
                found = self._break(words, weight, px, width, lines)
                if found is not None:
                    return Setting(found, weight, px)
        return Setting(self._cut(words, weight, sizes[-1], width, most_lines), weight, sizes[-1])

    def wrap(self, text: str, weight: int, px: int, width: int) -> Setting:
        """``text`` at one size on as many lines as it needs."""
        return Setting(tuple(self._fill(_words(text), weight, px, width)), weight, px)

    def tracked(self, text: str, weight: int, px: int, tracking: float) -> tuple[tuple[tuple[str, float], ...], float]:
        """Characters with their offsets, and the width from the first one's ink to the last one's.

        Args:
            tracking: Change of every distance, in em.
        """
        font = self.fonts.at(weight, px)
        places, x = [], 0.0
        for index, character in enumerate(text):
            if index:
                pair = text[index - 1 : index + 1]
                x += font.getlength(pair) - font.getlength(character) + tracking * px
            places.append((character, x))
        if not places:
            return (), 0.0
        left = font.getbbox(places[0][0], anchor="ls")[0]
        right = x + font.getbbox(places[-1][0], anchor="ls")[2]
        return tuple((character, at - left) for character, at in places), right - left

    def _break(self, words: Sequence[str], weight: int, px: int, width: int, lines: int) -> tuple[str, ...] | None:
        """``words`` on exactly ``lines`` lines or fewer, or None; two lines are broken at the best place."""
        if any(self.width(word, weight, px) > width for word in words):
            return None
        filled = self._fill(words, weight, px, width)
        if len(filled) > lines:
            return None
        if len(filled) != 2:
            return tuple(filled)
        return self._best_of_two(words, weight, px, width)

    def _best_of_two(self, words: Sequence[str], weight: int, px: int, width: int) -> tuple[str, str]:
        """A break after a comma is best, else the one that makes both lines alike."""

        def badness(cut: int) -> tuple[bool, bool, int]:
            upper, lower = (self.width(" ".join(part), weight, px) for part in (words[:cut], words[cut:]))
            after_comma = words[cut - 1].endswith(_GOOD_BREAK) and min(upper, lower) * 4 >= max(upper, lower)
            return max(upper, lower) > width, not after_comma, abs(upper - lower)

        cut = min(range(1, len(words)), key=badness)
        # A middle dot stands between two things on one line; between two lines the break does its work.
        return " ".join(words[:cut]).removesuffix(" ·"), " ".join(words[cut:])

    def _fill(self, words: Sequence[str], weight: int, px: int, width: int) -> list[str]:
        lines: list[str] = []
        for word in words:
            joined = f"{lines[-1]} {word}" if lines else word
            if lines and self.width(joined, weight, px) <= width:
                lines[-1] = joined
            else:
                lines.extend(self._chop(word, weight, px, width))
        return lines

    def _chop(self, word: str, weight: int, px: int, width: int) -> list[str]:
        """A word too long for a line, in pieces; any other word as it is."""
        pieces = [word]
        while len(pieces[-1]) > 1 and self.width(pieces[-1], weight, px) > width:
            rest = pieces.pop()
            end = next((n for n in range(len(rest) - 1, 1, -1) if self.width(rest[:n], weight, px) <= width), 1)
            pieces += [rest[:end], rest[end:]]
        return pieces

    def _cut(self, words: Sequence[str], weight: int, px: int, width: int, most_lines: int) -> tuple[str, ...]:
        lines = self._fill(words, weight, px, width)
        if len(lines) <= most_lines:
            return tuple(lines)
        last = lines[most_lines - 1]
        while last and self.width(f"{last}…", weight, px) > width:
            last = last[:-1].rstrip()
        return (*lines[: most_lines - 1], f"{last}…")


def _words(text: str) -> list[str]:
    """What may not be broken: split at plain spaces and line ends, not at no-break spaces."""
    return [word for word in nfc(text).replace("\n", " ").replace("\t", " ").split(" ") if word] or [""]


def draw_line(
    sheet: ImageDraw.ImageDraw,
    fonts: Fonts,
    text: str,
    place: tuple[float, float],
    weight: int,
    px: int,
    *,
    anchor: str = "ls",
    fill: int = BLACK,
) -> None:
    """One line with its baseline at ``place``: ``anchor`` is ``ls`` from, ``ms`` around, ``rs`` up to it."""
    sheet.text(place, text, font=fonts.at(weight, px), anchor=anchor, fill=fill)
