"""Devices are supervised, not called: one thread each opens, watches, backs off and opens again.

::

    open ──► proven ──► serve ──► lost ──► close ──► wait (back-off with jitter) ──► open …
               │ up, told once      │ down, told once

Nothing a device does reaches the rest of the program as an exception: it becomes a `DeviceState`. A listener that
raises counts as a lost device too, so that it is seen and the thread lives on. Listeners are called on the device's
thread and must hand over quickly.
"""

import logging
import random
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Generic, Self, TypeVar

from drivers.errors import DeviceLost, DriverError
from drivers.protocols import Camera, Device, Interruptible, Printer, Scanner
from drivers.readings import Frame, Page, PrinterStatus, PrintOutcome, Scan

D = TypeVar("D", bound=Device)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DeviceState:
    """Whether a device works.

    Attributes:
        detail: Why not, in a technician's words; empty when up.
        since: Seconds of the supervisor's clock.
    """

    up: bool
    detail: str
    since: float


@dataclass(frozen=True, slots=True)
class Backoff:
    """How long to wait before a device is opened again.

    Attributes:
        first: Seconds after the first failure; doubled with each further one.
        most: Upper bound of a wait.
        spread: Share of a wait that chance takes away, so that twenty kiosks do not knock together.
        settled_after: A device that served so long counts as mended: the next failure is a first one.
    """

    first: float = 0.5
    most: float = 15.0
    spread: float = 0.3
    settled_after: float = 10.0

    def delay(self, failures: int, chance: float) -> float:
        """Seconds to wait after ``failures`` (1 …) in a row; ``chance`` is in 0 … 1."""
        full = min(self.most, self.first * float(1 << min(failures - 1, 30)))
        return full * (1 - self.spread * chance)


@dataclass(frozen=True, slots=True)
class Timing:
    """How a supervisor waits; tests give one that does not.

    Attributes:
        clock: Seconds that never run back.
        chance: A random number in 0 … 1.
        pause: Waits for an event for so many seconds; true when it was set.
    """

    backoff: Backoff = Backoff()
    clock: Callable[[], float] = time.monotonic
    chance: Callable[[], float] = random.random
    pause: Callable[[threading.Event, float], bool] = threading.Event.wait


