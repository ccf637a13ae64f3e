import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.storage.journal import Entry, Journal
from kiosk.storage.store import Store
from models.errors import StorageTrouble
from tests.support.stamps import Issuer


def entry(number: str = "A001", day: str = "2026-03-02") -> Entry:
    return Entry("issued", f"{day}T08:00:00+07:00", day, ticket_id=number, number=number, service="ho-tich")


def test_lines_come_back_as_they_were_written(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal")
    written = [entry(), entry("A2-501"), Entry("void", "2026-03-02T08:00:00+07:00", "2026-03-02", ticket_id="x")]
    for one in written:
        journal.append(one)
    assert list(journal.entries()) == written
    assert journal.tail(2) == (written[2], written[1])


def test_the_files_are_private(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal")
    journal.append(entry())
    assert [oct(path.stat().st_mode & 0o777) for path in journal.files()] == ["0o600"]
    assert (tmp_path / "journal").stat().st_mode & 0o077 == 0


def test_a_torn_line_swallows_neither_the_next_nor_the_others(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal")
    journal.append(entry("A001"))
    journal.append(entry("A002"))
    (file,) = journal.files()
    file.write_bytes(file.read_bytes()[:-9])
    journal.append(entry("A003"))
    assert [e.number for e in journal.entries()] == ["A001", "A003"]


@given(st.binary(max_size=200))
def test_damage_of_any_kind_is_stepped_over(tmp_path_factory: pytest.TempPathFactory, damage: bytes) -> None:
    journal = Journal(tmp_path_factory.mktemp("damage") / "journal")
    journal.append(entry("A001"))
    (file,) = journal.files()
    with file.open("ab") as end:
        end.write(damage)
    journal.append(entry("A002"))
    assert [e.number for e in journal.entries()] == ["A001", "A002"]


@pytest.mark.parametrize(
    "line",
    [
        '{"kind":"issued"}',
        '{"kind":"issued","at":"2026-03-02T08:00:00+07:00","day":"2026-03-02","number":"A01"}',
        '{"kind":"issued","at":"yesterday","day":"2026-03-02","number":"A001"}',
        '{"kind":"stolen","at":"2026-03-02T08:00:00+07:00","day":"2026-03-02","number":"A001"}',
        "[" * 500,
        "null",
    ],
)
def test_a_line_that_says_nothing_sensible_is_stepped_over(tmp_path: Path, line: str) -> None:
    (tmp_path / "2026-03.jsonl").write_text(line + "\n")
    assert list(Journal(tmp_path).entries()) == []


def test_each_month_has_its_file_and_a_clock_that_falls_back_disorders_nothing(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal")
    for number, day in (("A001", "2026-03-31"), ("A002", "2026-04-01"), ("A003", "1970-01-01")):
        journal.append(entry(number, day))
    assert [path.name for path in journal.files()] == ["2026-03.jsonl", "2026-04.jsonl"]
    assert [e.number for e in journal.entries()] == ["A001", "A002", "A003"]


def test_a_disk_that_does_not_take_it_is_a_technicians_trouble(tmp_path: Path) -> None:
    (tmp_path / "journal").write_text("a file")
    with pytest.raises(StorageTrouble, match="journal"):
        Journal(tmp_path / "journal").append(entry())


def test_nobody_is_named(store: Store, issuer: Issuer) -> None:
    issuer.own(person_ref="SECRETREF", method="card_qr", priority="elderly")
    issuer.central("A001", person_ref="SECRETREF")
    text = "".join(path.read_text() for path in store.journal.files())
    assert "SECRETREF" not in text
    keys = {key for line in text.splitlines() for key in json.loads(line)}
    known = "kind at day ticket_id number service own clock boot_id method priority language"
    assert keys <= set(known.split())
