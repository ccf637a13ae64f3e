"""The designed endings on the screen: their facts in the visit's language, and the keys that lead on."""

from collections.abc import Mapping
from types import MappingProxyType

from kiosk.flow.endings import session_clock
from kiosk.flow.events import Action
from kiosk.flow.state import Notice, State
from kiosk.flow.tiles import general_service
from kiosk.flow.views import Ending, KeyView, NoticeBody

A = Action

_UNDERSTOOD = KeyView(A.DONE, label="flow.key.understood", icon="check", primary=True)
_STAFF = KeyView(A.CALL_STAFF, label="flow.key.ask_staff", icon="person")
_REPRINT = KeyView(A.REPRINT, label="flow.key.reprint", icon="printer")
_ANOTHER = KeyView(A.ANOTHER_SERVICE, label="flow.key.another", icon="plus")
_TAKE = KeyView(A.TAKE_ANYWAY, label="flow.key.take_anyway", icon="ticket")
_LATER = KeyView(A.TAKE_LATER, label="flow.key.take_later", icon="clock")
_ON_SCREEN = KeyView(A.TAKE_ANYWAY, label="flow.key.on_screen", icon="number")
_TYPE = KeyView(A.WAY_TYPE, label="flow.key.type", icon="keypad")
_AGAIN = KeyView(A.WAY_CARD, label="flow.key.scan_again", icon="scan")
_WITHOUT = KeyView(A.WAY_NONE, label="flow.key.without", icon="ticket")
_FIND = KeyView(A.FIND, label="flow.key.find", icon="queue")

_WAIT = (_UNDERSTOOD, _STAFF)
_KEYS: Mapping[str, tuple[KeyView, ...]] = MappingProxyType(
    {
        Ending.LATE: (_TAKE, _LATER),
        Ending.LATE_DAY: (_TAKE, _STAFF),
        Ending.ALREADY_HOLDING: (_REPRINT, _STAFF, _ANOTHER),
        Ending.ALREADY_HOLDING_PLAIN: (_REPRINT, _STAFF, _ANOTHER),
        Ending.LIMIT_REACHED: (_STAFF, _ANOTHER),
        Ending.UNREADABLE: (_TYPE, _AGAIN, _WITHOUT),
        Ending.NO_PRINTER: (_ON_SCREEN, _STAFF),
        Ending.UNSURE: (_STAFF, _FIND),
    }
)
_ICONS: Mapping[str, str] = MappingProxyType(
    {
        Ending.AT_REST: "pause",
        Ending.WRONG_DOOR: "door",
        Ending.UNREADABLE: "scan",
        Ending.NO_PRINTER: "printer",
        Ending.REFUSED: "warning",
        Ending.ALREADY_HOLDING: "ticket",
        Ending.ALREADY_HOLDING_PLAIN: "ticket",
        Ending.LIMIT_REACHED: "ticket",
        Ending.TICKET_SHOWN: "ticket",
        Ending.UNSURE: "help",
    }
)


def notice_body(state: State) -> NoticeBody:
    """The ending that is shown."""
    notice = state.visit.notice or Notice(Ending.REFUSED)
    return NoticeBody(
        name=notice.name,
        facts=_facts(state, notice),
        keys=_keys(state, notice),
        number=notice.number,
        icon=_ICONS.get(notice.name, "clock"),
    )


def _facts(state: State, notice: Notice) -> dict[str, str]:
    """What the words need: times and numbers as they are, names in the visit's language."""
    language, service = state.language, state.service
    facts = dict(notice.facts)
    facts["place"] = state.around.catalogue.guide_place.within(language)
    facts["field"] = service.name.within(language) if service is not None else ""
    if service is not None and service.at_rest is not None:
        facts["reason"] = service.at_rest.within(language).rstrip(". ") + ". "
    facts.setdefault("reason", "")
    for door in state.around.catalogue.wrong_doors:
        if door.code == notice.code:
            facts["matter"] = door.name.within(language)
            facts["goes_to"] = door.goes_to.within(language)
            facts["place"] = door.place.within(language)
    return facts


def _keys(state: State, notice: Notice) -> tuple[KeyView, ...]:
    keys = _KEYS.get(notice.name, _WAIT)
    if notice.name == Ending.LATE:
        opening = state.around.openings.get(state.visit.service or "")
        later = session_clock(opening.later, start=True) if opening is not None else ""
        return tuple(key for key in keys if key is not _LATER or later)
    if notice.name == Ending.UNSURE:
        return (*_general(state), *keys)
    if notice.name == Ending.UNREADABLE and not state.around.reader:
        return tuple(key for key in keys if key is not _AGAIN)
    if state.visit.holding is None:
        return tuple(key for key in keys if key is not _REPRINT)
    return keys


def _general(state: State) -> tuple[KeyView, ...]:
    service = general_service(state)
    if service is None:
        return ()
    facts = {"field": service.name.within(state.language)}
    return (KeyView(A.CHOOSE_SERVICE, service.code, "flow.key.take_field", service.icon, facts=facts),)
