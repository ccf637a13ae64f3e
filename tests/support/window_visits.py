"""One person at a whole kiosk: real window, real desk, flow and storage, simulated devices, clocks moved by hand.

What a person does is a real click in the middle of a key, a card is a line at the simulated scanner or a picture before
the simulated camera, and what is looked at are the words that are painted and the rows that are kept.
"""

import os
import time as real_time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from datetime import datetime
from importlib import resources
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import cv2
import numpy as np
import segno
import tomlkit
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from config.load import load_settings
from kiosk.assemble import Appliance
from kiosk.flow.state import State, Visit
from kiosk.flow.views import Body, View
from kiosk.storage.rows import PrintJob, StoredTicket
from kiosk.storage.store import DATABASE_NAME, Store
from kiosk.sync.clock import Clocks
from kiosk.ui.bridge import Bridge
from kiosk.ui.widgets.key import Key
from kiosk.ui.window import KioskWindow
from models.text import Language

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MONDAY = datetime(2026, 11, 23, 8, 12, tzinfo=ZONE)
PATIENCE = 20.0
"""Real seconds that a condition may take on a busy machine."""

Change = Callable[[dict[str, Any]], None]


class Time:
    """All clocks of one machine. They stand until they are moved."""

    def __init__(self, at: datetime = MONDAY, boot_id: str = "boot") -> None:
        self._began = at
        self._boot_id = boot_id
        self._passed = 0.0

    def __call__(self) -> float:
        """Seconds since boot."""
        return 1000.0 + self._passed

    def now(self) -> datetime:
        """The true time."""
        return datetime.fromtimestamp(self._began.timestamp() + self._passed, ZONE)

    def forward(self, seconds: float) -> None:
        """Let time pass."""
        self._passed += seconds

    def clocks(self) -> Clocks:
        """As the kiosk sees them."""
        return Clocks(self, lambda: self.now().timestamp(), self._boot_id)


@dataclass(frozen=True)
class Home:
    """The folder of one kiosk and what is held to it."""

    path: Path

    @property
    def scanner(self) -> Path:
        """The pipe of the simulated scanner."""
        return self.path / "reader"

    @property
    def pictures(self) -> Path:
        """Whatever lies here is held before the simulated camera."""
        return self.path / "held-up"

    @property
    def paper(self) -> Path:
        """Where the simulated printer leaves its pages."""
        return self.path / "paper"

    @property
    def database(self) -> Path:
        """The kiosk's database."""
        return self.path / DATABASE_NAME

    @property
    def site(self) -> Path:
        """The office."""
        return self.path / "config" / "site.toml"

    def break_printer(self, fault: str) -> None:
        """From now on the printer has this fault; an empty word mends it."""
        (self.path / "printer-fault").write_text(fault, encoding="utf-8")


def make_home(
    path: Path,
    *,
    profile: str = "ward",
    change: Change = lambda site: None,
    camera: bool = False,
    scanner: bool = True,
    printer: bool = True,
    kiosk: Mapping[str, Any] | None = None,
) -> Home:
    """A kiosk of the shipped office that works alone, with simulated devices.

    Args:
        change: Changes the office before it is written.
        kiosk: The table ``[kiosk]``; by default it gives numbers of its own without a central.
    """
    home = Home(path)
    text = resources.files("config").joinpath("examples", profile, "site.toml").read_text(encoding="utf-8")
    site: dict[str, Any] = tomlkit.parse(text).unwrap()
    change(site)
    devices: dict[str, Any] = {}
    if printer:
        options = {"folder": str(home.paper), "fault": str(path / "printer-fault")}
        devices["printer"] = {"driver": "simulated", "options": options}
    if scanner:
        devices["scanners"] = [{"driver": "simulated", "options": {"path": str(home.scanner)}}]
    if camera:
        home.pictures.mkdir(parents=True)
        options = {"images": str(home.pictures), "show_seconds": 600.0, "width": 640, "height": 480}
        devices["camera"] = {"driver": "simulated", "options": options}
    machine = {"devices": devices, "kiosk": dict(kiosk or {"numbering": "local"})}
    home.site.parent.mkdir(parents=True, exist_ok=True)
    home.site.write_text(tomlkit.dumps(site), encoding="utf-8")
    (home.site.parent / "device.toml").write_text(tomlkit.dumps(machine), encoding="utf-8")
    return home


def service_of(site: dict[str, Any], code: str) -> dict[str, Any]:
    """One field of an office."""
    found: dict[str, Any] = next(s for s in site["services"] if s["code"] == code)
    return found


