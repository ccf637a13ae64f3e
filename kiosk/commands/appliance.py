"""Screen and appliance together, in one process."""

import contextlib
import ctypes
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

import structlog

from config.schema import ScreenSettings, Settings
from drivers.readings import Frame
from kiosk.assemble import Appliance
from kiosk.flow.views import View
from kiosk.log import log_to_stderr
from kiosk.storage.lock import FileLock
from kiosk.ui.app import Display, end_ui, run_ui
from kiosk.ui.bridge import Bridge
from kiosk.ui.window import KioskWindow
from models.errors import StorageTrouble, TechnicianError

log = structlog.get_logger(__name__)

_M_MMAP_THRESHOLD, _M_ARENA_MAX = -3, -8  # malloc.h of glibc
_LARGE_BYTES = 512 * 1024


def run_appliance(
    home: Path,
    settings: Settings,
    *,
    windowed: tuple[int, int] | None = None,
    on_window: Callable[[KioskWindow, Appliance], None] | None = None,
    on_first_frame: Callable[[], None] | None = None,
    fade: bool = True,
) -> int:
    """Run until the window is closed or the process is told to end; returns the exit code.

    Args:
        on_window: Told the window and the appliance before the first view, for demonstrations and proofs.

    Raises:
        TechnicianError: Another kiosk runs with this home.
    """
    log_to_stderr()
    with _alone(home):
        return _run(home, settings, windowed, on_window, on_first_frame, fade=fade)


@contextlib.contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Two kiosks with one home would each read half of the cards, and print the other's papers."""
    lock = FileLock(home / "running.lock")
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not lock.try_acquire():
            raise TechnicianError(f"another kiosk runs with the home {home}: stop it first")
    except (OSError, StorageTrouble):
        log.warning("not_guarded")  # a full or read-only disk: the screen stands, and says so itself
    try:
        yield
    finally:
        lock.release()


def _run(
    home: Path,
    settings: Settings,
    windowed: tuple[int, int] | None,
    on_window: Callable[[KioskWindow, Appliance], None] | None,
    on_first_frame: Callable[[], None] | None,
    *,
    fade: bool,
) -> int:
    _spare_memory()
    bridges: list[Bridge] = []

    def publish(view: View) -> None:
        for bridge in bridges:
            bridge.publish(view)

    def show(frame: Frame) -> None:
        for bridge in bridges:
            bridge.show_frame(frame.image)

    appliance = Appliance(home, settings, publish, show)

    def subscribe(bridge: Bridge) -> Callable[[], None]:
        bridges.append(bridge)
        appliance.start()

        def unsubscribe() -> None:
            appliance.stop()
            bridges.clear()

        return unsubscribe

    def first_frame() -> None:
        log.info("first_frame")
        if on_first_frame is not None:
            on_first_frame()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _end)
    return run_ui(
        appliance.post,
        subscribe,
        now=appliance.now,
        display=_display(settings.screen, windowed, fade=fade),
        typed=appliance.typed,
        on_first_frame=first_frame,
        on_window=None if on_window is None else lambda window: on_window(window, appliance),
    )


def _display(screen: ScreenSettings, windowed: tuple[int, int] | None, *, fade: bool) -> Display:
    accent = None if screen.accent == "auto" else screen.accent
    return Display(windowed=windowed, density=screen.density_px_per_mm, accent=accent, fade=fade)


def _end(number: int, frame: FrameType | None) -> None:
    end_ui()


def _spare_memory() -> None:
    """Keep glibc from giving each thread a heap of its own, and let go of camera frames as soon as they are freed.

    A dozen threads that mostly wait would hold some 30 MB otherwise. Other C libraries have no such settings.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_ARENA_MAX, 2)
        mallopt(_M_MMAP_THRESHOLD, _LARGE_BYTES)
