"""Words laid out as the look asks: lines break only between words, marks are never clipped, names shrink one step.

Qt would break a line after a slash or a dash too; here only a plain space may break (U+00A0 never does). A part between
two ``**`` is set strong. Where two lines are needed they are balanced, and a break after a comma is preferred.
"""

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from kiosk.ui.theme import Theme

STEPS = (1.0, 0.92, 0.84, 0.74, 0.62, 0.5)
"""Sizes tried in turn. Our own words need no more than `A_STEP`; an office's longest names may need more."""

A_STEP = 2
"""*A step smaller*, in places of `STEPS`."""

NO_BREAK = "\u00a0"
_LEAST_LEADING = 1.2
_INK_EM = 1.15
"""From the hook of an *Ẩ* to the dot of an *ậ*, measured on Inter."""

Run = tuple[str, bool]
Atom = tuple[Run, ...]
Line = tuple[Run, ...]


@dataclass(frozen=True)
class TextStyle:
    """How words are set.

    Attributes:
        role: A role of the tokens' ``[type]``.
        weight: None for the role's own.
        strong_weight: Weight of the parts between ``**``.
        lines: Lines allowed.
        tabular: Figures of one width.
        leading: Line height in em, None for the role's own.
        balance: Whether several lines are made about equally long.
    """

    role: str
    weight: int | None = None
    strong_weight: int = 700
    lines: int = 1
    tabular: bool = False
    leading: float | None = None
    balance: bool = True


@dataclass(frozen=True)
class Laid:
    """Words broken into lines at a size that fits, ready to paint.

    Attributes:
        step: How many sizes down from the role's own.
        fits: False when even the smallest size is too wide or too high: words would be cut.
    """

    source: str
    lines: tuple[Line, ...]
    font: QFont
    strong: QFont
    width: float
    line_height: float
    size: float
    step: int
    fits: bool

    @property
    def height(self) -> float:
        """Height of all line boxes."""
        return self.line_height * len(self.lines)

    @property
    def ink_height(self) -> float:
        """Height of what is painted, from the mark on a capital to the dot below; without the air of the line boxes."""
        return self.height - self.line_height + self.size * _INK_EM

    def paint(
        self,
        painter: QPainter,
        rect: QRectF,
        colour: QColor,
        align: Qt.AlignmentFlag,
        strong_colour: QColor | None = None,
    ) -> None:
        """Paint into ``rect``; ``align`` is a horizontal and a vertical flag."""
        middle = bool(align & Qt.AlignmentFlag.AlignVCenter)
        # Between the middle of the capitals and that of the small letters: marks above weigh the words upwards.
        to_base = self.line_height / 2 + self.size * (0.335 if middle else 0.364)
        top = rect.y()
        if middle:
            top = rect.center().y() - self.height / 2
        elif align & Qt.AlignmentFlag.AlignBottom:
            top = rect.bottom() - self.height
        for index, line in enumerate(self.lines):
            left = rect.x()
            width = _width(line, self.font, self.strong)
            if align & Qt.AlignmentFlag.AlignRight:
                left = rect.right() - width
            elif align & Qt.AlignmentFlag.AlignHCenter:
                left = rect.center().x() - width / 2
            for text, strong in line:
                font = self.strong if strong else self.font
                painter.setFont(font)
                painter.setPen(strong_colour if strong and strong_colour is not None else colour)
                painter.drawText(QPointF(left, top + to_base + index * self.line_height), text)
                left += QFontMetricsF(font).horizontalAdvance(text)


def lay_out(theme: Theme, text: str, style: TextStyle, width: float, height: float = 0.0) -> Laid:
    """Break ``text`` into lines no wider than ``width``, a step smaller only when it must be.

    Args:
        height: Room for all lines; 0 when only the number of lines counts.
    """
    tries = enumerate(STEPS)
    laid = next((one for step, f in tries if (one := _try(theme, text, style, width, height, step, f)).fits), None)
    return laid or _squeezed(theme, text, style, width, height)


def _squeezed(theme: Theme, text: str, style: TextStyle, width: float, height: float) -> Laid:
    """The last resort for an office's longest names: more lines where there is height, else fewer words."""
    last = len(STEPS) - 1
    for step in range(A_STEP, len(STEPS)) if height else ():
        lines = int(height / (theme.size(style.role) * STEPS[step] * _LEAST_LEADING))
        more = replace(style, lines=max(lines, style.lines), leading=_LEAST_LEADING)
        laid = _try(theme, text, more, width, height, step, STEPS[step])
        if laid.fits:
            return laid
    words = text.replace(NO_BREAK, " ").split(" ")
    for count in range(len(words) - 1, 0, -1):
        laid = _try(theme, " ".join(words[:count]).rstrip(",;") + "…", style, width, height, last, STEPS[A_STEP + 1])
        if laid.fits:
            return replace(laid, source=text)
    return _try(theme, text, style, width, height, last, STEPS[last])


