"""Printing from a command: by the kiosk that runs, or, when none does, with the printer opened for this one job."""

import threading
from collections.abc import Sequence
from pathlib import Path

from config.locale import load_words
from drivers import registry
from drivers.readings import Page
from drivers.supervise import SupervisedPrinter
from kiosk.backroom import Backroom
from kiosk.desk.papers import PAGE_SECONDS, PaperDesk
from kiosk.printing.painter import SlipPainter
from kiosk.printing.slip import spare_slips
from kiosk.printing.widths import WIDTH_58_MM, WIDTH_80_MM
from kiosk.storage.lock import FileLock
from kiosk.storage.rows import PrintJob
from models.errors import DeviceUnavailable
from models.numbering import Number
from models.service import Service

LOOK_SECONDS = 0.02
OTHERS_SECONDS = 20.0
"""How long a running kiosk is given to print this job."""


def print_job(room: Backroom, job: PrintJob) -> str:
    """See a queued job through to its end; returns its state, ``queued`` when the running kiosk has not come to it."""
    printer = _open_printer(room)
    done = threading.Event()

    def on_paper(changed: PrintJob) -> None:
        if changed.id == job.id and changed.state not in ("queued", "printing"):
            done.set()

    place = room.place
    catalogue = room.catalogue()  # read here: the store belongs to this thread
    draw = room.pages(lambda: catalogue).draw
    desk = PaperDesk(place.database, place.printing_lock, printer, draw, room.clock.now, on_paper)
    with _Lent(room.place.printing_lock) as free:
        if not free:
            return _wait_for_the_kiosk(room, job, done)
    with printer:
        desk.start()
        try:
            done.wait(PAGE_SECONDS + 5)
        finally:
            desk.stop()
    found = room.store.print_jobs.get(job.id)
    return found.state if found is not None else "failed"


def print_pages(room: Backroom, pads: Sequence[tuple[Service, Sequence[Number]]]) -> str:
    """Print reserve pads, page after page; stops at the first that fails."""
    words = load_words("vi")
    width = WIDTH_58_MM if room.settings.kiosk.paper_width == 58 else WIDTH_80_MM
    painter = SlipPainter()
    lock = FileLock(room.place.printing_lock)
    if not lock.try_acquire():
        raise DeviceUnavailable("the running kiosk has the printer; stop it, or print the pad from its technician mode")
    state = "printed"
    try:
        with _open_printer(room) as printer:
            for service, numbers in pads:
                slips = spare_slips(room.catalogue(), service, [str(n) for n in numbers], "vi", words)
                for page in painter.draw_spares(slips, words, width):
                    outcome = _print(printer, page)
                    if outcome == "failed":
                        return "failed"
                    state = outcome if outcome != "printed" else state
    finally:
        lock.release()
    return state


def _print(printer: SupervisedPrinter, page: Page) -> str:
    return printer.print(page).result(timeout=PAGE_SECONDS).state


def _open_printer(room: Backroom) -> SupervisedPrinter:
    found = room.settings.devices.printer
    if found is None:
        raise DeviceUnavailable("no printer is configured ([devices.printer] in device.toml)")
    return SupervisedPrinter(
        "printer", lambda: registry.create("printer", found.driver, found.options), lambda state: None
    )


class _Lent:
    """Whether the printer's lock is free right now."""

    def __init__(self, path: Path) -> None:
        self._lock = FileLock(path)

    def __enter__(self) -> bool:
        free = self._lock.try_acquire()
        self._lock.release()
        return free

    def __exit__(self, *error: object) -> None:
        self._lock.release()


def _wait_for_the_kiosk(room: Backroom, job: PrintJob, never: threading.Event) -> str:
    state = job.state
    waited = 0.0
    while waited < OTHERS_SECONDS:
        found = room.store.print_jobs.get(job.id)
        state = found.state if found is not None else "failed"
        if state not in ("queued", "printing"):
            break
        never.wait(LOOK_SECONDS)
        waited += LOOK_SECONDS
    return state
