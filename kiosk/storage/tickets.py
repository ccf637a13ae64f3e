"""Tickets: intent, then number, outbox row and print job in one transaction (promises 1, 2 and 4).

::

    add_intent ──► issue_from_central ──► issued, confirmed
        │     └──► issue_locally ───────► issued, pending     (its number is told by the outbox and replaces central's)
        ├──────► drop_intent              a rule refused: central has nothing, nothing is left
        └──────► abandon, cancel_leftover_intents
                                          cancelled, and central is told, because it may have given a number
"""

import sqlite3
from collections.abc import Callable
from datetime import date, datetime

from kiosk.storage.counters import LOCAL_SERIES, Counters
from kiosk.storage.database import Database
from kiosk.storage.journal import Entry, Journal
from kiosk.storage.outbox import add_row, note_answer
from kiosk.storage.print_jobs import INTERRUPTED, add_job
from kiosk.storage.process import ProcessId, is_alive
from kiosk.storage.rows import (
    LANE_FIRST,
    LANE_REST,
    LANE_TICKETS,
    Intent,
    NewJob,
    StoredTicket,
    SyncKept,
    epoch_ms,
    read_ticket,
)
from models.errors import DeveloperError, MotCuaError
from models.messages import PersonUpdate, TicketAnswer
from models.numbering import Number, parse_number

FEW = 100


class NumberTaken(MotCuaError):
    """Central gave a number that is on one of our papers already: the kiosk must take one of its own."""


