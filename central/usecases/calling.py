"""What an officer does with the people at a counter. Each act is the work of one `central.usecases.press.press`."""

from central.store.records import Ticket
from central.usecases.counters import line_of, order_of, services_of
from central.usecases.press import Press, refuse_busy_person
from central.usecases.problems import CallerProblem, unknown
from models.calling import Cycle
from models.ticket import TicketState

NOBODY = "nobody"


def call_next(press: Press, current: str | None) -> str:
    """Finish the ticket that is at the counter, then call the next one that the rules say.

    Args:
        current: What the console shows; somebody who presses twice, or on an old picture, calls nobody.
    """
    served = press.at_desk(current)
    if served is not None:
        _end(press, served)
    line = line_of(press.tx, press.office, press.key.counter)
    for choice in order_of(press.office, press.desk, line):
        if _call(press, line.waiting[choice.candidate.ticket_id], choice.cycle):
            return choice.why.value
    return NOBODY


def recall(press: Press, ticket_id: str) -> None:
    """Call the same number again."""
    ticket = _must_be(press, ticket_id, TicketState.CALLED)
    handling = press.tx.counters.handling(ticket)
    again = press.handle(ticket, calls=handling.calls + 1, called_at=press.office.now)
    ticket = press.change(ticket, called_at=press.office.now)
    press.tell("ticket.called", ticket, again=again.calls - 1)


def start(press: Press, ticket_id: str) -> None:
    """The person is here."""
    ticket = _moved(press, _here(press, ticket_id), TicketState.SERVING)
    press.handle(ticket, started_at=press.office.now)
    press.tell("ticket.started", ticket)


def finish(press: Press, ticket_id: str) -> None:
    """The person goes; nobody is called."""
    _end(press, _here(press, ticket_id))


def no_show(press: Press, ticket_id: str) -> None:
    """Nobody came, though called often enough."""
    ticket = _must_be(press, ticket_id, TicketState.CALLED)
    calls, needed = press.tx.counters.handling(ticket).calls, press.office.catalogue.rules.calls_before_no_show
    if calls < needed:
        facts = {"calls": str(calls), "needed": str(needed)}
        raise CallerProblem("called-too-seldom", 409, f"called {calls} times, {needed} are needed", facts)
    ticket = _moved(press, ticket, TicketState.NO_SHOW)
    press.handle(ticket, ended_at=press.office.now)
    press.clear()
    press.tell("ticket.no_show", ticket)


def hold(press: Press, ticket_id: str) -> None:
    """The person comes back to this counter: papers are missing, something is to be signed."""
    ticket = _moved(press, _here(press, ticket_id), TicketState.ON_HOLD)
    press.handle(ticket, started_at=None)
    press.clear()
    press.tell("ticket.held", ticket)


def transfer(press: Press, ticket_id: str, service: str | None, counter: int | None) -> None:
    """Send the person to another service, or to one counter; place and number stay.

    Raises:
        CallerProblem: There is no such service or counter; 404.
    """
    ticket = _here(press, ticket_id)
    if service is not None and press.office.catalogue.service(service) is None:
        raise unknown("service")
    if counter is not None:
        services_of(press.office, counter)
    ticket = _moved(press, ticket, TicketState.WAITING, service=service or ticket.service, called_at=None)
    press.handle(ticket, counter=None, calls=0, called_at=None, started_at=None, only_counter=counter)
    press.clear()
    press.tell("ticket.transferred", ticket, to_counter=counter)


def call_number(press: Press, number: str) -> None:
    """Serve somebody who stands here already, whatever the order says.

    Raises:
        CallerProblem: No such number today (404); the counter is not free, the person is at another one, the number was
            missed too long ago, or is done with (409).
    """
    if press.desk.ticket_id is not None:
        raise CallerProblem("counter-busy", 409, "finish, hold or transfer the ticket at this counter first")
    ticket_id = press.tx.tickets.holder(press.office.code, press.office.today, number)
    ticket = None if ticket_id is None else press.tx.tickets.get(press.office.code, ticket_id)
    if ticket is None:
        raise unknown("number today")
    refuse_busy_person(press, ticket)
    if ticket.state == TicketState.NO_SHOW:
        ticket = _came_back(press, ticket)
    cycle = Cycle(press.desk.called_priority, press.desk.called_ordinary)
    if not _call(press, ticket, cycle):
        raise _somebody_was_quicker(press)


def _came_back(press: Press, ticket: Ticket) -> Ticket:
    missed_ms = press.office.catalogue.rules.missed_minutes * 60_000
    if ticket.called_at is not None and press.office.now - ticket.called_at > missed_ms:
        raise CallerProblem("wrong-state", 409, "this number was missed too long ago", {"state": ticket.state})
    return _moved(press, ticket, TicketState.WAITING)


def _call(press: Press, ticket: Ticket, cycle: Cycle) -> bool:
    """Call a ticket to this counter; False when another counter was quicker."""
    now = press.office.now
    called = press.move(ticket, TicketState.CALLED, called_at=now)
    if called is None:
        return False
    here = {"counter": press.key.counter, "calls": 1, "called_at": now}
    press.handle(called, **here, started_at=None, ended_at=None, only_counter=None)
    press.put(called, cycle)
    press.tell("ticket.called", called, again=0)
    return True


def _end(press: Press, ticket: Ticket) -> None:
    if ticket.state == TicketState.CALLED:  # nobody pressed *start*: what is finished was served
        ticket = _moved(press, ticket, TicketState.SERVING)
    ticket = _moved(press, ticket, TicketState.DONE)
    press.handle(ticket, ended_at=press.office.now)
    press.clear()
    press.tell("ticket.finished", ticket)


def _here(press: Press, ticket_id: str) -> Ticket:
    ticket = press.at_desk(ticket_id)
    if ticket is None:
        raise unknown("ticket")
    return ticket


def _must_be(press: Press, ticket_id: str, state: TicketState) -> Ticket:
    ticket = _here(press, ticket_id)
    if ticket.state != state:
        raise CallerProblem("wrong-state", 409, f"this ticket is {ticket.state}", {"state": ticket.state})
    return ticket


def _moved(press: Press, ticket: Ticket, state: TicketState, **values: str | int | None) -> Ticket:
    moved = press.move(ticket, state, **values)
    if moved is None:
        raise _somebody_was_quicker(press)
    return moved


def _somebody_was_quicker(press: Press) -> CallerProblem:
    return CallerProblem("stale", 409, "it has gone on since", {"current": press.desk.ticket_id or ""})
