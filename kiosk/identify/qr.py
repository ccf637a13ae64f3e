"""QR codes in camera frames, as bytes.

A frame is searched whole by zxing-cpp, twice when its contrast is low. Only when that finds nothing, and something
like a code is seen, are patches cut out at native resolution and rescued (`kiosk.identify.rescue`): a few attempts in
each live frame, the next ones in the frame after it; all of them for a single picture. So a frame without a code
costs about as much as one with a readable code. libzbar is asked last, where it is installed.

Codes are handed over as bytes; `kiosk.identify.payload` decides what is text.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import cycle, islice

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from kiosk.identify.regions import Grey, Region, code_regions, fineness, is_even
from kiosk.identify.rescue import PATIENT, QUICK, Rescue, enlarged
from kiosk.identify.zbar import load_zbar

ATTEMPTS_PER_FRAME = 2
"""Rescues a live frame is given for each patch that looks like a code."""

LIVE_REGIONS = 2
PATIENT_REGIONS = 4

READABLE_SIDE = 105
"""Pixels a code's side should have: 45 to 53 modules, two pixels each."""

_LOW_CONTRAST = 160
_TOO_FINE = 1.2
_ENLARGE_WHOLE = 2_500_000  # pixels up to which a single picture is enlarged as a whole


class QrHint(StrEnum):
    """What would help, one thing at a time."""

    LOOK = "look"  # nothing like a code is seen
    CLOSER = "closer"  # something like a code, too small
    HOLD_STILL = "hold_still"  # large enough, but blurred or moving
    READ = "read"


@dataclass(frozen=True, slots=True)
class QrResult:
    """What one frame gave.

    Attributes:
        payloads: Each code's bytes, largest code first.
        way: Which attempt read it: ``whole``, ``contrast``, the name of a rescue, ``zbar``; empty when none did.
    """

    payloads: tuple[bytes, ...] = field(repr=False)
    hint: QrHint
    way: str = ""


class QrReader:
    """Reads the frames of one camera, on one thread; remembers which rescue is next."""

    def __init__(self) -> None:
        # Model 2 by name: the family "QR code" includes Micro QR, whose two check bits find codes in any texture.
        self._formats = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCodeModel2])
        self._next = 0
        self._zbar = load_zbar()

    @property
    def has_zbar(self) -> bool:
        """Whether libzbar is there; without it a few hard pictures stay unread."""
        return self._zbar is not None

    def read(self, image: NDArray[np.uint8], *, thorough: bool = False) -> QrResult:
        """Search one frame.

        Args:
            image: Height × width (grey) or height × width × 3 (BGR), uint8.
            thorough: Try everything: for a single picture, not for a stream.

        Raises:
            ValueError: Not such an array.
        """
        grey = _grey(image)
        unread: list[float] = []
        for way, picture in _wholes(grey):
            payloads = self._decode(picture, 1, unread)
            if payloads:
                return QrResult(payloads, QrHint.READ, way)
        regions = code_regions(grey, PATIENT_REGIONS if thorough else LIVE_REGIONS)
        likely = tuple(region for region in regions if is_even(grey, region))
        for way, picture, scale in self._rescues(grey, regions if thorough else likely, thorough):
            payloads = self._decode(picture, scale, unread)
            if payloads:
                return QrResult(payloads, QrHint.READ, way)
        payloads = self._zbar(grey) if thorough and self._zbar else ()
        if payloads:
            return QrResult(payloads, QrHint.READ, "zbar")
        return QrResult((), _hint(grey, likely, unread))

    def _decode(self, grey: Grey, scale: float, unread: list[float]) -> tuple[bytes, ...]:
        """The codes in a picture, largest first; sides of codes seen but not decoded are added to ``unread``."""
        codes: list[tuple[float, bytes]] = []
        for code in zxingcpp.read_barcodes(grey, formats=self._formats, return_errors=True):
            side = _side(code.position) / scale
            if code.valid:
                codes.append((side, code.bytes))
            else:
                unread.append(side)
        codes.sort(key=lambda code: -code[0])
        return tuple(dict.fromkeys(payload for _, payload in codes))

    def _rescues(self, grey: Grey, regions: tuple[Region, ...], thorough: bool) -> Iterator[tuple[str, Grey, float]]:
        """Rescued patches, each with its name and how much larger than the frame it is."""
        chosen: tuple[Rescue, ...] = PATIENT
        if not thorough:
            chosen = tuple(islice(cycle(QUICK), self._next, self._next + ATTEMPTS_PER_FRAME))
            self._next = (self._next + ATTEMPTS_PER_FRAME) % len(QUICK) if regions else self._next
        for region in regions:
            patch = region.cut(grey)
            for rescue in chosen:
                picture = rescue.apply(patch)
                yield rescue.name, picture, picture.shape[0] / patch.shape[0]
        if thorough and grey.size <= _ENLARGE_WHOLE:
            yield "whole enlarged", enlarged(grey), 2


def _grey(image: NDArray[np.uint8]) -> Grey:
    if image.dtype != np.uint8 or image.size == 0:
        raise ValueError(f"a picture of uint8 expected, got {image.dtype} {image.shape}")
    if image.ndim == 2:
        return np.ascontiguousarray(image)
    if image.ndim == 3 and image.shape[2] == 3:
        return np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), np.uint8)
    raise ValueError(f"grey or BGR expected, got an array of shape {image.shape}")


def _wholes(grey: Grey) -> Iterator[tuple[str, Grey]]:
    yield "whole", grey
    low, high = np.percentile(grey[::8, ::8], (1, 99))
    if high - low < _LOW_CONTRAST:
        yield "contrast", np.asarray(cv2.normalize(grey, np.empty_like(grey), 0, 255, cv2.NORM_MINMAX), np.uint8)


def _side(position: zxingcpp.Position) -> float:
    corners = [(p.x, p.y) for p in (position.top_left, position.top_right, position.bottom_right)]
    (x0, y0), (x1, y1), (x2, y2) = corners
    return max(math.hypot(x1 - x0, y1 - y0), math.hypot(x2 - x1, y2 - y1))


def _hint(grey: Grey, likely: tuple[Region, ...], unread: list[float]) -> QrHint:
    """What would help, from the likeliest patch, or else from codes that were seen but not decoded."""
    if likely:
        too_small = likely[0].side < READABLE_SIDE or fineness(grey, likely[0]) > _TOO_FINE
        return QrHint.CLOSER if too_small else QrHint.HOLD_STILL
    if unread:
        return QrHint.CLOSER if max(unread) < READABLE_SIDE else QrHint.HOLD_STILL
    return QrHint.LOOK
