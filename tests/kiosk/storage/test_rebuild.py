import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.storage.journal import Entry
from kiosk.storage.process import ProcessId
from kiosk.storage.rebuild import open_or_rebuild, void_uncommitted
from kiosk.storage.rows import LANE_FIRST, LANE_TICKETS
from kiosk.storage.store import Store, journal_folder
from models.errors import StorageTrouble
from tests.support.stamps import MONDAY, TUESDAY, Issuer, stamp

DAY = MONDAY.date()


def break_it(path: Path) -> None:
    for part in path.parent.glob("kiosk.sqlite3-*"):
        part.unlink()
    path.write_bytes(b"\x00coffee" * 4096)


def test_a_healthy_database_is_just_opened(path: Path) -> None:
    store, rebuilt = open_or_rebuild(path, MONDAY)
    assert rebuilt is None
    store.close()
    store, rebuilt = open_or_rebuild(path, MONDAY)
    assert rebuilt is None
    store.close()


@pytest.mark.parametrize("gone", [False, True])
def test_a_broken_or_missing_database_comes_back_from_the_journal(path: Path, gone: bool) -> None:
    with Store.open(path) as store:
        issuer = Issuer(store)
        store.counters.learn_series(DAY, 2, {"A": 1})
        central = issuer.central("A001", priority="elderly", priority_proven=True)
        own = issuer.own(follow_code="abcdefghijklm", procedure="1.001193", on_behalf=True)
        store.counters.reserve_spares(prefix="A", kiosk=2, stamp=stamp(), count=10)
        left = issuer.intent()
    if gone:
        path.unlink()
    else:
        break_it(path)
    store, rebuilt = open_or_rebuild(path, TUESDAY)
    with store:
        assert rebuilt is not None
        assert rebuilt.tickets == 2
        if gone:
            assert rebuilt.set_aside is None
        else:
            assert rebuilt.set_aside is not None
            assert rebuilt.set_aside.name == "kiosk.sqlite3.broken-20260303-080000"
            assert rebuilt.set_aside.read_bytes().startswith(b"\x00coffee")
        again = store.tickets.get(central.ticket_id)
        assert again is not None
        assert (again.number, again.sync, again.paper) == ("A001", "confirmed", "unconfirmed")
        assert (again.intent.priority, again.intent.priority_proven) == ("elderly", True)
        (row,) = store.outbox.next_batch(LANE_TICKETS)
        assert row.ticket is not None
        assert row.ticket.intent == own.intent
        assert [r.ticket_id for r in store.outbox.next_batch(LANE_FIRST)] == [left.ticket_id]
        pad = store.counters.reserve_spares(prefix="A", kiosk=2, stamp=stamp(), count=1)
        assert str(pad[0]) == "A2-5011"


def test_a_rebuilt_series_starts_at_501_until_central_speaks(path: Path) -> None:
    with Store.open(path) as store:
        store.counters.learn_series(DAY, 2, {"A": 1})
        Issuer(store).own()
    break_it(path)
    store, _ = open_or_rebuild(path, MONDAY)
    with store:
        issuer = Issuer(store, "again")
        assert issuer.numbers(1) == ["A2-501"]
        assert issuer.numbers(1, prefix="C") == ["C2-501"]
        store.counters.learn_series(TUESDAY.date(), 2, {"A": 1})
        assert issuer.numbers(1, TUESDAY) == ["A2-001"]


def test_plain_numbers_go_on_above_the_journal(path: Path) -> None:
    with Store.open(path) as store:
        Issuer(store).numbers(7, kiosk=None)
    break_it(path)
    store, _ = open_or_rebuild(path, MONDAY)
    with store:
        issuer = Issuer(store, "again")
        assert issuer.numbers(1, kiosk=None) == ["A008"]
        assert issuer.numbers(1, kiosk=None, prefix="B") == ["B501"]


