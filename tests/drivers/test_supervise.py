"""Devices on their threads: up once, down once, back-off, queue, clean end."""

import itertools
import queue
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from typing import Any, ClassVar

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.errors import DeviceLost
from drivers.readings import Frame, Page, PrinterStatus, PrintOutcome, Scan
from drivers.supervise import Backoff, DeviceState, SupervisedCamera, SupervisedPrinter, SupervisedScanner, Timing

PAGE = Page(8, 1, b"\xff")
HEALTHY = PrinterStatus("online", "ok", "closed", True)
AT_ONCE = Timing(backoff=Backoff(first=0.01, most=0.02), chance=lambda: 0.0)


class Told:
    """A listener whose news can be waited for."""

    def __init__(self) -> None:
        self.news: queue.Queue[Any] = queue.Queue()
        self.all: list[Any] = []

    def __call__(self, what: Any) -> None:
        self.all.append(what)
        self.news.put(what)

    def next(self, timeout: float = 5.0) -> Any:
        return self.news.get(timeout=timeout)


class FakeDevice:
    simulated: ClassVar[bool] = True

    def __init__(self) -> None:
        self.opening: Iterator[Exception | None] = iter(())
        self.opened = 0
        self.closed = 0

    def open(self) -> None:
        self.opened += 1
        error = next(self.opening, None)
        if error is not None:
            raise error

    def close(self) -> None:
        self.closed += 1


class FakeSource(FakeDevice):
    """A camera or scanner that gives what a test puts into ``script``; exceptions are raised."""

    def __init__(self) -> None:
        super().__init__()
        self.script: queue.Queue[Any] = queue.Queue()

    def read(self, timeout: float) -> Any:
        try:
            item = self.script.get(timeout=timeout)
        except queue.Empty:
            return None
        if isinstance(item, Exception):
            raise item
        return item


class FakePrinter(FakeDevice):
    confirms = True
    width = 8

    def __init__(self) -> None:
        super().__init__()
        self.health: PrinterStatus | Exception = HEALTHY
        self.outcome: PrintOutcome | Exception = PrintOutcome("printed")
        self.pages: list[Page] = []
        self.busy: threading.Event | None = None
        self.began = threading.Event()

    def status(self) -> PrinterStatus:
        if isinstance(self.health, Exception):
            raise self.health
        return self.health

    def print(self, page: Page) -> PrintOutcome:
        self.began.set()
        if self.busy is not None:
            self.busy.wait(30)
        if isinstance(self.outcome, Exception):
            raise self.outcome
        self.pages.append(page)
        return self.outcome

    def interrupt(self) -> None:
        if self.busy is not None:
            self.busy.set()


def frame(index: int) -> Frame:
    return Frame(np.zeros((2, 2, 3), dtype=np.uint8), float(index), index)


Start = Callable[[Any], Any]


@pytest.fixture
def start() -> Iterator[Start]:
    started: list[Any] = []

    def begin(supervised: Any) -> Any:
        supervised.start()
        started.append(supervised)
        return supervised

    yield begin
    assert all([s.stop() for s in started])


# cameras


def test_up_is_told_with_the_first_picture_and_the_newest_is_kept(start: Start) -> None:
    camera, states, frames = FakeSource(), Told(), Told()
    supervised = start(SupervisedCamera("camera", lambda: camera, states, on_frame=frames))
    assert supervised.latest() is None
    camera.script.put(frame(1))
    assert states.next().up
    camera.script.put(frame(2))
    assert [frames.next().index, frames.next().index] == [1, 2]
    assert supervised.latest().index == 2
    assert supervised.state.up


def test_a_lost_camera_is_told_once_and_comes_back(start: Start) -> None:
    camera, states = FakeSource(), Told()
    camera.script.put(frame(1))
    supervised = start(SupervisedCamera("camera", lambda: camera, states, timing=AT_ONCE))
    assert states.next().up
    camera.opening = iter([DeviceLost("still gone"), DeviceLost("still gone")])
    camera.script.put(DeviceLost("no new picture for 5 s"))
    down = states.next()
    assert (down.up, down.detail) == (False, "no new picture for 5 s")
    assert supervised.latest() is None
    camera.script.put(frame(2))
    assert states.next().up
    assert camera.opened == 4
    assert [s.up for s in states.all] == [True, False, True]


