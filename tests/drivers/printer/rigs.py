"""One bench for each kind of printer: the driver, something that prints, and a way to break it."""

import os
import tempfile
import tty
from collections import deque
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import usb.core
from PIL import Image

from drivers.options import (
    EscPosFileOptions,
    EscPosSerialOptions,
    EscPosTcpOptions,
    EscPosUsbOptions,
    SimulatedPrinterOptions,
)
from drivers.printer.device_file import FilePrinter
from drivers.printer.serial_line import SerialPrinter
from drivers.printer.simulated import SimulatedPrinter
from drivers.printer.tcp import TcpPrinter
from drivers.printer.usb_port import UsbPrinter
from drivers.protocols import Printer
from drivers.readings import Page
from tests.support.emulators import EscPosEmulator
from tests.support.escpos_model import Faults, PrinterModel

QUICK = {"status_timeout": 0.3, "stall_timeout": 1.5, "confirm_timeout": 3.0, "page_timeout": 20.0}

# What a fault is called on the bench, and what it is in the emulator.
FAULTS: dict[str, dict[str, Any]] = {
    "paper_out": {"paper": "out"},
    "paper_low": {"paper": "low"},
    "paper_out_during": {"paper_rows": 60},
    "cover_open": {"cover_open": True},
    "offline": {"offline": True},
    "cutter": {"cutter_jam": True, "broken": True},
    "silent": {"silent": True},
}


def page_of(width: int = 576, height: int = 230, seed: int = 1) -> Page:
    """Random dots: any slip of a byte shows."""
    bits = np.random.default_rng(seed).integers(0, 256, (height, width // 8), dtype=np.uint8).tobytes()
    return Page(width, height, bits, ("A001", "Ho tich", "08:12"))


def picture_of(page: Page) -> Image.Image:
    return Image.frombytes("1", (page.width, page.height), page.bits, "raw", "1;I")


class Rig:
    """Subclasses set ``printer`` and the emulator's model."""

    printer: Printer
    model: PrinterModel

    def fault(self, name: str) -> None:
        for field, value in FAULTS[name].items():
            setattr(self.model.faults, field, value)

    def mend(self) -> None:
        self.model.faults.__dict__.update(Faults().__dict__)

    def lose(self) -> None:
        raise NotImplementedError

    def papers(self) -> list[Image.Image]:
        return [p.image() for p in self.model.pages if not p.blank]

    def nothing_came_out(self) -> bool:
        return not self.model.pages and self.model.page.blank

    def close(self) -> None:
        self.printer.close()


class TcpRig(Rig):
    def __init__(self, emulator: EscPosEmulator | None = None, **options: Any) -> None:
        self.emulator = (emulator or EscPosEmulator()).start()
        self.model = self.emulator.model
        settings = {**QUICK, "connect_timeout": 1.0, **options}
        self.printer = TcpPrinter(EscPosTcpOptions(host=self.emulator.host, port=self.emulator.port, **settings))

    def lose(self) -> None:
        self.emulator.unplug()

    def mend(self) -> None:
        self.emulator.mend()

    def close(self) -> None:
        super().close()
        self.emulator.stop()


class PtyRig(Rig):
    """Both kinds of printer that look like a terminal to us."""

    def __init__(self, kind: str, **options: Any) -> None:
        self._master, self._slave = os.openpty()
        tty.setraw(self._slave)
        path = os.ttyname(self._slave)
        self.emulator = EscPosEmulator().serve(self._master)
        self.model = self.emulator.model
        settings = {**QUICK, **options}
        self.printer = (
            SerialPrinter(EscPosSerialOptions(port=path, flow="none", **settings))
            if kind == "serial"
            else FilePrinter(EscPosFileOptions(path=path, **settings))
        )

    def lose(self) -> None:
        self.emulator.stop()
        os.close(self._master)
        os.close(self._slave)
        self._master = self._slave = -1

    def mend(self) -> None:
        self.emulator.mend()

    def close(self) -> None:
        super().close()
        if self._master >= 0:
            self.lose()


class UsbRig(Rig):
    def __init__(self, **options: Any) -> None:
        self.model = PrinterModel()
        self.device = FakeUsbPrinter(self.model)
        settings = {**QUICK, **options}
        self.printer = UsbPrinter(EscPosUsbOptions(vendor=0x0FFF, product=0x0990, **settings), find=self.device.found)

    def lose(self) -> None:
        self.device.gone = True

    def mend(self) -> None:
        super().mend()
        self.device.answers.extend(self.model.work())


class SimulatedRig(Rig):
    def __init__(self, **options: Any) -> None:
        self._place = tempfile.TemporaryDirectory()
        self._folder = Path(self._place.name, "paper")
        self._fault = Path(self._place.name, "fault")
        self.printer = SimulatedPrinter(
            SimulatedPrinterOptions(folder=str(self._folder), fault=str(self._fault), **options)
        )

    def fault(self, name: str) -> None:
        self._fault.write_text(name)

    def mend(self) -> None:
        self._fault.unlink()

    def lose(self) -> None:
        self.fault("lost")

    def papers(self) -> list[Image.Image]:
        papers = []
        for path in sorted(self._folder.glob("*.png")):
            with Image.open(path) as picture:
                papers.append(picture.copy())
        return papers

    def nothing_came_out(self) -> bool:
        return not self.papers()

    def close(self) -> None:
        super().close()
        self._place.cleanup()


class FakeUsbPrinter:
    """A pyusb device with one printer interface and two bulk endpoints."""

    idVendor, idProduct, iSerialNumber = 0x0FFF, 0x0990, 0  # noqa: N815 - pyusb's names

    def __init__(self, model: PrinterModel) -> None:
        self.model = model
        self.answers: deque[int] = deque()
        self.gone = False
        self.kernel_driver = True
        self.claimed = False
        self._ctx = SimpleNamespace(
            managed_claim_interface=lambda *_: setattr(self, "claimed", True),
            managed_release_interface=lambda *_: setattr(self, "claimed", False),
            dispose=lambda *_: None,
        )

    def found(self, **_: Any) -> list["FakeUsbPrinter"]:
        return [] if self.gone else [self]

    def get_active_configuration(self) -> list[Any]:
        return [_Interface([_Endpoint(self, 0x01), _Endpoint(self, 0x82)])]

    def is_kernel_driver_active(self, _: int) -> bool:
        return self.kernel_driver

    def detach_kernel_driver(self, _: int) -> None:
        self.kernel_driver = False


class _Interface(list):  # type: ignore[type-arg]
    bInterfaceClass, bInterfaceNumber = 7, 0  # noqa: N815


class _Endpoint:
    bmAttributes = 2  # noqa: N815 - bulk

    def __init__(self, device: FakeUsbPrinter, address: int) -> None:
        self._device = device
        self.bEndpointAddress = address

    def write(self, data: bytes, timeout: int) -> int:
        assert timeout > 0
        self._check()
        self._device.answers.extend(self._device.model.feed(data[:64]))
        return len(data[:64])

    def read(self, size: int, timeout: int) -> bytes:
        assert timeout > 0
        self._check()
        if not self._device.answers:
            raise usb.core.USBTimeoutError("Operation timed out")
        return bytes(self._device.answers.popleft() for _ in range(min(size, len(self._device.answers))))

    def _check(self) -> None:
        assert self._device.claimed
        if self._device.gone:
            raise usb.core.USBError("No such device (it may have been disconnected)", errno=19)
