"""One press of a key at a counter: said once, written down, and for ten seconds to be taken back.

A press is known by its request id. The same request again changes nothing and gets the same answer, so that a console
whose connection broke may simply ask again. What a press changes is kept as it stood before and as it stands after: an
undo puts the former back, if nobody has touched the latter since. It is a correction and no move in a ticket's life.
"""

import dataclasses
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from central.store.events import Data
from central.store.records import Act, Desk, Handling, Ticket
from central.store.transaction import Transaction
from central.usecases.caller import Office
from central.usecases.counters import AT_COUNTER, UNDO_MS, called_at_desk, line_of, order_of, services_of
from central.usecases.display import told_service
from central.usecases.problems import CallerProblem
from central.usecases.staff import OFFICER, Colleague
from models.calling import Cycle
from models.counter_messages import ActAnswer
from models.messages import from_wire, to_wire
from models.ticket import MOVES, TicketState

Standing = dict[str, Any]
"""How counter and tickets stand, as JSON has it."""


@dataclass(frozen=True, slots=True)
class Key:
    """Who presses what, where.

    Attributes:
        reason: From the console's list; counted every month.
    """

    colleague: Colleague
    counter: int
    act: str
    request_id: str
    reason: str | None = None


class Press:
    """A press that is going on. Acts change tickets through it alone, so that it knows what to write down."""

    def __init__(self, tx: Transaction, key: Key) -> None:
        self.tx = tx
        self.key = key
        self.office: Office = key.colleague.office
        self.desk = tx.counters.desk(self.office.code, key.counter, self.office.today)
        self._was_desk = self.desk
        self._was: dict[str, Standing] = {}

    def at_desk(self, ticket_id: str | None) -> Ticket | None:
        """The ticket at this counter, which must be the one that the console shows.

        Raises:
            CallerProblem: It is not; 409.
        """
        if ticket_id != self.desk.ticket_id:
            raise CallerProblem(
                "stale", 409, "another ticket is at this counter", {"current": self.desk.ticket_id or ""}
            )
        return None if ticket_id is None else self.tx.tickets.get(self.office.code, ticket_id)

    def move(self, ticket: Ticket, state: TicketState, **values: Any) -> Ticket | None:
        """The ticket in another state; None when somebody was quicker.

        Raises:
            CallerProblem: A ticket in its state cannot go there; 409.
        """
        if state not in MOVES[TicketState(ticket.state)]:
            raise CallerProblem("wrong-state", 409, f"this ticket is {ticket.state}", {"state": ticket.state})
        stood = _ticket_standing(self.tx, ticket)
        moved = self.tx.tickets.move(ticket, state, **values)
        if moved is not None:  # what somebody else has changed is not ours to undo
            self._was.setdefault(ticket.ticket_id, stood)
        return moved

    def change(self, ticket: Ticket, **values: Any) -> Ticket:
        """The ticket with other values, in the state it has."""
        self._remember(ticket)
        return self.tx.tickets.change(ticket, **values)

    def handle(self, ticket: Ticket, **values: Any) -> Handling:
        """Write down what became of the ticket here."""
        self._remember(ticket)
        handling = dataclasses.replace(self.tx.counters.handling(ticket), day=ticket.day, **values)
        self.tx.counters.keep_handling(handling)
        return handling

    def clear(self) -> None:
        """Nobody is at this counter."""
        self._keep(dataclasses.replace(self.desk, ticket_id=None))

    def put(self, ticket: Ticket, cycle: Cycle) -> None:
        """Have the ticket at this counter."""
        office, counter, day = self.desk.office, self.desk.counter, self.desk.day
        self._keep(Desk(office, counter, day, ticket.ticket_id, cycle.priority, cycle.ordinary))

    def tell(self, kind: str, ticket: Ticket, **more: str | int | None) -> None:
        """Every screen hears of it: numbers, and the service where it is not private."""
        data: Data = {
            "number": ticket.number,
            "counter": self.key.counter,
            "service": told_service(self.office, ticket.service),
            **more,
        }
        self.tx.events.add(self.office.code, self.office.now, kind, data)

    def end(self, reason: str | None) -> ActAnswer:
        """Write the press down; its answer."""
        line = line_of(self.tx, self.office, self.key.counter)
        waiting = len(order_of(self.office, self.desk, line))
        answer = ActAnswer(called_at_desk(self.tx, self.office, self.desk), reason, waiting)
        before = {"desk": dataclasses.asdict(self._was_desk), "tickets": self._was}
        self.tx.counters.add_act(
            Act(
                office=self.office.code,
                counter=self.key.counter,
                request_id=self.key.request_id,
                at=self.office.now,
                user=self.key.colleague.user.name,
                act=self.key.act,
                reason=self.key.reason,
                ticket_id=next(reversed(self._was), None),
                answer=json.dumps(to_wire(answer)),
                before=json.dumps(before),
                after=json.dumps(_standing(self.tx, self.desk, self._was)),
                undone=self.key.act == "undo",  # there is no undo of an undo
            )
        )
        return answer

    def _keep(self, desk: Desk) -> None:
        self.desk = desk
        self.tx.counters.keep_desk(desk)

    def _remember(self, ticket: Ticket) -> None:
        if ticket.ticket_id not in self._was:
            self._was[ticket.ticket_id] = _ticket_standing(self.tx, ticket)


