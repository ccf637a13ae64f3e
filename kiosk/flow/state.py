"""The state of a visit: one frozen value, replaced whole by each step.

`State` has two halves. `Visit` holds everything that belongs to the person at the screen: when a visit ends it is
replaced by an empty one, so nothing of theirs can stay. The rest belongs to the machine: what surrounds it, which
timers run, which language it rests in. What is personal has no repr.
"""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Literal

from kiosk.flow.effects import Effect
from kiosk.flow.events import Identified, ScanHint, Surroundings, TicketFacts
from kiosk.flow.views import Theme
from models.errors import DeveloperError
from models.person import NumberKind
from models.service import Catalogue, Service
from models.text import Language


class IllegalEvent(DeveloperError):
    """A step that the table does not allow; the state has not changed."""


class Screen(StrEnum):
    """Where a visit stands."""

    WELCOME = "welcome"
    CHOOSE = "choose"
    FIND = "find"
    PROCEDURE = "procedure"
    WHO = "who"
    SCAN = "scan"
    NUMBER = "number"
    PRIORITY = "priority"
    CHECK = "check"
    ISSUING = "issuing"
    TICKET = "ticket"
    NOTICE = "notice"
    OUT_OF_SERVICE = "out_of_service"


class Over(StrEnum):
    """What may lie over any screen; closing it shows the screen again."""

    HELP = "help"
    EASE = "ease"


@dataclass(frozen=True, slots=True)
class Pad:
    """The number being typed.

    Attributes:
        doubt: Locale key of why it looks wrong, once the person finished.
    """

    kind: NumberKind = "personal_id"
    typed: str = field(default="", repr=False)
    shown: bool = False
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """A designed ending that is shown.

    Attributes:
        name: One of `views.Ending`.
        facts: What the words need, the same in every language.
        back: Where *Quay lại* leads; None leaves only the way to the start.
        code: Code of the wrong door it is about.
        number: A ticket's number to show large.
    """

    name: str
    facts: dict[str, str] = field(default_factory=dict)
    back: Screen | None = None
    code: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """Everything that belongs to the person at the screen.

    Attributes:
        anonymous: Chose to take the number without a card.
        later: Takes the number of the next session.
        accept_late: Was warned that it may be too late today and still takes it.
        without_paper: Was told that nothing can be printed and still takes it.
        group: The opened group of fields.
        holding: The ticket they already have.
        asking: The request of the number being taken; None when none is.
        offer: The card is still offered for the ticket (``identify = after``).
        brief: The ticket screen gives way by itself after a few seconds.
        brief_over: Those seconds are over and only the paper is waited for.
        earlier: Tickets taken before in the same visit.
        unprinted: Number of an earlier one whose paper failed.
    """

    service: str | None = None
    procedure: str | None = None
    procedure_answered: bool = False
    who: Identified | None = field(default=None, repr=False)
    anonymous: bool = False
    on_behalf: bool = False
    priority: str | None = None
    priority_proven: bool = False
    priority_answered: bool = False
    later: bool = False
    accept_late: bool = False
    without_paper: bool = False
    group: int | None = None
    find: str = field(default="", repr=False)
    pad: Pad = Pad()
    hint: ScanHint = ScanHint.LOOK
    no_qr: bool = False
    notice: Notice | None = None
    holding: TicketFacts | None = None
    asking: int | None = None
    ticket: TicketFacts | None = None
    reprints_left: int = 1
    asks_paper: bool = False
    added: str = ""
    offer: bool = False
    brief: bool = False
    brief_over: bool = False
    earlier: tuple[TicketFacts, ...] = ()
    unprinted: str = ""


