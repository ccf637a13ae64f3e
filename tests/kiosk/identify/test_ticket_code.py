import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.identify.documents import read_payload, to_json
from kiosk.identify.ticket_code import TicketCode
from models.errors import UnreadableInput
from models.identifiers import follow_code
from models.numbering import PREFIX_LETTERS, Number

CODE = "abcdefghij234"


@pytest.mark.parametrize("base", ["https://so.example.vn", "http://127.0.0.1:8000", "https://x.vn/mot-cua"])
def test_the_papers_code_is_read(base: str) -> None:
    assert to_json(read_payload(f"{base}/t/{CODE}#A017")) == {
        "document": "ticket",
        "number": "A017",
        "follow_code": CODE,
        "warnings": [],
    }


@pytest.mark.parametrize("number", ["A017", "A2-003", "A1000", "BC12-1234"])
def test_a_bare_number_is_a_ticket(number: str) -> None:
    assert read_payload(number) == TicketCode(number)


@given(
    st.text(PREFIX_LETTERS, min_size=1, max_size=2),
    st.integers(1, 999_999),
    st.none() | st.integers(1, 9999),
    st.binary(min_size=9, max_size=9),
)
def test_whatever_is_printed_is_read(prefix: str, ordinal: int, kiosk: int | None, randomness: bytes) -> None:
    number, code = str(Number(prefix, ordinal, kiosk)), follow_code(randomness)
    assert read_payload(f"https://a.vn/t/{code}#{number}") == TicketCode(number, code)
    assert read_payload(number) == TicketCode(number)


@pytest.mark.parametrize(
    "text",
    [
        f"https://a.vn/t/{CODE}",
        f"https://a.vn/t/{CODE}#",
        f"https://a.vn/t/{CODE}#A17",
        f"https://a.vn/t/{CODE}#a017",
        f"https://a.vn/t/{CODE}x#A017",
        f"https://a.vn/t/{CODE.upper()}#A017",
        f"https://a.vn/t/../{CODE}#A017/../..",
        f"ftp://a.vn/t/{CODE}#A017",
        f"https://a.vn/t/{CODE}?x=1#A017",
        "A17",
        "A0001",
        "I001",
        "A000",
    ],
)
def test_what_we_never_print_is_refused(text: str) -> None:
    with pytest.raises(UnreadableInput):
        read_payload(text)