@dataclass
class Kiosk:
    """The running kiosk, and the person before it.

    Attributes:
        language: What the person reads; `begin` chooses it by a touch.
    """

    home: Home
    window: KioskWindow
    time: Time
    language: Language
    views: list[View] = field(default_factory=list)
    _appliance: Appliance | None = None

    # -- looking --------------------------------------------------------------------------------------------------

    @property
    def state(self) -> State:
        """The state of the visit, beside what can be seen of it."""
        assert self._appliance is not None
        desk = self._appliance._desk
        assert desk is not None
        return desk.state

    @property
    def appliance(self) -> Appliance:
        """The appliance behind the window."""
        assert self._appliance is not None
        return self._appliance

    def words(self) -> str:
        """Everything that can be read, one a line."""
        said = [mark.laid.source.replace("**", "") for board in self.window.boards() for mark in board.words_shown()]
        keys: list[Key] = self.window.keys()
        said += [mark.laid.source.replace("**", "") for key in keys for mark in key.words()]
        return "\n".join(said).replace("\u00a0", " ")

    def sees(self, *texts: str, **by_language: str | tuple[str, ...]) -> None:
        """Wait until all these words are painted; ``vi=`` and ``en=`` hold for the person's language only."""
        spoken = by_language.get(self.language, ())
        wanted = (*texts, *((spoken,) if isinstance(spoken, str) else spoken))
        self.wait(lambda: all(text in self.words() for text in wanted), f"{wanted} painted")

    def sees_not(self, *texts: str) -> None:
        """None of these words is painted."""
        shown = self.words()
        assert not [text for text in texts if text in shown], shown

    def shows(self, body: type[Body], check: Callable[[Any], bool] = lambda body: True) -> None:
        """Wait until a screen is shown."""
        self.wait(lambda: isinstance(self._body(), body) and check(self._body()), f"{body.__name__} shown")

    def wait(self, holds: Callable[[], bool], what: str, *, passing: float = 0.0) -> None:
        """Work as the GUI thread does until something holds.

        Args:
            passing: Seconds that pass for the kiosk at each look, for what another thread does now and then.
        """
        deadline = real_time.monotonic() + PATIENCE
        while not holds():
            if passing:
                self.later(passing)
            assert real_time.monotonic() < deadline, f"waited in vain for: {what}; shown is\n{self.words()}"
            QTest.qWait(3)

    def _body(self) -> object:
        return self.window.view.body if self.window.screen_shown is not None else None

    def _key(self, name: str) -> Key | None:
        keys: list[Key] = self.window.keys()
        return next((key for key in keys if key.objectName() == name and key.isEnabled()), None)

    # -- acting ---------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Step up; somebody who does not read Vietnamese touches the language first."""
        self.wait(lambda: self.window.screen_shown is not None, "a first view")
        if self.language != self.window.view.frame.language:
            self.tap(f"language:{self.language}")
            self.wait(lambda: self.window.view.frame.language == self.language, "the other language")

    def tap(self, *names: str) -> None:
        """Click keys in the middle, one after the other, each as soon as it can be pressed."""
        for name in names:
            self.wait(lambda name=name: self._key(name) is not None, f"a key {name}")
            key = self._key(name)
            assert key is not None
            self.time.forward(0.6)
            middle = key.mapTo(self.window, key.rect().center())
            assert self.window.childAt(middle) is key, f"something lies over {name}"
            QTest.mouseClick(key, Qt.MouseButton.LeftButton, pos=key.rect().center())

    def touch_anywhere(self) -> None:
        """Touch the ground of the screen, beside all keys."""
        self.time.forward(0.6)
        at = QPoint(self.window.width() // 3, self.window.height() // 5)
        ground = self.window.childAt(at)
        QTest.mouseClick(ground, Qt.MouseButton.LeftButton, pos=ground.mapFrom(self.window, at))

    def type_number(self, digits: str) -> None:
        """Press the keys of the pad."""
        for count, digit in enumerate(digits, 1):
            self.tap(f"pad_key:{digit}")
            self.wait(lambda count=count: getattr(self._body(), "entered", 0) == count, f"{count} characters typed")

    def type_words(self, text: str) -> None:
        """Press the letters of the search."""
        for count, letter in enumerate(text, 1):
            self.tap("letter:space" if letter == " " else f"letter:{letter}")
            typed = text[:count]
            self.wait(lambda typed=typed: getattr(self._body(), "typed", None) == typed, f"{typed!r} typed")

    def scan(self, payload: str) -> None:
        """Hold a code to the scanner."""
        self.time.forward(0.6)
        pipe = os.open(self.home.scanner, os.O_WRONLY | os.O_NONBLOCK)
        try:
            os.write(pipe, payload.encode() + b"\r\n")
        finally:
            os.close(pipe)

    def hold_up(self, payload: str) -> None:
        """Hold a code before the camera, and keep it there."""
        self.time.forward(0.6)
        code = segno.make(payload, micro=False, error="m")
        modules = np.pad(np.array(code.matrix, np.uint8), 4)
        picture = np.where(modules, 0, 255).astype(np.uint8).repeat(6, axis=0).repeat(6, axis=1)
        unfinished = self.home.path / "code.png"
        assert cv2.imwrite(str(unfinished), picture)
        os.replace(unfinished, self.home.pictures / "code.png")

    def wedge(self, line: str) -> None:
        """A scanner that types like a keyboard, into whatever has the focus."""
        self.time.forward(0.6)
        for character in (*line, "\r"):
            key = Qt.Key.Key_Return if character == "\r" else 0
            event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, character)
            QApplication.sendEvent(self.window, event)

    def later(self, seconds: float) -> None:
        """Let time pass while nobody does anything.

        The desk shows a view before it sets the timers of the new state: it is waited for, or they would start late.
        """
        self.time.forward(0.001)
        self.appliance.kick()
        turn, desk = self.time(), self.appliance._desk
        self.wait(lambda: desk is None or desk.alive_at >= turn, "the desk's next turn")
        self.time.forward(seconds)
        self.appliance.kick()
        self.window.refresh_time()

    # -- what is kept ---------------------------------------------------------------------------------------------

    def tickets(self) -> list[StoredTicket]:
        """Issued tickets, oldest first."""
        with Store.open(self.home.database) as store:
            return [row for row in reversed(store.tickets.list()) if row.state == "issued"]

    def ticket(self) -> StoredTicket:
        """The only ticket."""
        rows = self.tickets()
        assert len(rows) == 1, [row.number for row in rows]
        return rows[0]

    def papers(self) -> list[PrintJob]:
        """Papers of all tickets, oldest first."""
        with Store.open(self.home.database) as store:
            return [job for row in reversed(store.tickets.list()) for job in store.print_jobs.of_ticket(row.ticket_id)]

    def printed(self) -> list[str]:
        """What is written on each page that came out, without accents."""
        return [page.read_text(encoding="utf-8") for page in sorted(self.home.paper.glob("page-*.txt"))]

    def rests(self, *gone: str) -> None:
        """Wait until the machine is as every visit finds it, and none of these words is left anywhere."""
        self.wait(lambda: self.state.resting and self.window.view.frame.language == "vi", "the machine at rest")
        self.wait(lambda: not [text for text in gone if text in self.words()], "an empty screen")
        assert self.state.visit == Visit()
        assert self.state.recent is None
        own = [getattr(self.state, part.name) for part in fields(self.state) if part.name != "around"]
        assert not [text for text in gone if text in str(own)]


