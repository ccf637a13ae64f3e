"""A real central on a free port, real kiosks enrolled with it, and one clock for all."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.machine import Kiosks, Machine
from tests.support.stage import CentralHouse, Time, open_office


@pytest.fixture
def folder() -> Iterator[Path]:
    """In memory where there is such a place: nobody pulls the plug here, and thousands of syncs take their time."""
    memory = Path("/dev/shm")  # noqa: S108 - a new folder inside it
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as made:
        yield Path(made)


@pytest.fixture
def clock() -> Time:
    """The true time."""
    return Time()


@pytest.fixture
def central(folder: Path, clock: Time) -> Iterator[CentralHouse]:
    """A ward open day and night, without limits."""
    house = CentralHouse(folder, clock, open_office())
    try:
        yield house
    finally:
        house.stop()


@pytest.fixture
def kiosk(folder: Path, clock: Time, central: CentralHouse) -> Iterator[Kiosks]:
    """Makes machines; each is a kiosk of the office at once, unless ``enrolled`` says otherwise."""
    machines: list[Machine] = []

    def make(number: int, *, enrolled: bool = True, **how: Any) -> Machine:
        machine = Machine(clock, folder / f"machine-{clock.unique()}", central.office, **how)
        machines.append(machine)
        if enrolled:
            machine.enrol(central.url, central.code(number))
            machine.speak()
        return machine

    yield make
    for machine in machines:
        machine.stop()