def press(tx: Transaction, key: Key, work: Callable[[Press], str | None]) -> ActAnswer:
    """Do ``work``, once for each request id.

    Args:
        work: Changes what it will through the press, and answers the reason that the console is told.

    Raises:
        CallerProblem: Not this officer's to do (403), no such counter (404), or what ``work`` says.
    """
    if OFFICER not in key.colleague.user.roles:
        raise CallerProblem("wrong-role", 403, "only an officer calls people")
    office = key.colleague.office
    services_of(office, key.counter)
    known = tx.counters.act(office.code, key.counter, key.request_id)
    if known is not None:
        if known.act != key.act:
            raise CallerProblem("request-id-used", 409, "this request id belongs to another act", {"act": known.act})
        return from_wire(ActAnswer, json.loads(known.answer))
    going_on = Press(tx, key)
    return going_on.end(work(going_on))


def undo(press: Press) -> None:
    """Take back the last act of this counter.

    Raises:
        CallerProblem: There is none in the last ten seconds, or somebody has gone on since; 409.
    """
    tx, office = press.tx, press.office
    last = tx.counters.last_act(office.code, press.key.counter)
    if last is None or office.now - last.at > UNDO_MS:
        raise CallerProblem("nothing-to-undo", 409, "nothing was done here in the last ten seconds")
    before: Standing = json.loads(last.before)
    if _standing(tx, press.desk, before["tickets"]) != json.loads(last.after):
        raise CallerProblem("stale", 409, "it has gone on since", {"current": press.desk.ticket_id or ""})
    # The counter first: two counters may never hold one ticket, not even between two rows of a transaction.
    press.desk = Desk(**before["desk"])
    tx.counters.keep_desk(press.desk)
    for ticket_id, stood in before["tickets"].items():
        _put_back(press, ticket_id, stood)
    tx.counters.undone(last)


def _put_back(press: Press, ticket_id: str, stood: Standing) -> None:
    ticket = press.tx.tickets.get(press.office.code, ticket_id)
    assert ticket is not None  # noqa: S101 - it stands as the act left it, and tickets are never deleted
    if stood["state"] in AT_COUNTER and ticket.state not in AT_COUNTER:
        refuse_busy_person(press, ticket)
    restored = press.change(ticket, **{name: stood[name] for name in _TICKET_PARTS})
    press.tx.counters.keep_handling(Handling(**stood["handling"]))
    press.tell("ticket.returned", restored, state=restored.state)


def refuse_busy_person(press: Press, ticket: Ticket) -> None:
    """One person's two tickets are never at counters at once.

    Raises:
        CallerProblem: The person's other ticket is; 409 with its number.
    """
    if ticket.person_ref is None:
        return
    for other in press.tx.tickets.of_person(press.office.code, ticket.person_ref, ticket.day):
        if other.ticket_id != ticket.ticket_id and other.state in AT_COUNTER:
            raise CallerProblem("person-busy", 409, "this person is at another counter", {"number": other.number})


_TICKET_PARTS = ("state", "service", "called_at")


def _ticket_standing(tx: Transaction, ticket: Ticket) -> Standing:
    parts = {name: getattr(ticket, name) for name in _TICKET_PARTS}
    return {**parts, "handling": dataclasses.asdict(tx.counters.handling(ticket))}


def _standing(tx: Transaction, desk: Desk, ticket_ids: Iterable[str]) -> Standing:
    tickets = [ticket for t in ticket_ids if (ticket := tx.tickets.get(desk.office, t)) is not None]
    return {
        "desk": dataclasses.asdict(desk),
        "tickets": {ticket.ticket_id: _ticket_standing(tx, ticket) for ticket in tickets},
    }
