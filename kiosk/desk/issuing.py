"""Taking a number: rules, intent, central or the kiosk's own series, all before anything is printed (promises 1-5)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Protocol

from kiosk.flow.events import Identified, TicketFacts
from kiosk.storage.rows import Intent, NewJob, Stamp, StoredTicket
from kiosk.storage.store import Store
from kiosk.storage.tickets import NumberTaken
from models.errors import Refusal, RuleRefused, StorageTrouble, UnreadableInput
from models.identifiers import follow_address, follow_code, person_ref, uuid7
from models.messages import TicketAnswer, TicketRequest, WaitSeconds
from models.opening import Opening, OpeningState, opening
from models.service import Catalogue, Service, Session
from models.text import Language

SAME_PERSON_MINUTES = 5
"""The same card again within this time is offered the ticket it already has."""

_REFUSALS = {
    OpeningState.TOO_EARLY: Refusal.TOO_EARLY,
    OpeningState.LUNCH: Refusal.LUNCH,
    OpeningState.CLOSED: Refusal.CLOSED,
    OpeningState.SESSION_FULL: Refusal.SESSION_FULL,
}


class Clock(Protocol):
    """The part of `kiosk.sync.clock.CentralClock` that is used here."""

    def stamp(self) -> Stamp:
        """This moment, as the kiosk knows it."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants a number for.

    Attributes:
        who: None for somebody without a document.
        later: For the next session of the day.
        print: Whether a paper is wanted.
    """

    service: str
    procedure: str | None = None
    who: Identified | None = field(default=None, repr=False)
    on_behalf: bool = False
    priority: str | None = None
    priority_proven: bool = False
    later: bool = False
    language: Language = "vi"
    print: bool = True


@dataclass(frozen=True, slots=True)
class Numbering:
    """Who this kiosk is when it gives numbers of its own; ``kiosk`` None prints plain numbers (``local``)."""

    kiosk: int | None


Ask = Callable[[TicketRequest], TicketAnswer | None]
"""Asks central within the time a person may wait; None when there was no answer."""


class Issuing:
    """Takes numbers, on one thread with its own store.

    Args:
        ask: None when the kiosk works without central.
        catalogue: The office as it is known now.
        office_key: For references to people.
        randomness: ``secrets.token_bytes``.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        ask: Ask | None,
        catalogue: Callable[[], Catalogue],
        office_key: bytes,
        numbering: Numbering,
        randomness: Callable[[int], bytes],
    ) -> None:
        self._store = store
        self._clock = clock
        self._ask = ask
        self._catalogue = catalogue
        self._office_key = office_key
        self._numbering = numbering
        self._randomness = randomness
        self._failed: list[str] = []

    def take(self, wish: Wish) -> StoredTicket:
        """A number for ``wish``, committed; its paper is queued.

        Raises:
            RuleRefused: With what the words on screen need.
            StorageTrouble: The disk or the database is in the way; nobody got a number.
        """
        catalogue = self._catalogue()
        service = catalogue.service(wish.service)
        if service is None:
            raise RuleRefused(Refusal.UNKNOWN_SERVICE, f"no field called {wish.service!r}")
        intent = self._intent(catalogue, service, wish)
        self._check_holding(service, intent)
        self._give_up_failed()
        self._store.tickets.add_intent(intent)
        job = NewJob("ticket", wish.language) if wish.print else None
        answer = self._answer(intent)
        try:
            return self._give(intent, answer, service.prefix, job)
        except StorageTrouble:
            self._failed.append(intent.ticket_id)
            raise

    def _give(self, intent: Intent, answer: TicketAnswer | None, prefix: str, job: NewJob | None) -> StoredTicket:
        if answer is not None:
            try:
                return self._store.tickets.issue_from_central(intent.ticket_id, answer, job)
            except NumberTaken:
                pass  # a restored central gives numbers twice: the own series cannot collide
        return self._store.tickets.issue_locally(intent.ticket_id, prefix=prefix, kiosk=self._numbering.kiosk, job=job)

    def _give_up_failed(self) -> None:
        """Central may have given numbers that the disk then had no room for; nobody has them."""
        while self._failed:
            self._store.tickets.abandon(self._failed[-1])
            self._failed.pop()

    def reference(self, who: Identified | None) -> str | None:
        """The person as central may know them, or None."""
        return None if who is None else person_ref(self._office_key, who.kind, who.number)

    def recent(self, who: Identified) -> StoredTicket | None:
        """The ticket this person took here within the last five minutes."""
        since = self._clock.stamp().at - timedelta(minutes=SAME_PERSON_MINUTES)
        reference = self.reference(who)
        return None if reference is None else self._store.tickets.latest_for_person(reference, since)

    def opening(self, service: Service, stamp: Stamp) -> Opening:
        """What the hours and the quota allow now, as far as this kiosk knows; an unsure clock refuses nobody."""
        if not stamp.sure:
            return Opening(OpeningState.OPEN)
        catalogue = self._catalogue()
        hours = catalogue.hours_of(service)
        given = 0
        session = next((s for s in hours.on(stamp.day) if stamp.at.time() < s.last_number), None)
        if service.quota is not None and session is not None:
            start, end = _moment(stamp, session.numbers_from), _moment(stamp, session.closes)
            given = self._store.tickets.issued_in_session(service.code, stamp.day, start, end)
        return opening(
            hours,
            stamp.at,
            quota=service.quota,
            issued_in_session=given,
            late_minutes=catalogue.rules.late_minutes,
        )

    def _intent(self, catalogue: Catalogue, service: Service, wish: Wish) -> Intent:
        stamp = self._clock.stamp()
        if service.at_rest is not None:
            raise RuleRefused(Refusal.AT_REST, f"{service.code} is at rest")
        session = self._session(service, stamp, later=wish.later)
        random = self._randomness(19)
        return Intent(
            ticket_id=str(uuid7(int(stamp.at.timestamp() * 1000), random[:10])),
            service=service.code,
            stamp=stamp,
            method=wish.who.method.value if wish.who else "none",
            priority=wish.priority,
            priority_proven=wish.priority_proven,
            person_ref=self.reference(wish.who),
            procedure=wish.procedure,
            follow_code=follow_code(random[10:]) if catalogue.follow_base else None,
            on_behalf=wish.on_behalf,
            not_before=_moment(stamp, session.opens).isoformat() if wish.later and session else None,
            language=wish.language,
        )

    def _session(self, service: Service, stamp: Stamp, *, later: bool) -> Session | None:
        """The session the number is for; refuses when there is none."""
        found = self.opening(service, stamp)
        if later:
            if found.later is not None:
                return found.later
            raise RuleRefused(Refusal.CLOSED, "no later session today", _resumes(found))
        if found.takes_numbers:
            return found.session
        raise RuleRefused(_REFUSALS[found.state], f"{service.code}: {found.state}", _resumes(found))

    def _check_holding(self, service: Service, intent: Intent) -> None:
        """The same card again within five minutes; what central knows beyond that, central refuses."""
        if intent.person_ref is None or service.limit_exempt:
            return
        since = intent.stamp.at - timedelta(minutes=SAME_PERSON_MINUTES)
        for ticket in self._store.tickets.open_for_person(intent.person_ref, service.code, intent.stamp.day):
            if ticket.issued_at >= since:
                facts = {"number": str(ticket.number), "ticket_id": ticket.ticket_id}
                raise RuleRefused(Refusal.ALREADY_HOLDING, "took this number a moment ago", facts)

    def _answer(self, intent: Intent) -> TicketAnswer | None:
        if self._ask is None:
            return None
        try:
            return self._ask(intent.request(age_ms=0))
        except RuleRefused:
            self._store.tickets.drop_intent(intent.ticket_id)
            raise
        except UnreadableInput:
            return None  # central does not understand us; the paper must come all the same, the outbox parks it


