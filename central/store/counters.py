"""Counters: what is there now, what became of each ticket, and who did what."""

import dataclasses
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from central.store.records import Act, Desk, Handling, Ticket
from central.store.schema import acts, counters, handlings, tickets
from central.store.tickets import ticket_of_row
from models.ticket import TicketState

_HANDLING_FIELDS = tuple(f.name for f in dataclasses.fields(Handling))
_OFFICE_DAY = (handlings.c.office == bindparam("o")) & (handlings.c.day == bindparam("d"))
_SAME_TICKET = (tickets.c.office == handlings.c.office) & (tickets.c.ticket_id == handlings.c.ticket_id)
_HANDLING = select(handlings).where(handlings.c.office == bindparam("o"), handlings.c.ticket_id == bindparam("t"))
_DIRECTED = select(handlings.c.ticket_id, handlings.c.only_counter).where(
    _OFFICE_DAY, handlings.c.only_counter.is_not(None)
)
_DESKS = select(counters).where(counters.c.office == bindparam("o"), counters.c.day == bindparam("d"))


class Counters:
    """The counters of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def desk(self, office: str, counter: int, day: str) -> Desk:
        """A counter as it stands on ``day``; each day begins with nobody there."""
        row = self._connection.execute(
            select(counters).where(counters.c.office == office, counters.c.counter == counter, counters.c.day == day)
        ).one_or_none()
        return Desk(office, counter, day) if row is None else Desk(**row._mapping)  # noqa: SLF001 - a public name

    def desks(self, office: str, day: str) -> list[Desk]:
        """The counters at which something happened on ``day``."""
        rows = self._connection.execute(_DESKS, {"o": office, "d": day}).mappings()
        return [Desk(**dict(row)) for row in rows]

    def keep_desk(self, desk: Desk) -> None:
        """Write a counter down."""
        values = dataclasses.asdict(desk)
        same = (counters.c.office == desk.office) & (counters.c.counter == desk.counter)
        if not self._connection.execute(update(counters).where(same).values(values)).rowcount:
            self._connection.execute(insert(counters).values(values))

    def handling(self, ticket: Ticket) -> Handling:
        """What became of a ticket so far."""
        row = self._connection.execute(_HANDLING, {"o": ticket.office, "t": ticket.ticket_id}).one_or_none()
        if row is None:
            return Handling(ticket.office, ticket.ticket_id, ticket.day)
        return Handling(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for a row as a mapping

    def keep_handling(self, handling: Handling) -> None:
        """Write down what became of a ticket."""
        values = dataclasses.asdict(handling)
        same = (handlings.c.office == handling.office) & (handlings.c.ticket_id == handling.ticket_id)
        if not self._connection.execute(update(handlings).where(same).values(values)).rowcount:
            self._connection.execute(insert(handlings).values(values))

    def leave(self, ticket: Ticket) -> None:
        """The ticket is at no counter any more."""
        there = (counters.c.office == ticket.office) & (counters.c.ticket_id == ticket.ticket_id)
        self._connection.execute(update(counters).where(there).values(ticket_id=None))

    def directed(self, office: str, day: str) -> dict[str, int]:
        """Tickets that one counter alone may call, and that counter."""
        rows = self._connection.execute(_DIRECTED, {"o": office, "d": day})
        return {row.ticket_id: row.only_counter for row in rows}

    def called(self, office: str, day: str, states: list[TicketState], limit: int) -> list[tuple[Ticket, Handling]]:
        """Tickets of a day that were called and are in one of ``states``, the last call first."""
        newest = handlings.c.called_at.desc(), handlings.c.ticket_id.desc()
        wanted = (
            select(tickets, *(handlings.c[name].label(f"handling_{name}") for name in _HANDLING_FIELDS))
            .join(handlings, _SAME_TICKET)
            .where(_OFFICE_DAY, handlings.c.called_at.is_not(None), tickets.c.state.in_(states))
            .order_by(*newest)
            .limit(limit)
        )
        rows = self._connection.execute(wanted, {"o": office, "d": day}).mappings()
        return [_with_handling(dict(row)) for row in rows]

    def add_act(self, act: Act) -> None:
        """Write down what somebody did."""
        self._connection.execute(insert(acts).values({**dataclasses.asdict(act), "undone": int(act.undone)}))

    def act(self, office: str, counter: int, request_id: str) -> Act | None:
        """What a request came to, if it was made before."""
        same = (acts.c.office == office) & (acts.c.counter == counter) & (acts.c.request_id == request_id)
        row = self._connection.execute(select(acts).where(same)).mappings().one_or_none()
        return None if row is None else _act(dict(row))

    def last_act(self, office: str, counter: int) -> Act | None:
        """The last thing that was done at a counter; an act that was undone counts as not done."""
        here = (acts.c.office == office) & (acts.c.counter == counter) & (acts.c.undone == 0)
        newest = select(acts).where(here).order_by(acts.c.serial.desc()).limit(1)
        row = self._connection.execute(newest).mappings().one_or_none()
        return None if row is None else _act(dict(row))

    def undone(self, act: Act) -> None:
        """Mark an act as undone."""
        same = (acts.c.office == act.office) & (acts.c.counter == act.counter) & (acts.c.request_id == act.request_id)
        self._connection.execute(update(acts).where(same).values(undone=1))


def _act(row: dict[str, Any]) -> Act:
    del row["serial"]
    return Act(**{**row, "undone": bool(row["undone"])})


def _with_handling(row: dict[str, Any]) -> tuple[Ticket, Handling]:
    handling = Handling(**{name: row.pop(f"handling_{name}") for name in _HANDLING_FIELDS})
    return ticket_of_row(row), handling
