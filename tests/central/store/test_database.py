"""The writer, the readers, other processes, and what happens when the disk fails."""

import multiprocessing
import os
import sqlite3
import stat
import threading
from concurrent.futures import Future
from pathlib import Path

import pytest
from sqlalchemy.exc import DatabaseError, OperationalError

from central.store.database import Database
from central.store.transaction import Transaction
from models.errors import StorageTrouble, UnreadableInput
from tests.support.central import an_office


def _take(database: Database) -> int:
    return database.write(lambda tx: tx.series.take("o", "2026-11-23", "A", 0))[0]


def test_jobs_that_wait_are_committed_together(database_url: str) -> None:
    commits: list[int] = []
    with Database.open(database_url, lambda: commits.append(1)) as database:
        entered, go_on = threading.Event(), threading.Event()

        def hold(_tx: Transaction) -> None:
            entered.set()
            go_on.wait(10)

        held = database.submit(hold)
        assert entered.wait(10)
        waiting = [database.submit(lambda tx: tx.series.take("o", "d", "A", 0)) for _ in range(20)]
        go_on.set()
        held.result(10)
        assert [job.result(10)[0] for job in waiting] == list(range(1, 21))
    assert len(commits) <= 2


def test_a_job_that_fails_takes_nobody_with_it(database: Database) -> None:
    entered, go_on = threading.Event(), threading.Event()

    def hold(_tx: Transaction) -> None:
        entered.set()
        go_on.wait(10)

    def fail(tx: Transaction) -> None:
        tx.series.take("o", "2026-11-23", "A", 0)
        raise ValueError("no")

    database.submit(hold)
    assert entered.wait(10)
    first: Future[int] = database.submit(lambda tx: tx.series.take("o", "2026-11-23", "A", 0)[0])
    failing = database.submit(fail)
    last: Future[int] = database.submit(lambda tx: tx.series.take("o", "2026-11-23", "A", 0)[0])
    go_on.set()
    with pytest.raises(ValueError, match="no"):
        failing.result(10)
    assert (first.result(10), last.result(10)) == (1, 2), "what the failing job did is undone"


def test_a_backlog_lets_single_tickets_go_first(database: Database) -> None:
    entered, go_on = threading.Event(), threading.Event()
    order: list[str] = []

    def hold(_tx: Transaction) -> None:
        entered.set()
        go_on.wait(10)

    database.submit(hold)
    assert entered.wait(10)
    jobs = [database.submit(lambda _tx: order.append("batch"), patient=True) for _ in range(3)]
    jobs += [database.submit(lambda _tx: order.append("ticket")) for _ in range(3)]
    go_on.set()
    for job in jobs:
        job.result(10)
    assert order == ["ticket"] * 3 + ["batch"] * 3


def test_closing_ends_what_waits_first(database_url: str) -> None:
    database = Database.open(database_url)
    jobs = [database.submit(lambda tx: tx.series.take("o", "d", "A", 0)[0], patient=n % 2 == 0) for n in range(200)]
    database.close()
    assert sorted(job.result(0) for job in jobs) == list(range(1, 201))


def test_a_damaged_database_is_told_as_such(database: Database, tmp_path: Path) -> None:
    def damaged(_tx: Transaction) -> None:
        raise DatabaseError("SELECT", {}, sqlite3.DatabaseError("database disk image is malformed"))

    with pytest.raises(StorageTrouble, match="malformed"):
        database.write(damaged)
    with pytest.raises(StorageTrouble, match="malformed"):
        database.read(damaged)


def test_a_job_whose_caller_went_away_is_not_done(database: Database) -> None:
    entered, go_on = threading.Event(), threading.Event()

    def hold(_tx: Transaction) -> None:
        entered.set()
        go_on.wait(10)

    database.submit(hold)
    assert entered.wait(10)
    gone = database.submit(lambda tx: tx.series.take("o", "2026-11-23", "A", 0))
    assert gone.cancel()
    go_on.set()
    assert _take(database) == 1


def test_events_of_a_job_that_fails_are_not_written(database: Database) -> None:
    database.write(lambda tx: tx.offices.put(an_office()))

    def fail(tx: Transaction) -> None:
        tx.events.add("hoa-sen", 0, "x", {})
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        database.write(fail)
    assert database.read(lambda tx: tx.events.after("hoa-sen", 0, 10)) == []


