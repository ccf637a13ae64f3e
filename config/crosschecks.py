"""What one value cannot show: things said twice, hours that cannot be, drivers and their options.

The checks read the merged tables themselves and step over whatever has a wrong type, so that they speak even when the
schema objects to something else: a technician sees everything at once.
"""

from collections.abc import Iterator, Sequence
from datetime import time
from itertools import pairwise
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from config.explain import key_of, problem_at
from config.fields import WEEKDAYS
from config.layers import KeyPath, Merged
from config.office import SessionSection
from config.problems import Problem, nearest
from models.service import MOST_TILES

# Drivers that show what lies in a file: a file that is not there is a wrong configuration, not a device unplugged.
_PICTURE_CAMERAS = frozenset({"video", "folder", "image"})


def check_office(merged: Merged) -> Iterator[Problem]:
    """Problems between the values of the office's tables."""
    services = _tables(merged.value(("services",)))
    yield from _twice(merged, ("services",), "code")
    yield from _twice(merged, ("services",), "prefix")
    yield from _twice(merged, ("priorities",), "code")
    yield from _twice(merged, ("wrong_doors",), "code")
    yield from _hours(merged, ("hours",))
    for index, service in services:
        here = ("services", index)
        yield from _twice(merged, (*here, "procedures"), "code")
        yield from _hours(merged, (*here, "hours"))
        if service.get("ask_procedure") is True and not service.get("procedures"):
            yield problem_at(merged, (*here, "ask_procedure"), "the field has no procedures to ask for")
    yield from _groups(merged, services)
    for index, priority in _tables(merged.value(("priorities",))):
        low, high = priority.get("age_from"), priority.get("age_under")
        if isinstance(low, int) and isinstance(high, int) and low >= high:
            yield problem_at(merged, ("priorities", index, "age_under"), f"nobody is from {low} and under {high}")


def check_machine(merged: Merged) -> Iterator[Problem]:
    """Problems between the values of this machine's tables."""
    yield from _languages(merged)
    yield from _numbering(merged)
    yield from _devices(merged)


def _tables(value: Any) -> list[tuple[int, dict[str, Any]]]:
    """The tables of a list with their places; nothing for what is no list."""
    items = value if isinstance(value, list) else []
    return [(index, item) for index, item in enumerate(items) if isinstance(item, dict)]


def _twice(merged: Merged, path: KeyPath, key: str) -> Iterator[Problem]:
    """Each value of ``key`` that an earlier table of the list already has."""
    first: dict[str, int] = {}
    for index, item in _tables(merged.value(path)):
        value = item.get(key)
        if not isinstance(value, str):
            continue
        if value in first:
            owner = key_of(merged, (*path, first[value]))
            yield problem_at(merged, (*path, index, key), f"{value!r} is already the {key} of {owner}")
        else:
            first[value] = index


def _groups(merged: Merged, services: Sequence[tuple[int, dict[str, Any]]]) -> Iterator[Problem]:
    if len(services) <= MOST_TILES:
        return
    for index, service in services:
        if not service.get("group"):
            sentence = f"is needed: more than {MOST_TILES} fields are shown in groups"
            yield problem_at(merged, ("services", index, "group"), sentence)
    groups = {str(service.get("group")) for _, service in services if service.get("group")}
    if len(groups) > MOST_TILES:
        yield problem_at(merged, ("services",), f"{len(groups)} groups; at most {MOST_TILES} fit on the screen")


def _hours(merged: Merged, path: KeyPath) -> Iterator[Problem]:
    sessions: list[tuple[int, SessionSection]] = []
    hours = merged.value(path)
    for index, table in _tables(hours.get("sessions") if isinstance(hours, dict) else None):
        try:
            session = SessionSection.model_validate(table)
        except ValidationError:  # the schema names what is wrong with it
            continue
        impossible = list(_impossible(merged, (*path, "sessions", index), session))
        yield from impossible
        if not impossible:
            sessions.append((index, session))
    yield from _overlaps(merged, path, sessions)


