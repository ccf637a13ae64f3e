"""The words for people, in Vietnamese and English.

Each language is a folder of TOML files, one an area (``screens``, ``flow``, ``paper``, ``central``, ``calendar``). The
areas are merged into one flat space of keys: ``[choose] title = "…"`` is ``choose.title``. Facts stand in braces and
are put in by name, so that a language may order them as it likes. A key that is missing is a bug and raises.

Times, dates and ranges are words too: `Words` writes them as its language does.
"""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from importlib import resources
from importlib.resources.abc import Traversable
from types import MappingProxyType

from models.text import Language

LANGUAGES: tuple[Language, ...] = ("vi", "en")
EN_DASH = "–"


class Words:
    """All words of one language.

    Args:
        language: Which one.
        texts: Text by key, with facts in braces.
    """

    def __init__(self, language: Language, texts: Mapping[str, str]) -> None:
        self.language = language
        self._texts: Mapping[str, str] = MappingProxyType(dict(texts))

    def __call__(self, key: str, /, **facts: object) -> str:
        """The text of ``key`` with ``facts`` put in; facts that the text does not name are left out.

        Raises:
            KeyError: There is no such key, or the text names a fact that was not given. The message says which.
        """
        try:
            text = self._texts[key]
        except KeyError:
            raise KeyError(f"no words for {key!r} in {self.language!r}") from None
        try:
            return text.format_map(facts)
        except KeyError as missing:
            raise KeyError(f"{key!r} in {self.language!r} needs the fact {missing}") from None

    def __contains__(self, key: object) -> bool:
        """Whether there are words for ``key``."""
        return key in self._texts

    def __iter__(self) -> Iterator[str]:
        """All keys."""
        return iter(self._texts)

    def __len__(self) -> int:
        """How many keys there are."""
        return len(self._texts)

    def raw(self, key: str) -> str:
        """The text of ``key`` with its braces."""
        return self._texts[key]

    def clock(self, at: datetime | time) -> str:
        """A time of day: *08:12*."""
        return at.strftime("%H:%M")

    def clock_range(self, begin: datetime | time, end: datetime | time) -> str:
        """A stretch of time: *08:35–08:50*, one time when both are the same minute."""
        first, last = self.clock(begin), self.clock(end)
        return first if first == last else f"{first}{EN_DASH}{last}"

    def weekday(self, day: date) -> str:
        """The day of the week: *Thứ Hai*, *Monday*."""
        return self(f"weekday.{day.weekday()}")

    def short_date(self, day: date) -> str:
        """A day with its weekday, without the year: *Thứ Hai, 23/11*; *Mon, 23 Nov*."""
        return self("calendar.short_date", **self._parts(day))

    def full_date(self, day: date) -> str:
        """A day as on paper: *23/11/2026*; the same in both languages, day first."""
        return day.strftime("%d/%m/%Y")

    def minutes_range(self, low_seconds: int, high_seconds: int) -> str:
        """A wait as a range: *25–40 phút*; the end is rounded up, a wait under a minute has words of its own."""
        low, high = low_seconds // 60, -(-high_seconds // 60)
        if high <= 1:
            return self("calendar.under_a_minute" if high < 1 else "calendar.about_a_minute")
        span = str(high) if low >= high else f"{low}{EN_DASH}{high}"
        return self("calendar.minutes", span=span)

    def listed_or(self, items: tuple[str, ...]) -> str:
        """Items one of which holds: *2 hoặc 3*; *2, 3 hoặc 4*."""
        if len(items) < 2:
            return "".join(items)
        return self("calendar.either", first=", ".join(items[:-1]), last=items[-1])

    def _parts(self, day: date) -> dict[str, object]:
        return {
            "weekday": self.weekday(day),
            "weekday_short": self(f"weekday_short.{day.weekday()}"),
            "day": day.day,
            "month": day.month,
            "month_short": self(f"month_short.{day.month}"),
        }


def load_words(language: Language) -> Words:
    """Read all words of ``language``; the caller keeps them.

    Raises:
        ValueError: Two areas hold one key, or a value is not text.
    """
    texts: dict[str, str] = {}
    areas = resources.files("config.locale").joinpath(language)
    for area in sorted(areas.iterdir(), key=lambda entry: entry.name):
        if area.name.endswith(".toml"):
            _add_area(texts, area)
    return Words(language, texts)


def _add_area(texts: dict[str, str], area: Traversable) -> None:
    for key, text in _flat(tomllib.loads(area.read_text(encoding="utf-8"))):
        if not isinstance(text, str):
            raise ValueError(f"{area.name}: {key} is not text")
        if key in texts:
            raise ValueError(f"{area.name}: {key} stands in two areas")
        texts[key] = text


def _flat(table: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value
