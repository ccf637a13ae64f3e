"""What must hold on every screen: nothing cut, keys large enough, every key the flow allows and no other."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QSize

from kiosk.flow.events import Action, Press
from kiosk.flow.presses import presses
from kiosk.flow.views import View
from kiosk.ui.examples import EXAMPLES, Example, example_view
from kiosk.ui.window import KioskWindow
from models.service import Catalogue, Profile

PORTRAIT, LANDSCAPE = QSize(1080, 1920), QSize(1920, 1080)
THEMES = ("normal", "large_text", "high_contrast")
every_example = pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.name)

Offices = dict[Profile, Catalogue]
Overflow = Callable[[KioskWindow], list[str]]


@every_example
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
def test_nothing_is_cut_in_any_theme(
    example: Example, language: str, size: QSize, offices: Offices, hands, overflow: Overflow
) -> None:
    wrong = {}
    for theme in THEMES:
        hands.see(example_view(example, offices, language, theme=theme), size)
        found = overflow(hands.window)
        if found:
            wrong[theme] = found
    hands.see(example_view(example, offices, language, low_reach=True), size)
    found = overflow(hands.window)
    if found:
        wrong["low_reach"] = found
    assert not wrong


@every_example
@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
def test_low_reach_keeps_every_key_low(example: Example, size: QSize, offices: Offices, hands) -> None:
    # A panel that lies is no higher than the lower half of one that stands: there keys leave the top third.
    limit = size.height() * (0.5 if size == PORTRAIT else 0.355)
    hands.see(example_view(example, offices, low_reach=True), size)
    for key in hands.keys:
        top = key.mapTo(hands.window, QPoint(0, 0)).y() + key.surface.top()
        assert top >= limit, key.objectName()


@every_example
@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
def test_a_window_of_half_the_size_shows_the_same(example: Example, size: QSize, offices: Offices, hands) -> None:
    hands.see(example_view(example, offices), size)
    names = {key.objectName() for key in hands.keys}
    hands.see(example_view(example, offices), size / 2)
    assert {key.objectName() for key in hands.keys} == names


@every_example
def test_the_keys_are_those_that_the_visit_allows(example: Example, offices: Offices, hands) -> None:
    view = example_view(example, offices)
    hands.see(view)
    painted = {key.press for key in hands.keys if key.isEnabled() and key.press is not None}
    painted = {press for press in painted if press.action is not Action.FIND_TEXT}
    wanted = {press for press in presses(view) if press.action is not Action.FIND_TEXT}
    selected = {key.press for key in hands.keys if key.kind == "selected"}
    assert painted - wanted == set()
    assert wanted - painted - selected == set()


@every_example
def test_each_key_emits_its_press_by_a_real_click(example: Example, offices: Offices, hands) -> None:
    view = example_view(example, offices)
    hands.see(view)
    for key in [key for key in hands.keys if key.isEnabled()]:
        press = key.press
        assert hands.tap(key.objectName()) == [press]


@every_example
def test_the_language_is_one_touch_away(example: Example, offices: Offices, hands) -> None:
    hands.see(example_view(example, offices))
    assert hands.tap("language:en") == [Press(Action.LANGUAGE, "en")]
    hands.see(example_view(example, offices, "en"))
    assert hands.key("language:vi").text() == "Tiếng Việt"


@every_example
def test_at_most_one_key_is_filled(example: Example, offices: Offices, hands) -> None:
    view: View = example_view(example, offices, asks_for_time=None)
    hands.see(view)
    assert sum(key.kind == "primary" for key in hands.keys) <= 1
