"""Faults of the printer while a person waits: what the screen and the list say, and that no number is taken twice."""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from config.load import load_settings
from kiosk.assemble import Appliance
from kiosk.commands.trial import write_home
from kiosk.flow.events import Action, Press
from kiosk.flow.views import CheckBody, ChooseBody, NoticeBody, TicketBody, View, WelcomeBody, WhoBody
from kiosk.storage.store import Store
from tests.support.emulators import EscPosEmulator, Faults


class Screenless:
    """An appliance whose views are kept, and pressed by name."""

    def __init__(self, home: Path) -> None:
        self._changed = threading.Condition()
        self._view: View | None = None
        self.seen: list[View] = []
        self.appliance = Appliance(home, load_settings(home), self._publish)

    def __enter__(self) -> "Screenless":
        self.appliance.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.appliance.stop()

    @property
    def view(self) -> View:
        """What would stand on the screen."""
        assert self._view is not None
        return self._view

    def wait(self, holds: Callable[[View], bool], seconds: float = 20.0) -> View:
        """Until a view holds."""
        deadline = time.monotonic() + seconds
        with self._changed:
            while self._view is None or not holds(self._view):
                assert time.monotonic() < deadline, f"waited {seconds} s in vain on {self._view}"
                self._changed.wait(0.02)  # what holds may also depend on more than the view
            return self._view

    def press(self, action: Action, value: str = "") -> None:
        """Press a key."""
        self.appliance.post(Press(action, value))

    def take_a_number(self, service: str = "chung-thuc") -> View:
        """Without a card; gives the first view after the number or the notice."""
        self.wait(lambda view: isinstance(view.body, WelcomeBody))
        self.press(Action.START)
        self.wait(lambda view: isinstance(view.body, ChooseBody))
        self.press(Action.CHOOSE_SERVICE, service)
        shown = self.wait(lambda view: isinstance(view.body, WhoBody | NoticeBody))
        if isinstance(shown.body, NoticeBody):
            return shown
        self.press(Action.WAY_NONE)
        return self.wait(lambda view: isinstance(view.body, TicketBody | CheckBody | NoticeBody))

    def _publish(self, view: View) -> None:
        with self._changed:
            self._view = view
            self.seen.append(view)
            self._changed.notify_all()


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault and what must come of it.

    Attributes:
        before: Done before the person comes.
        during: Done when the first bytes have come.
        states: Paper states that are true for it.
        refused: The screen must say that nothing can be printed before a number is taken.
    """

    name: str
    states: tuple[str, ...]
    emulator: Callable[[], EscPosEmulator]
    options: dict[str, Any]
    during: Callable[[EscPosEmulator], None] | None = None
    refused: bool = False


FAULTS = (
    Fault("well", ("printed",), EscPosEmulator, {}),
    Fault("paper out before", (), lambda: EscPosEmulator(Faults(paper="out")), {}, refused=True),
    Fault("paper out during", ("unconfirmed", "failed"), lambda: EscPosEmulator(Faults(paper_rows=200)), {}),
    Fault("cover open before", (), lambda: EscPosEmulator(Faults(cover_open=True)), {}, refused=True),
    Fault(
        "cover opened during",
        ("unconfirmed", "failed"),
        lambda: EscPosEmulator(sip=256, pause=0.005),
        {},
        during=lambda printer: setattr(printer.faults, "cover_open", True),
    ),
    Fault("silent", (), lambda: EscPosEmulator(Faults(silent=True)), {"status_timeout": 0.2}, refused=True),
    Fault("connection lost in the middle", ("unconfirmed", "failed"), lambda: EscPosEmulator(lost_after=6000), {}),
    Fault("slow", ("printed",), lambda: EscPosEmulator(sip=512, pause=0.01), {}),
    Fault("mute by nature", ("unconfirmed",), lambda: EscPosEmulator(Faults(silent=True)), {"confirms": False}),
    Fault("near end", ("printed",), lambda: EscPosEmulator(Faults(paper="low")), {}),
)


@dataclass(frozen=True, slots=True)
class Fate:
    """What came of one fault."""

    fault: str
    screen: str
    paper: str
    reason: str
    asks: bool
    numbers: int
    holds: bool
    seconds: float


def prove_fault(folder: Path, fault: Fault) -> Fate:
    """One person, one fault."""
    began = time.monotonic()
    with fault.emulator() as printer:
        home = folder / "kiosk"
        options = {"host": printer.host, "port": printer.port, **fault.options}
        write_home(home, "ward", {"printer": {"driver": "escpos-tcp", "options": options}})
        with Screenless(home) as screen:
            ready = ("trouble",) if fault.refused else ("ready", "low")
            screen.wait(lambda view: screen.appliance.printer_ready in ready)
            screen.wait(lambda view: isinstance(view.body, WelcomeBody))
            if fault.during is not None:
                threading.Thread(target=_when_bytes_come, args=(printer, fault.during), daemon=True).start()
            shown = screen.take_a_number()
            if not fault.refused:
                shown = screen.wait(_settled)
        rows = _rows(home)
    body = shown.body
    paper, reason, asks = ("none", "", False)
    if isinstance(body, TicketBody):
        paper, asks = body.ticket.paper, body.asks_paper
        reason = _reason(home)
    name = f"notice {body.name}" if isinstance(body, NoticeBody) else f"ticket {paper}"
    holds = (not rows and isinstance(body, NoticeBody)) if fault.refused else (paper in fault.states and len(rows) == 1)
    return Fate(fault.name, name, paper, reason, asks, len(rows), holds, round(time.monotonic() - began, 2))


def prove_papers(folder: Path) -> list[Fate]:
    """Every fault in turn."""
    return [prove_fault(folder / str(number), fault) for number, fault in enumerate(FAULTS)]


def as_json(fates: list[Fate]) -> dict[str, object]:
    """For ``build/prove/papers.json``."""
    return {"fates": [asdict(fate) for fate in fates], "holds": all(fate.holds for fate in fates)}


def _settled(view: View) -> bool:
    return isinstance(view.body, TicketBody) and view.body.ticket.paper in ("printed", "unconfirmed", "failed")


def _when_bytes_come(printer: EscPosEmulator, do: Callable[[EscPosEmulator], None]) -> None:
    printer.wait_for_bytes(2500)
    do(printer)


def _rows(home: Path) -> list[str]:
    with Store.open(home / "kiosk.sqlite3") as store:
        return [str(row.number) for row in store.tickets.list() if row.state == "issued"]


def _reason(home: Path) -> str:
    with Store.open(home / "kiosk.sqlite3") as store:
        rows = store.tickets.list(limit=1)
        papers = store.print_jobs.of_ticket(rows[0].ticket_id) if rows else ()
        return papers[-1].reason if papers else ""


def line(fate: Fate) -> str:
    """For people."""
    return json.dumps(asdict(fate), ensure_ascii=False)
