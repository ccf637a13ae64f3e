"""A camera for trying out: a scene that moves, and pictures held before it.

With ``images`` a folder, pictures can be put in and taken out while it runs: what lies there is held up in turn. A
picture as large as the frame fills it; a smaller one is held in the middle and sways a little, as a hand does.
"""

import math
import time
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np

from drivers.camera.files import pictures_of
from drivers.camera.paced import Image, PacedCamera, read_picture
from drivers.errors import DeviceLost
from drivers.options import SimulatedCameraOptions

_SWAY_DOTS = 6
_LOOK_AGAIN = 0.3  # seconds


class SimulatedCamera(PacedCamera):
    """The driver ``simulated`` of cameras."""

    Options = SimulatedCameraOptions

    def __init__(self, options: SimulatedCameraOptions, *, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(options.fps, clock)
        self._options = options
        self._room = _room(options.width, options.height)
        self._began = 0.0
        self._looked = -math.inf
        self._paths: list[Path] = []
        self._turn_began = 0.0
        self._held: tuple[Path, int, Image] | None = None

    def _rewind(self) -> None:
        self._fault()
        self._began = self._turn_began = self._clock()
        self._looked = -math.inf

    def _next(self) -> Image | None:
        if self._fault() == "frozen":
            return None
        now = self._clock()
        scene = self._room.copy()
        self._figure(scene, now - self._began)
        held = self._in_hand(now)
        if held is not None:
            self._hold(scene, held, now - self._began)
        return scene

    def _fault(self) -> str:
        if self._options.fault is None:
            return ""
        try:
            word = Path(self._options.fault).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return ""
        if word == "lost":
            raise DeviceLost("told to be lost")
        return word

    def _figure(self, scene: Image, seconds: float) -> None:
        """Head and shoulders that sway: something moves, and no face is there to be found."""
        wide, high = self._options.width, self._options.height
        x = int(wide * (0.5 + 0.06 * math.sin(seconds * 0.9)))
        cv2.ellipse(scene, (x, int(high * 1.02)), (high // 3, high // 3), 0, 0, 360, (92, 84, 70), -1, cv2.LINE_AA)
        cv2.ellipse(scene, (x, int(high * 0.5)), (high // 8, high // 6), 0, 0, 360, (120, 140, 170), -1, cv2.LINE_AA)

    def _in_hand(self, now: float) -> Image | None:
        """The picture whose turn it is; none in the gaps."""
        if self._options.images is None:
            return None
        if now - self._looked >= _LOOK_AGAIN:
            self._looked = now
            paths = pictures_of(Path(self._options.images))
            if paths != self._paths:
                self._paths, self._turn_began = paths, now
        if not self._paths:
            return None
        turn = self._options.show_seconds + self._options.gap_seconds
        number, within = divmod(now - self._turn_began, turn)
        if within >= self._options.show_seconds:
            return None
        return self._load(self._paths[int(number) % len(self._paths)])

    def _load(self, path: Path) -> Image | None:
        try:
            stamp = path.stat().st_mtime_ns
        except OSError:
            return None
        if self._held is None or self._held[:2] != (path, stamp):
            image = read_picture(str(path))
            if image is None:
                return None
            self._held = (path, stamp, self._fitted(image))
        return self._held[2]

    def _fitted(self, image: Image) -> Image:
        high, wide = image.shape[:2]
        scale = min(1.0, self._options.width / wide, self._options.height / high)
        if scale == 1.0:
            return image
        size = (max(1, round(wide * scale)), max(1, round(high * scale)))
        return cv2.resize(image, size, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)

    def _hold(self, scene: Image, held: Image, seconds: float) -> None:
        high, wide = held.shape[:2]
        free_x, free_y = self._options.width - wide, self._options.height - high
        left = free_x // 2 + round(min(_SWAY_DOTS, free_x // 2) * math.sin(seconds * 1.7))
        top = free_y // 2 + round(min(_SWAY_DOTS, free_y // 2) * math.sin(seconds * 1.1))
        scene[top : top + high, left : left + wide] = held


def _room(width: int, height: int) -> Image:
    """A quiet wall, lighter above, with a window and a table."""
    rows = np.linspace(205, 150, height, dtype=np.float32)[:, None, None]
    tint = np.array([0.94, 0.98, 1.0], dtype=np.float32)[None, None, :]
    room = np.ascontiguousarray(np.broadcast_to(rows * tint, (height, width, 3)), dtype=np.uint8)
    cv2.rectangle(room, (width // 12, height // 10), (width // 4, height // 2), (228, 222, 210), -1)
    cv2.rectangle(room, (0, height * 9 // 10), (width, height), (96, 120, 140), -1)
    return room
