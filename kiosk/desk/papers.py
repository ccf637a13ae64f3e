"""The printing desk: print jobs are rows, one process drains them, and every page ends in a known state (promise 7).

Whoever holds the lock file drains; another process beside it (``kiosk ticket issue``) queues its job and waits for the
row to change. A job found in *printing* by a new holder was cut by a crash and becomes *unconfirmed*.
"""

import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

import structlog

from drivers.readings import Page, PrinterStatus, PrintOutcome
from kiosk.storage.lock import FileLock
from kiosk.storage.rows import PrintJob
from kiosk.storage.store import Store
from models.errors import StorageTrouble

PAGE_SECONDS = 45.0
"""No page takes longer; the drivers' own time-outs are shorter."""
IDLE_SECONDS = 0.5
"""How often an idle desk looks for jobs of another process."""

RETRY_SECONDS = 1.0
"""After trouble with the database."""

STALE = timedelta(seconds=30)
"""After a crash a younger job is still printed; the person of an older one is gone."""

log = structlog.get_logger(__name__)

OnPaper = Callable[[PrintJob], None]
"""Told each change of a job's state, on the printing thread."""


class PageSink(Protocol):
    """The part of `drivers.supervise.SupervisedPrinter` that is used here."""

    def print(self, page: Page) -> "Future[PrintOutcome]":
        """Queue a page."""

    def status(self) -> PrinterStatus:
        """The last known status."""


class PaperDesk:
    """The thread that drains print jobs.

    Args:
        store_path: The database; the thread opens its own connection.
        lock_path: The lock file of the printing process.
        printer: Where pages go.
        draw: Makes the page of a job.
        now: The time, for jobs that a crash left.
        on_paper: Told each change.
    """

    def __init__(
        self,
        store_path: Path,
        lock_path: Path,
        printer: PageSink,
        draw: Callable[[PrintJob], Page],
        now: Callable[[], datetime],
        on_paper: OnPaper = lambda job: None,
    ) -> None:
        self._store_path = store_path
        self._lock = FileLock(lock_path)
        self._printer = printer
        self._draw = draw
        self._now = now
        self._on_paper = on_paper
        self._stopping = threading.Event()
        self._wake = threading.Event()
        self._thread = threading.Thread(target=self._run, name="papers", daemon=True)

    def start(self) -> None:
        """Begin to drain."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the page at hand and end; a page not begun stays queued."""
        self._stopping.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(timeout=5.0)

    def kick(self) -> None:
        """A job was queued; from any thread."""
        self._wake.set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                with Store.open(self._store_path) as store:
                    self._drain(store)
            except StorageTrouble as trouble:
                log.error("papers_failed", why=str(trouble))
            except Exception:
                log.exception("papers_failed")
            finally:
                # The printing thread outlives a full disk: it begins anew as after a crash, and settles what it left.
                self._lock.release()
            self._stopping.wait(RETRY_SECONDS)

    def _drain(self, store: Store) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            if self._lock.held or self._take_over(store):
                while not self._stopping.is_set() and (job := store.print_jobs.take_next()) is not None:
                    self._print(store, job)
            self._wake.wait(IDLE_SECONDS)

    def _take_over(self, store: Store) -> bool:
        if not self._lock.try_acquire():
            return False
        for left in store.print_jobs.recover(self._now() - STALE):
            self._on_paper(left)
        return True

    def _print(self, store: Store, job: PrintJob) -> None:
        try:
            coming = self._printer.print(self._draw(job))
            # Told only now: the screen that paints it would keep the page from being drawn.
            self._on_paper(job)
            outcome = coming.result(timeout=PAGE_SECONDS)
        except CancelledError:
            # The program ends before a byte was sent: the next start finds the job and settles it.
            return
        except FutureTimeoutError:
            outcome = PrintOutcome("unconfirmed", "silent", f"no end after {PAGE_SECONDS:.0f} s")
        except Exception:
            log.exception("page_not_drawn", kind=job.kind)
            outcome = PrintOutcome("failed", "not_drawn")
        asks = outcome.state == "unconfirmed" and outcome.reason != "mute"
        store.print_jobs.finish(job.id, outcome.state, reason=outcome.reason, asks=asks)
        log.info("paper", kind=job.kind, state=outcome.state, reason=outcome.reason, detail=outcome.detail)
        done = store.print_jobs.get(job.id)
        if done is not None:
            self._on_paper(done)
