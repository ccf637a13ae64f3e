"""The database: one writer thread, a few readers, and a way to notice commits of other processes.

Group commit. The writer takes every job that waits, runs each in a savepoint of its own and commits once. A job's
caller hears of its end only after the commit. So eight kiosks at once cost one ``fsync`` and not eight, and a job
that fails takes nobody with it. Batches let single tickets go first, so that a kiosk which comes back with a long
backlog keeps nobody waiting.
"""

import itertools
import os
import queue
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError, OperationalError

from central.store.migrate import upgrade
from central.store.offices import CatalogueCache
from central.store.transaction import Transaction
from models.errors import StorageTrouble, UnreadableInput

T = TypeVar("T")
Work = Callable[[Transaction], T]

BUSY_MS = 5000
"""How long to wait for another process that writes; a batch of theirs takes some 50 ms."""

GROUP_MOST = 64
GROUP_SECONDS = 0.05
"""Bounds of one commit: enough for a crowd, little enough that nobody waits long for the others."""

URGENT, PATIENT, LAST = range(3)
"""Who stands before whom: a person at a kiosk waits 300 ms for a number, a backlog of papers has time."""

READERS = 4


@dataclass(frozen=True, slots=True)
class _Job:
    work: Work[Any]
    future: "Future[Any]"


class Database:
    """Central's database. Open it with `open`, close it with `close` or ``with``."""

    def __init__(self, writer: Engine, reader: Engine, on_commit: Callable[[], None]) -> None:
        self._writer = writer
        self._reader = reader
        self._on_commit = on_commit
        self._catalogues: CatalogueCache = {}
        self._jobs: queue.PriorityQueue[tuple[int, int, _Job | None]] = queue.PriorityQueue()
        self._arrivals = itertools.count()
        self._closed = threading.Lock()
        self._thread = threading.Thread(target=self._write_jobs, name="central-writer", daemon=True)
        self._thread.start()

    @classmethod
    def open(cls, url: str, on_commit: Callable[[], None] = lambda: None) -> "Database":
        """Open and, where needed, create or upgrade the database.

        Args:
            url: ``sqlite:///relative/path`` or ``sqlite:////absolute/path``.
            on_commit: Called by the writer thread after each commit; must be quick.

        Raises:
            UnreadableInput: ``url`` is not one that we can use.
            StorageTrouble: The file cannot be used.
        """
        parsed = _sqlite_url(url)
        _make_private(Path(str(parsed.database)))
        writer = _engine(parsed, begin="BEGIN IMMEDIATE", query_only=False, connections=1)
        try:
            upgrade(writer)
        except BaseException as error:
            writer.dispose()
            if isinstance(error, DBAPIError):
                raise _trouble(error) from None
            raise
        return cls(writer, _engine(parsed, begin="BEGIN", query_only=True, connections=READERS), on_commit)

    def __enter__(self) -> "Database":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Finish the jobs that wait, then let go of the file."""
        if not self._closed.acquire(blocking=False):
            return
        self._jobs.put((LAST, next(self._arrivals), None))
        self._thread.join()
        self._refuse_the_rest()
        self._reader.dispose()
        self._writer.dispose()

    def submit(self, work: Work[T], *, patient: bool = False) -> "Future[T]":
        """Have ``work`` run in a transaction; the future ends after the commit.

        Args:
            patient: It is long and nobody stands there waiting: short jobs go first.

        Raises:
            StorageTrouble: In the future, when disk or database fail; nothing was written then.
        """
        future: Future[T] = Future()
        if self._closed.locked():
            future.set_exception(StorageTrouble("the database is closed"))
        else:
            self._jobs.put((PATIENT if patient else URGENT, next(self._arrivals), _Job(work, future)))
        return future

    def write(self, work: Work[T]) -> T:
        """`submit` and wait."""
        return self.submit(work).result()

    def read(self, work: Work[T]) -> T:
        """Run ``work`` on a consistent picture of the database, which it cannot change.

        Raises:
            StorageTrouble: Disk or database fail.
        """
        try:
            with self._reader.begin() as connection:
                return work(Transaction(connection, self._catalogues))
        except DBAPIError as error:
            if not _is_the_disk(error):
                raise
            raise _trouble(error) from None

    def watch(self) -> "Watch":
        """A way to notice commits."""
        return Watch(self._reader)

    def _write_jobs(self) -> None:
        while (job := self._jobs.get()[-1]) is not None:
            if job.future.set_running_or_notify_cancel():
                self._commit_together(job)

    def _next_at_once(self) -> _Job | None:
        """The next job, if one waits whose caller still does."""
        while True:
            try:
                entry = self._jobs.get_nowait()
            except queue.Empty:
                return None
            job = entry[-1]
            if job is None:
                self._jobs.put(entry)  # the end: after this commit
                return None
            if job.future.set_running_or_notify_cancel():
                return job

    def _refuse_the_rest(self) -> None:
        """Jobs that slipped in behind the last one: their callers must not wait for ever."""
        while not self._jobs.empty():
            job = self._jobs.get()[-1]
            if job is not None and job.future.set_running_or_notify_cancel():
                job.future.set_exception(StorageTrouble("the database is closed"))

    def _commit_together(self, first: _Job) -> None:
        group = [first]
        until = time.monotonic() + GROUP_SECONDS
        try:
            with self._writer.begin() as connection:
                ends = [self._run(connection, first.work)]
                while len(group) < GROUP_MOST and time.monotonic() < until and (job := self._next_at_once()):
                    group.append(job)
                    ends.append(self._run(connection, job.work))
        except Exception as error:  # raised again to every job's caller: none of them was written
            failed = _trouble(error) if isinstance(error, DBAPIError) else error
            for job in group:
                job.future.set_exception(failed)
            return
        self._on_commit()
        for job, (result, failure) in zip(group, ends, strict=True):
            if failure is None:
                job.future.set_result(result)
            else:
                job.future.set_exception(failure)

    def _run(self, connection: Connection, work: Work[Any]) -> tuple[Any, Exception | None]:
        try:
            with connection.begin_nested():
                transaction = Transaction(connection, self._catalogues)
                result = work(transaction)
                transaction.events.flush()
        except Exception as failure:
            if _is_the_disk(failure):
                raise  # nothing of the whole group can be trusted
            return None, failure  # raised again to the job's own caller, by its future
        return result, None


class Watch:
    """Notices that somebody committed, in this process or another, by SQLite's ``PRAGMA data_version``."""

    def __init__(self, reader: Engine) -> None:
        self._connection = reader.raw_connection()
        self._version = self._read()

    def changed(self) -> bool:
        """Whether there was a commit since the last call.

        Raises:
            StorageTrouble: Disk or database fail.
        """
        before, self._version = self._version, self._read()
        return before != self._version

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()

    def _read(self) -> int:
        cursor = self._connection.cursor()
        try:
            cursor.execute("PRAGMA data_version")
            row = cursor.fetchone()
            return -1 if row is None else int(row[0])
        except sqlite3.Error as error:
            raise StorageTrouble(f"the database cannot be used: {error}") from None
        finally:
            cursor.close()


