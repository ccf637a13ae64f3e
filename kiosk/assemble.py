"""The one place where concrete parts meet: the whole appliance without its screen."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import structlog

from config.schema import DeviceSettings, Settings
from drivers import registry
from drivers.readings import Frame, PrinterStatus, Scan
from drivers.supervise import DeviceState, SupervisedCamera, SupervisedPrinter, SupervisedScanner
from kiosk.backroom import Backroom, Place
from kiosk.desk.effects import Performer, paper_event
from kiosk.desk.fail_safe import FailSafe
from kiosk.desk.papers import PaperDesk
from kiosk.desk.reading import event_of_payload
from kiosk.desk.runner import Desk
from kiosk.desk.surroundings import Watch, World, bare_surroundings
from kiosk.desk.watching import CodeWatcher
from kiosk.flow.events import Broken, Event, HelpAnswered, SurroundingsChanged
from kiosk.flow.state import initial
from kiosk.flow.step import step
from kiosk.flow.views import View
from kiosk.identify.qr import QrReader
from kiosk.storage.print_jobs import INTERRUPTED
from kiosk.storage.rows import PrintJob
from kiosk.sync.clock import CentralClock, Clocks
from kiosk.sync.state import SyncState
from kiosk.sync.thread import SyncThread, enrolled_client
from models.errors import StorageTrouble

RETRY_SECONDS = 10.0
"""After the kiosk could not start it tries again."""

log = structlog.get_logger(__name__)


class Appliance:
    """The running kiosk without its screen: devices, printing, sync and the desk thread.

    Args:
        publish: Takes each view, from the desk thread.
        show: Takes each live frame while the scan screen is open, from the reader's thread.
        clocks: The time of day and since boot; None for the machine's own.
        monotonic: Seconds for the visit's time limits.
    """

    def __init__(
        self,
        home: Path,
        settings: Settings,
        publish: Callable[[View], None],
        show: Callable[[Frame], None] = lambda frame: None,
        *,
        clocks: Clocks | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._place = Place(home)
        self._settings = settings
        self._publish = publish
        self._show = show
        self._clocks = clocks
        self._monotonic = monotonic
        self._stopping = threading.Event()
        self._desk: Desk | None = None
        self._fail_safe = FailSafe(publish)
        self._parts: _Parts | None = None
        self._clock: CentralClock | None = None
        self._thread = threading.Thread(target=self._run, name="desk", daemon=True)

    def start(self) -> None:
        """Start everything; returns at once, the first view follows."""
        self._thread.start()

    def stop(self) -> None:
        """Stop everything within about two seconds."""
        self._stopping.set()
        self._fail_safe.stop()
        if self._desk is not None:
            self._desk.stop()
        if self._thread.is_alive():
            self._thread.join(timeout=8.0)

    def post(self, event: Event) -> None:
        """Hand an event to the desk, from any thread; while it does not stand, only reading on is possible."""
        (self._desk or self._fail_safe).post(event)

    def kick(self) -> None:
        """Have the desk look at its timers and its surroundings now, from any thread."""
        if self._desk is not None:
            self._desk.kick()

    @property
    def printer_ready(self) -> str:
        """``ready | low | trouble | none``, as a person would be told; ``none`` before the desk stands."""
        return self._parts.printer_ready if self._parts is not None else "none"

    def typed(self, line: str) -> None:
        """A line that a keyboard-wedge scanner typed into the window: only its digits are trusted."""
        self.post(event_of_payload(line, trusted_text=False))

    def now(self) -> datetime:
        """Local time of the office, for the clock on the screen."""
        if self._clock is not None:
            return self._clock.now()
        return datetime.now(UTC).astimezone(ZoneInfo(self._settings.catalogue.timezone))

    # on the desk thread

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._work()
            except StorageTrouble as trouble:
                log.error("cannot_start", why=str(trouble))
                self._fail("D1")
            except Exception:
                log.exception("desk_ended")
                self._fail("K3")

    def _work(self) -> None:
        with Backroom.furnish(self._place, self._settings, self._clocks) as room:
            self._clock = room.clock
            # Own ones too: after trouble the desk starts anew within the same process.
            left = room.store.tickets.cancel_leftover_intents(own_too=True)
            if left:
                log.info("intents_cancelled", count=len(left))
            parts = self._parts = _Parts(room, self, self._monotonic)
            self._desk = parts.desk
            if not self._stopping.is_set():
                parts.run()

    def _fail(self, code: str) -> None:
        """Show the fail-safe screen, then let `_run` try again: a full disk may be mended meanwhile."""
        around = bare_surroundings(self._settings.catalogue, self.now())
        state, _ = step(initial(around, self._settings.kiosk.default_language), Broken(code))
        self._desk = None
        self._fail_safe.show(state, RETRY_SECONDS)

    def publish(self, view: View) -> None:
        """Hand a view on."""
        self._publish(view)

    def show(self, frame: Frame) -> None:
        """Hand a live frame on."""
        self._show(frame)


class _Nobody:
    """Stands in for staff where there is no central: nobody answers, and the screen sends people to the counter."""

    def call_help(self, reason: str, *, emergency: bool = False) -> None:
        """Nobody hears."""

    def stop_help(self) -> None:
        """Nobody was coming."""


class _Parts:
    """Everything that runs while the kiosk runs, made and ended on the desk thread."""

    def __init__(self, room: Backroom, appliance: Appliance, monotonic: Callable[[], float]) -> None:
        self._room = room
        self._post = appliance.post
        settings = room.settings
        self._asker = room.asker(self._probe_central)
        self._sync: SyncThread | None = None
        self._papers: PaperDesk | None = None
        self._help = "none"
        self._watch = self._make_watch(room)
        self._issuing = room.issuing(self._asker, lambda: self._watch.catalogue)
        if room.enrolment is not None:
            self._sync = SyncThread(
                room.place.home,
                room.place.database,
                enrolled_client,
                room.clock,
                self._on_central,
                probed=self._asker.probed if self._asker is not None else _unprobed,
            )
        self._printer = self._make_printer(settings.devices.printer)
        if self._printer is not None:
            pages = room.pages(lambda: self._watch.catalogue)
            self._papers = PaperDesk(
                room.place.database,
                room.place.printing_lock,
                self._printer,
                pages.draw,
                room.clock.now,
                self._on_paper,
            )
        self._codes = CodeWatcher(appliance.post, appliance.show, QrReader)
        self._camera = self._make_camera(settings.devices.camera)
        self._scanners = [
            self._make_scanner(f"scanner-{number}", found) for number, found in enumerate(settings.devices.scanners, 1)
        ]
        performer = Performer(
            room.store,
            self._issuing,
            lambda: self._watch.catalogue,
            appliance.post,
            look=self._codes.look,
            prints=self._papers is not None,
            told_papers=self._kick_papers,
            told_outbox=self._kick_sync,
            staff=self._sync or _Nobody(),
            now=room.clock.now,
        )
        self.desk = Desk(
            initial(self._watch.now(), settings.kiosk.default_language, settings.screen.theme),
            performer.perform,
            appliance.publish,
            self._look_around,
            monotonic=monotonic,
        )

    @property
    def printer_ready(self) -> str:
        """What a person would be told of the printer."""
        return self._watch.world.printer

    def run(self) -> None:
        """Start the others, work, and stop them again."""
        supervised = [part for part in (self._printer, self._camera, *self._scanners) if part is not None]
        threads = [part for part in (self._papers, self._sync) if part is not None]
        if self._camera is not None:
            self._codes.start()
        for part in (*supervised, *threads):
            part.start()
        try:
            self.desk.run()
        finally:
            for thread in threads:
                thread.stop()
            for device in supervised:
                device.stop()
            self._codes.stop()
            if self._asker is not None:
                self._asker.close()

    def _look_around(self) -> SurroundingsChanged | None:
        """On the desk thread, every few seconds."""
        if self.desk.state.resting and self._room.enrolled_anew():
            # Its token and its series are others now: end, and let the appliance start with them.
            log.info("enrolled_anew")
            self.desk.stop()
        return self._watch.changed()

    def _make_watch(self, room: Backroom) -> Watch:
        settings = room.settings
        devices = settings.devices
        stand_ins = [
            devices.camera is not None and registry.simulated("camera", devices.camera.driver),
            devices.printer is not None and registry.simulated("printer", devices.printer.driver),
            *(registry.simulated("scanner", scanner.driver) for scanner in devices.scanners),
        ]
        return Watch(
            World(room.catalogue(), online=False),
            room.clock.stamp,
            lambda service, stamp: self._issuing.opening(service, stamp),
            room.interrupted,
            room.clock.boottime,
            paper_slot=settings.kiosk.paper_slot,
            languages=settings.kiosk.languages,
            simulated=any(stand_ins),
            always_online=room.enrolment is None,
        )

    def _make_printer(self, found: DeviceSettings | None) -> SupervisedPrinter | None:
        if found is None:
            return None
        return SupervisedPrinter(
            "printer",
            lambda: registry.create("printer", found.driver, found.options),
            _quiet,
            on_status=self._on_status,
        )

    def _make_camera(self, found: DeviceSettings | None) -> SupervisedCamera | None:
        if found is None:
            return None
        return SupervisedCamera(
            "camera",
            lambda: registry.create("camera", found.driver, found.options),
            lambda state: self._told(lambda: self._watch.told_camera(state.up)),
            on_frame=self._codes.take,
        )

    def _make_scanner(self, name: str, found: DeviceSettings) -> SupervisedScanner:
        return SupervisedScanner(
            name,
            lambda: registry.create("scanner", found.driver, found.options),
            lambda state: self._told(lambda: self._watch.told_scanner(name, state.up)),
            on_scan=self._on_scan,
        )

    # from the other threads

    def _told(self, change: Callable[[], None]) -> None:
        change()
        self.desk.kick()

    def _on_scan(self, scan: Scan) -> None:
        self._post(event_of_payload(scan.payload, trusted_text=scan.trusted_text))

    def _on_status(self, status: PrinterStatus) -> None:
        self._told(lambda: self._watch.told_printer(status))

    def _on_paper(self, job: PrintJob) -> None:
        event = paper_event(job)
        if event is not None:
            self._post(event)
        if job.reason == INTERRUPTED:
            self.desk.kick()  # its owner may still stand here: the offer to print it again must not wait

    def _on_central(self, state: SyncState) -> None:
        if state.catalogue is not None:
            self._watch.told_catalogue(state.catalogue)
        self._watch.told_central(state.online, state.queue, state.queue_at)
        if state.help == "acknowledged" and self._help != "acknowledged":
            self._post(HelpAnswered())
        self._help = state.help
        self.desk.kick()

    def _kick_papers(self) -> None:
        if self._papers is not None:
            self._papers.kick()

    def _probe_central(self) -> None:
        if self._sync is not None:
            self._sync.probe()

    def _kick_sync(self) -> None:
        if self._sync is not None:
            self._sync.kick()


def _unprobed(seconds: float) -> None:
    """A kiosk that asks nobody for numbers."""


def _quiet(state: DeviceState) -> None:
    """The printer's status says more than whether its thread is up."""
