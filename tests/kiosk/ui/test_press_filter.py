import pytest

from kiosk.flow.events import Action, Press
from kiosk.ui.press_filter import PressFilter


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def presses(clock: Clock) -> PressFilter:
    return PressFilter(clock, reach=80)


FIELD = Press(Action.CHOOSE_SERVICE, "ho-tich")


def test_a_double_tap_is_one_press(presses: PressFilter, clock: Clock) -> None:
    assert presses.passes(FIELD, (500, 500), "choose")
    clock.now += 0.3
    assert not presses.passes(FIELD, (502, 498), "choose")
    clock.now += 0.3
    assert presses.passes(FIELD, (500, 500), "choose")


def test_the_second_touch_of_a_double_tap_chooses_nothing_on_the_next_screen(
    presses: PressFilter, clock: Clock
) -> None:
    assert presses.passes(FIELD, (500, 500), "choose")
    clock.now += 0.2
    assert not presses.passes(Press(Action.WAY_CARD), (510, 505), "who")
    assert presses.passes(Press(Action.BACK), (60, 1800), "who")


def test_the_same_digit_can_be_typed_quickly(presses: PressFilter, clock: Clock) -> None:
    zero = Press(Action.PAD_KEY, "0")
    for _ in range(4):
        clock.now += 0.12
        assert presses.passes(zero, (540, 1500), "number")
    clock.now += 0.03
    assert not presses.passes(zero, (540, 1500), "number")
