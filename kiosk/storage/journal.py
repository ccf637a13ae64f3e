"""The journal: an append-only file beside the database, synced before the paper (promise 2).

One JSON object a line, a new file each month. A line holds what a ticket needs to be told to central again and what a
series needs to go on; no names, no references to people, no identifiers. Lines are written under the database's write
lock, so that two processes never write at once, and just before the transaction commits: a number that could be on
paper is always in the journal. A line whose transaction then failed is voided at the next start
(`kiosk.storage.rebuild`). Intents are written, too: central may have given one a number, and must be told when nothing
came of it.
"""

import dataclasses
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from models.errors import StorageTrouble, UnreadableInput
from models.messages import from_wire
from models.numbering import parse_number

EntryKind = Literal["intent", "issued", "void", "spare", "heard"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line.

    Attributes:
        kind: ``intent`` somebody wants a number; ``issued`` a number was given; ``void`` that one was not, after all;
            ``spare`` a reserve pad; ``heard`` central knows of this number of the series.
        own: The number is the kiosk's own, and central had to be told.
        number: The ticket's number, or the pad's first.
        last: The pad's last ordinal.
    """

    kind: EntryKind
    at: str
    day: str
    ticket_id: str = ""
    number: str = ""
    service: str = ""
    own: bool = False
    clock: Literal["sure", "unsure"] = "sure"
    boot_id: str = ""
    boot_ms: int = 0
    method: str = "none"
    priority: str | None = None
    priority_proven: bool = False
    procedure: str | None = None
    follow_code: str | None = field(default=None, repr=False)
    on_behalf: bool = False
    not_before: str | None = None
    language: str = "vi"
    last: int | None = None


class Journal:
    """The files ``YYYY-MM.jsonl`` of one folder.

    Args:
        folder: Made at the first append.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def append(self, entry: Entry) -> None:
        """Write one line and sync it.

        Raises:
            StorageTrouble: It could not be written whole; nothing of it is left.
        """
        values = {k: v for k, v in dataclasses.asdict(entry).items() if v not in (None, "", False) or k == "kind"}
        line = json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        try:
            self._write(self._folder / self._name(entry.day[:7]), line)
        except OSError as error:
            raise StorageTrouble(f"the journal cannot be written: {error.strerror}") from error

    def entries(self) -> Iterator[Entry]:
        """All readable lines, oldest file first. A torn or damaged line is skipped: the others still count."""
        for path in self.files():
            for line in path.read_bytes().splitlines():
                entry = _read(line)
                if entry is not None:
                    yield entry

    def tail(self, count: int) -> tuple[Entry, ...]:
        """The last readable lines, newest first."""
        found: list[Entry] = []
        for path in reversed(self.files()):
            for line in reversed(path.read_bytes().splitlines()):
                entry = _read(line)
                if entry is not None:
                    found.append(entry)
                if len(found) == count:
                    return tuple(found)
        return tuple(found)

    def files(self) -> list[Path]:
        """The files, oldest first."""
        return sorted(self._folder.glob("[0-9][0-9][0-9][0-9]-[0-9][0-9].jsonl"))

    def _name(self, month: str) -> str:
        """The file of ``month``, or the newest one: an unsure clock that fell back must not disorder the lines."""
        files = self.files()
        return max(f"{month}.jsonl", files[-1].name if files else "")

    def _write(self, path: Path, line: bytes) -> None:
        made = not path.exists()
        if made:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        fd = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            end = os.fstat(fd).st_size
            if end and os.pread(fd, 1, end - 1) != b"\n":
                line = b"\n" + line  # a power cut tore the line before: it must not swallow this one
            if os.write(fd, line) != len(line):
                os.ftruncate(fd, end)
                raise StorageTrouble("the journal cannot be written: the disk is full")
            os.fsync(fd)
        finally:
            os.close(fd)
        if made:
            _sync_folder(self._folder)
            _sync_folder(self._folder.parent)


def _read(line: bytes) -> Entry | None:
    try:
        entry = from_wire(Entry, json.loads(line))
        date.fromisoformat(entry.day)
        datetime.fromisoformat(entry.at)
        if entry.kind in ("issued", "spare", "heard"):
            parse_number(entry.number)
    except (ValueError, RecursionError, UnreadableInput):
        return None
    return entry


def _sync_folder(folder: Path) -> None:
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
