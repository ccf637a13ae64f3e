import unicodedata
from datetime import date

import pytest

from kiosk.identify.cccd import Cccd
from kiosk.identify.documents import read_payload, summary, to_json
from kiosk.identify.doubts import Doubt
from models.errors import UnreadableInput
from models.ticket import Method

NUMBER = "099065000021"
FIELDS = [NUMBER, "", "Lý Văn Thử", "09031965", "Nam", "Tổ 5, Phường Kiểm Thử, Thành phố Hà Nội", "01022023"]


def card(**changes: str) -> str:
    """A card's payload with some fields changed, by their number: ``f4="1950"``."""
    fields = list(FIELDS)
    for name, value in changes.items():
        fields[int(name[1:]) - 1] = value
    return "|".join(fields)


def read(payload: str | bytes, *, trusted_text: bool = True) -> Cccd:
    document = read_payload(payload, trusted_text=trusted_text)
    assert isinstance(document, Cccd)
    return document


def test_a_plain_card_has_no_doubts() -> None:
    found = read(card())
    assert found.doubts == ()
    assert (found.id_number, found.full_name, found.gender) == (NUMBER, "Lý Văn Thử", "male")
    assert found.birth.day == date(1965, 3, 9)
    assert found.issued == date(2023, 2, 1)


@pytest.mark.parametrize("around", ["\ufeff{}", "{}\r\n", "{}\n", "{}\x00", "\ufeff\x00{}\x00\r\n", "  {}\t"])
def test_what_scanners_put_around_is_tolerated(around: str) -> None:
    assert read(around.format(card())) == read(card())
    assert read(around.format(card()).encode()) == read(card())


def test_names_and_addresses_become_nfc() -> None:
    found = read(unicodedata.normalize("NFD", card()))
    assert found.full_name == "Lý Văn Thử"
    assert unicodedata.is_normalized("NFC", found.address or "")


@pytest.mark.parametrize(
    ("count", "layout", "doubts"),
    [
        (6, "6", (Doubt.CUT_PAYLOAD,)),
        (7, "7", ()),
        (8, "8", (Doubt.UNUSUAL_LAYOUT,)),
        (11, "11", ()),
        (12, "12", (Doubt.UNUSUAL_LAYOUT,)),
    ],
)
def test_cards_of_every_layout_are_read(count: int, layout: str, doubts: tuple[Doubt, ...]) -> None:
    payload = "|".join([*FIELDS, "1", "2", "3", "4", "5"][:count])
    found = read(payload)
    assert to_json(found)["layout"] == layout
    assert found.doubts == doubts


@pytest.mark.parametrize("count", [2, 5, 17, 900])
def test_other_counts_are_no_card(count: int) -> None:
    with pytest.raises(UnreadableInput, match=f"{count} fields"):
        read_payload("|".join([*FIELDS[: min(count, 7)], *[""] * (count - 7)]))


def test_fields_beyond_the_seventh_are_never_kept() -> None:
    found = read("|".join([*FIELDS, "secret-8", "secret-9", "secret-10", "secret-11"]))
    assert "secret" not in repr(to_json(found))
    assert not [name for name in Cccd.__slots__ if "secret" in str(getattr(found, name))]


@pytest.mark.parametrize("old", ["", "012345678", "0123456789", "099065000020"])
def test_the_old_number_is_empty_or_9_to_12_digits(old: str) -> None:
    assert read(card(f2=old)).old_id == (old or None)


@pytest.mark.parametrize("old", ["12345678", "1234567890123", "abcdefghi", "-"])
def test_other_old_numbers_are_refused(old: str) -> None:
    with pytest.raises(UnreadableInput, match="field 2"):
        read_payload(card(f2=old))


@pytest.mark.parametrize("number", ["", "09906500002", "0990650000211", "09906500002a", "٠٩٩٠٦٥٠٠٠٠٢١"])
def test_the_number_is_twelve_ascii_digits(number: str) -> None:
    with pytest.raises(UnreadableInput, match="field 1"):
        read_payload(card(f1=number))


