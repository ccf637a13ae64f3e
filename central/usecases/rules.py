"""The rules that may refuse a ticket without a number, and only flag a paper (promise 5)."""

from dataclasses import dataclass
from datetime import datetime

from central.store.records import Ticket
from central.store.tickets import open_among
from central.store.transaction import Transaction
from central.usecases.caller import Office, milliseconds
from central.usecases.issue_time import IssueTime
from models.errors import Refusal, RuleRefused
from models.messages import TicketRequest
from models.opening import Opening, opening
from models.service import Catalogue, Service, Session

PRIORITY_FLAG = "priority"
"""A priority that the office does not know: staff ask."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a ticket belongs in the day.

    Attributes:
        session: The session it counts for; None outside all of them.
        not_before: From when it may be called, ms, for a ticket of a later session; else None.
    """

    session: Session | None = None
    not_before: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The service as the office offers it, the seat, and what the rules say: None when nothing speaks against it."""

    service: Service | None
    seat: Seat
    refusal: RuleRefused | None

    def why_not(self) -> RuleRefused:
        """The refusal of a ticket that gets no number."""
        return self.refusal or RuleRefused(Refusal.UNKNOWN_SERVICE, "this office has no such service")


def session_name(session: Session | None) -> str | None:
    """How a session is written down."""
    return None if session is None else session.opens.strftime("%H:%M")


def judge(tx: Transaction, office: Office, request: TicketRequest, when: IssueTime) -> Verdict:
    """Hold a request against every rule. Writes nothing."""
    service = office.catalogue.service(request.service)
    if service is None:
        facts = {"service": request.service}
        refusal = RuleRefused(Refusal.UNKNOWN_SERVICE, "this office has no such service", facts)
        return Verdict(None, Seat(), refusal)
    seat, by_hours = _judge_hours(tx, office, service, request, when)
    if service.at_rest is not None:
        refusal = RuleRefused(Refusal.AT_REST, "this service gives no numbers now", {"service": service.code})
        return Verdict(service, seat, refusal)
    return Verdict(service, seat, by_hours or _judge_person(tx, office, service, request.person_ref, when.day))


def knows_priority(office: Office, code: str) -> bool:
    """Whether the office has this priority."""
    return any(priority.code == code for priority in office.catalogue.priorities)


def over_limit(tx: Transaction, office: Office, ticket: Ticket, person_ref: str) -> bool:
    """Whether a known person holds more than the rules allow once ``ticket`` is theirs."""
    service = office.catalogue.service(ticket.service)
    if service is None:
        return False
    held = [t for t in tx.tickets.of_person(office.code, person_ref, ticket.day) if t.ticket_id != ticket.ticket_id]
    return _over(tx, office, service, held) is not None


def _judge_hours(
    tx: Transaction, office: Office, service: Service, request: TicketRequest, when: IssueTime
) -> tuple[Seat, RuleRefused | None]:
    hours = office.catalogue.hours_of(service)
    local = office.local(when.at)
    state = opening(hours, local, late_minutes=office.catalogue.rules.late_minutes)
    if service.quota is not None and state.session is not None:
        given = tx.tickets.in_session(office.code, when.day, service.code, str(session_name(state.session)))
        state = opening(hours, local, quota=service.quota, issued_in_session=given)
    seat = _later_seat(office, service, request, local) or Seat(state.session)
    if not state.takes_numbers:
        return seat, _not_open(office, state)
    if service.quota is not None and seat.not_before is not None:
        given = tx.tickets.in_session(office.code, when.day, service.code, str(session_name(seat.session)))
        if given >= service.quota:
            return seat, RuleRefused(Refusal.SESSION_FULL, "the later session is full as well")
    return seat, None


def _later_seat(office: Office, service: Service, request: TicketRequest, local: datetime) -> Seat | None:
    """The later session of the same day that the ticket was taken for; a ``not_before`` that fits none is ignored."""
    if request.not_before is None:
        return None
    wanted = datetime.fromisoformat(request.not_before).astimezone(office.zone)
    if wanted.date() != local.date() or wanted <= local:
        return None
    for session in office.catalogue.hours_of(service).on(local.date()):
        begins = datetime.combine(local.date(), session.numbers_from, office.zone)
        if session.numbers_from <= wanted.time() < session.closes and begins > local:
            # Not after those who come when the session's own numbers begin: this person was here first.
            return Seat(session, milliseconds(begins))
    return None


def _not_open(office: Office, state: Opening) -> RuleRefused:
    facts = {}
    if state.resumes is not None:
        facts["resumes_at"] = state.resumes.isoformat()
    return RuleRefused(Refusal(state.state.value), f"no numbers now: {state.state.value}", facts)


def _judge_person(
    tx: Transaction, office: Office, service: Service, person_ref: str | None, day: str
) -> RuleRefused | None:
    if person_ref is None:
        return None
    return _over(tx, office, service, tx.tickets.of_person(office.code, person_ref, day))


def _over(tx: Transaction, office: Office, service: Service, held: list[Ticket]) -> RuleRefused | None:
    rules = office.catalogue.rules
    if service.limit_exempt or not held:
        return None
    same = [t for t in open_among(held) if t.service == service.code]
    if rules.open_tickets_per_service is not None and len(same) >= rules.open_tickets_per_service:
        facts = {"people_ahead": str(tx.tickets.ahead(same[0])), **_told(same[0])}
        return RuleRefused(Refusal.ALREADY_HOLDING, "this person holds an open ticket of this service", facts)
    counted = [t for t in held if not _exempt(office.catalogue, t.service)]
    if rules.tickets_per_day is not None and len(counted) >= rules.tickets_per_day:
        facts = {"limit": str(rules.tickets_per_day), **_told(counted[-1])}
        return RuleRefused(Refusal.LIMIT_REACHED, "this person has had all tickets of the day", facts)
    return None


def _told(ticket: Ticket) -> dict[str, str]:
    return {
        "number": ticket.number,
        "ticket_id": ticket.ticket_id,
        "service": ticket.service,
        "state": ticket.state,
        "day": ticket.day,
    }


def _exempt(catalogue: Catalogue, code: str) -> bool:
    service = catalogue.service(code)
    return service is not None and service.limit_exempt