class Tickets:
    """The tickets of one database.

    Args:
        owner: Who signs intents; a leftover of a process that still lives is not a leftover.
        alive: Tells whether a signature's process lives.
    """

    def __init__(
        self,
        db: Database,
        journal: Journal,
        counters: Counters,
        owner: ProcessId,
        alive: Callable[[str], bool] = is_alive,
    ) -> None:
        self._db = db
        self._journal = journal
        self._counters = counters
        self._owner = owner
        self._alive = alive

    # -- issuing ------------------------------------------------------------------------------------------------------

    def add_intent(self, intent: Intent) -> None:
        """Commit that somebody wants a number, before central is asked for one."""
        with self._db.write() as tx:
            insert_ticket(tx, intent, str(self._owner))
            stamp = intent.stamp
            entry = Entry("intent", stamp.at.isoformat(), stamp.day.isoformat(), ticket_id=intent.ticket_id)
            self._journal.append(entry)

    def issue_from_central(self, ticket_id: str, answer: TicketAnswer, job: NewJob | None) -> StoredTicket:
        """Give the intent central's number, and its print job, in one transaction.

        Args:
            job: The paper; None prints nothing.

        Raises:
            NumberTaken: That number is on a paper of this kiosk already; nothing was changed.
            DeveloperError: There is no such intent, or central answered for another ticket.
        """
        if answer.ticket_id != ticket_id:
            raise DeveloperError("central's answer belongs to another ticket")
        number = parse_number(answer.number)
        day = date.fromisoformat(answer.day)
        with self._db.write() as tx:
            intent = self._intent(tx, ticket_id)
            if _is_taken(tx, number, day):
                raise NumberTaken(f"central gave {number}, which is on a paper of this kiosk already")
            self._give(tx, intent, number, day, "confirmed", job)
            note_answer(tx, answer)
        return self._known(ticket_id)

    def issue_locally(self, ticket_id: str, *, prefix: str, kiosk: int | None, job: NewJob | None) -> StoredTicket:
        """Give the intent a number of the kiosk's own, its outbox row and its print job, in one transaction.

        Args:
            prefix: The field's letters.
            kiosk: The kiosk number, or None for plain numbers (``numbering = "local"``).
            job: The paper; None prints nothing.

        Raises:
            DeveloperError: There is no such intent.
        """
        series = LOCAL_SERIES if kiosk is None else kiosk
        with self._db.write() as tx:
            intent = self._intent(tx, ticket_id)
            day, sure = intent.stamp.day, intent.stamp.sure
            while True:
                ordinal = self._counters.take(tx, prefix=prefix, series=series, day=day, sure=sure)
                number = Number(prefix, ordinal, kiosk)
                # Plain numbers may have come from central before this kiosk was set to work without it.
                if not _is_taken(tx, number, day):
                    break
            self._give(tx, intent, number, day, "pending", job)
            add_row(tx, LANE_TICKETS, "ticket", ticket_id)
        return self._known(ticket_id)

    def drop_intent(self, ticket_id: str) -> None:
        """A rule refused: central has no ticket, nothing is left of it. Only an intent is dropped."""
        with self._db.write() as tx:
            tx.execute("DELETE FROM tickets WHERE ticket_id = ? AND state = 'intent'", (ticket_id,))

    def abandon(self, ticket_id: str) -> None:
        """The intent comes to nothing although central may have given it a number: central is told."""
        with self._db.write() as tx:
            row = tx.execute("SELECT * FROM tickets WHERE ticket_id = ? AND state = 'intent'", (ticket_id,)).fetchone()
            if row is None:
                return
            _cancel(tx, ticket_id)
            # The journal may have a number for it, whose commit then failed.
            stamp = read_ticket(row).intent.stamp
            self._journal.append(Entry("void", stamp.at.isoformat(), stamp.day.isoformat(), ticket_id=ticket_id))

    def cancel_leftover_intents(self, *, own_too: bool = False) -> tuple[str, ...]:
        """At start: cancel intents whose process is gone, and tell central. Returns their ticket ids.

        Args:
            own_too: Also this process's: for a desk that starts anew after trouble, when nobody else issues in it.
        """
        with self._db.write() as tx:
            found = tx.execute("SELECT ticket_id, owner FROM tickets WHERE state = 'intent' ORDER BY serial").fetchall()
            left = tuple(row["ticket_id"] for row in found if self._is_left(row["owner"], own_too))
            for ticket_id in left:
                _cancel(tx, ticket_id)
        return left

    def set_person(
        self, ticket_id: str, *, method: str, person_ref: str | None, priority: str | None, priority_proven: bool
    ) -> StoredTicket:
        """Add who somebody is to a ticket that exists (``identify = after``); central is told."""
        update = PersonUpdate(method, person_ref, priority, priority_proven)
        with self._db.write() as tx:
            tx.execute(
                "UPDATE tickets SET method = ?, person_ref = ?, priority = coalesce(?, priority), "
                "priority_proven = max(priority_proven, ?) WHERE ticket_id = ?",
                (method, person_ref, priority, priority_proven, ticket_id),
            )
            add_row(tx, LANE_REST, "person", ticket_id, update)
        return self._known(ticket_id)

    # -- looking up ---------------------------------------------------------------------------------------------------

    def get(self, ticket_id: str) -> StoredTicket | None:
        """One ticket by its id."""
        return self._first("ticket_id = ?", (ticket_id,))

    def by_number(self, number: str, day: date) -> StoredTicket | None:
        """The ticket with that number on ``day``."""
        return self._first("number = ? AND day = ?", (number, day.isoformat()))

    def list(self, day: date | None = None, limit: int = FEW) -> tuple[StoredTicket, ...]:
        """The latest tickets, of one day or of all, newest first."""
        if day is None:
            return self._all("state <> 'intent' ORDER BY serial DESC LIMIT ?", (limit,))
        return self._all("state <> 'intent' AND day = ? ORDER BY serial DESC LIMIT ?", (day.isoformat(), limit))

    def open_for_person(self, person_ref: str, service: str, day: date) -> tuple[StoredTicket, ...]:
        """Numbers one person took here for a field and day, newest first; which were called, central knows."""
        return self._all(
            "person_ref = ? AND service = ? AND day = ? AND state = 'issued' ORDER BY serial DESC LIMIT ?",
            (person_ref, service, day.isoformat(), FEW),
        )

    def latest_for_person(self, person_ref: str, since: datetime) -> StoredTicket | None:
        """The newest number of one person, if it was taken after ``since`` (the same card again)."""
        return self._first(
            "person_ref = ? AND state = 'issued' AND issued_ms >= ? ORDER BY serial DESC", (person_ref, epoch_ms(since))
        )

    def issued_in_session(self, service: str, day: date, start: datetime, end: datetime) -> int:
        """Numbers given here for a session: those taken in it, and those taken earlier for it."""
        row = self._db.one(
            "SELECT count(*) AS given FROM tickets WHERE service = ? AND day = ? AND state = 'issued' "
            "AND place_ms >= ? AND place_ms < ?",
            (service, day.isoformat(), epoch_ms(start), epoch_ms(end)),
        )
        return 0 if row is None else int(row["given"])

    def interrupted(self, since: datetime) -> tuple[StoredTicket, ...]:
        """Tickets whose paper was cut by a crash and asked for after ``since``; oldest first."""
        return self._all(
            "EXISTS (SELECT 1 FROM print_jobs AS j WHERE j.ticket_id = tickets.ticket_id AND j.reason = ? "
            "AND j.queued_ms >= ? AND j.id = (SELECT max(id) FROM print_jobs WHERE ticket_id = j.ticket_id)) "
            "ORDER BY serial LIMIT ?",
            (INTERRUPTED, epoch_ms(since), FEW),
        )

    # -- keeping clean ------------------------------------------------------------------------------------------------

    def forget_people(self, before: date) -> int:
        """Erase references to people from tickets of days before ``before`` that central knows; how many."""
        with self._db.write() as tx:
            return tx.execute(
                "UPDATE tickets SET person_ref = NULL, follow_code = NULL, follow_url = NULL WHERE day < ? "
                "AND (person_ref IS NOT NULL OR follow_code IS NOT NULL) "
                "AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.ticket_id = tickets.ticket_id)",
                (before.isoformat(),),
            ).rowcount

    def prune(self, before: date) -> int:
        """Delete tickets of days before ``before`` that nothing waits for, with their papers; how many."""
        with self._db.write() as tx:
            old = (
                "SELECT ticket_id FROM tickets WHERE day < ? "
                "AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.ticket_id = tickets.ticket_id)"
            )
            tx.execute(f"DELETE FROM print_jobs WHERE ticket_id IN ({old})", (before.isoformat(),))  # noqa: S608
            tx.execute("DELETE FROM counters WHERE day <> '' AND day < ?", (before.isoformat(),))
            return tx.execute(
                f"DELETE FROM tickets WHERE ticket_id IN ({old})",  # noqa: S608
                (before.isoformat(),),
            ).rowcount

    # -----------------------------------------------------------------------------------------------------------------

    def _is_left(self, owner: str, own_too: bool) -> bool:
        return own_too if owner == str(self._owner) else not self._alive(owner)

    def _intent(self, tx: sqlite3.Connection, ticket_id: str) -> Intent:
        row = tx.execute("SELECT * FROM tickets WHERE ticket_id = ? AND state = 'intent'", (ticket_id,)).fetchone()
        if row is None:
            raise DeveloperError(f"no intent {ticket_id}")
        return read_ticket(row).intent

    def _give(
        self, tx: sqlite3.Connection, intent: Intent, number: Number, day: date, sync: SyncKept, job: NewJob | None
    ) -> None:
        tx.execute(
            "UPDATE tickets SET state = 'issued', number = ?, day = ?, sync = ? WHERE ticket_id = ?",
            (str(number), day.isoformat(), sync, intent.ticket_id),
        )
        if job is not None:
            add_job(tx, job, intent.stamp.at, intent.ticket_id)
        # Last before the commit: no other process writes now, and nothing is printed before it is synced.
        self._journal.append(journal_entry(intent, number, day, own=sync == "pending"))

    def _known(self, ticket_id: str) -> StoredTicket:
        ticket = self.get(ticket_id)
        if ticket is None:
            raise DeveloperError(f"no ticket {ticket_id}")
        return ticket

    def _first(self, where: str, values: tuple[object, ...]) -> StoredTicket | None:
        row = self._db.one(f"SELECT * FROM tickets WHERE {where} LIMIT 1", values)  # noqa: S608 -- our own clauses
        return None if row is None else read_ticket(row)

    def _all(self, where: str, values: tuple[object, ...]) -> tuple[StoredTicket, ...]:
        rows = self._db.rows(f"SELECT * FROM tickets WHERE {where}", values)  # noqa: S608 -- our own clauses
        return tuple(read_ticket(row) for row in rows)


