"""A window without a screen, a clock that moves when told, and checks that every screen must pass."""

import os
from collections.abc import Callable, Iterator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtTest import QTest

from config.locale import LANGUAGES, Words, load_words
from kiosk.flow.events import Press
from kiosk.flow.views import View
from kiosk.ui.app import make_application, theme_factory
from kiosk.ui.examples import NOW, load_offices
from kiosk.ui.widgets.key import Key
from kiosk.ui.widgets.text import A_STEP
from kiosk.ui.window import KioskWindow
from models.service import Catalogue, Profile
from models.text import Language

PORTRAIT, LANDSCAPE = QSize(1080, 1920), QSize(1920, 1080)


class Clock:
    """Seconds, moved by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Hands:
    """A window and what a person does with it."""

    def __init__(self, window: KioskWindow, clock: Clock) -> None:
        self.window = window
        self.clock = clock
        self.pressed: list[Press] = []
        window.pressed.connect(self.pressed.append)

    def see(self, view: View, size: QSize = PORTRAIT) -> "Hands":
        """Show a view at a size."""
        self.window.resize(size)
        self.window.show_view(view)
        return self

    @property
    def keys(self) -> list[Key]:
        """Every key that can be seen."""
        return self.window.keys()

    def key(self, name: str) -> Key:
        """The key called ``action:value``."""
        found = [key for key in self.keys if key.objectName() == name]
        assert found, f"no key {name!r}; there are {sorted(k.objectName() for k in self.keys)}"
        return found[0]

    def tap(self, name: str) -> list[Press]:
        """A real click in the middle of a key, half a second after the last; returns what the window emitted."""
        self.clock.now += 0.6
        return self.tap_again(name)

    def tap_again(self, name: str) -> list[Press]:
        """A real click, at once."""
        before = len(self.pressed)
        key = self.key(name)
        QTest.mouseClick(key, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, key.rect().center())
        return self.pressed[before:]

    def texts(self) -> str:
        """Everything that can be read, one a line."""
        words = [mark.laid.source.replace("**", "") for board in self.window.boards() for mark in board.words_shown()]
        words += [mark.laid.source for key in self.keys for mark in key.words()]
        return "\n".join(words).replace("\u00a0", " ")


@pytest.fixture(scope="session")
def offices() -> dict[Profile, Catalogue]:
    """The shipped offices."""
    return load_offices()


@pytest.fixture(scope="session")
def words() -> dict[Language, Words]:
    """All words."""
    return {language: load_words(language) for language in LANGUAGES}


@pytest.fixture
def clock() -> Clock:
    """A clock that stands."""
    return Clock()


@pytest.fixture
def make_hands(qtbot: object, words: dict[Language, Words], clock: Clock) -> Iterator[Callable[..., Hands]]:
    """Makes windows of one size without fading; ``locked=True`` for a kiosk's own."""
    make_application()
    made: list[KioskWindow] = []

    def make(*, locked: bool = False) -> Hands:
        window = KioskWindow(words, theme_factory(), lambda: NOW, clock, fade=False, locked=locked)
        window.resize(PORTRAIT)
        window.show()
        made.append(window)
        return Hands(window, clock)

    yield make
    for window in made:
        window.unlock()
        window.close()
        window.deleteLater()


@pytest.fixture
def hands(make_hands: Callable[..., Hands]) -> Hands:
    """A window and what a person does with it."""
    return make_hands()


@pytest.fixture
def overflow() -> Callable[[KioskWindow], list[str]]:
    """What is cut off, too small, out of the window or under something else; an empty list is what must be."""

    def check(window: KioskWindow) -> list[str]:
        return [*_cut(window), *_misplaced(window)]

    return check


def _cut(window: KioskWindow) -> list[str]:
    marks = [mark for board in window.boards() for mark in board.words_shown()]
    keys: list[Key] = window.keys()
    marks += [mark for key in keys for mark in key.words()]
    found = [f"cut: {mark.laid.source!r}" for mark in marks if not mark.inside]
    found += [f"too small ({mark.laid.step}): {mark.laid.source!r}" for mark in marks if mark.laid.step > A_STEP]
    whole = QRectF(window.rect())
    for board in window.boards():
        for mark in board.words_shown():
            place = QRectF(mark.rect)
            place.setWidth(max(1.0, mark.laid.width))
            if not board.geometry().contains(board.mapTo(window, QPoint(0, 0))):
                continue
            moved = place.translated(board.mapTo(window, QPoint(0, 0)))
            if moved.top() < -1 or moved.left() < -1 or moved.right() > whole.right() + 1:
                found.append(f"outside: {mark.laid.source!r}")
    return found


def _misplaced(window: KioskWindow) -> list[str]:
    found, least = [], window.theme.mm(20) - 1
    keys: list[Key] = window.keys()
    whole = QRectF(window.rect())
    places = [(key.objectName(), key.surface.translated(key.mapTo(window, QPoint(0, 0))), key.parent()) for key in keys]
    for name, place, _parent in places:
        if min(place.width(), place.height()) < least:
            found.append(f"{name}: {place.width():.0f} x {place.height():.0f}, least is {least:.0f}")
        edge = window.theme.u(60)
        if not whole.adjusted(edge, 0, -edge, 0).contains(place):
            found.append(f"{name}: outside the margins")
    for index, (name, place, parent) in enumerate(places):
        for other, there, owner in places[index + 1 :]:
            together = place.intersected(there)
            dialog = type(parent).__name__ == "StillThere" or type(owner).__name__ == "StillThere"
            if not dialog and together.width() > 1 and together.height() > 1:
                found.append(f"{name} and {other} overlap")
    return found
