"""Tickets and their order."""

import dataclasses
import json
from typing import Any

from sqlalchemy import Connection, CursorResult, bindparam, func, insert, select, tuple_, update

from central.store.records import Ticket, Waiting
from central.store.schema import early_cancels, number_gaps, tickets
from models.ticket import OPEN_STATES, TicketState, check_move

_FIELDS = tuple(f.name for f in dataclasses.fields(Ticket))
_ORDER = (tickets.c.place_at, tickets.c.issued_at, tickets.c.ticket_id)
_ID = (tickets.c.office == bindparam("o")) & (tickets.c.ticket_id == bindparam("t"))
_DAY = (tickets.c.office == bindparam("o")) & (tickets.c.day == bindparam("d"))
_OPEN = sorted(OPEN_STATES)

_INSERT = insert(tickets)
_GET = select(tickets).where(_ID)
_BY_NUMBER = select(tickets.c.ticket_id).where(_DAY, tickets.c.number == bindparam("n"))
_BY_FOLLOW = (
    select(tickets).where(tickets.c.follow_hash == bindparam("h")).order_by(tickets.c.arrived_at.desc()).limit(1)
)
_AHEAD = (
    select(func.count())
    .select_from(tickets)
    .where(
        _DAY,
        tickets.c.service == bindparam("s"),
        tickets.c.state == TicketState.WAITING,
        tuple_(*_ORDER) < tuple_(bindparam("place"), bindparam("issued"), bindparam("t")),
    )
)
_WAITING = (
    select(tickets.c.service, func.count().label("count"))
    .where(_DAY, tickets.c.state == TicketState.WAITING)
    .group_by(tickets.c.service)
)
_IN_LINE = (
    select(tickets)
    .where(_DAY, tickets.c.state.in_([TicketState.WAITING, TicketState.CALLED, TicketState.SERVING]))
    .order_by(*_ORDER)
)
_IN_SESSION = (
    select(func.count())
    .select_from(tickets)
    .where(
        _DAY,
        tickets.c.service == bindparam("s"),
        tickets.c.session == bindparam("session"),
        tickets.c.state != TicketState.CANCELLED,
    )
)
_OF_PERSON = (
    select(tickets)
    .where(
        tickets.c.office == bindparam("o"),
        tickets.c.person_ref == bindparam("r"),
        tickets.c.day == bindparam("d"),
        tickets.c.state != TicketState.CANCELLED,
    )
    .order_by(*_ORDER)
)
_CANCEL_EARLY = insert(early_cancels)
_EARLY = select(early_cancels.c.at).where(
    early_cancels.c.office == bindparam("o"), early_cancels.c.ticket_id == bindparam("t")
)
_GAP = insert(number_gaps)
_IS_GAP = select(number_gaps.c.ticket_id).where(
    number_gaps.c.office == bindparam("o"), number_gaps.c.day == bindparam("d"), number_gaps.c.number == bindparam("n")
)


