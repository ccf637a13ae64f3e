from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.storage.store import Store
from kiosk.sync.clock import CentralClock, keep, read_kept
from tests.support.stamps import MONDAY, ZONE

Hands = Any
YEAR = timedelta(days=365)


def started(hands: Hands, store: Store, **more: Any) -> CentralClock:
    return CentralClock(hands.clocks(), ZONE, read_kept(store.settings), **more)


def test_without_central_it_is_the_systems_time_and_unsure(hands: Hands) -> None:
    clock = CentralClock(hands.clocks(), ZONE)
    assert clock.now() == MONDAY
    assert not clock.sure


def test_centrals_time_holds_whatever_the_system_says(hands: Hands, clock: CentralClock) -> None:
    hands.skew = YEAR
    hands.at += timedelta(hours=3)
    assert clock.now() == MONDAY + timedelta(hours=3)
    assert clock.sure
    assert str(clock.day()) == "2026-03-02"


def test_half_of_the_way_is_added(hands: Hands) -> None:
    clock = CentralClock(hands.clocks(), ZONE)
    now = clock.boottime()
    assert clock.observe(MONDAY - timedelta(seconds=1), now - 2, now)
    assert clock.now() == MONDAY


def test_a_slow_answer_does_not_spoil_a_sure_clock_but_helps_an_unsure_one(hands: Hands, clock: CentralClock) -> None:
    now = clock.boottime()
    assert not clock.observe(MONDAY + timedelta(hours=1), now - 60, now)
    assert clock.now() == MONDAY
    other = CentralClock(hands.clocks(), ZONE)
    assert other.observe(MONDAY, now - 60, now)
    assert other.sure


def test_a_restart_in_the_same_boot_stays_sure(hands: Hands, clock: CentralClock, store: Store) -> None:
    keep(store.settings, clock)
    hands.at += timedelta(minutes=5)
    hands.skew = -YEAR
    again = started(hands, store)
    assert again.sure
    assert again.now() == MONDAY + timedelta(minutes=5)


@pytest.mark.parametrize(
    ("skew", "expected"),
    [
        (timedelta(), MONDAY + timedelta(minutes=10)),
        (-YEAR, MONDAY + timedelta(minutes=5)),  # a dead battery: the last known time, and what passed since boot
        (timedelta(days=1), MONDAY + timedelta(days=1, minutes=10)),
    ],
)
def test_after_a_boot_it_is_the_later_of_system_and_last_known(
    hands: Hands, clock: CentralClock, store: Store, skew: timedelta, expected: datetime
) -> None:
    keep(store.settings, clock)
    hands.at += timedelta(minutes=5)
    hands.reboot()
    hands.at += timedelta(minutes=5)
    hands.skew = skew
    again = started(hands, store)
    assert not again.sure
    assert again.now() == expected
    hands.hear(again)
    assert again.sure
    assert again.now() == hands.at


def test_boots_without_central_add_up(hands: Hands, clock: CentralClock, store: Store) -> None:
    keep(store.settings, clock)
    hands.skew = -YEAR
    for name in "abc":
        hands.reboot(name)
        hands.at += timedelta(hours=1)
        keep(store.settings, started(hands, store))
    hands.reboot("d")
    assert started(hands, store).now() == MONDAY + timedelta(hours=3)


def test_a_system_clock_once_ahead_does_not_push_later_boots_ahead(
    hands: Hands, clock: CentralClock, store: Store
) -> None:
    keep(store.settings, clock)
    hands.reboot("a")
    hands.skew = YEAR
    keep(store.settings, started(hands, store))
    hands.reboot("b")
    hands.skew = timedelta()
    assert started(hands, store).now() == MONDAY


def test_a_small_correction_never_goes_back_over_an_issued_ticket(hands: Hands, clock: CentralClock) -> None:
    issued = clock.stamp().at
    now = clock.boottime()
    clock.observe(hands.at - timedelta(seconds=20), now, now)
    assert clock.now() == issued
    hands.at += timedelta(seconds=30)
    assert clock.now() == MONDAY + timedelta(seconds=10)


def test_a_large_correction_is_taken(hands: Hands, clock: CentralClock) -> None:
    clock.stamp()
    now = clock.boottime()
    clock.observe(MONDAY - timedelta(hours=1), now, now)
    assert clock.now() == MONDAY - timedelta(hours=1)


