"""The office's part of a configuration: who it is, what it offers, when and by which rules.

These sections are checked one value at a time here; what needs two values (hours that overlap, a prefix used twice) is
in `config.crosschecks`. `catalogue` turns sections that hold no problem into the `models.service.Catalogue`.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from config.fields import (
    WEEKDAYS,
    ClockTime,
    Code,
    Day,
    Filled,
    Joined,
    Line,
    Prefix,
    ProcedureCode,
    TwoLanguages,
    WebAddress,
    Weekday,
    Zone,
    frozen_list,
)
from models.service import Catalogue, Hours, Place, Priority, Procedure, Profile, Rules, Service, Session, WrongDoor
from models.text import Text


class Section(BaseModel):
    """A table of the file: unknown keys are errors, and no value is turned into another type."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class TextSection(Section):
    """A text for people; plain text stands for Vietnamese alone."""

    vi: Filled = Field(description="In Vietnamese.")
    en: Line = Field("", description="In English; Vietnamese is shown where it is empty.")

    def build(self) -> Text:
        """As the rules know it."""
        return Text(self.vi, self.en)


class ExampleSection(Section):
    """A short list of examples; each stays on one line, a line breaks after a comma."""

    vi: Joined = Field(description="In Vietnamese.")
    en: Joined = Field("", description="In English; Vietnamese is shown where it is empty.")

    def build(self) -> Text:
        """As the rules know it."""
        return Text(self.vi, self.en)


Words = Annotated[TextSection, TwoLanguages]
Share = Annotated[int, Field(ge=1, le=20)]
WordsOrNone = Annotated[TextSection | None, TwoLanguages]
Examples = Annotated[ExampleSection | None, TwoLanguages]


class OfficeSection(Section):
    """Who the office is."""

    code: Code = Field(description="Machine name of the office; never changes.")
    profile: Profile = Field(description="What kind of house it is: order of the steps, accent, emergency key.")
    line1: Words = Field(description="First free line of the office's name.")
    line2: Words = Field(description="Second free line, set bold.")
    timezone: Zone = Field(description="IANA name; the day of a ticket is the office's.")
    follow_base: WebAddress | None = Field(
        None, description="Address of central as phones reach it; without it no QR is printed."
    )
    guide_place: WordsOrNone = Field(None, description="Where the guidance counter is, said when help is unanswered.")


class SessionSection(Section):
    """One stretch of opening hours, for one or more days of the week."""

    days: list[Weekday] = Field(min_length=1, description="Days it holds for: mon, tue, wed, thu, fri, sat, sun.")
    opens: ClockTime = Field(description="When counters begin to serve.")
    closes: ClockTime = Field(description="When counters stop.")
    numbers_from: ClockTime | None = Field(None, description="When numbers begin; `opens` where it is not given.")
    last_number: ClockTime | None = Field(
        None, description="From here no number is given for this session; `closes` where it is not given."
    )

    def build(self) -> Session:
        """As the rules know it."""
        return Session(self.opens, self.closes, self.numbers_from or self.opens, self.last_number or self.closes)


class HoursSection(Section):
    """Opening hours."""

    sessions: list[SessionSection] = Field(min_length=1, description="Sessions of the week.")
    closed_days: list[Day] = Field(default_factory=list, description="Days off, like 2026-09-02.")

    def build(self) -> Hours:
        """As the rules know it: seven weekdays, Monday first."""
        week = (tuple(s.build() for s in self.sessions if day in s.days) for day in WEEKDAYS)
        ordered = tuple(tuple(sorted(day, key=lambda s: s.opens)) for day in week)
        return Hours(ordered, tuple(self.closed_days))


class PlaceSection(Section):
    """A place in the house."""

    name: Words = Field(description="What stands on the paper, large.")
    floor: WordsOrNone = Field(None, description="The floor.")
    way: WordsOrNone = Field(None, description="The way there, in one line.")

    def build(self) -> Place:
        """As the rules know it."""
        return Place(self.name.build(), _text(self.floor), _text(self.way))


class ProcedureSection(Section):
    """A procedure of a field."""

    code: ProcedureCode = Field(description="National code of the procedure, like 1.001193.")
    name: Words = Field(description="Its name in few words.")
    papers: list[Words] = Field(default_factory=list, description="What to bring; printed under the ticket.")
    target_minutes: int | None = Field(
        None, ge=1, le=480, description="Fast lane: the result while you wait, within so many minutes."
    )
    weekdays: list[Weekday] = Field(default_factory=list, description="Days of the fast lane; none for every day.")
    fee: WordsOrNone = Field(None, description="Fee, shown as it is written here.")

    def build(self) -> Procedure:
        """As the rules know it."""
        return Procedure(
            code=self.code,
            name=self.name.build(),
            papers=tuple(paper.build() for paper in self.papers),
            target_minutes=self.target_minutes,
            weekdays=tuple(sorted({WEEKDAYS.index(day) for day in self.weekdays})),
            fee=_text(self.fee),
        )


