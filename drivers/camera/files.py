"""A film, a folder or a single picture as a camera."""

import time
from collections.abc import Callable
from pathlib import Path

import cv2

from drivers.camera.paced import Image, PacedCamera, read_picture
from drivers.errors import DeviceLost
from drivers.options import FolderOptions, ImageOptions, VideoOptions

_PICTURES = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".webp"})


class VideoCamera(PacedCamera):
    """The driver ``video``."""

    Options = VideoOptions

    def __init__(self, options: VideoOptions, *, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(options.fps, clock)
        self._options = options
        self._film: cv2.VideoCapture | None = None
        self._last: Image | None = None

    def close(self) -> None:
        """Close the file."""
        film, self._film = self._film, None
        if film is not None:
            film.release()
        super().close()

    def _rewind(self) -> None:
        path = self._options.path
        if not Path(path).is_file():
            raise DeviceLost(f"{path} is not there")
        film = cv2.VideoCapture(path)
        if not film.isOpened():
            film.release()
            raise DeviceLost(f"{path} is no film that can be read")
        if self._film is not None:
            self._film.release()
        self._film = film
        own = film.get(cv2.CAP_PROP_FPS)
        if self._options.fps == 0 and 0 < own <= 240:
            self._period = 1.0 / own

    def _next(self) -> Image | None:
        image = self._decode()
        if image is None and self._options.loop:
            self._rewind()
            image = self._decode()
            if image is None:
                raise DeviceLost(f"{self._options.path} holds no picture")
        if image is not None:
            self._last = image
        return self._last

    def _decode(self) -> Image | None:
        if self._film is None:
            return None
        there, image = self._film.read()
        return image if there else None  # type: ignore[return-value]  # OpenCV's hints allow every kind of number


class FolderCamera(PacedCamera):
    """The driver ``folder``. Pictures are read when they are due; one that is broken is passed over."""

    Options = FolderOptions

    def __init__(self, options: FolderOptions, *, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(options.fps, clock)
        self._options = options
        self._paths: list[Path] = []
        self._at = 0
        self._last: Image | None = None

    def _rewind(self) -> None:
        self._paths = pictures_of(Path(self._options.path))
        self._at = 0
        if not self._paths:
            raise DeviceLost(f"{self._options.path} holds no pictures")

    def _next(self) -> Image | None:
        for _ in range(len(self._paths)):
            if self._at >= len(self._paths):
                if not self._options.loop:
                    return self._last
                self._at = 0
            image = read_picture(str(self._paths[self._at]))
            self._at += 1
            if image is not None:
                self._last = image
                return image
        raise DeviceLost(f"{self._options.path}: no picture can be read")


class ImageCamera(PacedCamera):
    """The driver ``image``."""

    Options = ImageOptions

    def __init__(self, options: ImageOptions, *, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(options.fps, clock)
        self._path = options.path
        self._image: Image | None = None

    def _rewind(self) -> None:
        self._image = read_picture(self._path)
        if self._image is None:
            raise DeviceLost(f"{self._path} is not there or is no picture")

    def _next(self) -> Image | None:
        return self._image


def pictures_of(path: Path) -> list[Path]:
    """The pictures of a folder in the order of their names, or the one picture that ``path`` is."""
    if path.is_file():
        return [path]
    if not path.is_dir():
        return []
    return sorted(p for p in path.iterdir() if p.suffix.lower() in _PICTURES and not p.name.startswith("."))