class Supervised(Generic[D]):
    """A device and its thread.

    Args:
        name: For the thread and the log: ``camera``, ``printer``, ``scanner-1``.
        make: Makes the device, not yet opened; called once, on the device's thread.
        on_state: Told when the device goes up or down, once each, and after the first attempt.
    """

    def __init__(
        self,
        name: str,
        make: Callable[[], D],
        on_state: Callable[[DeviceState], None],
        *,
        timing: Timing | None = None,
    ) -> None:
        self.name = name
        self._make = make
        self._on_state = on_state
        self._timing = timing or Timing()
        self._clock = self._timing.clock
        self._stopping = threading.Event()
        self._wake = threading.Event()
        self._device: D | None = None
        self._state = DeviceState(False, "not started", self._clock())
        self._told = False
        self._opened = False
        self._thread = threading.Thread(target=self._run, name=f"device {name}", daemon=True)

    @property
    def state(self) -> DeviceState:
        """How the device stands; readable from any thread."""
        return self._state

    def start(self) -> None:
        """Begin; may be called once."""
        self._thread.start()

    def stop(self, timeout: float = 0.9) -> bool:
        """End the thread and close the device.

        A page being printed is given half the time to end, then it is broken off.

        Returns:
            Whether the thread ended in time; it is a daemon and never keeps the program alive.
        """
        self._stopping.set()
        self._wake.set()
        if not self._thread.is_alive():
            return True
        self._thread.join(timeout / 2)
        device: object = self._device
        if self._thread.is_alive() and isinstance(device, Interruptible):
            device.interrupt()
        self._thread.join(timeout / 2)
        return not self._thread.is_alive()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self.stop()

    # on the device's thread

    def _run(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            began = self._clock()
            trouble = self._session()
            if self._stopping.is_set():
                break
            failures = 1 if self._clock() - began >= self._timing.backoff.settled_after else failures + 1
            self._report(False, trouble)
            if self._went_down(trouble):
                continue
            self._timing.pause(self._wake, self._timing.backoff.delay(failures, self._timing.chance()))
            self._wake.clear()
        self._ended()

    def _session(self) -> str:
        """From open to close; gives back what ended it."""
        self._opened = False
        try:
            if self._device is None:
                self._device = self._make()
            try:
                self._device.open()
                self._opened = True
                self._serve(self._device)
            finally:
                self._device.close()
        except DriverError as error:
            return str(error)
        except Exception as error:  # a finding: it becomes the state's detail, and the thread must live on
            return self._unexpected(error)
        return "stopped"

    def _unexpected(self, error: Exception) -> str:
        # Only kind and place are told: a message may quote what was scanned (no personal data in logs).
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{type(error).__name__} in {last.name}, line {last.lineno}"
        _log.error("%s: unexpected %s", self.name, where)
        return f"unexpected {where}"

    def _proven(self) -> None:
        """The device works: it gave what it is for."""
        if not self._state.up:
            self._report(True, "")

    def _report(self, up: bool, detail: str) -> None:
        if self._told and self._state.up == up:
            return
        self._told = True
        self._state = DeviceState(up, detail, self._clock())
        _log.log(logging.INFO if up else logging.WARNING, "%s is %s%s", self.name, "up" if up else "down: ", detail)
        try:
            self._on_state(self._state)
        except Exception as error:  # a finding in the log: the listener's fault is not the device's
            self._unexpected(error)

    def _serve(self, device: D) -> None:
        """Use the device until it is lost (raises) or the supervisor stops (returns)."""
        raise NotImplementedError

    def _went_down(self, trouble: str) -> bool:
        """Called after each failed attempt and each loss; true asks for another attempt without a wait."""
        return False

    def _ended(self) -> None:
        """Called at the end of the thread."""


class SupervisedCamera(Supervised[Camera]):
    """A camera and its newest picture.

    Args:
        on_frame: Told each picture.
        patience: Seconds of one look for a picture.
    """

    def __init__(
        self,
        name: str,
        make: Callable[[], Camera],
        on_state: Callable[[DeviceState], None],
        *,
        on_frame: Callable[[Frame], None] | None = None,
        patience: float = 0.2,
        timing: Timing | None = None,
    ) -> None:
        super().__init__(name, make, on_state, timing=timing)
        self._on_frame = on_frame
        self._patience = patience
        self._latest: Frame | None = None

    def latest(self) -> Frame | None:
        """The newest picture; None while the camera is down. From any thread."""
        return self._latest if self._state.up else None

    def _serve(self, device: Camera) -> None:
        while not self._stopping.is_set():
            frame = device.read(self._patience)
            if frame is None:
                continue
            self._latest = frame
            self._proven()
            if self._on_frame is not None:
                self._on_frame(frame)


class SupervisedScanner(Supervised[Scanner]):
    """A scanner and the listener of its codes.

    Args:
        on_scan: Told each code.
        patience: Seconds of one wait for a code.
    """

    def __init__(
        self,
        name: str,
        make: Callable[[], Scanner],
        on_state: Callable[[DeviceState], None],
        *,
        on_scan: Callable[[Scan], None],
        patience: float = 0.2,
        timing: Timing | None = None,
    ) -> None:
        super().__init__(name, make, on_state, timing=timing)
        self._on_scan = on_scan
        self._patience = patience

    def _serve(self, device: Scanner) -> None:
        while not self._stopping.is_set():
            scan = device.read(self._patience)
            self._proven()
            if scan is not None:
                self._on_scan(scan)


class SupervisedPrinter(Supervised[Printer]):
    """A printer, its queue of pages and its last known status.

    Args:
        on_status: Told when the status changed.
        poll: Seconds between two looks at an idle printer.
    """

    def __init__(
        self,
        name: str,
        make: Callable[[], Printer],
        on_state: Callable[[DeviceState], None],
        *,
        on_status: Callable[[PrinterStatus], None] | None = None,
        poll: float = 1.5,
        timing: Timing | None = None,
    ) -> None:
        super().__init__(name, make, on_state, timing=timing)
        self._on_status = on_status
        self._poll = poll
        self._jobs: deque[tuple[Page, Future[PrintOutcome]]] = deque()
        self._status = PrinterStatus("lost", detail="not opened yet")
        self._silences = 0
        self._gate = threading.Lock()
        self._over = False

    def print(self, page: Page) -> "Future[PrintOutcome]":
        """Queue a page.

        A printer that is down is tried again at once. The future gives an outcome, never an exception but one: it is
        cancelled when the supervisor stops before a byte of the page was sent, so that the page can stay queued.
        """
        future: Future[PrintOutcome] = Future()
        with self._gate:
            if self._over:
                future.cancel()
            else:
                self._jobs.append((page, future))
        self._wake.set()
        return future

    def status(self) -> PrinterStatus:
        """The last known status, at most about ``poll`` seconds old while idle. From any thread, without waiting."""
        return self._status

    def refresh(self) -> None:
        """Ask the printer now; the answer comes through ``on_status``."""
        self._wake.set()

    def _serve(self, device: Printer) -> None:
        self._silences = 0
        if not self._jobs:
            self._look(device)
        while not self._stopping.is_set():
            if self._jobs:
                self._print_next(device)
            else:
                self._timing.pause(self._wake, self._poll)
                self._wake.clear()
            if not self._jobs and not self._stopping.is_set():
                self._look(device)

    def _print_next(self, device: Printer) -> None:
        page, future = self._jobs.popleft()
        if not future.set_running_or_notify_cancel():
            return
        try:
            outcome = device.print(page)
        except Exception as error:  # re-raised: the supervisor reopens; the page's fate is not known
            detail = str(error) if isinstance(error, DeviceLost) else type(error).__name__
            future.set_result(PrintOutcome("unconfirmed", "lost", detail))
            raise
        if outcome.reason != "lost":
            self._proven()
        future.set_result(outcome)

    def _look(self, device: Printer) -> None:
        status = device.status()
        if status.reach == "lost":
            raise DeviceLost(status.detail or "no connection")
        self._proven()
        self._silences = self._silences + 1 if status.reach == "silent" else 0
        # One unanswered question is not told: a printer in the middle of a cut may be late.
        if self._silences != 1 or self._status.reach in ("lost", "silent"):
            self._set_status(status)

    def _set_status(self, status: PrinterStatus) -> None:
        if status == self._status:
            return
        self._status = status
        if self._on_status is not None:
            self._on_status(status)

    def _went_down(self, trouble: str) -> bool:
        # A page fails only when the printer could not be opened for it; after a loss it has its attempt before it.
        while self._jobs and not self._opened:
            _, future = self._jobs.popleft()
            if future.set_running_or_notify_cancel():
                future.set_result(PrintOutcome("failed", "lost", trouble))
        try:
            self._set_status(PrinterStatus("lost", detail=trouble))
        except Exception as error:  # a finding in the log: the listener's fault must not end the thread
            self._unexpected(error)
        return bool(self._jobs)

    def _ended(self) -> None:
        with self._gate:
            self._over = True
            while self._jobs:
                self._jobs.popleft()[1].cancel()
