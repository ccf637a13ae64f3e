import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.storage.database import DatabaseBroken
from kiosk.storage.store import Store
from models.errors import DeveloperError, StorageTrouble
from tests.support.stamps import MONDAY, Issuer

OPEN_AND_ISSUE = """
import sys
from pathlib import Path
from kiosk.storage.store import Store
from tests.support.stamps import MONDAY, stamp
from kiosk.storage.rows import Intent
with Store.open(Path(sys.argv[1])) as store:
    for i in range(int(sys.argv[3])):
        intent = Intent(f"{sys.argv[2]}-{i}", "ho-tich", stamp())
        store.tickets.add_intent(intent)
        print(store.tickets.issue_locally(intent.ticket_id, prefix="A", kiosk=2, job=None).number)
"""


def run(*arguments: object) -> "subprocess.Popen[str]":
    root = Path(__file__).resolve().parents[3]
    command = [sys.executable, "-c", *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root)


def test_a_store_is_private_and_durable(store: Store, path: Path) -> None:
    assert store.database.one("PRAGMA journal_mode")[0] == "wal"
    assert store.database.one("PRAGMA synchronous")[0] == 2
    assert store.database.one("PRAGMA foreign_keys")[0] == 1
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_every_table_is_strict(store: Store) -> None:
    tables = store.database.rows("SELECT name, strict FROM pragma_table_list WHERE schema = 'main'")
    ours = {row["name"]: row["strict"] for row in tables if not row["name"].startswith(("sqlite_", "_sqlite"))}
    assert len(ours) == 7
    assert all(ours.values())


def test_processes_that_start_at_once_share_one_series(path: Path) -> None:
    processes = [run(OPEN_AND_ISSUE, path, name, 20) for name in "abcd"]
    numbers: list[str] = []
    for process in processes:
        out, _ = process.communicate(timeout=60)
        assert process.returncode == 0
        numbers += out.split()
    assert sorted(numbers) == [f"A2-{n}" for n in range(501, 581)]


def test_a_current_database_is_opened_without_the_migration_library(path: Path) -> None:
    Store.open(path).close()
    code = (
        "import sys; from pathlib import Path; from kiosk.storage.store import Store; "
        "Store.open(Path(sys.argv[1])).close(); assert not {'sqlite_utils', 'numpy'} & set(sys.modules)"
    )
    process = run(code, path)
    process.communicate(timeout=60)
    assert process.returncode == 0


def test_each_thread_opens_its_own(path: Path) -> None:
    with Store.open(path) as one, Store.open(path) as other:
        ticket = Issuer(one).own()
        assert other.tickets.get(ticket.ticket_id) == ticket


def test_a_file_that_is_no_database_is_said_to_be_damaged(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"paper jam" * 1000)
    with pytest.raises(DatabaseBroken, match=r"kiosk\.sqlite3: the file is not a database"):
        Store.open(path)


def test_a_folder_that_cannot_be_made_is_a_technicians_trouble(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")
    with pytest.raises(StorageTrouble, match="cannot be made"):
        Store.open(tmp_path / "home" / "kiosk.sqlite3")


def test_a_database_of_a_newer_version_is_not_touched(path: Path) -> None:
    with Store.open(path) as store, store.database.write() as tx:
        tx.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('kiosk.storage', '999_later', '')"
        )
    with pytest.raises(StorageTrouble, match="newer version"):
        Store.open(path)


def test_a_full_disk_loses_nothing_and_says_so(store: Store, issuer: Issuer) -> None:
    before = issuer.own()
    with store.database.whole() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StorageTrouble, match="the disk is full"):
        issuer.numbers(100, procedure="1.001193" * 50)
    with store.database.whole() as connection:
        connection.execute("PRAGMA max_page_count = 100000")
    after = issuer.own()
    assert store.tickets.get(before.ticket_id) == before
    given = [t.number for t in store.tickets.list(limit=1000)]
    assert given == [f"A2-{n}" for n in range(501 + len(given) - 1, 500, -1)]
    assert after.number == given[0]


def test_a_write_inside_a_write_is_our_mistake(store: Store) -> None:
    with store.database.write(), pytest.raises(DeveloperError):
        store.settings.set("a", "b")


def test_our_own_mistakes_are_not_called_disk_trouble(store: Store) -> None:
    with pytest.raises(sqlite3.OperationalError):
        store.database.one("SELECT nothing FROM nowhere")


def test_settings_keep_texts_and_values(store: Store) -> None:
    assert store.settings.get("etag") is None
    store.settings.set_all({"etag": '"1"', "broken": "{"})
    store.settings.set("etag", '"2"')
    store.settings.set_json("counts", {"hộ tịch": 3})
    assert store.settings.get("etag") == '"2"'
    assert store.settings.get_json("counts") == {"hộ tịch": 3}
    assert store.settings.get_json("broken") is None
    store.settings.forget("etag")
    assert store.settings.get_json("etag") is None


def test_a_repr_shows_nobody(issuer: Issuer) -> None:
    ticket = issuer.own(at=MONDAY, person_ref="SECRETREF", follow_code="abcdefghijklm")
    assert "SECRETREF" not in repr(ticket)
    assert "abcdefghijklm" not in repr(ticket)
