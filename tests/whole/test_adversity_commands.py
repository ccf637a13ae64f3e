"""Commands in a hostile world: always an exit code that says whose fault it is, one JSON object, never a traceback."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kiosk.cli import main
from kiosk.commands.trial import COMMAND, write_home
from kiosk.storage.lock import FileLock

ISSUE = ("ticket", "issue", "--service", "chung-thuc", "--anonymous")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    write_home(tmp_path / "kiosk", "ward", {})
    return tmp_path / "kiosk"


@pytest.fixture
def printing_home(tmp_path: Path) -> Path:
    options = {"folder": str(tmp_path / "paper"), "page_seconds": 0.2}
    write_home(tmp_path / "kiosk", "ward", {"printer": {"driver": "simulated", "options": options}})
    return tmp_path / "kiosk"


def run(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, Any]:
    """Exit code and the one JSON object: on stdout when all went well, else on stderr."""
    with pytest.raises(SystemExit) as ended:
        main([*map(str, words), "--json"])
    told = capsys.readouterr()
    code = ended.value.code
    assert isinstance(code, int)
    assert "Traceback" not in told.err
    if code == 0:
        return code, json.loads(told.out)
    assert told.out == ""
    return code, json.loads(told.err.splitlines()[-1])


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("ticket", "issue", "--service", "nope", "--anonymous"), 3, "nope"),
        (("ticket", "issue", "--anonymous"), 2, "--service"),
        (("ticket", "issue", "--service", "chung-thuc"), 2, "exactly one"),
        (("ticket", "reprint", "A999"), 2, "no such ticket"),
        (("ticket", "spare", "--count", "3"), 4, "no printer is configured"),
        (("device", "test", "printer"), 2, "configured: none"),
        (("sync", "flush"), 4, "not enrolled"),
        (("sync", "enrol", "--central", "http://127.0.0.1:1", "--code", "x"), 4, "cannot be reached"),
        (("sync", "enrol", "--central", "http://a\u2028b.example", "--code", "x"), 2, "cannot be read"),
        (("sync", "enrol", "--central", "http://" + "a" * 300 + ".example", "--code", "x"), 2, "cannot be read"),
    ],
)
def test_the_exit_code_says_whose_fault_it_is(
    capsys: pytest.CaptureFixture[str], home: Path, words: tuple[str, ...], code: int, says: str
) -> None:
    ended, told = run(capsys, *words, "--home", home)
    assert ended == code
    assert says in told["detail"]


def test_without_a_printer_nothing_is_begun(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    _, issued = run(capsys, *ISSUE, "--home", home)
    assert issued["print"] == "skipped"
    assert run(capsys, "ticket", "reprint", issued["number"], "--home", home)[0] == 4
    _, shown = run(capsys, "ticket", "show", issued["number"], "--home", home)
    assert shown["print"] == "skipped"
    assert shown["papers"] == []


def test_a_configuration_that_cannot_be_read_is_a_finding(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    device = home / "config" / "device.toml"
    device.unlink()
    os.mkfifo(device)  # nobody ever writes into it
    code, told = run(capsys, *ISSUE, "--home", home)
    assert code == 2
    assert told["problems"] == [f"{device}: is no file"]


def test_a_disk_that_fails_is_the_technicians_to_mend(
    capsys: pytest.CaptureFixture[str], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", "/somewhere")

    monkeypatch.setattr("kiosk.commands.ticket.Backroom.open", refuse)
    assert run(capsys, *ISSUE, "--home", home) == (
        4,
        {"error": "TechnicianError", "detail": "/somewhere: Permission denied"},
    )


def test_a_broken_database_is_rebuilt_by_whoever_comes_first(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    assert run(capsys, *ISSUE, "--home", home)[1]["number"] == "A001"
    (home / "kiosk.sqlite3").write_bytes(b"")
    assert run(capsys, *ISSUE, "--home", home)[1]["number"] == "A002"
    _, listed = run(capsys, "ticket", "list", "--home", home)
    assert [row["number"] for row in listed] == ["A002", "A001"]


@pytest.mark.parametrize(
    "payload",
    [b"A" * 10_000_000, b"\xff\xfe" * 5_000_000, b"%s%n{0.__class__}|\x1b[31m", b"'; DROP TABLE tickets;--", b""],
    ids=["long", "binary", "format", "sql", "empty"],
)
def test_hostile_payloads_are_refused(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, payload: bytes
) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(payload)))
    with pytest.raises(SystemExit) as ended:
        main(["identity", "read", "--payload", "-"])
    told = capsys.readouterr()
    assert (ended.value.code, told.out) == (2, "")
    assert len(told.err) < 300


def test_the_printer_of_a_running_kiosk_is_not_taken(capsys: pytest.CaptureFixture[str], printing_home: Path) -> None:
    with FileLock(printing_home / "printing.lock"):
        code, told = run(capsys, "device", "test", "printer", "--home", printing_home)
    assert code == 4
    assert "running kiosk" in told["detail"]


def test_numbers_taken_at_once_are_all_printed(printing_home: Path, tmp_path: Path) -> None:
    """No kiosk runs: whoever gets the printer's lock prints, and the others do not wait in vain."""
    command = [*COMMAND, *ISSUE, "--home", str(printing_home), "--json"]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    told = [json.loads(process.communicate(timeout=60)[0]) for process in running]
    assert sorted(one["number"] for one in told) == ["A001", "A002", "A003"]
    assert {one["print"] for one in told} == {"printed"}
    assert len(list((tmp_path / "paper").glob("page-*.png"))) == 3
