"""Layers, the environment, the two example offices, and what central reads of a site."""

import dataclasses
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.layers import Layer, environment_layer, merge, parse_layer
from config.load import PROFILES, check_file, example_path, load_office, load_settings
from config.schema import DeviceSettings, SiteFile
from models.catalogue_wire import catalogue_etag, catalogue_from_wire, catalogue_to_wire
from models.service import Catalogue, Profile, Service
from models.text import Text, fold


def write(home: Path, name: str, text: str) -> None:
    (home / "config").mkdir(exist_ok=True)
    (home / "config" / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize("profile", PROFILES)
def test_the_bundled_examples_hold_no_problem(profile: Profile) -> None:
    assert check_file(example_path(profile)) == ()
    assert load_office(example_path(profile)).profile == profile


@pytest.mark.parametrize("profile", PROFILES)
def test_without_files_the_example_of_the_profile_is_taken(tmp_path: Path, profile: Profile) -> None:
    settings = load_settings(tmp_path, profile)

    assert settings.catalogue == load_office(example_path(profile))
    assert settings.kiosk.number == 1
    assert settings.devices.printer is None


def test_each_layer_wins_over_the_one_before(tmp_path: Path) -> None:
    write(tmp_path, "site.toml", example_path("ward").read_text(encoding="utf-8") + "[kiosk]\nnumber = 3\n")
    assert load_settings(tmp_path).kiosk.number == 3
    write(tmp_path, "device.toml", "[kiosk]\nnumber = 4\npaper_slot = 'left'\n")
    assert load_settings(tmp_path).kiosk.number == 4
    settings = load_settings(tmp_path, environ={"MOTCUA_KIOSK__NUMBER": "5"})
    assert (settings.kiosk.number, settings.kiosk.paper_slot, settings.kiosk.paper_width) == (5, "left", 80)


def test_the_environment_reaches_every_table(tmp_path: Path) -> None:
    environ = {
        "MOTCUA_OFFICE__FOLLOW_BASE": "http://127.0.0.1:8300/",
        "MOTCUA_RULES__ASK_PRIORITY": "false",
        "MOTCUA_KIOSK__LANGUAGES": '["vi"]',
        "MOTCUA_DEVICES__PRINTER__DRIVER": "escpos-tcp",
        "MOTCUA_DEVICES__PRINTER__OPTIONS__HOST": "192.168.1.50",
        "MOTCUA_DEVICES__SCANNERS": '[{ driver = "simulated" }]',
        "MOTCUA_HOME": "not a setting",
        "HOME": "/root",
    }

    settings = load_settings(tmp_path, environ=environ)

    assert settings.catalogue.follow_base == "http://127.0.0.1:8300"
    assert not settings.catalogue.rules.ask_priority
    assert settings.kiosk.languages == ("vi",)
    assert settings.devices.printer == DeviceSettings(driver="escpos-tcp", options={"host": "192.168.1.50"})
    assert [scanner.driver for scanner in settings.devices.scanners] == ["simulated"]


def test_a_variable_may_quote_what_looks_like_a_number() -> None:
    layer = environment_layer({"MOTCUA_A__B": "0012", "MOTCUA_A__C": '"7"', "MOTCUA_A__D": "x\ny = 1"})

    assert layer.data == {"a": {"b": "0012", "c": "7", "d": "x\ny = 1"}}


def test_another_driver_takes_no_options_of_the_one_below(tmp_path: Path) -> None:
    tcp = "[devices.printer]\ndriver = 'escpos-tcp'\noptions = { host = '192.168.1.50' }\n"
    write(tmp_path, "device.toml", tcp)
    environ = {"MOTCUA_DEVICES__PRINTER__DRIVER": "escpos-file"}

    assert load_settings(tmp_path, environ=environ).devices.printer == DeviceSettings(driver="escpos-file")


def test_numbering_follows_the_central_that_is_named(tmp_path: Path) -> None:
    assert load_settings(tmp_path).kiosk.numbering == "local"
    environ = {"MOTCUA_KIOSK__CENTRAL_URL": "http://10.0.0.2:8300"}
    assert load_settings(tmp_path, environ=environ).kiosk.numbering == "central"


def test_plain_text_is_vietnamese_and_text_becomes_nfc(tmp_path: Path) -> None:
    office = "[office]\nline1 = 'Tru\u031bo\u031b\u0300ng'\n"
    write(tmp_path, "device.toml", office)

    assert load_settings(tmp_path).catalogue.line1.vi == "Trường"
    # English of the layer below stays: tables are merged key by key, but plain text replaces the table
    assert load_settings(tmp_path).catalogue.line1.en == ""


def test_an_example_breaks_only_after_a_comma() -> None:
    example = load_office(example_path("ward")).services[0].example

    assert example == Text("Khai\u00a0sinh, kết\u00a0hôn, khai\u00a0tử", "Birth, marriage, death")


def test_central_reads_the_office_and_leaves_the_machine_unread(tmp_path: Path) -> None:
    path = tmp_path / "site.toml"
    machine = "[devices.printer]\ndriver = 'a printer of the future'\n"
    path.write_text(example_path("ward").read_text(encoding="utf-8") + machine, encoding="utf-8")

    assert load_office(path).office == "phuong-hoa-sen"
    assert [problem.key for problem in check_file(path)] == ["devices.printer.driver"]


def test_central_loads_neither_drivers_nor_numpy() -> None:
    script = (
        "import sys; from config.load import load_office, example_path; load_office(example_path('ward'));"
        "sys.exit(any(m in sys.modules for m in ('numpy', 'drivers.registry')))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False, timeout=60).returncode == 0


def test_a_device_file_is_checked_over_an_office(tmp_path: Path) -> None:
    path = tmp_path / "device.toml"
    path.write_text("[kiosk]\nnumber = 2\n", encoding="utf-8")

    assert check_file(path) == ()


def test_every_single_table_has_its_values_in_the_defaults(tmp_path: Path) -> None:
    settings = load_settings(tmp_path)

    assert settings.sources[0] == "config/defaults.toml"
    for table in ("rules", "kiosk", "screen"):
        model = SiteFile.model_fields[table].annotation
        needed = {name for name, field in model.model_fields.items() if field.is_required()} - {"numbering"}  # type: ignore[union-attr]
        bundled = parse_layer((example_path("ward").parents[2] / "defaults.toml").read_bytes(), "defaults").data
        assert needed <= set(bundled[table])


@pytest.mark.parametrize("profile", PROFILES)
def test_the_examples_are_complete_in_both_languages(profile: Profile) -> None:
    for text in texts_of(load_office(example_path(profile))):
        assert text.vi
        assert text.en


@pytest.mark.parametrize("profile", PROFILES)
def test_the_examples_name_icons_that_exist(profile: Profile, shared: Path) -> None:
    icons = {path.stem for path in (shared / "look" / "icons").glob("*.svg")}

    assert {service.icon for service in load_office(example_path(profile)).services} <= icons


def test_the_ward_has_the_procedures_people_ask_for() -> None:
    ward = load_office(example_path("ward"))
    codes = {procedure.code for service in ward.services for procedure in service.procedures}

    assert len(ward.services) == 10
    assert codes == {"1.001193", "1.000894", "1.000656", "1.004873", "2.000815", "2.000884", "1.001612"}
    assert all(procedure.papers for service in ward.services for procedure in service.procedures)
    assert ward.service("chinh-sach-xa-hoi").private  # type: ignore[union-attr]
    assert [(s.prefix, s.counters) for s in ward.services[:2]] == [("B", (1,)), ("A", (2, 3))]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("công chứng", "chung-thuc"),
        ("cong chung", "chung-thuc"),
        ("độc thân", "ho-tich"),
        ("ho khau", "cu-tru-can-cuoc"),
    ],
)
def test_people_find_the_field_by_other_words(typed: str, found: str) -> None:
    ward = load_office(example_path("ward"))
    words = [(s.code, s.search) for s in ward.services] + [(d.code, d.search) for d in ward.wrong_doors]

    assert [code for code, search in words if fold(typed) in {fold(word) for word in search}] == [found]


