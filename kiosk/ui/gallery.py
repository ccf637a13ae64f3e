"""Pictures of every screen: ``python -m kiosk.ui.gallery build/screens [NAME …]``."""

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSize

from config.locale import LANGUAGES, load_words
from kiosk.flow.views import View
from kiosk.ui.app import make_application, theme_factory
from kiosk.ui.examples import EXAMPLES, NOW, Example, example_view, load_offices
from kiosk.ui.gallery_answers import ANSWERS, camera_frame
from kiosk.ui.window import KioskWindow
from models.service import Catalogue, Profile
from models.text import Language

PORTRAIT = QSize(1080, 1920)
LANDSCAPE = QSize(1920, 1080)
_GONE_S = 9.0
"""So much of each time limit has passed in the pictures."""


class _Still:
    """A clock that moves only when told, so that each picture is the same each time."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def pictures(wanted: Iterable[str] = ()) -> Iterator[tuple[str, QSize, View]]:
    """Name, size and view of every picture; each example in Vietnamese, English and all themes.

    Args:
        wanted: Parts of names; empty for all.
    """
    offices, wanted = load_offices(), tuple(wanted)
    for example in (*EXAMPLES, *ANSWERS):
        for name, size, view in _variants(example, offices):
            if not wanted or any(part in name for part in wanted):
                yield name, size, view


def _variants(example: Example, offices: dict[Profile, Catalogue]) -> Iterator[tuple[str, QSize, View]]:
    def view(language: Language = "vi", **changes: object) -> View:
        return example_view(example, offices, language, **changes)

    name = example.name
    yield f"{name}-vi", PORTRAIT, view()
    yield f"{name}-en", PORTRAIT, view("en")
    yield f"{name}-landscape", LANDSCAPE, view()
    yield f"{name}-landscape-en", LANDSCAPE, view("en")
    yield f"{name}-large-text", PORTRAIT, view(theme="large_text")
    yield f"{name}-high-contrast", PORTRAIT, view(theme="high_contrast")
    yield f"{name}-low-reach", PORTRAIT, view(low_reach=True)
    yield f"{name}-landscape-large-text", LANDSCAPE, view(theme="large_text")
    yield f"{name}-landscape-low-reach", LANDSCAPE, view(low_reach=True)


def make_window(monotonic: _Still) -> KioskWindow:
    """A window that shows the moment of the reference pictures and does not fade."""
    words = {language: load_words(language) for language in LANGUAGES}
    return KioskWindow(words, theme_factory(), lambda: NOW, monotonic, fade=False, locked=False)


def save_pictures(folder: Path, wanted: Iterable[str] = ()) -> list[Path]:
    """Render the examples into ``folder``; returns the files."""
    make_application()
    folder.mkdir(parents=True, exist_ok=True)
    clock = _Still()
    window = make_window(clock)
    saved = []
    for serial, (name, size, view) in enumerate(pictures(wanted)):
        window.resize(size)
        window.show_view(replace(view, frame=replace(view.frame, limit_serial=serial)))
        window.show_frame(camera_frame())
        clock.now += _GONE_S
        window.refresh_time()
        file = folder / f"{name}.png"
        window.grab().save(str(file))
        saved.append(file)
    window.close()
    window.deleteLater()
    return saved


def main(arguments: list[str]) -> int:
    """Save the pictures into the folder named first."""
    if not arguments:
        sys.stderr.write("usage: python -m kiosk.ui.gallery FOLDER [PART OF NAME …]\n")
        return 2
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    saved = save_pictures(Path(arguments[0]), arguments[1:])
    sys.stdout.write(f"{len(saved)} pictures in {arguments[0]}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
