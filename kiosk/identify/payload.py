"""The gate for everything read: size first, then encoding, then characters, before anybody looks at the content."""

import unicodedata

from models.errors import UnreadableInput

PAYLOAD_LIMIT = 4096
"""Characters or bytes. The longest real payload, an insurance card with long addresses, stays below 1,000."""

UNDECODED = "\ufffd"
"""Stands for letters that were not UTF-8: the field is unread, the digits beside it still count."""

_FRAMING = "\ufeff\x00\r\n\t "
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LINE_ENDS = frozenset("\r\n")


def clean_payload(payload: str | bytes) -> str:
    """The text between the framing (BOM, NUL, line ends), in NFC, without invisible characters.

    Bytes that are not UTF-8 become `UNDECODED`, because a scanner set to another code page still reads digits.
    Tabs and wide spaces become spaces; line ends inside are kept, a machine-readable zone needs them.

    Raises:
        UnreadableInput: Empty, too long, or with characters that no document has.
    """
    if len(payload) > PAYLOAD_LIMIT:
        raise UnreadableInput(f"payload too long: {len(payload)} (limit {PAYLOAD_LIMIT})")
    text = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else payload
    text = text.strip(_FRAMING)
    if not text:
        raise UnreadableInput("payload is empty")
    kept = "".join(_kept(character, index) for index, character in enumerate(text))
    return unicodedata.normalize("NFC", kept)


def _kept(character: str, index: int) -> str:
    category = unicodedata.category(character)
    if character == "\t" or category == "Zs":
        return " "
    if character in _LINE_ENDS:
        return character
    if category == "Cs":
        raise UnreadableInput(f"half of a surrogate pair at character {index + 1}: the text was damaged on its way")
    if category == "Cc":
        raise UnreadableInput(f"control character U+{ord(character):04X} at character {index + 1}")
    if character in _BIDI:
        raise UnreadableInput(f"text direction mark U+{ord(character):04X} at character {index + 1}")
    if category in {"Cn", "Co", "Zl", "Zp"}:
        raise UnreadableInput(f"unassigned or private character U+{ord(character):04X} at character {index + 1}")
    return "" if category == "Cf" else character  # zero-width spaces and soft hyphens: invisible, no meaning
