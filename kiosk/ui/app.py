"""Starts Qt: the application, the theme, the window, and the bridge to the desk."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QFontDatabase, QScreen
from PySide6.QtWidgets import QApplication

from config.locale import LANGUAGES, load_words
from kiosk.flow.events import Press
from kiosk.ui.bridge import Bridge
from kiosk.ui.icons import Icons
from kiosk.ui.theme import Theme, scale_for
from kiosk.ui.tokens import Accent, Mode, assets, read_tokens
from kiosk.ui.window import KioskWindow, ThemeFactory


@dataclass(frozen=True, slots=True)
class Display:
    """How the window stands on this machine.

    Attributes:
        windowed: Size of a window on a desk; None fills the screen.
        density: Pixels a millimetre, None to ask the panel.
        accent: None for the profile's own.
        fade: Whether screens cross-fade.
    """

    windowed: tuple[int, int] | None = None
    density: float | None = None
    accent: Accent | None = None
    fade: bool = True


def theme_factory(density: float | None = None) -> ThemeFactory:
    """A maker of themes that reads the tokens once.

    Args:
        density: Pixels a millimetre of the panel; None fits the window.
    """
    tokens, icons = read_tokens(), Icons(assets() / "icons")

    def make(accent: Accent, mode: Mode, width: float, height: float) -> Theme:
        return Theme(tokens, icons, accent, mode, scale_for(tokens, width, height, density))

    return make


def panel_density(screen: QScreen) -> float | None:
    """Pixels a millimetre as the panel tells it; None when it tells nothing to believe."""
    size, real = screen.size(), screen.physicalSize()
    if real.width() < 100 or real.height() < 100:
        return None
    density = (size.width() / real.width() + size.height() / real.height()) / 2
    return density if 1.5 <= density <= 12 else None


def make_application(arguments: list[str] | None = None) -> QApplication:
    """The application, with Inter from the bundle when the system has none."""
    present = QApplication.instance()
    if isinstance(present, QApplication):
        return present
    app = QApplication(arguments or ["kiosk"])
    app.setStyle("Fusion")
    app.setQuitOnLastWindowClosed(True)
    if "Inter" not in QFontDatabase.families():
        fonts = Path(str(assets() / "fonts"))
        for file in sorted(fonts.glob("*.otf")) if fonts.is_dir() else ():
            QFontDatabase.addApplicationFont(str(file))
    return app


def run_ui(
    post: Callable[[Press], None],
    subscribe: Callable[[Bridge], Callable[[], None]],
    *,
    now: Callable[[], datetime],
    display: Display = Display(),
    typed: Callable[[str], None] | None = None,
    on_first_frame: Callable[[], None] | None = None,
    on_window: Callable[[KioskWindow], None] | None = None,
) -> int:
    """Run the screen until the program ends; returns Qt's exit code.

    Args:
        post: Takes presses, on the GUI thread; must not wait.
        subscribe: Called with the bridge once the window stands; starts what publishes views, and returns what stops
            it. Runs on the GUI thread and must return soon.
        now: Local time of the office.
        typed: Takes lines that a keyboard-wedge scanner types.
        on_first_frame: Called when the first view has been painted.
        on_window: Called with the window before it is shown, for demonstrations and tests.
    """
    app = make_application()
    screen = app.primaryScreen()
    window = _make_window(display, screen, now)
    bridge = Bridge(post, typed)
    bridge.view_changed.connect(window.show_view)
    bridge.frame.connect(window.show_frame)
    window.pressed.connect(bridge.press)
    window.typed_line.connect(bridge.typed_line)
    if on_first_frame is not None:
        window.first_frame.connect(on_first_frame)
    app.installEventFilter(window)
    if on_window is not None:
        on_window(window)
    if display.windowed is not None:
        window.show_windowed(QSize(*display.windowed))
    else:
        window.show_on(screen.geometry())
    stop = subscribe(bridge)
    # Python handles signals (SIGTERM) only between its own instructions: wake it now and then.
    heartbeat = QTimer()
    heartbeat.start(200)
    heartbeat.timeout.connect(lambda: None)
    try:
        return app.exec()
    finally:
        heartbeat.stop()
        app.removeEventFilter(window)
        stop()
        window.unlock()
        window.close()
        window.deleteLater()
        bridge.deleteLater()


def end_ui() -> None:
    """Have `run_ui` return; on the GUI thread, also from a signal's handler."""
    QApplication.quit()


def _make_window(display: Display, screen: QScreen, now: Callable[[], datetime]) -> KioskWindow:
    density = display.density or (None if display.windowed else panel_density(screen))
    return KioskWindow(
        {language: load_words(language) for language in LANGUAGES},
        theme_factory(density),
        now,
        time.monotonic,
        accent=display.accent,
        fade=display.fade,
        locked=display.windowed is None,
    )