def _try(theme: Theme, text: str, style: TextStyle, width: float, height: float, step: int, factor: float) -> Laid:
    font = theme.font(style.role, style.weight, factor, tabular=style.tabular)
    strong = theme.font(style.role, style.strong_weight, factor, tabular=style.tabular)
    size = theme.size(style.role) * factor
    line_height = size * (style.leading or (theme.leading(style.role) if style.lines > 1 else 1.25))
    lines: list[Line] = []
    for paragraph in _atoms(text):
        lines += _break(paragraph, font, strong, width, style.balance)
    widest = max((_width(line, font, strong) for line in lines), default=0.0)
    fits = widest <= width + 0.5 and len(lines) <= max(style.lines, 1)
    if height:
        fits = fits and len(lines) * line_height <= height + 0.5
    return Laid(text, tuple(lines), font, strong, widest, line_height, size, step, fits)


def _atoms(text: str) -> list[list[Atom]]:
    """Paragraphs of words; a word is one or more runs, so that a comma may follow a strong word."""
    paragraphs: list[list[Atom]] = []
    strong = False
    for paragraph in text.split("\n"):
        atoms: list[list[Run]] = [[]]
        for index, part in enumerate(paragraph.split("**")):
            if index:
                strong = not strong
            for at, word in enumerate(part.split(" ")):
                if at:
                    atoms.append([])
                if word:
                    atoms[-1].append((word, strong))
        paragraphs.append([tuple(atom) for atom in atoms if atom])
    return paragraphs


def _line(atoms: list[Atom]) -> Line:
    runs: list[Run] = []
    for index, atom in enumerate(atoms):
        for at, (text, strong) in enumerate(atom):
            joined = text if at or not index else " " + text
            if runs and runs[-1][1] == strong:
                runs[-1] = (runs[-1][0] + joined, strong)
            else:
                runs.append((joined, strong))
    return tuple(runs)


def _width(line: Line, font: QFont, strong: QFont) -> float:
    return sum(QFontMetricsF(strong if s else font).horizontalAdvance(text) for text, s in line)


def _greedy(atoms: list[Atom], font: QFont, strong: QFont, width: float) -> list[list[Atom]]:
    lines: list[list[Atom]] = []
    for atom in atoms:
        if lines and _width(_line([*lines[-1], atom]), font, strong) <= width:
            lines[-1].append(atom)
        else:
            lines.append([atom])
    return lines


def _break(atoms: list[Atom], font: QFont, strong: QFont, width: float, balance: bool) -> list[Line]:
    lines = _greedy(atoms, font, strong, width)
    if balance and len(lines) == 2:
        lines = _after_comma(atoms, lines, font, strong, width) or _in_two(atoms, lines, font, strong, width)
    elif balance and len(lines) > 2:
        lines = _balanced(atoms, lines, font, strong, width)
    return [_line(line) for line in lines]


def _after_comma(
    atoms: list[Atom], lines: list[list[Atom]], font: QFont, strong: QFont, width: float
) -> list[list[Atom]] | None:
    """Two lines that break after a comma or a full stop, where both fit."""
    for at in range(len(lines[0]), 0, -1):
        rest = atoms[at:]
        if atoms[at - 1][-1][0][-1] in ",.:?" and _width(_line(rest), font, strong) <= width:
            return [atoms[:at], rest]
    return None


def _in_two(atoms: list[Atom], lines: list[list[Atom]], font: QFont, strong: QFont, width: float) -> list[list[Atom]]:
    """Two lines about equally long; a Vietnamese word is often two syllables, so a break after an even number wins."""

    def cost(at: int) -> float:
        longest = max(_width(_line(atoms[:at]), font, strong), _width(_line(atoms[at:]), font, strong))
        return longest + (0.1 * width if at % 2 else 0.0) if longest <= width else float("inf")

    at = min(range(1, len(atoms)), key=cost)
    return [atoms[:at], atoms[at:]] if cost(at) < float("inf") else lines


def _balanced(atoms: list[Atom], lines: list[list[Atom]], font: QFont, strong: QFont, width: float) -> list[list[Atom]]:
    """The same number of lines, as narrow as can be."""
    low, high, best = 0.0, width, lines
    for _ in range(8):
        middle = (low + high) / 2
        tried = _greedy(atoms, font, strong, middle)
        if len(tried) == len(lines) and all(_width(_line(t), font, strong) <= middle for t in tried):
            high, best = middle, tried
        else:
            low = middle
    return best
