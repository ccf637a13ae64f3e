"""What a screen shows: a frame (what stands on every screen) and one body, one body one screen file.

Views carry facts and catalogue texts in the visit's language; fixed words are keys of ``config/locale``, put in by the
ui. A key on a screen is a `KeyView`: pressing it emits ``Press(action, value)``.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from kiosk.flow.events import Action, ScanHint, TicketFacts
from models.messages import WaitSeconds
from models.service import Profile
from models.text import Language

Theme = Literal["normal", "large_text", "high_contrast"]


@dataclass(frozen=True, slots=True)
class KeyView:
    """A key: its words are ``say(label, **facts)``; ``why`` set means it cannot be pressed and says why."""

    action: Action
    value: str = ""
    label: str = ""
    icon: str = ""
    primary: bool = False
    facts: dict[str, str] = field(default_factory=dict)
    why: str = ""


@dataclass(frozen=True, slots=True)
class StepView:
    """One of the three steps: ``label`` is a locale key."""

    label: str
    state: Literal["done", "now", "next"]


@dataclass(frozen=True, slots=True)
class Line:
    """A quiet notice: a locale key with facts."""

    text: str
    icon: str = "warning"
    tone: Literal["good", "notice", "tint"] = "notice"
    facts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FrameView:
    """What stands on every screen.

    Attributes:
        limit_seconds: Time limit of this screen, drawn as a line that shortens; None without one.
        limit_serial: Changes when the limit starts anew.
        asks_for_time: The "Ông/bà cần thêm thời gian không?" dialog is up, with so many seconds left.
        has_ticket: Chooses its words: "Chưa lấy số nào" or not.
        more_time: Whether *Thêm thời gian* is offered beside the line.
        left: Keys at the two left places (back, start over, or reprint).
        emergency: *Cấp cứu* stands on every hospital screen.
        clock_sure: False hides clock and date.
    """

    language: Language
    theme: Theme
    low_reach: bool
    profile: Profile
    line1: str
    line2: str
    steps: tuple[StepView, ...] = ()
    left: tuple[KeyView, ...] = ()
    line: Line | None = None
    limit_seconds: float | None = None
    limit_serial: int = 0
    asks_for_time: int | None = None
    has_ticket: bool = False
    more_time: bool = False
    simulated: bool = False
    clock_sure: bool = True
    emergency: bool = False
    other_languages: tuple[Language, ...] = ("en",)


@dataclass(frozen=True, slots=True)
class ServiceChip:
    """The chosen field, kept in view."""

    name: str
    icon: str
    waiting: int | None = None
    wait: WaitSeconds | None = None


@dataclass(frozen=True, slots=True)
class WelcomeBody:
    """01. Invites; when no number can be had, says when.

    Attributes:
        state: A `models.opening.OpeningState` value.
        until: Closing time of the session at hand, ``HH:MM``.
        resumes: When numbers begin again.
        interrupted: A ticket to reprint after a crash, number only.
    """

    state: str
    until: str | None
    resumes: datetime | None
    today: bool
    card: bool
    camera: bool
    face: bool = False
    interrupted: str | None = None


@dataclass(frozen=True, slots=True)
class Tile:
    """A field, a group or a clinic.

    Attributes:
        action: ``CHOOSE_SERVICE``, ``CHOOSE_GROUP`` or ``WRONG_DOOR``.
        waiting: None hides the figure.
        place: Room and floor, in a hospital.
        why: Locale key of why it is at rest; empty when it can be chosen. Such a tile has no lip, but a touch on it
            is sent all the same: it explains (a notice with the next step).
    """

    action: Action
    value: str
    name: str
    icon: str
    example: str = ""
    waiting: int | None = None
    place: str = ""
    why: str = ""
    why_facts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChooseBody:
    """02, 10. One field of ten in one look.

    Attributes:
        unsure: *Chưa biết chọn khoa nào*, in a hospital.
        recent: ``identify = after | never``: the ticket issued a few seconds ago, drawn as a compact strip with its
            number. Its ``offers_card`` keeps the card offered, its ``added`` says what the card brought. The tiles are
            already the next person's: one touch issues.
    """

    tiles: tuple[Tile, ...]
    groups: bool = False
    unsure: KeyView | None = None
    recent: "TicketBody | None" = None


@dataclass(frozen=True, slots=True)
class FindBody:
    """Search by other words: a letter pad, results as tiles."""

    typed: str = field(repr=False)
    results: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class ProcedureChoice:
    """One procedure; ``minutes`` set when the result can be had while waiting today."""

    code: str
    name: str
    papers: int = 0
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class ProcedureBody:
    """Which matter of the field."""

    chip: ServiceChip
    choices: tuple[ProcedureChoice, ...]


@dataclass(frozen=True, slots=True)
class WhoBody:
    """03. Ways of equal ease: ``way_card``, ``way_type``, ``way_none`` (and the face, later).

    Attributes:
        chip: None in a hospital, where papers come before the clinic.
    """

    chip: ServiceChip | None
    on_behalf: bool
    ways: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class ScanBody:
    """04. The live picture and one hint; ``no_qr`` after ten seconds."""

    hint: ScanHint
    on_behalf: bool
    no_qr: bool
    camera: bool


@dataclass(frozen=True, slots=True)
class NumberBody:
    """06. Digits typed so far, already masked for the screen.

    Attributes:
        kind: ``personal_id | cmnd | bhxh | bhyt_15``.
        cells: One string a place: a character, ``•`` or empty, in groups.
        letters: Letters offered now (the two letters of a BHYT number), empty for the digit pad.
        kinds: Other kinds of number to switch to.
        doubt: Locale key of why the number looks wrong; asked, not refused.
    """

    kind: str
    cells: tuple[tuple[str, ...], ...] = field(repr=False)
    entered: int
    total: int
    letters: tuple[str, ...]
    kinds: tuple[str, ...]
    shown: bool
    complete: bool
    on_behalf: bool = False
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class PriorityBody:
    """Priority, said by the person: (code, name) each, and none.

    Attributes:
        year_only: The document gives only the year of birth, which is why it is asked.
    """

    choices: tuple[tuple[str, str], ...]
    year_only: bool = False


@dataclass(frozen=True, slots=True)
class CheckBody:
    """The last look before the number: ``confirm`` is the one filled key.

    Attributes:
        priority: Its name, when a document proves it or the person said so.
        late: When the session closes, ``HH:MM``, for somebody who was warned; empty when the clock is not sure.
        can_say_priority: A white key ``say_priority`` (*Thuộc diện ưu tiên?*) is offered.
        later_from: Start of the later session the number is for, ``HH:MM``.
    """

    chip: ServiceChip
    masked_name: str | None
    masked_number: str | None
    procedure: str | None
    priority: str | None
    on_behalf: bool
    late: str | None = None
    can_say_priority: bool = False
    later_from: str | None = None


@dataclass(frozen=True, slots=True)
class IssuingBody:
    """Short: the number is being taken."""

    chip: ServiceChip


@dataclass(frozen=True, slots=True)
class TicketBody:
    """08, 09. The number. The papers that a chosen procedure needs stand on the paper, not here.

    Attributes:
        place: Waiting area or room, large, from the catalogue.
        place_more: Floor and way, from the catalogue.
        counters: Exactly one is said large instead of the place (*Quầy 3*), several small (*Quầy 2 hoặc 3, xem bảng
            gọi*).
        paper: As in `TicketFacts`; ``failed`` and ``skipped`` are drawn as 09.
        asks_paper: *Đã in chưa?* is asked.
        offers_card: ``identify = after``: the card is offered for some seconds.
        told: Staff acknowledged that paper is out.
        called: Staff were called to write the number down: the key is no longer offered.
    """

    ticket: TicketFacts
    service_name: str
    place: str
    place_more: str
    paper_slot: Literal["below", "left", "right"]
    asks_paper: bool = False
    offers_card: bool = False
    added: str = ""  # locale key: what the card brought (priority, next time)
    reprints_left: int = 1
    another: bool = True
    told: bool = False
    counters: tuple[int, ...] = ()
    called: bool = False


class Ending:
    """Names of the designed endings; each has ``notice.<name>.title`` and ``.text`` in the locale."""

    TOO_EARLY = "too_early"
    CLOSED = "closed"
    LUNCH = "lunch"
    LATE = "late"
    SESSION_FULL = "session_full"
    AT_REST = "at_rest"
    ALREADY_HOLDING = "already_holding"
    LIMIT_REACHED = "limit_reached"
    WRONG_DOOR = "wrong_door"
    UNREADABLE = "unreadable"
    NO_PRINTER = "no_printer"
    REFUSED = "refused"
    # Variants: the same ending with fewer or other facts to tell.
    LATE_DAY = "late_day"  # the last session of the day
    SESSION_FULL_DAY = "session_full_day"
    CLOSED_LONG = "closed_long"  # nobody knows when it opens
    ALREADY_HOLDING_PLAIN = "already_holding_plain"  # people ahead not known
    UNSURE = "unsure"  # does not know which clinic
    TICKET_SHOWN = "ticket_shown"  # held a ticket to the reader


@dataclass(frozen=True, slots=True)
class NoticeBody:
    """A designed ending: words by name, and what to do next."""

    name: str
    facts: dict[str, str]
    keys: tuple[KeyView, ...]
    number: str = ""
    icon: str = "clock"


@dataclass(frozen=True, slots=True)
class HelpBody:
    """Help: what can be done here, or how the call stands.

    Attributes:
        state: ``ask | calling | acknowledged | unanswered``.
    """

    state: Literal["ask", "calling", "acknowledged", "unanswered"]
    emergency: bool
    place: str
    can_find: bool


@dataclass(frozen=True, slots=True)
class EaseBody:
    """*Chữ to*: larger words, contrast, low reach."""


@dataclass(frozen=True, slots=True)
class OutOfServiceBody:
    """Fail-safe: *Máy tạm nghỉ*, where to go, and a code for the phone.

    Attributes:
        number: A number that was given before the trouble: it still counts and stays in sight.
    """

    code: str
    place: str
    number: str = ""


Body = (
    WelcomeBody
    | ChooseBody
    | FindBody
    | ProcedureBody
    | WhoBody
    | ScanBody
    | NumberBody
    | PriorityBody
    | CheckBody
    | IssuingBody
    | TicketBody
    | NoticeBody
    | HelpBody
    | EaseBody
    | OutOfServiceBody
)


@dataclass(frozen=True, slots=True)
class View:
    """One picture of the visit."""

    frame: FrameView
    body: Body
