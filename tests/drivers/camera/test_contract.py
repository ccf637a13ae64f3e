"""What every camera does, the simulated one included."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest

from drivers.errors import DeviceLost
from drivers.protocols import Camera
from tests.drivers.camera.rigs import FolderRig, ImageRig, OpenCvRig, Rig, SimulatedRig, VideoRig


class CameraContract:
    make: Callable[..., Rig]

    @pytest.fixture
    def rig(self) -> Iterator[Rig]:
        rig = type(self).make()
        yield rig
        rig.close()

    def test_it_is_a_camera(self, rig: Rig) -> None:
        assert isinstance(rig.camera, Camera)
        assert isinstance(rig.camera.simulated, bool)

    def test_pictures_are_colour_and_may_not_be_written_to(self, rig: Rig) -> None:
        rig.camera.open()
        frame = rig.camera.read(2.0)
        assert frame is not None
        assert frame.image.dtype == np.uint8
        assert frame.image.ndim == 3
        assert frame.image.shape[2] == 3
        with pytest.raises(ValueError, match="read-only"):
            frame.image[0, 0] = 0

    def test_pictures_are_counted_and_later_ones_are_later(self, rig: Rig) -> None:
        rig.camera.open()
        frames = [rig.camera.read(2.0) for _ in range(5)]
        taken = [f for f in frames if f is not None]
        assert [f.index for f in taken] == [1, 2, 3, 4, 5]
        assert [f.taken_at for f in taken] == sorted(f.taken_at for f in taken)

    def test_it_closes_twice_opens_again_and_counts_on(self, rig: Rig) -> None:
        rig.camera.close()
        rig.camera.open()
        first = rig.camera.read(2.0)
        rig.camera.close()
        rig.camera.close()
        rig.camera.open()
        second = rig.camera.read(2.0)
        assert first is not None
        assert second is not None
        assert (first.index, second.index) == (1, 2)

    def test_a_closed_camera_raises(self, rig: Rig) -> None:
        with pytest.raises(DeviceLost):
            rig.camera.read(0.0)

    def test_what_is_not_there_cannot_be_opened(self, rig: Rig) -> None:
        rig.lose()
        with pytest.raises(DeviceLost):
            rig.camera.open()
        rig.camera.close()


class TestOpenCv(CameraContract):
    make = OpenCvRig


class TestVideo(CameraContract):
    make = VideoRig


class TestFolder(CameraContract):
    make = FolderRig


class TestImage(CameraContract):
    make = ImageRig


class TestSimulated(CameraContract):
    make = SimulatedRig
