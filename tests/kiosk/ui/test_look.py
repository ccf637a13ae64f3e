"""The tokens hold what they promise, and the grid fits every panel."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QColor

from kiosk.ui.app import make_application, theme_factory
from kiosk.ui.grid import GUTTER, make_grid
from kiosk.ui.theme import scale_for
from kiosk.ui.tokens import read_tokens

INKS = [("ink", "paper"), ("ink", "card"), ("ink_soft", "paper"), ("ink_soft", "card"), ("good", "card")]
INKS += [("good", "good_tint"), ("on_accent", "accent"), ("ink", "accent_tint"), ("ink_soft", "accent_tint")]
INKS += [("on_accent_soft", "accent"), ("accent", "card"), ("notice", "notice_tint"), ("on_dark", "emergency")]


def luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("accent", ["ward", "hospital", "alternative"])
@pytest.mark.parametrize("mode", ["normal", "large_text", "high_contrast"])
@pytest.mark.parametrize(("ink", "ground"), INKS)
def test_words_stand_out_seven_to_one(accent: str, mode: str, ink: str, ground: str) -> None:
    make_application()
    theme = theme_factory()(accent, mode, 1080, 1920)
    light, dark = sorted((luminance(theme.colour(ink)), luminance(theme.colour(ground))), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 6.95


def test_a_millimetre_is_a_millimetre_on_every_panel() -> None:
    tokens = read_tokens()
    for density in (3.0, 4.03):
        scale = scale_for(tokens, 2000, 3600, density)
        theme = theme_factory(density)("ward", "normal", 2000, 3600)
        assert theme.mm(20) == pytest.approx(20 * density)
        assert scale == pytest.approx(density / tokens.density)


def test_a_small_window_is_fitted() -> None:
    assert scale_for(read_tokens(), 540, 960, 4.03) == pytest.approx(0.5)
    assert scale_for(read_tokens(), 960, 540, None) == pytest.approx(0.5)


def test_large_text_grows_words_and_not_sizes() -> None:
    normal = theme_factory()("ward", "normal", 1080, 1920)
    large = theme_factory()("ward", "large_text", 1080, 1920)
    assert large.size("tile") == pytest.approx(normal.size("tile") * 1.26)
    assert large.u(81) == normal.u(81)


@settings(max_examples=80, deadline=None)
@given(
    size=st.tuples(st.integers(480, 3840), st.integers(480, 3840)).filter(lambda s: 0.5 < s[0] / s[1] < 2),
    low_reach=st.booleans(),
    emergency=st.booleans(),
    notice=st.booleans(),
    more_time=st.booleans(),
)
def test_the_parts_of_the_grid_do_not_meet(
    size: tuple[int, int], low_reach: bool, emergency: bool, notice: bool, more_time: bool
) -> None:
    scale = scale_for(read_tokens(), *size, None)
    grid = make_grid(*size, scale, low_reach=low_reach, emergency=emergency, notice=notice, more_time=more_time)
    parts = [grid.top_bar, grid.answers, grid.time_left, grid.bottom]
    parts += [part for part in (grid.notice, grid.emergency, grid.more_time) if part is not None]
    for index, part in enumerate(parts):
        assert grid.whole.contains(part)
        for other in parts[index + 1 :]:
            together = part.intersected(other)
            assert together.width() < 1 or together.height() < 1
    assert grid.answers.height() > grid.u(2 * 81 + GUTTER)  # two rows of the least target (20 mm)
