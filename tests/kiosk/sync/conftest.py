"""A store, a clock that is moved by hand, and the model of central."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kiosk.storage.store import Store
from kiosk.sync.clock import CentralClock, Clocks
from tests.support.model_central import Link, ModelCentral
from tests.support.stamps import MONDAY, ZONE, Issuer


@dataclass
class Hands:
    """True time, the count since boot, and how wrong the system clock is."""

    at: datetime = MONDAY
    booted: datetime = MONDAY - timedelta(hours=1)
    skew: timedelta = timedelta()
    boot_id: str = "boot"

    def clocks(self) -> Clocks:
        boot = self.booted
        return Clocks(lambda: (self.at - boot).total_seconds(), lambda: (self.at + self.skew).timestamp(), self.boot_id)

    def reboot(self, name: str = "next boot") -> None:
        self.booted, self.boot_id = self.at, name

    def hear(self, clock: CentralClock) -> None:
        clock.observe(self.at, clock.boottime(), clock.boottime())


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def clock(hands: Hands) -> CentralClock:
    clock = CentralClock(hands.clocks(), ZONE)
    hands.hear(clock)
    return clock


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    with Store.open(home / "kiosk.sqlite3") as store:
        yield store


@pytest.fixture
def issuer(store: Store) -> Issuer:
    return Issuer(store)


@pytest.fixture
def central(hands: Hands) -> ModelCentral:
    return ModelCentral(lambda: hands.at)


@pytest.fixture
def link(central: ModelCentral) -> Link:
    return Link(central)
