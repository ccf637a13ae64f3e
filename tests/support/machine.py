"""A whole kiosk without screen and devices: its disk, its boot, its wrong clock, and the program that runs on it."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol

from kiosk.desk.issuing import Issuing, Numbering, Wish
from kiosk.storage.process import ProcessId
from kiosk.storage.rebuild import Rebuilt, open_or_rebuild
from kiosk.storage.rows import StoredTicket
from kiosk.sync.client import CentralClient
from kiosk.sync.clock import CentralClock, Clocks, read_kept
from kiosk.sync.conversation import Conversation
from kiosk.sync.enrol import Enrolment, enrol, load_enrolment
from kiosk.sync.numbers import NumberAsker
from kiosk.sync.settings import kept_catalogue
from models.messages import TicketAnswer, TicketRequest
from models.service import Catalogue
from tests.support.stage import LONG, ZONE, Time

OFFICE_KEY = b"k" * 32


class Asker(Protocol):
    """How a kiosk asks for numbers; the product's is `kiosk.sync.numbers.NumberAsker`."""

    def ask(self, request: TicketRequest) -> TicketAnswer | None:
        """Central's number, or None."""

    def probed(self, seconds: float) -> None:
        """Central answered the sync thread."""

    def close(self) -> None:
        """Be done."""


Wire = Callable[[str, str], CentralClient]
"""Makes a connection to an address with a token."""


class ThreadedAsker:
    """The product's asker, ended so that no thread or socket outlives a test."""

    def __init__(self, make_client: Callable[[], CentralClient], budget: float) -> None:
        self.failures = 0
        self._asker = NumberAsker(make_client, self._failed, budget)
        self.ask = self._asker.ask
        self.probed = self._asker.probed

    @property
    def asks(self) -> bool:
        """Whether the next question goes to central."""
        return self._asker.asks

    def idle(self) -> None:
        """Wait until the last question has come to an end."""
        assert self._asker._idle.wait(LONG)

    def close(self) -> None:
        """End the thread."""
        self._asker.close()
        self._asker._thread.join(LONG)
        assert not self._asker._thread.is_alive()

    def _failed(self) -> None:
        self.failures += 1


class Machine:
    """One kiosk: its disk, its boot, its wrong clock, and the program that runs on it.

    Args:
        home: Its disk.
        skew: How wrong the system clock is.
        wire: Connects to central.
        make_asker: How it asks for numbers.
    """

    def __init__(
        self,
        clock: Time,
        home: Path,
        office: Catalogue,
        *,
        skew: timedelta = timedelta(),
        wire: Wire = CentralClient,
        make_asker: Callable[[Callable[[], CentralClient]], Asker] = lambda make: ThreadedAsker(make, LONG),
    ) -> None:
        self.time = clock
        self.home = home
        self.skew = skew
        self._office = office
        self._wire = wire
        self._make_asker = make_asker
        self._running = False
        self.boot()

    # -- power and program --------------------------------------------------------------------------------------------

    def boot(self) -> None:
        """Power on: a new boot, its clock at zero."""
        self.booted = self.time.at
        self.boot_id = f"boot-{self.time.unique()}"
        self.start()

    def reboot(self, *, off: timedelta = timedelta(), skew: timedelta | None = None) -> None:
        """Power off and on again."""
        self.stop()
        self.time.at += off
        self.skew = self.skew if skew is None else skew
        self.boot()

    def start(self) -> None:
        """The program starts."""
        owner = ProcessId(self.boot_id, 1, self.time.unique())
        self.rebuilt: Rebuilt | None
        self.store, self.rebuilt = open_or_rebuild(self.home / "kiosk.sqlite3", self.time.at, owner)
        booted, boot_id = self.booted, self.boot_id
        clocks = Clocks(
            lambda: (self.time.at - booted).total_seconds(),
            lambda: self.time.at.timestamp() + self.skew.total_seconds(),
            boot_id,
        )
        self.clock = CentralClock(clocks, ZONE, read_kept(self.store.settings))
        self.store.tickets.cancel_leftover_intents()
        self._running = True
        self._connect()

    def stop(self) -> None:
        """The program ends; politely or not, nothing of it is left."""
        if self._running:
            self._running = False
            self._disconnect()
            self.store.close()

    def lose_database(self) -> None:
        """The disk loses the database and what belongs to it, the journal stays."""
        for part in self.home.glob("kiosk.sqlite3*"):
            if not part.name.endswith(".in-use"):
                part.unlink()

    # -- what people and technicians do -------------------------------------------------------------------------------

    @property
    def enrolment(self) -> Enrolment | None:
        """Who this kiosk is."""
        return load_enrolment(self.home)

    @property
    def number(self) -> int:
        """Its number."""
        assert self.enrolment is not None
        return self.enrolment.kiosk

    def enrol(self, url: str, code: str) -> None:
        """Trade a code for a token."""
        self._disconnect()
        enrol(self.home, self.store, url, code, self.clock, lambda url: self._wire(url, ""))
        self._connect()

    def take(self, service: str = "chung-thuc", *, tick: float = 1.0, **wish: Any) -> StoredTicket:
        """Somebody takes a number, ``tick`` seconds from now."""
        self.time.forward(seconds=tick)
        return self.issuing.take(Wish(service, **wish))

    def take_many(self, count: int, service: str = "chung-thuc") -> list[str]:
        """Numbers as they are on paper."""
        return [str(self.take(service).number) for _ in range(count)]

    def speak(self) -> None:
        """The sync thread says what is due; whether central heard it is in ``self.conversation.state``."""
        self.conversation.step(probe=True)

    @property
    def waiting(self) -> int:
        """Rows of the outbox that wait."""
        return self.store.outbox.counts().waiting

    def kept(self, ticket_id: str) -> StoredTicket:
        """A ticket as this kiosk has it."""
        found = self.store.tickets.get(ticket_id)
        assert found is not None
        return found

    # -----------------------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        found = self.enrolment
        self.asker = None if found is None else self._make_asker(lambda: self._wire(found.url, found.token))
        self.conversation = Conversation(
            self.home,
            self.store,
            lambda enrolment: self._wire(enrolment.url, enrolment.token),
            self.clock,
            lambda _least, _most: 0.0,
            probed=self.asker.probed if self.asker else lambda _seconds: None,
        )
        self.issuing = Issuing(
            self.store,
            self.clock,
            self.asker.ask if self.asker else None,
            lambda: kept_catalogue(self.store) or self._office,
            OFFICE_KEY,
            Numbering(found.kiosk if found else None),
            self.time.random,
        )

    def _disconnect(self) -> None:
        self.conversation.close()
        if self.asker is not None:
            self.asker.close()


Kiosks = Callable[..., Machine]
"""Makes a machine; the fixture ``kiosk``."""
