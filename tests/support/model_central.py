"""A central in memory, as small as its promises: what the kiosk's state machines measure themselves against.

It is not the product's central, on purpose: two programs that share a mistake would agree.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeVar

from models.errors import CentralUnreachable
from models.messages import (
    BatchAnswer,
    BatchRequest,
    BatchResult,
    EnrolAnswer,
    EnrolRequest,
    Heartbeat,
    HeartbeatAnswer,
    PersonUpdate,
    Problem,
    Series,
    TicketAnswer,
    TicketRequest,
)
from models.numbering import Number, parse_number

T = TypeVar("T")

PREFIXES = {"ho-tich": "A", "chung-thuc": "B"}


@dataclass(frozen=True)
class Filed:
    """A ticket as central has it."""

    ticket_id: str
    number: str
    day: str
    at: datetime
    printed: bool
    cancelled: bool = False
    person: PersonUpdate | None = None


@dataclass
class ModelCentral:
    """One office. ``now`` is true time in the office's zone.

    Attributes:
        poison: Services whose papers cannot be read here.
        collided: Papers that were refused because of their number: there must never be one.
    """

    now: Callable[[], datetime]
    filed: dict[str, Filed] = field(default_factory=dict)
    holders: dict[tuple[str, str], str] = field(default_factory=dict)
    high: dict[tuple[str, str, int | None], int] = field(default_factory=dict)
    cancelled_early: set[str] = field(default_factory=set)
    poison: set[str] = field(default_factory=set)
    collided: list[TicketRequest] = field(default_factory=list)
    arrivals: list[str] = field(default_factory=list)

    def receive(self, request: TicketRequest) -> BatchResult:
        """File one ticket."""
        if request.service in self.poison:
            return _problem(422, "this ticket cannot be read")
        known = self.filed.get(request.ticket_id)
        if known is None:
            return self._new(request)
        if request.number is not None and request.number != known.number:
            if known.printed:
                return _problem(409, "another number was printed before")
            day = self._day(request)
            if self._collides(day, request):
                return _problem(409, "another paper carries this number")
            self._hold(day, request.number, known.ticket_id)
            known = replace(known, number=request.number, day=day, printed=True)
            self.filed[known.ticket_id] = known
        return BatchResult(200, TicketAnswer(known.ticket_id, known.number, known.day, people_ahead=0))

    def cancel(self, ticket_id: str) -> None:
        """Take a ticket back, also before it comes."""
        known = self.filed.get(ticket_id)
        if known is None:
            self.cancelled_early.add(ticket_id)
        else:
            self.filed[ticket_id] = replace(known, cancelled=True)

    def person(self, ticket_id: str, update: PersonUpdate) -> None:
        """Note who somebody is."""
        self.filed[ticket_id] = replace(self.filed[ticket_id], person=update)

    def series(self, kiosk: int) -> Series:
        """A kiosk's next own ordinals today."""
        today = self.now().date().isoformat()
        return Series(today, {p: self.high.get((today, p, kiosk), 0) + 1 for p in PREFIXES.values()})

    def heartbeat(self, kiosk: int, message: Heartbeat) -> HeartbeatAnswer:
        """Time and series."""
        for prefix, high in message.own_high.items():
            self._raise(self.now().date().isoformat(), Number(prefix, high, kiosk))
        return HeartbeatAnswer(self.now().isoformat(), self.series(kiosk))

    def enrol(self, kiosk: int, request: EnrolRequest) -> EnrolAnswer:
        """Enrol a machine as ``kiosk``."""
        for prefix, high in request.local_high.items():
            self._raise(request.day or "", Number(prefix, high))
        return EnrolAnswer("token", kiosk, "phuong-mau", self.series(kiosk), self.now().isoformat())

    def queue(self) -> list[str]:
        """The numbers that wait, by day and time of issue."""
        waiting = sorted((t for t in self.filed.values() if not t.cancelled), key=lambda t: (t.day, t.at))
        return [ticket.number for ticket in waiting]

    def _new(self, request: TicketRequest) -> BatchResult:
        day = self._day(request)
        if request.number is None:
            if request.ticket_id in self.cancelled_early:
                return _problem(409, "this ticket was cancelled")
            prefix = PREFIXES[request.service]
            number = str(Number(prefix, self.high.get((day, prefix, None), 0) + 1))
        elif self._collides(day, request):
            return _problem(409, "another paper carries this number")
        else:
            number = request.number
        self._hold(day, number, request.ticket_id)
        ticket = Filed(
            request.ticket_id,
            number,
            day,
            self._at(request),
            request.number is not None,
            cancelled=request.ticket_id in self.cancelled_early,
        )
        self.filed[request.ticket_id] = ticket
        self.arrivals.append(request.ticket_id)
        return BatchResult(201, TicketAnswer(ticket.ticket_id, number, day, people_ahead=0))

    def _collides(self, day: str, request: TicketRequest) -> bool:
        assert request.number is not None
        holder = self.holders.get((day, request.number))
        if holder is None or holder == request.ticket_id:
            return False
        self.collided.append(request)
        return True

    def _hold(self, day: str, number: str, ticket_id: str) -> None:
        assert self.holders.get((day, number), ticket_id) == ticket_id
        self.holders[day, number] = ticket_id  # a replaced number stays held: a gap
        self._raise(day, parse_number(number))

    def _raise(self, day: str, number: Number) -> None:
        key = (day, number.prefix, number.kiosk)
        self.high[key] = max(self.high.get(key, 0), number.ordinal)

    def _at(self, request: TicketRequest) -> datetime:
        if request.clock == "unsure" and request.age_ms is not None:
            return self.now() - timedelta(milliseconds=request.age_ms)
        return datetime.fromisoformat(request.issued_at)

    def _day(self, request: TicketRequest) -> str:
        if request.clock == "unsure" or request.day is None:
            return self._at(request).date().isoformat()
        return request.day