def test_readers_cannot_write(database: Database) -> None:
    with pytest.raises(StorageTrouble):
        database.read(lambda tx: tx.series.take("o", "2026-11-23", "A", 0))


def test_what_was_written_is_there_after_closing(database_url: str) -> None:
    with Database.open(database_url) as database:
        assert _take(database) == 1
    with Database.open(database_url) as database:
        assert _take(database) == 2


def test_a_closed_database_says_so(database_url: str) -> None:
    database = Database.open(database_url)
    database.close()
    database.close()
    with pytest.raises(StorageTrouble):
        _take(database)


def test_the_file_is_its_owners_alone(database: Database, tmp_path: Path) -> None:
    _take(database)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes
    assert set(modes.values()) == {0o600}


def test_every_commit_is_on_the_disk_before_it_is_told(database: Database) -> None:
    def pragma(name: str) -> object:
        with database._writer.connect() as connection:
            return connection.exec_driver_sql(f"PRAGMA {name}").scalar()

    assert (pragma("synchronous"), pragma("journal_mode")) == (2, "wal")


@pytest.mark.parametrize("url", ["", "nonsense", "sqlite://", "sqlite:///:memory:", "mysql://host/name"])
def test_a_url_that_is_no_file(url: str) -> None:
    with pytest.raises(UnreadableInput):
        Database.open(url)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "x.sqlite").write_bytes(b"not a database, but long enough to look like one" * 100)
    with pytest.raises(StorageTrouble):
        Database.open(f"sqlite:///{tmp_path}/x.sqlite")


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageTrouble):
        Database.open(f"sqlite:///{tmp_path}/file/x.sqlite")


def test_a_disk_that_fails_fails_the_whole_commit(database: Database) -> None:
    def fail(_tx: Transaction) -> None:
        raise OperationalError("INSERT", {}, sqlite3.OperationalError("database or disk is full"))

    with pytest.raises(StorageTrouble, match="full"):
        database.write(fail)
    assert _take(database) == 1, "and the next one may go well again"


def test_errors_tell_no_values(database: Database) -> None:
    def twice(tx: Transaction) -> None:
        for _ in range(2):
            tx.kiosks.enrol("o", 1, "secret-hash", 0)
            tx.kiosks.enrol("o", 2, "secret-hash", 0)

    with pytest.raises(Exception, match="UNIQUE") as told:
        database.write(twice)
    assert "secret-hash" not in str(told.value)


def test_a_watch_notices_commits_of_this_and_other_connections(database: Database, database_url: str) -> None:
    watch = database.watch()
    assert not watch.changed()
    _take(database)
    assert watch.changed()
    assert not watch.changed()
    with Database.open(database_url) as other:
        _take(other)
    assert watch.changed()
    watch.close()


def _take_many(url: str, count: int, numbers: "multiprocessing.Queue[list[int]]") -> None:
    with Database.open(url) as database:
        numbers.put([_take(database) for _ in range(count)])


def test_two_processes_and_many_threads_never_take_one_number_twice(tmp_path: Path) -> None:
    """Also opens a database that does not exist, from two processes at once."""
    database_url = f"sqlite:///{tmp_path}/new.sqlite"
    context = multiprocessing.get_context("spawn")
    numbers: multiprocessing.Queue[list[int]] = context.Queue()
    others = [context.Process(target=_take_many, args=(database_url, 100, numbers)) for _ in range(2)]
    for other in others:
        other.start()
    taken: list[int] = []
    with Database.open(database_url) as database:
        threads = [threading.Thread(target=lambda: taken.extend(_take(database) for _ in range(25))) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for _ in others:
            taken += numbers.get(timeout=60)
    for other in others:
        other.join()
    numbers.close()
    numbers.join_thread()
    assert sorted(taken) == list(range(1, 301))


def test_ids_of_events_are_in_commit_order_across_processes(database: Database, database_url: str) -> None:
    database.write(lambda tx: tx.offices.put(an_office()))
    with Database.open(database_url) as other:
        threads = [
            threading.Thread(target=_add_events, args=(opened, os.urandom(2).hex())) for opened in (database, other)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        found = other.read(lambda tx: tx.events.after("hoa-sen", 0, 1000))
    assert [event.id for event in found] == list(range(1, 81))


def _add_events(database: Database, name: str) -> None:
    for number in range(20):

        def two(tx: Transaction, number: int = number) -> None:
            tx.events.add("hoa-sen", number, name, {})
            tx.events.add("hoa-sen", number, name, {})

        database.write(two)
