import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.person import NumberDoubt, birth_year, number_doubt

D = NumberDoubt


@pytest.mark.parametrize(
    ("kind", "value", "found"),
    [
        ("personal_id", "001090000011", None),
        ("personal_id", "099090000011", None),  # the province of tests
        ("personal_id", "097090000011", D.UNKNOWN_PROVINCE),
        ("personal_id", "001227000011", D.BIRTH_TO_COME),  # born in 2027
        ("personal_id", "001226000011", None),
        ("personal_id", "111111111111", D.SAME_DIGITS),
        ("cmnd", "012345678", None),
        ("cmnd", "000000000", D.SAME_DIGITS),
        ("bhxh", "0199000001", None),
        ("bhyt_15", "HS4010199000002", None),
        ("bhyt_15", "HS9010199000002", D.UNKNOWN_BENEFIT),
        ("bhyt_15", "HS4990199000002", D.UNKNOWN_PROVINCE),
        ("bhyt_15", "HS1111111111111", D.SAME_DIGITS),
    ],
)
def test_slips_of_the_finger(kind: str, value: str, found: NumberDoubt | None) -> None:
    assert number_doubt(kind, value, 2026) == found


@given(st.integers(1900, 2299), st.sampled_from((0, 1)))
def test_a_year_of_birth_is_read_back(year: int, sex: int) -> None:
    digit = (year // 100 - 19) * 2 + sex
    assert birth_year(f"001{digit}{year % 100:02d}000011") == year
