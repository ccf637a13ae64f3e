"""Numbers typed by hand: which keys are offered, and how the digits are grouped on the screen.

A number that looks wrong is asked about, never refused (`models.person.number_doubt`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from models.person import NumberKind
from models.service import Profile

DIGITS = tuple("1234567890")
LETTERS = tuple("ABCDEGHIKLMNOPQRSTUVXY")
"""Letters that the object groups of insurance cards are made of: the Vietnamese alphabet without marks."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of number: the sizes of its groups, and how many letters it begins with."""

    groups: tuple[int, ...]
    letters: int = 0

    @property
    def total(self) -> int:
        """How many characters it has."""
        return sum(self.groups)


KINDS: Mapping[NumberKind, Kind] = MappingProxyType(
    {
        "personal_id": Kind((3, 3, 3, 3)),
        "cmnd": Kind((3, 3, 3)),
        "bhxh": Kind((3, 3, 4)),
        "bhyt_15": Kind((2, 1, 2, 5, 5), letters=2),
    }
)


def kinds_for(profile: Profile) -> tuple[NumberKind, ...]:
    """The kinds a kiosk of this profile offers, the usual one first."""
    return ("personal_id", "bhyt_15", "bhxh", "cmnd") if profile == "hospital" else ("personal_id", "cmnd")


def offered(kind: NumberKind, typed: str) -> tuple[str, ...]:
    """The characters that may come next: letters, digits, or none when the number is whole."""
    shape = KINDS[kind]
    if len(typed) >= shape.total:
        return ()
    return LETTERS if len(typed) < shape.letters else DIGITS


def cells(kind: NumberKind, typed: str, shown: bool) -> tuple[tuple[str, ...], ...]:
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
