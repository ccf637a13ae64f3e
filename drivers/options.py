"""What each driver can be told, as frozen dataclasses.

They stand apart from the drivers so that a whole configuration can be checked without loading OpenCV or a USB library.
Each field is made by `option`: a sentence for the reference page, a default (none: the option must be given), and for
figures the smallest and the largest value that make sense.
"""

import dataclasses
from dataclasses import dataclass
from typing import Any, Literal

_REQUIRED = dataclasses.MISSING


def option(doc: str, default: Any = _REQUIRED, *, low: float | None = None, high: float | None = None) -> Any:
    """A field of an options dataclass.

    Args:
        doc: One sentence for the reference page, with the unit.
        default: Without one the option is required.
        low: Smallest allowed figure.
        high: Largest allowed figure.
    """
    metadata = {"doc": doc, "low": low, "high": high}
    if default is _REQUIRED:
        return dataclasses.field(metadata=metadata)
    return dataclasses.field(default=default, metadata=metadata)


# cameras


@dataclass(frozen=True, kw_only=True)
class OpenCvOptions:
    """A camera that the kernel knows (V4L2)."""

    path: str = option("The camera, best by its lasting name: /dev/v4l/by-id/…", "/dev/video0")
    width: int = option("Dots of a row to ask for", 1280, low=160, high=7680)
    height: int = option("Rows to ask for", 720, low=120, high=4320)
    fps: float = option("Pictures a second to ask for", 15.0, low=1, high=120)
    fourcc: Literal["MJPG", "YUYV", "any"] = option(
        "How pictures cross the cable; MJPG lets USB 2 carry full frames", "MJPG"
    )
    frozen_after: float = option(
        "Seconds without a new picture until the camera counts as frozen", 5.0, low=0.2, high=60
    )
    still_is_frozen: bool = option("Whether pictures that are alike bit for bit count as no new picture", True)


@dataclass(frozen=True, kw_only=True)
class VideoOptions:
    """A film as a camera."""

    path: str = option("A video file that OpenCV can read")
    fps: float = option("Pictures a second; 0 takes the film's own", 0.0, low=0, high=240)
    loop: bool = option("Start again at the end; else the last picture stands", True)


@dataclass(frozen=True, kw_only=True)
class FolderOptions:
    """Pictures of a folder, in the order of their names, as a camera."""

    path: str = option("A folder with .jpg, .png, .bmp or .webp pictures")
    fps: float = option("Pictures a second", 5.0, low=0.1, high=240)
    loop: bool = option("Start again at the end; else the last picture stands", True)


@dataclass(frozen=True, kw_only=True)
class ImageOptions:
    """One picture as a camera that never moves."""

    path: str = option("A picture")
    fps: float = option("Pictures a second", 5.0, low=0.1, high=240)


@dataclass(frozen=True, kw_only=True)
class SimulatedCameraOptions:
    """A camera for trying out: a scene that moves, and pictures held before it."""

    width: int = option("Dots of a row", 1280, low=160, high=3840)
    height: int = option("Rows", 720, low=120, high=2160)
    fps: float = option("Pictures a second", 15.0, low=1, high=120)
    images: str | None = option(
        "A picture, or a folder looked at again and again, held before the camera in turn", None
    )
    show_seconds: float = option("How long each picture is held up", 3.0, low=0.1, high=600)
    gap_seconds: float = option("Empty scene between two pictures", 2.0, low=0, high=600)
    fault: str | None = option("A file whose words break the camera while it is there: lost, frozen", None)


# scanners


@dataclass(frozen=True, kw_only=True)
class SerialScannerOptions:
    """A scanner on a serial line or in USB serial (CDC) mode."""

    port: str = option("The line, best by its lasting name: /dev/serial/by-id/…")
    baud: int = option("Bits a second", 9600, low=300, high=4_000_000)
    ending: Literal["line", "pause"] = option(
        "How a code ends: by CR, LF or both; or by a pause, for scanners without a suffix", "line"
    )
    stale_after: float = option(
        "Seconds of silence that end a code, or make half a code worthless", 0.5, low=0.05, high=10
    )


