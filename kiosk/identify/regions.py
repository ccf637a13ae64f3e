"""Where in a picture a code may be: squarish patches with strong contrast everywhere.

Print, edges and faces have contrast along lines; a QR code has it at every point, and still has it when it is small,
dim or blurred. The search runs on a reduced picture; what it finds is cut out at native resolution.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]

_SEARCH_SIDE = 640  # long side of the reduced picture
_MOST_REDUCED = 3  # a small code must not vanish in a large frame
_LEAST_CONTRAST = 12
_LEAST_SIDE = 36  # pixels; a code of 45 modules is hopeless below
_LEVELS = (0.6, 0.35)  # of the strongest patch; the second finds a dim card beside a bright shirt
_LEAST_FILL = 0.42  # a code turned by 45 degrees fills half of its box
_MOST_OBLONG = 2.4
_CELLS = 5  # a patch is judged cell by cell, 5 x 5
_WORST_CELLS = 2  # corners of a turned code may lie beside it
_LEAST_CELL_CONTRAST = 0.1
_MOST_UNEVEN = 0.16


@dataclass(frozen=True, slots=True)
class Region:
    """A box in the picture, in its pixels."""

    x: int
    y: int
    width: int
    height: int

    @property
    def side(self) -> int:
        """The longer side."""
        return max(self.width, self.height)

    def cut(self, grey: Grey, margin: float = 0.12) -> Grey:
        """The box with a margin (share of its side), as far as the picture reaches."""
        more = round(self.side * margin) + 4
        top, left = max(0, self.y - more), max(0, self.x - more)
        return np.ascontiguousarray(grey[top : self.y + self.height + more, left : self.x + self.width + more])


def is_even(grey: Grey, region: Region) -> bool:
    """Whether a patch is as busy and as bright in every part, as a code is and a face, a collar or a window is not."""
    patch = grey[region.y : region.y + region.height, region.x : region.x + region.width].astype(np.float32)
    low, high = np.percentile(patch, (2, 98))
    cells = [cell for band in np.array_split(patch, _CELLS, 0) for cell in np.array_split(band, _CELLS, 1)]
    contrasts = sorted(float(cell.std()) for cell in cells)
    brightness = np.array([cell.mean() for cell in cells])
    reach = float(high - low) + 1
    even_contrast = contrasts[_WORST_CELLS] >= _LEAST_CELL_CONTRAST * reach
    return even_contrast and float(brightness.std()) <= _MOST_UNEVEN * reach


def fineness(grey: Grey, region: Region) -> float:
    """How fine the detail of a patch is for its contrast: below 0.4 when blurred, above 1 at two pixels a module."""
    patch = grey[region.y : region.y + region.height, region.x : region.x + region.width]
    detail = cv2.Laplacian(patch, cv2.CV_32F)
    return float(detail.var()) / (float(patch.var()) + 1)


def code_regions(grey: Grey, most: int = 3) -> tuple[Region, ...]:
    """Boxes that may hold a code, the most contrasting kind first, larger ones first; at most ``most``."""
    reduce = min(_MOST_REDUCED, max(1, round(max(grey.shape) / _SEARCH_SIDE)))
    small = grey
    if reduce > 1:
        size = (grey.shape[1] // reduce, grey.shape[0] // reduce)
        small = np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8)
    busy = _busyness(small)
    top = int(busy.max())
    if top < _LEAST_CONTRAST:
        return ()
    found: list[Region] = []
    for level in _LEVELS:
        for region in _boxes(np.asarray(busy > max(level * top, _LEAST_CONTRAST), np.uint8), reduce):
            if not any(_same(region, other) for other in found):
                found.append(region)
    return tuple(found[:most])


def _busyness(grey: Grey) -> Grey:
    """How strong the contrast is at the least contrasting point nearby."""
    near, nearer = np.ones((7, 7), np.uint8), np.ones((5, 5), np.uint8)
    contrast = cv2.subtract(cv2.dilate(grey, near), cv2.erode(grey, near))
    return np.asarray(cv2.blur(cv2.erode(contrast, nearer), (25, 25)), np.uint8)


def _boxes(mask: Grey, scale: int) -> list[Region]:
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask)
    boxes = []
    for x, y, width, height, area in stats[1:].tolist():
        oblong = max(width, height) / max(1, min(width, height))
        if (
            area >= _LEAST_FILL * width * height
            and oblong <= _MOST_OBLONG
            and max(width, height) * scale >= _LEAST_SIDE
        ):
            boxes.append(Region(x * scale, y * scale, width * scale, height * scale))
    return sorted(boxes, key=lambda box: -box.width * box.height)


def _same(one: Region, other: Region) -> bool:
    """Whether two boxes cover each other by more than half of either."""
    width = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    height = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    shared = max(0, width) * max(0, height)
    return shared * 2 > max(one.width * one.height, other.width * other.height)
