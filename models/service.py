"""What an office offers: services (fields, *lĩnh vực*), their hours, procedures, priorities and wrong doors.

A `Catalogue` is one office as the queue knows it. It is read from a file (``config``), served by central with an ETag
and kept by the kiosk; its JSON form is made and read in `models.catalogue_wire`.
"""

from dataclasses import dataclass
from datetime import date, time
from typing import Literal

from models.text import Language, Text

Profile = Literal["ward", "hospital"]
Identify = Literal["first", "after", "never"]

MOST_TILES = 12
"""More fields than these are shown in groups, never on a second page."""


@dataclass(frozen=True, slots=True)
class Procedure:
    r"""A procedure (*thủ tục hành chính*) of a field.

    Attributes:
        code: National code, ``^\d\.\d{6}$``.
        papers: What to bring, printed under the ticket when the person chose this procedure.
        target_minutes: Fast lane: the result while you wait, within so many minutes; None without a promise.
        weekdays: Days of the fast lane, Monday = 0; empty for every day.
        fee: The fee text of the catalogue, shown verbatim.
    """

    code: str
    name: Text
    papers: tuple[Text, ...] = ()
    target_minutes: int | None = None
    weekdays: tuple[int, ...] = ()
    fee: Text | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """One stretch of opening hours of a day, in the office's local time.

    Attributes:
        opens: When counters begin to serve.
        closes: When counters stop.
        numbers_from: When numbers begin; may be before ``opens``.
        last_number: From here no number is given for this session.
    """

    opens: time
    closes: time
    numbers_from: time
    last_number: time


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours: the sessions of each weekday (Monday first, seven entries) and days closed."""

    week: tuple[tuple[Session, ...], ...]
    closed_days: tuple[date, ...] = ()

    def on(self, day: date) -> tuple[Session, ...]:
        """The sessions of ``day``, in order; empty when closed."""
        return () if day in self.closed_days else self.week[day.weekday()]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person waits or is served: words, and in a hospital the floor and the way there."""

    name: Text
    floor: Text | None = None
    way: Text | None = None

    def floor_and_way(self, language: Language) -> str:
        """Floor and way on one line, as screen and paper say them; empty without either."""
        return " · ".join(part.within(language) for part in (self.floor, self.way) if part is not None)


@dataclass(frozen=True, slots=True)
class Service:
    """A field with a queue of its own.

    Attributes:
        code: Stable machine name, ``^[a-z0-9-]{1,40}$``.
        prefix: One or two ticket letters (`models.numbering`).
        example: A few words under the name.
        search: Other words that people use for it.
        icon: File name of the drawing without its ending.
        ask_procedure: Whether the kiosk asks for the procedure.
        hours: Own hours, or None for the office's.
        quota: Numbers a session, or None for no limit.
        area: Where to wait.
        room: Room or clinic in a hospital.
        counters: Numbers of the counters that serve it.
        private: Never shown as "as last time", never spoken.
        limit_exempt: The limit per person does not count it.
        group: Name of the group it stands in when there are more than twelve.
        minutes_each: Usual minutes to serve one person, for the first estimate of a day.
        at_rest: Numbers stopped by hand; the reason in words.
    """

    code: str
    prefix: str
    name: Text
    example: Text = Text("")
    search: tuple[str, ...] = ()
    icon: str = "number"
    procedures: tuple[Procedure, ...] = ()
    ask_procedure: bool = False
    hours: Hours | None = None
    quota: int | None = None
    area: Place = Place(Text(""))
    room: Place | None = None
    counters: tuple[int, ...] = ()
    private: bool = False
    limit_exempt: bool = False
    group: Text | None = None
    minutes_each: float = 8.0
    at_rest: Text | None = None


@dataclass(frozen=True, slots=True)
class Priority:
    """A reason to go first.

    Attributes:
        code: ``elderly | child | pregnant | disability | merit | emergency`` or an office's own.
        age_from: A document that shows at least this age proves it.
        age_under: A document that shows less than this age proves it.
        said: Whether the person may say so (checked by staff).
    """

    code: str
    name: Text
    age_from: int | None = None
    age_under: int | None = None
    said: bool = True


@dataclass(frozen=True, slots=True)
class WrongDoor:
    """A matter that belongs elsewhere: *Cư trú, căn cước: mời sang Công an phường*."""

    code: str
    name: Text
    goes_to: Text
    place: Text
    search: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """The office's choices.

    Attributes:
        identify: When a person is identified: before the number, after it, or never.
        open_tickets_per_service: Open tickets one known person may hold in one field; None for no limit.
        tickets_per_day: Tickets one known person may take a day; None for no limit.
        ask_priority: Whether priority is asked when no document proves it.
        late_minutes: Minutes before a session closes from which a person is warned.
        missed_minutes: How long after a missed call the number still counts at the counter.
        priority_ratio: While both wait, a counter calls so many with priority, then so many without.
        calls_before_no_show: So often a number is called before it may be given up.
    """

    identify: Identify = "first"
    open_tickets_per_service: int | None = 1
    tickets_per_day: int | None = None
    ask_priority: bool = True
    late_minutes: int = 20
    missed_minutes: int = 20
    priority_ratio: tuple[int, int] = (2, 1)
    calls_before_no_show: int = 3


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One office: who it is, what it offers and by which rules.

    Attributes:
        office: Machine name, ``^[a-z0-9-]{1,40}$``.
        line1: First free line of the office's name.
        line2: Second free line.
        timezone: IANA name; the day of a ticket is the office's.
        follow_base: Address of central as phones reach it, ``https://…``; None leaves the QR off the paper.
        guide_place: Where the guidance counter is, said when help is unanswered.
    """

    office: str
    line1: Text
    line2: Text
    profile: Profile
    timezone: str
    hours: Hours
    services: tuple[Service, ...]
    priorities: tuple[Priority, ...] = ()
    wrong_doors: tuple[WrongDoor, ...] = ()
    rules: Rules = Rules()
    follow_base: str | None = None
    guide_place: Text = Text("")

    def service(self, code: str) -> Service | None:
        """The service called ``code``, or None."""
        return next((s for s in self.services if s.code == code), None)

    def hours_of(self, service: Service) -> Hours:
        """The hours that hold for ``service``."""
        return service.hours or self.hours
