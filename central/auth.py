"""Tokens of kiosks and one-time enrolment codes. Central keeps only their hashes.

Both are made of random bits enough (256 and 50) that a plain SHA-256 is as good as a slow hash: nothing can be
guessed from a dictionary.
"""

import base64
import hashlib
from collections.abc import Callable

Randomness = Callable[[int], bytes]
"""``secrets.token_bytes`` or a stand-in."""

CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U, so that a code can be read aloud and typed."""

CODE_LENGTH = 10
_LOOKALIKES = str.maketrans({"I": "1", "L": "1", "O": "0"})


def new_token(randomness: Randomness) -> str:
    """A bearer token of 256 random bits."""
    return base64.urlsafe_b64encode(randomness(32)).decode("ascii").rstrip("=")


def token_hash(token: str) -> str:
    """What central keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_code(randomness: Randomness) -> str:
    """A one-time code as a technician types it: ``7K3MP-9XQ2D``."""
    code = "".join(CODE_ALPHABET[byte % len(CODE_ALPHABET)] for byte in randomness(CODE_LENGTH))
    return f"{code[:5]}-{code[5:]}"


def code_hash(text: str) -> str | None:
    """What central keeps of a code; None when ``text`` cannot be one. Case, spaces and hyphens do not matter."""
    bare = text.upper().replace("-", "").replace(" ", "").translate(_LOOKALIKES)
    if len(bare) != CODE_LENGTH or any(c not in CODE_ALPHABET for c in bare):
        return None
    return hashlib.sha256(f"enrol:{bare}".encode()).hexdigest()
