"""The wire between kiosk and central, version 1: frozen dataclasses with the very names of the JSON.

``from_wire`` reads hostile input: every type is checked and unknown keys are ignored, so that an older reader
understands a newer writer. Times are ISO 8601 with offset, days ``YYYY-MM-DD``.
"""

import dataclasses
import functools
import types
import typing
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from models.errors import UnreadableInput

WIRE_VERSION = 1

Clock = Literal["sure", "unsure"]


@dataclass(frozen=True, slots=True)
class WaitSeconds:
    """An estimated wait as a range, in seconds."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class TicketRequest:
    """A kiosk asks for a number (``number`` None) or reports a printed one.

    Attributes:
        ticket_id: UUIDv7 made at the kiosk.
        issued_at: When the person took it, as the kiosk knew the time.
        day: The office's day it was issued for.
        clock: ``unsure`` when the kiosk had no time of central's since boot.
        age_ms: Milliseconds from issue to this sending, by CLOCK_BOOTTIME; central corrects an unsure clock with it.
        not_before: Start of the session it was taken for, when that is a later one (*số buổi chiều*).
        priority_proven: Whether a document proves the priority; otherwise staff check it.
    """

    ticket_id: str
    service: str
    issued_at: str
    number: str | None = None
    method: str = "none"
    priority: str | None = None
    priority_proven: bool = False
    person_ref: str | None = field(default=None, repr=False)
    procedure: str | None = None
    day: str | None = None
    clock: Clock = "sure"
    age_ms: int | None = None
    print: str | None = None
    follow_code: str | None = field(default=None, repr=False)
    on_behalf: bool = False
    not_before: str | None = None
    wire: int = WIRE_VERSION


@dataclass(frozen=True, slots=True)
class TicketAnswer:
    """Central's answer to a ticket."""

    ticket_id: str
    number: str
    day: str
    people_ahead: int | None = None
    wait_seconds: WaitSeconds | None = None
    follow_url: str | None = field(default=None, repr=False)
    wire: int = WIRE_VERSION


@dataclass(frozen=True, slots=True)
class Problem:
    """RFC 9457 problem details.

    Attributes:
        type: ``/problems/<name>``, stable.
        refusal: A `models.errors.Refusal` when a rule refused, with its facts.
    """

    type: str
    title: str
    status: int
    detail: str = ""
    refusal: str | None = None
    facts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BatchRequest:
    """Up to 100 tickets, in order of issue."""

    tickets: tuple[TicketRequest, ...]


@dataclass(frozen=True, slots=True)
class BatchResult:
    """One ticket's fate: ``status`` 200, 201 or the problem's."""

    status: int
    ticket: TicketAnswer | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class BatchAnswer:
    """One result each, order kept."""

    results: tuple[BatchResult, ...]


@dataclass(frozen=True, slots=True)
class PersonUpdate:
    """The card offered after the number: priority and reference of a ticket that exists."""

    method: str
    person_ref: str | None = field(default=None, repr=False)
    priority: str | None = None
    priority_proven: bool = False
    wire: int = WIRE_VERSION


@dataclass(frozen=True, slots=True)
class Series:
    """The next ordinals of a kiosk's own series, by service prefix, for one day."""

    day: str
    next: dict[str, int]


@dataclass(frozen=True, slots=True)
class EnrolRequest:
    """A one-time code, typed or scanned by the technician.

    Attributes:
        local_high: Highest plain ordinal by prefix that this kiosk printed today without central.
    """

    code: str = field(repr=False)
    local_high: dict[str, int] = field(default_factory=dict)
    day: str | None = None


@dataclass(frozen=True, slots=True)
class EnrolAnswer:
    """What a kiosk gets once and keeps."""

    token: str = field(repr=False)
    kiosk: int
    office: str
    series: Series
    time: str


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """What a kiosk says every 30 to 60 s.

    Attributes:
        own_high: Highest ordinal by prefix of the kiosk's own series on ``day``, spare pads and unsent papers
            included, so that a machine in its place does not print them again.
    """

    instance: str
    version: str = ""
    outbox: int = 0
    parked: int = 0
    findings: tuple[str, ...] = ()
    own_high: dict[str, int] = field(default_factory=dict)
    day: str | None = None


