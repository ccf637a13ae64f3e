"""Bytes to and from a printer."""

import logging
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.printer.answers import Answers, read_status, trouble
from drivers.printer.commands import CUT, page_bytes, process_id, process_id_request, question, strip_heights
from drivers.readings import Page
from tests.drivers.printer.rigs import page_of, picture_of
from tests.support.escpos_model import PrinterModel


@given(st.integers(1, 2500))
def test_strips_cover_the_page_and_are_never_a_multiple_of_48(height: int) -> None:
    heights = strip_heights(height)
    assert sum(heights) == height
    assert all(0 < h <= 100 and h % 48 for h in heights)


@settings(max_examples=25, deadline=None)
@given(st.sampled_from([576, 384]), st.integers(1, 320), st.integers(0, 1000))
def test_a_page_comes_back_dot_for_dot(width: int, height: int, seed: int) -> None:
    page = page_of(width, height, seed)
    model = PrinterModel()
    model.feed(page_bytes(page, "raster", width).data)
    (paper,) = model.pages
    assert not model.unknown
    assert b"".join(paper.rows) == page.bits
    assert paper.image().tobytes() == picture_of(page).tobytes()


@pytest.mark.parametrize("width", [570, 321, 7])
def test_widths_that_fill_no_whole_byte(width: int) -> None:
    row = (width + 7) // 8
    mask = bytes([0xFF] * (row - 1) + [0xFF << (-width % 8) & 0xFF])
    page = Page(width, 30, mask * 30)
    model = PrinterModel()
    model.feed(page_bytes(page, "raster", 576).data)
    assert b"".join(model.pages[0].rows) == page.bits


def test_nothing_is_inked_before_ink_at() -> None:
    page = page_of()
    made = page_bytes(page, "raster", 576)
    model = PrinterModel()
    model.feed(made.data[: made.ink_at])
    assert model.page.blank
    assert made.data[made.ink_at :].startswith(b"\x1dv0")
    assert made.data.endswith(CUT)


def test_requests_are_as_epson_lists_them() -> None:
    assert question(4) == b"\x10\x04\x04"
    assert process_id_request(12) == b"\x1d(H\x06\x0000" + b"0012"
    assert process_id(10_007) == b"0007"


def test_loading_the_library_leaves_nothing_behind() -> None:
    # python-escpos makes a temporary folder and a root log handler when it is imported.
    program = (
        "import logging, pathlib, tempfile;"
        "from drivers.printer.escpos_library import new_dummy; new_dummy(576); new_dummy(384);"
        "assert not logging.root.handlers; print(len(list(pathlib.Path(tempfile.gettempdir()).iterdir())))"
    )
    with tempfile.TemporaryDirectory() as place:
        root = Path(__file__).resolve().parents[3]
        done = subprocess.run(
            [sys.executable, "-c", program],
            cwd=root,
            env={"TMPDIR": place, "PATH": "/usr/bin"},
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
    assert done.stdout == "0\n"
    assert done.stderr == ""
    assert logging.root is not None


# answers


def test_kinds_of_answers_are_told_apart_however_they_are_mixed() -> None:
    answers = Answers()
    stream = b"\x12" + b"\x37\x22" + b"0042\0" + b"\x0f" + b"\x14\x00\x0c\x00" + b"\x72" + b"\x00" + b"\xff\x11"
    for byte in stream:
        answers.feed(bytes((byte,)))
    assert list(answers.real_time) == [0x12, 0x72]
    assert list(answers.process_ids) == [b"0042"]
    assert list(answers.paper) == [0x0F, 0x00]


@given(st.binary(max_size=400))
def test_any_bytes_are_survived(data: bytes) -> None:
    answers = Answers()
    answers.feed(data)
    answers.clear()
    answers.feed(b"\x12")
    assert list(answers.real_time) == [0x12]


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ((0x12, 0x12, None, 0x12), ""),
        ((0x12, 0x12, None, 0x1E), ""),
        ((0x1A, 0x32, 0x12, 0x7E), "paper_out"),
        ((0x12, 0x12, None, 0x72), "paper_out"),
        ((0x1A, 0x32, None, None), "paper_out"),
        ((0x1A, 0x16, 0x12, 0x12), "cover_open"),
        ((0x1A, 0x52, 0x1A, 0x12), "cutter"),
        ((0x12, 0x52, 0x1A, 0x12), "cutter"),
        ((0x12, 0x52, 0x32, 0x12), "offline"),
        ((0x1A, 0x12, 0x12, 0x12), "offline"),
        ((0x12, None, None, None), ""),
        ((0x1A, None, None, None), "offline"),
    ],
)
def test_what_the_four_answers_mean(told: tuple[int, int | None, int | None, int | None], reason: str) -> None:
    status = read_status(*told)
    assert trouble(status) == reason
    assert status.can_print == (reason == "")


def test_near_end_and_what_was_not_answered() -> None:
    assert read_status(0x12, 0x12, None, 0x1E).paper == "low"
    status = read_status(0x12, None, None, None)
    assert (status.paper, status.detail) == ("unknown", "DLE EOT 1: 0x12")
    assert read_status(0x12, 0x12, None, 0x12).detail == ""
