import pytest

from kiosk.identify.documents import read_payload, summary, to_json
from kiosk.identify.doubts import Doubt
from kiosk.identify.typed import TypedNumber, doubt, read_typed
from models.errors import UnreadableInput
from models.ticket import Method


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("099123456", "cmnd"),
        ("0199000001", "bhxh"),
        ("099090000011", "personal_id"),
        ("HS4010199000002", "bhyt_15"),
    ],
)
def test_the_length_tells_the_kind(text: str, kind: str) -> None:
    assert to_json(read_payload(text))["kind"] == kind
    assert to_json(read_payload(text))["value"] == text


@pytest.mark.parametrize("text", ["099 090 000 011", "099-090-000-011", "099.090.000.011", " 099090000011\r\n"])
def test_grouping_does_not_matter(text: str) -> None:
    assert read_typed(text).value == "099090000011"


def test_letters_of_a_card_number_may_be_small() -> None:
    number = read_typed("hs 4 01 0199000002")
    assert (number.value, number.object_code, number.benefit_level) == ("HS4010199000002", "HS", "4")
    assert (number.province, number.bhxh) == ("01", "0199000002")


@pytest.mark.parametrize(
    "text",
    [
        "7",
        "12345678",
        "12345678901",
        "0990900000111",
        "09909000001O",
        "٠٩٩٠٩٠٠٠٠٠١١",
        "H54010199000002",
        "099090000011'--",
    ],
)
def test_other_numbers_are_refused(text: str) -> None:
    with pytest.raises(UnreadableInput, match=r"typed number|looks like this") as caught:
        read_payload(text)
    assert len(text) < 8 or text not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("099090000011", None),  # the province of tests
        ("001090000011", None),
        ("096290000011", None),
        ("000090000011", Doubt.UNKNOWN_PROVINCE),
        ("097090000011", Doubt.UNKNOWN_PROVINCE),
        ("901090000011", Doubt.UNKNOWN_PROVINCE),
        ("001490000011", Doubt.BIRTH_TO_COME),
        ("999999999999", Doubt.SAME_DIGITS),
        ("HS4010199000002", None),
        ("HS9010199000002", Doubt.UNKNOWN_BENEFIT),
        ("HS4990199000002", Doubt.UNKNOWN_PROVINCE),
        ("012345678", None),
        ("0199000001", None),
    ],
)
def test_slips_are_doubted_never_refused(text: str, found: Doubt | None) -> None:
    number = read_typed(text)
    assert doubt(number) == found
    assert to_json(number)["warnings"] == ([found] if found else [])


def test_the_facts_for_a_visit() -> None:
    facts = summary(TypedNumber("personal_id", "099090000011"))
    assert (facts.method, facts.kind, facts.number) == (Method.TYPED, "personal_id", "099090000011")
    assert (facts.born, facts.birth_year, facts.full_name) == (None, None, None)


def test_nothing_personal_stands_in_a_repr() -> None:
    assert "0199000002" not in repr(read_typed("HS4010199000002"))
