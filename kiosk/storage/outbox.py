"""What central must still be told. A row is deleted when it was, and kept, parked, when it cannot be (promise 5)."""

import dataclasses
import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kiosk.storage.database import Database
from kiosk.storage.rows import LANE_TICKETS, OutboxKind, OutboxRow, StoredTicket, read_ticket
from models.messages import PersonUpdate, TicketAnswer, from_wire

BATCH = 100
"""Rows a transaction."""


@dataclass(frozen=True, slots=True)
class OutboxCounts:
    """How much waits, and how much is parked."""

    waiting: int
    parked: int


class Outbox:
    """The outbox rows of one database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def counts(self) -> OutboxCounts:
        """How much waits and how much is parked; a word about a ticket that is parked counts with it."""
        row = self._db.one(
            "SELECT count(*) AS total, count(coalesce(parked, (SELECT t.parked FROM outbox AS t "
            "WHERE o.kind = 'person' AND t.ticket_id = o.ticket_id AND t.kind = 'ticket'))) AS parked FROM outbox AS o"
        )
        assert row is not None  # noqa: S101 -- an aggregate always has a row
        return OutboxCounts(row["total"] - row["parked"], row["parked"])

    def next_batch(self, lane: int, limit: int = BATCH) -> tuple[OutboxRow, ...]:
        """The oldest rows of a lane that wait and are not parked.

        A word about a ticket (``person``) waits until the ticket itself was told.
        """
        found = self._db.rows(
            "SELECT * FROM outbox WHERE lane = ? AND parked IS NULL AND NOT (kind = 'person' AND EXISTS "
            "(SELECT 1 FROM outbox AS t WHERE t.ticket_id = outbox.ticket_id AND t.kind = 'ticket')) "
            "ORDER BY id LIMIT ?",
            (lane, limit),
        )
        return tuple(self._read(found))

    def parked(self, limit: int = 1000) -> tuple[OutboxRow, ...]:
        """The rows that cannot be delivered, each with its reason."""
        return tuple(self._read(self._db.rows("SELECT * FROM outbox WHERE parked IS NOT NULL LIMIT ?", (limit,))))

    def told(self, rows: Sequence[OutboxRow], answers: Sequence[TicketAnswer | None]) -> None:
        """Central knows these rows now; one transaction. ``answers`` go with the rows, None where there is none."""
        with self._db.write() as tx:
            for row, answer in zip(rows, answers, strict=True):
                tx.execute("DELETE FROM outbox WHERE id = ?", (row.id,))
                if row.kind == "ticket":
                    tx.execute("UPDATE tickets SET sync = 'confirmed' WHERE ticket_id = ?", (row.ticket_id,))
                if answer is not None:
                    note_answer(tx, answer)

    def park(self, row: OutboxRow, reason: str) -> None:
        """Central cannot take this row; it is set aside with the reason and blocks no other."""
        with self._db.write() as tx:
            tx.execute("UPDATE outbox SET parked = ?, attempts = attempts + 1 WHERE id = ?", (reason[:500], row.id))
            if row.kind == "ticket":
                tx.execute("UPDATE tickets SET sync = 'parked' WHERE ticket_id = ?", (row.ticket_id,))

    def attempted(self, rows: Sequence[OutboxRow]) -> None:
        """A sending of these rows failed; they are sent again later."""
        with self._db.write() as tx:
            tx.executemany("UPDATE outbox SET attempts = attempts + 1 WHERE id = ?", [(row.id,) for row in rows])

    def unpark(self, row_id: int) -> bool:
        """Let a parked row be tried once more, after a technician mended its cause."""
        with self._db.write() as tx:
            found = tx.execute(
                "UPDATE outbox SET parked = NULL WHERE id = ? AND parked IS NOT NULL RETURNING ticket_id, kind",
                (row_id,),
            ).fetchall()
            for row in found:
                if row["kind"] == "ticket":
                    tx.execute("UPDATE tickets SET sync = 'pending' WHERE ticket_id = ?", (row["ticket_id"],))
            return bool(found)

    def forget_before(self, day: date) -> int:
        """Drop tickets of days before ``day``: a kiosk that is enrolled today reports only today's own numbers."""
        with self._db.write() as tx:
            return tx.execute(
                "DELETE FROM outbox WHERE lane = ? AND ticket_id IN (SELECT ticket_id FROM tickets WHERE day < ?)",
                (LANE_TICKETS, day.isoformat()),
            ).rowcount

    def _read(self, found: list[sqlite3.Row]) -> list[OutboxRow]:
        ids = [row["ticket_id"] for row in found]
        marks = ",".join("?" * len(ids))
        tickets: dict[str, StoredTicket] = {
            row["ticket_id"]: read_ticket(row)
            for row in self._db.rows(f"SELECT * FROM tickets WHERE ticket_id IN ({marks})", tuple(ids))  # noqa: S608
        }
        return [
            OutboxRow(
                id=row["id"],
                lane=row["lane"],
                kind=row["kind"],
                ticket_id=row["ticket_id"],
                ticket=tickets.get(row["ticket_id"]),
                update=from_wire(PersonUpdate, json.loads(row["body"])) if row["kind"] == "person" else None,
                attempts=row["attempts"],
                parked=row["parked"],
            )
            for row in found
        ]


def add_row(
    tx: sqlite3.Connection, lane: int, kind: OutboxKind, ticket_id: str, update: PersonUpdate | None = None
) -> None:
    """Put a row in, inside the transaction of the fact it tells of."""
    body = "{}" if update is None else json.dumps(dataclasses.asdict(update), ensure_ascii=False)
    tx.execute("INSERT INTO outbox (lane, kind, ticket_id, body) VALUES (?, ?, ?, ?)", (lane, kind, ticket_id, body))


def note_answer(tx: sqlite3.Connection, answer: TicketAnswer) -> None:
    """Keep what central said about a ticket beside its number; the number itself is the paper's (promise 1)."""
    wait = answer.wait_seconds
    tx.execute(
        "UPDATE tickets SET people_ahead = ?, wait_low = ?, wait_high = ?, follow_url = coalesce(?, follow_url) "
        "WHERE ticket_id = ?",
        (
            answer.people_ahead,
            wait.low if wait else None,
            wait.high if wait else None,
            answer.follow_url,
            answer.ticket_id,
        ),
    )
    # Only a ticket of an unsure clock changes its day; were its number there already, central would have parked it.
    tx.execute(
        "UPDATE OR IGNORE tickets SET day = ?1 WHERE ticket_id = ?2 AND clock = 'unsure' AND state = 'issued' "
        "AND date(?1) = ?1",  # an answer that names no day changes none
        (answer.day, answer.ticket_id),
    )
