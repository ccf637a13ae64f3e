"""The tables, as migrations. A migration that was released is never edited: databases live longer than code.

``sqlite_utils`` is imported only when there is something to migrate: it brings numpy and click along, 20 MB and 0.1 s
that a kiosk whose database is up to date does not spend.
"""

import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

MIGRATION_SET = "kiosk.storage"
MIGRATIONS = ("001_tickets",)
"""The names of all migrations, oldest first."""

_TABLES_001 = (
    """
    CREATE TABLE tickets (
        serial INTEGER PRIMARY KEY AUTOINCREMENT,
        ticket_id TEXT NOT NULL UNIQUE,
        state TEXT NOT NULL CHECK (state IN ('intent', 'issued', 'cancelled')),
        service TEXT NOT NULL,
        number TEXT,
        day TEXT NOT NULL,
        issued_at TEXT NOT NULL,
        issued_ms INTEGER NOT NULL,
        place_ms INTEGER NOT NULL,
        clock TEXT NOT NULL CHECK (clock IN ('sure', 'unsure')),
        boot_id TEXT NOT NULL,
        boot_ms INTEGER NOT NULL,
        method TEXT NOT NULL,
        priority TEXT,
        priority_proven INTEGER NOT NULL DEFAULT 0,
        person_ref TEXT,
        procedure TEXT,
        follow_code TEXT,
        on_behalf INTEGER NOT NULL DEFAULT 0,
        not_before TEXT,
        language TEXT NOT NULL DEFAULT 'vi',
        sync TEXT NOT NULL DEFAULT 'pending' CHECK (sync IN ('pending', 'confirmed', 'parked')),
        paper TEXT NOT NULL DEFAULT 'skipped',
        people_ahead INTEGER,
        wait_low INTEGER,
        wait_high INTEGER,
        follow_url TEXT,
        owner TEXT NOT NULL,
        CHECK ((state = 'issued') = (number IS NOT NULL))
    ) STRICT
    """,
    # The last guard of promise 1; the counters see to it that it never has to speak.
    "CREATE UNIQUE INDEX tickets_number ON tickets (day, number) WHERE number IS NOT NULL",
    "CREATE INDEX tickets_day ON tickets (day, service)",
    "CREATE INDEX tickets_person ON tickets (person_ref) WHERE person_ref IS NOT NULL",
    "CREATE INDEX tickets_intent ON tickets (state) WHERE state = 'intent'",
    """
    CREATE TABLE outbox (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        lane INTEGER NOT NULL,
        kind TEXT NOT NULL,
        ticket_id TEXT NOT NULL,
        body TEXT NOT NULL DEFAULT '{}',
        attempts INTEGER NOT NULL DEFAULT 0,
        parked TEXT
    ) STRICT
    """,
    "CREATE INDEX outbox_waiting ON outbox (lane, id) WHERE parked IS NULL",
    "CREATE INDEX outbox_ticket ON outbox (ticket_id)",
    """
    CREATE TABLE print_jobs (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        ticket_id TEXT REFERENCES tickets (ticket_id),
        kind TEXT NOT NULL,
        language TEXT NOT NULL,
        facts TEXT NOT NULL,
        state TEXT NOT NULL,
        reason TEXT NOT NULL DEFAULT '',
        asks INTEGER NOT NULL DEFAULT 0,
        queued_at TEXT NOT NULL,
        queued_ms INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX print_jobs_open ON print_jobs (id) WHERE state IN ('queued', 'printing')",
    "CREATE INDEX print_jobs_ticket ON print_jobs (ticket_id)",
    # A series is a kiosk number, or 0 for the plain numbers of a kiosk without central.
    # The day '' is the run of numbers taken while the clock was unsure.
    """
    CREATE TABLE counters (
        series INTEGER NOT NULL,
        prefix TEXT NOT NULL,
        day TEXT NOT NULL,
        next INTEGER NOT NULL CHECK (next > 0),
        PRIMARY KEY (series, prefix, day)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE series_guards (
        series INTEGER PRIMARY KEY,
        heard INTEGER NOT NULL,
        bound_day TEXT
    ) STRICT
    """,
    """
    CREATE TABLE spare_pads (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        series INTEGER NOT NULL,
        prefix TEXT NOT NULL,
        first INTEGER NOT NULL,
        last INTEGER NOT NULL,
        made_on TEXT NOT NULL
    ) STRICT
    """,
    "CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the database up to date. Call it inside ``BEGIN IMMEDIATE``: of two that start at once one waits."""
    if is_current(connection):
        return
    from sqlite_utils import Database

    _migrations().apply(Database(connection, execute_plugins=False))


def is_current(connection: sqlite3.Connection) -> bool:
    """Whether there is nothing to migrate."""
    return _applied(connection) >= set(MIGRATIONS)


def is_newer(connection: sqlite3.Connection) -> bool:
    """Whether the database knows migrations that this program does not."""
    return not _applied(connection) <= set(MIGRATIONS)


def _applied(connection: sqlite3.Connection) -> set[str]:
    known = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '_sqlite_migrations'"
    if connection.execute(known).fetchone() is None:
        return set()
    names = connection.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = ?", (MIGRATION_SET,))
    return {row[0] for row in names}


def _migrations() -> "Migrations":
    from sqlite_utils import Migrations

    migrations = Migrations(MIGRATION_SET)

    @migrations(name="001_tickets")
    def tickets(db: "Database") -> None:
        for statement in _TABLES_001:
            db.execute(statement)

    return migrations
