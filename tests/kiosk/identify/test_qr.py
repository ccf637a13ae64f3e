import sys
from collections import Counter

import cv2
import numpy as np
import pytest
import segno
from numpy.typing import NDArray

from kiosk.identify.documents import read_payload
from kiosk.identify.qr import QrHint, QrReader
from kiosk.identify.regions import Region, code_regions, is_even
from kiosk.identify.rescue import moved, out_of_focus, unblurred
from kiosk.identify.zbar import load_zbar
from tests.support.qr_frames import (
    CODE_MM,
    DISTORTIONS,
    PAYLOADS,
    SIZES,
    Distortion,
    FlatCard,
    flat_card,
    frames,
    photograph,
)

Image = NDArray[np.uint8]
TEXT = PAYLOADS["cccd_7"].encode()


@pytest.fixture(scope="module")
def card() -> FlatCard:
    return flat_card(TEXT, CODE_MM["cccd_7"])


def shot(card: FlatCard, name: str, size: tuple[int, int] = SIZES[1]) -> Image:
    distortion = next(d for d in DISTORTIONS if d.name == name)
    return photograph(card, distortion, size, np.random.default_rng(5))


def plain(payload: bytes, module: int = 4) -> Image:
    code = segno.make(payload, error="m", mode="byte", micro=False)
    matrix = np.array([[0 if bit else 255 for bit in row] for row in code.matrix], np.uint8)
    large = np.kron(matrix, np.ones((module, module), np.uint8))
    return np.pad(large, 60, constant_values=255)


def test_of_120_spoilt_frames_at_least_112_are_read_and_none_is_misread() -> None:
    reader, read, wrong = QrReader(), Counter[str](), []
    for frame in frames():
        result = reader.read(frame.image, thorough=True)
        read[frame.distortion] += frame.payload in result.payloads
        wrong += [frame.distortion for payload in result.payloads if payload != frame.payload]
        for payload in result.payloads:
            read_payload(payload)
    assert wrong == []
    assert sum(read.values()) >= 112, read
    assert len(read) == 20


def test_a_live_stream_reads_what_one_frame_does_not_give(card: FlatCard) -> None:
    """The rescues come in turn, so that a card held a little out of focus is read within a few frames."""
    image = shot(card, "blur_2.5")
    reader = QrReader()
    results = [reader.read(image) for _ in range(4)]
    assert TEXT in [payload for result in results for payload in result.payloads]


@pytest.mark.parametrize(
    ("distortion", "hint"),
    [
        (Distortion("far", module=1.25), QrHint.CLOSER),
        (Distortion("moving", spoil=next(d.spoil for d in DISTORTIONS if d.name == "motion_9")), QrHint.HOLD_STILL),
        (
            Distortion("blurred", spoil=lambda shot: np.asarray(cv2.GaussianBlur(shot.image, (0, 0), 3.2), np.float32)),
            QrHint.HOLD_STILL,
        ),
    ],
)
def test_the_hint_says_what_would_help(card: FlatCard, distortion: Distortion, hint: QrHint) -> None:
    reader = QrReader()
    image = photograph(card, distortion, SIZES[1], np.random.default_rng(3))
    assert reader.read(image).hint is hint


@pytest.mark.parametrize("thorough", [False, True])
def test_a_room_without_a_card_says_look(thorough: bool) -> None:
    rng = np.random.default_rng(9)
    room = cv2.resize(rng.uniform(40, 190, (9, 16)).astype(np.uint8), (640, 480), interpolation=cv2.INTER_CUBIC)
    result = QrReader().read(np.asarray(room, np.uint8), thorough=thorough)
    assert (result.payloads, result.hint, result.way) == ((), QrHint.LOOK, "")


@pytest.mark.parametrize(
    "image", [np.zeros((480, 640), np.uint8), np.full((480, 640, 3), 255, np.uint8), np.zeros((1, 1), np.uint8)]
)
def test_empty_pictures_say_look(image: Image) -> None:
    assert QrReader().read(image, thorough=True).hint is QrHint.LOOK


