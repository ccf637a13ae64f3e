"""The base of all screens: told ``show(view)``, emits presses, holds no rule and calls nothing."""

from dataclasses import dataclass
from typing import ClassVar, TypeVar

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtWidgets import QWidget

from config.locale import Words
from kiosk.flow.events import Action, Press
from kiosk.flow.views import FrameView, KeyView, ServiceChip, View
from kiosk.ui.grid import GUTTER, Grid
from kiosk.ui.theme import Theme
from kiosk.ui.widgets.bars import chip, notice_bar
from kiosk.ui.widgets.board import Board
from kiosk.ui.widgets.bottom_bar import ICONS
from kiosk.ui.widgets.faces import LEFT, TOP_LEFT, Face, LabelFace
from kiosk.ui.widgets.key import Key
from kiosk.ui.widgets.marks import Drawing, Panel, Rule, WordsMark
from kiosk.ui.widgets.pool import KeyPool
from kiosk.ui.widgets.text import A_STEP, Laid, TextStyle, lay_out

B = TypeVar("B")


@dataclass(frozen=True)
class Shown:
    """Everything a picture depends on."""

    view: View
    theme: Theme
    grid: Grid
    words: Words


class Screen(Board):
    """One screen. It covers the whole window, below bars and bottom keys, and paints its own ground.

    Subclasses write `compose` with the helpers below. ``pressed`` carries the press and where it was made.
    """

    pressed = Signal(object, object)
    ringed = Signal(object, bool)

    on_accent: ClassVar[bool] = False
    """Whether top bar stands on the accent ground (the welcome screen)."""
    spread: ClassVar[bool] = False
    """Whether the three right bottom keys take the full width (the welcome screen)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Shown | None = None
        self._pool = KeyPool(self, self.pressed, self.ringed)

    def show_view(self, shown: Shown) -> None:
        """Show a view; composes anew when anything changed."""
        if shown == self._shown:
            return
        self._shown = shown
        self.setGeometry(shown.grid.whole.toAlignedRect())
        self._pool.begin()
        self.show_marks([Panel(shown.grid.whole, 0, shown.theme.colour("paper"))])
        self.compose()
        self._pool.end()

    def compose(self) -> None:
        """Add marks and keys for the view at hand."""
        raise NotImplementedError

    def under_clock(self) -> str | None:
        """Words under the clock in place of the date, or None."""
        return None

    # -- what there is to show ------------------------------------------------------------------------------------

    @property
    def shown(self) -> Shown:
        """The view with theme, grid and words; only while there is one."""
        if self._shown is None:
            raise RuntimeError("nothing has been shown yet")
        return self._shown

    @property
    def theme(self) -> Theme:
        """The theme at hand."""
        return self.shown.theme

    @property
    def grid(self) -> Grid:
        """The grid at hand."""
        return self.shown.grid

    @property
    def frame(self) -> FrameView:
        """The frame at hand."""
        return self.shown.view.frame

    @property
    def say(self) -> Words:
        """The words in the visit's language: ``self.say("who.title", n=3)``."""
        return self.shown.words

    def body(self, kind: type[B]) -> B:
        """The body, as its type."""
        body = self.shown.view.body
        if not isinstance(body, kind):
            raise TypeError(f"{type(self).__name__} shows {kind.__name__}, not {type(body).__name__}")
        return body

    def u(self, reference_px: float) -> float:
        """Pixels of the reference panel in pixels of this one."""
        return self.shown.theme.u(reference_px)

    # -- marks ----------------------------------------------------------------------------------------------------

    def lay(self, text: str, width: float, role: str, *, height: float = 0.0, **style: object) -> Laid:
        """Words broken into lines, to measure before placing; ``style`` are fields of `TextStyle`."""
        return lay_out(self.theme, text, TextStyle(role, **style), width, height)  # type: ignore[arg-type]

    def words(
        self,
        text: str,
        rect: QRectF,
        role: str,
        *,
        colour: str = "ink",
        align: Qt.AlignmentFlag = TOP_LEFT,
        strong_colour: str = "ink",
        **style: object,
    ) -> Laid:
        """Paint words in ``rect`` (height 0: as high as they need); returns them, with their ``height``."""
        laid = self.lay(text, rect.width(), role, height=rect.height(), **style)
        self.place(laid, rect, colour=colour, align=align, strong_colour=strong_colour)
        return laid

    def place(
        self,
        laid: Laid,
        rect: QRectF,
        *,
        colour: str = "ink",
        align: Qt.AlignmentFlag = TOP_LEFT,
        strong_colour: str = "ink",
    ) -> None:
        """Paint words that were measured before."""
        get = self.theme.colour
        self.add(WordsMark(laid, rect, get(colour), align, get(strong_colour)))

    def icon(self, name: str, rect: QRectF, colour: str = "accent", accent: str = "accent") -> None:
        """Paint a drawing; ``accent`` stands in for the accent of a drawing in several colours."""
        self.add(Drawing(self.theme, name, rect, self.theme.colour(colour), self.theme.colour(accent)))

    def panel(self, rect: QRectF, fill: str = "accent_tint", radius: float = 24, border: str = "") -> None:
        """Paint a flat card or tint; in high contrast, where tints are gone, it gets a border."""
        theme = self.theme
        line = border or ("line" if theme.high_contrast else "")
        width = theme.u(3 if theme.high_contrast else 2) if line else 0.0
        self.add(Panel(rect, theme.u(radius), theme.colour(fill), theme.colour(line) if line else None, width))

    def notice(self, rect: QRectF, text: str, icon: str = "warning", tone: str = "notice") -> None:
        """Paint a short notice: ``good``, ``notice`` or ``tint``."""
        self.add(*notice_bar(self.theme, rect, text, icon, tone))

    def question(self, title: str, more: str = "", *, role: str = "question", inform: bool = True) -> QRectF:
        """Paint the question and the line below it; returns the place of the answers.

        Large text may need two lines for the question; then the help line goes before anything shrinks. In the
        low-reach layout the question stands just above the keys, and `inform_low_reach` fills the upper half (unless
        ``inform`` is false: the screen fills it itself).
        """
        grid, u = self.grid, self.u
        rect = grid.question
        answers = QRectF(grid.answers)
        if grid.landscape:
            if grid.low_reach and inform:
                self.inform_low_reach("")
            return self._question_across(title, more, role)
        if grid.low_reach:
            if inform:
                self.inform_low_reach(more)
            laid = self.lay(title, rect.width(), role, height=rect.height(), lines=1)
            self.place(laid, rect, align=LEFT)
            return answers
        lines = 2 if self.theme.large or not more else 1
        laid = self.lay(title, rect.width(), role, lines=1, leading=1.28)
        if laid.step > A_STEP - (1 if self.theme.large else 0) and lines > 1:
            laid = self.lay(title, rect.width(), role, lines=2, leading=1.25)
        self.place(laid, QRectF(rect.x(), rect.y(), rect.width(), laid.height))
        bottom = rect.y() + laid.height
        if more and len(laid.lines) == 1:
            said = self.lay(more, answers.width() if not grid.emergency else rect.width(), "body", lines=1)
            self.place(said, QRectF(rect.x(), bottom + u(4), said.width + 1, u(52)), colour="ink_soft", align=LEFT)
            bottom += u(56)
        if grid.emergency is not None:
            bottom = max(bottom, grid.emergency.bottom())
        least = min(answers.y(), bottom + u(GUTTER)) if not more else max(answers.y(), bottom + u(20))
        answers.setTop(max(least, bottom + u(12)))
        return answers

    def _question_across(self, title: str, more: str, role: str) -> QRectF:
        grid, u = self.grid, self.u
        rect, answers = grid.question, QRectF(grid.answers)
        laid = self.lay(title, rect.width(), role, lines=1)
        self.place(laid, rect, align=LEFT)
        room = rect.width() - laid.width - u(48)
        if more and room > u(200):
            said = self.lay(more, room, "body", lines=1)
            if said.step == 0:
                place = QRectF(rect.right() - said.width, rect.y() + u(8), said.width + 1, rect.height() - u(8))
                self.place(said, place, colour="ink_soft", align=LEFT)
        return answers

    def inform_low_reach(self, more: str) -> None:
        """Fill the upper half of the low-reach layout with what there is to know, never with keys."""
        place = self.grid.inform
        if place is None:
            return
        u = self.u
        self.panel(place, "accent_tint")
        inner = place.adjusted(u(48), u(16), -u(48), -u(16))
        side = min(u(128), inner.height())
        self.icon("reach", QRectF(inner.x(), inner.center().y() - side / 2, side, side))
        room = QRectF(inner.x() + side + u(40), inner.y(), inner.width() - side - u(40), inner.height())
        if place.height() < u(240):
            self.words(self.say("low_reach.lowered"), room, "emphasis", align=LEFT, weight=700)
            return
        title = self.lay(self.say("low_reach.title"), room.width(), "way", lines=2, weight=700)
        said = [more] if more else []
        text = self.lay("\n".join([*said, self.say("low_reach.text")]), room.width(), "label", lines=6)
        top = room.center().y() - (title.height + u(8) + text.height) / 2
        self.place(title, QRectF(room.x(), top, room.width(), title.height))
        below = QRectF(room.x(), top + title.height + u(8), room.width(), text.height)
        self.place(text, below, colour="ink_soft")

    def waiting_words(self, view: ServiceChip) -> tuple[str, ...]:
        """How many wait for a field and how long, as far as both are known, longest words first."""
        if view.waiting is None:
            return ()
        if view.waiting == 0:
            return (self.say("tile.nobody"), self.say("tile.nobody_short"))
        short = self.say("chip.waiting", n=view.waiting)
        if view.wait is None:
            return (short,)
        span = self.say.minutes_range(view.wait.low, view.wait.high)
        return (self.say("chip.waiting_and_wait", n=view.waiting, span=span), short)

    def chip(self, rect: QRectF, view: ServiceChip) -> None:
        """Paint the chosen field with its wait."""
        self.add(*chip(self.theme, rect, view.name, view.icon, self.waiting_words(view)))

    def question_with_chip(self, title: str, view: ServiceChip | None) -> QRectF:
        """Paint the question and below it the chosen field, if one is chosen; returns the place of the answers."""
        grid, u = self.grid, self.u
        if view is None:
            return self.question(title)
        area = self.question(title, inform=not grid.landscape)
        if grid.low_reach and grid.inform is not None:
            low = QRectF(area.x() + u(48), grid.inform.bottom() - u(112), area.width() - u(96), u(72))
            self.chip(low.translated(-u(48), 0) if grid.landscape else low, view)
            return area
        if grid.landscape:
            high = u(76)
            self.chip(QRectF(area.x(), area.y(), area.width(), high), view)
            return area.adjusted(0, high + u(20), 0, 0)
        high = u(80)
        self.chip(QRectF(area.x(), area.y() - u(16), area.width(), high), view)
        return area.adjusted(0, high + u(8), 0, 0)

    def rule(self, start: QPointF, end: QPointF) -> None:
        """Paint a thin line between two things to read."""
        self.add(Rule(start, end, self.theme.colour("line"), self.theme.u(2)))

    # -- keys -----------------------------------------------------------------------------------------------------

    def key(
        self,
        press: Press | Action,
        rect: QRectF,
        face: Face,
        *,
        kind: str = "plain",
        gap: float = 16.0,
    ) -> Key:
        """Put a key at ``rect`` (lip included); ``kind`` as in `kiosk.ui.widgets.key.Key.display`."""
        if isinstance(press, Action):
            press = Press(press)
        return self._pool.put(press, face, self.theme, rect, kind=kind, gap=gap)

    def key_named(
        self, name: str, press: Press, rect: QRectF, face: Face, *, kind: str = "plain", gap: float = 16.0
    ) -> Key:
        """Put a key that stays itself while its press changes, as the letters of the search do."""
        return self._pool.put(press, face, self.theme, rect, kind=kind, gap=gap, name=name)

    def key_view(self, view: KeyView, rect: QRectF, *, role: str = "emphasis", lines: int = 2) -> Key:
        """Put the key of a `KeyView`: its own words and drawing, filled when primary, dashed when it cannot be used."""
        label = self.say(view.why or view.label, **view.facts)
        icon = "" if view.why else view.icon or ICONS.get(view.action, "")
        kind = "unavailable" if view.why else "primary" if view.primary else "plain"
        face = LabelFace(label, icon, role, 700 if view.primary else 600, lines=lines)
        return self.key(Press(view.action, view.value), rect, face, kind=kind)