def test_a_camera_that_opens_but_gives_nothing_never_counts_as_up(start: Start) -> None:
    camera, states = FakeSource(), Told()
    for _ in range(3):
        camera.script.put(DeviceLost("frozen"))
    supervised = start(SupervisedCamera("camera", lambda: camera, states, timing=AT_ONCE))
    assert not states.next().up
    camera.script.put(frame(1))
    assert states.next().up
    assert [s.up for s in states.all] == [False, True]
    assert supervised.state.detail == ""


# scanners and listeners


def test_codes_reach_the_listener(start: Start) -> None:
    scanner, states, scans = FakeSource(), Told(), Told()
    start(SupervisedScanner("scanner", lambda: scanner, states, on_scan=scans, patience=0.02))
    scanner.script.put(Scan(b"099"))
    assert scans.next().payload == b"099"
    assert states.next().up


def test_a_listener_that_raises_is_seen_and_what_it_was_told_is_not_logged(
    start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    scanner, states = FakeSource(), Told()
    seen = Told()

    def listener(scan: Scan) -> None:
        seen(scan)
        if len(seen.all) == 1:
            raise ValueError(f"cannot bear {scan.payload!r}")

    start(SupervisedScanner("scanner", lambda: scanner, states, on_scan=listener, patience=0.02, timing=AT_ONCE))
    assert states.next().up
    scanner.script.put(Scan(b"099000000011"))
    down = states.next()
    assert down.detail.startswith("unexpected ValueError in listener")
    assert states.next().up
    scanner.script.put(Scan(b"again"))
    seen.next()
    assert seen.next().payload == b"again"
    assert "ValueError" in caplog.text
    assert "099000000011" not in caplog.text + down.detail


def test_a_state_listener_that_raises_ends_nothing(start: Start) -> None:
    scanner, scans = FakeSource(), Told()

    def listener(_: DeviceState) -> None:
        raise RuntimeError("no")

    start(SupervisedScanner("scanner", lambda: scanner, listener, on_scan=scans, patience=0.02))
    scanner.script.put(Scan(b"1"))
    assert scans.next().payload == b"1"


def test_a_device_that_cannot_even_be_made_is_tried_again(start: Start) -> None:
    scanner, states = FakeSource(), Told()
    attempts = itertools.count()

    def make() -> FakeSource:
        if next(attempts) == 0:
            raise ImportError("no such library")
        return scanner

    start(SupervisedScanner("scanner", make, states, on_scan=Told(), patience=0.02, timing=AT_ONCE))
    assert "ImportError" in states.next().detail
    assert states.next().up


# back-off


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_waits_grow_and_stay_bounded(failures: int, chance: float) -> None:
    backoff = Backoff()
    delay = backoff.delay(failures, chance)
    assert backoff.first * (1 - backoff.spread) <= delay <= backoff.most
    assert delay <= backoff.delay(failures + 1, chance)


def test_failures_in_a_row_wait_longer_until_a_device_has_settled(start: Start) -> None:
    waits: list[float] = []
    done = threading.Event()
    now = [0.0]
    served = iter([0.0, 0.0, 0.0, 60.0, 0.0])

    class Flaky(FakeSource):
        def read(self, timeout: float) -> Any:
            now[0] += next(served)
            raise DeviceLost("gone")

    def pause(event: threading.Event, seconds: float) -> bool:
        waits.append(seconds)
        if len(waits) == 5:
            done.set()
            return event.wait(30)
        return False

    timing = Timing(clock=lambda: now[0], chance=lambda: 0.0, pause=pause)
    start(SupervisedCamera("camera", Flaky, Told(), timing=timing))
    assert done.wait(5)
    assert waits == [0.5, 1.0, 2.0, 0.5, 1.0]


# printers


def test_pages_are_printed_in_order_and_answered(start: Start) -> None:
    printer, states = FakePrinter(), Told()
    supervised = start(SupervisedPrinter("printer", lambda: printer, states))
    pages = [Page(8, 1, bytes((n,))) for n in range(5)]
    futures = [supervised.print(page) for page in pages]
    assert [f.result(5).state for f in futures] == ["printed"] * 5
    assert printer.pages == pages


def test_the_status_is_kept_and_only_changes_are_told(start: Start) -> None:
    printer, states, statuses = FakePrinter(), Told(), Told()
    supervised = start(SupervisedPrinter("printer", lambda: printer, states, on_status=statuses, poll=0.01))
    assert statuses.next() == HEALTHY
    printer.health = PrinterStatus("offline", "out")
    assert statuses.next().paper == "out"
    assert supervised.status().paper == "out"
    printer.health = HEALTHY
    assert statuses.next() == HEALTHY
    assert len(statuses.all) == 3


def test_one_unanswered_question_is_no_news_two_are(start: Start) -> None:
    printer, statuses = FakePrinter(), Told()
    answers = iter([HEALTHY, PrinterStatus("silent"), HEALTHY, PrinterStatus("silent"), PrinterStatus("silent")])
    last = PrinterStatus("silent")
    printer.status = lambda: next(answers, last)  # type: ignore[method-assign]
    start(SupervisedPrinter("printer", lambda: printer, Told(), on_status=statuses, poll=0.01))
    assert statuses.next() == HEALTHY
    assert statuses.next().reach == "silent"
    assert len(statuses.all) == 2


def test_refresh_asks_at_once(start: Start) -> None:
    printer, statuses = FakePrinter(), Told()
    supervised = start(SupervisedPrinter("printer", lambda: printer, Told(), on_status=statuses, poll=600))
    assert statuses.next() == HEALTHY
    printer.health = PrinterStatus("online", "low", "closed", True)
    supervised.refresh()
    assert statuses.next().paper == "low"


def test_a_page_for_a_printer_that_is_down_is_tried_at_once_and_then_fails(start: Start) -> None:
    printer, states, statuses = FakePrinter(), Told(), Told()
    printer.opening = iter([DeviceLost("cannot connect"), DeviceLost("cannot connect")])
    slow = Timing(backoff=Backoff(first=600, most=600))
    supervised = start(SupervisedPrinter("printer", lambda: printer, states, on_status=statuses, timing=slow))
    assert not states.next().up
    assert supervised.status().reach == "lost"
    outcome = supervised.print(PAGE).result(5)
    assert (outcome.state, outcome.reason, outcome.detail) == ("failed", "lost", "cannot connect")
    assert supervised.print(PAGE).result(5).state == "printed"
    assert states.next().up


def test_a_printer_lost_while_idle_is_told(start: Start) -> None:
    printer, states, statuses = FakePrinter(), Told(), Told()
    start(SupervisedPrinter("printer", lambda: printer, states, on_status=statuses, poll=0.01, timing=AT_ONCE))
    assert states.next().up
    printer.health = DeviceLost("reset by peer")
    assert states.next().detail == "reset by peer"
    assert statuses.next() == HEALTHY
    assert statuses.next().reach == "lost"
    printer.health = HEALTHY
    assert states.next().up


def test_a_driver_that_breaks_in_the_middle_of_a_page_leaves_it_unconfirmed(start: Start) -> None:
    printer, states = FakePrinter(), Told()
    printer.outcome = ZeroDivisionError("ours")
    supervised = start(SupervisedPrinter("printer", lambda: printer, states, timing=AT_ONCE))
    outcome = supervised.print(PAGE).result(5)
    assert (outcome.state, outcome.reason) == ("unconfirmed", "lost")
    printer.outcome = PrintOutcome("printed")
    assert supervised.print(PAGE).result(5).state == "printed"


def test_stopping_breaks_off_a_page_and_hands_back_the_others() -> None:
    printer = FakePrinter()
    printer.busy = threading.Event()
    printer.outcome = PrintOutcome("unconfirmed", "", "broken off")
    supervised = SupervisedPrinter("printer", lambda: printer, Told())
    supervised.start()
    first = supervised.print(PAGE)
    assert printer.began.wait(5)
    second = supervised.print(PAGE)
    began = time.monotonic()
    assert supervised.stop()
    assert time.monotonic() - began < 1.0
    assert first.result(0).state == "unconfirmed"
    for future in (second, supervised.print(PAGE)):
        with pytest.raises(CancelledError):
            future.result(0)


def test_stopping_ends_a_long_wait_and_closes_the_device() -> None:
    printer = FakePrinter()
    printer.opening = iter([DeviceLost("gone")])
    states = Told()
    slow = Timing(backoff=Backoff(first=600, most=600))
    with SupervisedPrinter("printer", lambda: printer, states, timing=slow) as supervised:
        states.next()
        began = time.monotonic()
        assert supervised.stop()
    assert time.monotonic() - began < 1.0
    assert printer.closed == printer.opened


def test_stopping_what_never_started() -> None:
    assert SupervisedPrinter("printer", FakePrinter, Told()).stop()
