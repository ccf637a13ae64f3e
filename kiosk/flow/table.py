"""The table of the flow: on which screen which event does what, and where it may lead.

A row that is not here does not exist: a press without a row is not shown by any view, a reading or an answer without
one comes too late and is dropped. `step` raises `IllegalEvent` when a handler leads elsewhere than its row says. The
diagram in ``docs/explanation/visit.md`` is drawn from these rows.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from kiosk.flow import aside, choosing, identifying, limits, taking
from kiosk.flow.events import (
    Action,
    Broken,
    CardRead,
    Event,
    HelpAnswered,
    Holding,
    Issued,
    IssueFailed,
    IssueRefused,
    PaperChanged,
    Press,
    ScanHinted,
    SurroundingsChanged,
    TicketShown,
    TimerFired,
)
from kiosk.flow.state import Result, Screen

Trigger = Action | str | type
"""A press by its action, a timer as ``timer:<name>``, everything else by its type."""

Handler = Callable[[Any, Any], Result]
S, A = Screen, Action

REST = (S.WELCOME, S.CHOOSE)
NEXT = (S.WHO, S.CHOOSE, S.PROCEDURE, S.PRIORITY, S.CHECK, S.ISSUING, S.NOTICE)
"""Where the next open question may be."""


@dataclass(frozen=True, slots=True)
class Row:
    """What an event does.

    Attributes:
        to: Screens it may lead to; staying is always allowed.
    """

    act: Handler
    to: frozenset[Screen] = frozenset()


def trigger_of(event: Event) -> Trigger:
    """The column of the table in which ``event`` stands."""
    if isinstance(event, Press):
        return event.action
    if isinstance(event, TimerFired):
        return f"timer:{event.name}"
    return type(event)


def row_of(screen: Screen, trigger: Trigger) -> Row | None:
    """The row for ``trigger`` on ``screen``, or None."""
    return TABLE.get((screen, trigger)) or EVERYWHERE.get(trigger)


def _row(act: Handler, *to: Screen) -> Row:
    return Row(act, frozenset(to))


def _choosing() -> Iterator[tuple[Screen, Trigger, Row]]:
    yield S.WELCOME, A.START, _row(choosing.start, S.CHOOSE, S.WHO, S.NOTICE)
    yield S.WELCOME, A.REPRINT, _row(choosing.reprint_interrupted, S.TICKET)
    yield S.WELCOME, CardRead, _row(identifying.card_opens, S.CHOOSE, S.NOTICE)
    yield S.WELCOME, TicketShown, _row(identifying.ticket_shown, S.NOTICE)
    yield S.CHOOSE, TicketShown, _row(identifying.ticket_shown, S.NOTICE)
    yield S.CHOOSE, A.CHOOSE_GROUP, _row(choosing.choose_group)
    yield S.CHOOSE, A.UNSURE, _row(choosing.unsure, S.NOTICE)
    yield S.CHOOSE, A.REPRINT, _row(taking.reprint_recent, S.TICKET)
    yield S.CHOOSE, A.BACK, _row(choosing.back_from_choose, S.WELCOME, S.WHO)
    for screen in (S.CHOOSE, S.FIND, S.NOTICE):
        yield screen, A.CHOOSE_SERVICE, _row(choosing.choose_service, *NEXT)
    for screen in (S.CHOOSE, S.FIND, S.PROCEDURE):
        yield screen, CardRead, _row(identifying.card_kept)
    yield S.FIND, A.FIND_TEXT, _row(choosing.find_text)
    yield S.FIND, A.WRONG_DOOR, _row(choosing.wrong_door, S.NOTICE)
    yield S.FIND, A.BACK, _row(choosing.back_to_choose, S.CHOOSE)
    yield (
        S.PROCEDURE,
        A.CHOOSE_PROCEDURE,
        _row(choosing.choose_procedure, S.WHO, S.PRIORITY, S.CHECK, S.ISSUING, S.NOTICE),
    )
    yield S.PROCEDURE, A.BACK, _row(choosing.back_to_choose, S.CHOOSE)


def _identifying() -> Iterator[tuple[Screen, Trigger, Row]]:
    answered = (S.CHOOSE, S.PROCEDURE, S.PRIORITY, S.CHECK, S.NOTICE)
    yield S.WHO, A.FOR_SELF, _row(identifying.for_self)
    yield S.WHO, A.FOR_OTHER, _row(identifying.for_other)
    for screen in (S.WHO, S.NOTICE):
        yield screen, A.WAY_CARD, _row(identifying.way_card, S.SCAN)
        yield screen, A.WAY_NONE, _row(identifying.way_none, S.CHOOSE, S.PROCEDURE, S.ISSUING, S.NOTICE)
    for screen in (S.WHO, S.SCAN, S.NOTICE):
        yield screen, A.WAY_TYPE, _row(identifying.way_type, S.NUMBER)
    for screen in (S.WHO, S.SCAN, S.NUMBER, S.PRIORITY, S.CHECK):
        yield screen, CardRead, _row(identifying.card_answers, *answered)
    yield S.WHO, ScanHinted, _row(identifying.hinted_early)
    yield S.WHO, A.BACK, _row(choosing.back_to_choose, S.CHOOSE)
    yield S.SCAN, ScanHinted, _row(identifying.hinted)
    yield S.SCAN, TicketShown, _row(identifying.ticket_at_scan)
    yield S.SCAN, f"timer:{limits.NO_QR}", _row(identifying.no_code, S.NOTICE)
    yield S.SCAN, A.BACK, _row(choosing.back_to_who, S.WHO)
    yield S.NUMBER, A.PAD_KIND, _row(identifying.pad_kind)
    yield S.NUMBER, A.PAD_KEY, _row(identifying.pad_key)
    yield S.NUMBER, A.PAD_DELETE, _row(identifying.pad_delete)
    yield S.NUMBER, A.PAD_SHOW, _row(identifying.pad_show)
    yield S.NUMBER, A.PAD_DONE, _row(identifying.pad_done, *answered)
    yield S.NUMBER, A.PAD_KEEP, _row(identifying.pad_keep, *answered)
    yield S.NUMBER, A.BACK, _row(choosing.back_to_who, S.WHO)
    yield S.PRIORITY, A.PRIORITY, _row(identifying.priority, S.CHECK, S.NOTICE)
    yield S.PRIORITY, A.BACK, _row(identifying.back_from_priority, S.CHECK, S.NOTICE)
    for screen in (S.CHOOSE, S.FIND, S.PROCEDURE, S.PRIORITY, S.CHECK):
        yield screen, Holding, _row(identifying.holding, S.NOTICE)


def _taking() -> Iterator[tuple[Screen, Trigger, Row]]:
    yield S.CHECK, A.CONFIRM, _row(taking.confirm, S.ISSUING, S.NOTICE)
    yield S.CHECK, A.SAY_PRIORITY, _row(identifying.say_priority, S.PRIORITY)
    yield S.CHECK, A.BACK, _row(taking.back_from_check, S.WHO, S.CHOOSE)
    yield S.ISSUING, Issued, _row(taking.issued, S.TICKET)
    yield S.ISSUING, IssueRefused, _row(taking.refused, S.NOTICE)
    yield S.ISSUING, IssueFailed, _row(taking.failed, S.OUT_OF_SERVICE)
    yield S.ISSUING, f"timer:{limits.END}", _row(aside.no_answer, S.OUT_OF_SERVICE)
    yield S.OUT_OF_SERVICE, Issued, _row(taking.issued, S.TICKET)
    yield S.OUT_OF_SERVICE, IssueRefused, _row(taking.refused_unseen)
    yield S.OUT_OF_SERVICE, IssueFailed, _row(taking.refused_unseen)
    yield S.NOTICE, A.TAKE_ANYWAY, _row(taking.take_anyway, *NEXT)
    yield S.NOTICE, A.TAKE_LATER, _row(taking.take_later, *NEXT)
    yield S.NOTICE, A.REPRINT, _row(taking.reprint_held, S.TICKET)
    yield S.NOTICE, A.ANOTHER_SERVICE, _row(taking.another_service, S.CHOOSE, S.WHO)
    yield S.NOTICE, A.DONE, _row(taking.done, *REST)
    yield S.NOTICE, A.BACK, _row(taking.back_from_notice, *REST, S.WHO)
    yield S.NOTICE, CardRead, _row(identifying.card_at_notice, *REST, S.PROCEDURE, S.PRIORITY, S.CHECK)


def _ticket() -> Iterator[tuple[Screen, Trigger, Row]]:
    yield S.TICKET, A.DONE, _row(taking.ticket_done, *REST)
    yield S.TICKET, A.ANOTHER_SERVICE, _row(taking.another_service, S.CHOOSE, S.WHO)
    yield S.TICKET, A.REPRINT, _row(taking.reprint)
    yield S.TICKET, A.PAPER_YES, _row(taking.paper_yes)
    yield S.TICKET, A.PAPER_NO, _row(taking.paper_no)
    yield S.TICKET, A.WRITE_FOR_ME, _row(taking.write_for_me)
    yield S.TICKET, CardRead, _row(identifying.card_at_ticket, *REST, S.NOTICE)
    yield S.TICKET, f"timer:{limits.BRIEF}", _row(taking.brief_over, *REST)
    yield S.TICKET, f"timer:{limits.OFFER}", _row(taking.offer_over)


def _everywhere() -> Iterator[tuple[Trigger, Row]]:
    yield A.LANGUAGE, _row(aside.language)
    yield A.EASE, _row(aside.ease)
    yield A.HELP, _row(aside.help_)
    yield A.CLOSE, _row(aside.close)
    yield A.SET_THEME, _row(aside.set_theme)
    yield A.SET_REACH, _row(aside.set_reach)
    yield A.CALL_STAFF, _row(aside.call_staff)
    yield A.EMERGENCY, _row(aside.emergency)
    yield A.MORE_TIME, _row(aside.more_time)
    yield A.START_OVER, _row(aside.start_over, *REST)
    yield A.FIND, _row(choosing.find, S.FIND)
    yield f"timer:{limits.WARN}", _row(aside.warn)
    yield f"timer:{limits.END}", _row(aside.end, *REST)
    yield f"timer:{limits.HELP}", _row(aside.unanswered)
    yield f"timer:{limits.OFFER}", _row(aside.offer_over)
    yield HelpAnswered, _row(aside.help_answered)
    # The strip's paper may fail, or a brief ticket give way once its paper is out.
    yield PaperChanged, _row(taking.paper_changed, S.TICKET, *REST)
    yield SurroundingsChanged, _row(aside.surroundings, *REST)
    yield Broken, _row(aside.broken, S.OUT_OF_SERVICE)


TABLE: Mapping[tuple[Screen, Trigger], Row] = MappingProxyType(
    {(screen, trigger): row for part in (_choosing, _identifying, _taking, _ticket) for screen, trigger, row in part()}
)
"""Rows of one screen."""

EVERYWHERE: Mapping[Trigger, Row] = MappingProxyType(dict(_everywhere()))
"""Rows of every screen, unless the screen has its own."""
