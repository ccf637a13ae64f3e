"""A supervised printer on a real connection: unplugged, plugged in again, stopped in the middle."""

import time
from collections.abc import Iterator

import pytest

from drivers import registry
from drivers.readings import PrinterStatus
from drivers.supervise import Backoff, SupervisedPrinter, Timing
from tests.drivers.printer.rigs import page_of
from tests.drivers.test_supervise import Told
from tests.support.emulators import EscPosEmulator

SOON = Timing(backoff=Backoff(first=0.02, most=0.05))


@pytest.fixture
def emulator() -> Iterator[EscPosEmulator]:
    with EscPosEmulator() as emulator:
        yield emulator


def supervised(
    emulator: EscPosEmulator, states: Told, statuses: Told, timing: Timing = SOON, **options: object
) -> SupervisedPrinter:
    settings = {"host": emulator.host, "port": emulator.port, **options}
    return SupervisedPrinter(
        "printer",
        lambda: registry.create("printer", "escpos-tcp", settings),
        states,
        on_status=statuses,
        poll=0.02,
        timing=timing,
    )


def wait_for(told: Told, reach: str) -> PrinterStatus:
    while True:
        status: PrinterStatus = told.next()
        if status.reach == reach:
            return status


def test_a_printer_unplugged_and_plugged_in_again_is_told_once_each(emulator: EscPosEmulator) -> None:
    states, statuses = Told(), Told()
    with supervised(emulator, states, statuses) as printer:
        assert states.next().up
        assert printer.print(page_of()).result(5).state == "printed"
        emulator.unplug()
        down = states.next()
        assert not down.up
        assert str(emulator.port) in down.detail
        assert wait_for(statuses, "lost")
        outcome = printer.print(page_of()).result(5)
        assert (outcome.state, outcome.reason) == ("failed", "lost")
        emulator.start()
        assert states.next().up
        assert wait_for(statuses, "online").can_print
        assert printer.print(page_of()).result(5).state == "printed"
    assert [s.up for s in states.all] == [True, False, True]
    assert len(emulator.pages) == 2


def test_paper_is_watched_while_idle(emulator: EscPosEmulator) -> None:
    statuses = Told()
    with supervised(emulator, Told(), statuses):
        assert wait_for(statuses, "online").paper == "ok"
        emulator.faults.paper = "low"
        assert wait_for(statuses, "online").paper == "low"
        emulator.faults.paper = "out"
        assert wait_for(statuses, "offline").paper == "out"
        emulator.mend()
        assert wait_for(statuses, "online").paper == "ok"


def test_stopping_in_the_middle_of_a_page_takes_less_than_a_second(emulator: EscPosEmulator) -> None:
    states = Told()
    printer = supervised(emulator, states, Told(), confirm_timeout=60)
    printer.start()
    assert states.next().up
    emulator.faults.stuck = True
    page = page_of()
    future = printer.print(page)
    assert emulator.wait_for_bytes(len(page.bits))
    began = time.monotonic()
    assert printer.stop()
    assert time.monotonic() - began < 1.0
    assert future.result(0).state == "unconfirmed"
