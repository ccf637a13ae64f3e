"""Ticket numbers: what stands on the paper.

A number is unique as text for one office, service and day. Three series cannot meet:

* central's: prefix and at least three digits, ``A001 … A999, A1000 …``
* a kiosk's own: prefix, kiosk number, hyphen, at least three digits, ``A2-001, A2-002 …``
* a kiosk without central (``numbering = "local"``) prints the plain form; central goes on above it once it is enrolled.

Because the kiosk's series carries a hyphen and central's never does, no two series can print the same text.
"""

import re
from dataclasses import dataclass

PREFIX_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
"""The 23 letters A-Z without I, O and Q, which are read as digits."""

_PREFIX = re.compile(rf"[{PREFIX_LETTERS}]{{1,2}}")
_NUMBER = re.compile(rf"(?P<prefix>[{PREFIX_LETTERS}]{{1,2}})(?:(?P<kiosk>[1-9]\d{{0,3}})-)?(?P<ordinal>\d{{3,6}})")

RESTART_ORDINAL = 501
"""Where a kiosk's own series starts until central has told it its next numbers (promise 3)."""


@dataclass(frozen=True, slots=True)
class Number:
    """A ticket number taken apart.

    Attributes:
        prefix: One or two letters of the service.
        ordinal: Position in its series, from 1.
        kiosk: The kiosk whose own series it is, or None for central's series.
    """

    prefix: str
    ordinal: int
    kiosk: int | None = None

    def __str__(self) -> str:
        if self.kiosk is None:
            return f"{self.prefix}{self.ordinal:03d}"
        return f"{self.prefix}{self.kiosk}-{self.ordinal:03d}"


def is_prefix(text: str) -> bool:
    """Whether ``text`` may be a service's prefix."""
    return _PREFIX.fullmatch(text) is not None


def parse_number(text: str) -> Number:
    """Take a number apart.

    Raises:
        ValueError: ``text`` is not a number in its canonical form (``A01`` and ``A0001`` are not).
    """
    match = _NUMBER.fullmatch(text)
    if match is None:
        raise ValueError(f"not a ticket number: {text[:20]!r}")
    kiosk = match["kiosk"]
    number = Number(match["prefix"], int(match["ordinal"]), int(kiosk) if kiosk else None)
    if number.ordinal < 1 or str(number) != text:
        raise ValueError(f"not a ticket number in its usual form: {text[:20]!r}")
    return number