@dataclass(frozen=True, slots=True)
class HeartbeatAnswer:
    """Central's time, the kiosk's next own numbers, and whether staff answered a call for help."""

    time: str
    series: Series
    help: Literal["none", "waiting", "acknowledged"] = "none"


@dataclass(frozen=True, slots=True)
class ServiceQueue:
    """How many wait for one service, and how long a newcomer would."""

    service: str
    waiting: int
    wait_seconds: WaitSeconds | None = None


@dataclass(frozen=True, slots=True)
class QueuedNumber:
    """One number that waits or is being served; nothing else of the ticket is told."""

    number: str
    service: str
    state: str


@dataclass(frozen=True, slots=True)
class QueueAnswer:
    """The queue as the kiosk's tiles show it; ``at`` says when it was true.

    Attributes:
        numbers: In the order in which they will be called; only when asked for with ``?detail=numbers``.
    """

    at: str
    services: tuple[ServiceQueue, ...]
    numbers: tuple[QueuedNumber, ...] = ()


@dataclass(frozen=True, slots=True)
class CancelAnswer:
    """Where the ticket stands after a cancel; a ticket already served stays served."""

    ticket_id: str
    state: str


@dataclass(frozen=True, slots=True)
class HelpRequest:
    """Somebody at the kiosk asks for staff.

    Attributes:
        reason: A word of the kiosk's (``help``, ``no_paper`` …), never a sentence about a person.
    """

    reason: str = "help"
    emergency: bool = False


@dataclass(frozen=True, slots=True)
class HelpAnswer:
    """A call for help and whether staff have seen it; ``help_id`` is None when nobody calls."""

    help: Literal["none", "waiting", "acknowledged"]
    help_id: int | None = None


M = TypeVar("M")


def to_wire(message: Any) -> dict[str, Any]:
    """A message as JSON-ready dict."""
    return dataclasses.asdict(message)


def from_wire(kind: type[M], data: object) -> M:
    """Read ``data`` as a ``kind``.

    Raises:
        UnreadableInput: A key is missing or has the wrong type; the message names it.
    """
    return typing.cast("M", _read(kind, data, kind.__name__))


def _read(kind: Any, data: object, where: str) -> object:
    if dataclasses.is_dataclass(kind):
        return _read_dataclass(typing.cast("type", kind), data, where)
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        if data is None and type(None) in args:
            return None
        return _read(next(a for a in args if a is not type(None)), data, where)
    if origin is Literal:
        if data not in args:
            raise UnreadableInput(f"{where}: expected one of {', '.join(map(str, args))}")
        return data
    if origin is tuple:
        if not isinstance(data, (list, tuple)):
            raise UnreadableInput(f"{where}: expected a list")
        return tuple(_read(args[0], item, f"{where}[{i}]") for i, item in enumerate(data))
    if origin is dict:
        if not isinstance(data, dict) or not all(isinstance(k, str) for k in data):
            raise UnreadableInput(f"{where}: expected an object")
        return {k: _read(args[1], v, f"{where}.{k}") for k, v in data.items()}
    if kind is Any:
        return data
    if type(data) is not kind:
        raise UnreadableInput(f"{where}: expected {kind.__name__}")
    return data


@functools.cache
def _hints(kind: type) -> dict[str, Any]:
    """The types of a message's fields; working them out anew for each ticket was a third of a batch's time."""
    return typing.get_type_hints(kind)


def _read_dataclass(kind: type, data: object, where: str) -> object:
    if not isinstance(data, dict):
        raise UnreadableInput(f"{where}: expected an object")
    hints = _hints(kind)
    values: dict[str, object] = {}
    for each in dataclasses.fields(kind):
        if each.name in data:
            values[each.name] = _read(hints[each.name], data[each.name], f"{where}.{each.name}")
        elif each.default is dataclasses.MISSING and each.default_factory is dataclasses.MISSING:
            raise UnreadableInput(f"{where}.{each.name}: missing")
    return kind(**values)
