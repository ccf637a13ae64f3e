"""Example views of every screen and state, from the shipped offices: for ``make screens`` and for tests.

The figures are those of the reference pictures; the numbers of people have the prefix 099, which no province had.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from config.load import example_path, load_office
from kiosk.flow.events import Action, ScanHint, TicketFacts
from kiosk.flow.views import (
    Body,
    CheckBody,
    ChooseBody,
    EaseBody,
    FindBody,
    FrameView,
    HelpBody,
    IssuingBody,
    KeyView,
    Line,
    NoticeBody,
    NumberBody,
    OutOfServiceBody,
    PriorityBody,
    ProcedureBody,
    ProcedureChoice,
    ScanBody,
    ServiceChip,
    StepView,
    TicketBody,
    Tile,
    View,
    WelcomeBody,
    WhoBody,
)
from models.messages import WaitSeconds
from models.service import Catalogue, Profile, Service
from models.text import Language
from models.whereabouts import whereabouts

NOW = datetime.fromisoformat("2026-11-23T08:12:00+07:00")
"""The moment of the reference pictures: a Monday morning."""

_WAITING = (4, 12, 7, 0, 3, 5, 2, 0, 1, 6, 14, 9)
_BACK = KeyView(Action.BACK, label="flow.key.back", icon="back")
_START_OVER = KeyView(Action.START_OVER, label="flow.key.start_over", icon="restart")
_REPRINT = KeyView(Action.REPRINT, label="flow.key.reprint", icon="printer")
_STEPS = {
    "ward": ("flow.step.choose", "flow.step.papers", "flow.step.number"),
    "hospital": ("flow.step.papers", "flow.step.clinic", "flow.step.slip"),
}


@dataclass(frozen=True)
class Example:
    """A named view: ``make(office)`` gives its body; the frame is the usual one of that step."""

    name: str
    body: Callable[["Office"], Body]
    step: int | None = 0
    left: tuple[KeyView, ...] = (_BACK, _START_OVER)
    frame: Callable[[FrameView], FrameView] | None = None
    profile: Profile = "ward"


@dataclass(frozen=True)
class Office:
    """A shipped office in one language."""

    catalogue: Catalogue
    language: Language

    def service(self, index: int) -> Service:
        """The field at ``index`` of the catalogue."""
        return self.catalogue.services[index]

    def tiles(self) -> tuple[Tile, ...]:
        """All fields as tiles."""
        return tuple(self.tile(index) for index in range(len(self.catalogue.services)))

    def tile(self, index: int, why: str = "", at: str = "") -> Tile:
        """One field as a tile."""
        service, lang = self.service(index), self.language
        room = service.room
        place = ""
        if room is not None:
            place = " · ".join(part.within(lang) for part in (room.name, room.floor) if part is not None)
        return Tile(
            Action.CHOOSE_SERVICE,
            service.code,
            service.name.within(lang),
            service.icon,
            service.example.within(lang),
            None if why else _WAITING[index % len(_WAITING)],
            place,
            why,
            {"at": at} if why else {},
        )

    def chip(self, index: int = 1) -> ServiceChip:
        """The chosen field."""
        service = self.service(index)
        return ServiceChip(service.name.within(self.language), service.icon, 12, WaitSeconds(25 * 60, 40 * 60))

    def ticket(self, number: str = "A017", **facts: object) -> TicketFacts:
        """A ticket as the reference pictures show it."""
        usual = TicketFacts(
            ticket_id="0199d1f0-0000-7000-8000-000000000017",
            number=number,
            service=self.service(1).code,
            people_ahead=12,
            wait=WaitSeconds(25 * 60, 40 * 60),
            follow_url="https://motcua.example.vn/t/abcdefghij234#" + number,
            paper="printed",
            issued_at=NOW.isoformat(),
        )
        return replace(usual, **facts)  # type: ignore[arg-type]

    def ticket_body(self, ticket: TicketFacts, **more: object) -> TicketBody:
        """The screen of a ticket."""
        service, lang = self.service(1), self.language
        where = whereabouts(service)
        spot, counters = where.place, where.counters if where.counter is None else (where.counter,)
        rest = " · ".join(part.within(lang) for part in (spot.floor, spot.way) if part is not None)
        usual = TicketBody(ticket, service.name.within(lang), spot.name.within(lang), rest, "below", counters=counters)
        return replace(usual, **more)  # type: ignore[arg-type]

    def procedures(self) -> tuple[ProcedureChoice, ...]:
        """The procedures of the first field."""
        return tuple(
            ProcedureChoice(p.code, p.name.within(self.language), len(p.papers), p.target_minutes)
            for p in self.service(0).procedures
        )

    def priorities(self) -> tuple[tuple[str, str], ...]:
        """What a person may say."""
        return tuple((p.code, p.name.within(self.language)) for p in self.catalogue.priorities if p.said)


def _line(text: str, icon: str = "warning") -> Callable[[FrameView], FrameView]:
    return lambda frame: replace(frame, line=Line(text, icon))


def _frame(**changes: object) -> Callable[[FrameView], FrameView]:
    return lambda frame: replace(frame, **changes)  # type: ignore[arg-type]


def _welcome(**changes: object) -> Callable[[Office], Body]:
    usual = WelcomeBody("open", "11:30", None, True, card=True, camera=True)
    return lambda _office: replace(usual, **changes)  # type: ignore[arg-type]


def _number(**changes: object) -> Callable[[Office], Body]:
    cells = (("•", "•", "•"), ("•", "•", "•"), ("0", "0", ""), ("", "", ""))
    usual = NumberBody("personal_id", cells, 8, 12, (), ("cmnd", "bhxh"), False, False)
    return lambda _office: replace(usual, **changes)  # type: ignore[arg-type]


def _choose_at_rest(office: Office) -> ChooseBody:
    tiles = list(office.tiles())
    tiles[2] = office.tile(2, "flow.why.opens", "13:00")
    tiles[5] = office.tile(5, "flow.why.full_today")
    return ChooseBody(tuple(tiles))


def _groups(office: Office) -> ChooseBody:
    return ChooseBody(tuple(replace(t, action=Action.CHOOSE_GROUP) for t in office.tiles()[:5]), groups=True)


def _clinics(office: Office) -> ChooseBody:
    return ChooseBody(office.tiles(), unsure=KeyView(Action.UNSURE, label="flow.key.unsure", icon="help"))


def _wrong_door(office: Office) -> Tile:
    door, lang = office.catalogue.wrong_doors[0], office.language
    return Tile(Action.WRONG_DOOR, door.code, door.name.within(lang), "door", door.goes_to.within(lang))


def _check(**changes: object) -> Callable[[Office], Body]:
    def make(office: Office) -> CheckBody:
        usual = CheckBody(office.chip(), "Đ. T. Ước", "•••••••••011", None, None, on_behalf=False)
        return replace(usual, **changes)  # type: ignore[arg-type]

    return make


def _notice(name: str, *keys: KeyView, icon: str = "clock", number: str = "", **facts: str) -> Callable[[Office], Body]:
    return lambda _office: NoticeBody(name, facts, keys, number, icon)


def _ticket(number: str = "A017", facts: dict[str, object] | None = None, **more: object) -> Callable[[Office], Body]:
    return lambda office: office.ticket_body(office.ticket(number, **(facts or {})), **more)


_ASK = KeyView(Action.CALL_STAFF, label="flow.key.ask_staff", icon="person")
_ANOTHER = KeyView(Action.ANOTHER_SERVICE, label="flow.key.another", icon="plus")

MINE: tuple[Example, ...] = (
    Example("01-welcome", _welcome(), None, ()),
    Example("01-welcome-face", _welcome(face=True), None, ()),
    Example("01-welcome-no-reader", _welcome(card=False, camera=False), None, ()),
    Example("01-welcome-early", _welcome(state="too_early", resumes=NOW.replace(hour=7, minute=0)), None, ()),
    Example("01-welcome-lunch", _welcome(state="lunch", resumes=NOW.replace(hour=12, minute=45)), None, ()),
    Example(
        "01-welcome-closed",
        _welcome(state="closed", resumes=NOW.replace(day=24, hour=7, minute=0), today=False),
        None,
        (),
    ),
    Example("01-welcome-interrupted", _welcome(interrupted="A017"), None, ()),
    Example("01-welcome-offline", _welcome(), None, (), _line("flow.line.offline", "network")),
    Example("01-welcome-trial", _welcome(), None, (), _frame(simulated=True)),
    Example("01-welcome-hospital", _welcome(), None, (), profile="hospital"),
    Example("02-choose", lambda o: ChooseBody(o.tiles())),
    Example("02-choose-at-rest", _choose_at_rest),
    Example("02-choose-offline", lambda o: ChooseBody(o.tiles()), 0, frame=_line("flow.line.offline", "network")),
    Example("02-choose-no-counts", lambda o: ChooseBody(tuple(replace(t, waiting=None) for t in o.tiles()))),
    Example("02-choose-groups", _groups),
    Example("02-choose-trial", lambda o: ChooseBody(o.tiles()), 0, frame=_frame(simulated=True)),
    Example("02-choose-clock-unsure", lambda o: ChooseBody(o.tiles()), 0, frame=_frame(clock_sure=False)),
    Example(
        "02-choose-recent",
        lambda o: ChooseBody(o.tiles(), recent=o.ticket_body(o.ticket(), offers_card=True)),
        0,
        (_REPRINT,),
        _frame(limit_seconds=None),
    ),
    Example("02-choose-asks", lambda o: ChooseBody(o.tiles()), 0, frame=_frame(asks_for_time=20)),
    Example("10-hospital", _clinics, 1, profile="hospital"),
    Example("02-find", lambda o: FindBody("", ())),
    Example("02-find-found", lambda o: FindBody("ho", (o.tile(0), o.tile(4), _wrong_door(o)))),
    Example("02-find-nothing", lambda o: FindBody("xe may", ())),
    Example("02-procedure", lambda o: ProcedureBody(o.chip(0), o.procedures())),
    Example("03-who", lambda o: WhoBody(o.chip(), False, (Action.WAY_CARD, Action.WAY_TYPE, Action.WAY_NONE)), 1),
    Example("03-who-other", lambda o: WhoBody(o.chip(), True, (Action.WAY_CARD, Action.WAY_TYPE, Action.WAY_NONE)), 1),
    Example("03-who-no-reader", lambda o: WhoBody(o.chip(), False, (Action.WAY_TYPE, Action.WAY_NONE)), 1),
    Example(
        "03-who-hospital",
        lambda _o: WhoBody(None, False, (Action.WAY_CARD, Action.WAY_TYPE, Action.WAY_NONE)),
        0,
        profile="hospital",
    ),
    Example("03-priority", lambda o: PriorityBody(o.priorities()), 1),
    Example("05-check", _check(), 2),
    Example(
        "05-check-full",
        lambda o: _check(
            procedure=o.procedures()[0].name,
            priority=o.priorities()[0][1],
            on_behalf=True,
            late="11:30",
            can_say_priority=True,
        )(o),
        2,
    ),
    Example("05-check-anonymous", _check(masked_name=None, masked_number=None, can_say_priority=True), 2),
    Example("05-issuing", lambda o: IssuingBody(o.chip()), 2, ()),
)

OTHERS: tuple[Example, ...] = (
    Example("04-scan", lambda _o: ScanBody(ScanHint.HOLD_STILL, False, False, True), 1, frame=_frame(more_time=True)),
    Example("04-scan-no-qr", lambda _o: ScanBody(ScanHint.LOOK, False, True, True), 1, frame=_frame(more_time=True)),
    Example("04-scan-no-camera", lambda _o: ScanBody(ScanHint.NO_CAMERA, True, False, False), 1),
    Example("06-number", _number(), 1),
    Example(
        "06-number-complete",
        _number(cells=(("•",) * 3,) * 4, entered=12, complete=True),
        1,
    ),
    Example(
        "06-number-doubt",
        _number(cells=(("•",) * 3,) * 4, entered=12, complete=True, doubt="flow.doubt.same_digits"),
        1,
    ),
    Example(
        "06-number-letters",
        _number(
            kind="bhyt_15",
            cells=(("", ""), ("",), ("", ""), ("",) * 10),
            entered=0,
            total=15,
            letters=tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
            kinds=("personal_id", "bhxh"),
        ),
        1,
    ),
    Example("08-done", _ticket(), 3, (_REPRINT,), _frame(has_ticket=True, limit_seconds=30.0)),
    Example(
        "08-done-own-series",
        _ticket("A2-003", {"own_series": True, "people_ahead": None, "wait": None}),
        3,
        (_REPRINT,),
        _line("flow.line.offline", "network"),
    ),
    Example("08-done-card", _ticket(offers_card=True), 3, (_REPRINT,)),
    Example("08-done-asks-paper", _ticket(facts={"paper": "unconfirmed"}, asks_paper=True), 3, ()),
    Example("09-no-paper", _ticket(facts={"paper": "failed"}), 3, ()),
    Example("09-no-paper-told", _ticket(facts={"paper": "failed"}, told=True, called=True), 3, ()),
    Example("20-too-early", _notice("too_early", _ASK, at="07:00")),
    Example(
        "20-holding",
        _notice("already_holding", _ASK, _ANOTHER, icon="ticket", number="A017", ahead="4"),
        1,
    ),
    Example("21-help", lambda _o: HelpBody("ask", False, "bên phải cửa chính", True), None, ()),
    Example("21-help-calling", lambda _o: HelpBody("calling", False, "bên phải cửa chính", False), None, ()),
    Example("21-help-unanswered", lambda _o: HelpBody("unanswered", False, "bên phải cửa chính", False), None, ()),
    Example("22-ease", lambda _o: EaseBody(), None, ()),
    Example("23-out-of-service", lambda _o: OutOfServiceBody("S3", "bên phải cửa chính", "A017"), None, ()),
)

EXAMPLES: tuple[Example, ...] = (*MINE, *OTHERS)


def load_offices() -> dict[Profile, Catalogue]:
    """The shipped offices."""
    return {"ward": load_office(example_path("ward")), "hospital": load_office(example_path("hospital"))}


def example_view(
    example: Example,
    offices: dict[Profile, Catalogue],
    language: Language = "vi",
    **changes: object,
) -> View:
    """The view of an example; ``changes`` are fields of the frame (theme, low_reach …)."""
    catalogue = offices[example.profile]
    steps: tuple[StepView, ...] = ()
    if example.step is not None:
        steps = tuple(
            StepView(label, "done" if i < example.step else "now" if i == example.step else "next")
            for i, label in enumerate(_STEPS[example.profile])
        )
    frame = FrameView(
        language=language,
        theme="normal",
        low_reach=False,
        profile=example.profile,
        line1=catalogue.line1.within(language),
        line2=catalogue.line2.within(language),
        steps=steps,
        left=example.left,
        limit_seconds=None if example.name.startswith("01") else 60.0,
        emergency=example.profile == "hospital",
        other_languages=("en" if language == "vi" else "vi",),
    )
    if example.frame is not None:
        frame = example.frame(frame)
    return View(replace(frame, **changes), example.body(Office(catalogue, language)))  # type: ignore[arg-type]
