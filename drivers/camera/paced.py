"""Cameras that make their pictures: one picture whenever it is due."""

import os
import threading
from collections.abc import Callable
from typing import ClassVar

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image as PillowImage

from drivers.errors import DeviceLost
from drivers.readings import Frame

Image = NDArray[np.uint8]

_MOST_BYTES = 64 * 1024 * 1024
_MOST_DOTS = 64_000_000


class PacedCamera:
    """Gives ``_next()`` as a frame, ``fps`` times a second. Subclasses say what the next picture is."""

    simulated: ClassVar[bool] = True

    def __init__(self, fps: float, clock: Callable[[], float]) -> None:
        self._period = 1.0 / fps if fps > 0 else 0.04
        self._clock = clock
        self._due = 0.0
        self._index = 0
        self._open = False
        self._waiting = threading.Event()

    def open(self) -> None:
        """Start with the first picture."""
        self._rewind()
        self._due = self._clock()
        self._open = True

    def close(self) -> None:
        """Let go."""
        self._open = False

    def read(self, timeout: float) -> Frame | None:
        """The next picture, when it is due within ``timeout``."""
        if not self._open:
            raise DeviceLost("the camera is not open")
        wait = self._due - self._clock()
        if wait > timeout:
            self._waiting.wait(timeout)
            return None
        if wait > 0:
            self._waiting.wait(wait)
        # A reader that is late slows the film instead of losing pictures.
        self._due = max(self._due + self._period, self._clock())
        image = self._next()
        if image is None:
            return None
        self._index += 1
        image.setflags(write=False)
        return Frame(image, self._clock(), self._index)

    def _rewind(self) -> None:
        """Go to the first picture; raises DeviceLost."""
        raise NotImplementedError

    def _next(self) -> Image | None:
        """The next picture; None when there is none now."""
        raise NotImplementedError


def read_picture(path: str) -> Image | None:
    """A picture file as BGR; None when it cannot be read, or would fill the memory."""
    try:
        if not os.path.isfile(path) or os.path.getsize(path) > _MOST_BYTES or not _is_reasonable(path):
            return None
        data = np.fromfile(path, dtype=np.uint8)  # not imread: it writes its own complaints to standard error
        image = cv2.imdecode(data, cv2.IMREAD_COLOR)
    except (OSError, cv2.error):
        return None
    return None if image is None else image.astype(np.uint8, copy=False)


def _is_reasonable(path: str) -> bool:
    """Whether the head of the file, read before anything is unpacked, promises no more dots than a camera gives."""
    try:
        with PillowImage.open(path) as head:
            return head.width * head.height <= _MOST_DOTS
    except (
        OSError,
        SyntaxError,
        ValueError,
        PillowImage.DecompressionBombError,
        PillowImage.DecompressionBombWarning,
    ):
        return False
