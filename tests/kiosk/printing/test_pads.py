"""Reserve pads and the technician's test page."""

import numpy as np
import pytest
import zxingcpp

from kiosk.printing.painter import SPARES_A_PAGE
from kiosk.printing.raster import preview
from kiosk.printing.slip import spare_slips


@pytest.mark.parametrize("width", [576, 384])
def test_a_pad_of_a_hundred_comes_in_pieces_with_every_number(painter, ward, vi, width):
    numbers = [f"C2-{ordinal}" for ordinal in range(101, 126)]
    pages = list(painter.draw_spares(spare_slips(ward, ward.services[2], numbers, "vi", vi), vi, width))
    assert len(pages) == 25 // SPARES_A_PAGE + 1
    printed = [line.strip() for page in pages for line in page.text if line.strip() in numbers]
    assert printed == numbers
    assert all(page.width == width for page in pages)


def test_slips_of_a_pad_are_alike_and_end_in_a_cut_mark(painter, ward, vi):
    (page,) = painter.draw_spares(spare_slips(ward, ward.services[0], ["A2-101", "A2-101"], "vi", vi), vi)
    dots = ~np.asarray(preview(page))
    upper, lower = np.split(dots, 2)
    assert np.array_equal(upper, lower)
    assert 0.4 < upper[-1].mean() < 0.6


def test_the_text_of_a_pad_says_that_it_was_printed_ahead(painter, ward, vi):
    (page,) = painter.draw_spares(spare_slips(ward, ward.services[0], ["A2-101"], "vi", vi), vi)
    said = " ".join(" ".join(page.text).split())
    assert "So du phong, in truoc Goi theo gio lay Ngay ..../..../..... Lay luc ....:...." in said
    assert max(map(len, page.text)) <= 42


@pytest.mark.parametrize("width", [576, 384])
def test_the_test_page_reaches_both_edges_and_its_code_reads(painter, vi, width):
    page = painter.draw_check(["escpos-tcp, 192.0.2.10:9100", "23/11/2026 08:12"], vi, width)
    dots = ~np.asarray(preview(page))
    assert dots[:, 0].sum() == dots[:, -1].sum() > 80
    found = zxingcpp.read_barcodes(preview(page).convert("L"), formats=zxingcpp.BarcodeFormat.QRCode)
    assert [code.text for code in found] == [f"A000 {width}"]
    assert "escpos-tcp, 192.0.2.10:9100" in page.text
