"""The machine-readable zone on the back of the card: ICAO 9303 part 5, TD1, three lines of 30.

::

    1   type (2) issuer (3) document number (9) check  optional (15)
    2   birth YYMMDD check  sex  expiry YYMMDD check  nationality (3) optional (11) composite check
    3   surname<<given names

On Vietnamese cards the optional field of line 1 holds the personal number, ``<<`` and a check digit of its own.
"""

import re
from dataclasses import dataclass, field

from kiosk.identify.cccd import number_mismatches
from kiosk.identify.doubts import Doubt
from kiosk.identify.fields import LAST_BIRTH, Birth, Gender, exact_date
from models.errors import UnreadableInput
from models.person import birth_year

_LINE = 30
_CHARACTERS = re.compile(r"[A-Z0-9<]+")
_BREAKS = re.compile(r"\s*[\r\n]+\s*")
_OPTIONAL_VNM = re.compile(r"([0-9]{12})<<([0-9])")
_BIRTH = re.compile(r"[0-9]{2}(?:[0-9]{4}|[0-9]{2}<<|<<<<)")
_EXPIRY = re.compile(r"[0-9]{6}|<{6}")
_GENDERS: dict[str, Gender] = {"M": "male", "F": "female"}


@dataclass(frozen=True, slots=True)
class MrzTd1:
    """What the zone says, fields as ICAO names them, without fillers.

    Attributes:
        id_number: The personal number, on Vietnamese cards.
        birth_text: ``YYMMDD`` as written.
        birth: With its century; from the personal number where there is one.
        checks_ok: Whether every check digit is right. A document whose digits are wrong says nothing.
    """

    kind: str
    country: str
    doc_number: str = field(repr=False)
    optional1: str = field(repr=False)
    id_number: str | None = field(repr=False)
    birth_text: str = field(repr=False)
    birth: Birth | None = field(repr=False)
    sex: str = field(repr=False)
    expiry: str = field(repr=False)
    nationality: str
    optional2: str = field(repr=False)
    surname: str = field(repr=False)
    given: str = field(repr=False)
    checks_ok: bool
    doubts: tuple[Doubt, ...] = ()

    @property
    def gender(self) -> Gender | None:
        """From ``sex``; None when it is not told."""
        return _GENDERS.get(self.sex)

    @property
    def full_name(self) -> str | None:
        """Surname first, as Vietnamese names are written; without diacritics."""
        return " ".join(filter(None, (self.surname, self.given))) or None


def looks_like_mrz(text: str) -> bool:
    """Whether a cleaned payload has the outline of a zone: 90 characters of its alphabet, in one line or three."""
    joined = _BREAKS.sub("", text)
    return len(joined) == 3 * _LINE and _CHARACTERS.fullmatch(joined) is not None and "<" in joined


def check_digit(text: str) -> str:
    """ICAO 9303 part 3 §4.9: weights 7, 3, 1; digits as they are, letters from A = 10, fillers 0; modulo 10."""
    values = (0 if c == "<" else int(c, 36) for c in text)
    return str(sum(value * (7, 3, 1)[index % 3] for index, value in enumerate(values)) % 10)


def parse_td1(text: str) -> MrzTd1:
    """Read a cleaned payload; wrong check digits are told by ``checks_ok``, not raised.

    Raises:
        UnreadableInput: Not three lines of 30, or a date that is none although its check digit is right.
    """
    joined = _BREAKS.sub("", text)
    if len(joined) != 3 * _LINE:
        raise UnreadableInput(f"machine-readable zone: {len(joined)} characters, three lines of 30 expected")
    if not _CHARACTERS.fullmatch(joined):
        raise UnreadableInput("machine-readable zone: other characters than A-Z, 0-9 and <")
    first, second, third = joined[:_LINE], joined[_LINE : 2 * _LINE], joined[2 * _LINE :]
    personal = _OPTIONAL_VNM.fullmatch(first[15:]) if first[2:5] == "VNM" else None
    checks = [
        (first[5:14], first[14]),
        (second[:6], second[6]),
        (second[8:14], second[14]),
        (first[5:] + second[:7] + second[8:15] + second[18:29], second[29]),
    ]
    if personal:
        checks.append((personal[1], personal[2]))
    checks_ok = all(check_digit(covered) == digit for covered, digit in checks)
    id_number = personal[1] if personal else None
    birth, doubts = _birth(second, id_number) if checks_ok else (None, [])
    gender = _GENDERS.get(second[7])
    if gender is None:
        doubts.append(Doubt.GENDER_UNKNOWN)
    if id_number and birth:
        doubts.extend(doubt for holds, doubt in number_mismatches(id_number, birth.year, gender) if holds)
    surname, _, given = third.rstrip("<").partition("<<")
    return MrzTd1(
        kind=first[:2].rstrip("<"),
        country=first[2:5].rstrip("<"),
        doc_number=first[5:14].rstrip("<"),
        optional1=first[15:].rstrip("<"),
        id_number=id_number,
        birth_text=second[:6],
        birth=birth,
        sex=second[7].replace("<", ""),
        expiry=second[8:14].replace("<", ""),
        nationality=second[15:18].rstrip("<"),
        optional2=second[18:29].rstrip("<"),
        surname=_words(surname),
        given=_words(given),
        checks_ok=checks_ok,
        doubts=tuple(doubts),
    )


def _words(text: str) -> str:
    return " ".join(text.replace("<", " ").split())


def _birth(line: str, id_number: str | None) -> tuple[Birth, list[Doubt]]:
    birth, expiry = line[:6], line[8:14]
    if not _BIRTH.fullmatch(birth) or not _EXPIRY.fullmatch(expiry):
        raise UnreadableInput("machine-readable zone: birth or expiry is not a date")
    year, doubts = _year(int(birth[:2]), expiry, id_number)
    if not birth.isdigit():
        return Birth(year), [*doubts, Doubt.BIRTH_YEAR_ONLY]
    day = exact_date(str(year), birth[2:4], birth[4:])
    if day is None:
        raise UnreadableInput("machine-readable zone: the date of birth is a day that does not exist")
    return Birth(year, day), doubts


def _year(two_digits: int, expiry: str, id_number: str | None) -> tuple[int, list[Doubt]]:
    """The century: the personal number tells it; otherwise nobody is born after the document ends."""
    if id_number:
        return birth_year(id_number) // 100 * 100 + two_digits, []
    last = 2000 + int(expiry[:2]) if expiry.isdigit() else LAST_BIRTH
    if 2000 + two_digits > last:
        return 1900 + two_digits, []
    return 2000 + two_digits, [Doubt.CENTURY_GUESSED]
