"""One connection: pragmas, short write transactions, and SQLite's errors in a technician's words."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from models.errors import DeveloperError, StorageTrouble

BUSY_SECONDS = 5.0
"""How long a write waits for another process before it gives up; a write itself takes a few milliseconds."""

_TURN_MS = 8
"""SQLite's own waiting sleeps longer and longer, up to 100 ms: beside a busy process a write may starve. Asking anew
after so many milliseconds gives every writer its turn."""

_PRAGMAS = (
    "PRAGMA synchronous = FULL",  # a commit is on the disk before the paper is printed (promise 2)
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",  # a forgotten reference is overwritten, not only unlinked
    "PRAGMA cache_size = -2000",
    "PRAGMA temp_store = MEMORY",
)

_SENTENCES = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_READONLY: "the database may not be written (read-only disk or wrong permissions)",
    sqlite3.SQLITE_IOERR: "the disk reports an error",
    sqlite3.SQLITE_CANTOPEN: "the database file cannot be opened",
    sqlite3.SQLITE_BUSY: f"another program has held the database for more than {BUSY_SECONDS:.0f} s",
    sqlite3.SQLITE_LOCKED: "the database is locked",
    sqlite3.SQLITE_NOMEM: "there is no memory left",
    sqlite3.SQLITE_PERM: "the database may not be opened (permissions)",
}
_BROKEN = {
    sqlite3.SQLITE_CORRUPT: "the database is damaged",
    sqlite3.SQLITE_NOTADB: "the file is not a database, or is damaged",
}


class DatabaseBroken(StorageTrouble):
    """The database is damaged and wants rebuilding from the journal (`kiosk.storage.rebuild`)."""


@contextmanager
def told_plainly(path: Path) -> Iterator[None]:
    """Turn what the disk did to SQLite into a `StorageTrouble`; our own mistakes pass through."""
    try:
        yield
    except sqlite3.Error as error:
        # Only results of the library carry a code; the low byte is the primary one.
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in _BROKEN:
            raise DatabaseBroken(f"{path.name}: {_BROKEN[code]}") from error
        if code in _SENTENCES:
            raise StorageTrouble(f"{path.name}: {_SENTENCES[code]}") from error
        raise


class Database:
    """A connection of one thread.

    Args:
        path: The database file; its folder must exist.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with told_plainly(path):
            self._connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
            try:
                self._connection.row_factory = sqlite3.Row
                for pragma in _PRAGMAS:
                    self._connection.execute(pragma)
            except BaseException:
                self._connection.close()
                raise

    @contextmanager
    def whole(self) -> Iterator[sqlite3.Connection]:
        """The bare connection, for migrations and checks."""
        with told_plainly(self.path):
            yield self._connection

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """One short transaction. It begins IMMEDIATE, so that nothing read inside it can be stale when it commits.

        Raises:
            StorageTrouble: The disk or another program is in the way; nothing was changed.
        """
        if self._within():
            raise DeveloperError("a write inside a write: pass the connection on instead")
        with told_plainly(self.path):
            self._begin()
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                # An error such as a full disk may have ended the transaction already.
                if self._within():
                    self._connection.execute("ROLLBACK")
                raise

    def rows(self, sql: str, values: tuple[object, ...] = ()) -> list[sqlite3.Row]:
        """All rows of a query."""
        with told_plainly(self.path):
            return self._connection.execute(sql, values).fetchall()

    def one(self, sql: str, values: tuple[object, ...] = ()) -> sqlite3.Row | None:
        """The first row of a query, or None."""
        with told_plainly(self.path):
            row: sqlite3.Row | None = self._connection.execute(sql, values).fetchone()
            return row

    def _begin(self) -> None:
        self._connection.execute(f"PRAGMA busy_timeout = {_TURN_MS}")
        try:
            for _ in range(int(BUSY_SECONDS * 1000 / _TURN_MS)):
                try:
                    self._connection.execute("BEGIN IMMEDIATE")
                except sqlite3.OperationalError as error:
                    if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                        raise
                else:
                    return
            self._connection.execute("BEGIN IMMEDIATE")
        finally:
            self._connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000:.0f}")

    def _within(self) -> bool:
        return self._connection.in_transaction

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()
