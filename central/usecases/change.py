"""What may happen to a ticket that exists: a cancel, and the card shown after the number."""

import dataclasses

from central.store.events import Data
from central.store.records import Ticket
from central.store.transaction import Transaction
from central.usecases import places
from central.usecases.caller import Caller
from central.usecases.problems import CallerProblem, unknown
from central.usecases.rules import PRIORITY_FLAG, knows_priority, over_limit
from models.errors import Refusal
from models.messages import CancelAnswer, PersonUpdate, TicketAnswer
from models.ticket import MOVES, Method, TicketState


def cancel(tx: Transaction, caller: Caller, ticket_id: str) -> CancelAnswer:
    """Take a ticket out of the queue.

    A cancel may travel faster than its ticket: then it is remembered and holds when the ticket comes. A ticket that
    is being served, or is done with, stays as it is; the answer says how.
    """
    office = caller.office
    ticket = tx.tickets.get(office.code, ticket_id)
    if ticket is None:
        tx.tickets.cancel_early(office.code, ticket_id, office.now)
        return CancelAnswer(ticket_id, TicketState.CANCELLED.value)
    if TicketState.CANCELLED not in MOVES[TicketState(ticket.state)]:
        return CancelAnswer(ticket_id, ticket.state)
    tx.tickets.change(ticket, state=TicketState.CANCELLED.value)
    if ticket.called_at is not None:
        tx.counters.leave(ticket)
    told: Data = {"number": ticket.number, "service": ticket.service}
    tx.events.add(office.code, office.now, "ticket_cancelled", told)
    return CancelAnswer(ticket_id, TicketState.CANCELLED.value)


def identify(tx: Transaction, caller: Caller, ticket_id: str, update: PersonUpdate) -> TicketAnswer:
    """Say whose ticket it is. It has a number already: rules flag, they do not refuse.

    Raises:
        CallerProblem: There is no such ticket (404), or the method is unknown (422).
    """
    office = caller.office
    if update.method not in frozenset(Method):
        raise CallerProblem("unreadable", 422, "method: unknown")
    ticket = tx.tickets.get(office.code, ticket_id)
    if ticket is None:
        raise unknown("ticket")
    changed = dataclasses.replace(
        ticket,
        method=update.method,
        person_ref=update.person_ref or ticket.person_ref,
        priority=update.priority or ticket.priority,
        priority_proven=update.priority_proven or ticket.priority_proven,
        flags=_flags(tx, caller, ticket, update),
    )
    if changed != ticket:
        names = ("method", "person_ref", "priority", "priority_proven", "flags")
        tx.tickets.change(ticket, **{name: getattr(changed, name) for name in names})
    if changed.priority != ticket.priority:
        told: Data = {"number": ticket.number, "service": ticket.service}
        tx.events.add(office.code, office.now, "ticket_priority", told, audience="staff")
    return places.answer(tx, office, changed)


def _flags(tx: Transaction, caller: Caller, ticket: Ticket, update: PersonUpdate) -> tuple[str, ...]:
    flags = set(ticket.flags)
    if update.person_ref is not None and over_limit(tx, caller.office, ticket, update.person_ref):
        flags.add(Refusal.LIMIT_REACHED.value)
    if update.priority is not None and not knows_priority(caller.office, update.priority):
        flags.add(PRIORITY_FLAG)
    return tuple(sorted(flags))
