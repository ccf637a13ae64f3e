"""Numbers that a person types: 9 digits (CMND), 10 (BHXH), 12 (personal number), or 15 characters (BHYT card)."""

import re
from dataclasses import dataclass, field
from typing import Literal

from kiosk.identify.bhyt import CARD_NUMBER
from kiosk.identify.doubts import Doubt
from models.errors import UnreadableInput

TypedKind = Literal["personal_id", "cmnd", "bhxh", "bhyt_15"]

TEST_PROVINCE = "099"
"""No province ever had it: demonstrations and tests use it, and it is accepted without a doubt."""

_BY_LENGTH: dict[int, TypedKind] = {9: "cmnd", 10: "bhxh", 12: "personal_id"}
_DIGITS = re.compile(r"[0-9]+")
_GROUPING = re.compile(r"(?<=[0-9A-Za-z])[ .-](?=[0-9A-Za-z])")
_LAST_PROVINCE = 96
_LAST_CENTURY_DIGIT = 3  # 2 and 3: born from 2000 to 2099


@dataclass(frozen=True, slots=True)
class TypedNumber:
    """A number by its kind; the last four are of a BHYT card number only."""

    kind: TypedKind
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
    """Why a number looks mistyped; asked, never refused. None of these numbers has a check digit.

    Only what a slip of the finger produces is doubted: a province beyond 096 (a BHYT card: 96), a birth in 2100 or
    later, a benefit level outside 1 to 5.
    """
    if number.kind == "personal_id":
        province = number.value[:3]
        if province != TEST_PROVINCE and not 1 <= int(province) <= _LAST_PROVINCE:
            return Doubt.UNKNOWN_PROVINCE
        return Doubt.UNLIKELY_CENTURY if int(number.value[3]) > _LAST_CENTURY_DIGIT else None
    if number.kind == "bhyt_15" and number.province and number.benefit_level:
        if number.benefit_level not in "12345":
            return Doubt.UNKNOWN_BENEFIT
        return None if 1 <= int(number.province) <= _LAST_PROVINCE else Doubt.UNKNOWN_PROVINCE
    return None
