"""What central and a counter's console, and the display, say to each other; numbers and codes, never a name."""

from dataclasses import dataclass

from models.text import Text


@dataclass(frozen=True, slots=True)
class SessionAnswer:
    """Who is signed in.

    Attributes:
        name: As colleagues call them.
        roles: `officer` may call people, `manager` may look after the office.
        csrf: Goes into the header `X-CSRF-Token` of everything that changes something.
    """

    user: str
    name: str
    roles: tuple[str, ...]
    office: str
    csrf: str


@dataclass(frozen=True, slots=True)
class Called:
    """A ticket at a counter.

    Attributes:
        state: `called` or `serving`.
        calls: How often it was called here.
        priority: Code of the priority, if any.
        priority_proven: Whether a document proved it; otherwise look twice.
        method: How the person was identified.
        waited_seconds: From the place in the queue to the call.
        on_behalf: The person came for somebody else.
        procedure: Code of the procedure, where it was chosen.
        started_at: Since when the ticket is being served.
    """

    ticket_id: str
    number: str
    service: str
    state: str
    called_at: str | None
    calls: int
    priority: str | None
    priority_proven: bool
    method: str
    waited_seconds: int
    on_behalf: bool
    procedure: str | None
    started_at: str | None = None


@dataclass(frozen=True, slots=True)
class ActAnswer:
    """What an act at a counter came to; the same request again gets the same answer.

    Attributes:
        called: The ticket that is at the counter now.
        reason: Of `next`: `priority`, `place`, `ratio`, or `nobody` when nobody could be called.
        waiting: How many can be called next.
    """

    called: Called | None
    reason: str | None
    waiting: int


@dataclass(frozen=True, slots=True)
class CounterSummary:
    """One counter.

    Attributes:
        services: Codes of what it serves.
        serving: The ticket that is there now.
    """

    counter: int
    services: tuple[str, ...]
    serving: Called | None


@dataclass(frozen=True, slots=True)
class CountersAnswer:
    """The counters of an office, as its catalogue has them."""

    counters: tuple[CounterSummary, ...]


@dataclass(frozen=True, slots=True)
class WaitingTicket:
    """One who waits.

    Attributes:
        reason_order: Why here: `priority`, `place`, `ratio`; or why not yet: `not_yet`, `person_busy`.
    """

    number: str
    service: str
    waited_seconds: int
    priority: str | None
    reason_order: str


@dataclass(frozen=True, slots=True)
class CounterAnswer:
    """All that a console shows of its counter.

    Attributes:
        current: The ticket that is there now.
        waiting: In the order of calling as things stand; those who are kept back come last.
        held: Numbers on hold at this counter.
        undo_until: Until when the last act can be undone.
        priority_ratio: How many with priority, then how many without, while both wait.
        calls_before_no_show: So often a number is called before it may be given up.
    """

    counter: int
    services: tuple[str, ...]
    current: Called | None
    waiting: tuple[WaitingTicket, ...]
    held: tuple[str, ...]
    undo_until: str | None
    priority_ratio: tuple[int, ...]
    calls_before_no_show: int


@dataclass(frozen=True, slots=True)
class DisplayedCall:
    """A call as everybody in the hall may see it.

    Attributes:
        service: Null where it is nobody else's business: a private service, and all of a hospital's.
        place: The room to go to, in a hospital.
        again: How often it was called again.
    """

    number: str
    counter: int
    service: str | None
    place: Text | None
    called_at: str
    again: int


@dataclass(frozen=True, slots=True)
class WaitingCount:
    """How many wait for one service."""

    service: str
    name: Text
    n: int


@dataclass(frozen=True, slots=True)
class DisplayAnswer:
    """What a display in the hall shows.

    Attributes:
        calls: The last five, newest first.
        unseen: Called, not seen, and still good; newest first.
        waiting: By service, private ones left out.
    """

    calls: tuple[DisplayedCall, ...]
    unseen: tuple[DisplayedCall, ...]
    waiting: tuple[WaitingCount, ...]