def test_damage_inside_is_found_before_anybody_waits(path: Path) -> None:
    with Store.open(path) as store:
        Issuer(store).numbers(200)
    content = bytearray(path.read_bytes())
    for page in range(4, len(content) // 4096):
        content[page * 4096 : page * 4096 + 100] = b"\xff" * 100
    path.write_bytes(content)
    store, rebuilt = open_or_rebuild(path, MONDAY)
    with store:
        assert rebuilt is not None
        assert rebuilt.tickets == 200


def test_a_database_in_use_is_not_set_aside(path: Path) -> None:
    with Store.open(path):
        path.with_name("kiosk.sqlite3-wal").unlink(missing_ok=True)
        break_it(path)
        with pytest.raises(StorageTrouble, match="another program has it open"):
            open_or_rebuild(path, MONDAY)


class TestUncommittedLines:
    def test_a_line_without_its_ticket_is_voided_once(self, store: Store, issuer: Issuer) -> None:
        issuer.own()
        ghost = Entry("issued", MONDAY.isoformat(), DAY.isoformat(), ticket_id="ghost", number="A2-502", own=True)
        store.journal.append(ghost)
        assert void_uncommitted(store) == ("ghost",)
        assert void_uncommitted(store) == ()

    def test_it_does_not_come_back_by_a_rebuild(self, path: Path) -> None:
        with Store.open(path) as store:
            Issuer(store).own()
            ghost = Entry("issued", MONDAY.isoformat(), DAY.isoformat(), ticket_id="ghost", number="A2-502", own=True)
            store.journal.append(ghost)
        store, _ = open_or_rebuild(path, MONDAY)
        store.close()
        break_it(path)
        store, rebuilt = open_or_rebuild(path, MONDAY)
        with store:
            assert rebuilt is not None
            assert rebuilt.tickets == 1
            assert store.tickets.get("ghost") is None

    def test_a_healthy_journal_stays(self, store: Store, issuer: Issuer) -> None:
        issuer.numbers(3)
        issuer.intent()
        assert void_uncommitted(store) == ()


def test_a_rebuilt_unsure_run_is_still_unsure(path: Path) -> None:
    with Store.open(path) as store:
        issuer = Issuer(store)
        store.counters.learn_series(DAY, 2, {"A": 600})
        issuer.own()
        issuer.numbers(2, TUESDAY + timedelta(days=300), sure=False)
    break_it(path)
    store, _ = open_or_rebuild(path, MONDAY, ProcessId("boot", 1, 2))
    with store:
        store.counters.learn_series(TUESDAY.date(), 2, {"A": 1})
        issuer = Issuer(store, "again")
        assert issuer.numbers(1, TUESDAY) == ["A2-603"]


class TestWhatSqlitePassesOver:
    """Files that SQLite takes for an empty database, so that the numbers of the day would begin anew."""

    def test_an_empty_file(self, path: Path) -> None:
        with Store.open(path) as store:
            Issuer(store).numbers(3, kiosk=None)
        path.write_bytes(b"")
        store, rebuilt = open_or_rebuild(path, MONDAY)
        with store:
            assert rebuilt is not None
            assert rebuilt.reason == "kiosk.sqlite3 was empty"
            assert Issuer(store, "again").numbers(1, kiosk=None) == ["A004"]

    def test_a_write_ahead_log_it_cannot_read(self, path: Path) -> None:
        cut = as_a_power_cut_leaves_it(path)
        with cut.with_name(f"{cut.name}-wal").open("r+b") as file:
            file.write(b"coffee")
        store, rebuilt = open_or_rebuild(cut, MONDAY)
        with store:
            assert rebuilt is not None
            assert rebuilt.reason == "kiosk.sqlite3-wal is damaged"
            assert rebuilt.tickets == 3

    def test_a_write_ahead_log_that_is_gone(self, path: Path) -> None:
        cut = as_a_power_cut_leaves_it(path)
        cut.with_name(f"{cut.name}-wal").unlink()
        store, rebuilt = open_or_rebuild(cut, MONDAY)
        with store:
            assert rebuilt is not None
            assert rebuilt.reason == "kiosk.sqlite3 is older than its journal"
            assert rebuilt.tickets == 3

    def test_nothing_is_left_of_the_building_site(self, path: Path) -> None:
        with Store.open(path) as store:
            Issuer(store).numbers(1)
        path.unlink()
        path.with_name("kiosk.sqlite3.rebuilding").write_bytes(b"half of it")
        store, _ = open_or_rebuild(path, MONDAY)
        store.close()
        names = {p.name for p in path.parent.iterdir()}
        assert not [name for name in names if "rebuilding" in name]


def as_a_power_cut_leaves_it(path: Path) -> Path:
    """A copy with three numbers that are only in the write-ahead log."""
    cut = path.parent / "cut" / path.name
    with Store.open(path) as store:
        store.database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        Issuer(store).numbers(3)
        cut.parent.mkdir()
        for part in path.parent.glob("kiosk.sqlite3*"):
            shutil.copy(part, cut.with_name(part.name))
        shutil.copytree(journal_folder(path), journal_folder(cut))
    return cut


def test_a_number_without_its_commit_is_passed_over(path: Path) -> None:
    with Store.open(path) as store:
        issuer = Issuer(store)
        issuer.numbers(2, kiosk=None)
        ghost = Entry("issued", MONDAY.isoformat(), DAY.isoformat(), ticket_id="ghost", number="A003", own=True)
        store.journal.append(ghost)
    store, rebuilt = open_or_rebuild(path, MONDAY)
    with store:
        assert rebuilt is None
        assert Issuer(store, "again").numbers(1, kiosk=None) == ["A004"]
