"""When the database fails: set it aside, never delete it, and rebuild it from the journal (promise 2).

A rebuilt database knows every number that could be on paper. What the journal does not keep (people, catalogue,
clock) comes back from central. Tickets with a number of the kiosk's own are told to central again, and intents that
came to nothing are cancelled again; what central knows stays as it is. The kiosk's own series is not trusted until
central has told its next numbers.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kiosk.storage.counters import LOCAL_SERIES, Counters
from kiosk.storage.database import DatabaseBroken
from kiosk.storage.journal import Entry, Journal
from kiosk.storage.outbox import add_row
from kiosk.storage.process import ProcessId
from kiosk.storage.rows import LANE_FIRST, LANE_TICKETS, Intent, Stamp
from kiosk.storage.store import Store, journal_folder, use_lock
from kiosk.storage.tickets import insert_ticket
from models.errors import StorageTrouble
from models.numbering import parse_number

KEPT_ENTRIES = 40_000
"""How many of the journal's last lines become rows again: some 40 days. Counters go by all lines. Days are no measure
here: an unsure clock may have written any."""
_REBUILT = "rebuilt"
_TAIL = 20
_WAL_MAGIC = (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83")
"""How a write-ahead log begins (https://www.sqlite.org/fileformat2.html#walformat)."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild did, for the technician.

    Attributes:
        set_aside: Where the broken database lies now; None when it was missing.
    """

    reason: str
    set_aside: Path | None
    tickets: int


def open_or_rebuild(path: Path, now: datetime, owner: ProcessId | None = None) -> tuple[Store, Rebuilt | None]:
    """Open the database; when it is damaged, empty or gone while its journal stands, rebuild it first.

    Also settles what a crash left half done in the journal. To be called once at the start of a program.

    Args:
        now: Names the file that is set aside.
        owner: As for `Store.open`.

    Raises:
        StorageTrouble: The disk is in the way, or another program still has the broken database open.
    """
    seen = _identity(path)
    try:
        return _open_whole(path, owner), None
    except DatabaseBroken as error:
        reason = str(error)
    lock = use_lock(path, shared=False)
    if not lock.try_acquire():
        raise StorageTrouble(f"{path.name} is damaged, and another program has it open: stop it first")
    rebuilt = None
    try:
        if _identity(path) == seen:  # else another program has just rebuilt it
            rebuilt = _rebuild(path, now, reason, owner)
    finally:
        lock.release()
    return _open_whole(path, owner), rebuilt


def void_uncommitted(store: Store) -> tuple[str, ...]:
    """Void the journal's last lines whose transaction did not commit; returns their ticket ids.

    The line is written just before the commit, so at most the last few can be without a ticket. Their numbers are
    passed over all the same: should the database have lost a commit, they are on papers.

    Raises:
        DatabaseBroken: So many lines are without a ticket that the database must have lost commits.
    """
    voided = []
    # Under the write lock, or a ticket of another process that is just committing would look uncommitted.
    with store.database.write() as tx:
        lines = _without_ticket(tx, store.journal)
        if _lost_commits(lines):
            raise DatabaseBroken(f"{store.path.name} is older than its journal")
        for entry in lines:
            store.journal.append(Entry("void", entry.at, entry.day, ticket_id=entry.ticket_id))
            if entry.own:
                _pass_over(tx, store.counters, entry)
            voided.append(entry.ticket_id)
    return tuple(voided)


def _without_ticket(tx: sqlite3.Connection, journal: Journal) -> list[Entry]:
    """The journal's last issued lines, newest first, back to one whose ticket is known."""
    found = []
    settled: set[str] = set()
    for entry in journal.tail(_TAIL):
        if entry.kind == "void":
            settled.add(entry.ticket_id)
        if entry.kind != "issued" or entry.ticket_id in settled:
            continue
        if tx.execute("SELECT 1 FROM tickets WHERE ticket_id = ?", (entry.ticket_id,)).fetchone() is not None:
            break
        found.append(entry)
    return found


def _lost_commits(lines: Iterable[Entry]) -> bool:
    """Commits that fail again and again try the same number of a series; two of them mean that one was committed."""
    tried: dict[tuple[str, int | None, str], int] = {}
    for entry in lines:
        number = parse_number(entry.number)
        key = (number.prefix, number.kiosk, entry.day)
        if entry.own and tried.setdefault(key, number.ordinal) != number.ordinal:
            return True
    return False


def _pass_over(tx: sqlite3.Connection, counters: Counters, entry: Entry) -> None:
    number, day = parse_number(entry.number), datetime.fromisoformat(entry.day).date()
    series = LOCAL_SERIES if number.kiosk is None else number.kiosk
    counters.pass_over(
        tx, prefix=number.prefix, series=series, day=day, sure=entry.clock == "sure", ordinal=number.ordinal
    )


def _open_whole(path: Path, owner: ProcessId | None) -> Store:
    if Journal(journal_folder(path)).files():
        _check_files(path)
    store = Store.open(path, owner)
    try:
        with store.database.whole() as connection:
            verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if verdict != "ok":
            raise DatabaseBroken(f"{path.name}: the check of the database failed")
        void_uncommitted(store)
    except BaseException:
        store.close()
        raise
    return store


def _check_files(path: Path) -> None:
    """What SQLite passes over in silence: no database, an empty one, and a write-ahead log it cannot read.

    Each would let the numbers of the day begin anew.

    Raises:
        DatabaseBroken: With the reason.
    """
    try:
        if not path.exists():
            raise DatabaseBroken(f"{path.name} was missing")
        if path.is_file() and path.stat().st_size == 0:
            raise DatabaseBroken(f"{path.name} was empty")
        with path.with_name(f"{path.name}-wal").open("rb") as file:
            magic = file.read(4)
    except FileNotFoundError:
        return
    except OSError as error:
        raise StorageTrouble(f"{path.name} cannot be read: {error.strerror}") from error
    if any(magic) and magic not in _WAL_MAGIC:
        raise DatabaseBroken(f"{path.name}-wal is damaged")


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _rebuild(path: Path, now: datetime, reason: str, owner: ProcessId | None) -> Rebuilt:
    """Made beside and renamed into place when it is whole: nobody finds a database that knows only half."""
    fresh = path.with_name(f"{path.name}.rebuilding")
    try:
        aside = _set_aside(path, now)
        _remove(fresh)
        with Store.open(fresh, owner) as store:
            count = _refill(store)
        fresh.rename(path)
        _remove(fresh)
    except OSError as error:
        raise StorageTrouble(f"the damaged {path.name} cannot be replaced: {error.strerror}") from error
    return Rebuilt(reason, aside, count)


def _set_aside(path: Path, now: datetime) -> Path | None:
    aside = path.with_name(f"{path.name}.broken-{now:%Y%m%d-%H%M%S}")
    found = path.exists()
    for ending in ("", "-wal", "-shm"):
        part = path.with_name(path.name + ending)
        if part.exists():
            part.rename(aside.with_name(aside.name + ending))
    return aside if found else None


def _remove(fresh: Path) -> None:
    for ending in ("", "-wal", "-shm", ".in-use", ".migrating"):
        fresh.with_name(fresh.name + ending).unlink(missing_ok=True)


def _refill(store: Store) -> int:
    entries = list(store.journal.entries())
    latest = entries[-KEPT_ENTRIES:]
    over = {entry.ticket_id for entry in entries if entry.kind == "void"}
    issued = {e.ticket_id: e for e in latest if e.kind == "issued" and e.ticket_id not in over}
    with store.database.write() as tx:
        store.counters.distrust(tx, LOCAL_SERIES)
        _put_back_counters(tx, store.counters, entries)
        for entry in latest:
            if entry.kind == "intent" and entry.ticket_id not in issued:
                add_row(tx, LANE_FIRST, "cancel", entry.ticket_id)
        return sum(_put_back(tx, entry) for entry in issued.values())


def _put_back_counters(tx: sqlite3.Connection, counters: Counters, entries: Iterable[Entry]) -> None:
    """Also lines that were voided count: a number is not worth the doubt."""
    for entry in entries:
        if entry.kind not in ("issued", "spare", "heard"):
            continue
        number = parse_number(entry.number)
        day = datetime.fromisoformat(entry.day).date()
        series = LOCAL_SERIES if number.kiosk is None else number.kiosk
        if entry.kind == "heard":
            counters.hold_heard(tx, series, number.prefix, number.ordinal, day)
        if entry.kind == "spare":
            counters.hold_spares(tx, series, number.prefix, number.ordinal, entry.last or number.ordinal, day)
        else:
            sure = entry.clock == "sure"
            counters.put_back(tx, prefix=number.prefix, series=series, day=day, sure=sure, ordinal=number.ordinal)


def _put_back(tx: sqlite3.Connection, entry: Entry) -> int:
    stamp = Stamp(datetime.fromisoformat(entry.at), entry.clock == "sure", entry.boot_id, entry.boot_ms)
    intent = Intent(
        ticket_id=entry.ticket_id,
        service=entry.service,
        stamp=stamp,
        method=entry.method,
        priority=entry.priority,
        priority_proven=entry.priority_proven,
        procedure=entry.procedure,
        follow_code=entry.follow_code,
        on_behalf=entry.on_behalf,
        not_before=entry.not_before,
        language=entry.language,
    )
    insert_ticket(tx, intent, _REBUILT)
    changed = tx.execute(
        "UPDATE OR IGNORE tickets SET state = 'issued', number = ?, day = ?, sync = ?, paper = 'unconfirmed' "
        "WHERE ticket_id = ?",
        (entry.number, entry.day, "pending" if entry.own else "confirmed", entry.ticket_id),
    )
    if not changed.rowcount:
        # The same number stands twice in the journal: the earlier line was rolled back and its void never written.
        tx.execute("DELETE FROM tickets WHERE ticket_id = ?", (entry.ticket_id,))
        return 0
    if entry.own:
        add_row(tx, LANE_TICKETS, "ticket", entry.ticket_id)
    return 1
