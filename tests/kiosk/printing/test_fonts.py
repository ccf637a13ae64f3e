"""Where the letters come from."""

import shutil

import pytest

from kiosk.printing import fonts
from kiosk.printing.fonts import WEIGHT_NAMES, Fonts, FontsMissing, find_typeface
from kiosk.printing.painter import SlipPainter
from models.errors import TechnicianError


def family(folder, name, ending):
    folder.mkdir(parents=True, exist_ok=True)
    for weight in WEIGHT_NAMES.values():
        (folder / f"{name}-{weight}.{ending}").touch()
    return folder


def test_inter_is_taken_before_noto_wherever_it_is(tmp_path):
    noto, inter = family(tmp_path / "a", "NotoSans", "ttf"), family(tmp_path / "b", "Inter", "otf")
    assert find_typeface([noto, inter]).files[400] == inter / "Inter-Regular.otf"


def test_what_we_ship_comes_first(tmp_path):
    shipped, debian = family(tmp_path / "a", "Inter", "ttf"), family(tmp_path / "b", "Inter", "otf")
    assert find_typeface([shipped, debian]).files[800] == shipped / "Inter-ExtraBold.ttf"


def test_a_family_without_a_bold_is_passed_over(tmp_path):
    broken, noto = family(tmp_path / "a", "Inter", "otf"), family(tmp_path / "b", "NotoSans", "ttf")
    (broken / "Inter-Bold.otf").unlink()
    assert find_typeface([broken, noto]).family == "NotoSans"


def test_a_weight_that_is_missing_takes_the_nearest(tmp_path):
    folder = family(tmp_path / "a", "NotoSans", "ttf")
    for weight in ("Medium", "SemiBold", "ExtraBold"):
        (folder / f"NotoSans-{weight}.ttf").unlink()
    files = find_typeface([folder]).files
    assert [files[weight].stem for weight in (400, 500, 600, 700, 800)] == [
        "NotoSans-Regular",
        "NotoSans-Regular",
        "NotoSans-Bold",
        "NotoSans-Bold",
        "NotoSans-Bold",
    ]


def test_no_font_says_what_to_install(tmp_path):
    with pytest.raises(FontsMissing, match="install fonts-inter") as missing:
        find_typeface([tmp_path])
    assert isinstance(missing.value, TechnicianError)
    assert str(tmp_path) in str(missing.value)


def test_a_font_is_opened_once():
    opened = Fonts(find_typeface())
    assert opened.at(700, 30) is opened.at(700, 30)
    assert opened.at(700, 31) is not opened.at(700, 30)


def test_noto_draws_the_ticket_too(tmp_path, slip):
    noto = next((folder for folder in fonts.FOLDERS if (folder / "NotoSans-Regular.ttf").is_file()), None)
    if noto is None:
        pytest.skip("needs fonts-noto-core, which is not installed")
    for weight in ("Regular", "Bold"):
        shutil.copy(noto / f"NotoSans-{weight}.ttf", tmp_path)
    assert SlipPainter([tmp_path]).draw(slip()).height <= 720