def test_the_ward_is_open_on_saturday_morning_for_most() -> None:
    ward = load_office(example_path("ward"))
    saturday, monday = date(2026, 11, 21), date(2026, 11, 23)

    assert [len(ward.hours.on(day)) for day in (monday, saturday, date(2026, 11, 22))] == [2, 1, 0]
    assert ward.hours_of(service(ward, "dat-dai")).on(saturday) == ()
    assert ward.hours.on(monday)[0].numbers_from < ward.hours.on(monday)[0].opens


def test_the_hospital_has_twelve_clinics_with_room_floor_and_way() -> None:
    hospital = load_office(example_path("hospital"))

    assert len(hospital.services) == 12
    assert all(s.room and s.room.floor and s.room.way and s.private for s in hospital.services)
    by_code = {priority.code: priority for priority in hospital.priorities}
    assert (by_code["child"].age_under, by_code["elderly"].age_from) == (6, 75)
    assert not by_code["emergency"].said


def service(office: Catalogue, code: str) -> Service:
    found = office.service(code)
    assert found is not None
    return found


def texts_of(value: object) -> list[Text]:
    if isinstance(value, Text):
        return [value] if value != Text("") else []
    if isinstance(value, tuple):
        return [text for item in value for text in texts_of(item)]
    if hasattr(value, "__dataclass_fields__"):
        return [text for name in value.__dataclass_fields__ for text in texts_of(getattr(value, name))]
    return []


_OFFICES = [load_office(example_path(profile)) for profile in PROFILES]


@settings(deadline=None)
@given(office=st.sampled_from(_OFFICES), chosen=st.data())
def test_any_part_of_an_office_survives_the_wire(office: Catalogue, chosen: st.DataObject) -> None:
    services = tuple(chosen.draw(st.lists(st.sampled_from(office.services), unique_by=lambda s: s.code)))
    quota = chosen.draw(st.none() | st.integers(1, 10_000))
    part = dataclasses.replace(office, services=tuple(dataclasses.replace(s, quota=quota) for s in services))

    back = catalogue_from_wire(catalogue_to_wire(part))

    assert back == part
    assert catalogue_etag(back) == catalogue_etag(part)


_TREES = st.recursive(
    st.integers() | st.text(max_size=5),
    lambda inner: st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
)


@settings(deadline=None)
@given(layers=st.lists(st.dictionaries(st.sampled_from("abc"), _TREES, max_size=3), min_size=1, max_size=4))
def test_each_value_is_traced_to_the_last_layer_that_set_it(layers: list[dict[str, object]]) -> None:
    merged = merge([Layer(f"layer {i}", data) for i, data in enumerate(layers)], main="main")

    def leaves(table: dict[str, object], path: tuple[str, ...] = ()) -> None:
        for key, value in table.items():
            here = (*path, key)
            if isinstance(value, dict):
                leaves(value, here)
                continue
            owner = layers[int(merged.source(here).removeprefix("layer "))]
            found: object = owner
            for step in here:
                assert isinstance(found, dict)
                found = found[step]
            assert found == value

    leaves(merged.data)
