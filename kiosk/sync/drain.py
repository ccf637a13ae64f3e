"""The outbox is told to central (promises 4 and 5).

Lanes go in their order; within a lane rows go in the order in which they were written, which is the order of issue.
Every row may be sent any number of times: ticket ids make the repetition harmless. A row that central cannot take is
parked with the reason and blocks no other; when a whole batch is refused, halves of it are tried until it is found.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import structlog

from kiosk.storage.rows import LANE_FIRST, LANE_REST, LANE_TICKETS, OutboxRow, StoredTicket
from kiosk.storage.store import Store
from kiosk.sync.client import CentralFailed, RequestRefused, said
from kiosk.sync.clock import CentralClock
from models.errors import CentralUnreachable, DeveloperError, RuleRefused
from models.messages import BatchAnswer, BatchRequest, BatchResult, PersonUpdate, TicketAnswer, TicketRequest

PATIENCE = 3
"""Failed sendings after which a server error may be the row's fault and not the server's."""

log = structlog.get_logger(__name__)


class TakesOutbox(Protocol):
    """What of central the outbox needs."""

    def tickets(self, batch: BatchRequest) -> BatchAnswer:
        """Tell many tickets."""

    def cancel(self, ticket_id: str) -> None:
        """Take a ticket back."""

    def person(self, ticket_id: str, update: PersonUpdate) -> None:
        """Say who somebody is."""


@dataclass(slots=True)
class Drained:
    """What a draining did."""

    told: int = 0
    parked: int = 0


class BackOff:
    """Waits between attempts: full jitter over a bound that doubles (so that kiosks do not come back in step).

    Args:
        first: Bound of the first wait, seconds.
        most: Bound that is not exceeded.
        uniform: ``random.uniform`` of a generator of the caller's.
    """

    def __init__(self, first: float, most: float, uniform: Callable[[float, float], float]) -> None:
        self._first = first
        self._most = most
        self._uniform = uniform
        self._failures = 0

    def failed(self) -> float:
        """Another attempt failed: seconds to wait before the next."""
        bound = min(self._most, self._first * 2 ** min(self._failures, 30))
        self._failures += 1
        return self._uniform(0.0, bound)

    def succeeded(self) -> None:
        """Start over from the first bound."""
        self._failures = 0


def drain(
    store: Store, client: TakesOutbox, clock: CentralClock, *, stop: Callable[[], bool] = lambda: False
) -> Drained:
    """Tell everything that waits. Returns when the outbox is empty but for parked rows, or ``stop()`` says so.

    Raises:
        CentralUnreachable: Central went away; what was told until then is gone from the outbox, the rest waits.
    """
    done = Drained()
    while not stop():
        for lane in (LANE_FIRST, LANE_TICKETS, LANE_REST):
            rows = store.outbox.next_batch(lane)
            if rows:
                break
        else:
            return done
        try:
            if lane == LANE_TICKETS:
                _tell_tickets(store, client, clock, rows, done)
            else:
                for row in rows:
                    _tell_one(store, client, row, done)
        except CentralUnreachable:
            store.outbox.attempted(rows)
            raise
    return done


def _tell_tickets(
    store: Store, client: TakesOutbox, clock: CentralClock, rows: Sequence[OutboxRow], done: Drained
) -> None:
    requests = tuple(_request(row.ticket, clock) for row in rows if row.ticket is not None)
    if len(requests) != len(rows):
        raise DeveloperError("the outbox speaks of a ticket that is gone")
    try:
        answer = client.tickets(BatchRequest(requests))
    except CentralFailed:
        if len(rows) == 1 or rows[0].attempts < PATIENCE:
            raise
        _tell_singly(store, client, clock, rows, done)
        return
    except (RequestRefused, RuleRefused) as error:
        if len(rows) == 1:
            _park(store, rows[0], _reason(error), done)
            return
        middle = len(rows) // 2
        _tell_tickets(store, client, clock, rows[:middle], done)
        _tell_tickets(store, client, clock, rows[middle:], done)
        return
    _settle(store, rows, answer.results, done)


def _tell_singly(
    store: Store, client: TakesOutbox, clock: CentralClock, rows: Sequence[OutboxRow], done: Drained
) -> None:
    """Central broke on a batch again and again: find out whether single rows break it, and park those.

    Raises:
        CentralUnreachable: It breaks on all: then it is central that is broken, and nothing is parked.
    """
    breaking = []
    for row in rows:
        try:
            _tell_tickets(store, client, clock, [row], done)
        except CentralFailed:
            breaking.append(row)
    if len(breaking) == len(rows):
        raise CentralUnreachable("central breaks on every ticket")
    for row in breaking:
        _park(store, row, "central breaks on this ticket (500)", done)


def _settle(store: Store, rows: Sequence[OutboxRow], results: Sequence[BatchResult], done: Drained) -> None:
    told: list[tuple[OutboxRow, TicketAnswer]] = []
    later = 0
    for row, result in zip(rows, results, strict=True):
        trouble = _trouble(row, result)
        if result.ticket is not None and trouble is None:
            told.append((row, result.ticket))
        elif trouble is None:
            later += 1
        else:
            _park(store, row, trouble, done)
    store.outbox.told([row for row, _ in told], [answer for _, answer in told])
    done.told += len(told)
    if later:
        raise CentralUnreachable(f"central put off {later} of {len(rows)} tickets")


def _trouble(row: OutboxRow, result: BatchResult) -> str | None:
    """Why a row is to be parked; None when it was taken, or is to be sent again."""
    ticket = result.ticket
    if ticket is not None:
        printed = row.ticket.number if row.ticket is not None else None
        if ticket.ticket_id != row.ticket_id or ticket.number != printed:
            return "central answered with another number than the paper's"
        return None
    if result.status >= 500 and row.attempts >= PATIENCE:
        return f"central breaks on this ticket ({result.status})"
    if result.problem is None or result.status >= 500 or result.status == 429:
        return None
    return _reason(said(result.problem))


def _tell_one(store: Store, client: TakesOutbox, row: OutboxRow, done: Drained) -> None:
    try:
        if row.kind == "cancel":
            client.cancel(row.ticket_id)
        elif row.update is not None:
            client.person(row.ticket_id, row.update)
    except (RequestRefused, RuleRefused) as error:
        _park(store, row, _reason(error), done)
    else:
        store.outbox.told([row], [None])
        done.told += 1


def _request(ticket: StoredTicket, clock: CentralClock) -> TicketRequest:
    asked = ticket.intent.request(age_ms=clock.age_ms(ticket.intent.stamp))
    return replace(asked, number=ticket.number, day=ticket.day.isoformat(), print=ticket.paper)


def _park(store: Store, row: OutboxRow, reason: str, done: Drained) -> None:
    store.outbox.park(row, reason)
    done.parked += 1
    log.warning("central cannot take a row of the outbox; it is parked", kind=row.kind, reason=reason)


def _reason(error: RequestRefused | RuleRefused) -> str:
    if isinstance(error, RequestRefused):
        return f"{error.problem.status} {error.problem.title}: {error.problem.detail}".strip(": ")
    return f"{error.refusal}: {error.detail}"
