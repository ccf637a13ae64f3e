"""A wrong configuration: every problem at once, each with file, key and nearest right name."""

from pathlib import Path

import pytest

from config.load import check_file, example_path, load_office, load_settings
from config.problems import ConfigurationError, Problem, nearest
from models.errors import TechnicianError

GOOD = example_path("ward").read_text(encoding="utf-8")


def home_with(tmp_path: Path, site: str | None = None, device: str | None = None) -> Path:
    (tmp_path / "config").mkdir()
    if site is not None:
        (tmp_path / "config" / "site.toml").write_text(site, encoding="utf-8")
    if device is not None:
        (tmp_path / "config" / "device.toml").write_text(device, encoding="utf-8")
    return tmp_path


def problems_of(home: Path, profile: str | None = None, environ: dict[str, str] | None = None) -> dict[str, Problem]:
    with pytest.raises(ConfigurationError) as caught:
        load_settings(home, profile, environ or {})
    found = {problem.key: problem for problem in caught.value.problems}
    assert len(found) == len(caught.value.problems), "two problems share a key"
    return found


def replaced(*pairs: tuple[str, str]) -> str:
    text = GOOD
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    return text


ALL_WRONG = (
    ('timezone = "Asia/Ho_Chi_Minh"', 'timezone = "Asia/Ho_Chi_Min"'),
    ("late_minutes = 20", 'late_minutes = "twenty"'),
    ('identify = "first"', 'identify = "frist"'),
    ("missed_minutes = 20", "mised_minutes = 20"),
    ('closes = "11:30"', 'closes = "06:30"'),
    ('opens = "13:00"', 'opens = "25:00"'),
    ('prefix = "B"', 'prefix = "A"'),
    ('prefix = "C"', 'prefix = "QO"'),
    ('prefix = "D"', 'prefix = "d"'),
    ('code = "1.001193"', 'code = "1.1193"'),
    ('code = "2.000884"', 'code = "2.000815"'),
    ('code = "giao-duc"', 'code = "Giáo dục"'),
    ('code = "van-hoa"', 'code = "nong-nghiep"'),
    ("minutes_each = 3", "minutes_each = 0"),
    ("age_from = 75", "age_from = 7500"),
)
ALL_WRONG_DEVICE = """
[kiosk]
number = true
languages = ["en"]
numbering = "central"
colour = "red"

[screen]
theme = "largetext"

[devices]
camera = { driver = "image", options = { path = "/nowhere/card.png" } }
printer = { driver = "escpos-tcp", options = { hots = "192.168.1.50", port = "9100" } }

[[devices.scanners]]
driver = "seriel"

[devises]
"""
EXPECTED = {
    # key: (file, a part of the sentence, nearest)
    "office.timezone": ("site.toml", "not a time zone", "Asia/Ho_Chi_Minh"),
    "rules.late_minutes": ("site.toml", "must be a whole number, found 'twenty'", None),
    "rules.identify": ("site.toml", "must be 'first', 'after' or 'never'", "first"),
    "rules.mised_minutes": ("site.toml", "not a known key", "rules.missed_minutes"),
    "hours.sessions[1].closes": ("site.toml", "06:30 is not after opens, 07:30", None),
    "hours.sessions[2].opens": ("site.toml", "time of day like 07:30", None),
    "services.chung-thuc.prefix": ("site.toml", "'A' is already the prefix of services.ho-tich", None),
    "services.dat-dai.prefix": ("site.toml", "O, Q cannot be told from digits", None),
    "services.xay-dung.prefix": ("site.toml", "must be capitals", "D"),
    'services.ho-tich.procedures."1.1193".code': ("site.toml", "must look like 1.001193", None),
    "services.chung-thuc.procedures[2].code": ("site.toml", "'2.000815' is already the code", None),
    'services."Giáo dục".code': ("site.toml", "must be 1 to 40 of a-z", "giao-duc"),
    "services[9].code": ("site.toml", "'nong-nghiep' is already the code of services[8]", None),
    "services.nhan-ket-qua.minutes_each": ("site.toml", "must be more than 0", None),
    "priorities.elderly.age_from": ("site.toml", "must be at most 150", None),
    "kiosk.number": ("device.toml", "must be a whole number, found true", None),
    "kiosk.languages": ("device.toml", "must hold kiosk.default_language, 'vi'", None),
    "kiosk.numbering": ("device.toml", "needs kiosk.central_url", None),
    "kiosk.colour": ("device.toml", "not a known key", None),
    "screen.theme": ("device.toml", "must be 'normal', 'large_text' or 'high_contrast'", "large_text"),
    "devices.camera.options.path": ("device.toml", "there is no such file: /nowhere/card.png", None),
    "devices.printer.options.hots": ("device.toml", "no such option", "devices.printer.options.host"),
    "devices.printer.options.host": ("device.toml", "needs it", None),
    "devices.printer.options.port": ("device.toml", "expected whole number", None),
    "devices.scanners[1].driver": ("device.toml", "no scanner driver 'seriel'", "serial"),
    "devises": ("device.toml", "not a known key", "devices"),
    "MOTCUA_KIOSK__NUMBER_WAIT": ("environment", "not a known key", "MOTCUA_KIOSK__NUMBER_WAIT_MS"),
    "MOTCUA_SCREEN__DENSITY_PX_PER_MM": ("environment", "must be a number, found 'dense'", None),
}


