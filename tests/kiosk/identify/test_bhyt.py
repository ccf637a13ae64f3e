import random
from datetime import date

import pytest

from kiosk.identify.bhyt import Bhyt, decode_hex
from kiosk.identify.documents import read_payload, summary, to_json
from kiosk.identify.doubts import Doubt
from kiosk.identify.fields import is_name
from kiosk.identify.typed import TypedNumber
from models.errors import UnreadableInput
from models.text import nfc
from models.ticket import Method

NAME = "Đặng Thị Thử"
PLACE = "Xã Kiểm Thử, Thành phố Hà Nội"


def hexed(text: str) -> str:
    return text.encode().hex()


LONG = (
    f"0199000071|{hexed(NAME)}|05/09/1950|2|-|01 - C54|01/01/2025|-|02/01/2025|01050199000071|-|4| 01/10/2027|"
    f"00ff00ff00ff00ff-1202|4|{hexed(PLACE)}|$"
)
MIDDLE = (
    f"TE1019900000072|{hexed(NAME)}|05/09/2020|2|{hexed(PLACE)}|01 - 007|05/09/2020|04/09/2026|01/10/2020|"
    f"01050199000072|{hexed('Đặng Văn Cha')}|1|01/06/2023|00ff-7101|$"
)
SHORT = f"HS4019900000073|{hexed(NAME)}|05/09/2001|2|{hexed(PLACE)}|01 - 007|01/09/2020|31/08/2021|01/09/2020|$"
SHORT_CARD = "HS4019900000073"


def read(payload: str) -> Bhyt:
    document = read_payload(payload)
    assert isinstance(document, Bhyt)
    return document


def change(payload: str, index: int, value: str) -> str:
    parts = payload.split("|")
    parts[index] = value
    return "|".join(parts)


def test_seventeen_fields() -> None:
    card = read(LONG)
    assert (card.layout, card.card_number, card.bhxh_number) == (17, None, "0199000071")
    assert (card.full_name, card.gender, card.benefit_level) == (NAME, "female", "4")
    assert (card.kcbbd_code, card.five_year, card.issue_place) == ("01C54", date(2027, 10, 1), PLACE)
    assert card.doubts == ()


def test_fifteen_fields() -> None:
    card = read(MIDDLE)
    assert (card.layout, card.card_number, card.bhxh_number) == (15, "TE1019900000072", "9900000072")
    assert (card.object_code, card.benefit_level, card.province) == ("TE", "1", "01")
    assert (card.address, card.parent_name, card.issue_place) == (PLACE, "Đặng Văn Cha", None)
    assert card.doubts == ()


def test_ten_fields() -> None:
    card = read(SHORT)
    assert (card.layout, card.card_number, card.address) == (10, SHORT_CARD, PLACE)
    assert (card.valid_from, card.valid_to, card.issued) == (date(2020, 9, 1), date(2021, 8, 31), date(2020, 9, 1))
    assert (card.check_string, card.five_year, card.management_code) == (None, None, None)
    assert to_json(card)["layout"] == "10"


def test_one_person_is_one_number_whatever_the_layout() -> None:
    facts = summary(read(change(MIDDLE, 0, "HS4010199000071")))
    assert (facts.kind, facts.number) == (summary(read(LONG)).kind, summary(read(LONG)).number)
    assert facts.method is Method.BHYT_QR
    typed = read_payload("HS4010199000071")
    assert isinstance(typed, TypedNumber)
    assert summary(typed).number == "0199000071"


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (LONG[:-2], "closing"),
        (LONG.replace("|$", "|x|$"), "18 fields"),
        (change(LONG, 0, "019900007"), "field 1"),
        (change(LONG, 0, "hs4010199000071"), "field 1"),
        (change(LONG, 2, "31/02/1990"), "date of birth"),
        (change(LONG, 2, "tomorrow"), "date of birth"),
        ("0199000071|$", "2 fields"),
        ("|" * 3000 + "$", "fields"),
    ],
)
def test_what_is_no_card_is_refused_with_its_place(payload: str, reason: str) -> None:
    with pytest.raises(UnreadableInput, match=reason):
        read_payload(payload)


@pytest.mark.parametrize(
    "name",
    ["zz", "abc", "abcd", "c3", hexed("Lý 7"), hexed("a\u202eb"), hexed("Ивaн"), "-", "", NAME, "00", "4e" * 200],
)
def test_a_name_that_does_not_decode_is_left_out(name: str) -> None:
    card = read(change(LONG, 1, name))
    assert card.full_name is None
    assert Doubt.NAME_UNREAD in card.doubts


def test_upper_case_hex_and_nfd_are_read() -> None:
    card = read(change(LONG, 1, "Đặng Thị Thử".encode().hex().upper()))
    assert card.full_name == NAME


@pytest.mark.parametrize(
    ("index", "value", "doubt"),
    [
        (2, "1950", Doubt.BIRTH_YEAR_ONLY),
        (2, "-", Doubt.BIRTH_UNKNOWN),
        (3, "3", Doubt.GENDER_UNKNOWN),
        (6, "31/02/2025", Doubt.DATE_UNREAD),
        (14, "9", Doubt.UNKNOWN_BENEFIT),
        (15, "zz", Doubt.ADDRESS_UNREAD),
    ],
)
def test_what_is_odd_warns_only(index: int, value: str, doubt: Doubt) -> None:
    assert read(change(LONG, index, value)).doubts == (doubt,)


@pytest.mark.parametrize("code", ["01 - 028", "01-028", "01- 028"])
def test_first_care_codes(code: str) -> None:
    assert read(change(LONG, 5, code)).kcbbd_code == "01028"


@pytest.mark.parametrize("text", ["", "4", "4g", "c3", "c328", " 41", "0x41", "ed a0 80", "eda080"])
def test_hex_is_strict(text: str) -> None:
    assert decode_hex(text) is None


def test_ten_thousand_damaged_cards_never_yield_a_wrong_name() -> None:
    """One to three characters of the payload are replaced, dropped, doubled or swapped.

    A changed hex digit can spell another name, nothing in the card's QR forbids it; what must never come out is a name
    that is not what the bytes say, or that is no name.
    """
    rng = random.Random(20260101)
    alphabet = "0123456789abcdefghxyzABC|-$ /<%\x00\u1ea1đ"
    names = refused = 0
    for _ in range(10_000):
        payload = list(rng.choice((LONG, MIDDLE, SHORT)))
        for _ in range(rng.randint(1, 3)):
            _damage(payload, rng, alphabet)
        damaged = "".join(payload)
        try:
            card = read_payload(damaged)
        except UnreadableInput:
            refused += 1
            continue
        name = card.full_name if isinstance(card, Bhyt) else None
        if name is not None:
            names += 1
            assert is_name(name)
            assert name == " ".join(nfc(bytes.fromhex(damaged.split("|")[1].strip()).decode()).split())
    assert names > 1000
    assert refused > 1000


def _damage(payload: list[str], rng: random.Random, alphabet: str) -> None:
    at = rng.randrange(len(payload) - 1)
    match rng.randrange(4):
        case 0:
            payload[at] = rng.choice(alphabet)
        case 1:
            del payload[at]
        case 2:
            payload.insert(at, payload[at])
        case _:
            payload[at], payload[at + 1] = payload[at + 1], payload[at]


def test_nothing_personal_stands_in_a_repr() -> None:
    shown = repr(read(LONG)) + repr(read(MIDDLE))
    assert not [f for f in ("0199000071", "TE1019900000072", "Thử", "1950", "Kiểm") if f in shown]
