"""The QR of the health insurance card (*thẻ BHYT*): ASCII, separated by ``|``, ``-`` for empty, ``$`` at the end.

Three layouts: 17 fields (BHXH number alone, since 2021), 15 and 10 (card number of 15 characters first). Names and
places are hexadecimal UTF-8; not every card keeps to it, so what does not decode strictly is left out.
"""

import re
from dataclasses import dataclass, field
from datetime import date

from kiosk.identify.doubts import Doubt
from kiosk.identify.fields import Birth, Gender, clean_address, clean_name, exact_date, read_birth
from models.errors import UnreadableInput

CARD_NUMBER = re.compile(r"(?P<object>[A-Z]{2})(?P<benefit>[0-9])(?P<province>[0-9]{2})(?P<bhxh>[0-9]{10})")
BHXH_NUMBER = re.compile(r"[0-9]{10}")

_LAYOUTS = (17, 15, 10)
_EMPTY = ("", "-")
_HEX = re.compile(r"(?:[0-9a-fA-F]{2})+")
_DATE = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})")
_FIRST_CARE = re.compile(r"([0-9]{2}) ?- ?([0-9A-Z]{3})")
_MANAGEMENT = re.compile(r"[0-9]{14}")
_CHECK = re.compile(r"[0-9A-Za-z]{1,64}-[0-9A-Za-z]{1,16}")
_GENDERS: dict[str, Gender] = {"1": "male", "2": "female"}


@dataclass(frozen=True, slots=True)
class Bhyt:
    """What the insurance card's QR says; None for what the layout or the card leaves out.

    Attributes:
        card_number: 15 characters; None on cards with the BHXH number alone.
        kcbbd_code: Place of first care, province and code joined: ``01C54``.
        parent_name: Of a child's card.
    """

    layout: int
    card_number: str | None = field(repr=False)
    bhxh_number: str = field(repr=False)
    object_code: str | None
    benefit_level: str | None
    province: str | None
    full_name: str | None = field(repr=False)
    birth: Birth | None = field(repr=False)
    gender: Gender | None = field(repr=False)
    address: str | None = field(repr=False)
    kcbbd_code: str | None
    valid_from: date | None
    valid_to: date | None
    issued: date | None
    management_code: str | None = field(repr=False)
    parent_name: str | None = field(repr=False)
    five_year: date | None
    check_string: str | None = field(repr=False)
    issue_place: str | None = field(repr=False)
    doubts: tuple[Doubt, ...] = ()


def parse_bhyt(text: str) -> Bhyt:
    """Read a cleaned payload.

    Raises:
        UnreadableInput: Not an insurance card's payload; the sentence names the field.
    """
    parts = [part.strip() for part in text.split("|")]
    if parts[-1] != "$":
        raise UnreadableInput("insurance card QR: the closing $ is missing, the payload may be cut")
    if len(parts) not in _LAYOUTS:
        raise UnreadableInput(f"insurance card QR: {len(parts)} fields, 17, 15 or 10 expected")
    card = CARD_NUMBER.fullmatch(parts[0])
    if card is None and not BHXH_NUMBER.fullmatch(parts[0]):
        raise UnreadableInput(f"insurance card QR: field 1 is no insurance number (length {len(parts[0])})")
    return _build(_Fields(parts), card)


def decode_hex(text: str) -> str | None:
    """Hexadecimal UTF-8, strictly; None for anything else."""
    if not _HEX.fullmatch(text):
        return None
    try:
        return bytes.fromhex(text).decode("utf-8")
    except UnicodeDecodeError:
        return None


class _Fields:
    """The fields of one payload by position, and the doubts met while reading them."""

    def __init__(self, parts: list[str]) -> None:
        self.layout = len(parts)
        self.doubts: list[Doubt] = []
        self._parts = [None if part in _EMPTY else part for part in parts[:-1]]

    def raw(self, index: int) -> str | None:
        """The field, None when empty or beyond this layout."""
        return self._parts[index] if index < len(self._parts) else None

    def matching(self, index: int, pattern: re.Pattern[str]) -> str | None:
        """The field's groups (or itself) joined when it has the expected form."""
        match = pattern.fullmatch(self.raw(index) or "")
        return None if match is None else "".join(match.groups()) or match[0]

    def name(self, index: int) -> str | None:
        """A person's name in hex: decoded and spelt like a name, or left out."""
        decoded = decode_hex(self.raw(index) or "")
        return clean_name(decoded) if decoded else None

    def place(self, index: int) -> str | None:
        """An address or place in hex."""
        raw = self.raw(index)
        decoded = decode_hex(raw or "")
        place = clean_address(decoded) if decoded else None
        if raw is not None and place is None:
            self.doubt(Doubt.ADDRESS_UNREAD)
        return place

    def day(self, index: int) -> date | None:
        """A day ``dd/MM/yyyy`` other than the birth date: left out, with a doubt, when it is none."""
        raw = self.raw(index)
        match = _DATE.fullmatch(raw or "")
        found = exact_date(match[3], match[2], match[1]) if match else None
        if raw is not None and found is None:
            self.doubt(Doubt.DATE_UNREAD)
        return found

    def doubt(self, doubt: Doubt) -> None:
        """Remember a doubt once."""
        if doubt not in self.doubts:
            self.doubts.append(doubt)


def _build(fields: _Fields, card: re.Match[str] | None) -> Bhyt:
    first = fields.raw(0) or ""
    long = fields.layout == 17
    benefit = card["benefit"] if card else fields.raw(14) if long else None
    full_name, birth, gender = fields.name(1), _birth(fields), _GENDERS.get(fields.raw(3) or "")
    if full_name is None:
        fields.doubt(Doubt.NAME_UNREAD)
    if gender is None:
        fields.doubt(Doubt.GENDER_UNKNOWN)
    if benefit is None or benefit not in "12345":
        benefit = None
        fields.doubt(Doubt.UNKNOWN_BENEFIT)
    return Bhyt(
        layout=fields.layout,
        card_number=first if card else None,
        bhxh_number=card["bhxh"] if card else first,
        object_code=card["object"] if card else None,
        benefit_level=benefit,
        province=card["province"] if card else None,
        full_name=full_name,
        birth=birth,
        gender=gender,
        address=fields.place(4),
        kcbbd_code=fields.matching(5, _FIRST_CARE),
        valid_from=fields.day(6),
        valid_to=fields.day(7),
        issued=fields.day(8),
        management_code=fields.matching(9, _MANAGEMENT),
        parent_name=fields.name(10),
        five_year=fields.day(12),
        check_string=fields.matching(13, _CHECK),
        issue_place=fields.place(15) if long else None,
        doubts=tuple(fields.doubts),
    )


def _birth(fields: _Fields) -> Birth | None:
    raw = fields.raw(2)
    if raw is None:
        fields.doubt(Doubt.BIRTH_UNKNOWN)
        return None
    birth = read_birth(raw, "insurance card QR: field 3 (date of birth)")
    if birth.day is None:
        fields.doubt(Doubt.BIRTH_YEAR_ONLY)
    return birth
