import json
from pathlib import Path

import pytest

from kiosk.cli import main
from kiosk.commands.trial import free_port, running_central, write_home
from kiosk.storage.store import Store


def test_a_parked_row_is_told_once_its_cause_was_mended(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home, port = tmp_path / "kiosk", free_port()
    office = write_home(home, "ward", {}, follow_base=None)
    with running_central(tmp_path / "central", office, port) as central:
        central.enrol(home, 1)
        central.stop()
        with pytest.raises(SystemExit):
            main(["ticket", "issue", "--service", "chung-thuc", "--anonymous", "--home", str(home), "--json"])
        ticket = json.loads(capsys.readouterr().out)
        with Store.open(home / "kiosk.sqlite3") as store:
            (row,) = store.outbox.next_batch(1)
            store.outbox.park(row, "central could not read it")
        central.start()
        told = [_flush(home, capsys), _flush(home, capsys, "--parked")]
    assert [(one["told"], one["outbox"]) for one in told] == [(0, 0), (1, 0)]
    with Store.open(home / "kiosk.sqlite3") as store:
        kept = store.tickets.get(ticket["ticket_id"])
    assert kept is not None
    assert kept.sync == "confirmed"


def _flush(home: Path, capsys: pytest.CaptureFixture[str], *more: str) -> dict[str, int]:
    with pytest.raises(SystemExit) as end:
        main(["sync", "flush", "--home", str(home), "--json", *more])
    assert end.value.code == 0
    facts = json.loads(capsys.readouterr().out)
    assert isinstance(facts, dict)
    return facts
