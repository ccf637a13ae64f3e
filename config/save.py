"""Writing ``device.toml``: what enrolment and the technician's screens decide about this machine.

The file stays a person's file: comments and order are kept, only the named keys change. What is written is checked
first and put in place by a rename, so that a power cut leaves the old file or the new one; the ten versions before it
stay in ``config/versions``.
"""

import fcntl
import os
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from config.load import check_device, device_path
from config.problems import ConfigurationError, Problem
from models.errors import StorageTrouble

VERSIONS_KEPT = 10

Value = str | int | float | bool | list[Any] | dict[str, Any]


def save_device(home: Path, values: Mapping[str, Value | None]) -> None:
    """Set keys of ``home/config/device.toml``.

    Args:
        home: The kiosk's state; ``config`` in it is made when missing.
        values: By dotted key (``kiosk.number``); None takes the key away.

    Raises:
        ConfigurationError: The file would be wrong in a way it is not wrong now; nothing was written.
        StorageTrouble: The disk refused.
    """
    path = device_path(home)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _locked(path.parent / ".lock"):
            before = path.read_bytes() if path.exists() else b""
            after = _changed(before, values, str(path))
            if after == before:
                return
            _refuse_new_problems(home, before, after)
            _keep_version(path, before)
            _replace(path, after)
    except OSError as error:
        raise StorageTrouble(f"{path} cannot be written: {error.strerror}") from error


def versions(home: Path) -> tuple[Path, ...]:
    """The versions of ``device.toml`` that were replaced, newest first."""
    found = (device_path(home).parent / "versions").glob("device-*.toml")
    return tuple(sorted(found, reverse=True))


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """One writer at a time: the command line may enrol while the technician's screen saves."""
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _changed(before: bytes, values: Mapping[str, Value | None], label: str) -> bytes:
    try:
        document = tomlkit.parse(before.decode("utf-8-sig"))
    except (UnicodeDecodeError, TOMLKitError) as error:
        raise ConfigurationError([Problem(label, "", f"is not TOML: {error}")]) from error
    for key, value in values.items():
        _set(document, key.split("."), value, label)
    return tomlkit.dumps(document).encode()


def _set(table: MutableMapping[str, Any], path: list[str], value: Value | None, label: str) -> None:
    *tables, last = path
    for step in tables:
        if step not in table:
            if value is None:
                return
            table[step] = tomlkit.table()
        table = table[step]
        if not isinstance(table, MutableMapping):
            raise ConfigurationError([Problem(label, ".".join(path), f"{step} is not a table")])
    if value is None:
        table.pop(last, None)
    else:
        table[last] = value


def _refuse_new_problems(home: Path, before: bytes, after: bytes) -> None:
    known = set(check_device(home, before))
    fresh = [problem for problem in check_device(home, after) if problem not in known]
    if fresh:
        raise ConfigurationError(fresh)


def _keep_version(path: Path, content: bytes) -> None:
    if not content:
        return
    folder = path.parent / "versions"
    folder.mkdir(exist_ok=True)
    kept = versions(path.parent.parent)
    newest = int(kept[0].stem.removeprefix("device-")) if kept else 0
    _replace(folder / f"device-{newest + 1:06d}.toml", content)
    for old in kept[VERSIONS_KEPT - 1 :]:
        old.unlink()


def _replace(path: Path, content: bytes) -> None:
    """Write beside, sync, rename, sync the folder: after a power cut the old content stands or the new."""
    beside = path.with_name(f".{path.name}.new")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
