"""Carries out what a step of the visit wants done, on the desk thread, and posts the answers as events."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

import structlog

from kiosk.desk.issuing import Issuing, Wish, held_elsewhere, ticket_facts
from kiosk.flow import effects as fx
from kiosk.flow.events import (
    Event,
    Holding,
    Identified,
    Issued,
    IssueFailed,
    IssueRefused,
    PaperChanged,
    TicketFacts,
)
from kiosk.storage.database import DatabaseBroken
from kiosk.storage.rows import NewJob, PrintJob
from kiosk.storage.store import Store
from models.errors import RuleRefused, StorageTrouble
from models.service import Catalogue
from models.text import Language

log = structlog.get_logger(__name__)


class Staff(Protocol):
    """Calls staff through central; answers arrive as `kiosk.flow.events.HelpAnswered`."""

    def call_help(self, reason: str, *, emergency: bool = False) -> None:
        """Call; returns at once."""

    def stop_help(self) -> None:
        """Nobody needs to come any more; returns at once."""


class Performer:
    """Everything a visit can want, behind one call.

    Args:
        look: Opens and closes the eyes of the code watcher.
        prints: Whether this kiosk has a printer at all; without one a number has no paper, and the screen says so.
        told_papers: Wakes the printing desk.
        told_outbox: Wakes the sync thread.
        now: Local time of the office.
    """

    def __init__(
        self,
        store: Store,
        issuing: Issuing,
        catalogue: Callable[[], Catalogue],
        post: Callable[[Event], None],
        *,
        look: Callable[[bool], None],
        prints: bool,
        told_papers: Callable[[], None],
        told_outbox: Callable[[], None],
        staff: Staff,
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._issuing = issuing
        self._catalogue = catalogue
        self._post = post
        self._look = look
        self._prints = prints
        self._told_papers = told_papers
        self._told_outbox = told_outbox
        self._staff = staff
        self._now = now

    def perform(self, effect: fx.Effect) -> None:
        """Carry out one effect."""
        match effect:
            case fx.Issue():
                self._issue(effect)
            case fx.Identify():
                self._identify(effect)
            case fx.LookUp(who):
                self._post(Holding(self._recent(who)))
            case fx.Reprint():
                self._reprint(effect)
            case fx.AnswerPaper():
                self._answer_paper(effect)
            case fx.Look(on):
                self._look(on)
            case fx.CallStaff(reason, emergency):
                self._staff.call_help(reason, emergency=emergency)
            case fx.StopCalling():
                self._staff.stop_help()
            case fx.Note(text, facts):
                log.info("visit", what=text, **facts)
            case fx.Forget() | fx.SetTimer() | fx.StopTimer():
                pass  # the state is replaced by the step itself; timers are the runner's

    def _issue(self, effect: fx.Issue) -> None:
        wish = Wish(
            service=effect.service,
            procedure=effect.procedure,
            who=effect.who,
            on_behalf=effect.on_behalf,
            priority=effect.priority,
            priority_proven=effect.priority_proven,
            later=effect.later,
            language=_language(effect.language),
            print=self._prints,
        )
        try:
            ticket = self._issuing.take(wish)
        except RuleRefused as refused:
            self._post(IssueRefused(refused.refusal, refused.facts, self._held(refused, effect.service)))
        except DatabaseBroken:
            raise  # only a new start of the desk mends it
        except StorageTrouble as trouble:
            log.error("not_issued", trouble=str(trouble))
            self._post(IssueFailed("D1"))
        else:
            self._told_papers()
            if ticket.sync == "pending":
                self._told_outbox()
            self._post(Issued(ticket_facts(ticket, self._catalogue())))

    def _held(self, refused: RuleRefused, service: str) -> TicketFacts | None:
        known = self._store.tickets.get(refused.facts.get("ticket_id", ""))
        if known is None or known.number is None:
            return held_elsewhere(refused, service)
        return ticket_facts(known, self._catalogue())

    def _recent(self, who: Identified) -> TicketFacts | None:
        ticket = self._issuing.recent(who)
        return None if ticket is None else ticket_facts(ticket, self._catalogue())

    def _identify(self, effect: fx.Identify) -> None:
        self._store.tickets.set_person(
            effect.ticket_id,
            method=effect.who.method.value,
            person_ref=self._issuing.reference(effect.who),
            priority=effect.priority,
            priority_proven=effect.priority_proven,
        )
        self._told_outbox()

    def _reprint(self, effect: fx.Reprint) -> None:
        ticket = self._store.tickets.get(effect.ticket_id)
        if ticket is None:
            # Taken at another kiosk: this one has no row to draw from; staff can help.
            self._post(PaperChanged(effect.ticket_id, "failed", "elsewhere"))
            return
        if not self._prints:
            self._post(PaperChanged(effect.ticket_id, "failed", "no_printer"))
            return
        job = NewJob("number_only" if effect.number_only else "reprint", ticket.intent.language)
        self._store.print_jobs.queue(job, self._now(), ticket.ticket_id)
        self._told_papers()

    def _answer_paper(self, effect: fx.AnswerPaper) -> None:
        papers = self._store.print_jobs.of_ticket(effect.ticket_id)
        if papers and papers[-1].state == "unconfirmed":
            self._store.print_jobs.finish(
                papers[-1].id, "printed" if effect.came_out else "failed", reason="said by the person"
            )


def paper_event(job: PrintJob) -> PaperChanged | None:
    """What the screen is told of a job; test pages and pads are nobody's visit."""
    if job.ticket_id is None:
        return None
    return PaperChanged(job.ticket_id, job.state, job.reason, job.asks)


def _language(text: str) -> Language:
    return "en" if text == "en" else "vi"
