"""The drawn ticket: nothing clipped, never too long, readable by phones and by eye."""

import shutil
import subprocess
from dataclasses import replace

import numpy as np
import pytest
import zxingcpp
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kiosk.printing.raster import preview
from models.numbering import PREFIX_LETTERS, Number
from models.service import Place, Service
from models.text import Text

PREFIXES = st.text(PREFIX_LETTERS, min_size=1, max_size=2)
NUMBERS = st.builds(Number, PREFIXES, st.integers(1, 999_999), st.none() | st.integers(1, 9999)).map(str)
SYLLABLES = st.sampled_from(
    ["Người", "có", "công", "–", "Bảo", "trợ", "xã", "hội,", "Ẩm", "thực", "Đất", "đai", "ỄỖỘ", "nghiêng", "Trường"]
)
NAMES = st.lists(SYLLABLES, max_size=9).map(" ".join)
LONG = "Trung tâm Phục vụ hành chính công thành phố Hà Nội, chi nhánh số 12, điểm tiếp nhận phường Nghĩa Đô"


def black(page):
    return ~np.asarray(preview(page))


def decode(page):
    return zxingcpp.read_barcodes(preview(page).convert("L"), formats=zxingcpp.BarcodeFormat.QRCode)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    number=NUMBERS,
    names=st.tuples(NAMES, NAMES, NAMES, NAMES, NAMES),
    width=st.sampled_from([576, 512, 384]),
    language=st.sampled_from(["vi", "en"]),
    reprint=st.booleans(),
    later=st.booleans(),
    own=st.booleans(),
    base=st.sampled_from([None, "https://q.vn", "https://motcua.example.vn", "https://" + "x" * 110 + ".vn"]),
)
@example("WW9999-999999", (LONG,) * 5, 576, "en", True, True, True, "https://" + "x" * 110 + ".vn")
@example("WW9999-999999", (LONG,) * 5, 512, "vi", True, True, True, "https://" + "x" * 110 + ".vn")
def test_any_ticket_is_whole_and_short_enough(
    painter, slip, ward, number, names, width, language, reprint, later, own, base
):
    service = Service("x", "A", Text(names[0]), area=Place(Text(names[1])), room=Place(Text(names[2]), Text(names[3])))
    office = replace(ward, line1=Text(names[4]), line2=Text(names[1]), services=(service,), follow_base=base)
    paper = slip(
        office,
        number=number,
        service="x",
        language=language,
        reprint=reprint,
        own_series=own,
        not_before="2026-11-23T13:00:00+07:00" if later else None,
    )
    page = painter.draw(paper, width)
    dots = black(page)
    assert page.width == width
    assert width < 500 or page.height <= 720
    assert not dots[:, :6].any()
    assert not dots[:, -6:].any()
    assert not dots[-2:].any()
    if paper.follow_url:
        assert [code.text for code in decode(page)] == [paper.follow_url]


@pytest.mark.parametrize("number", ["A001", "A017", "A999", "A1000", "A2-003", "M12-1000", "AB12-1000", "W999999"])
@pytest.mark.parametrize("width", [576, 384])
def test_the_number_is_the_largest_thing_and_never_wraps(painter, slip, number, width):
    dots = black(painter.draw(slip(number=number, number_only=True), width))
    rows = dots[:, :].any(axis=1)
    heights = [len(run) for run in "".join("x" if row else " " for row in rows).split()]
    assert max(heights[2:]) == max(heights) > 50


def test_modules_are_six_dots_with_a_quiet_zone_of_twenty_four(painter, slip):
    page = painter.draw(slip())
    corner = decode(page)[0].position
    left, top, right = corner.top_left.x, corner.top_left.y, corner.bottom_right.x
    dots = black(page)
    finder = dots[top + 3, left : left + 60]
    assert int(np.argmin(finder)) == 7 * 6
    bottom = corner.bottom_left.y
    assert not dots[top:bottom, left - 24 : left].any()
    assert not dots[top:bottom, right + 3 : right + 23].any()


@pytest.mark.parametrize("width", [576, 384])
def test_the_code_leads_to_the_ticket(painter, slip, width):
    assert [code.text for code in decode(painter.draw(slip(), width))] == [
        "https://motcua.example.vn/t/abcdefghij234#A017"
    ]


def test_no_address_no_code_on_paper(painter, slip, ward):
    page = painter.draw(slip(replace(ward, follow_base=None)))
    assert decode(page) == []
    assert page.height < painter.draw(slip()).height


def test_papers_stand_below_the_ticket(painter, slip):
    without, whole = (painter.draw(slip(service="ho-tich", procedure=code)) for code in (None, "1.001193"))
    assert whole.height > without.height + 100
    assert np.array_equal(black(whole)[: without.height], black(without))


def test_after_a_crash_the_paper_is_short(painter, slip):
    assert painter.draw(slip(number_only=True)).height < 320


def test_drawing_twice_gives_the_same_bits(painter, slip):
    assert painter.draw(slip()).bits == painter.draw(slip()).bits


@pytest.fixture(scope="module")
def reads():
    """Reads a page as tesseract does."""
    program = shutil.which("tesseract")
    listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=True) if program else None
    if listed is None or "vie" not in listed.stdout.split():
        pytest.skip("needs tesseract-ocr and tesseract-ocr-vie, which are not installed")

    def read(page, path):
        preview(page).save(path, dpi=(203, 203))
        command = [program, str(path), "stdout", "-l", "vie", "--psm", "4"]
        found = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
        return " ".join(found.stdout.split())

    return read


@pytest.mark.parametrize("width", [576, 384])
def test_a_machine_reads_number_field_and_unit(painter, slip, hospital, reads, tmp_path, width):
    for office, service, number, expected in (
        (None, "chung-thuc", "A017", ("A017", "Chứng thực", "Phường Hoa Sen", "Điểm Phục vụ hành chính công")),
        (hospital, "than-kinh", "K108", ("K108", "Khám Nội thần kinh", "Bệnh viện Đa khoa Hoa Sen", "Phòng 203")),
    ):
        paper = slip(office, service=service, number=number) if office else slip(service=service, number=number)
        text = reads(painter.draw(paper, width), tmp_path / "paper.png")
        assert [words for words in expected if words not in text] == [], text
