"""A thread's way to everything the kiosk keeps."""

import os
from pathlib import Path
from types import TracebackType
from typing import Self

from kiosk.storage.counters import Counters
from kiosk.storage.database import Database
from kiosk.storage.journal import Journal
from kiosk.storage.lock import FileLock
from kiosk.storage.outbox import Outbox
from kiosk.storage.print_jobs import PrintJobs
from kiosk.storage.process import ProcessId, current_process
from kiosk.storage.schema import is_current, is_newer, migrate
from kiosk.storage.settings import Settings
from kiosk.storage.tickets import Tickets
from models.errors import StorageTrouble

DATABASE_NAME = "kiosk.sqlite3"


class Store:
    """One open database. Not to be shared between threads; each opens its own.

    Attributes:
        tickets: Intents, numbers, look-up.
        outbox: What central must still be told.
        print_jobs: The print queue.
        settings: Small facts by key.
        counters: The kiosk's own series and reserve pads.
        journal: The append-only file beside the database.
    """

    def __init__(self, db: Database, journal: Journal, owner: ProcessId, in_use: FileLock) -> None:
        self._db = db
        self._in_use = in_use
        self.journal = journal
        self.settings = Settings(db)
        self.outbox = Outbox(db)
        self.counters = Counters(db, journal)
        self.print_jobs = PrintJobs(db)
        self.tickets = Tickets(db, journal, self.counters, owner)

    @classmethod
    def open(cls, path: Path, owner: ProcessId | None = None) -> Self:
        """Open the database at ``path``, making or migrating it first; safe when several processes start at once.

        Args:
            path: The database file, ``HOME/kiosk.sqlite3``. Its folder is made when missing.
            owner: Who signs intents; by default this process.

        Raises:
            kiosk.storage.database.DatabaseBroken: The file is damaged (`kiosk.storage.rebuild` mends it).
            StorageTrouble: The disk, the permissions or another program are in the way.
        """
        _make_folder(path.parent)
        in_use = use_lock(path, shared=True)
        in_use.acquire()
        try:
            _make_private(path)
            db = Database(path)
            try:
                _prepare(db)
                return cls(db, Journal(journal_folder(path)), owner or current_process(os.getpid()), in_use)
            except BaseException:
                db.close()
                raise
        except BaseException:
            in_use.release()
            raise

    @property
    def path(self) -> Path:
        """The database file."""
        return self._db.path

    @property
    def database(self) -> Database:
        """The connection, for the other modules of this package."""
        return self._db

    def close(self) -> None:
        """Close the connection; closing twice does no harm."""
        self._db.close()
        self._in_use.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def journal_folder(path: Path) -> Path:
    """Where the journal of the database at ``path`` lies."""
    return path.with_name("journal")


def use_lock(path: Path, *, shared: bool) -> FileLock:
    """The lock that every open store holds shared; whoever sets a broken database aside holds it alone."""
    return FileLock(path.with_name(f"{path.name}.in-use"), shared=shared)


def _prepare(db: Database) -> None:
    """WAL and migrations, one process at a time: switching to WAL does not wait for a busy database by itself."""
    with db.whole() as connection:
        mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
        ready = mode == "wal" and is_current(connection)
    if not ready:
        with FileLock(db.path.with_name(f"{db.path.name}.migrating")):
            with db.whole() as connection:
                connection.execute("PRAGMA journal_mode = WAL").fetchone()
            with db.write() as connection:
                migrate(connection)
    with db.whole() as connection:
        if is_newer(connection):
            raise StorageTrouble(f"{db.path.name} was made by a newer version of this program")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StorageTrouble(f"the folder {folder} cannot be made: {error.strerror}") from error


def _make_private(path: Path) -> None:
    """An empty file that only its owner can read, before SQLite makes one with everybody's permissions.

    A database that exists is never opened here: closing it would drop the locks of every SQLite connection of this
    process (POSIX advisory locks belong to the process; https://www.sqlite.org/howtocorrupt.html, section 2.2).
    """
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    except FileExistsError:
        return
    except OSError as error:
        raise StorageTrouble(f"{path} cannot be opened: {error.strerror}") from error
