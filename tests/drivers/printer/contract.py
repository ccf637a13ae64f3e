"""What every printer does, the simulated one included."""

from collections.abc import Callable, Iterator

import pytest

from drivers.errors import DeviceLost
from drivers.protocols import Printer
from tests.drivers.printer.rigs import Rig, page_of, picture_of


class PrinterContract:
    make: Callable[..., Rig]

    @pytest.fixture
    def rig(self) -> Iterator[Rig]:
        rig = type(self).make()
        yield rig
        rig.close()

    def test_it_is_a_printer(self, rig: Rig) -> None:
        assert isinstance(rig.printer, Printer)
        assert rig.printer.width == 576
        assert rig.printer.confirms
        assert isinstance(rig.printer.simulated, bool)

    def test_it_opens_closes_and_opens_again(self, rig: Rig) -> None:
        rig.printer.close()
        rig.printer.open()
        rig.printer.close()
        rig.printer.close()
        rig.printer.open()
        assert rig.printer.status().can_print

    def test_a_healthy_printer_says_so(self, rig: Rig) -> None:
        rig.printer.open()
        status = rig.printer.status()
        assert (status.reach, status.paper, status.cover, status.cutter) == ("online", "ok", "closed", True)

    def test_a_page_comes_out_dot_for_dot(self, rig: Rig) -> None:
        page = page_of()
        rig.printer.open()
        outcome = rig.printer.print(page)
        assert outcome.state == "printed"
        assert outcome.reason == ""
        (paper,) = rig.papers()
        assert paper.size == (page.width, page.height)
        assert paper.tobytes() == picture_of(page).tobytes()

    def test_every_page_is_a_paper_of_its_own(self, rig: Rig) -> None:
        rig.printer.open()
        pages = [page_of(height=h, seed=h) for h in (40, 100, 148)]
        assert [rig.printer.print(p).state for p in pages] == ["printed"] * 3
        assert [p.size[1] for p in rig.papers()] == [40, 100, 148]

    def test_a_page_wider_than_the_paper_is_not_printed(self, rig: Rig) -> None:
        rig.printer.open()
        outcome = rig.printer.print(page_of(width=640))
        assert outcome.state == "failed"
        assert "640" in outcome.detail
        assert rig.nothing_came_out()

    @pytest.mark.parametrize("fault", ["paper_out", "cover_open", "offline", "cutter", "silent"])
    def test_what_is_seen_before_is_a_failure_and_nothing_comes_out(self, rig: Rig, fault: str) -> None:
        rig.printer.open()
        rig.fault(fault)
        outcome = rig.printer.print(page_of())
        assert (outcome.state, outcome.reason) == ("failed", fault)
        assert rig.nothing_came_out()
        assert not rig.printer.status().can_print

    @pytest.mark.parametrize("fault", ["paper_out", "cover_open", "offline", "silent"])
    def test_mended_it_prints_again(self, rig: Rig, fault: str) -> None:
        rig.printer.open()
        rig.fault(fault)
        assert rig.printer.print(page_of()).state == "failed"
        rig.mend()
        assert rig.printer.print(page_of()).state == "printed"
        assert len(rig.papers()) == 1

    def test_paper_near_its_end_is_told_and_still_prints(self, rig: Rig) -> None:
        rig.printer.open()
        rig.fault("paper_low")
        assert rig.printer.status().paper == "low"
        assert rig.printer.status().can_print
        assert rig.printer.print(page_of()).state == "printed"

    def test_silence_is_never_health(self, rig: Rig) -> None:
        rig.printer.open()
        rig.fault("silent")
        assert rig.printer.status().reach == "silent"

    def test_paper_that_ends_during_the_page_leaves_it_unconfirmed(self, rig: Rig) -> None:
        rig.printer.open()
        rig.fault("paper_out_during")
        outcome = rig.printer.print(page_of())
        assert (outcome.state, outcome.reason) == ("unconfirmed", "paper_out")

    def test_a_lost_printer_is_a_certain_failure(self, rig: Rig) -> None:
        rig.printer.open()
        rig.lose()
        outcome = rig.printer.print(page_of())
        assert (outcome.state, outcome.reason) == ("failed", "lost")
        assert outcome.detail
        with pytest.raises(DeviceLost):
            rig.printer.open()
        rig.printer.close()

    def test_asking_a_lost_printer_raises(self, rig: Rig) -> None:
        rig.printer.open()
        rig.lose()
        with pytest.raises(DeviceLost):
            rig.printer.status()
