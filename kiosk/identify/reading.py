"""The whole way for a command: an image file in, what ``kiosk identity read`` prints out."""

import warnings
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from kiosk.identify.documents import Document, read_payload, to_json
from kiosk.identify.qr import QrHint, QrReader
from models.errors import UnreadableInput

IMAGE_BYTES = 64 * 1024 * 1024
IMAGE_PIXELS = 64_000_000
"""Larger pictures are refused before they are unpacked."""

_FORMATS = ("PNG", "JPEG", "WEBP", "BMP", "TIFF")

_NO_CODE = {
    QrHint.LOOK: "no QR code in it",
    QrHint.CLOSER: "something like a QR code in it, but too small to be read: take the picture from nearer",
    QrHint.HOLD_STILL: "something like a QR code in it, but blurred or covered by glare",
}


def read_image(path: Path) -> dict[str, Any]:
    """What the code in a picture says, ready to be printed.

    Raises:
        UnreadableInput: No such file, no picture, no code in it, or a code that is no document: each its own sentence.
    """
    return to_json(document_in_image(path))


def document_in_image(path: Path, reader: QrReader | None = None) -> Document:
    """The document whose code is in a picture; of several codes the largest that is a document.

    Raises:
        UnreadableInput: As `read_image`.
    """
    result = (reader or QrReader()).read(load_image(path), thorough=True)
    if not result.payloads:
        raise UnreadableInput(f"{path.name}: {_NO_CODE[result.hint]}")
    reasons = []
    for payload in result.payloads:
        try:
            return read_payload(payload)
        except UnreadableInput as reason:
            reasons.append(str(reason))
    raise UnreadableInput(f"{path.name}: a QR code was read, but it is no document: {reasons[0]}")


def load_image(path: Path) -> NDArray[np.uint8]:
    """A picture as BGR, turned as its EXIF data say.

    Raises:
        UnreadableInput: No such file, not a picture, or an unreasonably large one.
    """
    if not path.exists():
        raise UnreadableInput(f"{path.name}: no such file")
    if not path.is_file():  # nor a pipe or a device, which might never end
        raise UnreadableInput(f"{path.name}: not a file")
    try:
        if path.stat().st_size > IMAGE_BYTES:
            raise UnreadableInput(f"{path.name}: larger than {IMAGE_BYTES // 1024 // 1024} MiB")
        data = path.read_bytes()
        width, height = _size(path)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise UnreadableInput(f"{path.name}: a picture of too many pixels") from None
    except (OSError, SyntaxError, ValueError) as error:  # what Pillow raises for broken headers
        raise UnreadableInput(f"{path.name}: not a picture ({', '.join(_FORMATS)}), or not readable") from error
    if width * height > IMAGE_PIXELS:
        raise UnreadableInput(f"{path.name}: {width} x {height} pixels, at most {IMAGE_PIXELS // 1_000_000} million")
    try:
        image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error as error:
        raise UnreadableInput(f"{path.name}: the picture is damaged") from error
    if image is None:
        raise UnreadableInput(f"{path.name}: the picture is damaged")
    return np.asarray(image, np.uint8)


def _size(path: Path) -> tuple[int, int]:
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(path, formats=_FORMATS) as header:
            return header.size
