"""A real kiosk process with its real window, played by clicks: ``python -m tests.support.visitor HOME …``.

One JSON line on stdout for each number shown: ``{"number", "ticket_id", "ms"}``; ms from the last touch to the number.
The process is made to be killed.
"""

import argparse
import json
import os
import sys
import time
from pathlib import Path

from config.load import load_settings
from kiosk.assemble import Appliance
from kiosk.commands.appliance import run_appliance
from kiosk.desk.reading import event_of_payload
from kiosk.flow.events import Action
from kiosk.flow.views import CheckBody, ChooseBody, TicketBody, View, WelcomeBody, WhoBody
from kiosk.ui.player import Player, Script
from kiosk.ui.window import KioskWindow


def card(number: int) -> str:
    """The ``number``-th made-up card."""
    return f"0990900{number:05d}||Nguyễn Văn An|15021990|Nam|Phường Hoa Sen, Hà Nội|10052021"


def say(facts: dict[str, object]) -> None:
    """One line, at once: the process may be killed at the next moment."""
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


def ticket_of(view: View) -> TicketBody | None:
    """The number at hand, large or as the strip above the fields."""
    if isinstance(view.body, TicketBody):
        return view.body
    return view.body.recent if isinstance(view.body, ChooseBody) else None


class Visits:
    """Plays visits on a window."""

    def __init__(self, play: Player, appliance: Appliance, service: str, first_card: int) -> None:
        self.play, self.appliance, self.service = play, appliance, service
        self.next_card = first_card

    def without_card(self) -> Script:
        """``identify = first``: two touches."""
        yield self.play.shows(WelcomeBody)
        self.play.click(Action.START)
        yield self.play.shows(ChooseBody)
        self.play.click(Action.CHOOSE_SERVICE, self.service)
        yield self.play.shows(WhoBody)
        began = time.monotonic()
        self.play.click(Action.WAY_NONE)
        yield from self.number(began)
        self.play.click(Action.DONE)

    def with_card(self) -> Script:
        """``identify = first`` with a card held up at the second question."""
        yield self.play.shows(WelcomeBody)
        self.play.click(Action.START)
        yield self.play.shows(ChooseBody)
        self.play.click(Action.CHOOSE_SERVICE, self.service)
        yield self.play.shows(WhoBody)
        self.next_card += 1
        self.appliance.post(event_of_payload(card(self.next_card)))
        yield self.play.shows(CheckBody)
        began = time.monotonic()
        self.play.click(Action.CONFIRM)
        yield from self.number(began)
        self.play.click(Action.DONE)

    def one_touch(self) -> Script:
        """``identify = after``: the field, and that is all."""
        yield self.play.shows(ChooseBody)
        before = self._shown()
        began = time.monotonic()
        self.play.click(Action.CHOOSE_SERVICE, self.service)
        yield self.play.shows(TicketBody, check=lambda view: self._id(view) != before)
        yield from self.number(began)

    def number(self, began: float) -> Script:
        """Wait for the number and say it."""
        yield self.play.shows(TicketBody)
        shown = self.play.view
        ticket = ticket_of(shown) if shown is not None else None
        assert ticket is not None
        ms = round((time.monotonic() - began) * 1000, 1)
        say({"number": ticket.ticket.number, "ticket_id": ticket.ticket.ticket_id, "ms": ms})

    def _shown(self) -> str:
        return self._id(self.play.view) if self.play.view is not None else ""

    def _id(self, view: View) -> str:
        ticket = ticket_of(view)
        return ticket.ticket.ticket_id if ticket is not None else ""


def main() -> int:
    """Play and end."""
    parser = argparse.ArgumentParser()
    parser.add_argument("home", type=Path)
    parser.add_argument("--visits", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--script", choices=("without_card", "with_card", "one_touch"), default="without_card")
    parser.add_argument("--service", default="chung-thuc")
    parser.add_argument("--first-card", type=int, default=0)
    args = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    outcome: list[Exception | None] = []
    started = time.monotonic()

    def on_window(window: KioskWindow, appliance: Appliance) -> None:
        def finished(error: Exception | None) -> None:
            outcome.append(error)
            window.unlock()
            window.close()

        player = Player(window, finished)

        def script() -> Script:
            # A person cannot touch within the first milliseconds; a script can, and would be told of no printer.
            yield lambda: appliance.printer_ready in ("ready", "low")
            visits = Visits(player, appliance, args.service, args.first_card)
            begin = {
                "without_card": visits.without_card,
                "with_card": visits.with_card,
                "one_touch": visits.one_touch,
            }[args.script]
            for _ in range(args.visits):
                if time.monotonic() - started > args.seconds:
                    return
                yield from begin()

        player.play(script())

    code = run_appliance(args.home, load_settings(args.home), windowed=(540, 960), on_window=on_window, fade=False)
    if outcome and outcome[0] is not None:
        raise outcome[0]
    return code


if __name__ == "__main__":
    sys.exit(main())
