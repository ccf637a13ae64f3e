"""Bits and pictures."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image

from kiosk.printing.raster import preview, to_page

PICTURES = st.tuples(st.integers(1, 40), st.integers(1, 40)).flatmap(lambda size: arrays(bool, size))


@given(white=PICTURES)
def test_the_preview_gives_the_picture_back(white):
    page = to_page(Image.fromarray(white).convert("L"), ())
    assert (page.height, page.width) == white.shape
    assert len(page.bits) == page.height * ((page.width + 7) // 8)
    assert np.array_equal(np.asarray(preview(page)), white)


def test_rows_are_padded_with_white_and_begin_at_the_left():
    picture = Image.new("L", (10, 2), 255)
    picture.putpixel((0, 0), 0)
    picture.putpixel((9, 1), 0)
    assert to_page(picture, ()).bits == bytes([0x80, 0x00, 0x00, 0x40])
