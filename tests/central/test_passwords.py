"""Passwords are kept so that they can be checked and not read."""

import base64
import hashlib
import unicodedata

from central.passwords import password_hash, password_matches
from tests.support.central import PASSWORD, randomness


def test_only_the_password_matches() -> None:
    kept = password_hash(PASSWORD, randomness())
    assert password_matches(PASSWORD, kept)
    assert password_matches(unicodedata.normalize("NFD", PASSWORD), kept)
    assert not password_matches(PASSWORD + " ", kept)
    assert not password_matches(PASSWORD, None)


def test_the_same_password_is_kept_differently_each_time_and_nowhere_in_it() -> None:
    random = randomness()
    first, second = password_hash(PASSWORD, random), password_hash(PASSWORD, random)
    assert first != second
    assert first.startswith("scrypt$16384$8$1$")
    assert PASSWORD not in first


def test_an_older_cost_is_still_understood() -> None:
    key = hashlib.scrypt(b"password", salt=b"salt", n=1024, r=8, p=1, dklen=32)
    kept = f"scrypt$1024$8$1${base64.b64encode(b'salt').decode()}${base64.b64encode(key).decode()}"
    assert password_matches("password", kept)
    assert not password_matches("passwort", kept)
