"""What the display in the hall shows: numbers, and nothing of people (promise 10)."""

from central.store.records import Handling, Ticket
from central.store.transaction import Transaction
from central.usecases.caller import Office
from models.counter_messages import DisplayAnswer, DisplayedCall, WaitingCount
from models.ticket import TicketState

CALLS_SHOWN = 5
UNSEEN_MOST = 20
_SHOWN = [TicketState.CALLED, TicketState.SERVING, TicketState.DONE]


def show_display(tx: Transaction, office: Office) -> DisplayAnswer:
    """The last calls, those not seen and still good, and how many wait."""
    missed_ms = office.catalogue.rules.missed_minutes * 60_000
    missed = tx.counters.called(office.code, office.today, [TicketState.NO_SHOW], UNSEEN_MOST)
    waiting = {w.service: w.count for w in tx.tickets.waiting(office.code, office.today)}
    return DisplayAnswer(
        tuple(_call(office, *one) for one in tx.counters.called(office.code, office.today, _SHOWN, CALLS_SHOWN)),
        tuple(_call(office, *one) for one in missed if office.now - (one[1].called_at or 0) <= missed_ms),
        tuple(
            WaitingCount(s.code, s.name, waiting.get(s.code, 0))
            for s in office.catalogue.services
            if told_service(office, s.code) is not None
        ),
    )


def told_service(office: Office, code: str) -> str | None:
    """A service as everybody may hear of it; None where it is nobody else's business, or gone."""
    service = office.catalogue.service(code)
    if service is None or service.private or office.catalogue.profile == "hospital":
        return None
    return code


def _call(office: Office, ticket: Ticket, handling: Handling) -> DisplayedCall:
    service = office.catalogue.service(ticket.service)
    return DisplayedCall(
        ticket.number,
        handling.counter or 0,
        told_service(office, ticket.service),
        None if service is None or service.room is None else service.room.name,
        office.iso(handling.called_at or 0),
        max(0, handling.calls - 1),
    )
