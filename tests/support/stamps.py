"""Moments and intents for tests of storage and sync."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from kiosk.storage.rows import Intent, NewJob, Stamp, StoredTicket
from kiosk.storage.store import Store
from models.messages import TicketAnswer

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=ZONE)
TUESDAY = MONDAY + timedelta(days=1)
WEDNESDAY = MONDAY + timedelta(days=2)
PAPER = NewJob("ticket", "vi", {"unit": "Phường Mẫu"})


def stamp(at: datetime = MONDAY, *, sure: bool = True, boot: str = "boot", boot_ms: int = 0) -> Stamp:
    """A moment of a kiosk."""
    return Stamp(at, sure, boot, boot_ms)


class Issuer:
    """Issues tickets with ids of its own."""

    def __init__(self, store: Store, name: str = "ticket") -> None:
        self.store = store
        self._name = name
        self._ids: Iterator[int] = count(1)

    def intent(self, at: datetime = MONDAY, *, sure: bool = True, **more: Any) -> Intent:
        """A committed intent."""
        more.setdefault("service", "ho-tich")
        intent = Intent(f"{self._name}-{next(self._ids)}", stamp=stamp(at, sure=sure), **more)
        self.store.tickets.add_intent(intent)
        return intent

    def own(
        self, at: datetime = MONDAY, *, sure: bool = True, prefix: str = "A", kiosk: int | None = 2, **more: Any
    ) -> StoredTicket:
        """A ticket with a number of the kiosk's own."""
        intent = self.intent(at, sure=sure, **more)
        return self.store.tickets.issue_locally(intent.ticket_id, prefix=prefix, kiosk=kiosk, job=PAPER)

    def central(self, number: str, at: datetime = MONDAY, **more: Any) -> StoredTicket:
        """A ticket with central's number."""
        intent = self.intent(at, **more)
        answer = TicketAnswer(intent.ticket_id, number, at.date().isoformat(), people_ahead=3)
        return self.store.tickets.issue_from_central(intent.ticket_id, answer, PAPER)

    def numbers(self, count: int, at: datetime = MONDAY, **more: Any) -> list[str | None]:
        """The next own numbers."""
        return [self.own(at, **more).number for _ in range(count)]
