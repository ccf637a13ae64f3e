"""Masking of personal data wherever others can see it (promise 10)."""

from models.text import nfc


def mask_name(full_name: str) -> str:
    """Initials, then the given name whole: *Đỗ Thị Ước* becomes *Đ. T. Ước*.

    Names in capitals are given back in title case, because a name is never set in capitals.
    """
    syllables = nfc(full_name).split()
    if not syllables:
        return ""
    given = syllables[-1]
    if given.isupper() and len(given) > 1:
        given = given[0] + given[1:].lower()
    return " ".join([*(f"{s[0].upper()}." for s in syllables[:-1]), given])


def mask_number(number: str) -> str:
    """All but the last three characters as dots: *•••••••••011*."""
    return "•" * max(0, len(number) - 3) + number[-3:]
