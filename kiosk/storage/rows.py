"""What the rows mean: small frozen dataclasses, and how they are read. No personal data in a repr."""

import json
import sqlite3
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from models.messages import PersonUpdate, TicketRequest, WaitSeconds
from models.numbering import parse_number
from models.ticket import PrintState

TicketKeptState = Literal["intent", "issued", "cancelled"]
SyncKept = Literal["pending", "confirmed", "parked"]
JobKind = Literal["ticket", "reprint", "number_only", "spare", "test"]
OutboxKind = Literal["cancel", "ticket", "person"]

LANE_FIRST = 0
"""Withdrawals and cancels: what must not wait behind anything."""
LANE_TICKETS = 1
"""Tickets with a printed number, in order of issue."""
LANE_REST = 2
"""Everything else."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A moment as the kiosk knows it (made by `kiosk.sync.clock.CentralClock.stamp`).

    Attributes:
        at: Local time of the office, with its zone.
        sure: Whether the time comes from central.
        boot_id: The boot that ``boot_ms`` counts from.
        boot_ms: CLOCK_BOOTTIME in milliseconds.
    """

    at: datetime
    sure: bool
    boot_id: str
    boot_ms: int

    @property
    def day(self) -> date:
        """The office's day."""
        return self.at.date()


@dataclass(frozen=True, slots=True)
class Intent:
    """Somebody wants a number and has none yet; committed before central is asked (promise 4).

    Attributes:
        ticket_id: UUIDv7 made at the kiosk.
        not_before: Start of a later session it is taken for, ISO 8601 with offset.
    """

    ticket_id: str
    service: str
    stamp: Stamp
    method: str = "none"
    priority: str | None = None
    priority_proven: bool = False
    person_ref: str | None = field(default=None, repr=False)
    procedure: str | None = None
    follow_code: str | None = field(default=None, repr=False)
    on_behalf: bool = False
    not_before: str | None = None
    language: str = "vi"

    def request(self, *, age_ms: int | None = None) -> TicketRequest:
        """The question to central for a number."""
        return TicketRequest(
            ticket_id=self.ticket_id,
            service=self.service,
            issued_at=self.stamp.at.isoformat(),
            method=self.method,
            priority=self.priority,
            priority_proven=self.priority_proven,
            person_ref=self.person_ref,
            procedure=self.procedure,
            day=self.stamp.day.isoformat(),
            clock="sure" if self.stamp.sure else "unsure",
            age_ms=age_ms,
            follow_code=self.follow_code,
            on_behalf=self.on_behalf,
            not_before=self.not_before,
        )


@dataclass(frozen=True, slots=True)
class StoredTicket:
    """A ticket as it stands in the database.

    Attributes:
        serial: Order in which the intents were committed.
        state: ``intent`` has no number; ``cancelled`` is an intent that came to nothing.
        sync: What central knows: ``pending``, ``confirmed``, or ``parked`` with a reason in the outbox.
        paper: What is known of the latest paper.
    """

    serial: int
    intent: Intent
    state: TicketKeptState
    number: str | None
    day: date
    sync: SyncKept
    paper: PrintState
    people_ahead: int | None = None
    wait: WaitSeconds | None = None
    follow_url: str | None = field(default=None, repr=False)

    @property
    def ticket_id(self) -> str:
        """UUIDv7 of the ticket."""
        return self.intent.ticket_id

    @property
    def service(self) -> str:
        """Code of the field."""
        return self.intent.service

    @property
    def issued_at(self) -> datetime:
        """When the person took it."""
        return self.intent.stamp.at

    @property
    def own_series(self) -> bool:
        """Whether the number is of a kiosk's own series (*Số dự phòng*)."""
        return self.number is not None and parse_number(self.number).kiosk is not None


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """Something that central must still be told.

    Attributes:
        ticket: The ticket it is about; None for a cancel of an intent that is gone.
        update: Set for ``person``.
        parked: The reason when it cannot be delivered as it is, else None.
    """

    id: int
    lane: int
    kind: OutboxKind
    ticket_id: str
    ticket: StoredTicket | None
    update: PersonUpdate | None = field(default=None, repr=False)
    attempts: int = 0
    parked: str | None = None


@dataclass(frozen=True, slots=True)
class NewJob:
    """A paper to print.

    Attributes:
        facts: What the page needs beside the ticket's own row, JSON-ready and without personal data.
    """

    kind: JobKind
    language: str = "vi"
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PrintJob:
    """A row of the print queue.

    Attributes:
        ticket: None for a test page or a reserve pad.
        queued_at: When it was asked for.
        reason: Why it is ``unconfirmed`` or ``failed``; ``interrupted`` after a crash.
        asks: Whether only the person can tell if the paper came out.
    """

    id: int
    ticket_id: str | None
    kind: JobKind
    language: str
    facts: dict[str, Any]
    state: PrintState
    queued_at: datetime
    reason: str = ""
    asks: bool = False
    ticket: StoredTicket | None = None


def read_ticket(row: sqlite3.Row) -> StoredTicket:
    """A row of ``tickets``."""
    stamp = Stamp(datetime.fromisoformat(row["issued_at"]), row["clock"] == "sure", row["boot_id"], row["boot_ms"])
    intent = Intent(
        ticket_id=row["ticket_id"],
        service=row["service"],
        stamp=stamp,
        method=row["method"],
        priority=row["priority"],
        priority_proven=bool(row["priority_proven"]),
        person_ref=row["person_ref"],
        procedure=row["procedure"],
        follow_code=row["follow_code"],
        on_behalf=bool(row["on_behalf"]),
        not_before=row["not_before"],
        language=row["language"],
    )
    wait = None if row["wait_low"] is None else WaitSeconds(row["wait_low"], row["wait_high"])
    return StoredTicket(
        serial=row["serial"],
        intent=intent,
        state=row["state"],
        number=row["number"],
        day=date.fromisoformat(row["day"]),
        sync=row["sync"],
        paper=row["paper"],
        people_ahead=row["people_ahead"],
        wait=wait,
        follow_url=row["follow_url"],
    )


def read_job(row: sqlite3.Row, ticket: StoredTicket | None) -> PrintJob:
    """A row of ``print_jobs``."""
    return PrintJob(
        id=row["id"],
        ticket_id=row["ticket_id"],
        kind=row["kind"],
        language=row["language"],
        facts=json.loads(row["facts"]),
        state=row["state"],
        queued_at=datetime.fromisoformat(row["queued_at"]),
        reason=row["reason"],
        asks=bool(row["asks"]),
        ticket=ticket,
    )


def epoch_ms(moment: datetime) -> int:
    """Milliseconds since the epoch; datetimes in the database are compared by it."""
    return int(moment.timestamp() * 1000)
