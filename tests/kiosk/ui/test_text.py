"""Words: broken only between words, never clipped, a step smaller only when they must."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.ui.app import make_application, theme_factory
from kiosk.ui.theme import Theme
from kiosk.ui.widgets.text import A_STEP, Laid, TextStyle, lay_out


@pytest.fixture(scope="module")
def theme() -> Theme:
    make_application()
    return theme_factory()("ward", "normal", 1080, 1920)


def lines(laid: Laid) -> list[str]:
    return ["".join(text for text, _ in line) for line in laid.lines]


def test_a_line_breaks_only_at_a_plain_space(theme: Theme) -> None:
    laid = lay_out(theme, "Ông/bà chờ 25–40 phút ở quầy A2-003", TextStyle("body", lines=9), 150)
    assert not any(line.startswith(("/", "–", "-", "bà", "40", "003")) for line in lines(laid))


def test_a_no_break_space_keeps_two_syllables_together(theme: Theme) -> None:
    laid = lay_out(theme, "Giấy khai\u00a0sinh, kết\u00a0hôn", TextStyle("body", lines=4), 230)
    assert all(not line.endswith(("khai", "kết")) for line in lines(laid))
    assert len(laid.lines) > 1


def test_two_lines_break_after_a_comma(theme: Theme) -> None:
    laid = lay_out(theme, "Thành lập, thay đổi, chấm dứt", TextStyle("note", lines=2), 300)
    assert lines(laid) == ["Thành lập, thay đổi,", "chấm dứt"]


def test_a_name_of_four_syllables_breaks_in_the_middle(theme: Theme) -> None:
    laid = lay_out(theme, "Chính sách xã hội", TextStyle("tile", lines=2), 290)
    assert lines(laid) == ["Chính sách", "xã hội"]


def test_strong_parts_keep_their_place(theme: Theme) -> None:
    laid = lay_out(theme, "Camera **đang hoạt động**, máy không lưu", TextStyle("note", lines=3), 4000)
    assert laid.lines == ((("Camera ", False), ("đang hoạt động", True), (", máy không lưu", False)),) or lines(
        laid
    ) == ["Camera đang hoạt động, máy không lưu"]
    assert ("đang hoạt động", True) in [(text.strip(), strong) for text, strong in laid.lines[0]]


def test_too_wide_shrinks_and_says_so(theme: Theme) -> None:
    easy = lay_out(theme, "Hộ tịch", TextStyle("tile"), 400)
    tight = lay_out(theme, "Hộ tịch", TextStyle("tile"), easy.width * 0.95)
    assert (easy.step, tight.step) == (0, 1)
    assert tight.width <= easy.width * 0.95 + 0.5


def test_what_cannot_fit_is_told(theme: Theme) -> None:
    laid = lay_out(theme, "Nghiêng", TextStyle("hero"), 40)
    assert not laid.fits
    assert laid.step > A_STEP


words = st.lists(
    st.sampled_from(
        ["Đăng", "ký", "hộ", "kinh", "doanh,", "Người", "có", "công", "và", "trợ", "cấp;", "Ẩm", "Ộ", "nghệ"]
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(parts=words, width=st.floats(120, 1200), most=st.integers(1, 4))
def test_no_word_is_cut_and_what_is_left_out_is_shown(theme: Theme, parts: list[str], width: float, most: int) -> None:
    laid = lay_out(theme, " ".join(parts), TextStyle("label", lines=most), width)
    shown = " ".join(lines(laid))
    if shown.endswith("…"):
        assert laid.step > A_STEP
        assert " ".join(parts).startswith(shown[:-1])
    else:
        assert shown.split() == parts
    if laid.fits:
        assert laid.width <= width + 0.5
        assert len(laid.lines) <= most