def _impossible(merged: Merged, path: KeyPath, session: SessionSection) -> Iterator[Problem]:
    built = session.build()
    if built.closes <= built.opens:
        yield problem_at(merged, (*path, "closes"), f"{_clock(built.closes)} is not after opens, {_clock(built.opens)}")
        return
    if built.numbers_from >= built.closes:
        sentence = f"{_clock(built.numbers_from)} is not before closes, {_clock(built.closes)}"
        yield problem_at(merged, (*path, "numbers_from"), sentence)
        return
    if built.last_number <= built.numbers_from:
        sentence = f"{_clock(built.last_number)} is not after numbers_from, {_clock(built.numbers_from)}"
        yield problem_at(merged, (*path, "last_number"), sentence)
    if built.last_number > built.closes:
        sentence = f"{_clock(built.last_number)} is after closes, {_clock(built.closes)}"
        yield problem_at(merged, (*path, "last_number"), sentence)


def _overlaps(merged: Merged, path: KeyPath, sessions: Sequence[tuple[int, SessionSection]]) -> Iterator[Problem]:
    """Sessions of one day that share time, each pair said once for its first day."""
    said: set[tuple[int, int]] = set()
    for day in WEEKDAYS:
        of_day = sorted(((i, s) for i, s in sessions if day in s.days), key=lambda pair: pair[1].opens)
        for (first, earlier), (second, later) in pairwise(of_day):
            before, after = earlier.build(), later.build()
            meets = after.opens < before.closes or after.numbers_from < before.last_number
            if meets and (first, second) not in said:
                said.add((first, second))
                other = key_of(merged, (*path, "sessions", first))
                begin = min(after.opens, after.numbers_from)
                sentence = f"on {day} begins at {_clock(begin)}, before {other} is over ({_clock(before.closes)})"
                yield problem_at(merged, (*path, "sessions", second), sentence)


def _clock(at: time) -> str:
    return at.strftime("%H:%M")


def _languages(merged: Merged) -> Iterator[Problem]:
    languages, default = merged.value(("kiosk", "languages")), merged.value(("kiosk", "default_language"))
    if not isinstance(languages, list):
        return
    named = [language for language in languages if isinstance(language, str)]
    if len(set(named)) < len(named):
        yield problem_at(merged, ("kiosk", "languages"), "names a language twice")
    if default in ("vi", "en") and default not in languages:
        own = not merged.is_bundled(("kiosk", "default_language"))  # nobody mends a bundled file
        if own:
            yield problem_at(merged, ("kiosk", "default_language"), f"{default!r} is not one of kiosk.languages")
        else:
            yield problem_at(merged, ("kiosk", "languages"), f"must hold kiosk.default_language, {default!r}")


def _numbering(merged: Merged) -> Iterator[Problem]:
    numbering, central = merged.value(("kiosk", "numbering")), merged.value(("kiosk", "central_url"))
    if numbering == "central" and not central:
        yield problem_at(merged, ("kiosk", "numbering"), "'central' needs kiosk.central_url")
    if numbering == "local" and central:
        sentence = "'local' is for a kiosk without central, but kiosk.central_url is set"
        yield problem_at(merged, ("kiosk", "numbering"), sentence, "central")


def _devices(merged: Merged) -> Iterator[Problem]:
    devices = merged.value(("devices",))
    if not isinstance(devices, dict):
        return
    yield from _device(merged, ("devices", "camera"), "camera")
    yield from _device(merged, ("devices", "printer"), "printer")
    for index, _ in _tables(devices.get("scanners")):
        yield from _device(merged, ("devices", "scanners", index), "scanner")


def _device(merged: Merged, path: KeyPath, family: Any) -> Iterator[Problem]:
    from drivers import registry  # central reads its office with this package and has no devices

    table = merged.value(path)
    driver = table.get("driver") if isinstance(table, dict) else None
    if not isinstance(driver, str):
        return
    known = registry.names(family)
    if driver not in known:
        sentence = f"there is no {family} driver {driver[:40]!r}; there are {', '.join(known)}"
        yield problem_at(merged, (*path, "driver"), sentence, nearest(driver, known))
        return
    options = table.get("options", {})
    if not isinstance(options, dict):
        return
    has = [field.name for field in registry.option_fields(family, driver)]
    for key, sentence in registry.check(family, driver, options):
        if key in has:
            yield problem_at(merged, (*path, "options", key), sentence)
            continue
        meant = nearest(key, has)
        dotted = ".".join([*(step for step in path if isinstance(step, str)), "options", meant]) if meant else None
        yield problem_at(merged, (*path, "options", key), f"{driver} has no such option", dotted, of_key=True)
    picture = options.get("path")
    if driver in _PICTURE_CAMERAS and isinstance(picture, str) and picture and not Path(picture).exists():
        yield problem_at(merged, (*path, "options", "path"), f"there is no such file: {picture[:200]}")
