"""Cameras that make their pictures: one picture whenever it is due."""

import threading
from collections.abc import Callable
from typing import ClassVar

import cv2
import numpy as np
from numpy.typing import NDArray

from drivers.errors import DeviceLost
from drivers.readings import Frame

Image = NDArray[np.uint8]


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
    """A picture file as BGR; None when it cannot be read."""
    try:
        data = np.fromfile(path, dtype=np.uint8)  # not imread: it writes its own complaints to standard error
    except OSError:
        return None
    if data.size == 0:
        return None
    image = cv2.imdecode(data, cv2.IMREAD_COLOR)
    return None if image is None else image.astype(np.uint8, copy=False)
