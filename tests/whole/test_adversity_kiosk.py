"""A kiosk without its window among broken files, strangers and floods: it goes on, and no number is given twice."""

import itertools
import json
import os
import re
import socket
import socketserver
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Self

import pytest

from config.load import load_settings
from kiosk.assemble import Appliance
from kiosk.commands.appliance import run_appliance
from kiosk.commands.trial import CentralProcess, free_port, running_central, write_home
from kiosk.desk.effects import Performer
from kiosk.flow.effects import Effect, Issue
from kiosk.flow.events import Action
from kiosk.flow.views import ChooseBody, OutOfServiceBody, TicketBody, View, WelcomeBody, WhoBody
from kiosk.storage.lock import FileLock
from kiosk.sync.enrol import FILE
from kiosk.sync.secret_files import FOLDER, write_secret
from models.errors import TechnicianError
from tests.prove.books import kiosk_book, status
from tests.prove.papers import Screenless

ROOT = Path(__file__).resolve().parents[2]
CARD = "099078000018||Nguyễn Văn An|15021990|Nam|Phường Hoa Sen, Hà Nội|10052021"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    devices = {
        "printer": {"driver": "simulated", "options": {"folder": str(tmp_path / "paper"), "page_seconds": 0.01}},
        "scanners": [{"driver": "simulated", "options": {"path": str(tmp_path / "reader")}}],
    }
    write_home(tmp_path / "kiosk", "ward", devices)
    return tmp_path / "kiosk"


class Watch:
    """A clock that can be put forward."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        return time.monotonic() + self.ahead


class Kiosk(Screenless):
    """One whose time limits end when told to."""

    def __init__(self, home: Path) -> None:
        super().__init__(home)
        self._time = Watch()
        self.appliance = Appliance(home, load_settings(home), self._publish, monotonic=self._time)

    def __enter__(self) -> Self:
        super().__enter__()
        return self

    def later(self, seconds: float) -> bool:
        """Let time pass; false, to stand before an ``or``."""
        self._time.ahead += seconds
        self.appliance.kick()
        return False

    def choose(self) -> None:
        """Up to the question who somebody is."""
        self.wait(lambda view: isinstance(view.body, WelcomeBody))
        self.wait(lambda _: self.appliance.printer_ready == "ready")
        self.press(Action.START)
        self.wait(lambda view: isinstance(view.body, ChooseBody))
        self.press(Action.CHOOSE_SERVICE, "chung-thuc")
        self.wait(lambda view: isinstance(view.body, WhoBody))

    def number(self) -> str:
        """A number without a card."""
        self.choose()
        self.press(Action.WAY_NONE)
        view = self.wait(lambda view: isinstance(view.body, TicketBody))
        assert isinstance(view.body, TicketBody)
        self.press(Action.DONE)
        return view.body.ticket.number


def code_of(view: View) -> str:
    """What would be said on the phone."""
    return view.body.code if isinstance(view.body, OutOfServiceBody) else ""


def test_a_database_that_breaks_under_a_running_kiosk_is_rebuilt(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.assemble.RETRY_SECONDS", 0.2)
    with Kiosk(home) as kiosk:
        assert kiosk.number() == "A001"
        kiosk.wait(lambda view: isinstance(view.body, WelcomeBody))
        for name in ("kiosk.sqlite3", "kiosk.sqlite3-wal"):
            with (home / name).open("r+b") as file:
                file.write(b"coffee" * 4000)
        kiosk.later(10)
        kiosk.wait(lambda view: code_of(view) == "D1")
        assert kiosk.number() == "A002"
    assert [line.number for line in kiosk_book(home)] == ["A001", "A002"]
    assert len(list(home.glob("kiosk.sqlite3.broken-*"))) >= 1


def test_a_bug_in_one_effect_shows_a_code_and_the_next_person_is_served(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Performer.perform
    broken = [KeyError(CARD)]

    def perform(self: Performer, effect: Effect) -> None:
        if isinstance(effect, Issue) and broken:
            raise broken.pop()
        whole(self, effect)

    monkeypatch.setattr(Performer, "perform", perform)
    with Kiosk(home) as kiosk:
        kiosk.choose()
        kiosk.press(Action.WAY_NONE)
        kiosk.wait(lambda view: code_of(view) == "K1")
        kiosk.wait(lambda view: kiosk.later(1) or isinstance(view.body, WelcomeBody))
        assert kiosk.number() == "A001"


def test_after_a_flood_at_the_reader_the_next_card_counts(home: Path) -> None:
    with Kiosk(home) as kiosk:
        kiosk.wait(lambda view: isinstance(view.body, WelcomeBody))
        reader = home.parent / "reader"
        kiosk.wait(lambda _: reader.exists())
        with reader.open("wb") as pipe:
            pipe.write(b"A" * 3_000_000 + b"\n")
            pipe.write(os.urandom(500_000) + b"\n")
            pipe.write(CARD.encode() + b"\r")
        kiosk.wait(lambda view: isinstance(view.body, ChooseBody))


ANSWERS = {
    "html": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>",
    "404": b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
    "redirect": b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
    "huge": b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n" + b"[" * 6_000_000,
    "noise": bytes(range(256)) * 40,
    "half a head": b"HTTP/1.1 200 OK\r\nX-",
}


@pytest.fixture
def stranger() -> Iterator[Callable[[int, str], None]]:
    """Somebody else at central's address."""
    ends: list[Callable[[], object]] = []
    over = threading.Event()

    def serve(port: int, answer: str) -> None:
        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                connection: socket.socket = self.request
                try:
                    connection.recv(65536)
                    connection.sendall(ANSWERS[answer])
                except OSError:
                    return
                if answer == "half a head":
                    over.wait(20)

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            daemon_threads = True

        server = Server(("127.0.0.1", port), Handler)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        ends.extend((server.shutdown, thread.join, server.server_close))

    yield serve
    over.set()
    for end in ends:
        end()


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_stranger_at_centrals_address_keeps_nobody_waiting(
    home: Path, stranger: Callable[[int, str], None], answer: str
) -> None:
    port = free_port()
    enrolled(home, f"http://127.0.0.1:{port}")
    stranger(port, answer)
    with Kiosk(home) as kiosk:
        kiosk.choose()
        kiosk.press(Action.WAY_NONE)
        view = kiosk.wait(lambda view: isinstance(view.body, TicketBody))
        assert isinstance(view.body, TicketBody)
        assert view.body.ticket.number == "A2-501"  # central was never heard: its own series, from 501


