"""What use cases read from the store: frozen rows in the words of the field."""

from dataclasses import dataclass, field

CENTRAL_SERIES = 0
"""The kiosk number under which central's own series is kept; real kiosks count from 1."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """One ticket.

    Attributes:
        printed: A kiosk has said that this number is on paper; from then on it never changes.
        issued_at: Corrected time of issue, ms since the epoch.
        place_at: Where it stands in the order of calling, ms since the epoch.
        called_at: When it was called last, ms; None while it has not been.
        kiosk: Which kiosk brought it.
        session: When the session it counts for opens, ``HH:MM``; None outside all sessions.
        flags: Why staff should look twice: words such as ``closed`` or ``clock``.
    """

    office: str
    ticket_id: str
    day: str
    number: str
    printed: bool
    service: str
    state: str
    issued_at: int
    place_at: int
    arrived_at: int
    kiosk: int
    called_at: int | None = None
    method: str = "none"
    priority: str | None = None
    priority_proven: bool = False
    person_ref: str | None = field(default=None, repr=False)
    procedure: str | None = None
    on_behalf: bool = False
    session: str | None = None
    print: str | None = None
    follow_hash: str | None = field(default=None, repr=False)
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kiosk:
    """An enrolled kiosk."""

    office: str
    kiosk: int
    instance: str | None = None
    last_seen: int | None = None
    alarm_at: int | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, as screens hear of it.

    Attributes:
        audience: ``public`` for every screen, ``staff`` for those who hold a token.
        data: Numbers and codes only, never anything of a person.
    """

    office: str
    id: int
    at: int
    kind: str
    audience: str
    data: dict[str, str | int | bool | None]


@dataclass(frozen=True, slots=True)
class HelpCall:
    """A kiosk's call for staff."""

    id: int
    office: str
    kiosk: int
    reason: str
    emergency: bool
    called_at: int
    acknowledged_at: int | None = None


@dataclass(frozen=True, slots=True)
class ParkedPaper:
    """A paper that could not be filed: what could be read of it, and why it was parked."""

    office: str
    fingerprint: str
    kiosk: int
    reason: str
    detail: str
    ticket_id: str | None
    number: str | None
    service: str | None
    issued_at: str | None
    arrived_at: int
    id: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many wait for one service."""

    service: str
    count: int


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who works in an office.

    Attributes:
        shown_as: As colleagues call them.
        roles: ``officer`` and ``manager``.
        password: As `central.passwords` keeps it.
    """

    name: str
    office: str
    shown_as: str
    roles: tuple[str, ...]
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Desk:
    """A counter on one day.

    Attributes:
        ticket_id: The ticket that is there now.
        called_priority: Where it stands in the ratio of priority (`models.calling.Cycle`).
    """

    office: str
    counter: int
    day: str
    ticket_id: str | None = None
    called_priority: int = 0
    called_ordinary: int = 0


@dataclass(frozen=True, slots=True)
class Handling:
    """What became of a ticket at the counters.

    Attributes:
        counter: Where it was called last.
        calls: How often it was called there.
        only_counter: The one counter that may call it, after a transfer.
    """

    office: str
    ticket_id: str
    day: str
    counter: int | None = None
    calls: int = 0
    called_at: int | None = None
    started_at: int | None = None
    ended_at: int | None = None
    only_counter: int | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody did at a counter.

    Attributes:
        answer: What the console was told, JSON; the same request again is told the same.
        before: How counter and tickets stood, JSON, for an undo; ``after`` tells whether they still stand so.
    """

    office: str
    counter: int
    request_id: str
    at: int
    user: str
    act: str
    reason: str | None
    ticket_id: str | None
    answer: str
    before: str
    after: str
    undone: bool = False
