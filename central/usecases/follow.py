"""One ticket's page on a phone."""

from dataclasses import dataclass

from central.store.transaction import Transaction
from central.usecases import places
from central.usecases.caller import Office, office_of
from models.identifiers import follow_hash
from models.messages import WaitSeconds
from models.ticket import TicketState


@dataclass(frozen=True, slots=True)
class Followed:
    """What the holder of a follow code may see."""

    office: Office
    number: str
    day: str
    service: str
    state: TicketState
    people_ahead: int
    wait: WaitSeconds | None


def follow(tx: Transaction, code: str, now: int) -> Followed | None:
    """The ticket of a well-formed follow code; None when it is not here (yet)."""
    ticket = tx.tickets.followed(follow_hash(code))
    if ticket is None:
        return None
    office = office_of(tx, ticket.office, now)
    ahead = tx.tickets.ahead(ticket)
    wait = places.wait_of(office, ticket, ahead)
    return Followed(office, ticket.number, ticket.day, ticket.service, TicketState(ticket.state), ahead, wait)
