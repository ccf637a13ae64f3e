"""A camera that the kernel knows, through OpenCV.

A reader thread takes pictures as fast as they come and keeps the newest in a slot: a slow reader never sees an old
picture. OpenCV's read can hang for ten seconds when a camera dies; that holds only this thread, and `read` says
DeviceLost when nothing new has come for ``frozen_after`` seconds. The thread gives the camera back itself, when it can.
"""

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import cv2
import numpy as np

from drivers.camera.paced import Image
from drivers.errors import DeviceLost
from drivers.options import OpenCvOptions
from drivers.readings import Frame

_SAMPLE = 16  # every 16th dot both ways tells whether two pictures are alike
_FAILED_READS = 3
_PATIENCE = 0.05


def open_capture(options: OpenCvOptions) -> Any:
    """OpenCV's capture for a device; raises DeviceLost."""
    path = options.path
    device = int(path) if path.isdecimal() else path
    if isinstance(device, str) and not Path(device).exists():
        raise DeviceLost(f"{path} is not there")
    capture = cv2.VideoCapture(device, cv2.CAP_V4L2)
    if not capture.isOpened():
        capture.release()
        raise DeviceLost(f"{path} cannot be opened: no camera, in use, or the user is not in the group video")
    if options.fourcc != "any":
        capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*options.fourcc))
    capture.set(cv2.CAP_PROP_FRAME_WIDTH, options.width)
    capture.set(cv2.CAP_PROP_FRAME_HEIGHT, options.height)
    capture.set(cv2.CAP_PROP_FPS, options.fps)
    capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
    return capture


class OpenCvCamera:
    """The driver ``opencv``.

    Args:
        capture: Opens the camera; a test gives a stand-in with ``read`` and ``release``.
    """

    simulated: ClassVar[bool] = False
    Options = OpenCvOptions

    def __init__(
        self,
        options: OpenCvOptions,
        *,
        capture: Callable[[OpenCvOptions], Any] = open_capture,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._options = options
        self._capture = capture
        self._clock = clock
        self._slot: _Slot | None = None
        self._index = 0
        self._fresh_at = 0.0

    def open(self) -> None:
        """Take the camera and start reading."""
        self.close()
        slot = _Slot(self._capture(self._options), self._clock, still_is_new=not self._options.still_is_frozen)
        self._fresh_at = self._clock()
        self._slot = slot
        threading.Thread(target=slot.fill, name="camera reader", daemon=True).start()

    def close(self) -> None:
        """Tell the reader thread to end; it gives the camera back, at the latest when its read returns."""
        slot, self._slot = self._slot, None
        if slot is not None:
            slot.end()

    def read(self, timeout: float) -> Frame | None:
        """The newest picture not read yet."""
        if self._slot is None:
            raise DeviceLost(f"{self._options.path} is not open")
        taken = self._slot.take(timeout)
        if taken is None:
            silence = self._clock() - self._fresh_at
            if silence > self._options.frozen_after:
                raise DeviceLost(f"{self._options.path}: no new picture for {silence:.0f} s")
            return None
        image, self._fresh_at = taken
        self._index += 1
        return Frame(image, self._fresh_at, self._index)


class _Slot:
    """The newest picture, filled by the reader thread."""

    def __init__(self, capture: Any, clock: Callable[[], float], *, still_is_new: bool) -> None:
        self._capture = capture
        self._clock = clock
        self._still_is_new = still_is_new
        self._changed = threading.Condition()
        self._newest: tuple[Image, float] | None = None
        self._trouble = ""
        self._ending = threading.Event()
        self._released = threading.Event()

    def fill(self) -> None:
        """The reader thread."""
        try:
            self._read_on()
        except cv2.error as error:
            self._give_up(f"the camera's driver failed: {error.code}")
        finally:
            self._capture.release()
            self._released.set()

    def take(self, timeout: float) -> tuple[Image, float] | None:
        with self._changed:
            self._changed.wait_for(lambda: self._newest is not None or self._trouble, timeout)
            if self._trouble:
                raise DeviceLost(self._trouble)
            taken, self._newest = self._newest, None
        return taken

    def end(self) -> None:
        self._ending.set()
        self._released.wait(0.3)  # usually it is quick, and a camera opens again only once it was given back

    def _read_on(self) -> None:
        failed, sample = 0, None
        while not self._ending.is_set():
            there, image = self._capture.read()
            if not there or image is None:
                failed += 1
                if failed >= _FAILED_READS:
                    self._give_up("the camera gives no more pictures")
                    return
                self._ending.wait(_PATIENCE)
                continue
            failed = 0
            now_sample = image[::_SAMPLE, ::_SAMPLE]
            # A sensor always has noise: pictures that are alike bit for bit come from a stuck buffer.
            if self._still_is_new or sample is None or not np.array_equal(sample, now_sample):
                sample = now_sample.copy()
                self._put(image)

    def _put(self, image: Image) -> None:
        image.setflags(write=False)
        with self._changed:
            self._newest = (image, self._clock())
            self._changed.notify_all()

    def _give_up(self, why: str) -> None:
        with self._changed:
            self._trouble = why
            self._changed.notify_all()
