"""Passwords of people: kept as scrypt (RFC 7914) has them, so that a stolen database gives none away quickly."""

import base64
import hashlib
import hmac
import unicodedata

from central.auth import Randomness

COST, BLOCK, PARALLEL = 2**14, 8, 1
"""Some 50 ms and 16 MiB for each try on an office PC."""

SALT_BYTES = 16
KEY_BYTES = 32
LEAST, MOST = 8, 200
"""Length of a password, in characters."""


def password_hash(password: str, randomness: Randomness) -> str:
    """What central keeps of a password: ``scrypt$cost$block$parallel$salt$key``."""
    salt = randomness(SALT_BYTES)
    parts = (base64.b64encode(part).decode("ascii") for part in (salt, _key(password, salt, COST, BLOCK, PARALLEL)))
    return "$".join(("scrypt", str(COST), str(BLOCK), str(PARALLEL), *parts))


def password_matches(password: str, kept: str | None) -> bool:
    """Whether it is the password that was ``kept``; None, for nobody's, takes as long and is never right."""
    if kept is None:
        _key(password, bytes(SALT_BYTES), COST, BLOCK, PARALLEL)
        return False
    _, cost, block, parallel, salt, key = kept.split("$")
    found = _key(password, base64.b64decode(salt), int(cost), int(block), int(parallel))
    return hmac.compare_digest(found, base64.b64decode(key))


def _key(password: str, salt: bytes, cost: int, block: int, parallel: int) -> bytes:
    # One password, however the keyboard composes its Vietnamese letters.
    text = unicodedata.normalize("NFC", password).encode()
    return hashlib.scrypt(text, salt=salt, n=cost, r=block, p=parallel, dklen=KEY_BYTES)
