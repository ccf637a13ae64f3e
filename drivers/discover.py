"""What is plugged in: candidates with their lasting names, and the driver that probably fits.

Addresses such as /dev/ttyUSB0 change with the order of plugging; names under ``by-id`` do not. Where a name does not
tell a scanner from a printer both are offered: ``kiosk device test`` shows which one answers.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from drivers.registry import Family

_PRINTER = re.compile(r"print|pos|receipt|epson|xprinter|bixolon|citizen|thermal", re.IGNORECASE)
_SCANNER = re.compile(r"scan|barcode|honeywell|zebra|datalogic|newland|symbol|reader", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A device that could be named in the configuration.

    Attributes:
        identity: Its lasting name.
        options: What to write beside the driver.
        sure: Whether the driver follows from the kind of device, or is only a guess.
    """

    family: Family
    driver: str
    identity: str
    options: dict[str, object] = field(default_factory=dict)
    sure: bool = True


def discover(dev: Path = Path("/dev"), usb_devices: Callable[[], Iterable[Any]] | None = None) -> tuple[Candidate, ...]:
    """Everything that could be a camera, scanner or printer.

    Args:
        dev: The folder of devices.
        usb_devices: Gives pyusb devices; by default pyusb is asked, when it and libusb are there.
    """
    return (
        *_cameras(dev),
        *_serial_lines(dev),
        *_keyboards(dev),
        *_printer_files(dev),
        *_usb_printers(usb_devices or _plugged_in),
    )


def _cameras(dev: Path) -> list[Candidate]:
    # A camera has several nodes; only the first of each gives pictures.
    return [
        Candidate("camera", "opencv", path.name, {"path": str(path)})
        for path in _listed(dev / "v4l/by-id", "*-video-index0")
    ]


def _serial_lines(dev: Path) -> list[Candidate]:
    found = []
    for path in _listed(dev / "serial/by-id", "*"):
        printer, scanner = bool(_PRINTER.search(path.name)), bool(_SCANNER.search(path.name))
        if scanner or not printer:
            found.append(Candidate("scanner", "serial", path.name, {"port": str(path)}, sure=scanner and not printer))
        if printer or not scanner:
            found.append(
                Candidate("printer", "escpos-serial", path.name, {"port": str(path)}, sure=printer and not scanner)
            )
    return found


def _keyboards(dev: Path) -> list[Candidate]:
    return [
        Candidate("scanner", "wedge", path.name, {"path": str(path)}, sure=bool(_SCANNER.search(path.name)))
        for path in _listed(dev / "input/by-id", "*-event-kbd")
    ]


def _printer_files(dev: Path) -> list[Candidate]:
    return [Candidate("printer", "escpos-file", p.name, {"path": str(p)}) for p in _listed(dev / "usb", "lp*")]


def _usb_printers(usb_devices: Callable[[], Iterable[Any]]) -> list[Candidate]:
    return [
        Candidate(
            "printer",
            "escpos-usb",
            f"usb-{device.idVendor:04x}:{device.idProduct:04x}",
            {"vendor": device.idVendor, "product": device.idProduct},
        )
        for device in usb_devices()
        if _prints(device)
    ]


def _prints(device: Any) -> bool:
    return any(interface.bInterfaceClass == 7 for configuration in device for interface in configuration)


def _plugged_in() -> Iterable[Any]:
    try:
        import usb.core
    except ImportError:
        return ()
    try:
        return tuple(usb.core.find(find_all=True) or ())
    except (usb.core.NoBackendError, usb.core.USBError):
        return ()


def _listed(folder: Path, pattern: str) -> list[Path]:
    return sorted(folder.glob(pattern)) if folder.is_dir() else []