@dataclass
class Link:
    """A kiosk's way to the model: each call meets the next fate, and afterwards all is well.

    Fates: ``ok``; ``lost`` the request never comes; ``unanswered`` it comes, the answer does not; ``delayed`` it comes
    later, perhaps after others.
    """

    central: ModelCentral
    kiosk: int = 2
    up: bool = True
    fates: list[str] = field(default_factory=list)
    late: list[Callable[[], object]] = field(default_factory=list)

    def ticket(self, request: TicketRequest) -> TicketAnswer:
        """Ask for a number, or tell one."""
        result = self._meet(lambda: self.central.receive(request))
        if result.ticket is None:
            raise CentralUnreachable("the model takes no such question")
        return result.ticket

    def tickets(self, batch: BatchRequest) -> BatchAnswer:
        """Tell many."""
        return self._meet(lambda: BatchAnswer(tuple(self.central.receive(t) for t in batch.tickets)))

    def cancel(self, ticket_id: str) -> None:
        """Take back."""
        self._meet(lambda: self.central.cancel(ticket_id))

    def person(self, ticket_id: str, update: PersonUpdate) -> None:
        """Say who."""
        self._meet(lambda: self.central.person(ticket_id, update))

    def heartbeat(self, message: Heartbeat) -> HeartbeatAnswer:
        """Live."""
        return self._meet(lambda: self.central.heartbeat(self.kiosk, message))

    def enrol(self, request: EnrolRequest) -> EnrolAnswer:
        """Enrol."""
        return self._meet(lambda: self.central.enrol(self.kiosk, request))

    def close(self) -> None:
        """Nothing to close."""

    def deliver_late(self) -> None:
        """What was delayed arrives now."""
        late, self.late = self.late, []
        for arrive in late:
            arrive()

    def _meet(self, call: Callable[[], T]) -> T:
        fate = self.fates.pop(0) if self.fates else "ok"
        if not self.up or fate == "lost":
            raise CentralUnreachable("lost")
        if fate == "delayed":
            self.late.append(call)
            raise CentralUnreachable("late")
        answer = call()
        if fate == "unanswered":
            raise CentralUnreachable("no answer")
        return answer


def _problem(status: int, detail: str) -> BatchResult:
    return BatchResult(status, problem=Problem("/problems/test", "Refused", status, detail))