def test_everything_wrong_is_said_at_once(tmp_path: Path) -> None:
    home = home_with(tmp_path, replaced(*ALL_WRONG), ALL_WRONG_DEVICE)
    environ = {"MOTCUA_KIOSK__NUMBER_WAIT": "300", "MOTCUA_SCREEN__DENSITY_PX_PER_MM": "dense"}

    found = problems_of(home, environ=environ)

    assert set(found) == set(EXPECTED)
    for key, (file, sentence, meant) in EXPECTED.items():
        assert found[key].file.endswith(file), key
        assert sentence in found[key].sentence, key
        assert found[key].nearest == meant, key


def test_a_broken_file_does_not_hide_the_problems_of_the_others(tmp_path: Path) -> None:
    home = home_with(tmp_path, replaced(('prefix = "B"', 'prefix = "A"')), "[kiosk]\nnumber = = 2\n")

    found = problems_of(home, environ={"MOTCUA_KIOSK__PAPER_WIDTH": "70"})

    assert set(found) == {"", "services.chung-thuc.prefix", "MOTCUA_KIOSK__PAPER_WIDTH"}
    assert found[""].file.endswith("device.toml")
    assert "line 2" in found[""].sentence


def test_a_broken_site_is_not_asked_for_what_it_may_hold(tmp_path: Path) -> None:
    found = problems_of(home_with(tmp_path, "[office\n"))

    assert list(found) == [""]
    assert "is not TOML" in found[""].sentence


def test_the_error_is_the_technicians_and_ends_with_2(tmp_path: Path) -> None:
    home = home_with(tmp_path, device='[kiosk]\nnumbr = 2\nlanguages = "vi"\n')

    with pytest.raises(TechnicianError) as caught:
        load_settings(home)

    assert caught.value.exit_code == 2
    lines = str(caught.value).splitlines()
    device = home / "config" / "device.toml"
    assert f"{device}: kiosk.numbr: is not a known key (did you mean kiosk.number?)" in lines
    assert f"{device}: kiosk.languages: must be a list, found 'vi'" in lines


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "there is no such file"),
        (b"\xff\xfe", "is not UTF-8 text"),
        (b"a = 1\na = 2", "is not TOML"),
        (b"#" * (1 << 20) + b"##", "is larger than a configuration can be"),
        (b"a = " + b"[" * 20_000, "is nested too deeply"),
    ],
    ids=["missing", "not text", "not TOML", "too large", "too deep"],
)
def test_a_file_that_cannot_be_read_is_one_problem(tmp_path: Path, content: bytes | None, sentence: str) -> None:
    path = tmp_path / "site.toml"
    if content is not None:
        path.write_bytes(content)

    (problem,) = check_file(path)

    assert problem.file == str(path)
    assert sentence in problem.sentence
    with pytest.raises(ConfigurationError):
        load_office(path)


def test_a_link_to_nowhere_is_named_and_not_passed_over(tmp_path: Path) -> None:
    home = home_with(tmp_path)
    (home / "config" / "site.toml").symlink_to(tmp_path / "gone.toml")

    assert problems_of(home)[""].sentence == "there is no such file"


def test_an_empty_site_is_asked_for_every_table_it_needs(tmp_path: Path) -> None:
    found = problems_of(home_with(tmp_path, "# nothing yet\n"))

    assert set(found) == {"office.code", "office.line1", "office.line2", "hours", "services"}
    assert all(p.file.endswith("site.toml") and p.sentence == "is missing" for p in found.values())