def insert_ticket(tx: sqlite3.Connection, intent: Intent, owner: str) -> None:
    """Insert an intent's row."""
    stamp = intent.stamp
    place = stamp.at if intent.not_before is None else datetime.fromisoformat(intent.not_before)
    tx.execute(
        "INSERT INTO tickets (ticket_id, state, service, day, issued_at, issued_ms, place_ms, clock, boot_id, boot_ms, "
        "method, priority, priority_proven, person_ref, procedure, follow_code, on_behalf, not_before, language, "
        "owner) VALUES (?, 'intent', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            intent.ticket_id,
            intent.service,
            stamp.day.isoformat(),
            stamp.at.isoformat(),
            epoch_ms(stamp.at),
            epoch_ms(place),
            "sure" if stamp.sure else "unsure",
            stamp.boot_id,
            stamp.boot_ms,
            intent.method,
            intent.priority,
            intent.priority_proven,
            intent.person_ref,
            intent.procedure,
            intent.follow_code,
            intent.on_behalf,
            intent.not_before,
            intent.language,
            owner,
        ),
    )


def journal_entry(intent: Intent, number: Number, day: date, *, own: bool) -> Entry:
    """What the journal keeps of a ticket: everything central needs, nothing of the person."""
    return Entry(
        kind="issued",
        at=intent.stamp.at.isoformat(),
        day=day.isoformat(),
        ticket_id=intent.ticket_id,
        number=str(number),
        service=intent.service,
        own=own,
        clock="sure" if intent.stamp.sure else "unsure",
        boot_id=intent.stamp.boot_id,
        boot_ms=intent.stamp.boot_ms,
        method=intent.method,
        priority=intent.priority,
        priority_proven=intent.priority_proven,
        procedure=intent.procedure,
        follow_code=intent.follow_code,
        on_behalf=intent.on_behalf,
        not_before=intent.not_before,
        language=intent.language,
    )


def _is_taken(tx: sqlite3.Connection, number: Number, day: date) -> bool:
    found = tx.execute("SELECT 1 FROM tickets WHERE day = ? AND number = ?", (day.isoformat(), str(number)))
    return found.fetchone() is not None


def _cancel(tx: sqlite3.Connection, ticket_id: str) -> None:
    changed = tx.execute(
        "UPDATE tickets SET state = 'cancelled', person_ref = NULL WHERE ticket_id = ? AND state = 'intent'",
        (ticket_id,),
    )
    if changed.rowcount:
        add_row(tx, LANE_FIRST, "cancel", ticket_id)
