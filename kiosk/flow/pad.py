"""Numbers typed by hand: their kinds, how they are grouped on the screen, and when one looks wrong.

Nothing here refuses a number of the right length: cards were refused by such checks and were real (the personal
number has no check digit). A number that looks wrong is asked about.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from models.service import Profile

DIGITS = tuple("1234567890")
LETTERS = tuple("ABCDEGHIKLMNOPQRSTUVXY")
"""Letters that the object groups of insurance cards are made of: the Vietnamese alphabet without marks."""

HIGHEST_PROVINCE = 99
"""Provinces had 001 to 096; 099 is the prefix of demonstration numbers."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of number: the sizes of its groups, and how many letters it begins with."""

    groups: tuple[int, ...]
    letters: int = 0

    @property
    def total(self) -> int:
        """How many characters it has."""
        return sum(self.groups)


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "personal_id": Kind((3, 3, 3, 3)),
        "cmnd": Kind((3, 3, 3)),
        "bhxh": Kind((3, 3, 4)),
        "bhyt_15": Kind((2, 1, 2, 5, 5), letters=2),
    }
)


def kinds_for(profile: Profile) -> tuple[str, ...]:
    """The kinds a kiosk of this profile offers, the usual one first."""
    return ("personal_id", "bhyt_15", "bhxh", "cmnd") if profile == "hospital" else ("personal_id", "cmnd")


def offered(kind: str, typed: str) -> tuple[str, ...]:
    """The characters that may come next: letters, digits, or none when the number is whole."""
    shape = KINDS[kind]
    if len(typed) >= shape.total:
        return ()
    return LETTERS if len(typed) < shape.letters else DIGITS


def cells(kind: str, typed: str, shown: bool) -> tuple[tuple[str, ...], ...]:
    """One string a place, in groups; a finished group turns to dots when the next begins, unless ``shown``."""
    groups: list[tuple[str, ...]] = []
    start = 0
    for size in KINDS[kind].groups:
        end = start + size
        part = typed[start:end]
        masked = "•" * size if not shown and len(typed) > end else part
        groups.append(tuple(masked) + ("",) * (size - len(part)))
        start = end
    return tuple(groups)


def doubt(kind: str, typed: str, year: int) -> str:
    """Locale key of why a whole number looks wrong; empty when it does not.

    Args:
        year: The current year, for birth years yet to come.
    """
    digits = typed[KINDS[kind].letters :]
    if len(set(digits)) == 1:
        return "flow.doubt.same_digits"
    if kind == "personal_id":
        # province (3), century and sex (1), year of birth (2), random (6)
        if not 1 <= int(digits[:3]) <= HIGHEST_PROVINCE:
            return "flow.doubt.province"
        if 1900 + 100 * (int(digits[3]) // 2) + int(digits[4:6]) > year:
            return "flow.doubt.birth_year"
    if kind == "bhyt_15" and digits[0] not in "12345":
        return "flow.doubt.benefit"
    return ""
