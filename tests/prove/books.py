"""What kiosk, central and printer say of the same numbers, and whether they agree."""

import json
import re
import sqlite3
import subprocess
from dataclasses import dataclass
from pathlib import Path

import httpx
import numpy as np
import zxingcpp

from kiosk.commands.trial import COMMAND
from kiosk.storage.store import Store
from kiosk.sync.enrol import load_enrolment
from tests.support.emulators import PaperPage


@dataclass(frozen=True, slots=True)
class Line:
    """One ticket in somebody's book."""

    ticket_id: str
    number: str
    issued_at: str = ""


def kiosk_book(home: Path) -> list[Line]:
    """The numbers that this kiosk gave, in order of issue."""
    with Store.open(home / "kiosk.sqlite3") as store:
        rows = store.tickets.list(limit=1_000_000)
    return [Line(r.ticket_id, str(r.number), r.issued_at.isoformat()) for r in reversed(rows) if r.state == "issued"]


def journal_book(home: Path) -> dict[str, str]:
    """Number by ticket id, from the journal."""
    with Store.open(home / "kiosk.sqlite3") as store:
        return {e.ticket_id: e.number for e in store.journal.entries() if e.kind == "issued"}


def central_book(database: Path) -> list[Line]:
    """The tickets that central counts as waiting, in the order of their places. Read beside the running server."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        rows = connection.execute(
            "SELECT ticket_id, number, place_at FROM tickets WHERE state = 'waiting' "
            "ORDER BY place_at, issued_at, ticket_id"
        ).fetchall()
    finally:
        connection.close()
    return [Line(ticket_id, number, str(place)) for ticket_id, number, place in rows]


def parked(url: str, home: Path) -> int:
    """How many papers central could not file."""
    enrolment = load_enrolment(home)
    assert enrolment is not None
    answer = httpx.get(
        f"{url}/api/v1/papers/parked", headers={"Authorization": f"Bearer {enrolment.token}"}, trust_env=False
    )
    answer.raise_for_status()
    return len(answer.json()["papers"])


def number_on(page: PaperPage) -> str | None:
    """The number that a ticket's QR carries; None for a page without one (number only, or torn)."""
    picture = np.asarray(page.image().convert("L"))
    framed = np.pad(picture, 40, constant_values=255)
    found = zxingcpp.read_barcodes(framed, formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]))
    for code in found:
        match = re.search(r"#([A-Z0-9-]+)$", code.text)
        if match:
            return match[1]
    return None


def status(home: Path) -> dict[str, object]:
    """``kiosk sync status``."""
    return command(home, "sync", "status")


def flush(home: Path) -> dict[str, object]:
    """``kiosk sync flush``."""
    return command(home, "sync", "flush")


def command(home: Path, *words: str) -> dict[str, object]:
    """A command of the kiosk, as JSON."""
    told = subprocess.run(
        [*COMMAND, *words, "--home", str(home), "--json"], capture_output=True, text=True, check=False, timeout=60
    )
    if told.returncode:
        raise AssertionError(f"kiosk {' '.join(words)} ended with {told.returncode}: {told.stderr.strip()}")
    facts = json.loads(told.stdout)
    assert isinstance(facts, dict)
    return facts
