"""Data outlives code: the database of every schema that was released opens for ever, and loses nothing."""

import shutil
from pathlib import Path

import pytest

from kiosk.storage.schema import MIGRATIONS
from kiosk.storage.store import Store
from tests.support.stamps import MONDAY, TUESDAY, Issuer, stamp

SNAPSHOTS = Path(__file__).parent / "snapshots"


def test_every_schema_has_its_snapshot() -> None:
    assert [path.stem for path in sorted(SNAPSHOTS.glob("*.sqlite3"))] == sorted(MIGRATIONS)


@pytest.mark.parametrize("name", MIGRATIONS)
def test_a_snapshot_still_opens_and_goes_on(name: str, path: Path) -> None:
    path.parent.mkdir()
    shutil.copyfile(SNAPSHOTS / f"{name}.sqlite3", path)
    with Store.open(path) as store:
        assert [t.number for t in store.tickets.list()] == [None, "B2-004", "A2-001", "A001"]
        counts = store.outbox.counts()
        assert (counts.waiting, counts.parked) == (3, 1)
        (parked,) = store.outbox.parked()
        assert parked.parked == "409 Conflict: another paper carries this number"
        assert store.settings.get_json("clock") == {"boot_id": "b", "offset": 1.0, "certain": 2.0, "certain_boot": 3.0}
        assert len(store.tickets.cancel_leftover_intents()) == 1
        assert [job.state for job in store.print_jobs.recover(MONDAY)] == ["unconfirmed"]
        assert str(store.counters.reserve_spares(prefix="A", kiosk=2, stamp=stamp(), count=1)[0]) == "A2-5011"
        issuer = Issuer(store, "new")
        assert issuer.numbers(1) == ["A2-002"]
        assert issuer.numbers(1, TUESDAY) == ["A2-001"]
