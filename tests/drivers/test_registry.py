"""Drivers by name, and their options."""

import importlib
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from drivers import registry
from drivers.errors import UnknownDriver, WrongOptions
from drivers.protocols import Camera, Printer, Scanner
from drivers.registry import FAMILIES, Family

EVERY = [(family, name) for family in FAMILIES for name in registry.names(family)]
ENOUGH: dict[str, dict[str, Any]] = {
    "video": {"path": "a.mp4"},
    "folder": {"path": "a"},
    "image": {"path": "a.png"},
    "serial": {"port": "/dev/ttyACM0"},
    "wedge": {"path": "/dev/input/by-id/x-event-kbd"},
    "escpos-tcp": {"host": "printer"},
    "escpos-serial": {"port": "/dev/ttyS0"},
    "escpos-usb": {"vendor": 0x04B8, "product": 0x0E15},
    "simulated": {},
}


def enough(family: Family, name: str) -> dict[str, Any]:
    return {"folder": "paper"} if (family, name) == ("printer", "simulated") else ENOUGH.get(name, {})


@pytest.mark.parametrize(("family", "name"), EVERY)
def test_every_driver_can_be_made_and_keeps_to_its_entry(family: Family, name: str) -> None:
    module, _, attribute = registry.entry(family, name).target.partition(":")
    driver = getattr(importlib.import_module(module), attribute)
    assert driver.Options is registry.options_of(family, name)
    assert driver.simulated is registry.simulated(family, name)
    device = registry.create(family, name, enough(family, name))
    assert isinstance(device, {"camera": Camera, "scanner": Scanner, "printer": Printer}[family])
    device.close()


@pytest.mark.parametrize(("family", "name"), EVERY)
def test_every_option_is_told_and_its_default_fits(family: Family, name: str) -> None:
    fields = registry.option_fields(family, name)
    assert all(f.doc and f.kind for f in fields)
    defaults = {f.name: f.default for f in fields if not f.required}
    assert registry.check(family, name, {**defaults, **enough(family, name)}) == ()
    assert {f.name for f in fields if f.required} == {
        key for key, words in registry.check(family, name, {}) if "needs it" in words
    }


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_has_a_simulated_twin(family: Family) -> None:
    assert registry.simulated(family, "simulated")
    assert any(not registry.simulated(family, name) for name in registry.names(family))


def test_an_unknown_driver_is_told_with_the_nearest_name() -> None:
    with pytest.raises(UnknownDriver, match="escpos-tcp") as raised:
        registry.entry("printer", "escpos_tcp")
    assert raised.value.nearest == "escpos-tcp"
    with pytest.raises(UnknownDriver) as raised:
        registry.create("camera", "zzz", {})
    assert raised.value.nearest is None


def test_every_wrong_option_is_told_at_once() -> None:
    problems = dict(
        registry.check(
            "printer",
            "escpos-tcp",
            {"hots": "x", "port": 99999, "width": "576", "keep": 1, "confirm": "statuss", "status_timeout": "soon"},
        )
    )
    assert set(problems) == {"hots", "host", "port", "width", "keep", "confirm", "status_timeout"}
    assert "'host'" in problems["hots"]
    assert "1 to 65535" in problems["port"]
    assert "576, 384" in problems["width"]
    assert "true or false" in problems["keep"]
    assert "'status'" in problems["confirm"]
    assert "number" in problems["status_timeout"]


@pytest.mark.parametrize(
    ("value", "fits"),
    [(9600, True), (9600.0, False), (True, False), ("9600", False), (None, False), (1, False), (float("nan"), False)],
)
def test_a_whole_number_is_one(value: object, fits: bool) -> None:
    assert (registry.check("scanner", "serial", {"port": "x", "baud": value}) == ()) == fits


@pytest.mark.parametrize(
    ("value", "fits"), [(2, True), (2.5, True), (True, False), ("2", False), (float("nan"), False)]
)
def test_a_number_may_be_whole(value: object, fits: bool) -> None:
    assert (registry.check("printer", "escpos-tcp", {"host": "x", "connect_timeout": value}) == ()) == fits


@pytest.mark.parametrize("value", ["", "a\0b", 5])
def test_a_path_is_a_text_with_something_in_it(value: object) -> None:
    assert registry.check("camera", "image", {"path": value})


def test_whole_numbers_become_numbers() -> None:
    options = registry.build_options("printer", "escpos-tcp", {"host": "x", "connect_timeout": 2})
    assert type(options.connect_timeout) is float


def test_wrong_options_make_no_device() -> None:
    with pytest.raises(WrongOptions) as raised:
        registry.create("camera", "opencv", {"width": 1, "heigth": 2})
    assert [key for key, _ in raised.value.problems] == ["heigth", "width"]


def test_checking_a_configuration_loads_no_device_library() -> None:
    program = (
        "import sys; from drivers import registry; registry.check('camera', 'opencv', {});"
        "print(sorted({'cv2', 'numpy', 'serial', 'usb', 'escpos', 'PIL'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout == "[]\n"
