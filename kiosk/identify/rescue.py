"""Pictures of a code made readable again: enlarged, sharpened, taken back through a known blur.

A blur is undone by Wiener's filter: the picture's spectrum divided by the blur's, held back where the blur left less
than noise. Which blur it was is not known, so that several are tried; a wrong one yields no code, because Reed-Solomon
correction refuses it.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.identify.regions import Grey

Kernel = NDArray[np.float32]

_LARGE_ENOUGH = 700  # pixels of the shorter side; nothing is gained by enlarging beyond
_NOISE_IN_FOCUS_BLUR = 0.012
_NOISE_IN_MOTION = 0.02


@dataclass(frozen=True, slots=True)
class Rescue:
    """One way to make a picture readable."""

    name: str
    apply: Callable[[Grey], Grey]


def enlarged(grey: Grey) -> Grey:
    """Twice as large, when it is small."""
    if min(grey.shape) >= _LARGE_ENOUGH:
        return grey
    return np.asarray(cv2.resize(grey, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC), np.uint8)


def sharpened(grey: Grey) -> Grey:
    """Unsharp mask, strong, at the size of a module; then enlarged."""
    values = grey.astype(np.float32)
    return enlarged(_bytes(values + 3 * (values - cv2.GaussianBlur(values, (0, 0), 2.0))))


def smoothed(grey: Grey) -> Grey:
    """Grain of a dark picture taken out."""
    return np.asarray(cv2.GaussianBlur(grey, (0, 0), 1.0), np.uint8)


def out_of_focus(sigma: float) -> Kernel:
    """The blur of a lens out of focus, as a Gaussian of ``sigma`` pixels."""
    line = cv2.getGaussianKernel(2 * math.ceil(3 * sigma) + 1, sigma)
    return np.asarray(line @ line.T, np.float32)


def moved(pixels: float, degrees: float) -> Kernel:
    """The blur of a card that moved by ``pixels`` in a straight line, direction counted clockwise from the right."""
    half = math.ceil(pixels / 2)
    kernel = np.zeros((2 * half + 1, 2 * half + 1), np.float32)
    reach = (pixels - 1) / 2
    for along in np.linspace(-reach, reach, 8 * math.ceil(pixels)):
        x = half + along * math.cos(math.radians(degrees))
        y = half + along * math.sin(math.radians(degrees))
        left, top = min(math.floor(x), 2 * half - 1), min(math.floor(y), 2 * half - 1)
        right_share, low_share = x - left, y - top
        shares = np.outer([1 - low_share, low_share], [1 - right_share, right_share])
        kernel[top : top + 2, left : left + 2] += shares.astype(np.float32)
    return np.asarray(kernel / kernel.sum(), np.float32)


def unblurred(grey: Grey, kernel: Kernel, noise: float) -> Grey:
    """Wiener's filter.

    Args:
        kernel: The blur; its sum is 1 and its sides are odd.
        noise: Power of noise over power of picture; larger holds back more.
    """
    rows, columns = grey.shape
    padded = (cv2.getOptimalDFTSize(rows + kernel.shape[0]), cv2.getOptimalDFTSize(columns + kernel.shape[1]))
    bottom, right = padded[0] - rows, padded[1] - columns
    picture = cv2.copyMakeBorder(grey.astype(np.float32), 0, bottom, 0, right, cv2.BORDER_REPLICATE)
    mean = float(picture.mean())
    blur = np.zeros(padded, np.float32)
    blur[: kernel.shape[0], : kernel.shape[1]] = kernel
    blur = np.roll(blur, (-(kernel.shape[0] // 2), -(kernel.shape[1] // 2)), (0, 1))
    answer = np.fft.rfft2(blur)
    spectrum = np.fft.rfft2(picture - mean) * np.conj(answer) / (np.abs(answer) ** 2 + noise)
    return _bytes(np.fft.irfft2(spectrum, s=padded)[:rows, :columns] + mean)


def _bytes(values: NDArray[np.floating]) -> Grey:
    return np.asarray(np.clip(values, 0, 255), np.uint8)


def _focus(sigma: float) -> Rescue:
    return Rescue(f"focus {sigma}", lambda grey: unblurred(grey, out_of_focus(sigma), _NOISE_IN_FOCUS_BLUR))


def _motion(pixels: int, degrees: int) -> Rescue:
    return Rescue(f"motion {pixels} {degrees}", lambda grey: unblurred(grey, moved(pixels, degrees), _NOISE_IN_MOTION))


QUICK = (
    Rescue("enlarged", enlarged),
    Rescue("sharpened", sharpened),
    _focus(2.5),
    Rescue("smoothed", smoothed),
    _focus(2.0),
)
"""What a live picture is given, some in each frame."""

PATIENT = (
    *QUICK,
    Rescue("smoothed and enlarged", lambda grey: enlarged(smoothed(grey))),
    *(_motion(pixels, degrees) for degrees in (0, 90, 45, 135) for pixels in (9, 7, 8, 10, 11, 6, 12)),
)
"""What a single picture is given: there is no next frame that might be steadier."""
