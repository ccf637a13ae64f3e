"""Writing device.toml: comments stay, wrong files are not written, ten versions are kept."""

from pathlib import Path

import pytest

from config.load import load_settings
from config.problems import ConfigurationError
from config.save import save_device, versions
from models.errors import StorageTrouble

WRITTEN_BY_HAND = """\
# the kiosk beside the lift
[kiosk]
number = 1  # left of the door
paper_slot = "left"

[devices.printer]  # bought in May
driver = "escpos-tcp"
options = { host = "192.168.1.50" }
"""


def device(home: Path) -> Path:
    return home / "config" / "device.toml"


def by_hand(home: Path, text: str = WRITTEN_BY_HAND) -> None:
    device(home).parent.mkdir()
    device(home).write_text(text, encoding="utf-8")


def test_only_the_named_keys_change(tmp_path: Path) -> None:
    by_hand(tmp_path)

    save_device(tmp_path, {"kiosk.number": 2, "kiosk.central_url": "http://10.0.0.2:8300"})

    expected = WRITTEN_BY_HAND.replace("number = 1 ", "number = 2 ").replace(
        'paper_slot = "left"\n', 'paper_slot = "left"\ncentral_url = "http://10.0.0.2:8300"\n'
    )
    assert device(tmp_path).read_text(encoding="utf-8") == expected
    settings = load_settings(tmp_path)
    assert (settings.kiosk.number, settings.kiosk.numbering) == (2, "central")


def test_a_new_machine_gets_a_file(tmp_path: Path) -> None:
    save_device(tmp_path, {"kiosk.number": 7, "devices.camera": {"driver": "opencv"}})

    settings = load_settings(tmp_path)
    assert settings.kiosk.number == 7
    assert settings.devices.camera is not None
    assert versions(tmp_path) == ()


def test_a_key_can_be_taken_away(tmp_path: Path) -> None:
    by_hand(tmp_path)

    save_device(tmp_path, {"devices.printer": None, "screen.density_px_per_mm": None})

    assert load_settings(tmp_path).devices.printer is None
    assert "[screen]" not in device(tmp_path).read_text(encoding="utf-8")


def test_a_save_that_would_be_wrong_writes_nothing(tmp_path: Path) -> None:
    by_hand(tmp_path)

    with pytest.raises(ConfigurationError) as caught:
        save_device(tmp_path, {"kiosk.number": 0, "kiosk.nombre": 3})

    assert {problem.key for problem in caught.value.problems} == {"kiosk.number", "kiosk.nombre"}
    assert device(tmp_path).read_text(encoding="utf-8") == WRITTEN_BY_HAND


def test_an_old_problem_does_not_forbid_a_good_save(tmp_path: Path) -> None:
    by_hand(tmp_path, '[screen]\naccent = "pink"\n')

    save_device(tmp_path, {"kiosk.number": 3})

    assert "number = 3" in device(tmp_path).read_text(encoding="utf-8")


def test_a_broken_file_is_not_written_over(tmp_path: Path) -> None:
    by_hand(tmp_path, "[kiosk\n")

    with pytest.raises(ConfigurationError, match="not TOML"):
        save_device(tmp_path, {"kiosk.number": 3})

    assert device(tmp_path).read_text(encoding="utf-8") == "[kiosk\n"


def test_a_value_where_a_table_should_be_is_named(tmp_path: Path) -> None:
    by_hand(tmp_path, "kiosk = 1\n")

    with pytest.raises(ConfigurationError, match="kiosk is not a table"):
        save_device(tmp_path, {"kiosk.number": 3})


def test_the_last_ten_versions_are_kept(tmp_path: Path) -> None:
    for number in range(1, 15):
        save_device(tmp_path, {"kiosk.number": number})
    save_device(tmp_path, {"kiosk.number": 14})  # nothing changes: no version

    kept = [path.read_text(encoding="utf-8").split("number = ")[1].strip() for path in versions(tmp_path)]
    assert kept == [str(number) for number in range(13, 3, -1)]
    assert load_settings(tmp_path).kiosk.number == 14


def test_a_disk_that_refuses_is_the_technicians_trouble(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file where the folder should be", encoding="utf-8")

    with pytest.raises(StorageTrouble, match="cannot be written"):
        save_device(tmp_path, {"kiosk.number": 2})


def test_a_crash_before_the_rename_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    by_hand(tmp_path)

    def cut(path: Path, target: Path) -> None:
        raise OSError(5, "power cut")

    monkeypatch.setattr(Path, "replace", cut)
    with pytest.raises(StorageTrouble):
        save_device(tmp_path, {"kiosk.number": 2})

    assert device(tmp_path).read_text(encoding="utf-8") == WRITTEN_BY_HAND
