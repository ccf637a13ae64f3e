"""Numbers of people: their kinds, and what a slip of the finger makes of them.

None of these numbers has a check digit, and real cards were refused by checks that seemed safe: so nothing here refuses
a number of the right length. What looks mistyped is asked about at the screen and told to staff.
"""

from enum import StrEnum
from typing import Literal

NumberKind = Literal["personal_id", "cmnd", "bhxh", "bhyt_15"]
"""Personal number (12 digits), old identity card (9), social insurance (10), insurance card (2 letters, 13 digits)."""

TEST_PROVINCE = "099"
"""No province ever had it: demonstrations and tests use it, and it is accepted without a doubt."""

_LAST_PROVINCE = 96
_BENEFIT_LEVELS = "12345"


class NumberDoubt(StrEnum):
    """Why a whole number looks mistyped."""

    SAME_DIGITS = "same_digits"
    UNKNOWN_PROVINCE = "unknown_province"
    BIRTH_TO_COME = "birth_to_come"
    UNKNOWN_BENEFIT = "unknown_benefit"


def number_doubt(kind: NumberKind, value: str, latest_birth: int) -> NumberDoubt | None:
    """Why ``value``, which has the length and the letters of its kind, looks mistyped; None when it does not.

    Args:
        latest_birth: The year after which nobody can be born: the current one, or where no clock is asked 2099.
    """
    if len(set(value.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))) == 1:
        return NumberDoubt.SAME_DIGITS
    if kind == "personal_id":
        # province (3), century and sex (1), year of birth (2), random (6)
        if value[:3] != TEST_PROVINCE and not _is_province(value[:3]):
            return NumberDoubt.UNKNOWN_PROVINCE
        return NumberDoubt.BIRTH_TO_COME if birth_year(value) > latest_birth else None
    if kind == "bhyt_15":
        # object group (2 letters), benefit level (1), province (2), social insurance number (10)
        if value[2] not in _BENEFIT_LEVELS:
            return NumberDoubt.UNKNOWN_BENEFIT
        return None if _is_province(value[3:5]) else NumberDoubt.UNKNOWN_PROVINCE
    return None


def birth_year(personal_id: str) -> int:
    """The year of birth that a personal number tells: digit 4 counts centuries from the twentieth, two values each."""
    return 1900 + century_and_sex(personal_id) // 2 * 100 + int(personal_id[4:6])


def century_and_sex(personal_id: str) -> int:
    """Digit 4 of a personal number: even for men, odd for women."""
    return int(personal_id[3])


def _is_province(digits: str) -> bool:
    return 1 <= int(digits) <= _LAST_PROVINCE
