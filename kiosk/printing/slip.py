"""What a ticket's paper says, line by line, before anything is drawn."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from config.locale import EN_DASH, Words
from models.identifiers import follow_address
from models.messages import Clock, WaitSeconds
from models.service import Catalogue, Procedure, Service
from models.text import Language
from models.whereabouts import whereabouts

SOON_SECONDS = 120
"""Up to here the paper says "in a few minutes" and no clock range."""

CLOCK_STEP_MINUTES = 5
"""The expected clock range is widened to whole steps: nobody believes 08:37."""


LONGEST_ADDRESS = 150
"""A longer address would need a code too fine for an old phone: the paper then has none."""


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """All that a print job keeps of a ticket: enough to draw it again, nothing about its person.

    Goes to JSON and back by `models.messages.to_wire` and `from_wire`.

    Attributes:
        service: Code of the field.
        issued_at: ISO 8601 with offset.
        own_series: The number is the kiosk's own.
        people_ahead: None when central has not answered.
        follow_code: Address of the ticket's page; drawn only when the office has a ``follow_base``.
        not_before: ISO 8601 start of the session it is for, when that is a later one.
        clock: With ``unsure`` no time stands on the paper.
        reprint: The same ticket once more, marked *In lại*.
        number_only: Number and office and nothing else (after a crash).
    """

    number: str
    service: str
    issued_at: str
    language: Language = "vi"
    procedure: str | None = None
    own_series: bool = False
    people_ahead: int | None = None
    wait: WaitSeconds | None = None
    follow_code: str | None = field(default=None, repr=False)
    not_before: str | None = None
    clock: Clock = "sure"
    reprint: bool = False
    number_only: bool = False


@dataclass(frozen=True, slots=True)
class TicketSlip:
    """The lines of one ticket, in the words of its language; empty text and None are left out.

    Attributes:
        line1: First line of the office's name.
        line2: Second line.
        number: As `models.numbering` writes it.
        service: Name of the field.
        place: Said large: room, single counter, or waiting area.
        place_more: Said small: counters and board, or floor and way.
        facts: (label, parts of the value): people ahead, expected call, time of issue.
        notes: Sentences that change when to expect the call: own series, later session.
        follow_url: Content of the QR.
        follow: Words beside the QR.
        missed: What to do after a missed call.
        keep: That the paper should be kept, with its number in small print for machines, and how long it counts.
        mark: *In lại* on a reprint.
        papers_title: Head of the list of papers.
        procedure: Name of the chosen procedure.
        papers: What it needs.
    """

    line1: str
    line2: str
    number: str
    service: str = ""
    place: str = ""
    place_more: str = ""
    facts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    notes: tuple[str, ...] = ()
    follow_url: str | None = field(default=None, repr=False)
    follow: str = ""
    missed: str = ""
    keep: tuple[str, ...] = ()
    mark: str = ""
    papers_title: str = ""
    procedure: str = ""
    papers: tuple[str, ...] = ()


def ticket_slip(catalogue: Catalogue, facts: PaperFacts, words: Words) -> TicketSlip:
    """Say ``facts`` in ``words``, which must be those of ``facts.language``.

    A field that has left the catalogue since the ticket was issued is left out: the number still counts.
    """
    language = facts.language
    mark = words("paper.reprint") if facts.reprint or facts.number_only else ""
    line1, line2 = catalogue.line1.within(language), catalogue.line2.within(language)
    if facts.number_only:
        return TicketSlip(line1, line2, facts.number, mark=mark)
    service = catalogue.service(facts.service)
    place, place_more = place_words(service, language, words) if service else ("", "")
    procedure = _procedure(service, facts.procedure)
    papers = tuple(paper.within(language) for paper in procedure.papers) if procedure else ()
    address = _address(catalogue, facts)
    return TicketSlip(
        line1,
        line2,
        facts.number,
        service=service.name.within(language) if service else "",
        place=place,
        place_more=place_more,
        facts=_fact_rows(facts, words),
        notes=_notes(facts, words),
        follow_url=address,
        follow=words("paper.follow") if address else "",
        missed=words("paper.missed", minutes=catalogue.rules.missed_minutes),
        keep=(words("paper.keep", number=facts.number), words("paper.today")),
        mark=mark,
        papers_title=words("paper.papers") if papers else "",
        procedure=procedure.name.within(language) if procedure and papers else "",
        papers=papers,
    )


@dataclass(frozen=True, slots=True)
class SpareSlip:
    """One slip of a reserve pad, printed ahead for a power cut; day and time are written by hand."""

    line1: str
    line2: str
    number: str
    service: str
    place: str


def spare_slips(
    catalogue: Catalogue, service: Service, numbers: Sequence[str], language: Language, words: Words
) -> tuple[SpareSlip, ...]:
    """A pad of ``numbers`` of one field, in their order."""
    place, _ = place_words(service, language, words)
    line1, line2 = catalogue.line1.within(language), catalogue.line2.within(language)
    name = service.name.within(language)
    return tuple(SpareSlip(line1, line2, number, name, place) for number in numbers)


def place_words(service: Service, language: Language, words: Words) -> tuple[str, str]:
    """Where to go, large and small (`models.whereabouts`)."""
    where = whereabouts(service)
    name, rest = where.place.name.within(language), where.place.floor_and_way(language)
    if where.counter is not None:
        return words("paper.counter", counter=where.counter), name or rest
    if where.counters:
        rest = words("paper.counters", counters=_listed(where.counters, words))
    elif service.room is None:
        rest = rest or words("paper.board")
    return (name, rest) if name else (rest, "")


def expected_call(issued_at: datetime, wait: WaitSeconds) -> tuple[datetime, datetime]:
    """From when to when the call will probably come, widened to whole five minutes but not before the ticket."""
    step = timedelta(minutes=CLOCK_STEP_MINUTES)
    midnight = datetime.combine(issued_at.date(), time(), tzinfo=issued_at.tzinfo)
    first = midnight + math.floor((issued_at + timedelta(seconds=wait.low) - midnight) / step) * step
    last = midnight + math.ceil((issued_at + timedelta(seconds=wait.high) - midnight) / step) * step
    return max(first, issued_at), last


def _fact_rows(facts: PaperFacts, words: Words) -> tuple[tuple[str, tuple[str, ...]], ...]:
    issued_at = datetime.fromisoformat(facts.issued_at)
    rows: list[tuple[str, tuple[str, ...]]] = []
    if facts.people_ahead is not None and not facts.reprint:  # counted when it was issued, long past by now
        key = {0: "paper.people_none", 1: "paper.people_one"}.get(facts.people_ahead, "paper.people")
        rows.append((words("paper.ahead"), (words(key, people=facts.people_ahead),)))
    if facts.wait is not None and facts.clock == "sure" and facts.not_before is None:
        if facts.wait.high <= SOON_SECONDS:
            expected = words("paper.soon")
        else:
            expected = words.clock_range(*expected_call(issued_at, facts.wait))
        rows.append((words("paper.expected"), (expected,)))
    if facts.clock == "sure":
        rows.append((words("paper.issued"), (words.clock(issued_at), words.full_date(issued_at))))
    return tuple(rows)


def _notes(facts: PaperFacts, words: Words) -> tuple[str, ...]:
    notes = []
    if facts.own_series and facts.clock == "sure":
        notes.append(words("paper.own_series", clock=words.clock(datetime.fromisoformat(facts.issued_at))))
    elif facts.own_series:
        notes.append(words("paper.own_series_unsure"))
    if facts.not_before is not None:
        begins = datetime.fromisoformat(facts.not_before)
        notes.append(words("paper.afternoon" if begins.hour >= 12 else "paper.later", clock=words.clock(begins)))
    return tuple(notes)


def _address(catalogue: Catalogue, facts: PaperFacts) -> str | None:
    if catalogue.follow_base is None or facts.follow_code is None:
        return None
    address = follow_address(catalogue.follow_base, facts.follow_code, facts.number)
    return address if len(address) <= LONGEST_ADDRESS else None


def _procedure(service: Service | None, code: str | None) -> Procedure | None:
    if service is None or code is None:
        return None
    return next((p for p in service.procedures if p.code == code), None)


def _listed(counters: tuple[int, ...], words: Words) -> str:
    """*2 hoặc 3*; *1, 2 hoặc 4*; four or more in a row as *1–4*."""
    if len(counters) >= 4 and counters[-1] - counters[0] == len(counters) - 1:
        return f"{counters[0]}{EN_DASH}{counters[-1]}"
    return words.listed_or(tuple(map(str, counters)))
