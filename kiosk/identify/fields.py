"""Fields that several documents share: names, addresses, dates of birth."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kiosk.identify.payload import UNDECODED
from models.errors import UnreadableInput
from models.text import nfc

Gender = Literal["male", "female"]

NAME_LIMIT = 100
ADDRESS_LIMIT = 500

FIRST_YEAR = 1880
LAST_YEAR = 2199
"""Years that a document may name. No clock is asked: the kiosk's own may be wrong."""

LAST_BIRTH = 2099
"""The last year in which somebody who comes to a kiosk can be born, without asking a clock."""

_JOINERS = "'’ʼ.-"
_NO_ADDRESS = frozenset("<>{}[]$%^`\\|~=")


@dataclass(frozen=True, slots=True)
class Birth:
    """A date of birth; ``day`` is None when only the year is known."""

    year: int
    day: date | None = None

    def __str__(self) -> str:
        """ISO 8601: ``1990-02-15``, or the reduced form ``1950``."""
        return self.day.isoformat() if self.day else f"{self.year:04d}"


def is_name(text: str) -> bool:
    """Whether ``text`` can be a person's name: words of Latin letters, joined by apostrophe, hyphen or full stop.

    A word starts with a letter, no joiner follows another, a letter carries at most two marks that have no
    composed form. Digits, brackets, other scripts and every other sign are out: no card has them, damage does.
    """
    return 0 < len(text) <= NAME_LIMIT and all(_is_word(word) for word in text.split(" "))


def clean_name(text: str) -> str | None:
    """The name in NFC with single spaces, or None when ``text`` is not one."""
    name = " ".join(nfc(text).split())
    return name if is_name(name) else None


def clean_address(text: str) -> str | None:
    """The address in NFC with single spaces, or None when it is empty or holds what no address has."""
    address = " ".join(nfc(text).split())
    if not 0 < len(address) <= ADDRESS_LIMIT or UNDECODED in address:
        return None
    return address if address.isprintable() and not _NO_ADDRESS & set(address) else None


def exact_date(year: str, month: str, day: str) -> date | None:
    """A calendar date from its digits, or None when there is no such day."""
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


def read_birth(text: str, where: str) -> Birth:
    """A birth date ``DDMMYYYY`` or ``dd/MM/yyyy``; day or month ``00``, or a year alone, keep the year.

    Args:
        text: The field.
        where: Names the field in the refusal: ``field 4 (date of birth)``.

    Raises:
        UnreadableInput: Not a date, or a day that does not exist.
    """
    match = _BIRTH.fullmatch(text)
    if match is None:
        raise UnreadableInput(f"{where} is not a date (DDMMYYYY or a year expected, length {len(text)})")
    year = int(match["year"])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UnreadableInput(f"{where} has an impossible year")
    day, month = match["day"], match["month"]
    if day is None or "00" in (day, month):
        return Birth(year)
    found = exact_date(match["year"], month, day)
    if found is None:
        raise UnreadableInput(f"{where} is a day that does not exist")
    return Birth(year, found)


_BIRTH = re.compile(r"(?:(?P<day>[0-9]{2})(?P<s>[/.-]?)(?P<month>[0-9]{2})(?P=s))?(?P<year>[0-9]{4})")


def _is_word(word: str) -> bool:
    previous, marks = "", 0
    for character in word:
        if unicodedata.category(character).startswith("M"):
            marks += 1
            if not previous.isalpha() or marks > 2:
                return False
            continue
        joiner = character in _JOINERS
        if not (joiner or unicodedata.name(character, "").startswith("LATIN ")) or (joiner and not previous.isalpha()):
            return False
        previous, marks = character, 0
    return bool(previous)
