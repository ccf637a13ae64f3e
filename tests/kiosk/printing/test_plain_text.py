"""The form for printers that cannot draw."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.printing.plain_text import ascii_form, opposed, ticket_lines


@given(text=st.text(max_size=60))
def test_always_printable_ascii(text):
    assert all(" " <= c <= "~" for c in ascii_form(text))


def test_every_vietnamese_letter_keeps_its_base():
    assert ascii_form("ĐIỂM PHỤC VỤ – Đặng Hữu Ước · khai\u00a0sinh…") == "DIEM PHUC VU - Dang Huu Uoc - khai sinh..."


@pytest.mark.parametrize(("width", "columns"), [(576, 42), (512, 42), (384, 32)])
def test_no_line_is_too_long(slip, width, columns):
    lines = ticket_lines(slip(service="ho-tich", procedure="1.001193", own_series=True, reprint=True), width)
    assert max(map(len, lines)) <= columns
    assert all(line == line.rstrip() for line in lines)


def test_the_same_words_as_on_the_picture(slip):
    assert ticket_lines(slip(), 576) == (
        "       Diem Phuc vu hanh chinh cong",
        "              Phuong Hoa Sen",
        "-" * 42,
        "                   A017",
        "                Chung thuc",
        "-" * 42,
        "         Khu cho tang 1, ben trai",
        "       Quay 2 hoac 3, xem bang goi",
        "Phia truoc con                    12 nguoi",
        "Du kien goi                    08:35-08:55",
        "Lay luc                   08:12 23/11/2026",
        "Lo luot trong 20 phut: den quay bao so",
        "Xin giu phieu so A017",
        "Co gia tri trong ngay",
    )


def test_a_label_too_long_for_its_value_stands_above_it():
    assert opposed("Phia truoc con", "12 nguoi", 20) == ["Phia truoc con", "            12 nguoi"]
