"""The words: both languages say the same things, and every key that the code uses exists."""

import ast
import re
import string
import tomllib
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

import pytest

from config.load import PROFILES, example_path
from config.locale import LANGUAGES, Words, load_words
from models.text import Language

ROOT = Path(__file__).resolve().parents[2]
LOCALE = ROOT / "config" / "locale"
OLD_SPELLINGS = re.compile(r"\b\w*(?:óa|òa|ỏa|õa|ọa|óe|òe|ỏe|õe|ọe)\b|\b\w*[^q\W](?:úy|ùy|ủy|ũy|ụy)\b", re.IGNORECASE)
SPEAKERS = ("words", "say")
HOLE = "\0"  # where a key is put together from a value


def words_of(language: Language) -> Words:
    return load_words(language)


def facts_of(text: str) -> set[str]:
    return {name.split(".")[0] for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def files_of(language: str) -> list[Path]:
    return sorted((LOCALE / language).glob("*.toml"))


def test_both_languages_have_the_same_areas_and_keys() -> None:
    assert [path.name for path in files_of("vi")] == [path.name for path in files_of("en")]
    assert set(words_of("vi")) == set(words_of("en"))


def test_both_languages_name_the_same_facts() -> None:
    vi, en = words_of("vi"), words_of("en")
    for key in vi:
        if key != "calendar.short_date":  # each language writes a date from parts of its own choosing
            assert facts_of(vi.raw(key)) == facts_of(en.raw(key)), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_facts_are_plain_names(language: Language) -> None:
    words = words_of(language)
    for key in words:
        for _, name, _, conversion in string.Formatter().parse(words.raw(key)):
            assert name is None or name.isidentifier(), key
            assert conversion is None, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_nfc_and_not_empty(language: Language) -> None:
    words = words_of(language)
    for key in words:
        assert words.raw(key) == unicodedata.normalize("NFC", words.raw(key)), key
        assert words.raw(key).strip(), key


def vietnamese_texts() -> Iterator[tuple[str, str]]:
    words = words_of("vi")
    yield from ((key, words.raw(key)) for key in words)
    for profile in PROFILES:
        yield profile, example_path(profile).read_text(encoding="utf-8")


def test_marks_stand_on_the_main_vowel() -> None:
    """*hoá, xoá, khoá, uỷ* and not *hóa, xóa, khóa, ủy*; *toàn*, *của* and *người* are right as they are."""
    for where, text in vietnamese_texts():
        assert not OLD_SPELLINGS.findall(text), where


def test_words_are_courteous() -> None:
    """No *bạn*, no *lỗi*, no exclamation mark."""
    words = words_of("vi")
    for key in words:
        said = words.raw(key).casefold()
        assert "!" not in said, key
        assert not re.search(r"\b(bạn|lỗi)\b", said), key


def literal(node: ast.expr) -> str | None:
    """A text that stands in the code, with holes where values are put in; None for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        parts = (p.value if isinstance(p, ast.Constant) else HOLE for p in node.values)
        return "".join(str(part) for part in parts)
    return None


def keys_in(code: str) -> set[str]:
    """First arguments of calls of words, and all texts like ``flow.…``: the visit hands on keys, not words."""
    keys: set[str] = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            text = literal(node.args[0]) if name.strip("_") in SPEAKERS else None
            if text and re.fullmatch(rf"[a-z0-9_{HOLE}]+(\.[a-z0-9_{HOLE}]+)+", text):
                keys.add(text)
        elif isinstance(node, ast.expr) and (literal(node) or "").startswith("flow."):
            keys.add(literal(node) or "")
    return {key for key in keys if not key.endswith(".")}  # the parts of a text with holes are texts too


def test_every_key_that_the_code_asks_for_exists() -> None:
    known = "\n".join(words_of("vi"))
    missing = [
        f"{path.relative_to(ROOT)}: {key.replace(HOLE, '{…}')}"
        for package in ("kiosk", "central")
        for path in sorted((ROOT / package).rglob("*.py"))
        for key in sorted(keys_in(path.read_text(encoding="utf-8")))
        if not re.search("^" + re.escape(key).replace(re.escape(HOLE), "[a-z0-9_.]+") + "$", known, re.MULTILINE)
    ]
    assert not missing


def test_keys_are_found_in_code() -> None:
    code = """words("a.b", n=1); self._words(f"c.{x}.d"); Line("flow.line.offline"); other("e.f"); words("plain")"""

    assert keys_in(code) == {"a.b", f"c.{HOLE}.d", "flow.line.offline"}


def test_a_text_with_facts() -> None:
    words = Words("vi", {"a.b": "còn {n} người, {name}"})

    assert words("a.b", n=4, name="An", more="unused") == "còn 4 người, An"
    assert "a.b" in words
    assert (list(words), len(words), words.raw("a.b")) == (["a.b"], 1, "còn {n} người, {name}")


def test_a_missing_key_or_fact_is_named() -> None:
    words = Words("en", {"a.b": "{n} waiting"})

    with pytest.raises(KeyError, match=r"a\.c"):
        words("a.c")
    with pytest.raises(KeyError, match=r"a\.b.*'n'"):
        words("a.b")


def test_dates_and_times_are_written_as_each_language_does() -> None:
    vi, en = words_of("vi"), words_of("en")
    day = date(2026, 11, 23)

    assert (vi.short_date(day), en.short_date(day)) == ("Thứ Hai, 23/11", "Mon, 23 Nov")
    assert vi.short_date(date(2026, 3, 1)) == "Chủ Nhật, 01/03"
    assert (vi.full_date(day), vi.weekday(day), en.weekday(day)) == ("23/11/2026", "Thứ Hai", "Monday")
    assert vi.clock(time(8, 5)) == "08:05"
    assert vi.clock_range(datetime(2026, 11, 23, 8, 35), datetime(2026, 11, 23, 8, 50)) == "08:35–08:50"
    assert vi.clock_range(time(8, 35), time(8, 35)) == "08:35"


@pytest.mark.parametrize(
    ("low", "high", "vi", "en"),
    [
        (1500, 2400, "25–40 phút", "25–40 minutes"),
        (300, 300, "5 phút", "5 minutes"),
        (61, 62, "1–2 phút", "1–2 minutes"),
        (0, 60, "khoảng 1 phút", "about a minute"),
        (0, 0, "dưới 1 phút", "under a minute"),
    ],
)
def test_waits_are_ranges(low: int, high: int, vi: str, en: str) -> None:
    assert (words_of("vi").minutes_range(low, high), words_of("en").minutes_range(low, high)) == (vi, en)


def test_lists_end_with_or() -> None:
    words = words_of("vi")

    assert [words.listed_or(tuple(items)) for items in ("", "2", "23", "234")] == ["", "2", "2 hoặc 3", "2, 3 hoặc 4"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_area_is_flat_toml(language: str) -> None:
    for path in files_of(language):
        assert tomllib.loads(path.read_text(encoding="utf-8"))
