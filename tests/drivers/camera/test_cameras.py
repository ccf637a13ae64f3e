"""What is particular to a kind of camera."""

import struct
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import cv2
import numpy as np
import pytest

from drivers.camera.files import FolderCamera, ImageCamera, VideoCamera
from drivers.camera.opencv import OpenCvCamera
from drivers.errors import DeviceLost
from drivers.options import FolderOptions, ImageOptions, OpenCvOptions, VideoOptions
from tests.drivers.camera.rigs import FolderRig, OpenCvRig, Rig, SimulatedRig, VideoRig, picture, shade_of

R = TypeVar("R", bound=Rig)


@pytest.fixture
def opened() -> Iterator[Callable[[Any], Any]]:
    rigs: list[Rig] = []

    def take(rig: Rig) -> Rig:
        rigs.append(rig)
        rig.camera.open()
        return rig

    yield take
    for rig in rigs:
        rig.close()


Opened = Callable[[R], R]


def shades(rig: Rig, count: int) -> list[int]:
    frames = [rig.camera.read(2.0) for _ in range(count)]
    return [round(shade_of(f.image), -1) for f in frames if f is not None]


def read_on(rig: Rig, patience: float) -> None:
    """Read until the camera raises."""
    while True:
        rig.camera.read(patience)


# OpenCV


def test_a_camera_that_hangs_is_lost_and_holds_nobody(opened: Opened[OpenCvRig]) -> None:
    rig = opened(OpenCvRig())
    assert rig.camera.read(2.0) is not None
    rig.captures[0].stuck.set()
    began = time.monotonic()
    with pytest.raises(DeviceLost, match="no new picture"):
        read_on(rig, 0.05)
    rig.camera.close()
    assert time.monotonic() - began < 3.0
    rig.camera.open()  # the old thread still hangs; the new capture is another
    assert rig.camera.read(2.0) is not None


def test_a_camera_that_repeats_one_picture_is_frozen(opened: Opened[OpenCvRig]) -> None:
    rig = opened(OpenCvRig())
    rig.captures[0].noise = False
    with pytest.raises(DeviceLost, match="no new picture"):
        read_on(rig, 0.05)


def test_where_stillness_is_allowed_it_is_no_fault(opened: Opened[OpenCvRig]) -> None:
    rig = opened(OpenCvRig(still_is_frozen=False))
    rig.captures[0].noise = False
    frames = [rig.camera.read(2.0) for _ in range(20)]
    assert all(frames)


def test_a_camera_pulled_out_is_lost(opened: Opened[OpenCvRig]) -> None:
    rig = opened(OpenCvRig(frozen_after=30.0))
    assert rig.camera.read(2.0) is not None
    rig.lose()
    with pytest.raises(DeviceLost, match="no more pictures"):
        read_on(rig, 2.0)


def test_a_slow_reader_gets_the_newest_picture_only(opened: Opened[OpenCvRig]) -> None:
    rig = opened(OpenCvRig())
    capture = rig.captures[0]
    waited = time.monotonic() + 5
    while capture.reads < 20 and time.monotonic() < waited:
        capture._pace.wait(0.005)
    first = rig.camera.read(2.0)
    second = rig.camera.read(2.0)
    assert first is not None
    assert second is not None
    assert (first.index, second.index) == (1, 2)


def test_closing_gives_the_camera_back(opened: Opened[OpenCvRig]) -> None:
    rig = opened(OpenCvRig())
    rig.camera.close()
    assert rig.captures[0].released.wait(2)


def test_a_driver_that_raises_is_a_lost_camera(opened: Opened[OpenCvRig], monkeypatch: pytest.MonkeyPatch) -> None:
    rig = OpenCvRig()

    def broken(_: OpenCvOptions) -> Any:
        capture = rig._capture(OpenCvOptions())
        monkeypatch.setattr(capture, "read", lambda: cv2.cvtColor(np.zeros((0, 0), np.uint8), cv2.COLOR_BGR2GRAY))
        return capture

    rig.camera = OpenCvCamera(OpenCvOptions(), capture=broken)
    opened(rig)
    with pytest.raises(DeviceLost, match="driver failed"):
        rig.camera.read(2.0)


