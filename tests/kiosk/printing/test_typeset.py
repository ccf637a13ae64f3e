"""Text that fits, breaks well and keeps its marks."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from kiosk.printing import fonts
from kiosk.printing.blocks import Lines, on_paper, stack
from kiosk.printing.fonts import BOLD, EXTRA_BOLD
from kiosk.printing.typeset import Typesetter

LETTERS = "AĂÂBCDĐEÊGHIKLMNOÔƠPQRSTUƯVXYaăâeêioôơuưyđẬỂỖỮẰặểỗựẫ0123456789 ,.–-\u00a0"


@pytest.fixture(scope="module")
def typesetter() -> Typesetter:
    return Typesetter(fonts.Fonts(fonts.find_typeface()))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(LETTERS, max_size=120), width=st.integers(60, 560), most=st.integers(1, 3))
def test_every_line_fits_and_no_more_lines_than_asked(typesetter, text, width, most):
    setting = typesetter.fit(text, BOLD, (44, 36, 30, 25), width, most)
    assert 1 <= len(setting.lines) <= most
    assert all(typesetter.width(line, BOLD, setting.px) <= width for line in setting.lines)
    spoken = "".join(setting.lines)
    if not spoken.endswith("…"):
        assert spoken.replace(" ", "") == text.replace(" ", "")


def test_the_largest_size_that_fits_is_taken(typesetter):
    assert typesetter.fit("Chứng thực", BOLD, (44, 36), 560).px == 44
    name = "Người có công – Bảo trợ xã hội"
    px = typesetter.fit(name, BOLD, range(60, 20, -1), 552).px
    assert typesetter.width(name, BOLD, px) <= 552 < typesetter.width(name, BOLD, px + 1)


def test_one_line_in_smaller_letters_comes_before_two_in_larger(typesetter):
    assert len(typesetter.fit("Người có công – Bảo trợ xã hội", BOLD, (44, 34), 552, 2).lines) == 1


def test_a_break_after_a_comma_is_best(typesetter):
    setting = typesetter.fit("Số dự phòng, gọi theo giờ lấy 08:12", BOLD, (27,), 330, 2)
    assert setting.lines == ("Số dự phòng,", "gọi theo giờ lấy 08:12")


def test_a_middle_dot_gives_way_to_the_break(typesetter):
    setting = typesetter.fit("Tầng 2, nhà A · Đi thang máy B", BOLD, (27,), 330, 2)
    assert setting.lines == ("Tầng 2, nhà A", "Đi thang máy B")


def test_two_lines_are_about_as_long(typesetter):
    assert typesetter.fit("Tiếp nhận hồ sơ đất đai", BOLD, (40,), 330, 2).lines == ("Tiếp nhận", "hồ sơ đất đai")


def test_a_no_break_space_keeps_two_syllables_together(typesetter):
    lines = typesetter.fit("Đăng ký khai\u00a0sinh", BOLD, (40,), 260, 2).lines
    assert lines == ("Đăng ký", "khai\u00a0sinh")


def test_what_cannot_fit_ends_in_an_ellipsis(typesetter):
    setting = typesetter.fit("chữ " * 60, BOLD, (30, 26), 300, 2)
    assert len(setting.lines) == 2
    assert setting.lines[-1].endswith("…")


def test_a_word_longer_than_the_line_is_cut_in_pieces(typesetter):
    assert "".join(typesetter.wrap("x" * 80, BOLD, 26, 300).lines) == "x" * 80


def test_a_decomposed_text_is_set_composed(typesetter):
    assert typesetter.fit("A\u0302\u0323", BOLD, (30,), 300).lines == ("Ậ",)


@pytest.mark.parametrize("px", [25, 26, 30, 44, 50])
def test_stacked_marks_stay_inside_their_line(typesetter, px):
    line = Lines(typesetter.fonts, typesetter.fit("ẬỂỖỰ", BOLD, (px,), 560), 288)
    with_room = stack([(px, line), (px, stack(()))])
    assert ink(on_paper(line, 576)) == ink(on_paper(with_room, 576))


def ink(picture: Image.Image) -> int:
    return sum(picture.histogram()[:128])


def test_tracking_moves_letters_together(typesetter):
    loose = typesetter.tracked("A017", EXTRA_BOLD, 204, 0.0)[1]
    tight = typesetter.tracked("A017", EXTRA_BOLD, 204, -0.045)[1]
    assert loose - tight == pytest.approx(3 * 0.045 * 204)
    assert typesetter.tracked("", EXTRA_BOLD, 204, 0.0) == ((), 0.0)