def ticket_facts(ticket: StoredTicket, catalogue: Catalogue) -> TicketFacts:
    """A ticket as the screen tells it."""
    code = ticket.intent.follow_code
    base = catalogue.follow_base
    return TicketFacts(
        ticket_id=ticket.ticket_id,
        number=str(ticket.number),
        service=ticket.service,
        own_series=ticket.own_series,
        people_ahead=ticket.people_ahead,
        wait=ticket.wait,
        follow_url=follow_address(base, code, str(ticket.number)) if base and code else None,
        paper=ticket.paper,
        issued_at=ticket.issued_at.isoformat(),
        not_before=ticket.intent.not_before,
    )


def held_elsewhere(refused: RuleRefused, service: str) -> TicketFacts | None:
    """The ticket that central says the person holds, for somebody who took it at another kiosk or by phone."""
    facts = refused.facts
    if "number" not in facts or "ticket_id" not in facts:
        return None
    ahead = facts.get("people_ahead", "")
    wait = None
    if facts.get("wait_low", "").isdecimal() and facts.get("wait_high", "").isdecimal():
        wait = WaitSeconds(int(facts["wait_low"]), int(facts["wait_high"]))
    return TicketFacts(
        ticket_id=facts["ticket_id"],
        number=facts["number"],
        service=facts.get("service", service),
        people_ahead=int(ahead) if ahead.isdecimal() else None,
        wait=wait,
        paper="skipped",
    )


def _moment(stamp: Stamp, clock: time) -> datetime:
    return datetime.combine(stamp.day, clock, tzinfo=stamp.at.tzinfo)


def _resumes(found: Opening) -> dict[str, str]:
    return {"resumes_at": found.resumes.isoformat()} if found.resumes else {}
