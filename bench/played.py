"""A real kiosk process with its real window, played by a script: ``python -m bench.played HOME SCRIPT``.

One JSON line for each person, in seconds of the machine's monotonic clock, which every process shares::

    {"number": "A001", "began": …, "touched": …, "committed": …, "shown": …, "ended": …}

``began`` is the moment when the person could begin, ``touched`` that of the touch that takes the number, ``committed``
that of the transaction's end on the desk thread, ``shown`` when the window stood with the number (looked at every
5 ms), ``ended`` when the next person could begin. The window has the size of the reference panel, so that painting
costs what it costs on the machine.
"""

import argparse
import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

from bench.office import SERVICE
from config.load import load_settings
from kiosk.assemble import Appliance
from kiosk.commands.appliance import run_appliance
from kiosk.desk.reading import event_of_payload
from kiosk.flow.events import Action, Press
from kiosk.flow.views import CheckBody, ChooseBody, TicketBody, View, WelcomeBody, WhoBody
from kiosk.storage.tickets import Tickets
from kiosk.ui.player import Player, Script
from kiosk.ui.window import KioskWindow
from tests.support.visitor import card, say

PANEL = (1080, 1920)
READY_SECONDS = 30.0
FADED_SECONDS = 0.2
"""The screens have faded into each other by then; nobody finds a key on a screen sooner."""


class People:
    """One person after the other, each by the same script.

    Args:
        human: Seconds before each touch and before a card is held up; with 0 presses are handed to the desk directly,
            because the window takes two quick touches on one spot for a trembling hand.
        commits: When transactions that gave a number ended, newest last.
    """

    def __init__(self, play: Player, appliance: Appliance, human: float, commits: list[float]) -> None:
        self._play = play
        self._appliance = appliance
        self._human = human
        self._commits = commits
        self._cards = 0
        self._began = 0.0
        self._touched = 0.0

    def first(self) -> Script:
        """``identify = first`` without a document: begin, the field, *without a card*."""
        yield self._play.shows(WelcomeBody)
        self._began = time.monotonic()
        yield from self._touch(Action.START)
        yield self._play.shows(ChooseBody)
        yield from self._touch(Action.CHOOSE_SERVICE, SERVICE)
        yield self._play.shows(WhoBody)
        yield from self._wait(max(self._human, FADED_SECONDS))
        yield from self._touch(Action.WAY_NONE, waits=False)
        yield from self._number(closes=True)

    def card(self) -> Script:
        """``identify = first`` with a card: begin, the field, the card is held up, confirm."""
        yield self._play.shows(WelcomeBody)
        self._began = time.monotonic()
        yield from self._touch(Action.START)
        yield self._play.shows(ChooseBody)
        yield from self._touch(Action.CHOOSE_SERVICE, SERVICE)
        yield self._play.shows(WhoBody)
        yield from self._wait(self._human)
        self._cards += 1
        self._appliance.post(event_of_payload(card(self._cards)))
        yield self._play.shows(CheckBody)
        yield from self._touch(Action.CONFIRM)
        yield from self._number(closes=True)

    def after(self) -> Script:
        """``identify = after``: the field, and that is all; the screen gives way by itself."""
        yield self._play.shows(ChooseBody)
        self._began = time.monotonic()
        yield from self._touch(Action.CHOOSE_SERVICE, SERVICE)
        yield from self._number(closes=False)

    def _number(self, *, closes: bool) -> Script:
        touched = self._touched
        yield self._play.shows(TicketBody)
        shown = time.monotonic()
        number = _ticket(self._play.view)
        yield self._play.shows(TicketBody, check=_paper_is_out)
        if closes:
            yield from self._touch(Action.DONE)
        yield lambda: self._play.view is not None and not isinstance(self._play.view.body, TicketBody)
        say(
            {
                "number": number,
                "began": self._began,
                "touched": touched,
                "committed": self._commits[-1],
                "shown": shown,
                "ended": time.monotonic(),
            }
        )

    def _touch(self, action: Action, value: str = "", *, waits: bool = True) -> Script:
        if waits:
            yield from self._wait(self._human)
        self._touched = time.monotonic()
        if self._human:
            self._play.click(action, value)
        else:
            self._appliance.post(Press(action, value))

    def _wait(self, seconds: float) -> Script:
        until = time.monotonic() + seconds
        yield lambda: time.monotonic() >= until


def play(home: Path, script: str, people: int, human: float, *, stay: bool) -> int:
    """Run the kiosk of ``home`` and play; returns the exit code.

    Args:
        stay: Remain at rest when everybody was served, until standard input ends (half a minute at most).
    """
    commits: list[float] = []
    outcome: list[Exception | None] = []

    def on_window(window: KioskWindow, appliance: Appliance) -> None:
        def finished(error: Exception | None) -> None:
            outcome.append(error)
            window.unlock()
            window.close()

        player = Player(window, finished, patience=READY_SECONDS)

        def whole() -> Script:
            yield lambda: appliance.printer_ready == "ready"
            crowd = People(player, appliance, human, commits)
            one: Callable[[], Script] = {"first": crowd.first, "card": crowd.card, "after": crowd.after}[script]
            for _ in range(people):
                yield from one()
            if stay:
                say({"rests": os.getpid()})
                yield _end_of_input().is_set

        player.play(whole())

    with _noting(commits, "issue_from_central"), _noting(commits, "issue_locally"):
        code = run_appliance(home, load_settings(home), windowed=PANEL, on_window=on_window)
    if outcome and outcome[0] is not None:
        raise outcome[0]
    return code


def _end_of_input() -> threading.Event:
    """Set when standard input ends."""
    ended = threading.Event()

    def listen() -> None:
        sys.stdin.read()
        ended.set()

    threading.Thread(target=listen, name="end of input", daemon=True).start()
    return ended


def _noting(commits: list[float], name: str) -> Any:
    """Let ``Tickets.<name>`` note when it has committed."""
    issue = getattr(Tickets, name)

    def noted(*args: Any, **kwargs: Any) -> Any:
        ticket = issue(*args, **kwargs)
        commits.append(time.monotonic())
        return ticket

    return patch.object(Tickets, name, noted)


def _ticket(view: View | None) -> str:
    return view.body.ticket.number if view is not None and isinstance(view.body, TicketBody) else ""


def _paper_is_out(view: View) -> bool:
    return isinstance(view.body, TicketBody) and view.body.ticket.paper not in ("queued", "printing")


def main() -> int:
    """Read the arguments and play."""
    parser = argparse.ArgumentParser()
    parser.add_argument("home", type=Path)
    parser.add_argument("script", choices=("first", "card", "after"))
    parser.add_argument("--people", type=int, required=True)
    parser.add_argument("--human", type=float, default=0.0)
    parser.add_argument("--stay", action="store_true")
    args = parser.parse_args()
    return play(args.home, args.script, args.people, args.human, stay=args.stay)


if __name__ == "__main__":
    sys.exit(main())