def _sqlite_url(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise UnreadableInput("the database must be given as sqlite:////path/to/file") from None
    if parsed.get_backend_name() != "sqlite" or not parsed.database or parsed.database == ":memory:":
        raise UnreadableInput("the database must be a file: sqlite:////path/to/file")
    return parsed


def _make_private(path: Path) -> None:
    """Tickets carry references to people: the file is its owner's alone. SQLite gives its side files the same mode.

    A database that exists is never opened here: closing it would drop the locks of every SQLite connection of this
    process (https://www.sqlite.org/howtocorrupt.html, section 2.2).
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_CLOEXEC, 0o600))
    except FileExistsError:
        return
    except OSError as error:
        raise StorageTrouble(f"the database file cannot be made: {error.strerror}") from None


def _engine(url: URL, *, begin: str, query_only: bool, connections: int) -> Engine:
    # hide_parameters: what goes wrong may be logged, what was written may not.
    engine = create_engine(url, pool_size=connections, max_overflow=2, hide_parameters=True)

    def configure(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        pragmas = [f"busy_timeout = {BUSY_MS}", "journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"]
        if query_only:
            pragmas.append("query_only = ON")
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    def say_begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "connect", configure)
    event.listen(engine, "begin", say_begin)
    return engine


def _is_the_disk(error: Exception) -> bool:
    """Whether disk or file are at fault (full, locked, damaged), and not what we asked for."""
    return isinstance(error, OperationalError) or type(error) is DatabaseError


def _trouble(error: DBAPIError) -> StorageTrouble:
    return StorageTrouble(f"the database cannot be used: {error.orig}")
