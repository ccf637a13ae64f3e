"""What the schema objects to, as sentences for a technician with the right file, key and nearest name."""

import json
import re
import types
import typing
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from config.fields import plain
from config.layers import ENVIRONMENT, KeyPath, Merged, variable_of
from config.problems import Problem, nearest

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_EXPECTED = {
    "int_type": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "string_type": "text",
    "list_type": "a list",
    "tuple_type": "a list",
    "dict_type": "a table",
    "model_type": "a table",
    "date_type": "a day like 2026-09-02",
    "time_type": 'a time of day like "07:30"',
}
_BOUNDS = {
    "greater_than_equal": ("must be at least {ge}", "ge"),
    "greater_than": ("must be more than {gt}", "gt"),
    "less_than_equal": ("must be at most {le}", "le"),
    "too_short": ("must not be empty", "min_length"),
    "string_too_short": ("must not be empty", "min_length"),
}


def explain(errors: list[ErrorDetails], schema: type[BaseModel], merged: Merged) -> Iterator[Problem]:
    """One problem for each error of the schema.

    Nothing is said about missing values when a file could not be read: they may stand there.
    """
    for error in errors:
        if error["type"] == "missing" and not merged.complete:
            continue
        sentence, meant = _sentence(error, schema)
        kind = error["type"]
        yield problem_at(
            merged, error["loc"], sentence, meant, of_key=kind == "extra_forbidden", missing=kind == "missing"
        )


def problem_at(
    merged: Merged,
    path: KeyPath,
    sentence: str,
    meant: str | None = None,
    *,
    of_key: bool = False,
    missing: bool = False,
) -> Problem:
    """A problem with the value at ``path``, told with the file and key that hold it.

    Args:
        merged: Where the value stands.
        path: The way to it.
        sentence: What is wrong.
        meant: The nearest right value; or with ``of_key`` the nearest right path, dotted.
        of_key: The key itself is wrong.
        missing: There is no value; the file that ought to hold it is named.
    """
    label = merged.home_of(path) if missing else merged.source(path)
    if label != ENVIRONMENT:
        return Problem(label, key_of(merged, path), sentence, meant)
    if of_key and meant:
        meant = variable_of(tuple(meant.split(".")))
    return Problem(label, variable_of(path), sentence, meant)


def key_of(merged: Merged, path: KeyPath) -> str:
    """``path`` as people say it: ``services.chung-thuc.prefix``; items without a code as ``[n]``, counted from 1."""
    said = ""
    for depth, step in enumerate(path):
        name = step if isinstance(step, str) else _own_code(merged.value(path[:depth]), step)
        if name is None:
            said += f"[{int(step) + 1}]"
        else:
            said += f".{_bare(name)}" if said else _bare(name)
    return said


def _bare(name: str) -> str:
    """A key as TOML writes it: in quotes where it is not letters, digits, ``_`` and ``-``."""
    return name if _BARE_KEY.fullmatch(name) else json.dumps(name, ensure_ascii=False)


def _own_code(items: Any, index: int) -> str | None:
    codes = [item.get("code") if isinstance(item, dict) else None for item in items or ()]
    code = codes[index] if index < len(codes) else None
    return code if isinstance(code, str) and code and codes.count(code) == 1 else None


def _sentence(error: ErrorDetails, schema: type[BaseModel]) -> tuple[str, str | None]:
    kind, context, path = error["type"], error.get("ctx", {}), error["loc"]
    if kind == "wrong_value":
        return str(context["sentence"]), context.get("nearest")
    if kind == "missing":
        return "is missing", None
    if kind == "extra_forbidden":
        return "is not a known key", _near_key(path, schema)
    if kind == "literal_error":
        return _choice(error, context)
    if kind in _EXPECTED:
        return f"must be {_EXPECTED[kind]}, found {plain(error['input'])}", None
    if kind in _BOUNDS:
        template, name = _BOUNDS[kind]
        return template.format(**{name: context[name]}), None
    return error["msg"][:1].lower() + error["msg"][1:], None


def _choice(error: ErrorDetails, context: dict[str, Any]) -> tuple[str, str | None]:
    expected = str(context["expected"])
    choices = [part.strip().strip("'") for part in expected.replace(" or ", ", ").split(",")]
    meant = nearest(error["input"], choices) if isinstance(error["input"], str) else None
    return f"must be {expected}, found {plain(error['input'])}", meant


def _near_key(path: KeyPath, schema: type[BaseModel]) -> str | None:
    """The nearest right key: beside it first, else of the same or nearly the same name in another table."""
    *above, last = path
    table = _model_at(schema, above)
    beside = nearest(str(last), table.model_fields) if table else None
    if beside:
        return ".".join([*(step for step in above if isinstance(step, str)), beside])
    elsewhere = {
        key: f"{name}.{key}"
        for name, field in schema.model_fields.items()
        for key in getattr(_inner(field.annotation), "model_fields", ())
        if not _is_list(field.annotation)
    }
    found = nearest(str(last), elsewhere)
    return elsewhere[found] if found else None


def _model_at(schema: type[BaseModel], path: list[str | int]) -> type[BaseModel] | None:
    found: Any = schema
    for step in path:
        if isinstance(step, int):
            continue
        field = getattr(found, "model_fields", {}).get(step)
        if field is None:
            return None
        found = _inner(field.annotation)
    return found if isinstance(found, type) and issubclass(found, BaseModel) else None


def _inner(hint: Any) -> Any:
    """The model within ``X | None``, ``list[X]``, ``tuple[X, ...]`` and ``Annotated[X, …]``."""
    origin = typing.get_origin(hint)
    if origin is typing.Annotated:
        return _inner(typing.get_args(hint)[0])
    if origin in (types.UnionType, typing.Union, list, tuple):
        inner = [a for a in typing.get_args(hint) if a not in (type(None), Ellipsis)]
        return _inner(inner[0])
    return hint


def _is_list(hint: Any) -> bool:
    return typing.get_origin(hint) in (list, tuple)
