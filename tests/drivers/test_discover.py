"""What is plugged in, and a first try of it."""

from pathlib import Path
from typing import Any

import pytest

from drivers import registry
from drivers.discover import discover
from drivers.errors import UnknownDriver
from drivers.trial import try_device
from tests.support.emulators import EscPosEmulator


class FakeInterface:
    def __init__(self, kind: int) -> None:
        self.bInterfaceClass = kind


class FakeUsb(list[Any]):
    idVendor, idProduct = 0x0FFF, 0x0990  # noqa: N815


@pytest.fixture
def dev(tmp_path: Path) -> Path:
    for name in (
        "v4l/by-id/usb-Cam_1-video-index0",
        "v4l/by-id/usb-Cam_1-video-index1",
        "serial/by-id/usb-Honeywell_Scanner_7-if00",
        "serial/by-id/usb-EPSON_TM-T20_5-if00",
        "serial/by-id/usb-FTDI_FT232R_9-if00",
        "input/by-id/usb-Newland_Barcode_Reader-event-kbd",
        "input/by-id/usb-Logitech_Keyboard-event-kbd",
        "input/by-id/usb-Logitech_Mouse-event-mouse",
        "usb/lp0",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    return tmp_path


def test_everything_that_could_be_a_device_is_listed_with_its_lasting_name(dev: Path) -> None:
    usb = [FakeUsb([[FakeInterface(7)]]), FakeUsb([[FakeInterface(3)]])]
    found = [(c.family, c.driver, c.identity, c.sure) for c in discover(dev, lambda: usb)]
    assert found == [
        ("camera", "opencv", "usb-Cam_1-video-index0", True),
        ("printer", "escpos-serial", "usb-EPSON_TM-T20_5-if00", True),
        ("scanner", "serial", "usb-FTDI_FT232R_9-if00", False),
        ("printer", "escpos-serial", "usb-FTDI_FT232R_9-if00", False),
        ("scanner", "serial", "usb-Honeywell_Scanner_7-if00", True),
        ("scanner", "wedge", "usb-Logitech_Keyboard-event-kbd", False),
        ("scanner", "wedge", "usb-Newland_Barcode_Reader-event-kbd", True),
        ("printer", "escpos-file", "lp0", True),
        ("printer", "escpos-usb", "usb-0fff:0990", True),
    ]


def test_every_candidate_can_be_written_into_the_configuration_as_it_is(dev: Path) -> None:
    usb = [FakeUsb([[FakeInterface(7)]])]
    for candidate in discover(dev, lambda: usb):
        assert registry.check(candidate.family, candidate.driver, candidate.options) == ()


def test_a_machine_without_devices_has_none(tmp_path: Path) -> None:
    assert discover(tmp_path, lambda: ()) == ()
    discover(tmp_path)  # whatever USB holds here, asking does not fail


# trials


def test_a_camera_is_tried() -> None:
    trial = try_device("camera", "simulated", {"width": 320, "height": 240, "fps": 100}, seconds=2)
    assert trial.ok
    assert (trial.found["width"], trial.found["height"]) == (320, 240)


def test_a_missing_device_is_no_exception() -> None:
    trial = try_device("camera", "image", {"path": "/nowhere.png"})
    assert (trial.ok, "/nowhere.png" in trial.sentence) == (False, True)


def test_a_silent_scanner_is_told_after_the_time() -> None:
    trial = try_device("scanner", "simulated", {}, seconds=0.05)
    assert (trial.ok, trial.found) == (False, {"bytes": 0})


def test_the_content_of_a_code_is_not_told(tmp_path: Path) -> None:
    from drivers.options import SimulatedScannerOptions
    from drivers.scanner.simulated import SimulatedScanner

    path = tmp_path / "codes"
    scanner = SimulatedScanner(SimulatedScannerOptions(path=str(path)))
    scanner.open()
    path.open("w").close()
    with open(path, "w") as pipe:
        pipe.write("099090000011\n")
        pipe.flush()
        trial = try_device("scanner", "simulated", {"path": str(path)}, seconds=5)
    scanner.close()
    assert trial.ok
    assert trial.found == {"bytes": 12, "trusted_text": True}
    assert "099090000011" not in repr(trial)


def test_a_printer_is_asked_and_with_a_page_printed_on() -> None:
    from tests.drivers.printer.rigs import page_of

    with EscPosEmulator() as printer:
        options = {"host": printer.host, "port": printer.port}
        assert try_device("printer", "escpos-tcp", options).found["paper"] == "ok"
        assert not printer.pages
        trial = try_device("printer", "escpos-tcp", options, page=page_of())
        assert (trial.ok, trial.found["print"]) == (True, "printed")
        printer.faults.paper = "out"
        assert not try_device("printer", "escpos-tcp", options).ok


def test_an_unknown_driver_is_the_callers_fault() -> None:
    with pytest.raises(UnknownDriver):
        try_device("printer", "laser", {})