def enrolled(home: Path, url: str) -> None:
    """As after an enrolment, without a central."""
    kept = {"url": url, "token": "TOKEN", "kiosk": 2, "office": "phuong-hoa-sen"}
    write_secret(home / FOLDER / FILE, json.dumps(kept).encode())


def test_a_new_enrolment_is_taken_over_by_the_running_kiosk(home: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    office = write_home(other, "ward", {})
    with running_central(tmp_path / "central", office, free_port()) as central:
        central.enrol(home, 2)
        with Kiosk(home) as kiosk:
            online(kiosk)
            assert kiosk.number() == "A001"
            central.enrol(other, 2)  # another machine takes the place of this one
            assert kiosk.number().startswith("A2-")
            assert "enrol it again" in str(status(home)["answer"])
            central.enrol(home, 3)
            online(kiosk)
            assert re.fullmatch(r"A00[2-9]", kiosk.number())
            stop(central)
            assert kiosk.number().startswith("A3-")


def online(kiosk: Kiosk) -> None:
    """Wait until nothing is said of a missing connection; have the desk look around meanwhile."""

    looks_taken = itertools.count()

    def looks(view: View) -> bool:
        if next(looks_taken) % 20 == 0:
            kiosk.appliance.kick()
        return isinstance(view.body, WelcomeBody) and view.frame.line is None

    kiosk.wait(looks, 30)


def stop(central: CentralProcess) -> None:
    """As a power cut does."""
    central.stop(kill=True)


def test_a_second_kiosk_with_the_same_home_says_so(home: Path) -> None:
    with FileLock(home / "running.lock"), pytest.raises(TechnicianError, match="another kiosk runs"):
        run_appliance(home, load_settings(home))


def test_a_card_leaves_no_trace_on_the_disk_or_in_the_log(home: Path) -> None:
    played = subprocess.run(
        [sys.executable, "-m", "tests.support.visitor", str(home), "--visits", "2", "--script", "with_card"],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert played.stdout.count(b"number") == 2
    kept = b"".join(p.read_bytes() for p in home.rglob("*") if p.is_file() and "config" not in p.parts)
    for personal in (b"0990900", "Nguyễn".encode(), b"Nguy", b"15021990", b"1990-02-15"):
        assert personal not in kept
        assert personal not in played.stderr