@dataclass(frozen=True, kw_only=True)
class WedgeOptions:
    """A scanner that types like a keyboard; it is taken away from all other programs."""

    path: str = option("The keyboard, by its lasting name: /dev/input/by-id/…-event-kbd")
    stale_after: float = option("Seconds of silence that make half a code worthless", 1.0, low=0.05, high=10)


@dataclass(frozen=True, kw_only=True)
class SimulatedScannerOptions:
    """A scanner for trying out: each line that arrives is a code."""

    path: str | None = option("Where lines arrive; without it nothing is ever read", None)
    source: Literal["fifo", "file", "socket"] = option(
        "What stands at the path: a named pipe, a file that grows, or a Unix socket; a missing one is made", "fifo"
    )
    trusted_text: bool = option("False behaves like a keyboard wedge: only digits can be relied on", True)


# printers


@dataclass(frozen=True, kw_only=True)
class EscPosOptions:
    """What all ESC/POS printers share."""

    width: Literal[576, 384] = option("Dots of a line: 576 on 80 mm paper, 384 on 58 mm", 576)
    confirms: bool = option("Whether the printer answers at all; a mute one is never asked", True)
    confirm: Literal["status", "process_id", "none"] = option(
        "How the end of a page is confirmed: GS r 1, or GS ( H on printers that have it, or not at all", "status"
    )
    encoding: Literal["raster", "text"] = option(
        "raster draws the page; text sends unaccented lines to a slow or foreign printer", "raster"
    )
    status_timeout: float = option("Seconds to wait for the answer to one question", 0.5, low=0.02, high=10)
    stall_timeout: float = option(
        "Seconds without the printer taking a byte until it is given up", 8.0, low=0.1, high=120
    )
    confirm_timeout: float = option(
        "Seconds to wait for the confirmation after the printer took its last byte", 15.0, low=0.1, high=300
    )
    page_timeout: float = option("Seconds that one page may take at most, however slow", 90.0, low=0.2, high=600)


@dataclass(frozen=True, kw_only=True)
class EscPosTcpOptions(EscPosOptions):
    """An ESC/POS printer on the network."""

    host: str = option("Name or address")
    port: int = option("Port", 9100, low=1, high=65535)
    connect_timeout: float = option("Seconds to wait for the connection", 2.0, low=0.05, high=30)
    keep: bool = option("Keep the connection; false opens one for each page, for printers shared with others", True)


@dataclass(frozen=True, kw_only=True)
class EscPosSerialOptions(EscPosOptions):
    """An ESC/POS printer on a serial line."""

    port: str = option("The line, best by its lasting name: /dev/serial/by-id/…")
    baud: int = option("Bits a second", 115200, low=300, high=4_000_000)
    flow: Literal["rtscts", "xonxoff", "none"] = option("How the printer holds the sender back", "rtscts")


@dataclass(frozen=True, kw_only=True)
class EscPosUsbOptions(EscPosOptions):
    """An ESC/POS printer on USB, spoken to without the kernel's printer driver."""

    vendor: int = option("USB vendor id, such as 0x04b8", low=0, high=0xFFFF)
    product: int = option("USB product id", low=0, high=0xFFFF)
    serial: str | None = option("Serial number, to tell two alike apart", None)


@dataclass(frozen=True, kw_only=True)
class EscPosFileOptions(EscPosOptions):
    """An ESC/POS printer behind a device file."""

    path: str = option("The device file", "/dev/usb/lp0")


@dataclass(frozen=True, kw_only=True)
class SimulatedPrinterOptions:
    """A printer for trying out: pages become pictures in a folder."""

    folder: str = option("Where page-0001.png, page-0001.txt … are left; made when missing")
    width: Literal[576, 384] = option("Dots of a line: 576 on 80 mm paper, 384 on 58 mm", 576)
    confirms: bool = option("False behaves like a mute printer", True)
    page_seconds: float = option("How long a page takes", 0.0, low=0, high=60)
    fault: str | None = option(
        "A file whose words break the printer while it is there: paper_out, paper_out_during, paper_low, cover_open, "
        "offline, cutter, silent, lost, lost_after=BYTES, slow=SECONDS",
        None,
    )
