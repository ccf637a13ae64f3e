"""What a page ends in when something goes wrong on the way (promise 7)."""

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from drivers.readings import Page
from tests.drivers.printer.rigs import TcpRig, page_of, picture_of
from tests.support.emulators import EscPosEmulator

Bench = Callable[..., TcpRig]


@pytest.fixture
def bench() -> Iterator[Bench]:
    rigs: list[TcpRig] = []

    def make(emulator: EscPosEmulator | None = None, **options: Any) -> TcpRig:
        rig = TcpRig(emulator, **options)
        rigs.append(rig)
        rig.printer.open()
        return rig

    yield make
    for rig in rigs:
        rig.close()


def same(paper: Any, page: Page) -> bool:
    wanted = picture_of(page)
    return bool(paper.size == wanted.size and paper.tobytes() == wanted.tobytes())


# lost


@pytest.mark.parametrize("after", [20, 3000, 9000, 16000])
def test_a_connection_lost_in_the_middle_is_unconfirmed(bench: Bench, after: int) -> None:
    rig = bench(EscPosEmulator(sip=512, lost_after=9 + after))
    outcome = rig.printer.print(page_of())
    assert (outcome.state, outcome.reason) == ("unconfirmed", "lost")
    assert not rig.model.pages


def test_a_connection_lost_before_the_confirmation_is_unconfirmed(bench: Bench) -> None:
    rig = bench()
    rig.emulator.faults.stuck = True
    page = page_of()
    results: list[Any] = []
    thread = threading.Thread(target=lambda: results.append(rig.printer.print(page)))
    thread.start()
    assert rig.emulator.wait_for_bytes(len(page.bits))
    rig.emulator.unplug()
    thread.join(10)
    assert (results[0].state, results[0].reason) == ("unconfirmed", "lost")


def test_after_a_torn_page_the_next_one_is_whole_and_apart(bench: Bench) -> None:
    rig = bench(EscPosEmulator(sip=512, lost_after=9 + 9000))
    assert rig.printer.print(page_of(seed=1)).state == "unconfirmed"
    page = page_of(seed=2)
    assert rig.printer.print(page).state == "printed"
    *_, last = rig.model.pages
    assert same(last.image(), page)
    assert not rig.model.unknown


def test_a_torn_command_that_the_printer_remembers_swallows_nothing(bench: Bench) -> None:
    # Some printers keep half a picture over a new connection: what follows would be drawn as dots.
    emulator = EscPosEmulator(sip=512, lost_after=9 + 9000)
    rig = bench(emulator)
    rig.model.reset_connection = lambda: None  # type: ignore[method-assign]
    assert rig.printer.print(page_of(seed=1)).state == "unconfirmed"
    page = page_of(seed=2)
    assert rig.printer.print(page).state == "printed"
    assert same(rig.model.pages[-1].image(), page)


def test_a_printer_switched_off_and_on_is_found_again_within_the_page(bench: Bench) -> None:
    rig = bench()
    assert rig.printer.print(page_of()).state == "printed"
    rig.emulator.unplug()
    rig.emulator.start()
    assert rig.printer.print(page_of()).state == "printed"
    assert rig.emulator.connections == 2
    assert len(rig.papers()) == 2


def test_a_mute_printer_whose_connection_went_stale_is_reached_again(bench: Bench) -> None:
    rig = bench(confirms=False)
    rig.emulator.unplug()
    rig.emulator.start()
    assert rig.printer.print(page_of()).reason == "mute"
    assert rig.emulator.wait_for_pages(1)


# silent, slow, mute


def test_bytes_taken_and_then_silence_is_unconfirmed(bench: Bench) -> None:
    rig = bench(EscPosEmulator(), confirm_timeout=0.6)
    rig.emulator.faults.silent_after = 100
    outcome = rig.printer.print(page_of())
    assert (outcome.state, outcome.reason) == ("unconfirmed", "silent")
    assert len(rig.papers()) == 1  # it did come out: that is why nobody may call it failed


def test_a_printer_that_stops_taking_bytes_is_given_up_in_time(bench: Bench) -> None:
    rig = bench(EscPosEmulator(sip=64, pause=30.0), confirms=False, stall_timeout=0.5)
    began = time.monotonic()
    outcome = rig.printer.print(page_of(height=6000))
    assert (outcome.state, outcome.reason) == ("unconfirmed", "silent")
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("confirm", ["status", "process_id"])
def test_a_slow_printer_that_goes_on_reading_is_not_given_up(bench: Bench, confirm: str) -> None:
    # In all slower than either time-out, but never still for so long.
    rig = bench(EscPosEmulator(sip=1024, pause=0.03), confirm=confirm, stall_timeout=0.5, confirm_timeout=0.5)
    page = page_of(height=800)
    began = time.monotonic()
    outcome = rig.printer.print(page)
    assert outcome.state == "printed"
    assert time.monotonic() - began > 0.5
    assert same(rig.papers()[0], page)


def test_no_page_takes_longer_than_its_limit(bench: Bench) -> None:
    rig = bench(EscPosEmulator(sip=256, pause=0.05), confirms=False, page_timeout=0.5)
    outcome = rig.printer.print(page_of(height=3000))
    assert outcome.state == "unconfirmed"


def test_a_mute_printer_is_never_asked_and_never_waited_for(bench: Bench) -> None:
    rig = bench(confirms=False)
    assert rig.printer.status().reach == "online"
    assert rig.printer.status().paper == "unknown"
    outcome = rig.printer.print(page_of())
    assert (outcome.state, outcome.reason) == ("unconfirmed", "mute")
    assert rig.emulator.wait_for_pages(1)
    assert rig.model.asked == []
    assert "GS r" not in rig.model.pages[0].commands
    assert not rig.printer.confirms


