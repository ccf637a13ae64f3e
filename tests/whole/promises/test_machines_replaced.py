"""Promises 2 and 3: machines are replaced, lose their disks, share a token; a day has more numbers than expected."""

import shutil
from datetime import timedelta

import numpy as np
import pytest

from config.locale import LANGUAGES, load_words
from kiosk.desk.pages import Pages
from kiosk.printing.painter import SlipPainter
from kiosk.printing.raster import preview
from kiosk.printing.widths import WIDTH_58_MM, WIDTH_80_MM
from models.numbering import Number
from tests.support.machine import Kiosks, Machine
from tests.support.stage import CentralHouse, Time, open_office

MINUTES = timedelta(minutes=1)


@pytest.fixture(scope="module")
def pages() -> dict[int, Pages]:
    """The office's paper, wide and narrow."""
    painter, words, office = SlipPainter(), {name: load_words(name) for name in LANGUAGES}, open_office()
    return {width: Pages(painter, words, lambda: office, width) for width in (WIDTH_80_MM, WIDTH_58_MM)}


class TestANewMachineInAnOldPlace:
    def test_it_goes_on_above_what_central_knows_and_the_old_token_ends(
        self, central: CentralHouse, kiosk: Kiosks, clock: Time
    ) -> None:
        old = kiosk(2)
        central.stop()
        old.take_many(4)
        central.start()
        old.speak()
        new = kiosk(2)
        assert central.events("kiosk_enrolled")[-1] == ("kiosk_enrolled", {"kiosk": 2, "replaced": True})

        clock.forward(minutes=1)
        old.speak()
        assert old.conversation.state.token_ended
        central.stop()
        assert new.take_many(2) == ["A2-005", "A2-006"]
        central.start()
        new.speak()
        assert central.line() == ["A2-001", "A2-002", "A2-003", "A2-004", "A2-005", "A2-006"]
        assert not central.parked()

    def test_papers_of_a_machine_whose_token_ended_arrive_when_it_is_enrolled_again(
        self, central: CentralHouse, kiosk: Kiosks, clock: Time
    ) -> None:
        """Also those of yesterday: a technician who comes late loses nobody's ticket."""
        old = kiosk(2)
        kiosk(2)
        papers = [old.take(), old.take()]
        assert [p.number for p in papers] == ["A2-001", "A2-002"]
        old.speak()
        assert (old.waiting, old.conversation.state.token_ended) == (2, True)
        clock.forward(days=1)
        old.enrol(central.url, central.code(3))
        assert old.take().number == "A001"
        old.speak()
        assert old.waiting == 0
        assert [central.filed(p.ticket_id).number for p in papers] == ["A2-001", "A2-002"]
        assert central.line("2026-11-23") == ["A2-001", "A2-002"]

    def test_an_own_number_of_an_enrolled_machine_never_meets_one_of_its_predecessor(
        self, central: CentralHouse, kiosk: Kiosks
    ) -> None:
        """The predecessor's pad and its last papers are known from its heartbeat, before the papers come."""
        old = kiosk(2)
        central.stop()
        old.take_many(3)
        old.store.counters.reserve_spares(prefix="A", kiosk=2, stamp=old.clock.stamp(), count=10)
        central.start()
        client = old.conversation._connected()
        assert client is not None
        old.conversation._heartbeat(client)  # and then its disk dies
        new = kiosk(2)
        central.stop()
        assert new.take().number == "A2-5011"
        assert new.take("ho-tich").number == "B2-001"


