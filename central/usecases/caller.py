"""Who asks: an enrolled kiosk, its office and the time."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from central.store.records import Kiosk
from central.store.transaction import Transaction
from central.usecases.problems import CallerProblem, not_enrolled, unknown
from models.service import Catalogue


@dataclass(frozen=True, slots=True)
class Office:
    """One office at one moment.

    Attributes:
        now: Central's time, ms since the epoch.
    """

    catalogue: Catalogue
    now: int

    @property
    def code(self) -> str:
        """The office's machine name."""
        return self.catalogue.office

    @property
    def zone(self) -> ZoneInfo:
        """The office's time zone."""
        return ZoneInfo(self.catalogue.timezone)

    @property
    def today(self) -> str:
        """The office's day."""
        return self.day_of(self.now)

    def local(self, at: int) -> datetime:
        """A moment in the office's own time."""
        return datetime.fromtimestamp(at / 1000, self.zone)

    def day_of(self, at: int) -> str:
        """The office's day of a moment."""
        return self.local(at).date().isoformat()

    def iso(self, at: int) -> str:
        """A moment as it goes over the wire."""
        return self.local(at).isoformat(timespec="milliseconds")


@dataclass(frozen=True, slots=True)
class Caller:
    """A kiosk that asks."""

    kiosk: Kiosk
    office: Office


def milliseconds(moment: datetime) -> int:
    """A moment as the store keeps it."""
    return round(moment.timestamp() * 1000)


def caller_of(tx: Transaction, token_hash: str, now: int) -> Caller:
    """Whose token this is.

    Raises:
        CallerProblem: Nobody's; 401.
    """
    kiosk = tx.kiosks.by_token(token_hash)
    if kiosk is None:
        raise not_enrolled()
    return Caller(kiosk, office_of(tx, kiosk.office, now))


def office_of(tx: Transaction, code: str | None, now: int) -> Office:
    """The office called ``code``; without a code the only one there is.

    Raises:
        CallerProblem: Unknown, or there are several to choose from.
    """
    if code is None:
        codes = tx.offices.codes()
        if len(codes) != 1:
            raise CallerProblem("which-office", 400, "say which office with ?office=CODE", {"offices": " ".join(codes)})
        code = codes[0]
    catalogue = tx.offices.catalogue(code)
    if catalogue is None:
        raise unknown("office")
    return Office(catalogue, now)
