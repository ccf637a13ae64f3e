"""What can happen during a visit: presses, readings, answers and timers. All frozen; personal data never in a repr."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

from models.errors import Refusal
from models.messages import WaitSeconds
from models.opening import Opening
from models.service import Catalogue
from models.ticket import Method, PrintState


class Action(StrEnum):
    """What a key on the screen means; a key is an action and, for some, a value."""

    START = "start"
    BACK = "back"
    START_OVER = "start_over"
    LANGUAGE = "language"  # value: vi | en
    EASE = "ease"  # opens "Chữ to"
    SET_THEME = "set_theme"  # value: normal | large_text | high_contrast
    SET_REACH = "set_reach"  # value: normal | low
    CLOSE = "close"  # closes ease, help or find
    HELP = "help"
    CALL_STAFF = "call_staff"
    EMERGENCY = "emergency"
    FIND = "find"  # opens the search
    FIND_TEXT = "find_text"  # value: the whole text so far
    WRONG_DOOR = "wrong_door"  # value: code
    UNSURE = "unsure"  # "Chưa biết chọn khoa nào"
    CHOOSE_GROUP = "choose_group"  # value: index of the group
    CHOOSE_SERVICE = "choose_service"  # value: code
    CHOOSE_PROCEDURE = "choose_procedure"  # value: code, or empty for another matter
    FOR_SELF = "for_self"
    FOR_OTHER = "for_other"
    WAY_CARD = "way_card"
    WAY_TYPE = "way_type"
    WAY_NONE = "way_none"
    PAD_KIND = "pad_kind"  # value: personal_id | cmnd | bhxh | bhyt_15
    PAD_KEY = "pad_key"  # value: one character
    PAD_DELETE = "pad_delete"
    PAD_SHOW = "pad_show"
    PAD_DONE = "pad_done"
    PAD_KEEP = "pad_keep"  # the number looks wrong, the person says it is right
    SAY_PRIORITY = "say_priority"  # on the check screen: opens the question
    PRIORITY = "priority"  # value: code, or empty for none
    CONFIRM = "confirm"  # takes the number
    TAKE_ANYWAY = "take_anyway"  # late: still take it
    TAKE_LATER = "take_later"  # the number of the next session
    REPRINT = "reprint"
    ANOTHER_SERVICE = "another_service"
    DONE = "done"
    PAPER_YES = "paper_yes"  # printer unsure: the paper came out
    PAPER_NO = "paper_no"
    WRITE_FOR_ME = "write_for_me"  # staff shall write the number down
    MORE_TIME = "more_time"


@dataclass(frozen=True, slots=True)
class Press:
    """A key was pressed."""

    action: Action
    value: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Identified:
    """Who a document or a typed number says the person is. Lives for one visit.

    Attributes:
        kind: ``personal_id | cmnd | bhxh | bhyt_15 | passport``.
        number: The digits, for the reference to the person; never shown whole, never logged.
        born: Full date, when the document has one.
        birth_year: Known even when the day is not.
        warnings: Words for staff; they never refuse.
    """

    method: Method
    kind: str
    number: str = field(repr=False)
    full_name: str | None = field(default=None, repr=False)
    born: date | None = field(default=None, repr=False)
    birth_year: int | None = field(default=None, repr=False)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CardRead:
    """A document was read, by camera or scanner, at any moment."""

    who: Identified


@dataclass(frozen=True, slots=True)
class TicketShown:
    """Somebody held one of our tickets to the reader.

    Attributes:
        number: From the code's fragment.
    """

    number: str


class ScanHint(StrEnum):
    """What the frame of the scan screen says, one thing at a time."""

    LOOK = "look"
    CLOSER = "closer"
    HOLD_STILL = "hold_still"
    READ = "read"
    UNREADABLE = "unreadable"  # a code, but no document
    WRONG_SIDE = "wrong_side"
    NO_CAMERA = "no_camera"


@dataclass(frozen=True, slots=True)
class ScanHinted:
    """The camera sees something short of a document."""

    hint: ScanHint


@dataclass(frozen=True, slots=True)
class TicketFacts:
    """A ticket as the screen tells it.

    Attributes:
        own_series: A number of the kiosk's own (*Số dự phòng*).
        people_ahead: None when central has not answered.
        follow_url: Content of the QR; whoever has it can follow the ticket.
        issued_at: Local time with zone.
    """

    ticket_id: str
    number: str
    service: str
    own_series: bool = False
    people_ahead: int | None = None
    wait: WaitSeconds | None = None
    follow_url: str | None = field(default=None, repr=False)
    paper: PrintState = "queued"
    issued_at: str = ""
    not_before: str | None = None


@dataclass(frozen=True, slots=True)
class Issued:
    """The ticket is committed; its paper is on the way."""

    ticket: TicketFacts


@dataclass(frozen=True, slots=True)
class IssueRefused:
    """A rule refused. For ``already_holding`` the ticket is given along."""

    refusal: Refusal
    facts: dict[str, str] = field(default_factory=dict)
    holding: TicketFacts | None = None


@dataclass(frozen=True, slots=True)
class IssueFailed:
    """The kiosk cannot issue at all (disk full, database broken); ``code`` can be said on the phone."""

    code: str


@dataclass(frozen=True, slots=True)
class Holding:
    """Answers `effects.LookUp`: the ticket this person took here a short while ago, or None."""

    ticket: TicketFacts | None


@dataclass(frozen=True, slots=True)
class PaperChanged:
    """The state of a ticket's paper changed.

    Attributes:
        asks: Whether the printer may have printed and only the person can tell (not for mute printers).
    """

    ticket_id: str
    paper: PrintState
    reason: str = ""
    asks: bool = False


@dataclass(frozen=True, slots=True)
class HelpAnswered:
    """A console acknowledged the call for help."""


@dataclass(frozen=True, slots=True)
class TimerFired:
    """A timer set by `effects.SetTimer` ran out.

    Attributes:
        serial: The serial of the `SetTimer` it answers, so that one that was replaced while it fired is dropped;
            0 stands for the timer that runs.
    """

    name: str
    serial: int = 0


@dataclass(frozen=True, slots=True)
class Counts:
    """Waiting people of one service; dropped when older than a minute."""

    waiting: int
    wait: WaitSeconds | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Everything a visit depends on and does not decide. Replaced whole.

    Attributes:
        openings: By service code.
        office_opening: The opening that welcome shows.
        today: The office's day.
        queue: By service code; a missing service has no figure to show.
        printer: ``ready | low | trouble | none``; read before a ticket is offered.
        camera: Whether a camera gives frames.
        reader: Whether anything can read a code (camera or scanner).
        paper_slot: ``below | left | right``, where the paper of this cabinet comes out.
        simulated: Some driver is simulated: the banner is shown.
        interrupted: Number of a ticket whose printing was cut by a crash less than two minutes ago.
    """

    catalogue: Catalogue
    openings: dict[str, Opening]
    office_opening: Opening
    today: date
    queue: dict[str, Counts] = field(default_factory=dict)
    online: bool = True
    clock_sure: bool = True
    printer: Literal["ready", "low", "trouble", "none"] = "ready"
    camera: bool = True
    reader: bool = True
    paper_slot: Literal["below", "left", "right"] = "below"
    simulated: bool = False
    interrupted: TicketFacts | None = None
    languages: tuple[Literal["vi", "en"], ...] = ("vi", "en")


@dataclass(frozen=True, slots=True)
class SurroundingsChanged:
    """The world around the visit changed."""

    now: Surroundings


@dataclass(frozen=True, slots=True)
class Broken:
    """An exception reached the desk thread: the fail-safe screen is shown; ``code`` can be said on the phone."""

    code: str


Event = (
    Press
    | CardRead
    | TicketShown
    | ScanHinted
    | Issued
    | IssueRefused
    | IssueFailed
    | Holding
    | PaperChanged
    | HelpAnswered
    | TimerFired
    | SurroundingsChanged
    | Broken
)
