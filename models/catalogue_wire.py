"""A catalogue as JSON and back: what ``GET /api/v1/services`` answers and the kiosk keeps."""

import dataclasses
import hashlib
import json
import types
import typing
from datetime import date, time
from typing import Any, Literal

from models.errors import UnreadableInput
from models.service import Catalogue


def catalogue_to_wire(catalogue: Catalogue) -> dict[str, Any]:
    """The catalogue as JSON-ready dict; times ``HH:MM`` (with seconds where there are some), days ``YYYY-MM-DD``."""
    return typing.cast("dict[str, Any]", _plain(catalogue))


def catalogue_etag(catalogue: Catalogue) -> str:
    """A strong ETag (RFC 9110 §8.8.3) of the catalogue's content, with its quotes."""
    text = json.dumps(catalogue_to_wire(catalogue), sort_keys=True, ensure_ascii=False)
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def catalogue_from_wire(data: object) -> Catalogue:
    """Read a catalogue.

    Raises:
        UnreadableInput: A key is missing or wrong; the message names it.
    """
    return typing.cast("Catalogue", _build(Catalogue, data, "catalogue"))


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if isinstance(value, time):
        return value.isoformat("auto" if value.second or value.microsecond else "minutes")
    if isinstance(value, date):
        return value.isoformat()
    return value


def _build(kind: Any, data: object, where: str) -> object:
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        inner = next(a for a in args if a is not type(None))
        return None if data is None else _build(inner, data, where)
    if origin is tuple and isinstance(data, list):
        return tuple(_build(args[0], v, f"{where}[{i}]") for i, v in enumerate(data))
    if origin is Literal and data in args:
        return data
    if dataclasses.is_dataclass(kind) and isinstance(data, dict):
        hints = typing.get_type_hints(kind)
        known = {f.name for f in dataclasses.fields(kind)}
        try:
            built = {k: _build(hints[k], v, f"{where}.{k}") for k, v in data.items() if k in known}
            return typing.cast("type", kind)(**built)
        except TypeError as error:
            raise UnreadableInput(f"{where}: {error}") from None
    return _scalar(kind, data, where)


def _scalar(kind: Any, data: object, where: str) -> object:
    try:
        if kind in (time, date) and isinstance(data, str):
            return kind.fromisoformat(data)
    except ValueError:
        raise UnreadableInput(f"{where}: not a {kind.__name__}: {data!r}") from None
    if kind is float and type(data) in (int, float):
        return float(typing.cast("float", data))
    if isinstance(kind, type) and type(data) is kind:
        return data
    raise UnreadableInput(f"{where}: expected {getattr(kind, '__name__', kind)}")
