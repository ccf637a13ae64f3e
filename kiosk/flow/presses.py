"""Which keys a view shows: the one meaning of "shown" for the flow and for the screens.

The flow ignores every press that is not here; a screen draws a key for every one that is.
"""

from collections.abc import Iterator
from typing import get_args

from kiosk.flow.events import Action, Press
from kiosk.flow.views import (
    CheckBody,
    ChooseBody,
    EaseBody,
    FindBody,
    FrameView,
    HelpBody,
    NoticeBody,
    NumberBody,
    PriorityBody,
    ProcedureBody,
    ScanBody,
    Theme,
    TicketBody,
    View,
    WelcomeBody,
    WhoBody,
)

A = Action

FIND_LENGTH = 40
"""Longest text that can be searched for."""

SAME_PRESS_SECONDS = 0.5
"""An identical second press, or a second card, within this time is a trembling hand (EN 301 549, 5.9)."""

SAME_DIGIT_SECONDS = 0.08
"""On the pad the same digit twice is usual (*0000*): only the bounce of a bad panel is dropped."""

_TYPING = frozenset({A.PAD_KEY, A.PAD_DELETE, A.FIND_TEXT, A.MORE_TIME})


def repeat_seconds(press: Press) -> float:
    """Within how many seconds the same press again is no act of its own."""
    return SAME_DIGIT_SECONDS if press.action in _TYPING else SAME_PRESS_SECONDS


def allows(view: View, press: Press) -> bool:
    """Whether ``view`` shows the key of ``press``; the searched text may be any short one."""
    if press.action is A.FIND_TEXT:
        return isinstance(view.body, FindBody) and len(press.value) <= FIND_LENGTH
    return press in presses(view)


def presses(view: View) -> frozenset[Press]:
    """Every key that ``view`` shows. `Action.FIND_TEXT` stands for any text, here an empty one."""
    return frozenset((*_frame(view.frame), *_body(view)))


def _frame(frame: FrameView) -> Iterator[Press]:
    yield Press(A.EASE)
    yield Press(A.HELP)
    yield from (Press(A.LANGUAGE, language) for language in frame.other_languages)
    yield from (Press(key.action, key.value) for key in frame.left if not key.why)
    if frame.emergency:
        yield Press(A.EMERGENCY)
    if frame.more_time or frame.asks_for_time is not None:
        yield Press(A.MORE_TIME)
    if frame.asks_for_time is not None:
        yield Press(A.START_OVER)


def _body(view: View) -> Iterator[Press]:
    body = view.body
    match body:
        case WelcomeBody():
            yield Press(A.START)
            if body.interrupted is not None:
                yield Press(A.REPRINT)
        case ChooseBody() | FindBody():
            yield from _tiles(body)
        case ProcedureBody():
            yield from (Press(A.CHOOSE_PROCEDURE, choice.code) for choice in body.choices)
            yield Press(A.CHOOSE_PROCEDURE)
        case WhoBody():
            yield Press(A.FOR_SELF)
            yield Press(A.FOR_OTHER)
            yield from (Press(way) for way in body.ways)
        case ScanBody():
            yield Press(A.WAY_TYPE)
        case NumberBody():
            yield from _pad(body)
        case PriorityBody():
            yield from (Press(A.PRIORITY, code) for code, _ in body.choices)
            yield Press(A.PRIORITY)
        case CheckBody():
            yield Press(A.CONFIRM)
            if body.can_say_priority:
                yield Press(A.SAY_PRIORITY)
        case TicketBody():
            yield from _ticket(body)
        case NoticeBody():
            yield from (Press(key.action, key.value) for key in body.keys if not key.why)
        case HelpBody():
            yield from _help(body)
        case EaseBody():
            yield Press(A.CLOSE)
            yield from (Press(A.SET_THEME, theme) for theme in get_args(Theme))
            yield from (Press(A.SET_REACH, reach) for reach in ("normal", "low"))
        case _:
            return


def _tiles(body: ChooseBody | FindBody) -> Iterator[Press]:
    if isinstance(body, FindBody):
        yield Press(A.FIND_TEXT)
        yield from (Press(tile.action, tile.value) for tile in body.results)
        return
    yield from (Press(tile.action, tile.value) for tile in body.tiles)
    if body.unsure is not None:
        yield Press(body.unsure.action, body.unsure.value)


def _pad(body: NumberBody) -> Iterator[Press]:
    if not body.complete:
        yield from (Press(A.PAD_KEY, key) for key in body.letters or "1234567890")
    elif not body.doubt:
        yield Press(A.PAD_DONE)
    if body.doubt:
        yield Press(A.PAD_KEEP)
    if body.entered:
        yield Press(A.PAD_DELETE)
        yield Press(A.PAD_SHOW)
    yield from (Press(A.PAD_KIND, kind) for kind in body.kinds)


def _ticket(body: TicketBody) -> Iterator[Press]:
    if body.asks_paper:
        yield Press(A.PAPER_YES)
        yield Press(A.PAPER_NO)
        return
    yield Press(A.DONE)
    if body.ticket.paper in ("failed", "skipped"):
        if not body.called:
            yield Press(A.WRITE_FOR_ME)
    elif body.another:
        yield Press(A.ANOTHER_SERVICE)


def _help(body: HelpBody) -> Iterator[Press]:
    yield Press(A.CLOSE)
    if body.state in ("ask", "unanswered"):
        yield Press(A.CALL_STAFF)
    if body.can_find:
        yield Press(A.FIND)
