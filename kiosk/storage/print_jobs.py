"""The print queue: ``queued → printing → printed | unconfirmed | failed``, or ``skipped`` (promise 7).

Any process may queue a job; one process, the holder of the lock file (`kiosk.storage.lock`), takes them one by one.
"""

import json
import sqlite3
from datetime import datetime

from kiosk.storage.database import Database
from kiosk.storage.rows import NewJob, PrintJob, epoch_ms, read_job, read_ticket
from models.errors import DeveloperError
from models.ticket import PrintState

INTERRUPTED = "interrupted"
"""The reason of a job that was being printed when the program died."""

_ENDS: frozenset[PrintState] = frozenset({"printed", "unconfirmed", "failed", "skipped"})


class PrintJobs:
    """The print jobs of one database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def queue(self, job: NewJob, at: datetime, ticket_id: str | None = None) -> int:
        """Ask for a paper; returns the job's id."""
        with self._db.write() as tx:
            return add_job(tx, job, at, ticket_id)

    def take_next(self) -> PrintJob | None:
        """The oldest queued job, which is *printing* from now on. Only the holder of the printer's lock may ask."""
        if self._db.one("SELECT 1 FROM print_jobs WHERE state = 'queued'") is None:
            return None
        with self._db.write() as tx:
            row = tx.execute("SELECT * FROM print_jobs WHERE state = 'queued' ORDER BY id LIMIT 1").fetchone()
            if row is None:
                return None
            _set_state(tx, row["id"], row["ticket_id"], "printing", "", asks=False)
        return self.get(row["id"])

    def finish(self, job_id: int, state: PrintState, *, reason: str = "", asks: bool = False) -> None:
        """What became of a job; also later, when the person said whether an unconfirmed paper came out.

        Raises:
            DeveloperError: ``state`` is no end, or the job is not known.
        """
        if state not in _ENDS:
            raise DeveloperError(f"a print job does not end as {state}")
        with self._db.write() as tx:
            row = tx.execute("SELECT ticket_id FROM print_jobs WHERE id = ?", (job_id,)).fetchone()
            if row is None:
                raise DeveloperError(f"no print job {job_id}")
            _set_state(tx, job_id, row["ticket_id"], state, reason, asks=asks)

    def recover(self, stale_before: datetime) -> tuple[PrintJob, ...]:
        """At start, by the holder of the printer's lock: settle what a crash left.

        A job that was being printed is *unconfirmed*: perhaps the paper came out. One that was queued before
        ``stale_before`` has *failed*: its person is gone, and nobody shall find a paper that nobody waits for.
        Younger ones are still printed. Returns the settled jobs.
        """
        with self._db.write() as tx:
            found = tx.execute(
                "SELECT id, ticket_id, state FROM print_jobs WHERE state = 'printing' "
                "OR (state = 'queued' AND queued_ms < ?) ORDER BY id",
                (epoch_ms(stale_before),),
            ).fetchall()
            for row in found:
                state: PrintState = "unconfirmed" if row["state"] == "printing" else "failed"
                _set_state(tx, row["id"], row["ticket_id"], state, INTERRUPTED, asks=False)
        return tuple(job for row in found if (job := self.get(row["id"])) is not None)

    def get(self, job_id: int) -> PrintJob | None:
        """One job with its ticket."""
        row = self._db.one("SELECT * FROM print_jobs WHERE id = ?", (job_id,))
        return None if row is None else self._with_ticket(row)

    def of_ticket(self, ticket_id: str) -> tuple[PrintJob, ...]:
        """All papers of a ticket, oldest first."""
        found = self._db.rows("SELECT * FROM print_jobs WHERE ticket_id = ? ORDER BY id", (ticket_id,))
        return tuple(self._with_ticket(row) for row in found)

    def _with_ticket(self, row: sqlite3.Row) -> PrintJob:
        ticket = None
        if row["ticket_id"] is not None:
            found = self._db.one("SELECT * FROM tickets WHERE ticket_id = ?", (row["ticket_id"],))
            ticket = None if found is None else read_ticket(found)
        return read_job(row, ticket)


def add_job(tx: sqlite3.Connection, job: NewJob, at: datetime, ticket_id: str | None) -> int:
    """Put a job in, inside the transaction of its ticket."""
    cursor = tx.execute(
        "INSERT INTO print_jobs (ticket_id, kind, language, facts, state, queued_at, queued_ms) "
        "VALUES (?, ?, ?, ?, 'queued', ?, ?)",
        (
            ticket_id,
            job.kind,
            job.language,
            json.dumps(job.facts, ensure_ascii=False),
            at.isoformat(),
            epoch_ms(at),
        ),
    )
    if ticket_id is not None:
        tx.execute("UPDATE tickets SET paper = 'queued' WHERE ticket_id = ?", (ticket_id,))
    return int(cursor.lastrowid or 0)


def _set_state(
    tx: sqlite3.Connection, job_id: int, ticket_id: str | None, state: PrintState, reason: str, *, asks: bool
) -> None:
    tx.execute(
        "UPDATE print_jobs SET state = ?, reason = ?, asks = ? WHERE id = ?", (state, reason[:200], asks, job_id)
    )
    if ticket_id is not None:
        # A ticket shows the fate of its latest paper.
        tx.execute(
            "UPDATE tickets SET paper = ? WHERE ticket_id = ? "
            "AND ? = (SELECT max(id) FROM print_jobs WHERE ticket_id = tickets.ticket_id)",
            (state, ticket_id, job_id),
        )
