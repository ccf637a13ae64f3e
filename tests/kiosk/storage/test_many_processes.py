import sqlite3
import subprocess
import sys
from pathlib import Path

from kiosk.storage.store import Store

ROOT = Path(__file__).resolve().parents[3]
EACH = 40

READ_AND_GO = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("SELECT count(*) FROM settings").fetchone()
connection.close()
"""

WORK = """
import secrets, sys
from datetime import UTC, datetime
from pathlib import Path
from kiosk.storage.rows import Intent, NewJob, Stamp
from kiosk.storage.store import Store
from models.identifiers import uuid7

with Store.open(Path(sys.argv[1])) as store:
    for _ in range(int(sys.argv[2])):
        at = datetime.now(UTC)
        ticket = str(uuid7(int(at.timestamp() * 1000), secrets.token_bytes(10)))
        store.tickets.add_intent(Intent(ticket, "chung-thuc", Stamp(at, True, "boot", 1)))
        store.tickets.issue_locally(ticket, prefix="A", kiosk=None, job=NewJob("ticket"))
"""


def test_opening_a_store_never_drops_the_locks_of_another_connection(tmp_path: Path) -> None:
    """SQLite's locks belong to the process: opening and closing the file beside it drops them all.

    Then another process believes to be the last one, and removes the write-ahead log under our feet.
    """
    path = tmp_path / "kiosk.sqlite3"
    with Store.open(path) as store:
        store.settings.set("held", "yes")
        Store.open(path).close()
        subprocess.run([sys.executable, "-c", READ_AND_GO, str(path)], check=True, timeout=30)
        assert path.with_name("kiosk.sqlite3-wal").exists()
        store.settings.set("held", "still")
    with Store.open(path) as store:
        assert store.settings.get("held") == "still"


def test_processes_side_by_side_never_share_a_number(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.sqlite3"
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", WORK, str(path), str(EACH)], cwd=ROOT, stderr=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    for process in processes:
        _, complaints = process.communicate(timeout=60)
        assert process.returncode == 0, complaints
    connection = sqlite3.connect(path)
    try:
        numbers = [row[0] for row in connection.execute("SELECT number FROM tickets")]
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    finally:
        connection.close()
    assert sorted(numbers) == [f"A{ordinal:03d}" for ordinal in range(1, 3 * EACH + 1)]
