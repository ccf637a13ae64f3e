"""What devices hand over and take: frozen, without behaviour of their own."""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture of a camera.

    Attributes:
        image: Height × width × 3, uint8, BGR; never written to after it was handed over.
        taken_at: Seconds of the monotonic clock.
        index: Counts up from 1 for each picture of this camera.
    """

    image: NDArray[np.uint8]
    taken_at: float
    index: int


@dataclass(frozen=True, slots=True)
class Scan:
    """One code read by a scanner device.

    Attributes:
        payload: The bytes between two line ends, without them.
        trusted_text: False when the path garbles letters (keyboard wedge): only digits can be relied on.
        dropped: Bytes of a code that was longer than a scanner may send; the payload is then empty.
    """

    payload: bytes = field(repr=False)
    taken_at: float = 0.0
    trusted_text: bool = True
    dropped: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """A page for a printer, black and white.

    Attributes:
        width: Dots; 576 on 80 mm, 384 on 58 mm at 203 dpi.
        height: Dots.
        bits: Rows from the top, each padded to whole bytes, most significant bit left, 1 = black.
        text: The same page as unaccented ASCII lines, for a printer that cannot draw.
    """

    width: int
    height: int
    bits: bytes = field(repr=False)
    text: tuple[str, ...] = ()


Paper = Literal["ok", "low", "out", "unknown"]
Cover = Literal["closed", "open", "unknown"]
Reach = Literal["online", "offline", "silent", "lost"]


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """What a printer says of itself. Silence is never taken for health.

    Attributes:
        reach: ``silent``: the connection stands, nothing answers; ``lost``: no connection.
        cutter: False when the cutter is jammed.
        detail: What was measured, for a technician.
    """

    reach: Reach
    paper: Paper = "unknown"
    cover: Cover = "unknown"
    cutter: bool | None = None
    detail: str = ""

    @property
    def can_print(self) -> bool:
        """Whether a page may be sent now: reachable, with paper and a closed cover as far as is known."""
        return self.reach == "online" and self.paper != "out" and self.cover != "open" and self.cutter is not False


@dataclass(frozen=True, slots=True)
class PrintOutcome:
    """What became of a page (promise 7).

    Attributes:
        state: ``printed`` only after the printer confirmed it; ``failed`` only when it is certain that no readable page
            came out; everything between is ``unconfirmed``.
        reason: ``paper_out | cover_open | silent | lost | cutter | mute | offline`` or empty.
    """

    state: Literal["printed", "unconfirmed", "failed"]
    reason: str = ""
    detail: str = ""
