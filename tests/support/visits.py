"""A small ward and a small hospital, people with cards, and a player who touches what the screen shows."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

from kiosk.flow.effects import Effect, Issue, SetTimer, StopTimer
from kiosk.flow.events import (
    Action,
    CardRead,
    Counts,
    Event,
    Identified,
    Issued,
    Press,
    Surroundings,
    SurroundingsChanged,
    TicketFacts,
    TimerFired,
)
from kiosk.flow.presses import allows
from kiosk.flow.state import State, initial
from kiosk.flow.step import step
from kiosk.flow.view import view
from kiosk.flow.views import View
from models.messages import WaitSeconds
from models.opening import Opening, OpeningState
from models.service import (
    Catalogue,
    Hours,
    Place,
    Priority,
    Procedure,
    Rules,
    Service,
    Session,
    WrongDoor,
)
from models.text import Text
from models.ticket import Method

TODAY = date(2026, 11, 23)
ZONE = timezone(timedelta(hours=7))
MORNING = Session(time(7, 30), time(11, 30), time(7, 0), time(11, 15))
AFTERNOON = Session(time(13, 0), time(17, 0), time(12, 45), time(16, 45))
OPEN = Opening(OpeningState.OPEN, MORNING, later=AFTERNOON)
LATE = Opening(OpeningState.LATE, MORNING, later=AFTERNOON)
LATE_DAY = Opening(OpeningState.LATE, AFTERNOON)


def at(hour: int, minute: int, day: date = TODAY) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)


TOO_EARLY = Opening(OpeningState.TOO_EARLY, resumes=at(7, 0), later=MORNING)
LUNCH = Opening(OpeningState.LUNCH, resumes=at(12, 45), later=AFTERNOON)
FULL = Opening(OpeningState.SESSION_FULL, resumes=at(12, 45), later=AFTERNOON)
FULL_DAY = Opening(OpeningState.SESSION_FULL, resumes=at(7, 0, date(2026, 11, 24)))
CLOSED = Opening(OpeningState.CLOSED, resumes=at(7, 0, date(2026, 11, 24)))
CLOSED_LONG = Opening(OpeningState.CLOSED)

PRIORITIES = (
    Priority("elderly", Text("Từ 75 tuổi", "75 or older"), age_from=75),
    Priority("child", Text("Dưới 6 tuổi", "Under 6"), age_under=6, said=False),
    Priority("pregnant", Text("Phụ nữ mang thai", "Pregnant")),
)
HALL = Place(Text("Khu chờ tầng 1, bên trái", "Waiting area, floor 1"))
SERVICES = (
    Service(
        "chung-thuc", "A", Text("Chứng thực", "Certified copies"), search=("công chứng",), area=HALL, counters=(2, 3)
    ),
    Service(
        "ho-tich",
        "B",
        Text("Hộ tịch", "Civil status"),
        search=("độc thân",),
        ask_procedure=True,
        procedures=(
            Procedure("1.001193", Text("Khai sinh", "Birth"), (Text("Giấy chứng sinh"),), 15, (0,)),
            Procedure("1.000894", Text("Kết hôn", "Marriage"), target_minutes=15, weekdays=(4,)),
        ),
        area=HALL,
        counters=(1,),
    ),
    Service("dat-dai", "C", Text("Đất đai", "Land"), area=HALL, at_rest=Text("cán bộ đi họp", "officer away")),
)
POLICE = WrongDoor(
    "cu-tru",
    Text("Cư trú, căn cước", "Residence"),
    Text("Công an phường", "the police"),
    Text("12 phố Sen"),
    ("hộ khẩu",),
)
WARD = Catalogue(
    office="hoa-sen",
    line1=Text("Điểm Phục vụ hành chính công"),
    line2=Text("Phường Hoa Sen"),
    profile="ward",
    timezone="Asia/Ho_Chi_Minh",
    hours=Hours(((MORNING, AFTERNOON),) * 7),
    services=SERVICES,
    priorities=PRIORITIES,
    wrong_doors=(POLICE,),
    guide_place=Text("cạnh cửa chính", "beside the main door"),
)
CLINICS = (
    Service(
        "noi",
        "A",
        Text("Nội tổng quát", "General medicine"),
        search=("chưa biết khoa",),
        room=Place(Text("Phòng 101"), Text("Tầng 1"), Text("theo vạch xanh")),
    ),
    Service("mat", "B", Text("Mắt", "Eyes"), room=Place(Text("Phòng 110"), Text("Tầng 1"))),
)
HOSPITAL = replace(WARD, profile="hospital", services=CLINICS, wrong_doors=())


def surroundings(
    catalogue: Catalogue = WARD, opening: Opening = OPEN, identify: str = "first", **more: Any
) -> Surroundings:
    rules: Any = {"identify": identify, **more.pop("rules", {})}
    counts = {s.code: Counts(4, WaitSeconds(600, 1200)) for s in catalogue.services}
    built = Surroundings(
        catalogue=replace(catalogue, rules=replace(Rules(), **rules)),
        openings={s.code: opening for s in catalogue.services},
        office_opening=opening,
        today=TODAY,
        queue=counts,
    )
    return replace(built, **more)


def card(
    last: int = 11, born: date | None = date(1990, 2, 15), year: int | None = None, name: str = "Đỗ Thị Ước"
) -> CardRead:
    number = f"09909000{last:04d}"
    return CardRead(
        Identified(Method.CARD_QR, "personal_id", number, name, born, year or (born.year if born else None))
    )


OLD = card(22, date(1949, 5, 1))
YEAR_ONLY = card(33, None, 1948)


def ticket(number: str = "A017", service: str = "chung-thuc", **more: Any) -> TicketFacts:
    facts = TicketFacts(f"id-{number}", number, service, people_ahead=4, wait=WaitSeconds(600, 1200))
    return replace(facts, **more)


@dataclass
class Player:
    """Plays one kiosk: knows its state, what was asked of the desk, and which timers run."""

    state: State
    done: list[Effect] = field(default_factory=list)
    timers: dict[str, SetTimer] = field(default_factory=dict)

    @property
    def view(self) -> View:
        return view(self.state)

    @property
    def body(self) -> Any:
        return self.view.body

    @property
    def screen(self) -> str:
        return str(self.state.screen)

    @property
    def notice(self) -> str:
        return self.body.name if hasattr(self.body, "keys") and hasattr(self.body, "name") else ""

    def tell(self, *events: Event) -> list[Effect]:
        """Give events; what the last one asked for."""
        asked: list[Effect] = []
        for event in events:
            self.state, effects = step(self.state, event)
            asked = list(effects)
            self.done += effects
            for effect in effects:
                if isinstance(effect, SetTimer):
                    self.timers[effect.name] = effect
                elif isinstance(effect, StopTimer):
                    self.timers.pop(effect.name, None)
        return asked

    def press(self, action: Action, value: str = "") -> list[Effect]:
        """Touch a key that the screen shows."""
        press = Press(action, value)
        assert allows(self.view, press), f"{action} {value} is not shown on {self.screen}: {self.body}"
        return self.tell(press)

    def fire(self, name: str) -> list[Effect]:
        """Let a running timer run out."""
        timer = self.timers.pop(name)
        return self.tell(TimerFired(timer.name, timer.serial))

    def type(self, text: str) -> None:
        for character in text:
            self.press(Action.PAD_KEY, character)

    def change(self, **changes: Any) -> list[Effect]:
        """Change the surroundings."""
        return self.tell(SurroundingsChanged(replace(self.state.around, **changes)))

    def issue(self, facts: TicketFacts | None = None) -> list[Effect]:
        """Answer the number that is being asked for."""
        assert self.screen == "issuing"
        return self.tell(Issued(facts or ticket()))

    def all(self, kind: type) -> list[Any]:
        return [effect for effect in self.done if isinstance(effect, kind)]

    @property
    def asked(self) -> list[Issue]:
        return self.all(Issue)


def player(catalogue: Catalogue = WARD, opening: Opening = OPEN, identify: str = "first", **more: Any) -> Player:
    return Player(initial(surroundings(catalogue, opening, identify, **more)))
