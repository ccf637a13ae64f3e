"""Central in this process, on a clock that is moved by hand, for kiosks that are played by clicks."""

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from central.app import CentralConfig, create_app
from central.auth import token_hash
from central.server import Server
from central.store.database import Database
from central.usecases.caller import caller_of, milliseconds
from central.usecases.enrolment import offer_code
from central.usecases.help import acknowledge_help
from central.usecases.offices import put_office
from config.load import load_office, load_settings
from kiosk.backroom import Backroom, Place
from kiosk.storage.store import Store
from kiosk.sync.enrol import enrol
from tests.support.window_visits import Home, Time


@dataclass
class Central:
    """A running central with one office and one kiosk.

    Attributes:
        token: Hash of the kiosk's token.
    """

    server: Server
    thread: threading.Thread
    database: Database
    office: str
    time: Time
    kiosk: int = 0
    token: str = ""

    @property
    def now(self) -> int:
        """Milliseconds since the epoch."""
        return milliseconds(self.time.now())

    def enrol(self, home: Home, kiosk: int = 1) -> None:
        """Enrol the kiosk of ``home`` under this number."""
        settings = load_settings(home.path, None, {})
        code = self.database.write(lambda tx: offer_code(tx, self.office, kiosk, secrets.token_bytes, self.now))
        with Backroom(Place(home.path), settings, Store.open(home.database), self.time.clocks()) as room:
            enrolment = enrol(home.path, room.store, self.server.url, code, room.clock)
        self.kiosk, self.token = kiosk, token_hash(enrolment.token)

    def is_called(self) -> bool:
        """Whether a call of the kiosk for help is open."""
        return self.database.read(lambda tx: tx.helps.open(self.office, self.kiosk)) is not None

    def staff_are_coming(self) -> None:
        """A console acknowledges the kiosk's call."""
        found = self.database.read(lambda tx: tx.helps.open(self.office, self.kiosk))
        assert found is not None
        self.database.write(lambda tx: acknowledge_help(tx, caller_of(tx, self.token, self.now), found.id))

    def stop(self) -> None:
        """As when its cable is pulled."""
        self.server.stop()
        self.thread.join(20)
        assert not self.thread.is_alive()


@contextmanager
def running_central(folder: Path, office: Path, time: Time) -> Iterator[Central]:
    """Central with the office of a site.toml, for the length of a block."""
    url = f"sqlite:///{folder}/central.sqlite"
    catalogue = load_office(office)
    with Database.open(url) as database:
        database.write(lambda tx: put_office(tx, catalogue, milliseconds(time.now())))
        server = Server(create_app(CentralConfig(url, time.now)), port=0)
        thread = threading.Thread(target=server.run)
        thread.start()
        assert server.wait_ready(20)
        central = Central(server, thread, database, catalogue.office, time)
        try:
            yield central
        finally:
            central.stop()
