import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.numbering import PREFIX_LETTERS, Number, is_prefix, parse_number

prefixes = st.text(PREFIX_LETTERS, min_size=1, max_size=2)
ordinals = st.integers(1, 99_999)
kiosks = st.none() | st.integers(1, 9_999)
numbers = st.builds(Number, prefixes, ordinals, kiosks)


@given(numbers)
def test_a_number_reads_back_as_itself(number: Number) -> None:
    assert parse_number(str(number)) == number


@given(numbers, numbers)
def test_two_different_numbers_never_print_the_same_text(one: Number, other: Number) -> None:
    assert (str(one) == str(other)) == (one == other)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Number("A", 1), "A001"),
        (Number("A", 999), "A999"),
        (Number("A", 1000), "A1000"),
        (Number("A", 1, kiosk=2), "A2-001"),
        (Number("AB", 1200, kiosk=12), "AB12-1200"),
    ],
)
def test_numbers_look_as_on_the_paper(number: Number, text: str) -> None:
    assert str(number) == text


@pytest.mark.parametrize(
    "text", ["", "A1", "A0001", "A000", "I001", "O001", "Q001", "a001", "A001 ", "A02-001", "ABC001"]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a ticket number"):
        parse_number(text)


def test_letters_that_look_like_digits_are_no_prefix() -> None:
    assert [letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if not is_prefix(letter)] == ["I", "O", "Q"]
