"""Tokens and codes."""

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.auth import code_hash, new_code, new_token, token_hash


@given(st.binary(min_size=10, max_size=10))
def test_a_code_is_known_again_however_it_is_typed(random: bytes) -> None:
    code = new_code(lambda _: random)
    typed = code.lower().replace("-", "").replace("1", "l").replace("0", "o")
    assert code_hash(typed) == code_hash(code) is not None


@given(st.text())
def test_no_text_breaks_the_reading_of_codes(text: str) -> None:
    code_hash(text)


def test_tokens_differ_and_are_long() -> None:
    tokens = {new_token(secrets.token_bytes) for _ in range(100)}
    assert len(tokens) == 100
    assert min(map(len, tokens)) == 43


@pytest.mark.parametrize("token", ["", "ä", "x" * 10_000])
def test_any_token_has_a_hash(token: str) -> None:
    assert len(token_hash(token)) == 64
