import os
import struct
import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest
import segno
from PIL import Image

from kiosk.identify.documents import read_payload, to_json
from kiosk.identify.reading import read_image
from models.errors import UnreadableInput
from tests.support.qr_frames import CODE_MM, PAYLOADS, Distortion, flat_card, photograph


@pytest.fixture(scope="module")
def frame() -> np.ndarray:
    card = flat_card(PAYLOADS["can_cuoc_11"].encode(), CODE_MM["can_cuoc_11"])
    return photograph(card, Distortion("plain", module=3.0), (640, 480), np.random.default_rng(2))


@pytest.mark.parametrize("suffix", ["png", "jpg", "webp", "bmp", "tiff"])
def test_a_picture_of_a_card_reads_like_its_payload(tmp_path: Path, frame: np.ndarray, suffix: str) -> None:
    path = tmp_path / f"thẻ.{suffix}"
    data = cv2.imencode(f".{suffix}", frame)[1]
    path.write_bytes(data.tobytes())
    assert read_image(path) == to_json(read_payload(PAYLOADS["can_cuoc_11"]))


def test_grey_pictures_and_pictures_with_transparency_are_read(tmp_path: Path, frame: np.ndarray) -> None:
    for mode in ("L", "RGBA", "P"):
        Image.fromarray(frame[:, :, ::-1]).convert(mode).save(tmp_path / f"{mode}.png")
        assert read_image(tmp_path / f"{mode}.png")["document"] == "cccd_qr"


def refusal(path: Path) -> str:
    with pytest.raises(UnreadableInput) as caught:
        read_image(path)
    return str(caught.value)


def test_each_way_to_fail_has_its_own_sentence(tmp_path: Path, frame: np.ndarray) -> None:
    (tmp_path / "text.png").write_text("not a picture")
    cv2.imwrite(str(tmp_path / "blank.png"), np.full((300, 300), 200, np.uint8))
    whole = cv2.imencode(".png", frame)[1].tobytes()
    (tmp_path / "cut.png").write_bytes(whole[:60])
    (tmp_path / "empty.png").touch()
    sentences = [
        refusal(tmp_path / "nowhere.png"),
        refusal(tmp_path),
        refusal(tmp_path / "text.png"),
        refusal(tmp_path / "blank.png"),
    ]
    assert [s.split(": ")[1][:12] for s in sentences] == ["no such file", "not a file", "not a pictur", "no QR code i"]
    assert "not a picture" in refusal(tmp_path / "empty.png")
    assert "cut.png" in refusal(tmp_path / "cut.png")


def test_a_code_that_is_no_document_says_why(tmp_path: Path) -> None:
    Image.fromarray(_code(b"https://example.org/menu")).save(tmp_path / "menu.png")
    assert "a QR code was read, but it is no document: a web address" in refusal(tmp_path / "menu.png")


def test_of_several_codes_the_document_counts(tmp_path: Path) -> None:
    menu, card = _code(b"https://example.org/menu", 8), _code(PAYLOADS["cccd_7"].encode(), 4)
    height = max(menu.shape[0], card.shape[0])
    sheet = np.full((height, menu.shape[1] + card.shape[1]), 255, np.uint8)
    sheet[: menu.shape[0], : menu.shape[1]] = menu
    sheet[: card.shape[0], menu.shape[1] :] = card
    Image.fromarray(sheet).save(tmp_path / "both.png")
    assert read_image(tmp_path / "both.png")["document"] == "cccd_qr"


def test_a_picture_that_unpacks_without_end_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.png"
    for side in (9_000, 60_000):
        path.write_bytes(_png_header(side, side))
        assert "pixels" in refusal(path)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    assert "not a file" in refusal(tmp_path / "pipe.png")


def test_a_sentence_never_repeats_a_payload(tmp_path: Path) -> None:
    spoilt = PAYLOADS["cccd_7"].replace("21032003", "31022003")
    Image.fromarray(_code(spoilt.encode())).save(tmp_path / "card.png")
    said = refusal(tmp_path / "card.png")
    assert "date of birth" in said
    assert not [part for part in spoilt.split("|") if part and part in said]


def _code(payload: bytes, module: int = 5) -> np.ndarray:
    matrix = np.array([[0 if bit else 255 for bit in row] for row in segno.make(payload, micro=False).matrix], np.uint8)
    return np.pad(np.kron(matrix, np.ones((module, module), np.uint8)), 40, constant_values=255)


def _png_header(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
