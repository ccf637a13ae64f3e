"""Example views of the answers' screens beside those of the reference pictures: long names, hospitals, every ending."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QRadialGradient

from kiosk.flow.events import Action, ScanHint
from kiosk.flow.pad import LETTERS
from kiosk.flow.views import (
    Body,
    Ending,
    FrameView,
    HelpBody,
    KeyView,
    NoticeBody,
    NumberBody,
    OutOfServiceBody,
    ScanBody,
    TicketBody,
)
from kiosk.ui.examples import NOW, Example, Office
from kiosk.ui.icons import Icons
from kiosk.ui.tokens import assets

_REPRINT = KeyView(Action.REPRINT, label="flow.key.reprint", icon="printer")
_STAFF = KeyView(Action.CALL_STAFF, label="flow.key.ask_staff", icon="person")
_UNDERSTOOD = KeyView(Action.DONE, label="flow.key.understood", icon="check", primary=True)
_FRAME = (1280, 720)


def _ticket(number: str, facts: dict[str, object] | None = None, **more: object) -> Callable[[Office], Body]:
    return lambda office: office.ticket_body(office.ticket(number, **(facts or {})), **more)


def _long(office: Office) -> TicketBody:
    """The longest names an office should have."""
    vietnamese = office.language == "vi"
    return office.ticket_body(
        office.ticket("A1000", people_ahead=100),
        service_name="Lao động, Thương binh, Xã hội" if vietnamese else "Labour, Invalids, Social Affairs",
        place="Khu chờ tầng 2, nhà B" if vietnamese else "Waiting area, floor 2, house B",
        place_more="Đi thẳng, rẽ phải" if vietnamese else "Straight on, then right",
        counters=(2, 3, 4),
    )


def _notice(name: str, *keys: KeyView, icon: str = "clock", number: str = "") -> Callable[[Office], Body]:
    def make(office: Office) -> NoticeBody:
        lang = office.language
        door = office.catalogue.wrong_doors[0]
        rest = "Máy chủ đất đai đang bảo trì. " if lang == "vi" else "The land register is being serviced. "
        facts = {
            "at": "12:45",
            "day": "24/11",
            "closes": "11:30",
            "ahead": "4",
            "reason": rest,
            "field": office.service(5).name.within(lang),
            "matter": door.name.within(lang),
            "goes_to": door.goes_to.within(lang),
            "place": door.place.within(lang),
        }
        return NoticeBody(name, facts, keys, number, icon)

    return make


def _help(state: str, *, emergency: bool = False) -> Callable[[Office], Body]:
    def make(office: Office) -> HelpBody:
        place = office.catalogue.guide_place.within(office.language)
        return HelpBody(state, emergency, place, can_find=False)  # type: ignore[arg-type]

    return make


def _out(number: str = "") -> Callable[[Office], Body]:
    return lambda office: OutOfServiceBody("S3", office.catalogue.guide_place.within(office.language), number)


def _with_ticket(frame: FrameView) -> FrameView:
    return replace(frame, has_ticket=True, more_time=True, limit_seconds=25.0)


def _scans(frame: FrameView) -> FrameView:
    return replace(frame, more_time=True)


def _letters(_office: Office) -> NumberBody:
    cells = (("D", ""), ("",), ("", ""), ("",) * 5, ("",) * 5)
    return NumberBody("bhyt_15", cells, 1, 15, LETTERS, ("personal_id", "bhxh", "cmnd"), False, False)


def _health_card(_office: Office) -> NumberBody:
    cells = (("•", "•"), ("•",), ("0", "1"), ("2", "", "", "", ""), ("",) * 5)
    return NumberBody("bhyt_15", cells, 6, 15, (), ("personal_id", "bhxh", "cmnd"), True, False)


def _empty(_office: Office) -> NumberBody:
    return NumberBody("personal_id", (("",) * 3,) * 4, 0, 12, (), ("cmnd",), False, False, on_behalf=True)


_LATE = (
    KeyView(Action.TAKE_ANYWAY, label="flow.key.take_anyway", icon="ticket"),
    KeyView(Action.TAKE_LATER, label="flow.key.take_later", icon="clock"),
)
_CARD = (
    KeyView(Action.WAY_TYPE, label="flow.key.type", icon="keypad"),
    KeyView(Action.WAY_CARD, label="flow.key.scan_again", icon="scan"),
    KeyView(Action.WAY_NONE, label="flow.key.without", icon="ticket"),
)
_PLAIN = (_UNDERSTOOD, _STAFF)

ANSWERS: tuple[Example, ...] = (
    *(
        Example(f"04-scan-{hint.value}", lambda _o, hint=hint: ScanBody(hint, False, False, True), 1, frame=_scans)  # type: ignore[misc]
        for hint in (ScanHint.READ, ScanHint.CLOSER, ScanHint.WRONG_SIDE, ScanHint.UNREADABLE)
    ),
    Example(
        "04-scan-hospital",
        lambda _o: ScanBody(ScanHint.LOOK, False, False, True),
        0,
        frame=_scans,
        profile="hospital",
    ),
    Example("06-number-empty", _empty, 1),
    Example("06-number-hospital-letters", _letters, 0, profile="hospital"),
    Example("06-number-hospital-card", _health_card, 0, profile="hospital"),
    Example("08-done-long", _long, 3, (_REPRINT,), _with_ticket),
    Example("08-done-printing", _ticket("A017", {"paper": "printing"}, paper_slot="right"), 3, (), _with_ticket),
    Example(
        "08-done-later",
        _ticket("B002", {"not_before": NOW.replace(hour=12, minute=45).isoformat(), "wait": None}, counters=(3,)),
        3,
        (_REPRINT,),
        _with_ticket,
    ),
    Example("08-done-added", _ticket("A017", added="flow.added.priority", another=False), 3, (_REPRINT,), _with_ticket),
    Example("08-done-no-address", _ticket("A017", {"follow_url": None}), 3, (_REPRINT,), _with_ticket),
    Example("08-done-own-known", _ticket("A2-003", {"own_series": True}), 3, (_REPRINT,), _with_ticket),
    Example("08-done-nothing-known", _ticket("A017", {"people_ahead": None, "wait": None}), 3, (), _with_ticket),
    Example("08-done-next", _ticket("A017", {"people_ahead": 0}), 3, (), _with_ticket),
    Example("08-done-hospital", _ticket("C011"), 3, (_REPRINT,), _with_ticket, "hospital"),
    Example("09-no-paper-hospital", _ticket("C011", {"paper": "failed"}), 3, (), _with_ticket, "hospital"),
    Example("09-no-paper-skipped", _ticket("A2-003", {"paper": "skipped", "own_series": True}), 3, (), _with_ticket),
    Example("09-no-paper-called", _ticket("A017", {"paper": "failed"}, called=True), 3, (), _with_ticket),
    Example("09-no-paper-no-address", _ticket("A017", {"paper": "failed", "follow_url": None}), 3, (), _with_ticket),
    *(
        Example(f"20-{name.replace('_', '-')}", _notice(name, *_PLAIN), 1)
        for name in (
            Ending.CLOSED,
            Ending.CLOSED_LONG,
            Ending.LUNCH,
            Ending.SESSION_FULL,
            Ending.SESSION_FULL_DAY,
            Ending.REFUSED,
        )
    ),
    Example("20-at-rest", _notice(Ending.AT_REST, *_PLAIN, icon="pause")),
    Example("20-late", _notice(Ending.LATE, *_LATE), 1),
    Example("20-late-day", _notice(Ending.LATE_DAY, _LATE[0], _STAFF), 1),
    Example("20-limit", _notice(Ending.LIMIT_REACHED, _STAFF, icon="ticket"), 1),
    Example("20-wrong-door", _notice(Ending.WRONG_DOOR, *_PLAIN, icon="door")),
    Example("20-unreadable", _notice(Ending.UNREADABLE, *_CARD, icon="scan"), 1),
    Example(
        "20-no-printer",
        _notice(
            Ending.NO_PRINTER,
            KeyView(Action.TAKE_ANYWAY, label="flow.key.on_screen", icon="number"),
            _STAFF,
            icon="printer",
        ),
        1,
    ),
    Example("20-ticket-shown", _notice(Ending.TICKET_SHOWN, *_PLAIN, icon="ticket", number="A017"), None),
    Example("20-unreadable-hospital", _notice(Ending.UNREADABLE, *_CARD, icon="scan"), 0, profile="hospital"),
    Example("21-help-acknowledged", _help("acknowledged"), None, ()),
    Example("21-help-emergency", _help("calling", emergency=True), None, (), profile="hospital"),
    Example("21-help-emergency-unanswered", _help("unanswered", emergency=True), None, (), profile="hospital"),
    Example("23-out-of-service-plain", _out(), None, ()),
    Example("23-out-of-service-hospital", _out("C011"), None, (), profile="hospital"),
)


def camera_frame() -> QImage:
    """A card held into a camera, as the camera sees it: the screen mirrors it."""
    width, height = _FRAME
    picture = QImage(width, height, QImage.Format.Format_RGB32)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    room = QLinearGradient(0, 0, width, height)
    for at, colour in ((0.0, "#4A4038"), (0.5, "#6B5D50"), (1.0, "#2E2822")):
        room.setColorAt(at, QColor(colour))
    painter.fillRect(picture.rect(), room)
    painter.setPen(Qt.PenStyle.NoPen)
    for centre, radius, colour in (((640, 30), 260, "#8A6A55"), ((640, 760), 520, "#3C4A5C")):
        soft = QRadialGradient(QPointF(*centre), radius)
        soft.setColorAt(0.7, QColor(colour))
        soft.setColorAt(1.0, QColor(0, 0, 0, 0))
        painter.setBrush(soft)
        painter.drawEllipse(QPointF(*centre), radius, radius)
    painter.translate(640, 410)
    painter.rotate(4)
    Icons(assets() / "icons").paint(painter, "art-card-front", QRectF(-300, -189, 600, 378), QColor("#51483F"))
    painter.setBrush(QColor("#C89B80"))
    for x in (-270, 230):
        painter.drawRoundedRect(QRectF(x, 110, 62, 260), 31, 31)
    painter.end()
    return picture
