"""One bench for each kind of camera: the driver, and a way to lose what it looks at."""

import shutil
import tempfile
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from drivers.camera.files import FolderCamera, ImageCamera, VideoCamera
from drivers.camera.opencv import OpenCvCamera
from drivers.camera.simulated import SimulatedCamera
from drivers.errors import DeviceLost
from drivers.options import FolderOptions, ImageOptions, OpenCvOptions, SimulatedCameraOptions, VideoOptions
from drivers.protocols import Camera

WIDE, HIGH = 160, 120
FPS = 100.0


def picture(shade: int) -> NDArray[np.uint8]:
    return np.full((HIGH, WIDE, 3), shade, dtype=np.uint8)


def shade_of(image: NDArray[np.uint8]) -> int:
    return round(float(image.mean()))


def write_film(path: Path, shades: Iterable[int], fps: float = 50.0) -> None:
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), fps, (WIDE, HIGH))
    assert writer.isOpened()
    for shade in shades:
        writer.write(picture(shade))
    writer.release()


class Rig:
    camera: Camera

    def __init__(self) -> None:
        self._place = tempfile.TemporaryDirectory()
        self.folder = Path(self._place.name)

    def lose(self) -> None:
        shutil.rmtree(self.folder)
        self.folder.mkdir()

    def close(self) -> None:
        self.camera.close()
        self._place.cleanup()


class VideoRig(Rig):
    def __init__(self, **options: Any) -> None:
        super().__init__()
        write_film(self.folder / "film.avi", (40, 120, 200))
        self.camera = VideoCamera(VideoOptions(path=str(self.folder / "film.avi"), **{"fps": FPS, **options}))


class FolderRig(Rig):
    def __init__(self, **options: Any) -> None:
        super().__init__()
        for name, shade in (("a.png", 40), ("b.jpg", 120), ("c.png", 200)):
            cv2.imwrite(str(self.folder / name), picture(shade))
        self.camera = FolderCamera(FolderOptions(path=str(self.folder), **{"fps": FPS, **options}))


class ImageRig(Rig):
    def __init__(self) -> None:
        super().__init__()
        cv2.imwrite(str(self.folder / "one.png"), picture(120))
        self.camera = ImageCamera(ImageOptions(path=str(self.folder / "one.png"), fps=FPS))


class SimulatedRig(Rig):
    def __init__(self, **options: Any) -> None:
        super().__init__()
        self.fault = self.folder / "fault"
        settings = {"width": WIDE * 2, "height": HIGH * 2, "fps": FPS, "fault": str(self.fault), **options}
        self.camera = SimulatedCamera(SimulatedCameraOptions(**settings))

    def lose(self) -> None:
        self.fault.write_text("lost")


class FakeCapture:
    """What OpenCV's capture does, as a test wants it.

    Attributes:
        noise: Whether pictures differ, as those of a sensor do.
    """

    def __init__(self) -> None:
        self.noise = True
        self.works = True
        self.stuck = threading.Event()
        self.released = threading.Event()
        self.reads = 0
        self._pace = threading.Event()
        self._random = np.random.default_rng(5)

    def read(self) -> tuple[bool, NDArray[np.uint8] | None]:
        self.reads += 1
        self._pace.wait(0.002)
        if self.stuck.is_set():
            self.released.wait(30)  # a dead camera: OpenCV hangs in its read
        if not self.works:
            return False, None
        image = picture(120)
        if self.noise:
            image += self._random.integers(0, 4, image.shape, dtype=np.uint8)
        return True, image

    def release(self) -> None:
        self.released.set()


class OpenCvRig(Rig):
    def __init__(self, **options: Any) -> None:
        super().__init__()
        self.plugged_in = True
        self.captures: list[FakeCapture] = []
        settings = {"frozen_after": 0.2, **options}
        self.camera = OpenCvCamera(OpenCvOptions(path="/dev/v4l/by-id/usb-cam", **settings), capture=self._capture)

    def _capture(self, options: OpenCvOptions) -> FakeCapture:
        if not self.plugged_in:
            raise DeviceLost(f"{options.path} is not there")
        self.captures.append(FakeCapture())
        return self.captures[-1]

    def lose(self) -> None:
        self.plugged_in = False
        for capture in self.captures:
            capture.works = False

    def close(self) -> None:
        for capture in self.captures:
            capture.released.set()
        super().close()
