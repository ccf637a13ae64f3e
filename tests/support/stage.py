"""Real kiosks and a real central in one process, under clocks that are moved by hand.

Stores, numbering, outbox, conversation and HTTP are the product's own; what stands in is time, the boot of a machine
and, where a test wants it, the way between the two.
"""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from central.app import CentralConfig, create_app
from central.server import Server
from central.store.database import Work
from central.store.records import ParkedPaper, Ticket
from central.usecases.enrolment import offer_code
from central.usecases.offices import put_office
from models.service import Catalogue, Hours, Rules, Session
from models.ticket import TicketState
from tests.support.central import an_office, randomness

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=ZONE)
LONG = 60.0
"""Seconds that a real thread or server may take on a busy machine."""

ROUND_THE_CLOCK = Hours(((Session(time(0), time.max, time(0), time.max),),) * 7)


def open_office(**changes: Any) -> Catalogue:
    """The small ward, open day and night and without limits, so that only numbers are in question."""
    changes.setdefault("hours", ROUND_THE_CLOCK)
    changes.setdefault("rules", Rules(open_tickets_per_service=None, late_minutes=0))
    return an_office(**changes)


@dataclass
class Time:
    """The true time, and names that are used once."""

    at: datetime = MONDAY
    names: int = 0
    random: Callable[[int], bytes] = field(default_factory=randomness)

    def now(self) -> datetime:
        """The true time."""
        return self.at

    @property
    def ms(self) -> int:
        """The true time as central counts it."""
        return round(self.at.timestamp() * 1000)

    def forward(self, **by: float) -> None:
        """Let time pass."""
        self.at += timedelta(**by)

    def unique(self) -> int:
        """A number that was not used before."""
        self.names += 1
        return self.names


class Held:
    """Middleware that keeps questions for a number, or central's answers to them, until they are let go."""

    def __init__(self, app: ASGIApp, gate: "Gate") -> None:
        self._app = app
        self._gate = gate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, perhaps later."""
        if scope["type"] != "http" or scope["path"] != "/api/v1/tickets":
            await self._app(scope, receive, send)
            return
        if self._gate.holds == "questions":
            await self._gate.wait()
        kept: list[Message] = []

        async def keep(message: Message) -> None:
            kept.append(message)

        await self._app(scope, receive, keep)
        if self._gate.holds == "answers":
            await self._gate.wait()
        for message in kept:
            await send(message)


class Gate:
    """What `Held` goes by."""

    def __init__(self) -> None:
        self.holds = "nothing"
        self._reached = threading.Event()
        self._open = threading.Event()

    async def wait(self) -> None:
        """Called by the middleware."""
        self._reached.set()
        await asyncio.to_thread(self._open.wait, LONG)

    @contextmanager
    def holding(self, what: str) -> Iterator[Callable[[], None]]:
        """Hold ``questions`` or ``answers`` inside the block; yields a wait until one is being held."""
        self.holds = what
        self._reached.clear()
        self._open.clear()

        def reached() -> None:
            assert self._reached.wait(LONG)

        try:
            yield reached
        finally:
            self.holds = "nothing"
            self._open.set()


class CentralHouse:
    """Central on its real database, served by uvicorn on a free port of this machine."""

    def __init__(self, folder: Path, clock: Time, office: Catalogue) -> None:
        self.clock = clock
        self.office = office
        self.gate = Gate()
        self._url = f"sqlite:///{folder}/central.sqlite"
        self._port = 0
        self._thread: threading.Thread | None = None
        self.start()
        self.put(office)

    def start(self) -> None:
        """Serve, at the same address as before."""
        self._app = create_app(CentralConfig(self._url, self.clock.now, self.clock.random))
        self._app.add_middleware(Held, gate=self.gate)
        self._server = Server(self._app, port=self._port)
        self._port = int(self._server.url.rpartition(":")[2])
        self._thread = threading.Thread(target=self._server.run, name="central")
        self._thread.start()
        assert self._server.wait_ready(LONG)

    def stop(self) -> None:
        """Be gone: connections are refused."""
        if self._thread is not None:
            self._server.stop()
            self._thread.join(LONG)
            assert not self._thread.is_alive()
            self._thread = None

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self._port}"

    def read(self, work: Work[Any]) -> Any:
        """Look into the store of the running central."""
        return self._app.state.backend.database.read(work)

    def write(self, work: Work[Any]) -> Any:
        """Change the store of the running central."""
        return self._app.state.backend.database.write(work)

    def put(self, office: Catalogue) -> None:
        """Serve this office from now on."""
        self.office = office
        self.write(lambda tx: put_office(tx, office, self.clock.ms))

    def code(self, kiosk: int) -> str:
        """A one-time code."""
        return str(self.write(lambda tx: offer_code(tx, self.office.office, kiosk, self.clock.random, self.clock.ms)))

    def ticket(self, ticket_id: str) -> Ticket | None:
        """A ticket as it is filed."""
        found: Ticket | None = self.read(lambda tx: tx.tickets.get(self.office.office, ticket_id))
        return found

    def filed(self, ticket_id: str) -> Ticket:
        """A ticket that is there."""
        found = self.ticket(ticket_id)
        assert found is not None
        return found

    def call(self, ticket_id: str) -> None:
        """As a counter does: call a ticket."""
        ticket, now = self.filed(ticket_id), self.clock.ms
        self.write(lambda tx: tx.tickets.change(ticket, state=TicketState.CALLED.value, called_at=now))

    def line(self, day: str = "") -> list[str]:
        """The numbers in line on a day, by default today, in order."""
        day = day or self.clock.at.date().isoformat()
        return [t.number for t in self.read(lambda tx: tx.tickets.in_line(self.office.office, day))]

    def parked(self) -> list[ParkedPaper]:
        """Papers that could not be filed."""
        return list(self.read(lambda tx: tx.papers.parked(self.office.office)))

    def gap(self, number: str, day: str = "") -> str | None:
        """Who once was given a number that is on no paper."""
        day = day or self.clock.at.date().isoformat()
        found: str | None = self.read(lambda tx: tx.tickets.gap(self.office.office, day, number))
        return found

    def events(self, *kinds: str) -> list[tuple[str, dict[str, Any]]]:
        """What happened so far."""
        found = self.read(lambda tx: tx.events.after(self.office.office, 0, 100_000))
        assert [e.id for e in found] == list(range(1, len(found) + 1))
        return [(e.kind, e.data) for e in found if not kinds or e.kind in kinds]
