from datetime import timedelta

import pytest

from kiosk.storage.counters import SPARE_FIRST
from kiosk.storage.store import Store
from models.errors import UnreadableInput
from tests.support.stamps import MONDAY, TUESDAY, WEDNESDAY, Issuer, stamp

DAY, NEXT_DAY = MONDAY.date(), TUESDAY.date()


def test_a_series_that_central_never_spoke_of_starts_at_501(issuer: Issuer) -> None:
    assert issuer.numbers(2) == ["A2-501", "A2-502"]


def test_on_a_later_day_it_starts_at_1_although_central_is_silent(issuer: Issuer) -> None:
    issuer.own()
    assert issuer.numbers(2, TUESDAY) == ["A2-001", "A2-002"]


def test_central_tells_where_to_go_on(store: Store, issuer: Issuer) -> None:
    store.counters.learn_series(DAY, 2, {"A": 8, "B": 1})
    assert issuer.numbers(2) == ["A2-008", "A2-009"]
    assert issuer.numbers(1, prefix="B") == ["B2-001"]
    assert issuer.numbers(1, prefix="C") == ["C2-001"]
    assert issuer.numbers(1, kiosk=3) == ["A3-501"]


def test_central_never_lowers_a_counter(store: Store, issuer: Issuer) -> None:
    issuer.numbers(2)
    store.counters.learn_series(DAY, 2, {"A": 1})
    assert issuer.numbers(1) == ["A2-503"]


def test_a_new_day_starts_at_1_also_offline(store: Store, issuer: Issuer) -> None:
    store.counters.learn_series(DAY, 2, {"A": 1})
    assert issuer.numbers(2) == ["A2-001", "A2-002"]
    assert issuer.numbers(1, TUESDAY) == ["A2-001"]
    assert issuer.numbers(1, WEDNESDAY) == ["A2-001"]


def test_a_re_enrolled_series_goes_on_where_central_says(store: Store, issuer: Issuer) -> None:
    issuer.own()
    store.counters.enrolled(DAY, 3, {"A": 41})
    assert issuer.numbers(1, kiosk=3) == ["A3-041"]


def test_twelve_hundred_numbers_in_a_day(store: Store, issuer: Issuer) -> None:
    store.counters.learn_series(DAY, 2, {"A": 998})
    assert issuer.numbers(4) == ["A2-998", "A2-999", "A2-1000", "A2-1001"]


def test_a_kiosk_without_central_prints_plain_numbers_from_1(issuer: Issuer) -> None:
    assert issuer.numbers(2, kiosk=None) == ["A001", "A002"]
    assert issuer.numbers(1, TUESDAY, kiosk=None) == ["A001"]


def test_plain_numbers_of_central_are_stepped_over(issuer: Issuer) -> None:
    issuer.central("A001")
    issuer.central("A002")
    assert issuer.numbers(1, kiosk=None) == ["A003"]


def test_what_a_kiosk_without_central_printed_is_told_at_enrolment(store: Store, issuer: Issuer) -> None:
    issuer.numbers(3, kiosk=None)
    issuer.own(prefix="B", kiosk=None)
    issuer.own(kiosk=2)
    assert store.counters.local_high(DAY) == {"A": 3, "B": 1}
    assert store.counters.local_high(NEXT_DAY) == {}


class TestUnsureClock:
    def test_no_series_restarts(self, store: Store, issuer: Issuer) -> None:
        store.counters.learn_series(DAY, 2, {"A": 40})
        issuer.own()
        assert issuer.numbers(2, TUESDAY, sure=False) == ["A2-041", "A2-042"]
        assert issuer.numbers(1, MONDAY - timedelta(days=400), sure=False) == ["A2-043"]

    def test_the_run_is_not_given_again_on_the_day_it_may_belong_to(self, store: Store, issuer: Issuer) -> None:
        store.counters.learn_series(DAY, 2, {"A": 40})
        issuer.own()
        issuer.numbers(2, TUESDAY, sure=False)
        store.counters.learn_series(NEXT_DAY, 2, {"A": 1})
        assert issuer.numbers(1, TUESDAY) == ["A2-043"]
        assert issuer.numbers(1, WEDNESDAY) == ["A2-001"]

    def test_nor_on_the_day_before_when_central_corrects_itself(self, store: Store, issuer: Issuer) -> None:
        store.counters.learn_series(DAY, 2, {"A": 40})
        issuer.own()
        issuer.numbers(2, sure=False)
        assert issuer.numbers(1, TUESDAY) == ["A2-043"]
        assert issuer.numbers(1, MONDAY) == ["A2-043"]

    def test_a_new_database_starts_at_501(self, store: Store, issuer: Issuer) -> None:
        assert issuer.numbers(2, sure=False) == ["A2-501", "A2-502"]
        assert issuer.numbers(1) == ["A2-503"]
        assert issuer.numbers(1, TUESDAY) == ["A2-001"]


