"""Tokens made pixels: colours, fonts, sizes and drawings of one theme on one panel.

Use::

    theme = Theme(tokens, icons, accent="ward", mode="normal", scale=1.0)
    theme.u(24)                  # 24 px of the reference panel (1080 x 1920, 4.03 px a mm), in this panel's pixels
    theme.mm(20)                 # 20 mm in this panel's pixels
    theme.colour("ink_soft")     # a QColor; names are those of the tokens, accents included
    theme.font("tile")           # a QFont of a role of the tokens: size, weight, tracking; grows in large text
    theme.leading("tile")        # line height in em

Every size in screens and widgets is written in pixels of the reference panel and goes through ``u``: one such pixel is
1/4.03 mm, so that sizes are millimetres on every panel. `scale_for` fits the smallest windows.
"""

from dataclasses import dataclass
from functools import cached_property

from PySide6.QtGui import QColor, QFont

from kiosk.ui.icons import Icons
from kiosk.ui.tokens import Accent, Mode, Tokens

_TRACKING = {
    "ticket_number": "number",
    "hero": "hero",
    "question": "question",
    "greeting": "question",
    "start": "name",
    "figure": "name",
    "way": "name",
    "tile": "name",
}
_LEADING = {
    "ticket_number": "number",
    "hero": "heading",
    "question": "heading",
    "greeting": "heading",
    "way": "heading",
    "tile": "heading",
    "emphasis": "heading",
    "body": "body",
    "label": "body",
    "note": "body",
}
_GROWS = {
    "question": "question",
    "greeting": "question",
    "tile": "name",
    "way": "name",
    "emphasis": "body",
    "body": "body",
    "label": "body",
    "note": "body",
    "waiting": "waiting",
    "control": "control",
    "start": "control",
    "figure": "control",
}
PORTRAIT = (1080.0, 1920.0)
LANDSCAPE = (1920.0, 1080.0)


def scale_for(tokens: Tokens, width: float, height: float, density: float | None) -> float:
    """Pixels here for one pixel of the reference panel.

    Args:
        width: Of the window, in pixels.
        height: Of the window, in pixels.
        density: Pixels a millimetre of this panel, None to fit the window. A window too small for the real
            millimetres (``--windowed 540x960``) is fitted as well.
    """
    wide, high = LANDSCAPE if width > height else PORTRAIT
    fit = min(width / wide, height / high)
    return fit if density is None else min(fit, density / tokens.density)


@dataclass(frozen=True)
class Theme:
    """One theme on one panel.

    Attributes:
        scale: Pixels here for one pixel of the reference panel; see `scale_for`.
    """

    tokens: Tokens
    icons: Icons
    accent: Accent = "ward"
    mode: Mode = "normal"
    scale: float = 1.0

    def u(self, reference_px: float) -> float:
        """``reference_px`` of the reference panel in this panel's pixels."""
        return reference_px * self.scale

    def mm(self, millimetres: float) -> float:
        """Millimetres in this panel's pixels."""
        return millimetres * self.tokens.density * self.scale

    @property
    def large(self) -> bool:
        """Whether this is the large-text theme, which drops examples before it shrinks anything."""
        return self.mode == "large_text"

    @property
    def high_contrast(self) -> bool:
        """Whether this is the high-contrast theme: no tints, no lips."""
        return self.mode == "high_contrast"

    @cached_property
    def _palette(self) -> dict[str, QColor]:
        names = dict(self.tokens.accents[self.accent])
        names |= self.tokens.palettes["light" if self.mode == "normal" else self.mode]
        return {name: QColor(value) for name, value in names.items()}

    def colour(self, name: str) -> QColor:
        """The colour called ``name`` in the tokens."""
        return self._palette[name]

    @property
    def border(self) -> float:
        """Width of a key's border."""
        return self.u({"normal": 2.0, "large_text": 3.0, "high_contrast": 4.0}[self.mode])

    @property
    def lip(self) -> float:
        """Height of the lower lip of what can be pressed."""
        return 0.0 if self.high_contrast else self.u(6)

    def size(self, role: str) -> float:
        """Em size of a role here, in pixels."""
        grown = self.tokens.text_scale.get(_GROWS.get(role, ""), 1.0) if self.large else 1.0
        return self.u(self.tokens.roles[role].px * grown)

    def leading(self, role: str) -> float:
        """Line height of a role, in em; never so small that stacked marks are cut."""
        return self.tokens.leading[_LEADING.get(role, "one_line")]

    def font(self, role: str, weight: int | None = None, factor: float = 1.0, *, tabular: bool = False) -> QFont:
        """The font of a role.

        Args:
            weight: 400 to 800; None for the usual weight of the role.
            factor: Shrinks the size, for words too wide for their place.
            tabular: Figures of one width, wherever a figure can change.
        """
        size = max(1.0, self.size(role) * factor)
        font = QFont(list(self.tokens.families))
        font.setPixelSize(max(1, round(size)))
        font.setWeight(QFont.Weight(weight or self.tokens.roles[role].weight))
        tracking = self.tokens.tracking[_TRACKING.get(role, "body")]
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, tracking * size)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        if tabular:
            font.setFeature(QFont.Tag("tnum"), 1)
        return font
