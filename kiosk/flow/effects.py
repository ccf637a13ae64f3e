"""What a step wants done. The desk thread carries them out in order and answers with events."""

from dataclasses import dataclass, field

from kiosk.flow.events import Identified


@dataclass(frozen=True, slots=True)
class Issue:
    """Take a number; answered once, by `Issued`, `IssueRefused` or `IssueFailed`, before the next one is carried out.

    Attributes:
        request: Counts the attempts for ever, so that no two are alike.
        later: For the next session of the day.
    """

    request: int
    service: str
    procedure: str | None
    who: Identified | None
    on_behalf: bool
    priority: str | None
    priority_proven: bool
    later: bool
    language: str


@dataclass(frozen=True, slots=True)
class Identify:
    """Add who the person is to a ticket that exists (``identify = after``)."""

    ticket_id: str
    who: Identified
    priority: str | None
    priority_proven: bool


@dataclass(frozen=True, slots=True)
class LookUp:
    """Ask whether this person took a ticket here within five minutes; answered by `Holding`."""

    who: Identified


@dataclass(frozen=True, slots=True)
class Reprint:
    """Print the same ticket again, marked *In lại*; number only after a crash."""

    ticket_id: str
    number_only: bool = False


@dataclass(frozen=True, slots=True)
class AnswerPaper:
    """The person said whether the paper came out."""

    ticket_id: str
    came_out: bool


@dataclass(frozen=True, slots=True)
class Look:
    """Start or stop handing the live picture to the scan screen and searching hard for a code."""

    on: bool


@dataclass(frozen=True, slots=True)
class SetTimer:
    """Fire `TimerFired(name, serial)` after so many seconds; a timer of the same name is replaced."""

    name: str
    seconds: float
    serial: int = 0


@dataclass(frozen=True, slots=True)
class StopTimer:
    """Forget a timer; unknown names are ignored."""

    name: str


@dataclass(frozen=True, slots=True)
class CallStaff:
    """Call staff; ``emergency`` before everything else. Answered by `HelpAnswered` when a console acknowledges."""

    reason: str
    emergency: bool = False


@dataclass(frozen=True, slots=True)
class StopCalling:
    """Nobody needs to come any more."""


@dataclass(frozen=True, slots=True)
class Forget:
    """The visit is over: drop everything that belongs to its person."""


@dataclass(frozen=True, slots=True)
class Note:
    """A line for the log, without personal data."""

    text: str
    facts: dict[str, str] = field(default_factory=dict)


Effect = (
    Issue
    | Identify
    | LookUp
    | Reprint
    | AnswerPaper
    | Look
    | SetTimer
    | StopTimer
    | CallStaff
    | StopCalling
    | Forget
    | Note
)
