"""How much central carries: ``python -m bench.central`` writes ``build/bench/central.json``.

A real server process on SQLite (``synchronous=FULL``), spoken to over HTTP: eight clients that ask for numbers at
once, a batch of a hundred papers, a backlog of ten thousand papers, and the memory at rest.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

import httpx

from bench.report import Figure, Report, table, write
from central.app import utc_now
from central.store.database import Database
from central.usecases.caller import milliseconds
from central.usecases.enrolment import offer_code
from central.usecases.offices import put_office
from config.load import example_path, load_office
from models.identifiers import uuid7
from models.service import Catalogue, Hours, Session

CLIENTS = 8
TICKETS_EACH = 250
BACKLOG = 10_000
BATCH = 100


def measure() -> Report:
    """All figures."""
    with tempfile.TemporaryDirectory() as home:
        url = f"sqlite:///{home}/central.sqlite"
        with Database.open(url) as database:
            now = milliseconds(utc_now())
            office = _always_open(load_office(example_path("ward")))
            database.write(lambda tx: put_office(tx, office, now))
            codes = [_code(database, office.office, kiosk, now) for kiosk in range(1, CLIENTS + 1)]
        found = _measure(url, codes)
    figures = (
        Figure("central: tickets a second, eight kiosks at once", found["tickets_per_second"], ""),
        Figure("central: a number, eight kiosks at once, p99", found["ticket_ms"]["p99"], "ms"),
        Figure(f"central: backlog of {BACKLOG} papers taken", found["backlog_seconds"], "s", 10),
        Figure("central: memory before any request, RSS", found["rss_at_rest_mb"], "MB", 100),
    )
    return Report(figures, found)


def main() -> None:
    """Measure and write."""
    report = measure()
    write(Path("build/bench"), "central", report)
    sys.stdout.write(table(report.figures) + "\n")


def _code(database: Database, office: str, kiosk: int, now: int) -> str:
    return database.write(lambda tx: offer_code(tx, office, kiosk, os.urandom, now))


def _always_open(office: Catalogue) -> Catalogue:
    begin, end = time.min, time(23, 59)
    hours = Hours(((Session(begin, end, begin, end),),) * 7)
    return replace(office, hours=hours, services=tuple(replace(s, hours=None, quota=None) for s in office.services))


def _measure(url: str, codes: list[str]) -> dict[str, Any]:
    command = [sys.executable, "-c", "from central.cli import central; central()", "serve", "--json"]
    command += ["--database", url, "--listen", "127.0.0.1:0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603 - our own program
        try:
            said = server.stdout.readline() if server.stdout is not None else ""
            address = json.loads(said)["listening"]
            clients = [_enrolled(address, code) for code in codes]
            found: dict[str, Any] = {"rss_at_rest_mb": _rss_mb(server.pid)}
            found |= _ask_together(clients)
            found |= _tell_backlog(clients[0])
            found["rss_after_mb"] = _rss_mb(server.pid)
            for client in clients:
                client.close()
        finally:
            server.terminate()
    return found


def _enrolled(address: str, code: str) -> httpx.Client:
    client = httpx.Client(base_url=address, trust_env=False, timeout=60)
    token = client.post("/api/v1/kiosks/enrol", json={"code": code}).raise_for_status().json()["token"]
    client.headers["Authorization"] = f"Bearer {token}"
    return client


def _ask_together(clients: list[httpx.Client]) -> dict[str, object]:
    took: list[float] = []

    def ask(client: httpx.Client) -> None:
        for _ in range(TICKETS_EACH):
            began = perf_counter()
            client.post("/api/v1/tickets", json=_ticket(None)).raise_for_status()
            took.append((perf_counter() - began) * 1000)

    seconds = _in_threads(ask, clients)
    took.sort()
    return {
        "clients": len(clients),
        "tickets_per_second": round(len(took) / seconds),
        "ticket_ms": {"p50": round(statistics.median(took), 1), "p99": round(took[int(len(took) * 0.99)], 1)},
    }


def _tell_backlog(client: httpx.Client) -> dict[str, object]:
    took = []
    for start in range(0, BACKLOG, BATCH):
        tickets = [_ticket(f"A1-{n:03d}", ago=BACKLOG - n) for n in range(start + 1, start + BATCH + 1)]
        body = json.dumps({"tickets": tickets})
        began = perf_counter()
        answer = client.post("/api/v1/tickets/batch", content=body, headers={"Content-Type": "application/json"})
        took.append((perf_counter() - began) * 1000)
        if {result["status"] for result in answer.raise_for_status().json()["results"]} != {201}:
            raise RuntimeError("a paper was not taken in")
    took.sort()
    return {
        "batch_of_100_ms": {"p50": round(statistics.median(took), 1), "p99": round(took[-1], 1)},
        "backlog": BACKLOG,
        "backlog_seconds": round(sum(took) / 1000, 2),
    }


def _ticket(number: str | None, ago: int = 0) -> dict[str, object]:
    now = datetime.now(UTC)
    return {
        "ticket_id": str(uuid7(int(now.timestamp() * 1000), os.urandom(10))),
        "service": "chung-thuc",
        "issued_at": (now - timedelta(milliseconds=ago)).isoformat(),
        "number": number,
        "method": "card_qr",
    }


def _in_threads(job: Callable[[httpx.Client], None], clients: list[httpx.Client]) -> float:
    threads = [threading.Thread(target=job, args=(client,)) for client in clients]
    began = perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return perf_counter() - began


def _rss_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
    return round(int(kilobytes) / 1024, 1)


if __name__ == "__main__":
    main()
