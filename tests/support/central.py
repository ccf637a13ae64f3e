"""A small office, a clock that stands still, and kiosks that speak to central's use cases without HTTP."""

import hashlib
import itertools
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from central.auth import token_hash
from central.store.database import Database
from central.store.records import Ticket
from central.store.transaction import Transaction
from central.usecases import calling
from central.usecases.caller import Caller, caller_of, milliseconds, office_of
from central.usecases.change import cancel
from central.usecases.counters import show_counter
from central.usecases.display import show_display
from central.usecases.enrolment import enrol, offer_code
from central.usecases.offices import put_office
from central.usecases.press import Key, press, undo
from central.usecases.receive import receive
from central.usecases.staff import Colleague, put_user
from models.counter_messages import ActAnswer, CounterAnswer, DisplayAnswer
from models.messages import BatchResult, EnrolAnswer, EnrolRequest, TicketAnswer, TicketRequest
from models.service import Catalogue, Hours, Place, Priority, Rules, Service, Session
from models.text import Text
from models.ticket import TicketState

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=ZONE)
REF = "A" * 52
OTHER_REF = "B" * 52

MORNING = Session(time(7, 30), time(11, 30), time(7, 0), time(11, 15))
AFTERNOON = Session(time(13, 0), time(17, 0), time(12, 45), time(16, 45))


def an_office(**changes: Any) -> Catalogue:
    """A ward with three fields: A copies (two counters), B births, H results (exempt from limits)."""
    week = ((MORNING, AFTERNOON),) * 5 + ((MORNING,), ())
    services = (
        Service("chung-thuc", "A", Text("Chứng thực", "Certified copies"), counters=(2, 3), minutes_each=4.0),
        Service("ho-tich", "B", Text("Hộ tịch", "Civil status"), counters=(1,), area=Place(Text("Khu chờ tầng 1"))),
        Service("nhan-ket-qua", "H", Text("Nhận kết quả", "Results"), limit_exempt=True),
    )
    office = Catalogue(
        office="hoa-sen",
        line1=Text("Điểm Phục vụ hành chính công"),
        line2=Text("Phường Hoa Sen"),
        profile="ward",
        timezone="Asia/Ho_Chi_Minh",
        hours=Hours(week),
        services=services,
        priorities=(Priority("elderly", Text("Từ 75 tuổi"), age_from=75),),
        rules=Rules(),
        follow_base="https://so.example.vn",
    )
    return replace(office, **changes)


def with_service(office: Catalogue, code: str, **changes: Any) -> Catalogue:
    """The office with one service changed."""
    services = tuple(replace(s, **changes) if s.code == code else s for s in office.services)
    return replace(office, services=services)


def without_service(office: Catalogue, code: str) -> Catalogue:
    """The office with one service gone."""
    return replace(office, services=tuple(s for s in office.services if s.code != code))


@dataclass
class Clock:
    """A clock that moves when told."""

    time: datetime = MONDAY

    def __call__(self) -> datetime:
        return self.time

    def forward(self, **by: float) -> None:
        """Let time pass."""
        self.time += timedelta(**by)

    @property
    def now(self) -> int:
        """Milliseconds since the epoch."""
        return milliseconds(self.time)


def ids() -> Iterator[str]:
    """Ticket ids, rising."""
    return (str(uuid.UUID(int=(0x019A << 112) | (0x7 << 76) | (0x8 << 60) | n)) for n in itertools.count(1))


def randomness() -> Any:
    """Random bytes that are the same in each test."""
    counter = itertools.count()
    return lambda n: hashlib.shake_256(str(next(counter)).encode()).digest(n)