@dataclass(frozen=True, slots=True)
class Recent:
    """The last ticket where fields rest on the screen: kept as a strip for some seconds.

    Attributes:
        who: Whose card was offered for it; dropped with the strip.
    """

    ticket: TicketFacts
    reprints_left: int = 1
    offers_card: bool = False
    added: str = ""
    who: Identified | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A call for staff."""

    emergency: bool = False
    state: Literal["calling", "acknowledged", "unanswered"] = "calling"


@dataclass(frozen=True, slots=True)
class Running:
    """A timer that runs.

    Attributes:
        key: What it was started for; another key starts it anew.
    """

    name: str
    serial: int
    key: str


@dataclass(frozen=True, slots=True)
class State:
    """The whole of it.

    Attributes:
        around: The surroundings, with the office as it was when the visit began: its questions must not change under
            somebody who is answering them. What is out of date by then, the desk refuses.
        latest: The office as it is now, for the next visit; None when nothing changed.
        home_language: The language in which each visit begins.
        warned: The question for more time is up.
        requests: Counts `effects.Issue` for ever.
        activity: Counts what a person did; each begins the time limit anew.
        serials: Counts the timers.
        code: What to say on the phone when out of service.
        reprinted: The interrupted ticket that was offered and printed again.
    """

    around: Surroundings
    latest: Catalogue | None = None
    screen: Screen = Screen.WELCOME
    over: Over | None = None
    visit: Visit = Visit()
    recent: Recent | None = None
    call: Call | None = None
    language: Language = "vi"
    home_language: Language = "vi"
    theme: Theme = "normal"
    home_theme: Theme = "normal"
    low_reach: bool = False
    warned: bool = False
    requests: int = 0
    activity: int = 0
    timers: tuple[Running, ...] = ()
    serials: int = 0
    code: str = ""
    reprinted: str = ""

    @property
    def number_first(self) -> bool:
        """Whether a touch on a field issues at once."""
        return self.around.catalogue.rules.identify != "first"

    @property
    def papers_first(self) -> bool:
        """Whether papers are asked for before the field, as in a hospital."""
        return self.around.catalogue.profile == "hospital" and not self.number_first

    @property
    def service(self) -> Service | None:
        """The chosen field."""
        return self.around.catalogue.service(self.visit.service) if self.visit.service else None

    @property
    def interrupted(self) -> TicketFacts | None:
        """A ticket cut short by a crash that can still be printed here."""
        found = self.around.interrupted
        return found if found is not None and found.ticket_id != self.reprinted else None

    @property
    def resting(self) -> bool:
        """Whether nobody is here: the screen at which the machine waits, as it was left by nobody."""
        untouched = self.visit == Visit() and self.over is None and self.call is None
        usual = (self.language, self.theme, self.low_reach) == (self.home_language, self.home_theme, False)
        return self.screen is rest_screen(self.around, self.interrupted) and untouched and usual

    def within(self, **changes: Any) -> "State":
        """The state with fields of its visit changed."""
        return replace(self, visit=replace(self.visit, **changes))


Result = tuple[State, tuple[Effect, ...]]


def rest_screen(around: Surroundings, interrupted: TicketFacts | None) -> Screen:
    """Where the machine waits for the next person.

    With ``identify = after | never`` the fields themselves wait, so that one touch is enough; while none of them gives
    numbers, or a ticket waits to be printed again, the welcome screen says so.
    """
    first = around.catalogue.rules.identify == "first"
    if first or interrupted is not None or not any_open(around):
        return Screen.WELCOME
    return Screen.CHOOSE


def any_open(around: Surroundings) -> bool:
    """Whether some field gives numbers now; an unsure clock closes nothing (promise 6)."""
    fields = [s for s in around.catalogue.services if s.at_rest is None]
    if not around.clock_sure:
        return bool(fields)
    return any(opening.takes_numbers for s in fields if (opening := around.openings.get(s.code)) is not None)


def initial(surroundings: Surroundings, language: Language = "vi", theme: Theme = "normal") -> State:
    """The state in which the machine starts: resting, in ``language`` and ``theme``, to which it always returns."""
    start = State(around=surroundings, language=language, home_language=language, theme=theme, home_theme=theme)
    return replace(start, screen=rest_screen(surroundings, start.interrupted))
