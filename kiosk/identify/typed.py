"""Numbers that a person types: 9 digits (CMND), 10 (BHXH), 12 (personal number), or 15 characters (BHYT card)."""

import re
from dataclasses import dataclass, field

from kiosk.identify.bhyt import CARD_NUMBER
from kiosk.identify.doubts import Doubt
from kiosk.identify.fields import LAST_BIRTH
from models.errors import UnreadableInput
from models.person import NumberKind, number_doubt

_BY_LENGTH: dict[int, NumberKind] = {9: "cmnd", 10: "bhxh", 12: "personal_id"}
_DIGITS = re.compile(r"[0-9]+")
_GROUPING = re.compile(r"(?<=[0-9A-Za-z])[ .-](?=[0-9A-Za-z])")


@dataclass(frozen=True, slots=True)
class TypedNumber:
    """A number by its kind; the last four are of a BHYT card number only."""

    kind: NumberKind
    value: str = field(repr=False)
    object_code: str | None = None
    benefit_level: str | None = None
    province: str | None = None
    bhxh: str | None = field(default=None, repr=False)


def read_typed(text: str) -> TypedNumber:
    """Read a number; single spaces, full stops or hyphens between its groups do not matter.

    Raises:
        UnreadableInput: No kind of number is that long, or it has letters where digits belong.
    """
    value = _GROUPING.sub("", text.strip()).upper()
    card = CARD_NUMBER.fullmatch(value)
    if card:
        return TypedNumber("bhyt_15", value, card["object"], card["benefit"], card["province"], card["bhxh"])
    kind = _BY_LENGTH.get(len(value))
    if kind is None:
        raise UnreadableInput(
            f"typed number: {len(value)} characters; 9 (CMND), 10 (BHXH), 12 (personal number) or 15 (BHYT) expected"
        )
    if not _DIGITS.fullmatch(value):
        raise UnreadableInput("typed number: other characters than the digits 0-9")
    return TypedNumber(kind, value)


def doubt(number: TypedNumber) -> Doubt | None:
    """Why a number looks mistyped; asked, never refused (`models.person.number_doubt`). No clock is asked here."""
    found = number_doubt(number.kind, number.value, LAST_BIRTH)
    return None if found is None else Doubt(found.value)