def test_a_missing_camera_is_named_before_opencv_is_asked() -> None:
    with pytest.raises(DeviceLost, match="/dev/v4l/by-id/none is not there"):
        OpenCvCamera(OpenCvOptions(path="/dev/v4l/by-id/none")).open()


# films, folders, pictures


def test_a_film_runs_round(opened: Opened[VideoRig]) -> None:
    assert shades(opened(VideoRig()), 5) == [40, 120, 200, 40, 120]


def test_a_film_that_does_not_run_round_stands_at_its_end(opened: Opened[VideoRig]) -> None:
    assert shades(opened(VideoRig(loop=False)), 5) == [40, 120, 200, 200, 200]


def test_a_film_has_its_own_pace(opened: Opened[VideoRig]) -> None:
    rig = opened(VideoRig(fps=0))
    frames = [rig.camera.read(2.0) for _ in range(3)]
    assert all(frames)
    assert rig.camera.read(0.0) is None  # the fourth is due 20 ms later


def test_what_is_no_film_is_said(tmp_path: Path) -> None:
    (tmp_path / "film.avi").write_bytes(b"not a film")
    with pytest.raises(DeviceLost, match="no film"):
        VideoCamera(VideoOptions(path=str(tmp_path / "film.avi"))).open()


def test_a_folder_is_shown_in_the_order_of_names(opened: Opened[FolderRig]) -> None:
    assert shades(opened(FolderRig()), 4) == [40, 120, 200, 40]
    assert shades(opened(FolderRig(loop=False)), 4) == [40, 120, 200, 200]


def test_a_broken_picture_is_passed_over(opened: Opened[FolderRig]) -> None:
    rig = FolderRig()
    (rig.folder / "aa.png").write_bytes(b"not a picture")
    (rig.folder / "ab.png").touch()
    assert shades(opened(rig), 3) == [40, 120, 200]


def test_a_folder_without_a_single_good_picture_is_lost(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"not a picture")
    camera = FolderCamera(FolderOptions(path=str(tmp_path)))
    camera.open()
    with pytest.raises(DeviceLost, match="no picture can be read"):
        camera.read(1.0)


def test_what_is_no_picture_is_said(tmp_path: Path) -> None:
    (tmp_path / "one.png").write_bytes(b"not a picture")
    with pytest.raises(DeviceLost, match="no picture"):
        ImageCamera(ImageOptions(path=str(tmp_path / "one.png"))).open()


# simulated


def test_the_scene_moves(opened: Opened[SimulatedRig]) -> None:
    rig = opened(SimulatedRig())
    frames = [rig.camera.read(2.0) for _ in range(30)]
    assert len({f.image.tobytes() for f in frames if f is not None}) > 1


def test_a_picture_put_into_the_folder_is_held_up(opened: Opened[SimulatedRig], tmp_path: Path) -> None:
    hand = tmp_path / "hand"
    hand.mkdir()
    rig = opened(SimulatedRig(images=str(hand), gap_seconds=0.0))
    empty = rig.camera.read(2.0)
    assert empty is not None
    cv2.imwrite(str(hand / "card.png"), picture(0))
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        frame = rig.camera.read(2.0)
        if frame is not None and (frame.image[120, 160] == 0).all():
            break
    else:
        pytest.fail("the picture was never held up")
    assert (frame.image[0, 0] != 0).all()  # it does not fill the frame


def test_a_picture_larger_than_the_frame_is_made_to_fit(opened: Opened[SimulatedRig], tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "card.png"), np.full((960, 1280, 3), 7, np.uint8))
    rig = opened(SimulatedRig(images=str(tmp_path / "card.png"), show_seconds=600))
    frame = rig.camera.read(2.0)
    assert frame is not None
    assert (frame.image == 7).all()


def test_a_frozen_simulated_camera_gives_nothing(opened: Opened[SimulatedRig]) -> None:
    rig = opened(SimulatedRig())
    rig.fault.write_text("frozen")
    assert rig.camera.read(0.05) is None
    rig.fault.write_text("lost")
    with pytest.raises(DeviceLost):
        rig.camera.read(0.05)


def test_a_picture_that_would_fill_the_memory_is_none(tmp_path: Path) -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(1_000_000))
    path = tmp_path / "card.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b""))
    with pytest.raises(DeviceLost, match="no picture"):
        ImageCamera(ImageOptions(path=str(path))).open()
