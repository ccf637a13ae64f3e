"""Who is before a ticket, and for how long: what a person is told.

The order is by time of issue (`central.store.records.Ticket.place_at`). How priority tickets are let in between is
decided where counters call; it moves nobody by more than its stated ratio.
"""

from datetime import datetime, time

from central.store.records import Ticket
from central.store.transaction import Transaction
from central.usecases.caller import Office, milliseconds
from models.identifiers import follow_address
from models.messages import QueueAnswer, QueuedNumber, ServiceQueue, TicketAnswer, WaitSeconds
from models.opening import opening
from models.queueing import estimate_wait
from models.service import Service
from models.ticket import TicketState


def answer(tx: Transaction, office: Office, ticket: Ticket, follow_code: str | None = None) -> TicketAnswer:
    """The whole answer: number, people ahead, wait."""
    if ticket.state != TicketState.WAITING:
        return brief_answer(office, ticket, follow_code)
    ahead = tx.tickets.ahead(ticket)
    return TicketAnswer(
        ticket_id=ticket.ticket_id,
        number=ticket.number,
        day=ticket.day,
        people_ahead=ahead,
        wait_seconds=wait_of(office, ticket, ahead),
        follow_url=_follow_url(office, ticket, follow_code),
    )


def brief_answer(office: Office, ticket: Ticket, follow_code: str | None = None) -> TicketAnswer:
    """Without people ahead: for papers that were printed long ago, of which a hundred come at once."""
    return TicketAnswer(
        ticket.ticket_id, ticket.number, ticket.day, follow_url=_follow_url(office, ticket, follow_code)
    )


def wait_of(office: Office, ticket: Ticket, ahead: int) -> WaitSeconds | None:
    """The wait of a ticket; None where the service is gone, or the day is over."""
    service = office.catalogue.service(ticket.service)
    if service is None or ticket.day != office.today:
        return None
    begins = None if ticket.session is None else time.fromisoformat(ticket.session)
    return _wait(office, service, ahead, begins)


def queue(tx: Transaction, office: Office, *, numbers: bool) -> QueueAnswer:
    """The queue of today: every service in the catalogue's order, then those gone that somebody still waits for."""
    waiting = {w.service: w.count for w in tx.tickets.waiting(office.code, office.today)}
    services = [
        ServiceQueue(s.code, waiting.get(s.code, 0), _newcomer_wait(office, s, waiting.get(s.code, 0)))
        for s in office.catalogue.services
    ]
    offered = {s.code for s in office.catalogue.services}
    services += [ServiceQueue(code, count) for code, count in sorted(waiting.items()) if code not in offered]
    line = tx.tickets.in_line(office.code, office.today) if numbers else []
    return QueueAnswer(
        office.iso(office.now),
        tuple(services),
        tuple(QueuedNumber(t.number, t.service, t.state) for t in line),
    )


def _newcomer_wait(office: Office, service: Service, waiting: int) -> WaitSeconds | None:
    state = opening(office.catalogue.hours_of(service), office.local(office.now))
    return None if state.session is None else _wait(office, service, waiting, state.session.opens)


def _wait(office: Office, service: Service, ahead: int, begins: time | None) -> WaitSeconds:
    """The estimate, and before it the time until counters open."""
    served = estimate_wait(ahead, service.minutes_each, len(service.counters))
    if begins is None:
        return served
    opens = milliseconds(datetime.combine(office.local(office.now).date(), begins, office.zone))
    closed_for = max(0, opens - office.now) // 60_000 * 60
    return WaitSeconds(served.low + closed_for, served.high + closed_for)


def _follow_url(office: Office, ticket: Ticket, follow_code: str | None) -> str | None:
    base = office.catalogue.follow_base
    if base is None or follow_code is None:
        return None
    return follow_address(base, follow_code, ticket.number)
