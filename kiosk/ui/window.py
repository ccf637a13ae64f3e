"""The kiosk's one window: picks the screen for a view and keeps what stands on every screen."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, QSize, Qt, QTimer, QVariantAnimation, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from config.locale import Words
from kiosk.flow.events import Action, Press
from kiosk.flow.views import View
from kiosk.ui.grid import Grid, make_grid
from kiosk.ui.press_filter import PressFilter
from kiosk.ui.screens import screen_class
from kiosk.ui.screens.screen import Screen, Shown
from kiosk.ui.theme import Theme
from kiosk.ui.tokens import Accent, Mode
from kiosk.ui.wedge import WedgeLine
from kiosk.ui.widgets.bars import quiet_line, steps, top_bar, trial_banner, under_clock
from kiosk.ui.widgets.board import Board
from kiosk.ui.widgets.bottom_bar import bottom_keys
from kiosk.ui.widgets.dialog import StillThere
from kiosk.ui.widgets.faces import LabelFace
from kiosk.ui.widgets.key import FocusRing, Key
from kiosk.ui.widgets.marks import Mark
from kiosk.ui.widgets.pool import KeyPool
from kiosk.ui.widgets.time_line import TimeLine
from models.text import Language

FADE_MS = 150
_CLOCK_MS = 1000

BoardT = TypeVar("BoardT", bound=Board)
ThemeFactory = Callable[[Accent, Mode, float, float], Theme]
"""Makes the theme of (accent, mode, width, height); see `kiosk.ui.app.theme_factory`."""


class KioskWindow(QWidget):
    """Told views, emits presses.

    Args:
        words: By language.
        themes: Makes themes for the window's size.
        now: Local time of the office, for the clock.
        monotonic: Seconds, for time lines and the press filter.
        accent: None takes the profile's own accent.
        fade: Whether screens cross-fade (150 ms, never in the way of a touch).
        locked: Swallow attempts to close (a kiosk); a window on a desk may be closed.
    """

    pressed = Signal(object)
    typed_line = Signal(str)
    first_frame = Signal()

    def __init__(
        self,
        words: Mapping[Language, Words],
        themes: ThemeFactory,
        now: Callable[[], datetime],
        monotonic: Callable[[], float],
        *,
        accent: Accent | None = None,
        fade: bool = True,
        locked: bool = True,
    ) -> None:
        super().__init__()
        self.setObjectName("kiosk")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._words, self._themes, self._now, self._accent = words, themes, now, accent
        self._locked, self._fades = locked, fade
        self._view: View | None = None
        self._made: dict[tuple[Accent, Mode, int, int], Theme] = {}
        self._grid: Grid | None = None
        self._screens: dict[type, Screen] = {}
        self._current: Screen | None = None
        self._filter = PressFilter(monotonic, reach=0.0)
        self._wedge = WedgeLine(monotonic)
        self._head = _glass(Board(self))
        self._bottom = KeyPool(self, self._chosen, self._ring_key)
        self._emergency: Key | None = None
        self._time_line = _glass(TimeLine(monotonic, self))
        self._dialog = StillThere(monotonic, self)
        self._dialog.chosen.connect(self._chosen)
        self._ring = FocusRing(self)
        self._by_keyboard = False
        self._veil: _Fading | None = None
        self._painted = False
        self._clock = QTimer(self)
        self._clock.setInterval(_CLOCK_MS)
        self._clock.timeout.connect(self._tick)
        self._clock_text = ("", "")

    # -- showing --------------------------------------------------------------------------------------------------

    @Slot(object)
    def show_view(self, view: View) -> None:
        """Show a view."""
        before = self._current
        self._view = view
        if (
            self._fades
            and self._painted
            and before is not None
            and type(view.body) not in (kind for kind, screen in self._screens.items() if screen is before)
        ):
            self._start_fade()
        self._render()
        if not self._clock.isActive():
            self._clock.start()

    @Slot(object)
    def show_frame(self, picture: object) -> None:
        """Hand a live picture to the screen at hand, if it shows one."""
        take = getattr(self._current, "show_frame", None)
        if take is not None:
            take(picture)

    @property
    def screen_shown(self) -> Screen | None:
        """The screen at hand."""
        return self._current

    @property
    def theme(self) -> Theme:
        """The theme at hand."""
        if self._view is None:
            raise RuntimeError("nothing has been shown yet")
        frame = self._view.frame
        accent: Accent = self._accent or frame.profile
        key = (accent, frame.theme, self.width(), self.height())
        if key not in self._made:
            self._made = {key: self._themes(*key)}
        return self._made[key]

    def refresh_time(self) -> None:
        """Paint the time left as it is now, without waiting for its timer."""
        self._time_line.refresh()
        self._dialog.refresh()

    def boards(self) -> list[Board]:
        """Everything that paints words, for tests."""
        boards: list[Board] = [self._head, self._time_line]
        if self._current is not None:
            boards.append(self._current)
        if not self._dialog.isHidden():
            boards.append(self._dialog)
        return boards

    def keys(self) -> list[Key]:
        """Every key that can be seen."""
        return [key for key in self.findChildren(Key) if key.isVisibleTo(self)]

    def _render(self) -> None:
        if self._view is None or self.width() < 8 or self.height() < 8:
            return
        view, theme = self._view, self.theme
        frame = view.frame
        grid = make_grid(
            self.width(),
            self.height(),
            theme.scale,
            low_reach=frame.low_reach,
            emergency=frame.emergency,
            notice=frame.line is not None,
            more_time=frame.more_time,
        )
        self._grid = grid
        self._filter.reach = theme.mm(20)
        words = self._words[frame.language]
        screen = self._screen_for(view.body)
        screen.show_view(Shown(view, theme, grid, words))
        if screen is not self._current:
            screen.show()
            if self._current is not None:
                self._current.hide()
            self._current = screen
        screen.lower()
        self._head_again(force=True)
        self._put_keys(theme, grid, words, screen)
        self._time_line.setGeometry(grid.time_left.toAlignedRect())
        self._time_line.display(theme, words, frame.limit_seconds, frame.limit_serial, has_ticket=frame.has_ticket)
        seconds, serial = frame.asks_for_time, frame.limit_serial
        self._dialog.display(theme, grid, words, seconds, serial, has_ticket=frame.has_ticket)
        if self._emergency is not None:
            # Nothing stands between a person and help, not even a question.
            self._emergency.raise_()
        if self._veil is not None:
            self._veil.raise_()

    def _screen_for(self, body: object) -> Screen:
        kind = type(body)
        if kind not in self._screens:
            screen = screen_class(body)(self)
            screen.pressed.connect(self._chosen)
            screen.ringed.connect(self._ring_key)
            screen.hide()
            self._screens[kind] = screen
        return self._screens[kind]

    def _put_keys(self, theme: Theme, grid: Grid, words: Words, screen: Screen) -> None:
        frame = self.view.frame
        self._bottom.begin()
        self._emergency = None
        for placed in bottom_keys(grid, frame, words, spread=screen.spread):
            self._bottom.put(placed.press, placed.face, theme, placed.rect, kind=placed.kind)
        if grid.emergency is not None:
            role = "label" if theme.large else "emphasis"
            face = LabelFace(words("bottom.emergency"), "emergency", role, 700, icon_px=48)
            self._emergency = self._bottom.put(Press(Action.EMERGENCY), face, theme, grid.emergency, kind="emergency")
        if grid.more_time is not None:
            face = LabelFace(words("bottom.more_time"), "plus", "label", 600, icon_px=44)
            self._bottom.put(Press(Action.MORE_TIME), face, theme, grid.more_time)
        self._bottom.end()

    @property
    def view(self) -> View:
        """The view at hand."""
        if self._view is None:
            raise RuntimeError("nothing has been shown yet")
        return self._view

    def _tick(self) -> None:
        self._head_again(force=False)

    def _head_again(self, *, force: bool) -> None:
        """Paint top bar, steps, quiet line and banner; without ``force`` only when the clock moved on."""
        if self._view is None or self._grid is None or self._current is None:
            return
        frame, grid, theme = self._view.frame, self._grid, self.theme
        words, screen = self._words[frame.language], self._current
        clock = under_clock(frame, self._now(), words)
        if clock == self._clock_text and not force:
            return
        self._clock_text = clock
        under = screen.under_clock() or clock[1]
        marks: list[Mark] = top_bar(
            theme, grid.top_bar, frame, clock[0], under, on_accent=screen.on_accent and not theme.high_contrast
        )
        marks += steps(theme, grid.steps, frame.steps, words)
        if frame.line is not None and grid.notice is not None:
            marks += quiet_line(theme, grid.notice, frame.line, words)
        if frame.simulated:
            marks += trial_banner(theme, grid.banner, words)
        self._head.setGeometry(grid.whole.toAlignedRect())
        self._head.show_marks(marks)

    # -- presses --------------------------------------------------------------------------------------------------

    @Slot(object, object)
    def _chosen(self, press: Press, at: QPointF) -> None:
        name = type(self._current).__name__
        if self._filter.passes(press, (at.x(), at.y()), name):
            self.pressed.emit(press)

    @Slot(object, bool)
    def _ring_key(self, key: Key, on: bool) -> None:
        self._ring.follow(key if on and self._by_keyboard else None, self.theme)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take what a scanner types, wherever the focus is; for who moves by Tab, Enter presses the chosen key.

        Qt moves the focus by itself, as if by Tab, when the key that has it goes away. Only a real Tab makes the focus
        a choice: else a ring would stand around a key nobody chose, and a scanner's second line end would press it.
        """
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin):
            self._by_keyboard = False
            self._ring.hide()
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._by_keyboard = True
        ours, line = self._wedge.take(event)
        if line:
            self.typed_line.emit(line)
        elif not ours and self._by_keyboard and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focus = QApplication.focusWidget()
            if isinstance(focus, Key) and focus.isEnabled():
                focus.click()
                return True
        return ours

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape and its like do nothing in a kiosk."""
        if not self._locked and event.key() == Qt.Key.Key_Escape:
            self.close()
        event.accept()

    def closeEvent(self, event: QCloseEvent) -> None:
        """A kiosk is not closed by Alt+F4; the program closes it through `unlock`."""
        if self._locked:
            event.ignore()
            return
        self._clock.stop()
        event.accept()

    def unlock(self) -> None:
        """Let the window be closed, at the end of the program."""
        self._locked = False

    # -- the window -----------------------------------------------------------------------------------------------

    def show_windowed(self, size: QSize) -> None:
        """A window of that size, for a desk."""
        self.resize(size)
        self.show()

    def show_on(self, screen: QRect) -> None:
        """Fill a screen; without a window manager ``showFullScreen`` alone gets the size wrong."""
        self.setCursor(Qt.CursorShape.BlankCursor)
        self.showFullScreen()
        self.setGeometry(screen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out again."""
        super().resizeEvent(event)
        self._render()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground, and tell that the first frame is there."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.colour("paper") if self._view else self.palette().window())
        painter.end()
        if not self._painted and self._current is not None:
            self._painted = True
            QTimer.singleShot(0, self.first_frame.emit)

    def _start_fade(self) -> None:
        if self._veil is not None:
            self._veil.finish()
        self._veil = _Fading(self, self.grab(), self._fade_over)

    def _fade_over(self) -> None:
        self._veil = None


def _glass(widget: BoardT) -> BoardT:
    """``widget``, never in the way of a finger."""
    widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return widget


class _Fading(QWidget):
    """The screen before, fading away above the new one; touches go through it."""

    def __init__(self, parent: QWidget, picture: QPixmap, over: Callable[[], None]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._picture, self._over, self._opacity = picture, over, 1.0
        self._animation = QVariantAnimation(self)
        self._animation.setStartValue(1.0)
        self._animation.setEndValue(0.0)
        self._animation.setDuration(FADE_MS)
        self._animation.valueChanged.connect(self._set)
        self._animation.finished.connect(self.finish)
        self.setGeometry(parent.rect())
        self.show()
        self._animation.start()

    def _set(self, value: float) -> None:
        self._opacity = float(value)
        self.update()

    def finish(self) -> None:
        """Go, at once."""
        self._animation.stop()
        self.hide()
        self._over()
        self.deleteLater()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the screen before at what opacity is left."""
        painter = QPainter(self)
        painter.setOpacity(self._opacity)
        painter.drawPixmap(QRectF(self.rect()), self._picture, QRectF(self._picture.rect()))
        painter.end()