@dataclass
class Central:
    """Central's use cases on a real database."""

    database: Database
    clock: Clock = field(default_factory=Clock)
    ids: Iterator[str] = field(default_factory=ids)
    random: Any = field(default_factory=randomness)
    tokens: dict[int, str] = field(default_factory=dict)

    def open(self, office: Catalogue) -> None:
        """Put the office in."""
        self.database.write(lambda tx: put_office(tx, office, self.clock.now))

    def enrol(self, kiosk: int, **request: Any) -> EnrolAnswer:
        """Enrol a kiosk number."""
        code = self.database.write(lambda tx: offer_code(tx, "hoa-sen", kiosk, self.random, self.clock.now))
        answer = self.database.write(lambda tx: enrol(tx, EnrolRequest(code, **request), self.random, self.clock.now))
        self.tokens[kiosk] = token_hash(answer.token)
        return answer

    def caller(self, tx: Transaction, kiosk: int = 1) -> Caller:
        """A kiosk that asks now."""
        return caller_of(tx, self.tokens[kiosk], self.clock.now)

    def request(self, service: str = "chung-thuc", **fields: Any) -> TicketRequest:
        """A ticket request issued now."""
        fields.setdefault("ticket_id", next(self.ids))
        fields.setdefault("issued_at", self.clock.time.isoformat())
        return TicketRequest(service=service, **fields)

    def send(self, request: TicketRequest, kiosk: int = 1, *, brief: bool = False) -> BatchResult:
        """Send a ticket."""
        return self.database.write(lambda tx: receive(tx, self.caller(tx, kiosk), request, brief=brief))

    def ask(self, service: str = "chung-thuc", kiosk: int = 1, **fields: Any) -> TicketAnswer:
        """Ask for a number, which must be given."""
        result = self.send(self.request(service, **fields), kiosk)
        assert result.ticket is not None, result.problem
        return result.ticket

    def refused(self, service: str = "chung-thuc", **fields: Any) -> tuple[str, dict[str, str]]:
        """Ask for a number, which must be refused: the refusal and its facts."""
        result = self.send(self.request(service, **fields))
        assert result.status == 409
        assert result.problem is not None
        assert result.problem.refusal is not None, result.problem
        return result.problem.refusal, result.problem.facts

    def cancel(self, ticket_id: str, kiosk: int = 1) -> str:
        """Cancel; where the ticket stands then."""
        return self.database.write(lambda tx: cancel(tx, self.caller(tx, kiosk), ticket_id)).state

    def ticket(self, ticket_id: str) -> Ticket:
        """The ticket as it is filed."""
        found = self.database.read(lambda tx: tx.tickets.get("hoa-sen", ticket_id))
        assert found is not None
        return found

    def call(self, ticket_id: str, state: TicketState = TicketState.CALLED) -> None:
        """As a counter will do: call a ticket."""
        ticket = self.ticket(ticket_id)
        self.database.write(lambda tx: tx.tickets.change(ticket, state=state.value, called_at=self.clock.now))

    def line(self) -> list[str]:
        """Numbers in line today, in order."""
        return [t.number for t in self.database.read(lambda tx: tx.tickets.in_line("hoa-sen", self.line_day()))]

    def line_day(self) -> str:
        """The office's day."""
        return self.clock.time.astimezone(ZONE).date().isoformat()

    def events(self, *kinds: str) -> list[tuple[str, dict[str, Any]]]:
        """What happened so far."""
        found = self.database.read(lambda tx: tx.events.after("hoa-sen", 0, 10_000))
        assert [e.id for e in found] == list(range(1, len(found) + 1))
        return [(e.kind, e.data) for e in found if not kinds or e.kind in kinds]

    def post(self, user: str = "binh") -> "Officer":
        """Somebody who works in the office; there from then on."""
        self.database.write(
            lambda tx: put_user(tx, "hoa-sen", user, "", ("officer",), PASSWORD, self.random, self.clock.now)
        )
        return Officer(self, user)


PASSWORD = "mật khẩu 8 chữ"


@dataclass
class Officer:
    """An officer at the counters, without HTTP; each press has a request id of its own."""

    central: Central
    user: str
    requests: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def colleague(self, tx: Transaction) -> Colleague:
        """Who presses, now."""
        user = tx.staff.get(self.user)
        assert user is not None
        return Colleague(user, office_of(tx, user.office, self.central.clock.now))

    def press(
        self, counter: int, act: str, work: Any, *, request_id: str | None = None, reason: str | None = None
    ) -> ActAnswer:
        """Press a key at a counter."""
        request = request_id or f"{self.user}-request-{next(self.requests)}"
        return self.central.database.write(
            lambda tx: press(tx, Key(self.colleague(tx), counter, act, request, reason), work)
        )

    def next(self, counter: int, current: str | None = None, **more: Any) -> ActAnswer:
        """Call the next one."""
        return self.press(counter, "next", lambda p: calling.call_next(p, current), **more)

    def do(self, counter: int, act: str, ticket_id: str, **more: Any) -> ActAnswer:
        """An act on the ticket at the counter."""
        acts = {
            "recall": calling.recall,
            "start": calling.start,
            "finish": calling.finish,
            "no-show": calling.no_show,
            "hold": calling.hold,
        }
        return self.press(counter, act, lambda p: acts[act](p, ticket_id), **more)

    def transfer(self, counter: int, ticket_id: str, *, service: str | None = None, to: int | None = None) -> ActAnswer:
        """Send the person on."""
        return self.press(counter, "transfer", lambda p: calling.transfer(p, ticket_id, service, to))

    def call(self, counter: int, number: str) -> ActAnswer:
        """Serve a number out of turn."""
        return self.press(counter, "call", lambda p: calling.call_number(p, number), reason="came-back")

    def undo(self, counter: int) -> ActAnswer:
        """Take the last act back."""
        return self.press(counter, "undo", undo)

    def counter(self, counter: int) -> CounterAnswer:
        """What the console shows."""
        return self.central.database.read(lambda tx: show_counter(tx, self.colleague(tx).office, counter))

    def display(self) -> DisplayAnswer:
        """What the hall sees."""
        return self.central.database.read(lambda tx: show_display(tx, self.colleague(tx).office))

    def order(self, counter: int) -> list[tuple[str, str]]:
        """Who comes next at a counter, and why."""
        return [(w.number, w.reason_order) for w in self.counter(counter).waiting]
