"""A person before a whole kiosk, in each language and on each panel."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSize

from config.locale import LANGUAGES, Words, load_words
from kiosk.ui.app import make_application, theme_factory
from kiosk.ui.window import KioskWindow, ThemeFactory
from models.text import Language
from tests.support.window_visits import MONDAY, Home, Kiosk, Time, make_home, running

Enter = Callable[..., AbstractContextManager[Kiosk]]
Look = tuple[Language, QSize]


@pytest.fixture(scope="session")
def words() -> dict[Language, Words]:
    """All words."""
    return {language: load_words(language) for language in LANGUAGES}


@pytest.fixture(scope="session")
def themes() -> ThemeFactory:
    """The look, read once."""
    return theme_factory()


@pytest.fixture
def look(request: pytest.FixtureRequest) -> Look:
    """Language and panel; see `tests.support.window_looks`."""
    language, size = request.param
    return language, size


@pytest.fixture
def enter(
    qtbot: object, tmp_path: Path, words: dict[Language, Words], themes: ThemeFactory, look: Look
) -> Iterator[Enter]:
    """Makes a kiosk, runs it, and lets a person step up; see `tests.support.window_visits.make_home`."""
    make_application()
    language, size = look
    windows: list[KioskWindow] = []

    @contextmanager
    def run(
        home: Home | None = None,
        *,
        at: datetime = MONDAY,
        time: Time | None = None,
        printer: str = "ready",
        scanner: bool = False,
        **office: Any,
    ) -> Iterator[Kiosk]:
        time = time or Time(at)
        found = home or make_home(tmp_path / "kiosk", scanner=scanner, printer=printer != "none", **office)
        window = KioskWindow(words, themes, time.now, time, fade=False, locked=False)
        windows.append(window)
        window.resize(size)
        window.show()
        kiosk = Kiosk(found, window, time, language)
        with running(kiosk, printer=printer, reader=scanner or "camera" in office):
            kiosk.begin()
            yield kiosk

    yield run
    for window in windows:
        window.close()
        window.deleteLater()
