from datetime import date

import pytest

from kiosk.identify.documents import read_payload, summary, to_json
from kiosk.identify.doubts import Doubt
from kiosk.identify.mrz import MrzTd1, check_digit, parse_td1
from models.errors import UnreadableInput
from models.ticket import Method

LINES = ("IDVNM0900000111099090000011<<7", "9002155M3002153VNM<<<<<<<<<<<0", "NGUYEN<<VAN<AN<<<<<<<<<<<<<<<<")
ZONE = "\n".join(LINES)
FOREIGN = ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")


def zone(birth: str = "900215", sex: str = "M", expiry: str = "300215", number: str | None = "099090000011") -> str:
    """A zone whose check digits are right."""
    document = (number[-9:] if number else "AB1234567").ljust(9, "<")
    optional = f"{number}<<{check_digit(number)}" if number else "<" * 15
    country = "VNM" if number else "UTO"
    first = f"ID{country}{document}{check_digit(document)}{optional}"
    second = f"{birth}{check_digit(birth)}{sex}{expiry}{check_digit(expiry)}{country}<<<<<<<<<<<"
    composite = check_digit(first[5:] + second[:7] + second[8:15] + second[18:29])
    return f"{first}\n{second}{composite}\nNGUYEN<<VAN<AN<<<<<<<<<<<<<<<<"


def read(payload: str) -> MrzTd1:
    document = read_payload(payload)
    assert isinstance(document, MrzTd1)
    return document


@pytest.mark.parametrize(
    "payload", [ZONE, ZONE.replace("\n", "\r\n"), "".join(LINES), ZONE + "\r\n\x00", "\r".join(LINES)]
)
def test_the_three_lines_may_come_in_any_framing(payload: str) -> None:
    facts = to_json(read(payload))
    assert (facts["full_name"], facts["birth_date"], facts["gender"]) == ("NGUYEN VAN AN", "1990-02-15", "male")
    assert (facts["id_number"], facts["checks_ok"], facts["warnings"]) == ("099090000011", True, [])


def test_our_zone_builder_agrees_with_the_samples() -> None:
    assert zone() == ZONE


def test_every_digit_that_a_check_covers_is_covered() -> None:
    """Any other digit at a covered place makes the checks fail: 7, 3 and 1 have no factor in common with 10."""
    covered = [(0, i) for i in range(5, 30) if LINES[0][i].isdigit()] + [(1, i) for i in (*range(7), *range(8, 15), 29)]
    for line, index in covered:
        for digit in "0123456789":
            lines = list(LINES)
            if lines[line][index] == digit:
                continue
            lines[line] = lines[line][:index] + digit + lines[line][index + 1 :]
            payload = "\n".join(lines)
            assert not parse_td1(payload).checks_ok, (line, index, digit)
            with pytest.raises(UnreadableInput, match="check digit"):
                read_payload(payload)


def test_the_century_is_the_personal_numbers() -> None:
    assert (
        read(zone(birth="030321", sex="F", number="099303000012")).birth
        == read(zone(birth="030321", sex="F", number="099303000012", expiry="280321")).birth
    )
    found = read(zone(birth="030321", sex="F", number="099303000012"))
    assert found.birth
    assert found.birth.day == date(2003, 3, 21)
    assert found.doubts == ()


@pytest.mark.parametrize(
    ("birth", "expiry", "year", "doubts"),
    [
        ("740812", "120415", 1974, ()),
        ("100101", "300101", 2010, (Doubt.CENTURY_GUESSED,)),
        ("350101", "300101", 1935, ()),
    ],
)
def test_without_one_nobody_is_born_after_the_document_ends(
    birth: str, expiry: str, year: int, doubts: tuple[Doubt, ...]
) -> None:
    found = read(zone(birth=birth, expiry=expiry, number=None))
    assert found.birth
    assert found.birth.year == year
    assert found.doubts == doubts


@pytest.mark.parametrize("birth", ["90<<<<", "9002<<"])
def test_unknown_parts_of_a_birth_date_keep_the_year(birth: str) -> None:
    found = read(zone(birth=birth))
    assert found.birth
    assert (found.birth.day, found.birth.year) == (None, 1990)
    assert Doubt.BIRTH_YEAR_ONLY in found.doubts
    assert to_json(found)["birth_date"] == "1990"


@pytest.mark.parametrize(
    ("birth", "expiry"), [("900231", "300215"), ("901301", "300215"), ("9A0215", "300215"), ("900215", "3A0215")]
)
def test_impossible_dates_are_refused_though_their_digits_are_right(birth: str, expiry: str) -> None:
    with pytest.raises(UnreadableInput, match="date"):
        read_payload(zone(birth=birth, expiry=expiry))


def test_doubts_warn_only() -> None:
    assert read(zone(sex="<")).doubts == (Doubt.GENDER_UNKNOWN,)
    assert read(zone(sex="F")).doubts == (Doubt.GENDER_MISMATCH,)
    assert read(zone(birth="910215")).doubts == (Doubt.BIRTH_MISMATCH,)


@pytest.mark.parametrize(
    "payload",
    [ZONE[:-1], ZONE + "<", ZONE.lower(), ZONE.replace("<", " "), "<<<", "\n".join([*LINES, LINES[0]])],
)
def test_other_shapes_are_refused(payload: str) -> None:
    with pytest.raises(UnreadableInput):
        read_payload(payload)


def test_the_facts_for_a_visit() -> None:
    facts = summary(read(ZONE))
    assert (facts.method, facts.kind, facts.number) == (Method.MRZ, "personal_id", "099090000011")
    assert facts.born == date(1990, 2, 15)
    other = summary(read("\n".join(FOREIGN)))
    assert (other.kind, other.number, other.full_name) == ("passport", "UTOD23145890", "ERIKSSON ANNA MARIA")


def test_nothing_personal_stands_in_a_repr() -> None:
    shown = repr(read(ZONE))
    assert not [f for f in ("099090000011", "090000011", "NGUYEN", "900215", "1990") if f in shown]
