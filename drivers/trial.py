"""Try one device for a moment and say what it did: ``kiosk device test NAME``."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

from drivers.errors import DeviceLost
from drivers.protocols import Camera, Printer, Scanner
from drivers.readings import Page
from drivers.registry import Family, create


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of it.

    Attributes:
        found: Measured facts, for ``--json``; never the content of a code.
    """

    ok: bool
    sentence: str
    found: dict[str, object]


def try_device(
    family: Family,
    driver: str,
    options: Mapping[str, object],
    *,
    page: Page | None = None,
    seconds: float = 5.0,
    make: Callable[[], Camera | Scanner | Printer] | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Trial:
    """Open a device, use it for at most about ``seconds``, close it.

    A camera gives a picture, a scanner a code, a printer its status and, with ``page``, paper.

    Raises:
        UnknownDriver: No such driver.
        WrongOptions: With every problem of ``options``.
    """
    device: Camera | Scanner | Printer = make() if make is not None else create(family, driver, options)
    try:
        device.open()
        if family == "printer":
            return _try_printer(cast("Printer", device), page)
        if family == "camera":
            return _try_camera(cast("Camera", device), clock() + seconds, clock)
        return _try_scanner(cast("Scanner", device), clock() + seconds, clock)
    except DeviceLost as error:
        return Trial(False, str(error), {})
    finally:
        device.close()


def _try_camera(device: Camera, deadline: float, clock: Callable[[], float]) -> Trial:
    frames, first, last = 0, 0.0, 0.0
    shape: tuple[int, ...] = ()
    while (left := deadline - clock()) > 0 and frames < 30:
        frame = device.read(left)
        if frame is None:
            continue
        shape, last = frame.image.shape, frame.taken_at
        first = first or last
        frames += 1
    if not frames:
        return Trial(False, "the camera opened but gave no picture", {"frames": 0})
    rate = round((frames - 1) / (last - first), 1) if last > first else 0.0
    found: dict[str, object] = {"frames": frames, "width": shape[1], "height": shape[0], "per_second": rate}
    return Trial(True, f"{shape[1]} × {shape[0]}, {rate:g} pictures a second", found)


def _try_scanner(device: Scanner, deadline: float, clock: Callable[[], float]) -> Trial:
    while (left := deadline - clock()) > 0:
        scan = device.read(left)
        if scan is not None:
            size = len(scan.payload) + scan.dropped
            return Trial(True, f"read a code of {size} bytes", {"bytes": size, "trusted_text": scan.trusted_text})
    return Trial(False, "the scanner opened but nothing was scanned", {"bytes": 0})


def _try_printer(device: Printer, page: Page | None) -> Trial:
    status = device.status()
    found: dict[str, object] = {"reach": status.reach, "paper": status.paper, "cover": status.cover}
    if page is None:
        words = f"{status.reach}, paper {status.paper}, cover {status.cover}"
        return Trial(status.can_print, f"{words} ({status.detail})" if status.detail else words, found)
    outcome = device.print(page)
    found |= {"print": outcome.state, "reason": outcome.reason}
    words = " ".join(w for w in (outcome.state, outcome.reason) if w)
    return Trial(outcome.state != "failed", f"{words}: {outcome.detail}" if outcome.detail else words, found)