class ServiceSection(Section):
    """A field or a clinic with a queue of its own."""

    code: Code = Field(description="Machine name; never changes, tickets carry it.")
    prefix: Prefix = Field(description="One or two letters before its numbers, no I, O or Q; different for each.")
    name: Words = Field(description="Name on tile, paper and board.")
    example: Examples = Field(None, description="A few words under the name, with commas between.")
    search: list[Filled] = Field(default_factory=list, description="Other words that people use for it.")
    icon: Code = Field("number", description="Drawing, by its file name without ending.")
    procedures: list[ProcedureSection] = Field(default_factory=list, description="Procedures of the field.")
    ask_procedure: bool = Field(False, description="Whether the kiosk asks for the procedure.")
    hours: HoursSection | None = Field(None, description="Own hours; the office's where they are not given.")
    quota: int | None = Field(None, ge=1, description="Numbers a session; no limit where it is not given.")
    area: PlaceSection | None = Field(None, description="Where to wait.")
    room: PlaceSection | None = Field(None, description="Room or clinic in a hospital.")
    counters: list[Annotated[int, Field(ge=1)]] = Field(
        default_factory=list, description="Numbers of the counters that serve it."
    )
    private: bool = Field(False, description="Never offered *as last time*, never spoken.")
    limit_exempt: bool = Field(False, description="The limits per person do not count it.")
    group: WordsOrNone = Field(None, description="Group it stands in when there are more than twelve fields.")
    minutes_each: float = Field(8.0, gt=0, le=480, description="Usual minutes to serve one person.")
    at_rest: WordsOrNone = Field(None, description="Set: no numbers are given, and this says why.")

    def build(self) -> Service:
        """As the rules know it."""
        return Service(
            code=self.code,
            prefix=self.prefix,
            name=self.name.build(),
            example=_text(self.example) or Text(""),
            search=tuple(self.search),
            icon=self.icon,
            procedures=tuple(procedure.build() for procedure in self.procedures),
            ask_procedure=self.ask_procedure,
            hours=self.hours.build() if self.hours else None,
            quota=self.quota,
            area=self.area.build() if self.area else Place(Text("")),
            room=self.room.build() if self.room else None,
            counters=tuple(self.counters),
            private=self.private,
            limit_exempt=self.limit_exempt,
            group=_text(self.group),
            minutes_each=float(self.minutes_each),
            at_rest=_text(self.at_rest),
        )


class PrioritySection(Section):
    """A reason to go first."""

    code: Code = Field(description="elderly, child, pregnant, disability, merit, emergency or the office's own.")
    name: Words = Field(description="What the person reads.")
    age_from: int | None = Field(None, ge=1, le=150, description="A document that shows at least this age proves it.")
    age_under: int | None = Field(None, ge=1, le=150, description="A document that shows less than this age proves it.")
    said: bool = Field(True, description="Whether the person may say so at the kiosk; staff check it.")

    def build(self) -> Priority:
        """As the rules know it."""
        return Priority(self.code, self.name.build(), self.age_from, self.age_under, self.said)


class WrongDoorSection(Section):
    """A matter that belongs elsewhere."""

    code: Code = Field(description="Machine name.")
    name: Words = Field(description="The matter, as people call it.")
    goes_to: Words = Field(description="Who is in charge.")
    place: Words = Field(description="Where that is.")
    search: list[Filled] = Field(default_factory=list, description="Other words that people use for it.")

    def build(self) -> WrongDoor:
        """As the rules know it."""
        names = self.name.build(), self.goes_to.build(), self.place.build()
        return WrongDoor(self.code, *names, search=tuple(self.search))


class RulesSection(Section):
    """The office's choices."""

    identify: Literal["first", "after", "never"] = Field(
        description="When a person is identified: before the number, after it, or never."
    )
    open_tickets_per_service: int | None = Field(
        None, ge=0, description="Open tickets one known person may hold in one field; 0 for no limit."
    )
    tickets_per_day: int | None = Field(None, ge=0, description="Tickets one known person may take a day; 0: no limit.")
    ask_priority: bool = Field(description="Whether priority is asked when no document proves it.")
    late_minutes: int = Field(ge=0, le=240, description="Minutes before closing from which a person is warned.")
    missed_minutes: int = Field(ge=1, le=240, description="How long after a missed call the number still counts.")
    priority_ratio: Annotated[tuple[Share, Share], BeforeValidator(frozen_list)] = Field(
        description="While both wait: so many with priority are called, then so many without."
    )
    calls_before_no_show: int = Field(ge=1, le=10, description="So often a number is called before it may be given up.")

    def build(self) -> Rules:
        """As the rules know it."""
        return Rules(
            identify=self.identify,
            open_tickets_per_service=self.open_tickets_per_service or None,
            tickets_per_day=self.tickets_per_day or None,
            ask_priority=self.ask_priority,
            late_minutes=self.late_minutes,
            missed_minutes=self.missed_minutes,
            priority_ratio=self.priority_ratio,
            calls_before_no_show=self.calls_before_no_show,
        )


class OfficeFile(Section):
    """The office's tables; what central reads."""

    office: OfficeSection = Field(description="Who the office is.")
    rules: RulesSection = Field(description="The office's choices.")
    hours: HoursSection = Field(description="Opening hours.")
    services: list[ServiceSection] = Field(min_length=1, description="Fields or clinics, in the order of the tiles.")
    priorities: list[PrioritySection] = Field(default_factory=list, description="Reasons to go first.")
    wrong_doors: list[WrongDoorSection] = Field(default_factory=list, description="Matters that belong elsewhere.")

    def catalogue(self) -> Catalogue:
        """The office as the queue knows it."""
        return Catalogue(
            office=self.office.code,
            line1=self.office.line1.build(),
            line2=self.office.line2.build(),
            profile=self.office.profile,
            timezone=self.office.timezone,
            hours=self.hours.build(),
            services=tuple(service.build() for service in self.services),
            priorities=tuple(priority.build() for priority in self.priorities),
            wrong_doors=tuple(door.build() for door in self.wrong_doors),
            rules=self.rules.build(),
            follow_base=self.office.follow_base,
            guide_place=_text(self.office.guide_place) or Text(""),
        )


def _text(section: TextSection | ExampleSection | None) -> Text | None:
    return section.build() if section else None
