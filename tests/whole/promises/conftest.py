"""A real central on a free port, real kiosks enrolled with it, and one clock for all."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.stage import CentralHouse, Kiosks, Machine, Time, open_office


@pytest.fixture
def clock() -> Time:
    """The true time."""
    return Time()


@pytest.fixture
def central(tmp_path: Path, clock: Time) -> Iterator[CentralHouse]:
    """A ward open day and night, without limits."""
    house = CentralHouse(tmp_path, clock, open_office())
    try:
        yield house
    finally:
        house.stop()


@pytest.fixture
def kiosk(tmp_path: Path, clock: Time, central: CentralHouse) -> Iterator[Kiosks]:
    """Makes machines; each is a kiosk of the office at once, unless ``enrolled`` says otherwise."""
    machines: list[Machine] = []

    def make(number: int, *, enrolled: bool = True, **how: Any) -> Machine:
        machine = Machine(clock, tmp_path / f"machine-{clock.unique()}", central.office, **how)
        machines.append(machine)
        if enrolled:
            machine.enrol(central.url, central.code(number))
            machine.speak()
        return machine

    yield make
    for machine in machines:
        machine.stop()