@contextmanager
def running(kiosk: Kiosk, *, printer: str = "ready", reader: bool = True) -> Iterator[Kiosk]:
    """Run the kiosk for the length of a block.

    Args:
        printer: How the printer must be before the person comes.
        reader: Whether a scanner or camera must be there.
    """
    bridge = Bridge(lambda press: kiosk.appliance.post(press), lambda line: kiosk.appliance.typed(line))
    bridge.view_changed.connect(kiosk.window.show_view)
    bridge.view_changed.connect(kiosk.views.append)
    bridge.frame.connect(kiosk.window.show_frame)
    kiosk.window.pressed.connect(bridge.press)
    kiosk.window.typed_line.connect(bridge.typed_line)
    app = QApplication.instance()
    assert app is not None
    app.installEventFilter(kiosk.window)
    kiosk._appliance = Appliance(
        kiosk.home.path,
        load_settings(kiosk.home.path, None, {}),
        bridge.publish,
        lambda frame: bridge.show_frame(frame.image),
        clocks=kiosk.time.clocks(),
        monotonic=kiosk.time,
    )
    kiosk._appliance.start()
    try:
        kiosk.wait(lambda: kiosk._body() is not None, "a first view")
        kiosk.wait(lambda: _ready(kiosk, printer, reader), f"a printer that is {printer}, a reader {reader}")
        yield kiosk
    finally:
        kiosk._appliance.stop()
        app.removeEventFilter(kiosk.window)
        kiosk.window.pressed.disconnect(bridge.press)
        kiosk.window.typed_line.disconnect(bridge.typed_line)
        bridge.deleteLater()


def _ready(kiosk: Kiosk, printer: str, reader: bool) -> bool:
    desk = kiosk.appliance._desk
    if desk is None:
        return printer == "none"
    return desk.state.around.printer == printer and desk.state.around.reader is reader
