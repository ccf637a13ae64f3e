"""The pictures of `make screens` are taken, at the size of the design's."""

from pathlib import Path

from PIL import Image

from tests.e2e.pictures import BOARD, CONSOLE, take
from tests.support.browser import Browser


def test_board_and_console_are_pictured(chromium: Browser, tmp_path: Path) -> None:
    sizes = {}
    for path in take(tmp_path):
        with Image.open(path) as picture:
            sizes[path.name] = picture.size
    assert sizes[BOARD] == (1920, 1080)
    assert sizes[CONSOLE] == (1440, 900)
