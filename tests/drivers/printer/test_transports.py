"""What is particular to a cable."""

import errno
import os
import tty
from pathlib import Path
from typing import Any

import pytest
import usb.core

from drivers.errors import DeviceLost
from drivers.options import EscPosFileOptions, EscPosSerialOptions, EscPosTcpOptions, EscPosUsbOptions
from drivers.printer.device_file import FilePrinter
from drivers.printer.serial_line import SerialPrinter
from drivers.printer.tcp import TcpPrinter
from drivers.printer.usb_port import UsbPrinter
from tests.drivers.printer.rigs import FakeUsbPrinter, PtyRig, TcpRig, UsbRig, page_of
from tests.support.escpos_model import PrinterModel


def test_tcp_says_which_address_does_not_answer() -> None:
    with pytest.raises(DeviceLost, match=r"cannot connect to 127\.0\.0\.1:1"):
        TcpPrinter(EscPosTcpOptions(host="127.0.0.1", port=1)).open()


def test_tcp_connecting_for_each_page_holds_no_connection() -> None:
    rig = TcpRig(keep=False)
    try:
        rig.printer.open()
        assert rig.printer.print(page_of()).state == "printed"
        assert rig.printer.print(page_of()).state == "printed"
        assert rig.emulator.connections == 3
    finally:
        rig.close()


def test_a_mute_page_over_a_passing_connection_arrives_whole() -> None:
    rig = TcpRig(keep=False, confirms=False)
    try:
        rig.printer.open()
        assert rig.printer.print(page_of()).reason == "mute"
        assert rig.emulator.wait_for_pages(1)
    finally:
        rig.close()


def test_a_missing_device_file_is_named_and_never_made(tmp_path: Path) -> None:
    with pytest.raises(DeviceLost, match="lp0 is not there"):
        FilePrinter(EscPosFileOptions(path=str(tmp_path / "lp0"))).open()
    assert not (tmp_path / "lp0").exists()


def test_a_forbidden_device_file_says_which_group(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> int:  # root, whom tests may run as, is never refused
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("drivers.printer.device_file.os.open", refuse)
    with pytest.raises(DeviceLost, match="group lp"):
        FilePrinter(EscPosFileOptions()).open()


def test_a_mute_printer_behind_a_pipe(tmp_path: Path) -> None:
    path = tmp_path / "lp0"
    os.mkfifo(path)
    printer = FilePrinter(EscPosFileOptions(path=str(path), confirms=False))
    with pytest.raises(DeviceLost, match="no device behind it"):
        printer.open()
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        printer.open()
        assert printer.print(page_of(height=100)).reason == "mute"
        model = PrinterModel()
        model.feed(os.read(reader, 65536))
        assert len(model.pages) == 1
    finally:
        printer.close()
        os.close(reader)


def test_a_serial_line_is_taken_for_one_program() -> None:
    rig = PtyRig("serial")
    try:
        rig.printer.open()
        other = SerialPrinter(EscPosSerialOptions(port=rig.printer._transport.where))  # type: ignore[attr-defined]
        with pytest.raises(DeviceLost, match="cannot open"):
            other.open()
    finally:
        rig.close()


def test_a_serial_printer_that_takes_nothing_is_a_failure_in_time() -> None:
    master, slave = os.openpty()
    tty.setraw(slave)
    options = EscPosSerialOptions(port=os.ttyname(slave), flow="none", confirms=False, stall_timeout=0.3)
    printer = SerialPrinter(options)
    try:
        printer.open()
        outcome = printer.print(page_of(height=4000))
        assert (outcome.state, outcome.reason) == ("unconfirmed", "silent")
    finally:
        printer.close()
        os.close(master)
        os.close(slave)


def test_usb_takes_the_device_from_the_kernel_and_gives_it_back() -> None:
    rig = UsbRig()
    rig.printer.open()
    assert not rig.device.kernel_driver
    assert rig.device.claimed
    rig.printer.close()
    assert not rig.device.claimed


def test_usb_tells_two_alike_apart_by_serial_number(monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = FakeUsbPrinter(PrinterModel()), FakeUsbPrinter(PrinterModel())
    one.iSerialNumber, two.iSerialNumber = 1, 2
    monkeypatch.setattr("usb.util.get_string", lambda _, index: {1: "S1", 2: "S2"}[index])
    options = EscPosUsbOptions(vendor=0x0FFF, product=0x0990, serial="S2")
    printer = UsbPrinter(options, find=lambda **_: [one, two])
    printer.open()
    assert (one.claimed, two.claimed) == (False, True)
    printer.close()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (usb.core.NoBackendError("No backend available"), "libusb is not installed"),
        (usb.core.USBError("Access denied (insufficient permissions)", errno=13), "Access denied"),
    ],
)
def test_usb_trouble_becomes_a_sentence(error: Exception, words: str) -> None:
    def find(**_: Any) -> None:
        raise error

    with pytest.raises(DeviceLost, match=words):
        UsbPrinter(EscPosUsbOptions(vendor=1, product=2), find=find).open()


def test_usb_not_plugged_in() -> None:
    with pytest.raises(DeviceLost, match="USB 0001:0002 is not plugged in"):
        UsbPrinter(EscPosUsbOptions(vendor=1, product=2), find=lambda **_: None).open()