class Tickets:
    """The tickets of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, ticket: Ticket) -> None:
        """File a new ticket; its id and its number are free (`get`, `holder`)."""
        self._connection.execute(_INSERT, _values(ticket))

    def get(self, office: str, ticket_id: str) -> Ticket | None:
        """The ticket, or None."""
        return _one(self._connection.execute(_GET, {"o": office, "t": ticket_id}))

    def change(self, ticket: Ticket, **values: Any) -> Ticket:
        """The ticket with ``values`` changed, in the store as well."""
        changed = dataclasses.replace(ticket, **values)
        row = {name: value for name, value in _values(changed).items() if name in values}
        where = (tickets.c.office == ticket.office) & (tickets.c.ticket_id == ticket.ticket_id)
        self._connection.execute(update(tickets).where(where).values(row))
        return changed

    def move(self, ticket: Ticket, state: TicketState, **values: Any) -> Ticket | None:
        """The ticket in another state; None when it is no longer in the one it was read in, and nothing is written.

        Raises:
            ValueError: The life of a ticket has no such move.
        """
        check_move(TicketState(ticket.state), state)
        changed = dataclasses.replace(ticket, state=state.value, **values)
        row = {name: value for name, value in _values(changed).items() if name in values or name == "state"}
        where = (tickets.c.office == ticket.office) & (tickets.c.ticket_id == ticket.ticket_id)
        still_so = where & (tickets.c.state == ticket.state)
        return changed if self._connection.execute(update(tickets).where(still_so).values(row)).rowcount else None

    def holder(self, office: str, day: str, number: str) -> str | None:
        """The id of the ticket that carries ``number`` that day."""
        return self._connection.execute(_BY_NUMBER, {"o": office, "d": day, "n": number}).scalar()

    def followed(self, follow_hash: str) -> Ticket | None:
        """The ticket whose follow code has this hash."""
        return _one(self._connection.execute(_BY_FOLLOW, {"h": follow_hash}))

    def ahead(self, ticket: Ticket) -> int:
        """How many wait for the same service before ``ticket``."""
        key = {
            "o": ticket.office,
            "d": ticket.day,
            "s": ticket.service,
            "place": ticket.place_at,
            "issued": ticket.issued_at,
            "t": ticket.ticket_id,
        }
        return self._connection.execute(_AHEAD, key).scalar_one()

    def waiting(self, office: str, day: str) -> list[Waiting]:
        """How many wait, by service; services without anybody are left out."""
        return [Waiting(r.service, r[1]) for r in self._connection.execute(_WAITING, {"o": office, "d": day})]

    def in_line(self, office: str, day: str) -> list[Ticket]:
        """Everybody waiting, called or being served, in order."""
        return _rows(self._connection.execute(_IN_LINE, {"o": office, "d": day}))

    def in_session(self, office: str, day: str, service: str, session: str) -> int:
        """How many numbers of a session are given away."""
        key = {"o": office, "d": day, "s": service, "session": session}
        return self._connection.execute(_IN_SESSION, key).scalar_one()

    def of_person(self, office: str, person_ref: str, day: str) -> list[Ticket]:
        """A known person's tickets of a day, cancelled ones left out, in order."""
        return _rows(self._connection.execute(_OF_PERSON, {"o": office, "r": person_ref, "d": day}))

    def cancel_early(self, office: str, ticket_id: str, at: int) -> None:
        """Remember the cancel of a ticket that has not arrived."""
        if not self.cancelled_early(office, ticket_id):
            self._connection.execute(_CANCEL_EARLY, {"office": office, "ticket_id": ticket_id, "at": at})

    def cancelled_early(self, office: str, ticket_id: str) -> bool:
        """Whether the ticket's cancel arrived before the ticket."""
        return self._connection.execute(_EARLY, {"o": office, "t": ticket_id}).scalar() is not None

    def add_gap(self, ticket: Ticket, replaced_by: str, at: int) -> None:
        """The ticket's number is on no paper and goes to nobody else."""
        self._connection.execute(
            _GAP,
            {
                "office": ticket.office,
                "day": ticket.day,
                "number": ticket.number,
                "ticket_id": ticket.ticket_id,
                "replaced_by": replaced_by,
                "at": at,
            },
        )

    def gap(self, office: str, day: str, number: str) -> str | None:
        """The id of the ticket that once was given ``number`` and printed another."""
        return self._connection.execute(_IS_GAP, {"o": office, "d": day, "n": number}).scalar()


def open_among(held: list[Ticket]) -> list[Ticket]:
    """Those of ``held`` with which a person still has a place in the queue."""
    return [ticket for ticket in held if ticket.state in _OPEN]


def _values(ticket: Ticket) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(ticket, name) for name in _FIELDS}
    for name in ("printed", "priority_proven", "on_behalf"):
        values[name] = int(values[name])
    values["flags"] = json.dumps(ticket.flags)
    return values


def ticket_of_row(values: dict[str, Any]) -> Ticket:
    """A row of the tickets' table as a ticket."""
    for name in ("printed", "priority_proven", "on_behalf"):
        values[name] = bool(values[name])
    values["flags"] = tuple(json.loads(values["flags"]))
    return Ticket(**values)


def _rows(found: CursorResult[Any]) -> list[Ticket]:
    return [ticket_of_row(dict(row)) for row in found.mappings()]


def _one(found: CursorResult[Any]) -> Ticket | None:
    return next(iter(_rows(found)), None)
