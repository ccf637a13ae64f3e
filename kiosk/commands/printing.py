"""Printing from a command: by the kiosk that runs, or, when none does, with the printer opened for this one job."""

import threading
from collections.abc import Sequence
from pathlib import Path

from config.locale import load_words
from config.schema import DeviceSettings
from drivers import registry
from drivers.readings import Page
from drivers.supervise import SupervisedPrinter
from kiosk.backroom import Backroom
from kiosk.desk.papers import PAGE_SECONDS, PaperDesk
from kiosk.printing.painter import SlipPainter
from kiosk.printing.slip import spare_slips
from kiosk.printing.widths import dots_of
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
    waited = 0.0
    pause = threading.Event()
    while (state := _state(room, job)) in ("queued", "printing") and waited < OTHERS_SECONDS:
        if _is_free(room.place.printing_lock):
            return _print_here(room, job)
        pause.wait(LOOK_SECONDS)
        waited += LOOK_SECONDS
    return state


def need_printer(room: Backroom) -> DeviceSettings:
    """The configured printer.

    Raises:
        DeviceUnavailable: There is none.
    """
    found = room.settings.devices.printer
    if found is None:
        raise DeviceUnavailable("no printer is configured ([devices.printer] in device.toml)")
    return found


def _print_here(room: Backroom, job: PrintJob) -> str:
    printer = _open_printer(room)
    done = threading.Event()

    def on_paper(changed: PrintJob) -> None:
        if changed.id == job.id and changed.state not in ("queued", "printing"):
            done.set()

    place = room.place
    catalogue = room.catalogue()  # read here: the store belongs to this thread
    draw = room.pages(lambda: catalogue).draw
    desk = PaperDesk(place.database, place.printing_lock, printer, draw, room.clock.now, on_paper)
    waited = 0.0
    with printer:
        desk.start()
        try:
            # Looked at, too: another process may have taken the lock first, and print this job.
            while waited < PAGE_SECONDS + 5 and _state(room, job) in ("queued", "printing"):
                done.wait(LOOK_SECONDS)
                waited += LOOK_SECONDS
        finally:
            desk.stop()
    return _state(room, job)


def print_pages(room: Backroom, pads: Sequence[tuple[Service, Sequence[Number]]]) -> str:
    """Print reserve pads, page after page; stops at the first that fails."""
    words = load_words("vi")
    width = dots_of(room.settings.kiosk.paper_width)
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
    found = need_printer(room)
    return SupervisedPrinter(
        "printer", lambda: registry.create("printer", found.driver, found.options), lambda state: None
    )


def _is_free(path: Path) -> bool:
    """Whether nobody holds the printer's lock right now."""
    lock = FileLock(path)
    free = lock.try_acquire()
    lock.release()
    return free


def _state(room: Backroom, job: PrintJob) -> str:
    found = room.store.print_jobs.get(job.id)
    return found.state if found is not None else "failed"
