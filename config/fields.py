"""The kinds of value a configuration holds, each checked and each with a sentence of its own when it is wrong.

A wrong value raises a `PydanticCustomError` whose context may carry ``nearest``, the right value probably meant.
"""

import re
import unicodedata
import zoneinfo
from collections.abc import Mapping
from datetime import date, time
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from config.problems import nearest
from models.numbering import PREFIX_LETTERS, is_prefix
from models.text import nfc

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CODE = re.compile(r"[a-z0-9-]{1,40}")
_PROCEDURE = re.compile(r"\d\.\d{6}")
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_LONGEST_TEXT = 300
# Names that people write and the time zone database does not know.
_ZONES_MEANT = {
    name: "Asia/Ho_Chi_Minh"
    for name in ("asia/hanoi", "asia/ha_noi", "hanoi", "vietnam", "asia/vietnam", "+07:00", "utc+7", "gmt+7", "ict")
}


def wrong(sentence: str, meant: str | None = None) -> PydanticCustomError:
    """An error with our own sentence, to be raised by a validator."""
    return PydanticCustomError("wrong_value", "{sentence}", {"sentence": sentence, "nearest": meant})


def clean(text: str) -> str:
    """``text`` in NFC without spaces around it.

    Raises:
        PydanticCustomError: It is too long or holds control characters.
    """
    text = nfc(text).strip()
    if len(text) > _LONGEST_TEXT:
        raise wrong(f"is longer than {_LONGEST_TEXT} characters")
    if any(unicodedata.category(c) in ("Cc", "Cf", "Cs") for c in text):
        raise wrong("holds control characters")
    return text


def _two_languages(value: object) -> object:
    return {"vi": value} if isinstance(value, str) else value


def _code(text: str) -> str:
    if not _CODE.fullmatch(text):
        raise wrong(f"must be 1 to 40 of a-z, 0-9 and '-', found {text[:50]!r}", _code_like(text))
    return text


def _code_like(text: str) -> str | None:
    stroked = text.translate(str.maketrans("đĐ", "dd"))
    bare = "".join(c for c in unicodedata.normalize("NFD", stroked) if not unicodedata.combining(c))
    made = re.sub(r"[^a-z0-9]+", "-", bare.lower()).strip("-")[:40]
    return made or None


def _prefix(text: str) -> str:
    if is_prefix(text):
        return text
    upper = text.upper()
    if is_prefix(upper):
        raise wrong(f"must be capitals, found {text!r}", upper)
    barred = sorted(set(upper) & set("IOQ"))
    if barred:
        raise wrong(f"{', '.join(barred)} cannot be told from digits; allowed are {PREFIX_LETTERS}")
    raise wrong(f"must be one or two of the letters {PREFIX_LETTERS}, found {text[:20]!r}")


def _procedure_code(text: str) -> str:
    if not _PROCEDURE.fullmatch(text):
        raise wrong(f"must look like 1.001193 (a digit, a dot, six digits), found {text[:20]!r}")
    return text


def _zone(name: str) -> str:
    known = zoneinfo.available_timezones()
    if name not in known:
        meant = _ZONES_MEANT.get(name.lower()) or nearest(name, known)
        raise wrong(f"is not a time zone, found {name[:50]!r}", meant)
    return name


def _clock_time(value: object) -> object:
    if isinstance(value, str):
        match = _CLOCK.fullmatch(value)
        if match is None:
            raise wrong(f"must be a time of day like 07:30, found {value[:20]!r}")
        return time(int(match[1]), int(match[2]))
    if isinstance(value, time):
        if value.second or value.microsecond:
            raise wrong("must be a whole minute")
        return value
    raise wrong('must be a time of day like "07:30"')


def _day(value: object) -> object:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise wrong(f"must be a day like 2026-09-02, found {value[:20]!r}") from None
    return value


def _weekday(text: str) -> str:
    if text not in WEEKDAYS:
        raise wrong(f"must be one of {', '.join(WEEKDAYS)}, found {text[:20]!r}", nearest(text[:3], WEEKDAYS))
    return text


def _web_address(text: str) -> str:
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname, parts.port
    except ValueError:
        raise wrong("is not a web address") from None
    if parts.scheme not in ("http", "https") or not host or any(c.isspace() for c in text):
        raise wrong(f"must be a web address like https://motcua.example.vn, found {text[:60]!r}")
    if parts.username or parts.password:
        raise wrong("must not hold a user or a password")
    if parts.query or parts.fragment:
        raise wrong("must not hold a query or a fragment")
    return text.rstrip("/")


def _joined(text: str) -> str:
    r"""No-break spaces inside each item of a list, so that a line breaks after a comma."""
    items = text.split(", ")
    return ", ".join(item.replace(" ", "\u00a0") if item.count(" ") < 4 else item for item in items)


def frozen_list(value: object) -> object:
    """A list of the file as a tuple; other values stay for the type check to name."""
    return tuple(value) if isinstance(value, list) else value


def plain(value: object) -> object:
    """``value`` as the short piece of it that a sentence may quote."""
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, bool):
        return str(value).lower()
    return repr(value)[:60]


Line = Annotated[str, AfterValidator(clean)]
Joined = Annotated[str, AfterValidator(clean), AfterValidator(_joined)]
Filled = Annotated[str, AfterValidator(clean), Field(min_length=1)]
Code = Annotated[str, AfterValidator(_code)]
Prefix = Annotated[str, AfterValidator(_prefix)]
ProcedureCode = Annotated[str, AfterValidator(_procedure_code)]
Zone = Annotated[str, AfterValidator(_zone)]
ClockTime = Annotated[time, BeforeValidator(_clock_time)]
Day = Annotated[date, BeforeValidator(_day)]
Weekday = Annotated[str, AfterValidator(_weekday)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
TwoLanguages: Any = BeforeValidator(_two_languages)
