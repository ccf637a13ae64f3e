"""Whatever stands in a file, the check answers with problems and never with a crash."""

import copy
import tomllib
from pathlib import Path
from typing import Any

import pytest
import tomlkit
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.load import check_file, example_path, load_settings
from config.problems import ConfigurationError, Problem

GOOD: dict[str, Any] = tomllib.loads(example_path("ward").read_text(encoding="utf-8")) | {
    "kiosk": {"number": 2, "languages": ["vi"], "central_url": "http://10.0.0.2:8300"},
    "devices": {"printer": {"driver": "escpos-tcp", "options": {"host": "x"}}, "scanners": [{"driver": "simulated"}]},
}
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**62), 2**62) | st.floats() | TEXT | st.dates() | st.times(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["code", "x", "driver"]) | TEXT, inner),
    max_leaves=5,
)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every (container, key) of the tree."""
    pairs = list(value.items()) if isinstance(value, dict) else list(enumerate(value))
    found = [(value, key) for key, _ in pairs]
    for _, inner in pairs:
        if isinstance(inner, dict | list):
            found += places(inner)
    return found


def without_none(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_none(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [without_none(inner) for inner in value if inner is not None]
    return value


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_value_anywhere_is_a_problem_or_is_right(tmp_path: Path, data: st.DataObject) -> None:
    site = copy.deepcopy(GOOD)
    for _ in range(data.draw(st.integers(1, 4))):
        container, key = data.draw(st.sampled_from(places(site)))
        container[key] = data.draw(JUNK)
    path = tmp_path / "config" / "site.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(tomlkit.dumps(without_none(site)), encoding="utf-8")

    problems = check_file(path)

    assert all(problem.sentence and "\n" not in str(problem) for problem in problems)
    if problems:
        with pytest.raises(ConfigurationError):
            load_settings(tmp_path)
    else:
        assert load_settings(tmp_path).catalogue.services


@settings(deadline=None)
@given(content=st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("hostile") / "site.toml"
    path.write_bytes(content)

    assert check_file(path)


@settings(deadline=None)
@given(st.dictionaries(st.from_regex(r"MOTCUA_[A-Z_]{1,12}", fullmatch=True), st.text(max_size=12), max_size=4))
def test_any_variables_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, environ: dict[str, str]) -> None:
    problems: tuple[Problem, ...] = ()
    try:
        load_settings(tmp_path_factory.getbasetemp(), environ=environ)
    except ConfigurationError as error:
        problems = error.problems
    assert {problem.file for problem in problems} <= {"environment"}