@pytest.mark.parametrize(
    ("pairs", "key", "sentence"),
    [
        ([('numbers_from = "07:00"', 'numbers_from = "11:45"')], "hours.sessions[1].numbers_from", "not before closes"),
        ([('last_number = "11:15"', 'last_number = "06:45"')], "hours.sessions[1].last_number", "not after numbers_fr"),
        ([('last_number = "11:15"', 'last_number = "11:45"')], "hours.sessions[1].last_number", "after closes"),
        ([('opens = "13:00"', 'opens = "11:00"')], "hours.sessions[2]", "before hours.sessions[1] is over"),
        ([('numbers_from = "12:45"', 'numbers_from = "11:00"')], "hours.sessions[2]", "before hours.sessions[1]"),
        ([('"sat"]', '"xat"]')], "hours.sessions[1].days[6]", "must be one of mon"),
        ([('"2026-09-01"', '"1/9/2026"')], "hours.closed_days[1]", "a day like 2026-09-02"),
        ([('code = "pregnant"', 'code = "elderly"')], "priorities[2].code", "'elderly' is already the code"),
        ([('code = "thue"', 'code = "bao-hiem-xa-hoi"')], "wrong_doors[3].code", "is already the code of"),
        ([("age_from = 75", "age_from = 75\nage_under = 6")], "priorities.elderly.age_under", "nobody is from 75"),
        ([("counters = [1]", "counters = [0]")], "services.ho-tich.counters[1]", "must be at least 1"),
        ([('vi = "Phường Hoa Sen"', 'vi = "  "')], "office.line2.vi", "must not be empty"),
        ([('vi = "Phường Hoa Sen"', 'vi = "Hoa\\u0007Sen"')], "office.line2.vi", "control characters"),
        ([('vi = "Phường Hoa Sen"', f'vi = "{"Sen" * 101}"')], "office.line2.vi", "longer than 300"),
        ([('"https://motcua.example.vn"', '"motcua.example.vn"')], "office.follow_base", "must be a web address"),
        ([("https://motcua.", "https://me:pass@motcua.")], "office.follow_base", "must not hold a user"),
        ([("example.vn", "example.vn/?a=1")], "office.follow_base", "must not hold a query"),
        ([("example.vn", "example.vn:99999")], "office.follow_base", "is not a web address"),
        ([('"Asia/Ho_Chi_Minh"', '"Asia/Hanoi"')], "office.timezone", "is not a time zone"),
        ([("counters = [2, 3]", "counters = [2, 3]\nask_procedure = true")], "", ""),
        ([("counters = [5]", "counters = [5]\nask_procedure = true")], "services.dat-dai.ask_procedure", "procedures"),
    ],
)
def test_one_impossible_value(tmp_path: Path, pairs: list[tuple[str, str]], key: str, sentence: str) -> None:
    path = tmp_path / "site.toml"
    path.write_text(replaced(*pairs), encoding="utf-8")

    problems = check_file(path)

    if not key:
        assert problems == ()
        return
    assert [problem.key for problem in problems] == [key]
    assert sentence in problems[0].sentence
    if key == "office.timezone":
        assert problems[0].nearest == "Asia/Ho_Chi_Minh"


def test_more_than_twelve_fields_want_groups(tmp_path: Path) -> None:
    more = "".join(f'\n[[services]]\ncode = "{c}"\nprefix = "{c.upper()}"\nname = "X"\n' for c in "mpr")
    path = tmp_path / "site.toml"
    path.write_text(GOOD + more, encoding="utf-8")

    problems = check_file(path)

    assert len(problems) == 13
    assert {problem.sentence for problem in problems} == {"is needed: more than 12 fields are shown in groups"}


def test_a_key_in_the_wrong_table_is_sent_to_the_right_one(tmp_path: Path) -> None:
    found = problems_of(home_with(tmp_path, device="identify = 'after'\n[screen]\npaper_slot = 'left'\n"))

    assert found["identify"].nearest == "rules.identify"
    assert found["screen.paper_slot"].nearest == "kiosk.paper_slot"


def test_local_numbers_and_a_central_contradict(tmp_path: Path) -> None:
    home = home_with(tmp_path, device='[kiosk]\nnumbering = "local"\ncentral_url = "http://10.0.0.2:8300"\n')

    found = problems_of(home)

    assert found["kiosk.numbering"].nearest == "central"


def test_languages_of_the_screen_must_fit_each_other(tmp_path: Path) -> None:
    device = '[kiosk]\nlanguages = ["en", "en"]\ndefault_language = "vi"\n'

    found = problems_of(home_with(tmp_path, device=device))

    assert found["kiosk.languages"].sentence == "names a language twice"
    assert found["kiosk.default_language"].sentence == "'vi' is not one of kiosk.languages"


def test_two_variables_that_contradict_are_named(tmp_path: Path) -> None:
    environ = {"MOTCUA_KIOSK__NUMBER": "2", "MOTCUA_KIOSK__NUMBER__X": "3"}

    assert "contradicts" in problems_of(tmp_path, environ=environ)["MOTCUA_KIOSK__NUMBER__X"].sentence


def test_a_profile_that_does_not_exist_or_is_not_the_sites(tmp_path: Path) -> None:
    assert problems_of(tmp_path, "hopsital")["profile"].nearest == "hospital"
    found = problems_of(home_with(tmp_path, GOOD), "hospital")
    assert "site.toml is 'ward'" in found["profile"].sentence


def test_nearest_forgives_case_and_diacritics() -> None:
    assert nearest("Hộ Tịch", ["ho-tich", "chung-thuc"]) == "ho-tich"
    assert nearest("zzz", ["ho-tich"]) is None