def test_a_printer_that_knows_its_paper_but_confirms_nothing(bench: Bench) -> None:
    rig = bench(confirm="none")
    assert not rig.printer.confirms
    assert rig.printer.print(page_of()).reason == "mute"
    rig.fault("paper_out")
    assert rig.printer.print(page_of()).reason == "paper_out"


# paper


def test_paper_that_ends_after_the_page_was_confirmed_changes_nothing(bench: Bench) -> None:
    rig = bench()
    rig.model.faults.paper_rows = 400
    page = page_of(height=230)
    assert rig.printer.print(page).state == "printed"
    rig.model.faults.paper = "out"
    assert rig.printer.status().paper == "out"
    assert rig.printer.print(page).reason == "paper_out"
    assert len(rig.papers()) == 1


@pytest.mark.parametrize("confirm", ["status", "process_id"])
def test_paper_that_ends_with_the_last_row_is_unconfirmed(bench: Bench, confirm: str) -> None:
    rig = bench(confirm=confirm)
    rig.model.faults.paper_rows = 230
    outcome = rig.printer.print(page_of(height=230))
    assert (outcome.state, outcome.reason) == ("unconfirmed", "paper_out")


def test_a_cover_opened_during_the_page_is_unconfirmed(bench: Bench) -> None:
    rig = bench()
    rig.model.faults.stuck = True
    page = page_of()
    results: list[Any] = []
    thread = threading.Thread(target=lambda: results.append(rig.printer.print(page)))
    thread.start()
    assert rig.emulator.wait_for_bytes(len(page.bits))
    rig.fault("cover_open")
    thread.join(10)
    assert (results[0].state, results[0].reason) == ("unconfirmed", "cover_open")


def test_a_jammed_cutter_is_told(bench: Bench) -> None:
    rig = bench()
    rig.model.faults.cutter_jam = True
    outcome = rig.printer.print(page_of())
    assert (outcome.state, outcome.reason) == ("unconfirmed", "cutter")


# answers that are not ours


@pytest.mark.parametrize("confirm", ["status", "process_id"])
def test_a_late_confirmation_never_confirms_the_next_page(bench: Bench, confirm: str) -> None:
    rig = bench(confirm=confirm, confirm_timeout=0.8)
    rig.fault("paper_out_during")
    assert rig.printer.print(page_of(seed=1)).state == "unconfirmed"
    rig.mend()  # paper in: the first page ends now, and its confirmation with it
    assert rig.emulator.wait_for_pages(1)
    rig.model.faults.silent_after = len(rig.model.received) + 200  # and the printer dies in the next page
    outcome = rig.printer.print(page_of(seed=2))
    assert outcome.state == "unconfirmed"


def test_after_a_late_confirmation_pages_are_confirmed_again(bench: Bench) -> None:
    rig = bench()
    rig.fault("paper_out_during")
    assert rig.printer.print(page_of(seed=1)).state == "unconfirmed"
    rig.mend()
    assert [rig.printer.print(page_of(seed=s)).state for s in (2, 3)] == ["printed", "printed"]


@pytest.mark.parametrize("confirm", ["status", "process_id"])
def test_dots_that_look_like_questions_confuse_nobody(bench: Bench, confirm: str) -> None:
    rig = bench(confirm=confirm)
    rig.model.faults.eager = True
    rig.model.faults.paper = "low"
    bits = bytes((0x10, 0x04, 0x04, 0x10, 0x04, 0x02, 0x10, 0x04)) * (72 * 300 // 8)
    page = Page(576, 300, bits)
    for _ in range(3):
        assert rig.printer.print(page).state == "printed"
        assert rig.printer.status().paper == "low"
    assert len(rig.model.asked) > 100
    assert same(rig.papers()[0], page)


def test_unasked_reports_are_switched_off(bench: Bench) -> None:
    rig = bench()
    rig.printer.print(page_of())
    assert "GS a" in rig.model.pages[0].commands


# form and end


def test_the_text_form_is_ascii_lines_and_a_cut(bench: Bench) -> None:
    rig = bench(encoding="text")
    page = Page(576, 8, b"\0" * 576, ("A001", "Chung thuc \x1b@ ~", "Đ"))
    assert rig.printer.print(page).state == "printed"
    assert rig.model.pages[0].text == "A001\nChung thuc ?@ ~\n?\n"
    assert not rig.model.unknown


def test_a_page_without_a_text_form_is_not_sent_as_text(bench: Bench) -> None:
    rig = bench(encoding="text")
    assert rig.printer.print(Page(576, 8, b"\0" * 576)).state == "failed"
    assert rig.nothing_came_out()


def test_narrow_paper(bench: Bench) -> None:
    rig = bench(width=384)
    page = page_of(width=384)
    assert rig.printer.print(page).state == "printed"
    assert same(rig.papers()[0], page)


def test_a_page_can_be_broken_off(bench: Bench) -> None:
    rig = bench(EscPosEmulator(), confirm_timeout=60.0)
    rig.model.faults.stuck = True
    page = page_of()
    results: list[Any] = []
    thread = threading.Thread(target=lambda: results.append(rig.printer.print(page)))
    thread.start()
    assert rig.emulator.wait_for_bytes(len(page.bits))
    rig.printer.interrupt()  # type: ignore[attr-defined]
    thread.join(5)
    assert results[0].state == "unconfirmed"


def test_a_printer_that_never_falls_silent_holds_nobody(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    rig = bench()
    monkeypatch.setattr(rig.model, "feed", lambda _: np.random.default_rng(3).bytes(4000))
    assert rig.printer.print(page_of()).state in ("unconfirmed", "failed")
