"""Promise 6, and what of promises 1 and 3 hangs on days: midnight, wrong clocks, reboots without central."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kiosk.desk.issuing import Wish
from models.errors import Refusal, RuleRefused
from models.service import Hours
from tests.support.central import MORNING
from tests.support.machine import Kiosks, Machine
from tests.support.stage import CentralHouse, Time

TODAY, TOMORROW = "2026-11-23", "2026-11-24"
DAY = timedelta(days=1)
BEFORE, AFTER = -DAY, DAY


def to_midnight(clock: Time, *, seconds: float) -> None:
    """Shortly before (or after) the coming midnight."""
    midnight = clock.at.replace(hour=0, minute=0, second=0) + DAY
    clock.at = midnight + timedelta(seconds=seconds)


def agreed_day(central: CentralHouse, machine: Machine, ticket_id: str) -> str:
    """The day of a ticket, on which kiosk and central agree."""
    day = central.filed(ticket_id).day
    assert machine.kept(ticket_id).day.isoformat() == day
    return day


class TestMidnight:
    def test_online_numbers_begin_anew(self, central: CentralHouse, kiosk: Kiosks, clock: Time) -> None:
        one, two = kiosk(1), kiosk(2)
        to_midnight(clock, seconds=-5)
        before = [one.take(), two.take()]
        clock.forward(seconds=10)
        after = [one.take(), two.take()]
        assert [t.number for t in before + after] == ["A001", "A002", "A001", "A002"]
        for machine, ticket in zip([one, two, one, two], before + after, strict=True):
            day = TODAY if ticket in before else TOMORROW
            assert agreed_day(central, machine, ticket.ticket_id) == day
        assert central.line(TODAY) == central.line(TOMORROW) == ["A001", "A002"]

    @pytest.mark.parametrize("ahead_ms", [-400, 400], ids=["kiosk-behind", "kiosk-ahead"])
    def test_clocks_that_differ_by_a_moment_agree_on_the_day(
        self, central: CentralHouse, kiosk: Kiosks, clock: Time, ahead_ms: int
    ) -> None:
        """Online the earlier of the two days holds for both; a paper keeps the day that is printed on it."""
        one = kiosk(1)
        here = one.clock.boottime()
        one.clock.observe(clock.at + timedelta(milliseconds=ahead_ms), here, here)
        to_midnight(clock, seconds=-0.2 if ahead_ms > 0 else 0.2)
        asked = one.take(tick=0)
        assert one.clock.day() != clock.at.date()
        assert agreed_day(central, one, asked.ticket_id) == TODAY
        central.stop()
        own = one.take(tick=0)
        central.start()
        one.conversation.step()
        assert own.day != clock.at.date()
        assert agreed_day(central, one, own.ticket_id) == own.day.isoformat()

    def test_offline_own_numbers_begin_anew_and_all_arrive(
        self, central: CentralHouse, kiosk: Kiosks, clock: Time
    ) -> None:
        one, two = kiosk(1), kiosk(2)
        central.stop()
        to_midnight(clock, seconds=-60)
        before = [m.take() for m in (one, two, one)]
        to_midnight(clock, seconds=60)
        after = [m.take() for m in (two, one, two)]
        assert [t.number for t in before] == ["A1-001", "A2-001", "A1-002"]
        assert [t.number for t in after] == ["A2-001", "A1-001", "A2-002"]
        central.start()
        for machine in (two, one):
            machine.speak()
            assert machine.waiting == 0
        assert central.line(TODAY) == [t.number for t in before]
        assert central.line(TOMORROW) == [t.number for t in after]
        assert not central.parked()
        assert all(not central.filed(t.ticket_id).flags for t in before + after)
        assert one.take().number == "A001"

    def test_a_paper_of_yesterday_does_not_touch_todays_numbers(
        self, central: CentralHouse, kiosk: Kiosks, clock: Time
    ) -> None:
        one = kiosk(1)
        central.stop()
        one.take_many(3)
        clock.forward(days=1)
        central.start()
        one.speak()
        assert (central.line(TODAY), central.line(TOMORROW)) == (["A1-001", "A1-002", "A1-003"], [])
        assert one.take().number == "A001"
        central.stop()
        assert one.take().number == "A1-001"


class TestAClockADayWrong:
    @pytest.mark.parametrize("skew", [BEFORE, AFTER], ids=["behind", "ahead"])
    def test_central_finds_day_and_place_of_what_was_taken_without_it(
        self, central: CentralHouse, kiosk: Kiosks, clock: Time, skew: timedelta
    ) -> None:
        one, two = kiosk(1), kiosk(2)
        central.stop()
        assert one.take_many(2) == ["A1-001", "A1-002"]
        one.reboot(off=timedelta(minutes=5), skew=skew)
        assert not one.clock.sure
        papers = [one.take(), two.take(), one.take(), two.take()]
        assert [t.number for t in papers] == ["A1-003", "A2-001", "A1-004", "A2-002"]
        assert [t.intent.stamp.sure for t in papers] == [False, True, False, True]

        clock.forward(hours=1)
        central.start()
        for machine in (one, two):
            machine.speak()
            assert machine.clock.sure
            assert machine.waiting == 0
        assert central.line(TODAY) == ["A1-001", "A1-002", "A1-003", "A2-001", "A1-004", "A2-002"]
        for paper in (papers[0], papers[2]):
            filed = central.filed(paper.ticket_id)
            assert (filed.day, filed.flags) == (TODAY, ("clock",))
            assert agreed_day(central, one, paper.ticket_id) == TODAY
        assert not central.parked()
        assert one.take().number == "A001"
        central.stop()
        assert one.take().number == "A1-005"
        clock.forward(days=1)
        assert one.take().number == "A1-001"

    @pytest.mark.parametrize("skew", [BEFORE, AFTER], ids=["behind", "ahead"])
    def test_it_is_set_right_by_the_first_answer(
        self, central: CentralHouse, kiosk: Kiosks, clock: Time, skew: timedelta
    ) -> None:
        """Asked with an unsure clock, central answers with its own day; the kiosk takes that over."""
        one = kiosk(1)
        one.reboot(skew=skew)
        asked = one.take()
        assert (asked.number, asked.intent.stamp.sure) == ("A001", False)
        assert agreed_day(central, one, asked.ticket_id) == TODAY
        assert central.filed(asked.ticket_id).issued_at == round(clock.at.timestamp() * 1000)
        one.speak()
        assert one.clock.sure
        assert one.clock.now() == clock.at

    @pytest.mark.parametrize("skew", [timedelta(hours=-12), BEFORE, AFTER], ids=["night", "behind", "ahead"])
    def test_nobody_is_refused_by_hours_that_are_not_known(
        self, central: CentralHouse, kiosk: Kiosks, clock: Time, skew: timedelta
    ) -> None:
        """The wrong clock says Sunday or night; on Monday morning the counters are open."""
        central.put(replace(central.office, hours=Hours(((MORNING,), (), (), (), (), (), ()))))
        one = kiosk(1)
        central.stop()
        one.reboot(skew=skew)
        assert one.take().number == "A1-001"
        clock.forward(hours=6)  # in truth the afternoon, when nobody works
        late = one.take()
        assert late.number == "A1-002"
        central.start()
        one.speak()
        assert central.line(TODAY) == ["A1-001", "A1-002"]
        assert central.filed(late.ticket_id).flags == ("closed", "clock")
        with pytest.raises(RuleRefused) as refused:
            one.issuing.take(Wish("chung-thuc"))
        assert refused.value.refusal is Refusal.CLOSED

    @pytest.mark.parametrize("skew", [BEFORE, AFTER], ids=["behind", "ahead"])
    def test_a_second_reboot_before_central_hears(
        self, central: CentralHouse, kiosk: Kiosks, clock: Time, skew: timedelta
    ) -> None:
        """The count since boot is gone, but the clock was as wrong then as it is now."""
        one = kiosk(1)
        central.stop()
        one.reboot(off=timedelta(days=3), skew=skew)
        papers = [one.take(), one.take()]
        one.reboot(off=timedelta(hours=2))
        papers.append(one.take())
        clock.forward(hours=1)
        day = clock.at.date().isoformat()
        central.start()
        one.speak()
        assert central.line(day) == ["A1-001", "A1-002", "A1-003"]
        for paper, ago in zip(papers, (10802, 10801, 3600), strict=True):
            issued = round(clock.at.timestamp() - ago) * 1000
            assert central.filed(paper.ticket_id).issued_at == pytest.approx(issued, abs=1100)

    def test_a_machine_that_forgot_which_year_it_is(self, central: CentralHouse, kiosk: Kiosks, clock: Time) -> None:
        """An empty battery and a new disk: the clock begins in 1970."""
        one = kiosk(1)
        epoch = datetime(1970, 1, 1, tzinfo=UTC)
        central.stop()
        one.stop()
        one.lose_database()
        shutil.rmtree(one.home / "journal", ignore_errors=True)
        one.skew = epoch - clock.at
        one.boot()
        assert one.clock.now() == epoch
        papers = [one.take(), one.take()]
        assert [t.number for t in papers] == ["A1-501", "A1-502"]
        one.reboot(off=timedelta(minutes=1), skew=epoch - clock.at)
        papers.append(one.take())
        clock.forward(minutes=30)
        central.start()
        one.speak()
        assert one.store.outbox.parked() == ()
        assert central.line(TODAY) == ["A1-501", "A1-502", "A1-503"]
        for paper in papers:
            assert agreed_day(central, one, paper.ticket_id) == TODAY
            assert one.kept(paper.ticket_id).sync == "confirmed"


class TestARebootWithoutCentral:
    def test_in_the_middle_of_a_day(self, central: CentralHouse, kiosk: Kiosks, clock: Time) -> None:
        one = kiosk(1)
        clock.forward(hours=2)
        assert one.take().number == "A001"
        central.stop()
        assert one.take_many(2) == ["A1-001", "A1-002"]
        before = one.clock.boottime()
        one.reboot(off=timedelta(minutes=2))
        assert one.clock.boottime() < before
        assert not one.clock.stamp().sure
        assert one.take_many(2) == ["A1-003", "A1-004"]
        one.reboot(off=timedelta(minutes=2))
        assert one.take_many(1) == ["A1-005"]
        central.start()
        one.speak()
        assert one.clock.sure
        assert central.line(TODAY) == ["A001", "A1-001", "A1-002", "A1-003", "A1-004", "A1-005"]
        assert one.take().number == "A002"

    def test_the_program_alone_restarts_and_stays_sure(self, central: CentralHouse, kiosk: Kiosks, clock: Time) -> None:
        one = kiosk(1)
        central.stop()
        one.stop()
        clock.forward(minutes=5)
        one.skew = -3 * DAY
        one.start()
        assert one.clock.sure
        assert one.clock.now() == clock.at
        assert one.take().intent.stamp.sure

    def test_a_day_that_the_unsure_clock_does_not_see_restarts_no_series(
        self, central: CentralHouse, kiosk: Kiosks, clock: Time
    ) -> None:
        one = kiosk(1)
        central.stop()
        assert one.take_many(2) == ["A1-001", "A1-002"]
        one.reboot()
        to_midnight(clock, seconds=-2)
        assert one.take_many(3) == ["A1-003", "A1-004", "A1-005"]
        central.start()
        one.speak()
        assert central.line(TODAY) == ["A1-001", "A1-002", "A1-003"]
        assert central.line(TOMORROW) == ["A1-004", "A1-005"]
        central.stop()
        assert one.take().number == "A1-006"