@pytest.mark.parametrize("written", ["1965", "00001965", "00/00/1965", "00031965"])
def test_a_year_alone_is_kept(written: str) -> None:
    found = read(card(f4=written))
    assert (found.birth.day, found.birth.year) == (None, 1965)
    assert Doubt.BIRTH_YEAR_ONLY in found.doubts
    assert to_json(found)["birth_date"] == "1965"
    assert (summary(found).born, summary(found).birth_year) == (None, 1965)


@pytest.mark.parametrize(
    "written", ["31021990", "29022023", "32011990", "01131990", "01010001", "", "1990-02-15", "xx"]
)
def test_an_impossible_birth_date_is_refused(written: str) -> None:
    with pytest.raises(UnreadableInput, match=r"field 4 \(date of birth\)"):
        read_payload(card(f4=written))


@pytest.mark.parametrize(("written", "gender"), [("Nam", "male"), ("Nữ", "female"), ("nam", "male"), ("NỮ", "female")])
def test_genders(written: str, gender: str) -> None:
    assert read(card(f5=written)).gender == gender


def test_an_unknown_gender_warns_only() -> None:
    found = read(card(f5="?"))
    assert found.gender is None
    assert found.doubts == (Doubt.GENDER_UNKNOWN,)


@pytest.mark.parametrize(
    ("number", "doubt"),
    [
        ("099165000021", Doubt.GENDER_MISMATCH),  # 1: a woman of the twentieth century
        ("099265000021", Doubt.BIRTH_MISMATCH),  # 2: born 2065
        ("099066000021", Doubt.BIRTH_MISMATCH),
    ],
)
def test_a_number_that_contradicts_the_card_warns_only(number: str, doubt: Doubt) -> None:
    assert read(card(f1=number)).doubts == (doubt,)


def test_an_unreadable_day_of_issue_warns_only() -> None:
    found = read(card(f7="31022023"))
    assert found.issued is None
    assert found.doubts == (Doubt.DATE_UNREAD,)


def test_letters_that_are_not_utf8_leave_the_digits() -> None:
    found = read(card().encode("utf-8").replace("Lý".encode(), "Lý".encode("cp1252")))
    assert found.full_name is None
    assert found.doubts == (Doubt.NAME_UNREAD,)
    assert found.id_number == NUMBER


def test_a_keyboard_scanner_is_believed_its_digits_only() -> None:
    found = read(card(f3="L? Vn Th*&", f5="Nam"), trusted_text=False)
    assert (found.full_name, found.address) == (None, None)
    assert (found.id_number, found.birth.day, found.gender) == (NUMBER, date(1965, 3, 9), "male")


@pytest.mark.parametrize(
    "name", ["H'Hen Niê", "Y Blĭk Ƀkrông", "Nguyễn Thị Ngọc-Ánh", "LÝ A SỬ", "Đỗ Thị Ước", "Ka H’Thơ"]
)
def test_names_of_all_peoples_are_names(name: str) -> None:
    assert read(card(f3=name)).full_name == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize(
    "name",
    [
        "Robert'); DROP TABLE tickets;--",
        "' OR '1'='1",
        "%s%s%n",
        "{0.__class__}",
        "<script>alert(1)</script>",
        "Lý Văn 7",
        "${jndi:ldap}",
        "A" * 200,
        "=cmd()",
        "Lу Văn Thử",  # у is Cyrillic
        "a" + "\u0302\u0303\u0309" * 3,
    ],
)
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(UnreadableInput, match="field 3") as caught:
        read_payload(card(f3=name))
    assert name not in str(caught.value)


@pytest.mark.parametrize("address", ["", "{0}", "a" * 501, "<b>", "%n%n"])
def test_what_is_no_address_is_left_out(address: str) -> None:
    found = read(card(f6=address))
    assert found.address is None
    assert found.doubts == (Doubt.ADDRESS_UNREAD,)


def test_the_facts_for_a_visit() -> None:
    facts = summary(read(card()))
    assert (facts.method, facts.kind, facts.number) == (Method.CARD_QR, "personal_id", NUMBER)
    assert (facts.full_name, facts.born, facts.birth_year) == ("Lý Văn Thử", date(1965, 3, 9), 1965)


def test_nothing_personal_stands_in_a_repr() -> None:
    shown = repr(read(card())) + repr(summary(read(card())))
    assert not [f for f in (NUMBER, "Thử", "1965", "Kiểm") if f in shown]