@pytest.mark.parametrize("shape", [(0, 10), (4, 4, 4), (10,), (2, 2, 2, 2)])
def test_what_is_no_picture_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="expected"):
        QrReader().read(np.zeros(shape, np.uint8))
    with pytest.raises(ValueError, match="expected"):
        QrReader().read(np.zeros((10, 10), np.float32))


def test_codes_come_as_bytes_whatever_they_hold() -> None:
    raw = bytes(range(128, 200))
    assert QrReader().read(plain(raw)).payloads == (raw,)


def test_micro_codes_are_not_read() -> None:
    """Their check is too weak: print and noise contain them by chance."""
    matrix = np.array([[0 if bit else 255 for bit in row] for row in segno.make_micro("620").matrix], np.uint8)
    image = np.pad(np.kron(matrix, np.ones((8, 8), np.uint8)), 60, constant_values=255)
    assert QrReader().read(np.asarray(image, np.uint8), thorough=True).payloads == ()


def test_several_codes_come_largest_first_and_once() -> None:
    small, large = plain(b"small " * 8, 3), plain(b"large " * 8, 5)
    height = max(small.shape[0], large.shape[0])
    sheet = np.full((height, small.shape[1] * 2 + large.shape[1]), 255, np.uint8)
    sheet[: small.shape[0], : small.shape[1]] = small
    sheet[: large.shape[0], small.shape[1] : small.shape[1] + large.shape[1]] = large
    sheet[: small.shape[0], small.shape[1] + large.shape[1] :] = small
    assert QrReader().read(sheet).payloads == (b"large " * 8, b"small " * 8)


def test_a_small_code_in_a_large_frame_is_found_at_native_resolution(card: FlatCard) -> None:
    frame = photograph(card, Distortion("far", module=1.7), (1920, 1080), np.random.default_rng(1))
    result = QrReader().read(frame, thorough=True)
    assert result.payloads == (TEXT,)


@pytest.mark.parametrize("name", ["clean", "turned_45", "blur_2.5", "motion_9", "contrast_12", "inverted"])
def test_the_patch_with_the_code_is_found(card: FlatCard, name: str) -> None:
    grey = np.asarray(cv2.cvtColor(shot(card, name), cv2.COLOR_BGR2GRAY), np.uint8)
    best = code_regions(grey)[0]
    assert is_even(grey, best)
    assert 0.8 < best.side / 180 < 1.7


def test_a_patch_is_cut_out_with_a_margin_inside_the_picture() -> None:
    picture = np.arange(100 * 200, dtype=np.uint32).astype(np.uint8).reshape(100, 200)
    assert Region(50, 20, 40, 40).cut(picture, margin=0.1).shape == (56, 56)
    assert Region(0, 0, 200, 100).cut(picture).shape == (100, 200)


@pytest.mark.parametrize("kernel", [out_of_focus(2.0), moved(9, 0), moved(8, 90), moved(7, 45)])
def test_a_known_blur_is_undone(kernel: NDArray[np.float32]) -> None:
    assert kernel.sum() == pytest.approx(1.0, abs=1e-5)
    sharp = plain(b"x" * 60)
    blurred = np.asarray(cv2.filter2D(sharp, -1, kernel), np.uint8)
    restored = unblurred(blurred, kernel, 0.005)
    assert restored.shape == sharp.shape
    before, after = (float(np.abs(picture.astype(int) - sharp).mean()) for picture in (blurred, restored))
    assert after < 0.75 * before


def test_zbar_leaves_the_bytes_alone() -> None:
    zbar = load_zbar()
    if zbar is None:
        pytest.skip("libzbar0 is not installed")
    assert zbar(plain(TEXT)) == (TEXT,)
    assert zbar(np.zeros((20, 30), np.uint8)) == ()


def test_without_zbar_the_reader_still_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyzbar", None)
    reader = QrReader()
    assert not reader.has_zbar
    assert reader.read(plain(TEXT), thorough=True).payloads == (TEXT,)
    assert reader.read(np.zeros((50, 50), np.uint8), thorough=True).payloads == ()


def test_nothing_personal_stands_in_a_repr() -> None:
    assert "099" not in repr(QrReader().read(plain(TEXT)))
