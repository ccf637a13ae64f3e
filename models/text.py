"""Text in the product's two languages, and how text is folded for search."""

import unicodedata
from dataclasses import dataclass
from typing import Literal

Language = Literal["vi", "en"]

# đ does not decompose under NFD: it is mapped by hand.
_STROKE = str.maketrans({"đ": "d", "Đ": "D"})


@dataclass(frozen=True, slots=True)
class Text:
    """A text in Vietnamese and English; English falls back to Vietnamese when it is empty."""

    vi: str
    en: str = ""

    def within(self, language: Language) -> str:
        """The text in ``language``."""
        return self.en or self.vi if language == "en" else self.vi


def nfc(text: str) -> str:
    """``text`` in Unicode normal form C, as everything inside the house is."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """``text`` for comparison: lower case, no diacritics, single spaces; *hoá* and *hóa* fold alike."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text.translate(_STROKE)) if not unicodedata.combining(c))
    return " ".join(bare.casefold().split())