def test_a_sure_clock_that_goes_back_a_day_gives_no_number_again(store: Store, issuer: Issuer) -> None:
    store.counters.learn_series(DAY, 2, {"A": 1})
    issuer.numbers(3, TUESDAY)
    assert issuer.numbers(1, MONDAY - timedelta(days=1)) == ["A2-004"]


class TestReservePads:
    def test_a_pad_is_never_given_to_the_screen(self, store: Store, issuer: Issuer) -> None:
        store.counters.learn_series(DAY, 2, {"A": 1})
        pad = store.counters.reserve_spares(prefix="A", kiosk=2, stamp=stamp(), count=100)
        assert (str(pad[0]), str(pad[-1])) == ("A2-5001", "A2-5100")
        store.counters.learn_series(NEXT_DAY, 2, {"A": SPARE_FIRST - 1})
        assert issuer.numbers(2, TUESDAY) == ["A2-5000", "A2-5101"]

    def test_a_used_pad_does_not_make_the_day_jump(self, store: Store, issuer: Issuer) -> None:
        store.counters.learn_series(DAY, 2, {"A": 1})
        store.counters.reserve_spares(prefix="A", kiosk=2, stamp=stamp(), count=10)
        store.counters.learn_series(DAY, 2, {"A": 5004})
        assert issuer.numbers(1) == ["A2-001"]

    def test_the_pads_of_an_earlier_machine_stay_held(self, store: Store, issuer: Issuer) -> None:
        store.counters.enrolled(DAY, 2, {"A": 5011})
        assert issuer.numbers(1) == ["A2-5011"]
        assert issuer.numbers(1, TUESDAY) == ["A2-001"]
        pad = store.counters.reserve_spares(prefix="A", kiosk=2, stamp=stamp(WEDNESDAY), count=1)
        assert str(pad[0]) == "A2-5012"
        assert store.counters.own_high(NEXT_DAY, 2) == {"A": 5012}

    def test_pads_do_not_meet(self, store: Store) -> None:
        pads = [
            store.counters.reserve_spares(prefix="A", kiosk=kiosk, stamp=stamp(day), count=3)
            for kiosk in (2, 2, None)
            for day in (MONDAY, TUESDAY)
        ]
        numbers = [str(number) for pad in pads for number in pad]
        assert len(set(numbers)) == 18

    def test_central_hears_of_pads_and_numbers(self, store: Store, issuer: Issuer) -> None:
        assert store.counters.own_high(DAY, 2) == {}
        issuer.own()
        issuer.own(sure=False, prefix="B")
        store.counters.reserve_spares(prefix="C", kiosk=2, stamp=stamp(), count=5)
        assert store.counters.own_high(DAY, 2) == {"A": 501, "B": 501, "C": 5005}
        assert store.counters.own_high(DAY, 3) == {}

    @pytest.mark.parametrize(("prefix", "count"), [("I", 1), ("", 1), ("A", 0), ("A", 1001)])
    def test_an_unreadable_wish_is_refused(self, store: Store, prefix: str, count: int) -> None:
        with pytest.raises(UnreadableInput):
            store.counters.reserve_spares(prefix=prefix, kiosk=2, stamp=stamp(), count=count)


def test_what_central_says_of_strange_prefixes_is_left_alone(store: Store, issuer: Issuer) -> None:
    store.counters.learn_series(DAY, 2, {"'; DROP TABLE tickets": 3, "A": 0, "B": -1})
    assert issuer.numbers(1) == ["A2-001"]
