"""Tickets arrive: asked for without a number, or brought on paper.

* A ticket without a number meets the rules and gets the next number of its series (promise 1).
* The same ticket again changes nothing, but one thing: a number that is on paper replaces central's (promise 4).
* A paper is filed whatever the rules say (promise 5), under its day and at its place by time of issue (promise 6).
* What cannot be read, or says what another paper says, is parked with its reason.
"""

import dataclasses
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from central.store.events import Data
from central.store.records import CENTRAL_SERIES, ParkedPaper, Ticket
from central.store.transaction import Transaction
from central.usecases import places
from central.usecases.caller import Caller
from central.usecases.issue_time import CLOCK_FLAG, IssueTime, issue_time
from central.usecases.problems import problem, refused
from central.usecases.rules import PRIORITY_FLAG, Seat, Verdict, judge, knows_priority, session_name
from models.identifiers import follow_hash
from models.messages import BatchResult, TicketRequest
from models.numbering import Number, parse_number
from models.ticket import PRINT_STATES, Method, TicketState

ORDINAL_MOST = 99_999
"""No office prints so many a day: a higher number was misread, and would carry the whole series with it."""

_METHODS = frozenset(Method)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A ticket that cannot be read: why, what could be read of it, and a fingerprint to know it again.

    Attributes:
        detail: Names the fields and what is wrong with them, never their content.
    """

    detail: str
    fingerprint: str
    on_paper: bool
    ticket_id: str | None = None
    number: str | None = None
    service: str | None = None
    issued_at: str | None = None


def receive(tx: Transaction, caller: Caller, request: TicketRequest, *, brief: bool = False) -> BatchResult:
    """File one ticket; what becomes of it is the answer, never an exception.

    Args:
        brief: Leave people ahead out of the answers to papers.
    """
    known = tx.tickets.get(caller.office.code, request.ticket_id)
    if known is not None:
        return _again(tx, caller, known, request, brief=brief)
    if request.number is None:
        return _ask(tx, caller, request)
    return _paper(tx, caller, request, brief=brief)


def receive_unreadable(tx: Transaction, caller: Caller, unreadable: Unreadable) -> BatchResult:
    """Park a paper that cannot be read; a ticket without a number is only refused."""
    if unreadable.on_paper:
        _park(tx, caller, unreadable, "unreadable", unreadable.detail)
    facts = {"parked": "yes" if unreadable.on_paper else "no"}
    return BatchResult(422, problem=problem("unreadable", 422, unreadable.detail, facts))


def _again(tx: Transaction, caller: Caller, known: Ticket, request: TicketRequest, *, brief: bool) -> BatchResult:
    if request.number is None and known.state == TicketState.CANCELLED and not known.printed:
        return BatchResult(409, problem=problem("cancelled", 409, "this ticket was cancelled"))
    if request.number is not None:
        if known.number != request.number:
            if known.printed:
                return _collides(tx, caller, request, "second-number", "this ticket already has another printed number")
            replaced = _replace(tx, caller, known, request)
            if isinstance(replaced, BatchResult):
                return replaced
            known = replaced
        elif not known.printed:
            known = tx.tickets.change(known, printed=True)
    if request.print in PRINT_STATES and request.print != known.print:
        known = tx.tickets.change(known, print=request.print)
    return _answered(200, tx, caller, known, request, brief=brief)


def _replace(tx: Transaction, caller: Caller, known: Ticket, request: TicketRequest) -> Ticket | BatchResult:
    """The paper carries another number than central gave: central's becomes a gap, a call of it was nobody's."""
    number = _read_number(request)
    if number is None:
        return _collides(tx, caller, request, "unreadable", "the number is not one that this office can print")
    office, when = caller.office, issue_time(caller.office, request)
    if tx.tickets.holder(office.code, when.day, str(number)) is not None:
        return _collides(tx, caller, request, "number-taken", "another paper carries this number")
    tx.tickets.add_gap(known, str(number), office.now)
    _mark(tx, office.code, when.day, number)
    # A question that was long on its way was placed behind those who came later; the paper knows when it was issued.
    seat = judge(tx, office, request, when).seat
    changed = tx.tickets.change(
        known,
        number=str(number),
        day=when.day,
        printed=True,
        issued_at=when.at,
        place_at=_place(seat, when, when.at),
        session=session_name(seat.session),
    )
    told: Data = {
        "number": changed.number,
        "replaced": known.number,
        "service": known.service,
    }
    tx.events.add(office.code, office.now, "number_replaced", told)
    if known.called_at is not None and known.state != TicketState.CANCELLED:
        # Not a move of its life: the call was of a number that nobody holds, so it is as if it had not been.
        changed = tx.tickets.change(changed, state=TicketState.WAITING.value, called_at=None)
        tx.counters.leave(known)
        tx.events.add(office.code, office.now, "call_corrected", told)
    return changed


def _ask(tx: Transaction, caller: Caller, request: TicketRequest) -> BatchResult:
    office = caller.office
    if request.method not in _METHODS:
        return BatchResult(422, problem=problem("unreadable", 422, "method: unknown", {"parked": "no"}))
    if tx.tickets.cancelled_early(office.code, request.ticket_id):
        return BatchResult(409, problem=problem("cancelled", 409, "this ticket was cancelled"))
    when = issue_time(office, request)
    verdict = judge(tx, office, request, when)
    if verdict.service is None or verdict.refusal is not None:
        return BatchResult(409, problem=refused(verdict.why_not()))
    prefix = verdict.service.prefix
    ordinal, place_at = tx.series.take(office.code, when.day, prefix, when.at)
    ticket = _ticket(caller, request, when, verdict, Number(prefix, ordinal), place_at)
    return _filed(tx, caller, ticket, request, brief=False)


def _paper(tx: Transaction, caller: Caller, request: TicketRequest, *, brief: bool) -> BatchResult:
    office, number = caller.office, _read_number(request)
    if number is None:
        return _collides(tx, caller, request, "unreadable", "the number is not one that this office can print")
    when = issue_time(office, request)
    if tx.tickets.holder(office.code, when.day, str(number)) is not None:
        return _collides(tx, caller, request, "number-taken", "another paper carries this number")
    _mark(tx, office.code, when.day, number)
    ticket = _ticket(caller, request, when, judge(tx, office, request, when), number, when.at)
    if tx.tickets.gap(office.code, when.day, ticket.number) is not None:
        ticket = dataclasses.replace(ticket, flags=(*ticket.flags, "gap"))
    if tx.tickets.cancelled_early(office.code, ticket.ticket_id):
        ticket = dataclasses.replace(ticket, state=TicketState.CANCELLED.value)
    return _filed(tx, caller, ticket, request, brief=brief)


def _filed(tx: Transaction, caller: Caller, ticket: Ticket, request: TicketRequest, *, brief: bool) -> BatchResult:
    office = caller.office
    tx.tickets.add(ticket)
    if ticket.state == TicketState.WAITING:
        told: Data = {"number": ticket.number, "service": ticket.service}
        tx.events.add(office.code, office.now, "ticket_issued", told)
    return _answered(201, tx, caller, ticket, request, brief=brief)


def _answered(
    status: int, tx: Transaction, caller: Caller, ticket: Ticket, request: TicketRequest, *, brief: bool
) -> BatchResult:
    if brief and request.number is not None:
        return BatchResult(status, places.brief_answer(caller.office, ticket, request.follow_code))
    return BatchResult(status, places.answer(tx, caller.office, ticket, request.follow_code))


def _ticket(
    caller: Caller, request: TicketRequest, when: IssueTime, verdict: Verdict, number: Number, place_at: int
) -> Ticket:
    office = caller.office
    return Ticket(
        office=office.code,
        ticket_id=request.ticket_id,
        day=when.day,
        number=str(number),
        printed=request.number is not None,
        service=request.service,
        state=TicketState.WAITING.value,
        issued_at=when.at,
        place_at=_place(verdict.seat, when, place_at),
        arrived_at=office.now,
        kiosk=caller.kiosk.kiosk,
        method=request.method if request.method in _METHODS else Method.NONE.value,
        priority=request.priority,
        priority_proven=request.priority_proven,
        person_ref=request.person_ref,
        procedure=request.procedure,
        on_behalf=request.on_behalf,
        session=session_name(verdict.seat.session),
        print=request.print if request.print in PRINT_STATES else None,
        follow_hash=None if request.follow_code is None else follow_hash(request.follow_code),
        flags=tuple(_flags(caller, request, when, verdict, number)),
    )


def _place(seat: Seat, when: IssueTime, place_at: int) -> int:
    """The place of a ticket: ``place_at``, or for a later session when that begins."""
    return place_at if seat.not_before is None else max(seat.not_before, when.at)


def _flags(caller: Caller, request: TicketRequest, when: IssueTime, verdict: Verdict, number: Number) -> Iterator[str]:
    """Why staff should look twice at a ticket that was taken in."""
    if verdict.refusal is not None:
        yield verdict.refusal.refusal.value
    if when.corrected:
        yield CLOCK_FLAG
    if request.method not in _METHODS:
        yield "method"
    if verdict.service is not None and verdict.service.prefix != number.prefix:
        yield "prefix"
    if request.priority is not None and not knows_priority(caller.office, request.priority):
        yield PRIORITY_FLAG


def _read_number(request: TicketRequest) -> Number | None:
    try:
        number = parse_number(request.number or "")
    except ValueError:
        return None
    return number if number.ordinal <= ORDINAL_MOST else None


def _mark(tx: Transaction, office: str, day: str, number: Number) -> None:
    """The number is on a paper: its series goes on above it, whoever prints next."""
    tx.series.at_least(office, day, number.prefix, number.kiosk or CENTRAL_SERIES, number.ordinal)


def _collides(tx: Transaction, caller: Caller, request: TicketRequest, reason: str, detail: str) -> BatchResult:
    fingerprint = hashlib.sha256(json.dumps([request.ticket_id, request.number, reason]).encode()).hexdigest()
    paper = Unreadable(detail, fingerprint, True, request.ticket_id, request.number, request.service, request.issued_at)
    _park(tx, caller, paper, reason, detail)
    status = 422 if reason == "unreadable" else 409
    return BatchResult(status, problem=problem(reason, status, detail, {"parked": "yes"}))


def _park(tx: Transaction, caller: Caller, paper: Unreadable, reason: str, detail: str) -> None:
    office = caller.office
    parked = ParkedPaper(
        office.code,
        paper.fingerprint,
        caller.kiosk.kiosk,
        reason,
        detail,
        paper.ticket_id,
        paper.number,
        paper.service,
        paper.issued_at,
        office.now,
    )
    if tx.papers.park(parked):
        told: Data = {"number": paper.number, "reason": reason, "kiosk": caller.kiosk.kiosk}
        tx.events.add(office.code, office.now, "paper_parked", told, audience="staff")
