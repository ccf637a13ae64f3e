"""Pictures of every screen can be made."""

from pathlib import Path

from PySide6.QtGui import QImage

from kiosk.ui.gallery import main, pictures, save_pictures


def test_pictures_are_saved_at_their_size(qtbot, tmp_path: Path) -> None:
    saved = save_pictures(tmp_path / "screens", ["02-choose-vi", "02-choose-landscape-en"])
    sizes = {file.stem: (QImage(str(file)).width(), QImage(str(file)).height()) for file in saved}
    assert sizes == {"02-choose-vi": (1080, 1920), "02-choose-landscape-en": (1920, 1080)}


def test_every_example_is_pictured_in_both_languages_and_all_themes(qtbot) -> None:
    names = {name for name, _size, _view in pictures()}
    for kind in ("vi", "en", "landscape", "large-text", "high-contrast", "low-reach"):
        assert f"03-who-{kind}" in names


def test_without_a_folder_it_says_how(capsys) -> None:
    assert main([]) == 2
    assert "usage" in capsys.readouterr().err
