"""The reference page of the configuration, written from the schema: ``python -m config.reference > FILE``."""

import json
import sys
import tomllib
import types
import typing
from collections.abc import Iterator
from datetime import date, time
from importlib import resources
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from config.office import ExampleSection, TextSection
from config.schema import DeviceSettings, SiteFile
from drivers import registry

_HEAD = """\
# Configuration

<!-- Drawn by docs/generate.py from the schema. Change the descriptions in `config/`, not this page. -->

Configuration is TOML. Each layer wins over the one before it:

1. `config/defaults.toml`, bundled: what holds where nobody says otherwise;
2. `HOME/config/site.toml`: the office. Where it is missing, the bundled example of the profile stands in;
3. `HOME/config/device.toml`: this machine;
4. the environment: `MOTCUA_KIOSK__NUMBER=2` sets `kiosk.number`. A value is read as TOML where it is TOML (`2`, `true`,
   `["vi"]`, `{ vi = "…" }`) and else as text; put quotes around digits that are text (`'"0001"'`).

Tables are merged key by key; a list replaces the list below it. A device whose driver changes loses the options of the
driver below. Services and rules fetched from central win over the files.

The whole is checked at once: `kiosk config check FILE` names every problem with its file, its key and the nearest right
name, and ends with 2. Times are written `"07:30"`, days `"2026-09-02"`. A text for people is a table
`{ vi = "…", en = "…" }`, or plain text for Vietnamese alone.
"""


def page() -> str:
    """The page, in Markdown."""
    defaults = tomllib.loads(resources.files("config").joinpath("defaults.toml").read_text(encoding="utf-8"))
    parts = [_HEAD]
    for name, field in SiteFile.model_fields.items():
        parts.extend(_table(name, field, defaults.get(name, {})))
    parts.extend(_drivers())
    return "\n".join(parts)


def _table(name: str, field: FieldInfo, defaults: dict[str, Any]) -> Iterator[str]:
    model, listed = _model(field.annotation)
    if model is None or model in (TextSection, ExampleSection, DeviceSettings):
        return
    yield f"## {'[[' if listed else '['}{name}{']]' if listed else ']'}\n"
    yield f"{field.description}\n"
    yield "| key | value | default | |"
    yield "|---|---|---|---|"
    for key, inner in model.model_fields.items():
        yield f"| `{key}` | {_kind(inner)} | {_default(key, inner, defaults)} | {inner.description} |"
    yield ""
    for key, inner in model.model_fields.items():
        yield from _table(f"{name}.{key}", inner, {})


def _drivers() -> Iterator[str]:
    yield "## Drivers and their options\n"
    yield 'A device is `{ driver = "…", options = { … } }`.\n'
    for family in registry.FAMILIES:
        for driver in registry.names(family):
            entry = registry.entry(family, driver)
            yield f"### {family} `{driver}`{' (simulated)' if entry.simulated else ''}\n"
            yield f"{entry.summary}\n"
            yield "| option | value | default | |"
            yield "|---|---|---|---|"
            for option in registry.option_fields(family, driver):
                default = "needed" if option.required else _shown(option.default)
                yield f"| `{option.name}` | {option.kind.replace('|', 'or')} | {default} | {option.doc} |"
            yield ""


def _default(key: str, field: FieldInfo, defaults: dict[str, Any]) -> str:
    if key in defaults:
        return _shown(defaults[key])
    if field.default is not PydanticUndefined:
        return _shown(field.default)
    if field.default_factory is not None:
        return "none"
    return "follows `central_url`" if key == "numbering" else "needed"


def _shown(value: object) -> str:
    if value is None or value in ((), "", [], {}):
        return "none"
    return f"`{json.dumps(value, ensure_ascii=False)}`"


def _model(hint: Any) -> tuple[type[BaseModel] | None, bool]:
    """The table within a hint, and whether it stands in a list."""
    inner, listed = _unwrapped(hint)
    found = inner if isinstance(inner, type) and issubclass(inner, BaseModel) else None
    return found, listed


def _unwrapped(hint: Any) -> tuple[Any, bool]:
    origin = typing.get_origin(hint)
    if origin is typing.Annotated:
        return _unwrapped(typing.get_args(hint)[0])
    if origin in (types.UnionType, typing.Union):
        return _unwrapped(next(a for a in typing.get_args(hint) if a is not type(None)))
    if origin in (list, tuple):
        return _unwrapped(typing.get_args(hint)[0])[0], True
    return hint, False


def _kind(field: FieldInfo) -> str:
    inner, listed = _unwrapped(field.annotation)
    bounds = _bounds(field)
    word = _word(inner)
    if listed:
        return f"list of {word}"
    return f"{word}{', ' + bounds if bounds else ''}"


def _word(inner: Any) -> str:
    if typing.get_origin(inner) is Literal:
        return " or ".join(f'`"{v}"`' if isinstance(v, str) else f"`{v}`" for v in typing.get_args(inner))
    if typing.get_origin(inner) is dict or inner is dict:
        return "table"
    if inner in (TextSection, ExampleSection):
        return "words"
    if inner is DeviceSettings:
        return "device"
    if isinstance(inner, type) and issubclass(inner, BaseModel):
        return "table"
    names = {str: "text", int: "whole number", float: "number", bool: "true or false", time: "time", date: "day"}
    return names[inner]


def _bounds(field: FieldInfo) -> str:
    signs = {"ge": "from", "gt": "over", "le": "to"}
    found = [(sign, getattr(mark, sign)) for mark in field.metadata for sign in signs if hasattr(mark, sign)]
    return " ".join(f"{signs[sign]} {value}" for sign, value in found)


if __name__ == "__main__":
    sys.stdout.write(page())
