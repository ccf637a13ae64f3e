from hypothesis import given
from hypothesis import strategies as st

from kiosk.desk.runner import Repeats, Timers
from kiosk.flow.effects import SetTimer
from kiosk.flow.events import Action, CardRead, Identified, Press, TimerFired
from models.ticket import Method

ONE = CardRead(Identified(Method.CARD_QR, "personal_id", "099090000011"))
OTHER = CardRead(Identified(Method.CARD_QR, "personal_id", "099090000012"))


def test_a_timer_that_is_set_again_fires_once_and_late() -> None:
    timers = Timers()
    timers.set(SetTimer("end", 10, serial=1), now=0)
    timers.set(SetTimer("end", 10, serial=2), now=5)
    assert timers.fired(now=10) == []
    assert timers.next_at() == 15
    assert timers.fired(now=15) == [TimerFired("end", 2)]
    assert timers.next_at() is None


def test_a_stopped_timer_never_fires() -> None:
    timers = Timers()
    timers.set(SetTimer("warn", 1), now=0)
    timers.stop("warn")
    timers.stop("never set")
    assert timers.fired(now=100) == []


@given(st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 100)), max_size=20))
def test_timers_fire_in_order_of_time_each_name_once(settings: list[tuple[str, float]]) -> None:
    timers = Timers()
    for name, seconds in settings:
        timers.set(SetTimer(name, seconds), now=0)
    last = dict(settings)
    fired = [event.name for event in timers.fired(now=100)]
    assert sorted(fired) == sorted(last)
    assert [last[name] for name in fired] == sorted(last.values())


def test_a_trembling_hand_presses_once() -> None:
    repeats = Repeats()
    press = Press(Action.CHOOSE_SERVICE, "ho-tich")
    assert not repeats.is_repeat(press, 10.0)
    assert repeats.is_repeat(press, 10.3)
    assert not repeats.is_repeat(press, 10.6)


def test_another_key_is_another_press() -> None:
    repeats = Repeats()
    assert not repeats.is_repeat(Press(Action.CHOOSE_SERVICE, "ho-tich"), 10.0)
    assert not repeats.is_repeat(Press(Action.CHOOSE_SERVICE, "dat-dai"), 10.1)


def test_a_number_with_four_zeros_can_be_typed() -> None:
    repeats = Repeats()
    zero = Press(Action.PAD_KEY, "0")
    assert [repeats.is_repeat(zero, 10 + i * 0.15) for i in range(4)] == [False] * 4
    assert repeats.is_repeat(zero, 10.46)  # a panel that bounces


def test_a_second_card_within_half_a_second_is_one_action() -> None:
    repeats = Repeats()
    assert not repeats.is_repeat(ONE, 10.0)
    assert repeats.is_repeat(OTHER, 10.4)
    assert not repeats.is_repeat(OTHER, 10.6)
