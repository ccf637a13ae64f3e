"""Bytes to an ESC/POS printer.

What python-escpos can build is built by it. Questions and confirmation requests are by hand, from Epson's published
command list: DLE EOT n (real-time status), GS r n (status when the buffer is worked off), GS ( H fn 48 (process id
after printing), GS a n (automatic status back).
"""

from dataclasses import dataclass, field
from typing import Literal

from PIL import Image

from drivers.printer.escpos_library import new_dummy
from drivers.readings import Page

INITIALISE = b"\x1b@"
AUTOMATIC_STATUS_OFF = b"\x1da\x00"  # unasked reports would look like answers
PAPER_STATUS = b"\x1dr\x01"
CUT = b"\x1dVB\x00"  # feeds to the knife and cuts

STRIP_ROWS = 100
_BAD_STRIP = 48  # pictures of a multiple of 48 rows come out garbled on printers in the field


@dataclass(frozen=True, slots=True)
class PageBytes:
    """A page ready to be sent.

    Attributes:
        ink_at: As long as no more than so many bytes were taken, nothing can have been printed.
        longest: Bytes of the longest single command: so many fill up one that was torn.
    """

    data: bytes = field(repr=False)
    ink_at: int
    longest: int


def prepare(paper_width: int) -> None:
    """Load what building pages needs, so that the first page is as quick as the others."""
    new_dummy(paper_width)


def page_bytes(page: Page, encoding: Literal["raster", "text"], paper_width: int) -> PageBytes:
    """A page from initialising to the cut.

    Args:
        paper_width: Dots of the printer's line; the page is not wider.
    """
    dummy = new_dummy(paper_width)
    if encoding == "text":
        dummy.text("".join(_printable(line) + "\n" for line in page.text))
    else:
        _draw(dummy, page)
    body = bytes(dummy.output)
    dummy.clear()
    dummy.cut(mode="PART", feed=False)
    start = INITIALISE + AUTOMATIC_STATUS_OFF
    longest = 8 + (page.width + 7) // 8 * STRIP_ROWS if encoding == "raster" else len(body)
    return PageBytes(start + body + bytes(dummy.output), len(start), longest)


def mending_bytes(longest: int) -> bytes:
    """What goes before a page after another was torn: fills up the torn command, cuts the torn paper off.

    Between commands a printer ignores NUL bytes.
    """
    return b"\0" * longest + INITIALISE + CUT


def question(number: int) -> bytes:
    """DLE EOT: 1 printer, 2 why offline, 3 errors, 4 paper."""
    return bytes((0x10, 0x04, number))


def process_id_request(serial: int) -> bytes:
    """GS ( H: the printer sends the four digits back when everything before is printed."""
    return b"\x1d(H\x06\x00\x30\x30" + process_id(serial)


def process_id(serial: int) -> bytes:
    """The four digits of a page's process id."""
    return b"%04d" % (serial % 10000)


def strip_heights(height: int) -> list[int]:
    """How a page of ``height`` rows is cut into strips."""
    heights = [STRIP_ROWS] * (height // STRIP_ROWS)
    rest = height % STRIP_ROWS
    if rest and rest % _BAD_STRIP == 0:
        heights.append(rest - 8)
        rest = 8
    return [*heights, rest] if rest else heights


def _draw(dummy: object, page: Page) -> None:
    row = (page.width + 7) // 8
    top = 0
    for height in strip_heights(page.height):
        part = page.bits[top * row : (top + height) * row]
        strip = Image.frombytes("1", (page.width, height), part, "raw", "1;I")
        dummy.image(strip, impl="bitImageRaster", fragment_height=STRIP_ROWS)  # type: ignore[attr-defined]
        top += height


def _printable(line: str) -> str:
    return "".join(c if " " <= c <= "~" else "?" for c in line)
