"""The QR of the citizen identity card (*thẻ CCCD*, *thẻ Căn cước*): UTF-8, separated by ``|``, not signed.

::

    id (12) | old number or empty | full name | DDMMYYYY | Nam/Nữ | address | DDMMYYYY issued [| four more]

Seven fields on cards from 2021 to June 2024, eleven on later ones; cut after the address there are six. Fields 8 and
on are never looked at. The QR that VNeID shows on a phone reads the same.
"""

import re
from dataclasses import dataclass, field
from datetime import date

from kiosk.identify.doubts import Doubt
from kiosk.identify.fields import Birth, Gender, clean_address, clean_name, exact_date, read_birth
from kiosk.identify.payload import UNDECODED
from models.errors import UnreadableInput
from models.person import birth_year, century_and_sex

PERSONAL_ID = re.compile(r"[0-9]{12}")

_OLD_ID = re.compile(r"[0-9]{9,12}")
_DATE = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4})")
_KNOWN_COUNTS = (6, 7, 11)
_LEAST_FIELDS = 6
_MOST_FIELDS = 16  # a later card may have more than eleven; a wall of separators is none
_GENDERS: dict[str, Gender] = {"nam": "male", "nữ": "female"}


@dataclass(frozen=True, slots=True)
class Cccd:
    """What the card's QR says.

    Attributes:
        layout: How many fields there were.
        full_name: As printed, NFC; None when its letters did not survive the way.
        issued: None when the payload is cut or the date unreadable.
        address: As of the day of issue, one string.
    """

    layout: int
    id_number: str = field(repr=False)
    old_id: str | None = field(repr=False)
    full_name: str | None = field(repr=False)
    birth: Birth = field(repr=False)
    gender: Gender | None = field(repr=False)
    address: str | None = field(repr=False)
    issued: date | None = field(repr=False)
    doubts: tuple[Doubt, ...] = ()


def parse_cccd(text: str, *, trusted_text: bool = True) -> Cccd:
    """Read a cleaned payload.

    Args:
        text: From `kiosk.identify.payload.clean_payload`.
        trusted_text: False when the way garbles letters (keyboard scanners): only digits are believed then.

    Raises:
        UnreadableInput: Not an identity card's payload; the sentence names the field.
    """
    parts = [part.strip() for part in text.split("|")]
    if not _LEAST_FIELDS <= len(parts) <= _MOST_FIELDS:
        raise UnreadableInput(f"identity card QR: {len(parts)} fields, {_LEAST_FIELDS} to {_MOST_FIELDS} expected")
    id_number, old_id, name, birth_text, gender_text, address_text = parts[:6]
    if not PERSONAL_ID.fullmatch(id_number):
        raise UnreadableInput(f"identity card QR: field 1 is not 12 digits (length {len(id_number)})")
    if old_id and not _OLD_ID.fullmatch(old_id):
        raise UnreadableInput(f"identity card QR: field 2 is neither empty nor 9 to 12 digits (length {len(old_id)})")
    birth = read_birth(birth_text, "identity card QR: field 4 (date of birth)")
    full_name = _name(name) if trusted_text else None
    address = clean_address(address_text) if trusted_text else None
    gender = _GENDERS.get(gender_text.lower())
    issued, issue_doubt = _issued(parts[6] if len(parts) > 6 else "")
    doubts = [
        (full_name is None, Doubt.NAME_UNREAD),
        (address is None, Doubt.ADDRESS_UNREAD),
        (gender is None, Doubt.GENDER_UNKNOWN),
        (birth.day is None, Doubt.BIRTH_YEAR_ONLY),
        (len(parts) == _LEAST_FIELDS, Doubt.CUT_PAYLOAD),
        (len(parts) not in _KNOWN_COUNTS, Doubt.UNUSUAL_LAYOUT),
        (issue_doubt, Doubt.DATE_UNREAD),
        *number_mismatches(id_number, birth.year, gender),
    ]
    return Cccd(
        layout=len(parts),
        id_number=id_number,
        old_id=old_id or None,
        full_name=full_name,
        birth=birth,
        gender=gender,
        address=address,
        issued=issued,
        doubts=tuple(doubt for holds, doubt in doubts if holds),
    )


def number_mismatches(id_number: str, born: int, gender: Gender | None) -> tuple[tuple[bool, Doubt], ...]:
    """Whether a personal number's year of birth and sex contradict what a document says beside it.

    That they agree is no legal promise any more, so it is a doubt and nothing else.
    """
    sex: Gender = "female" if century_and_sex(id_number) % 2 else "male"
    return (
        (birth_year(id_number) != born, Doubt.BIRTH_MISMATCH),
        (gender is not None and gender != sex, Doubt.GENDER_MISMATCH),
    )


def _name(text: str) -> str | None:
    """The name; None when it was not UTF-8; a refusal when no name is spelt like that, for then it is no card's QR."""
    if not text or UNDECODED in text:
        return None
    name = clean_name(text)
    if name is None:
        raise UnreadableInput(f"identity card QR: field 3 (name) holds signs that no name has (length {len(text)})")
    return name


def _issued(text: str) -> tuple[date | None, bool]:
    """The day of issue, and whether there was something that is none."""
    match = _DATE.fullmatch(text)
    found = exact_date(match[3], match[2], match[1]) if match else None
    return found, bool(text) and found is None
