import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from kiosk.storage.process import current_boot_id
from kiosk.storage.store import Store
from kiosk.sync.client import CentralClient
from kiosk.sync.clock import CentralClock, machine_clocks
from kiosk.sync.enrol import Enrolment, enrol
from kiosk.sync.state import SyncState
from kiosk.sync.thread import SyncThread, enrolled_client
from models.messages import Heartbeat, to_wire
from tests.support.model_central import Link, ModelCentral
from tests.support.stamps import ZONE, Issuer

LONG = 30.0


class States:
    """Collects states and wakes whoever waits for one."""

    def __init__(self) -> None:
        self.all: list[SyncState] = []
        self._changed = threading.Condition()

    def __call__(self, state: SyncState) -> None:
        with self._changed:
            self.all.append(state)
            self._changed.notify_all()

    def wait_for(self, wanted: Callable[[SyncState], bool]) -> SyncState:
        with self._changed:
            assert self._changed.wait_for(lambda: any(map(wanted, self.all)), LONG)
            return next(filter(wanted, self.all))


@pytest.fixture
def central() -> ModelCentral:
    return ModelCentral(lambda: datetime.now(ZONE))


def talking_to(central: ModelCentral, gate: threading.Event | None = None) -> Callable[[Enrolment], CentralClient]:
    def answer(request: httpx.Request) -> httpx.Response:
        if gate is not None:
            gate.wait(LONG)
        if request.url.path.endswith("/heartbeat"):
            return httpx.Response(200, json=to_wire(central.heartbeat(2, Heartbeat("x"))))
        if request.url.path.endswith("/batch"):
            return httpx.Response(503)
        if "/help" in request.url.path:
            return httpx.Response(200, json={"help": "acknowledged"})
        if request.url.path.endswith("/queue"):
            return httpx.Response(200, json={"at": "now", "services": []})
        return httpx.Response(304)

    return lambda enrolment: CentralClient(enrolment.url, enrolment.token, transport=httpx.MockTransport(answer))


def started(home: Path, states: States, make: Callable[[Enrolment], CentralClient], **more: Any) -> SyncThread:
    clock = CentralClock(machine_clocks(current_boot_id()), ZONE)
    thread = SyncThread(home, home / "kiosk.sqlite3", make, clock, states, **more)
    thread.start()
    return thread


@pytest.fixture
def enrolled(home: Path, store: Store, central: ModelCentral) -> None:
    clock = CentralClock(machine_clocks(current_boot_id()), ZONE)
    enrol(home, store, "http://central.test", "CODE", clock, lambda _url: Link(central))


@pytest.mark.usefixtures("enrolled")
def test_it_tells_how_things_stand_and_stops_at_once(home: Path, central: ModelCentral) -> None:
    states = States()
    thread = started(home, states, talking_to(central))
    assert states.wait_for(lambda s: s.online).clock_sure
    assert thread.stop()
    assert thread.stop()


@pytest.mark.usefixtures("enrolled")
def test_a_kick_tells_a_new_ticket(home: Path, central: ModelCentral, store: Store) -> None:
    states = States()
    thread = started(home, states, talking_to(central))
    states.wait_for(lambda s: s.online)
    Issuer(store).own(datetime.now(ZONE))
    thread.kick()
    states.wait_for(lambda s: s.outbox == 1)
    assert thread.stop()


@pytest.mark.usefixtures("enrolled")
def test_help_is_called_from_another_thread(home: Path, central: ModelCentral) -> None:
    states = States()
    thread = started(home, states, talking_to(central), uniform=lambda _low, _high: 0.0)
    thread.call_help("help", emergency=True)
    states.wait_for(lambda s: s.help == "acknowledged")
    thread.stop_help()
    thread.probe()
    states.wait_for(lambda s: s is states.all[-1] and s.help == "none")
    assert thread.stop()


@pytest.mark.usefixtures("enrolled")
def test_a_request_that_hangs_holds_nobody_up(home: Path, central: ModelCentral) -> None:
    gate = threading.Event()
    thread = started(home, States(), talking_to(central, gate))
    thread.stop()  # whether or not it hangs already: this returns
    gate.set()
    thread._thread.join(LONG)
    assert not thread._thread.is_alive()


def test_a_broken_disk_is_said_and_not_fatal(home: Path, central: ModelCentral) -> None:
    home.mkdir()
    (home / "kiosk.sqlite3").write_bytes(b"no database" * 100)
    states = States()
    thread = started(home, states, talking_to(central))
    assert "not a database" in states.wait_for(lambda s: s.storage != "").storage
    assert thread.stop()


def test_a_thread_that_never_began_stops(home: Path, central: ModelCentral) -> None:
    clock = CentralClock(machine_clocks(current_boot_id()), ZONE)
    assert SyncThread(home, home / "x", talking_to(central), clock, States()).stop()


def test_the_usual_connection() -> None:
    enrolled_client(Enrolment("http://central.test", "TOKEN", 2, "phuong-mau")).close()
