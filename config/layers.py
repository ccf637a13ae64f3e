"""Layers of configuration laid over each other, and which of them each value came from.

``defaults.toml < site.toml < device.toml < environment``: tables are merged key by key, any other value replaces
the one below. One table is not merged: a device whose driver changes loses the options of the driver below, which are
not its own. A variable ``MOTCUA_KIOSK__NUMBER=2`` sets ``kiosk.number``; its text is read as a TOML value where it is
one and else taken as it stands.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from config.problems import Problem

ENVIRONMENT = "environment"
VARIABLE_PREFIX = "MOTCUA_"
_LARGEST_FILE = 1 << 20

KeyPath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Layer:
    """What one file or the environment says.

    Attributes:
        label: How problems name it.
        bundled: It came with the program; a value that is missing is not missing there.
        complete: False when it could not be read, so that nothing can be said about what is missing.
    """

    label: str
    data: Mapping[str, Any]
    bundled: bool = False
    complete: bool = True
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class Merged:
    """All layers as one, with the source of each value.

    Attributes:
        main: The file to which a missing table would belong.
        complete: Whether every layer could be read.
    """

    data: dict[str, Any] = field(default_factory=dict)
    main: str = ""
    complete: bool = True
    _sources: dict[KeyPath, str] = field(default_factory=dict)
    _bundled: set[str] = field(default_factory=set)

    def add(self, layer: Layer) -> None:
        """Lay ``layer`` over what is there."""
        self.complete = self.complete and layer.complete
        if layer.bundled:
            self._bundled.add(layer.label)
        self._lay((), self.data, layer.data, layer.label)

    def source(self, path: KeyPath) -> str:
        """The label of the layer that holds ``path``, or the nearest table above it."""
        for length in range(len(path), 0, -1):
            if path[:length] in self._sources:
                return self._sources[path[:length]]
        return self.main

    def home_of(self, path: KeyPath) -> str:
        """The label of the layer where a missing ``path`` would be written: never a bundled one but the main."""
        return self.main if self.is_bundled(path) else self.source(path)

    def is_bundled(self, path: KeyPath) -> bool:
        """Whether ``path`` is told by a layer that came with the program."""
        return self.source(path) in self._bundled

    def value(self, path: KeyPath) -> Any:
        """The value at ``path``, or None."""
        found: Any = self.data
        for step in path:
            try:
                found = found[step]
            except (KeyError, IndexError, TypeError):
                return None
        return found

    def _lay(self, path: KeyPath, below: dict[str, Any], above: Mapping[str, Any], label: str) -> None:
        for key, value in above.items():
            here = (*path, key)
            if isinstance(value, Mapping):
                lower = below.get(key)
                if not isinstance(lower, dict) or _another_driver(lower, value):
                    self._drop(here)
                    lower = below[key] = {}
                if self._sources.get(here) in {None, *self._bundled}:
                    self._sources[here] = label
                self._lay(here, lower, value, label)
            else:
                self._drop(here)
                below[key] = value
                self._sources[here] = label

    def _drop(self, path: KeyPath) -> None:
        for known in [p for p in self._sources if p[: len(path)] == path]:
            del self._sources[known]


def merge(layers: Iterable[Layer], main: str) -> Merged:
    """Lay all ``layers`` over each other, weakest first."""
    merged = Merged(main=main)
    for layer in layers:
        merged.add(layer)
    return merged


def read_layer(path: Path, label: str | None = None, *, bundled: bool = False) -> Layer:
    """Read a TOML file; what is wrong with it becomes a problem of the layer."""
    label = label or str(path)
    try:
        if path.exists() and not path.is_file():
            return _unread(label, "is no file")  # a pipe would be waited for without end
        with path.open("rb") as file:
            content = file.read(_LARGEST_FILE + 1)
    except FileNotFoundError:
        return _unread(label, "there is no such file")
    except OSError as error:
        return _unread(label, f"cannot be read: {error.strerror}")
    return parse_layer(content, label, bundled=bundled)


def parse_layer(content: bytes, label: str, *, bundled: bool = False) -> Layer:
    """Read the content of a TOML file; what is wrong with it becomes a problem of the layer."""
    if len(content) > _LARGEST_FILE:
        return _unread(label, "is larger than a configuration can be (1 MiB)")
    try:
        return Layer(label, tomllib.loads(content.decode("utf-8-sig")), bundled)
    except UnicodeDecodeError as error:
        return _unread(label, f"is not UTF-8 text (byte {error.start})")
    except tomllib.TOMLDecodeError as error:
        return _unread(label, f"is not TOML: {error}")
    except RecursionError:
        return _unread(label, "is nested too deeply")


def environment_layer(environ: Mapping[str, str]) -> Layer:
    """The settings among the variables of ``environ``: those with ``MOTCUA_`` before and ``__`` within their name."""
    data: dict[str, Any] = {}
    problems: list[Problem] = []
    for name in sorted(environ):
        path = _variable_path(name)
        if path and not _put(data, path, _variable_value(environ[name])):
            problems.append(Problem(ENVIRONMENT, name, "contradicts another variable that sets a part of it"))
    return Layer(ENVIRONMENT, data, problems=tuple(problems))


def variable_of(path: KeyPath) -> str:
    """The variable that sets ``path``."""
    return VARIABLE_PREFIX + "__".join(str(step).upper() for step in path)


def _variable_path(name: str) -> tuple[str, ...]:
    if not name.startswith(VARIABLE_PREFIX):
        return ()
    path = tuple(name.removeprefix(VARIABLE_PREFIX).lower().split("__"))
    return path if len(path) > 1 and all(path) else ()


def _variable_value(text: str) -> Any:
    try:
        return tomllib.loads(f"value = {text}")["value"] if "\n" not in text else text
    except tomllib.TOMLDecodeError:
        return text


def _put(data: dict[str, Any], path: tuple[str, ...], value: Any) -> bool:
    *tables, last = path
    for step in tables:
        below: object = data.setdefault(step, {})
        if not isinstance(below, dict):
            return False
        data = below
    if last in data:
        return False
    data[last] = value
    return True


def _another_driver(below: Mapping[str, Any], above: Mapping[str, Any]) -> bool:
    return "driver" in below and "driver" in above and below["driver"] != above["driver"]


def _unread(label: str, sentence: str) -> Layer:
    return Layer(label, {}, complete=False, problems=(Problem(label, "", sentence),))
