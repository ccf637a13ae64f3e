"""What consoles show: the counters of an office, who is there, who comes next and why."""

from collections.abc import Mapping
from dataclasses import dataclass

from central.store.records import Desk, Handling, Ticket
from central.store.transaction import Transaction
from central.usecases.caller import Office
from central.usecases.problems import unknown
from central.usecases.rules import knows_priority
from models.calling import Candidate, Choice, Cycle, Why, kept_back, line_up
from models.counter_messages import Called, CounterAnswer, CountersAnswer, CounterSummary, WaitingTicket
from models.ticket import TicketState

UNDO_MS = 10_000
"""So long after an act it can be taken back."""

AT_COUNTER = frozenset({TicketState.CALLED, TicketState.SERVING})


@dataclass(frozen=True, slots=True)
class Line:
    """Who waits for a counter, and which persons are at a counter now."""

    waiting: Mapping[str, Ticket]
    busy: frozenset[str]

    def candidates(self, office: Office) -> list[Candidate]:
        """Those who wait, as the rules of calling see them; a priority that the office does not know is none."""
        return [
            Candidate(
                t.ticket_id,
                t.place_at,
                t.issued_at,
                t.priority is not None and knows_priority(office, t.priority),
                t.person_ref,
            )
            for t in self.waiting.values()
        ]


def counters_of(office: Office) -> dict[int, tuple[str, ...]]:
    """The office's counters and what each serves.

    A service that names no counter is served by all; where none names one there is a single counter.
    """
    services = office.catalogue.services
    numbers = sorted({number for service in services for number in service.counters}) or [1]
    return {n: tuple(s.code for s in services if not s.counters or n in s.counters) for n in numbers}


def services_of(office: Office, counter: int) -> tuple[str, ...]:
    """What a counter serves.

    Raises:
        CallerProblem: The office has no such counter; 404.
    """
    found = counters_of(office).get(counter)
    if found is None:
        raise unknown("counter")
    return found


def line_of(tx: Transaction, office: Office, counter: int) -> Line:
    """Who waits for ``counter`` today."""
    services = services_of(office, counter)
    directed = tx.counters.directed(office.code, office.today)
    in_line = tx.tickets.in_line(office.code, office.today)
    return Line(
        {t.ticket_id: t for t in in_line if t.state == TicketState.WAITING and _for(t, counter, services, directed)},
        frozenset(t.person_ref for t in in_line if t.state in AT_COUNTER and t.person_ref is not None),
    )


def order_of(office: Office, desk: Desk, line: Line) -> list[Choice]:
    """Those who can be called now, as this counter would call them."""
    cycle = Cycle(desk.called_priority, desk.called_ordinary)
    return list(line_up(line.candidates(office), cycle, office.catalogue.rules.priority_ratio, office.now, line.busy))


def show_counters(tx: Transaction, office: Office) -> CountersAnswer:
    """All counters and who is there."""
    there = {desk.counter: desk for desk in tx.counters.desks(office.code, office.today)}
    return CountersAnswer(
        tuple(
            CounterSummary(n, services, called_at_desk(tx, office, there[n]) if n in there else None)
            for n, services in counters_of(office).items()
        )
    )


def show_counter(tx: Transaction, office: Office, counter: int) -> CounterAnswer:
    """One counter with its line."""
    services = services_of(office, counter)
    desk = tx.counters.desk(office.code, counter, office.today)
    line = line_of(tx, office, counter)
    last = tx.counters.last_act(office.code, counter)
    undo_until = None if last is None or last.at + UNDO_MS < office.now else office.iso(last.at + UNDO_MS)
    held = tx.counters.called(office.code, office.today, [TicketState.ON_HOLD], 100)
    return CounterAnswer(
        counter,
        services,
        called_at_desk(tx, office, desk),
        tuple(_waiting(office, desk, line)),
        tuple(ticket.number for ticket, handling in held if handling.counter == counter),
        undo_until,
        office.catalogue.rules.priority_ratio,
        office.catalogue.rules.calls_before_no_show,
    )


def called_at_desk(tx: Transaction, office: Office, desk: Desk) -> Called | None:
    """The ticket that is at a counter."""
    ticket = None if desk.ticket_id is None else tx.tickets.get(office.code, desk.ticket_id)
    return None if ticket is None else called(office, ticket, tx.counters.handling(ticket))


def called(office: Office, ticket: Ticket, handling: Handling) -> Called:
    """A ticket as the console at its counter sees it."""
    until = ticket.called_at if ticket.called_at is not None else office.now
    return Called(
        ticket_id=ticket.ticket_id,
        number=ticket.number,
        service=ticket.service,
        state=ticket.state,
        called_at=None if ticket.called_at is None else office.iso(ticket.called_at),
        calls=handling.calls,
        priority=ticket.priority,
        priority_proven=ticket.priority_proven,
        method=ticket.method,
        waited_seconds=_seconds(until - ticket.place_at),
        on_behalf=ticket.on_behalf,
        procedure=ticket.procedure,
        started_at=None if handling.started_at is None else office.iso(handling.started_at),
    )


def _for(ticket: Ticket, counter: int, services: tuple[str, ...], directed: Mapping[str, int]) -> bool:
    only = directed.get(ticket.ticket_id)
    return ticket.service in services if only is None else only == counter


def _waiting(office: Office, desk: Desk, line: Line) -> list[WaitingTicket]:
    ready = [(choice.candidate.ticket_id, choice.why) for choice in order_of(office, desk, line)]
    back = [(c.ticket_id, kept_back(c, office.now, line.busy)) for c in line.candidates(office)]
    return [
        _waiting_ticket(office, line.waiting[ticket_id], why) for ticket_id, why in (*ready, *back) if why is not None
    ]


def _waiting_ticket(office: Office, ticket: Ticket, why: Why) -> WaitingTicket:
    waited = _seconds(office.now - ticket.place_at)
    return WaitingTicket(ticket.number, ticket.service, waited, ticket.priority, why.value)


def _seconds(milliseconds: int) -> int:
    return max(0, milliseconds // 1000)