class TestALostDatabase:
    def test_with_its_journal_every_number_and_every_paper_is_known_again(
        self, central: CentralHouse, kiosk: Kiosks
    ) -> None:
        one = kiosk(1)
        one.take_many(2)
        central.stop()
        assert one.take_many(3) == ["A1-001", "A1-002", "A1-003"]
        one.stop()
        one.lose_database()
        one.start()
        assert one.rebuilt is not None
        assert one.rebuilt.tickets == 5
        assert one.take().number == "A1-501"
        central.start()
        one.speak()
        assert central.line() == ["A001", "A002", "A1-001", "A1-002", "A1-003", "A1-501"]
        assert not central.parked()
        central.stop()
        assert one.take().number == "A1-502"

    def test_without_its_journal_it_begins_at_501_until_it_has_heard(
        self, central: CentralHouse, kiosk: Kiosks, clock: Time
    ) -> None:
        one = kiosk(1)
        central.stop()
        one.take_many(3)
        central.start()
        one.speak()
        central.stop()
        one.stop()
        one.lose_database()
        shutil.rmtree(one.home / "journal")
        one.start()
        assert one.take_many(2) == ["A1-501", "A1-502"]
        central.start()
        one.speak()
        assert central.line() == ["A1-001", "A1-002", "A1-003", "A1-501", "A1-502"]
        central.stop()
        assert one.take().number == "A1-503"
        clock.forward(days=1)
        assert one.take().number == "A1-001"

    def test_told_twice_it_stands_once(self, central: CentralHouse, kiosk: Kiosks) -> None:
        """A rebuilt kiosk cannot know what it told before: it tells everything again."""
        one = kiosk(1)
        central.stop()
        papers = [one.take() for _ in range(5)]
        central.start()
        one.speak()
        before = [central.filed(p.ticket_id) for p in papers]
        happened = len(central.events())
        one.stop()
        one.lose_database()
        one.start()
        assert one.waiting == 5
        one.speak()
        assert one.waiting == 0
        after = [central.filed(p.ticket_id) for p in papers]
        assert [(t.number, t.place_at, t.state) for t in after] == [(t.number, t.place_at, t.state) for t in before]
        assert len(central.events()) == happened


class TestTwoMachinesWithOneToken:
    def test_raise_an_alarm(self, central: CentralHouse, kiosk: Kiosks, clock: Time) -> None:
        """Somebody copied a disk: both speak, and both would print the same own numbers."""
        one = kiosk(1)
        one.stop()
        twin = kiosk(1, enrolled=False)
        twin.stop()
        shutil.rmtree(twin.home)
        shutil.copytree(one.home, twin.home)
        for machine in (one, twin):
            machine.boot()
        for _ in range(3):
            for machine in (one, twin):
                clock.forward(seconds=45)
                machine.speak()
        assert central.events("kiosk_alarm") == [("kiosk_alarm", {"kiosk": 1, "why": "two_machines"})]

    def test_one_machine_that_boots_again_and_again_does_not(
        self, central: CentralHouse, kiosk: Kiosks, clock: Time
    ) -> None:
        one = kiosk(1)
        for _ in range(5):
            one.reboot(off=MINUTES)
            one.speak()
            clock.forward(seconds=45)
            one.speak()
        assert central.events("kiosk_alarm") == []


class TestTwelveHundredNumbersInADay:
    def check_paper(self, pages: dict[int, Pages], machine: Machine, number: str) -> None:
        ticket = machine.store.tickets.by_number(number, machine.clock.day())
        assert ticket is not None
        (job,) = machine.store.print_jobs.of_ticket(ticket.ticket_id)
        for width, drawn in pages.items():
            page = drawn.draw(job)
            ink = ~np.asarray(preview(page))
            assert page.width == width
            assert width != WIDTH_80_MM or page.height <= 720  # 90 mm
            assert not ink[:, :6].any()
            assert not ink[:, -6:].any()
            assert any(number in line for line in page.text)

    def test_centrals(self, central: CentralHouse, kiosk: Kiosks, pages: dict[int, Pages]) -> None:
        one, two = kiosk(1), kiosk(2)
        numbers = [str(machine.take(tick=20.0).number) for machine in (one, two) * 600]
        assert numbers == [str(Number("A", n)) for n in range(1, 1201)]
        assert (numbers[998], numbers[999], numbers[-1]) == ("A999", "A1000", "A1200")
        assert central.line() == numbers
        self.check_paper(pages, two, "A1000")

    def test_a_kiosks_own(self, central: CentralHouse, kiosk: Kiosks, pages: dict[int, Pages]) -> None:
        two = kiosk(2)
        central.stop()
        numbers = [str(two.take(tick=20.0).number) for _ in range(1200)]
        assert numbers == [str(Number("A", n, 2)) for n in range(1, 1201)]
        assert (numbers[998], numbers[999], numbers[-1]) == ("A2-999", "A2-1000", "A2-1200")
        central.start()
        two.speak()
        assert two.waiting == 0
        assert central.line() == numbers
        assert not central.parked()
        self.check_paper(pages, two, "A2-1000")
