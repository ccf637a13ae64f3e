"""Draws ``docs/explanation/visit.md`` from the table of the flow."""

from collections.abc import Iterable, Mapping
from typing import Any

from kiosk.flow import limits
from kiosk.flow.events import Action
from kiosk.flow.limits import LIMITS
from kiosk.flow.state import Screen
from kiosk.flow.table import EVERYWHERE, TABLE, Row, Trigger

INTRODUCTION = """\
# A visit

<!-- Drawn by docs/generate.py from kiosk/flow/table.py. Change the table, not this page. -->

A visit is a pure state machine: `step(state, event) -> (state, effects)`. It knows no Qt, no device and no clock. The
desk thread feeds it with presses, readings, answers and timers, and carries out the effects that it returns; the
screens paint `view(state)`.

What is asked next is not written down screen by screen. `kiosk.flow.questions.next_screen` looks at what the visit
knows and names the first question that is still open: in a ward the field, the procedure where one is asked, who the
person is, priority where a card gives only the year of birth, and the last look; in a hospital the papers come before
the clinic. A card held up early simply answers its question early. With `identify = after | never` the field is the
only question, and the fields themselves are the screen at which the machine rests.

Three things follow from the new state alone and are put right after every step, so that no handler can forget them:
the timers that run, the live picture (only while the scan screen is seen), and the question for more time. A press
counts only when the view shows its key (`kiosk.flow.presses`). A handler that leads elsewhere than its row allows
raises `IllegalEvent`, and nothing has changed.

"""


def page() -> str:
    """The whole page."""
    return "".join((INTRODUCTION, _diagram(), _limits(), _everywhere(), _screens())).rstrip() + "\n"


def _diagram() -> str:
    lines = ["## The screens", "", "```mermaid", "stateDiagram-v2", "    [*] --> welcome"]
    for screen in Screen:
        targets: dict[Screen, list[str]] = {}
        for (at, trigger), row in TABLE.items():
            for target in row.to if at is screen else ():
                targets.setdefault(target, []).append(_name(trigger))
        for target in Screen:
            if target in targets and target is not screen:
                lines.append(f"    {screen} --> {target}: {', '.join(dict.fromkeys(targets[target]))}")
    return "\n".join([*lines, "```", "", ""])


def _limits() -> str:
    lines = ["## Time limits", "", "| screen | seconds | the last 20 s |", "|---|---|---|"]
    named: list[tuple[str, limits.Limit]] = [(str(screen), limit) for screen, limit in LIMITS.items()]
    named += [
        ("ticket without paper", limits.NO_PAPER_LIMIT),
        ("ticket, did the paper come out?", limits.ASKS_PAPER_LIMIT),
        ("help", limits.HELP_LIMIT),
        ("help, staff called", limits.CALLING_LIMIT),
        ("larger letters", limits.EASE_LIMIT),
    ]
    for name, limit in named:
        lines.append(f"| {name} | {limit.seconds:g} | {'a question' if limit.asks else 'in words beside the line'} |")
    return "\n".join([*lines, "", "Every press begins the limit anew. At rest there is none.", "", ""])


def _everywhere() -> str:
    return "\n".join(["## On every screen", "", *_rows(EVERYWHERE.items()), "", ""])


def _screens() -> str:
    parts = ["## Screen by screen", ""]
    for screen in Screen:
        rows = [(trigger, row) for (at, trigger), row in TABLE.items() if at is screen]
        parts += [f"### {screen}", "", *_rows(rows), ""]
    return "\n".join(parts)


def _rows(rows: Iterable[tuple[Trigger, Row]]) -> list[str]:
    lines = ["| event | what it does | may lead to |", "|---|---|---|"]
    for trigger, row in rows:
        what = (row.act.__doc__ or "").strip().splitlines()[0]
        to = ", ".join(str(screen) for screen in Screen if screen in row.to) or "stays"
        lines.append(f"| {_name(trigger)} | {what} | {to} |")
    return lines


def _name(trigger: Trigger) -> str:
    kinds: Mapping[Any, str] = {
        "CardRead": "card",
        "TicketShown": "ticket shown",
        "ScanHinted": "hint",
        "IssueRefused": "refused",
        "IssueFailed": "failed",
        "PaperChanged": "paper",
        "HelpAnswered": "help answered",
        "SurroundingsChanged": "surroundings",
    }
    if isinstance(trigger, Action):
        return str(trigger)
    if isinstance(trigger, str):
        return trigger.replace("timer:", "⏱ ")
    return kinds.get(trigger.__name__, trigger.__name__.lower())
