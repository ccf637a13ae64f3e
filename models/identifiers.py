"""Identifiers made at the edge: ticket ids, follow codes, references to people.

Randomness and time are arguments; callers pass ``secrets.token_bytes`` and a clock.
"""

import base64
import hashlib
import hmac
import re
import uuid

_FOLLOW = re.compile(r"[a-z2-7]{13}")  # RFC 4648 §6, lower case


def uuid7(unix_ms: int, randomness: bytes) -> uuid.UUID:
    """A UUID version 7 (RFC 9562 §5.7).

    Args:
        unix_ms: Milliseconds since the epoch, 48 bits.
        randomness: Ten random bytes.
    """
    value = (unix_ms & ((1 << 48) - 1)) << 80 | int.from_bytes(randomness[:10], "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return uuid.UUID(int=value)


def follow_code(randomness: bytes) -> str:
    """13 base32 characters, 65 random bits: the address of one ticket's page.

    Args:
        randomness: Nine random bytes.
    """
    return base64.b32encode(randomness[:9]).decode("ascii").lower()[:13]


def is_follow_code(text: str) -> bool:
    """Whether ``text`` is a well-formed follow code."""
    return _FOLLOW.fullmatch(text) is not None


def follow_address(base: str, code: str, number: str) -> str:
    """What the paper's QR holds: the page of one ticket under ``base``, and the number as fragment."""
    return f"{base.rstrip('/')}/t/{code}#{number}"


def follow_hash(code: str) -> str:
    """What central keeps of a follow code: SHA-256, hex. 65 random bits need no salt."""
    return hashlib.sha256(code.encode("ascii")).hexdigest()


def person_ref(office_key: bytes, kind: str, digits: str) -> str:
    """A person without a name: base32 of HMAC-SHA256(office key, kind + ":" + digits).

    Args:
        office_key: 32 bytes that never pass through central.
        kind: ``personal_id | cmnd | bhxh`` — the kind of number.
        digits: The number itself.
    """
    digest = hmac.new(office_key, f"{kind}:{digits}".encode(), hashlib.sha256).digest()
    return base64.b32encode(digest).decode("ascii").rstrip("=")
