"""What commands and the running kiosk share: configuration, store, time, and who this kiosk is."""

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self
from zoneinfo import ZoneInfo

import structlog

from config.load import load_settings
from config.locale import LANGUAGES, load_words
from config.schema import Settings
from kiosk.desk.issuing import Issuing, Numbering, ticket_facts
from kiosk.desk.pages import Pages
from kiosk.flow.events import TicketFacts
from kiosk.printing.painter import SlipPainter
from kiosk.printing.widths import dots_of
from kiosk.storage.process import current_boot_id
from kiosk.storage.rebuild import open_or_rebuild
from kiosk.storage.rows import Stamp
from kiosk.storage.store import DATABASE_NAME, Store
from kiosk.sync.client import USUAL_TIMEOUTS, CentralClient, Timeouts
from kiosk.sync.clock import CentralClock, Clocks, machine_clocks, read_kept
from kiosk.sync.enrol import Enrolment, load_enrolment
from kiosk.sync.numbers import NumberAsker
from kiosk.sync.office_key import load_or_make
from kiosk.sync.settings import kept_catalogue
from models.errors import DeveloperError, StorageTrouble
from models.service import Catalogue

OFFER_REPRINT = timedelta(minutes=2)
"""So long after a crash the interrupted ticket is offered at the screen; then only to staff."""
NUMBER_TIMEOUTS = Timeouts(connect=1.0, read=2.0)
"""Of the connection that asks for numbers: an answer that nobody waits for any more must not keep it busy."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a kiosk keeps its things."""

    home: Path

    @property
    def database(self) -> Path:
        """The database file."""
        return self.home / DATABASE_NAME

    @property
    def printing_lock(self) -> Path:
        """Held by the process that drains print jobs."""
        return self.home / "printing.lock"


class Backroom:
    """What commands and the running kiosk share: configuration, store, time, who this kiosk is. One thread.

    Args:
        settings: The configuration.
        store: Open, and closed with the backroom.
        clocks: None for the machine's own.
    """

    def __init__(self, place: Place, settings: Settings, store: Store, clocks: Clocks | None = None) -> None:
        self.place = place
        self.settings = settings
        self.store = store
        self.enrolment: Enrolment | None = load_enrolment(place.home)
        self.clock = CentralClock(
            clocks or machine_clocks(current_boot_id()),
            ZoneInfo(settings.catalogue.timezone),
            read_kept(store.settings),
            trust_system=self.enrolment is None and settings.kiosk.numbering == "local",
        )
        self.office_key = load_or_make(place.home, secrets.token_bytes)

    @classmethod
    def open(cls, home: Path, environ: Mapping[str, str] = os.environ, profile: str | None = None) -> Self:
        """Open the kiosk's home.

        Raises:
            ConfigurationError: With every problem.
            StorageTrouble: The disk, the database or a secret is in the way.
        """
        return cls.furnish(Place(home), load_settings(home, profile, environ))

    @classmethod
    def furnish(cls, place: Place, settings: Settings, clocks: Clocks | None = None) -> Self:
        """Open the store, rebuilt from its journal when it is damaged, and everything that lies beside it.

        Raises:
            StorageTrouble: The disk, the database or a secret is in the way.
        """
        store, rebuilt = open_or_rebuild(place.database, datetime.now(UTC))
        if rebuilt is not None:
            log.warning("database_rebuilt", reason=rebuilt.reason, tickets=rebuilt.tickets)
        try:
            return cls(place, settings, store, clocks)
        except BaseException:
            store.close()
            raise

    def catalogue(self) -> Catalogue:
        """The office: what central served last wins over the file."""
        kept = kept_catalogue(self.store) if self.enrolment is not None else None
        return kept or self.settings.catalogue

    @property
    def numbering(self) -> Numbering:
        """Whose numbers this kiosk gives when it gives its own."""
        if self.enrolment is not None:
            return Numbering(self.enrolment.kiosk)
        return Numbering(None if self.settings.kiosk.numbering == "local" else self.settings.kiosk.number)

    def enrolled_anew(self) -> bool:
        """Whether somebody has enrolled this machine since the room was opened (``kiosk sync enrol``)."""
        try:
            return load_enrolment(self.place.home) != self.enrolment
        except StorageTrouble:
            return False  # half written or damaged: what was read at the start still holds

    def client(self, timeouts: Timeouts = USUAL_TIMEOUTS) -> CentralClient:
        """A connection to central, for an enrolled kiosk."""
        if self.enrolment is None:
            raise DeveloperError("a client for a kiosk that is not enrolled")
        return CentralClient(self.enrolment.url, self.enrolment.token, timeouts=timeouts)

    def asker(self, on_failure: Callable[[], None] = lambda: None) -> NumberAsker | None:
        """Asks central for numbers; None when this kiosk works alone."""
        if self.enrolment is None:
            return None
        budget = self.settings.kiosk.number_wait_ms / 1000
        return NumberAsker(lambda: self.client(NUMBER_TIMEOUTS), on_failure, budget)

    def issuing(self, asker: NumberAsker | None, catalogue: Callable[[], Catalogue]) -> Issuing:
        """Takes numbers."""
        ask = asker.ask if asker is not None else None
        return Issuing(self.store, self.clock, ask, catalogue, self.office_key, self.numbering, secrets.token_bytes)

    def pages(self, catalogue: Callable[[], Catalogue]) -> Pages:
        """Draws print jobs for this kiosk's paper."""
        words = {language: load_words(language) for language in LANGUAGES}
        return Pages(SlipPainter(), words, catalogue, dots_of(self.settings.kiosk.paper_width))

    def interrupted(self, stamp: Stamp) -> TicketFacts | None:
        """The newest ticket whose paper a crash cut less than two minutes ago."""
        found = self.store.tickets.interrupted(stamp.at - OFFER_REPRINT)
        return ticket_facts(found[-1], self.catalogue()) if found else None

    def close(self) -> None:
        """Close the store."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
