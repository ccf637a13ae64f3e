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
    """Open the database; when it is damaged, or gone while its journal stands, rebuild it first.

    Also settles what a crash left half done in the journal. To be called once at the start of ``kiosk run``.

    Args:
        now: Names the file that is set aside.
        owner: As for `Store.open`.

    Raises:
        StorageTrouble: The disk is in the way, or another program still has the broken database open.
    """
    reason = "the database was missing" if not path.exists() and Journal(journal_folder(path)).files() else ""
    if not reason:
        try:
            store = _open_whole(path, owner)
        except DatabaseBroken as error:
            reason = str(error)
        else:
            void_uncommitted(store)
            return store, None
    aside = _set_aside(path, now)
    store = Store.open(path, owner)
    try:
        count = _refill(store)
    except BaseException:
        store.close()
        raise
    return store, Rebuilt(reason, aside, count)


def void_uncommitted(store: Store) -> tuple[str, ...]:
    """Void the journal's last lines whose transaction did not commit; returns their ticket ids.

    The line is written just before the commit, so at most the last few can be without a ticket.
    """
    voided = []
    # Under the write lock, or a ticket of another process that is just committing would look uncommitted.
    with store.database.write() as tx:
        settled: set[str] = set()
        for entry in store.journal.tail(_TAIL):
            if entry.kind == "void":
                settled.add(entry.ticket_id)
            if entry.kind != "issued" or entry.ticket_id in settled:
                continue
            if tx.execute("SELECT 1 FROM tickets WHERE ticket_id = ?", (entry.ticket_id,)).fetchone() is not None:
                break
            store.journal.append(Entry("void", entry.at, entry.day, ticket_id=entry.ticket_id))
            voided.append(entry.ticket_id)
    return tuple(voided)


def _open_whole(path: Path, owner: ProcessId | None) -> Store:
    store = Store.open(path, owner)
    try:
        with store.database.whole() as connection:
            verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if verdict != "ok":
            raise DatabaseBroken(f"{path.name}: the check of the database failed")
    except BaseException:
        store.close()
        raise
    return store


def _set_aside(path: Path, now: datetime) -> Path | None:
    lock = use_lock(path, shared=False)
    if not lock.try_acquire():
        raise StorageTrouble(f"{path.name} is damaged, and another program has it open: stop it first")
    try:
        if not path.exists():
            return None
        aside = path.with_name(f"{path.name}.broken-{now:%Y%m%d-%H%M%S}")
        for ending in ("", "-wal", "-shm"):
            part = path.with_name(path.name + ending)
            if part.exists():
                part.rename(aside.with_name(aside.name + ending))
    except OSError as error:
        raise StorageTrouble(f"the damaged {path.name} cannot be set aside: {error.strerror}") from error
    else:
        return aside
    finally:
        lock.release()


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
