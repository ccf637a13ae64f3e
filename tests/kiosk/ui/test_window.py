"""The window: presses, time, scanners, themes; and the bridge to the desk."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kiosk.flow.events import Action, Press
from kiosk.flow.views import View
from kiosk.ui.bridge import Bridge
from kiosk.ui.examples import EXAMPLES, example_view
from kiosk.ui.press_filter import PressFilter
from kiosk.ui.widgets.key import FocusRing


@pytest.fixture
def view(offices: dict) -> Callable[..., View]:
    def make(name: str, language: str = "vi", **changes: object) -> View:
        example = next(e for e in EXAMPLES if e.name == name)
        return example_view(example, offices, language, **changes)

    return make


def test_a_double_tap_is_one_press(hands, view) -> None:
    hands.see(view("02-choose"))
    assert hands.tap("choose_service:ho-tich") == [Press(Action.CHOOSE_SERVICE, "ho-tich")]
    assert hands.tap_again("choose_service:ho-tich") == []
    hands.clock.now += 0.3
    assert hands.tap_again("choose_service:ho-tich") == []
    hands.clock.now += 0.3
    assert hands.tap_again("choose_service:ho-tich") == [Press(Action.CHOOSE_SERVICE, "ho-tich")]


def test_the_second_tap_does_not_hit_the_next_screen(hands, view) -> None:
    hands.see(view("01-welcome"))
    assert hands.tap("start:") == [Press(Action.START)]
    hands.see(view("02-choose"))
    window, start = hands.window, QPoint(540, 900)
    below = window.childAt(start)
    assert below.objectName().startswith("choose_service")
    QTest.mouseClick(below, Qt.MouseButton.LeftButton, pos=below.mapFrom(window, start))
    assert hands.pressed == [Press(Action.START)]
    hands.clock.now += 0.6
    QTest.mouseClick(below, Qt.MouseButton.LeftButton, pos=below.mapFrom(window, start))
    assert len(hands.pressed) == 2


def test_another_key_counts_at_once() -> None:
    now = 0.0
    passes = PressFilter(lambda: now, reach=80).passes
    assert passes(Press(Action.PAD_KEY, "1"), (10, 10), "A")
    assert passes(Press(Action.PAD_KEY, "2"), (200, 10), "A")
    assert not passes(Press(Action.PAD_KEY, "2"), (200, 10), "A")
    assert passes(Press(Action.PAD_KEY, "3"), (200, 500), "B")


def test_touching_anywhere_on_welcome_starts(hands, view) -> None:
    hands.see(view("01-welcome"))
    hands.clock.now += 1
    QTest.mouseClick(hands.window.screen_shown, Qt.MouseButton.LeftButton, pos=QPoint(500, 500))
    assert hands.pressed == [Press(Action.START)]


def test_a_finger_between_two_keys_presses_one(hands, view) -> None:
    hands.see(view("02-choose"))
    left, right = hands.key("choose_service:ho-tich"), hands.key("choose_service:chung-thuc")
    assert right.geometry().left() - left.geometry().right() <= 1


def test_a_pressed_key_stays_down_when_counts_change(hands, view) -> None:
    hands.see(view("02-choose"))
    key = hands.key("choose_service:ho-tich")
    QTest.mousePress(key, Qt.MouseButton.LeftButton, pos=key.rect().center())
    hands.see(view("02-choose-no-counts"))
    QTest.mouseRelease(key, Qt.MouseButton.LeftButton, pos=key.rect().center())
    assert hands.pressed == [Press(Action.CHOOSE_SERVICE, "ho-tich")]


def test_time_is_in_words_only_for_the_last_20_seconds(hands, view) -> None:
    hands.see(view("02-choose"))
    hands.clock.now += 39
    hands.window.refresh_time()
    assert "Chưa lấy số nào" not in hands.texts()
    hands.clock.now += 2
    hands.window.refresh_time()
    assert "Chưa lấy số nào" in hands.texts()


def test_the_question_counts_down_and_takes_more_time(hands, view) -> None:
    shown = view("02-choose", asks_for_time=20)
    hands.see(shown)
    assert "Máy về màn hình đầu sau 20 giây" in hands.texts()
    hands.clock.now += 5
    hands.window.refresh_time()
    assert "sau 15 giây" in hands.texts()
    assert hands.tap("more_time:") == [Press(Action.MORE_TIME)]
    hands.see(replace(shown, frame=replace(shown.frame, asks_for_time=None)))
    assert "cần thêm thời gian" not in hands.texts()


def test_a_touch_beside_the_question_means_somebody_is_there(hands, view) -> None:
    hands.see(view("02-choose", asks_for_time=20))
    hands.clock.now += 1
    QTest.mouseClick(hands.window.childAt(20, 20), Qt.MouseButton.LeftButton)
    assert hands.pressed == [Press(Action.MORE_TIME)]


def test_an_emergency_is_one_touch_even_then(hands, view) -> None:
    hands.see(view("10-hospital", asks_for_time=20))
    hands.clock.now += 1
    key = hands.key("emergency:")
    assert hands.window.childAt(key.geometry().center()) is key
    assert hands.tap("emergency:") == [Press(Action.EMERGENCY)]


def type_into(window, text: str) -> None:
    for character in text:
        key = Qt.Key.Key_Return if character == "\r" else 0
        QApplication.sendEvent(window, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, character))


def test_what_a_scanner_types_is_handed_over_by_line(hands, view) -> None:
    hands.see(view("02-choose"))
    lines: list[str] = []
    hands.window.typed_line.connect(lines.append)
    QApplication.instance().installEventFilter(hands.window)
    try:
        type_into(hands.window, "099090000011||Đỗ Thị Ước|\r")
        type_into(hands.window, "\r")
        type_into(hands.window, "half")
        hands.clock.now += 2
        type_into(hands.window, "099\r")
    finally:
        QApplication.instance().removeEventFilter(hands.window)
    assert lines == ["099090000011||Đỗ Thị Ước|", "099"]
    assert hands.pressed == []


@pytest.fixture
def keyboard(hands) -> Iterator[None]:
    """Keys go through the window first, as in the program."""
    QApplication.instance().installEventFilter(hands.window)
    hands.window.activateWindow()
    yield
    QApplication.instance().removeEventFilter(hands.window)


@pytest.mark.usefixtures("keyboard")
def test_for_who_moves_by_tab_enter_presses_the_chosen_key(hands, view) -> None:
    hands.see(view("02-choose"))
    QTest.keyClick(hands.window, Qt.Key.Key_Tab)
    key = hands.key("choose_service:ho-tich")
    key.setFocus(Qt.FocusReason.TabFocusReason)
    assert hands.window.findChild(FocusRing).isVisible()
    QTest.keyClick(key, Qt.Key.Key_Return)
    assert hands.pressed == [Press(Action.CHOOSE_SERVICE, "ho-tich")]


@pytest.mark.usefixtures("keyboard")
def test_a_focus_that_moved_by_itself_is_no_choice(hands, view) -> None:
    """The start key goes away under the finger: Qt hands the focus on, as if by Tab."""
    hands.see(view("01-welcome"))
    hands.tap("start:")
    hands.see(view("02-choose"))
    hands.key("choose_service:ho-tich").setFocus(Qt.FocusReason.TabFocusReason)
    assert not hands.window.findChild(FocusRing).isVisible()
    QTest.keyClick(hands.key("choose_service:ho-tich"), Qt.Key.Key_Return)
    assert hands.pressed == [Press(Action.START)]


def test_a_kiosk_is_not_closed_from_outside(make_hands, view) -> None:
    hands = make_hands(locked=True)
    hands.see(view("01-welcome"))
    assert not hands.window.close()
    QTest.keyClick(hands.window, Qt.Key.Key_Escape)
    assert hands.window.isVisible()


def test_theme_and_language_change_on_the_fly(hands, view) -> None:
    hands.see(view("02-choose"))
    assert "Mời chọn việc cần giải quyết" in hands.texts()
    assert "Khai sinh, kết hôn, khai tử" in hands.texts()
    hands.see(view("02-choose", "en", theme="large_text"))
    assert "What brings you here today?" in hands.texts()
    assert "Birth, marriage, death" not in hands.texts()
    assert hands.window.theme.large


def test_an_unsure_clock_is_hidden(hands, view) -> None:
    hands.see(view("02-choose"))
    assert "08:12" in hands.texts()
    assert "Thứ Hai, 23/11" in hands.texts()
    hands.see(view("02-choose-clock-unsure"))
    assert "08:12" not in hands.texts()
    assert "Thứ Hai" not in hands.texts()


def test_the_trial_banner_is_on_top(hands, view) -> None:
    hands.see(view("02-choose-trial"))
    assert "Máy chạy thử. Số in ra không có giá trị." in hands.texts()


def test_a_field_at_rest_says_why_and_a_touch_still_explains(hands, view) -> None:
    hands.see(view("02-choose-at-rest"))
    assert hands.key("choose_service:dat-dai").kind == "resting"
    assert "Phát số lúc 13:00" in hands.texts()
    assert hands.tap("choose_service:dat-dai") == [Press(Action.CHOOSE_SERVICE, "dat-dai")]


def test_letters_make_the_searched_text(hands, view) -> None:
    hands.see(view("02-find-found"))
    assert hands.tap("letter:k") == [Press(Action.FIND_TEXT, "hok")]
    assert hands.tap("letter:space") == [Press(Action.FIND_TEXT, "ho ")]
    assert hands.tap("letter:delete") == [Press(Action.FIND_TEXT, "h")]


def test_the_fade_is_never_in_the_way(words, clock, qtbot, view) -> None:
    from kiosk.ui.app import theme_factory
    from kiosk.ui.examples import NOW
    from kiosk.ui.window import KioskWindow

    window = KioskWindow(words, theme_factory(), lambda: NOW, clock, fade=True, locked=False)
    qtbot.addWidget(window)
    window.resize(540, 960)
    with qtbot.waitSignal(window.first_frame, timeout=5000):
        window.show()
        window.show_view(view("01-welcome"))
    window.show_view(view("02-choose"))
    pressed: list[Press] = []
    window.pressed.connect(pressed.append)
    shown = window.keys()
    key = next(k for k in shown if k.objectName() == "choose_service:ho-tich")
    QTest.mouseClick(window.childAt(key.geometry().center()), Qt.MouseButton.LeftButton)
    assert pressed == [Press(Action.CHOOSE_SERVICE, "ho-tich")]
    window.show_view(view("03-who"))


def test_views_cross_the_bridge_from_another_thread(qtbot, view) -> None:
    pressed: list[Press] = []
    typed: list[str] = []
    bridge = Bridge(pressed.append, typed.append)
    shown = view("01-welcome")
    seen: list[tuple[object, bool]] = []
    gui = threading.current_thread()
    bridge.view_changed.connect(lambda v: seen.append((v, threading.current_thread() is gui)))
    desk = threading.Thread(target=bridge.publish, args=(shown,))
    with qtbot.waitSignal(bridge.view_changed, timeout=5000):
        desk.start()
    desk.join()
    assert seen == [(shown, True)]
    bridge.press(Press(Action.START))
    bridge.typed_line("099")
    assert pressed == [Press(Action.START)]
    assert typed == ["099"]
    bridge.deleteLater()


def test_personal_values_are_not_in_the_repr_of_a_press() -> None:
    assert "099" not in repr(Press(Action.PAD_KEY, "099"))


def test_a_point_is_where_the_finger_was(hands, view) -> None:
    hands.see(view("02-choose"))
    found: list[QPointF] = []
    key = hands.key("choose_service:dat-dai")
    key.chosen.connect(lambda _press, at: found.append(at))
    QTest.mouseClick(key, Qt.MouseButton.LeftButton, pos=QPoint(30, 40))
    assert found[0].toPoint() == key.mapToGlobal(QPoint(30, 40))