def test_the_first_word_of_central_frees_from_what_an_unsure_clock_said(hands: Hands) -> None:
    hands.skew = timedelta(minutes=2)
    clock = CentralClock(hands.clocks(), ZONE)
    assert not clock.stamp().sure
    hands.hear(clock)
    assert clock.now() == MONDAY
    assert clock.stamp().sure


def test_the_age_of_a_stamp_is_exact_in_its_boot(hands: Hands) -> None:
    hands.skew = YEAR
    clock = CentralClock(hands.clocks(), ZONE)
    stamp = clock.stamp()
    hands.at += timedelta(minutes=90)
    hands.skew = -YEAR
    assert clock.age_ms(stamp) == 90 * 60_000
    hands.hear(clock)
    assert clock.age_ms(stamp) == 90 * 60_000


def test_the_age_over_a_boot_is_at_least_the_time_since(hands: Hands, clock: CentralClock, store: Store) -> None:
    sure = clock.stamp()
    keep(store.settings, clock)
    hands.skew = YEAR
    ahead = CentralClock(hands.clocks(), ZONE).stamp()
    hands.reboot()
    hands.at += timedelta(minutes=7)
    again = started(hands, store)
    hands.hear(again)
    assert again.age_ms(sure) == 7 * 60_000
    assert again.age_ms(ahead) == 7 * 60_000


@pytest.mark.parametrize("days", [-1, 1])
def test_a_clock_that_stayed_wrong_over_a_boot_still_counts(hands: Hands, store: Store, days: int) -> None:
    hands.skew = timedelta(days=days)
    stamp = CentralClock(hands.clocks(), ZONE).stamp()
    hands.at += timedelta(minutes=50)
    hands.reboot()
    hands.at += timedelta(minutes=10)
    again = started(hands, store)
    hands.hear(again)
    assert again.age_ms(stamp) == 60 * 60_000


@pytest.mark.parametrize("then", [-YEAR, YEAR])
def test_a_clock_that_was_set_over_a_boot_does_not(hands: Hands, store: Store, then: timedelta) -> None:
    hands.skew = then
    stamp = CentralClock(hands.clocks(), ZONE).stamp()
    hands.at += timedelta(minutes=50)
    hands.reboot()
    hands.skew = timedelta()
    hands.at += timedelta(minutes=10)
    again = started(hands, store)
    hands.hear(again)
    assert again.age_ms(stamp) == 10 * 60_000


class TestWithoutAnyCentral:
    """``numbering = "local"``: the system clock is all there is."""

    def test_it_is_believed(self, hands: Hands, store: Store) -> None:
        clock = started(hands, store, trust_system=True)
        assert clock.sure
        assert clock.now() == MONDAY
        hands.at += timedelta(days=1)
        assert clock.sure
        assert str(clock.day()) == "2026-03-03"

    def test_but_not_behind_what_is_certain(self, hands: Hands, store: Store) -> None:
        keep(store.settings, started(hands, store, trust_system=True))
        hands.reboot()
        hands.skew = -YEAR
        clock = started(hands, store, trust_system=True)
        assert not clock.sure
        assert clock.now() == MONDAY


@pytest.mark.parametrize("value", [None, 3, "x", {}, {"boot_id": 1, "certain": 1, "certain_boot": 1}, {"boot_id": "b"}])
def test_what_cannot_be_read_is_not_kept(store: Store, value: object) -> None:
    store.settings.set_json("clock", value)
    assert read_kept(store.settings) is None


@given(
    st.lists(st.tuples(st.sampled_from(["hear", "jump", "wait"]), st.integers(-10_000_000, 10_000_000)), max_size=20)
)
def test_once_sure_it_is_always_right(steps: list[tuple[str, int]]) -> None:
    at, skew = [MONDAY.timestamp()], [0]
    from kiosk.sync.clock import Clocks

    clock = CentralClock(Clocks(lambda: at[0] - 1e9, lambda: at[0] + skew[0], "boot"), ZONE)
    for what, seconds in steps:
        if what == "hear":
            clock.observe(datetime.fromtimestamp(at[0], ZONE), clock.boottime(), clock.boottime())
        elif what == "jump":
            skew[0] = seconds
        else:
            at[0] += abs(seconds)
        if clock.sure:
            assert abs(clock.now().timestamp() - at[0]) < 0.01
