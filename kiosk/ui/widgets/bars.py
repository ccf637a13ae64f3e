"""What tells, above and below: office and clock, the three steps, the quiet line, the banner of a trial run."""

from datetime import datetime

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor

from config.locale import Words
from kiosk.flow.views import FrameView, Line, StepView
from kiosk.ui.theme import Theme
from kiosk.ui.widgets.faces import CENTRE, LEFT, RIGHT
from kiosk.ui.widgets.marks import Drawing, Mark, Panel, Rule, WordsMark
from kiosk.ui.widgets.text import A_STEP, Laid, TextStyle, lay_out


def top_bar(theme: Theme, rect: QRectF, frame: FrameView, clock: str, under: str, *, on_accent: bool) -> list[Mark]:
    """Mark and name of the office, clock and what stands under it.

    Args:
        clock: The time, empty when the clock is not sure.
        under: The date, or the opening hours.
        on_accent: On the accent ground of the welcome screen.
    """
    u, colour = theme.u, theme.colour
    ink = colour("on_accent" if on_accent else "ink")
    soft = colour("on_accent" if on_accent else "ink_soft")
    plate = QRectF(rect.x(), rect.y(), u(88), u(88))
    inner = plate.adjusted(u(16), u(16), -u(16), -u(16))
    drawing = "mark-hospital" if frame.profile == "hospital" else "mark-ward"
    marks: list[Mark] = [
        Panel(plate, u(20), colour("on_accent" if on_accent else "accent")),
        Drawing(theme, drawing, inner, colour("accent" if on_accent else "on_accent")),
    ]
    right = rect.right()
    if clock:
        time = lay_out(theme, clock, TextStyle("way", 700, tabular=True), rect.width() / 3)
        date = lay_out(theme, under, TextStyle("control", 500, tabular=True), rect.width() / 3)
        right -= max(time.width, date.width) + u(24)
        marks.append(WordsMark(time, QRectF(rect.x(), rect.y() - u(14), rect.width(), u(76)), ink, RIGHT))
        marks.append(WordsMark(date, QRectF(rect.x(), rect.y() + u(50), rect.width(), u(40)), soft, RIGHT))
    return marks + _office(
        theme, QRectF(plate.right() + u(24), rect.y(), right - plate.right() - u(24), u(88)), frame, ink, soft
    )


def _office(theme: Theme, rect: QRectF, frame: FrameView, ink: QColor, soft: QColor) -> list[Mark]:
    u = theme.u
    first = lay_out(theme, frame.line1, TextStyle("control", 500), rect.width())
    second = lay_out(theme, frame.line2, TextStyle("label", 700), rect.width())
    if not frame.line1 or (theme.large and first.step > 0):
        return [WordsMark(second, rect, ink, LEFT)]
    top = QRectF(rect.x(), rect.y() + u(2), rect.width(), u(44))
    return [
        WordsMark(first, top, soft, LEFT),
        WordsMark(second, top.translated(0, u(36)).adjusted(0, 0, 0, u(8)), ink, LEFT),
    ]


def under_clock(frame: FrameView, now: datetime, words: Words) -> tuple[str, str]:
    """Clock and date; empty while the clock is not sure (it would lie)."""
    if not frame.clock_sure:
        return "", ""
    return words.clock(now), words.short_date(now.date())


def steps(theme: Theme, rect: QRectF, views: tuple[StepView, ...], words: Words) -> list[Mark]:
    """The three steps; what is done is ticked. Large text names only the current one."""
    if not views:
        return []
    u, colour = theme.u, theme.colour
    side, gap, join = u(56), u(16), u(20)
    names: list[Laid | None] = []
    line = 0.0
    for role in ("label", "waiting", "control"):
        names = [
            lay_out(theme, words(v.label), TextStyle(role, 700 if v.state == "now" else 500), rect.width() / 2.2)
            if v.state == "now" or not theme.large
            else None
            for v in views
        ]
        taken = sum(side + (gap + n.width if n else 0) for n in names)
        line = (rect.width() - taken - 2 * join * (len(views) - 1)) / max(1, len(views) - 1)
        if line >= u(28):
            break
    marks: list[Mark] = []
    x, middle = rect.x(), rect.center().y()
    for index, (view, name) in enumerate(zip(views, names, strict=True)):
        circle = QRectF(x, middle - side / 2, side, side)
        marks += _step(theme, circle, view, str(index + 1))
        x += side
        if name:
            ink = colour("ink" if view.state == "now" else "ink_soft")
            marks.append(WordsMark(name, QRectF(x + gap, rect.y(), name.width + 1, rect.height()), ink, LEFT))
            x += gap + name.width
        if index < len(views) - 1:
            ends = QPointF(x + join, middle), QPointF(x + join + line, middle)
            marks.append(Rule(*ends, colour("accent" if view.state == "done" else "line"), u(4)))
            x += line + 2 * join
    return marks


def _step(theme: Theme, circle: QRectF, view: StepView, figure: str) -> list[Mark]:
    u, colour = theme.u, theme.colour
    radius = circle.width() / 2
    if view.state == "done":
        inner = circle.adjusted(u(13), u(13), -u(13), -u(13))
        return [
            Panel(circle, radius, colour("accent_tint"), colour("accent"), u(3)),
            Drawing(theme, "check", inner, colour("accent")),
        ]
    now = view.state == "now"
    number = lay_out(theme, figure, TextStyle("control", 700), circle.width())
    plate = (
        Panel(circle, radius, colour("accent")) if now else Panel(circle, radius, colour("card"), colour("edge"), u(3))
    )
    # A figure has no marks: its middle is the middle of its capitals.
    down = circle.translated(0, theme.size("control") * 0.029)
    return [plate, WordsMark(number, down, colour("on_accent" if now else "ink_soft"), CENTRE)]


def notice_bar(theme: Theme, rect: QRectF, text: str, icon: str, tone: str) -> list[Mark]:
    """A short notice with its drawing.

    Args:
        tone: ``good``, ``notice`` or ``tint``.
    """
    u, colour = theme.u, theme.colour
    fill = colour({"good": "good_tint", "notice": "notice_tint"}.get(tone, "accent_tint"))
    drawn = colour({"good": "good", "notice": "notice"}.get(tone, "accent"))
    ink = colour("good" if tone == "good" else "ink")
    side = min(u(44), rect.height() - u(12))
    icon_rect = QRectF(rect.x() + u(32), rect.center().y() - side / 2, side, side)
    words = QRectF(icon_rect.right() + u(22), rect.y(), rect.right() - icon_rect.right() - u(46), rect.height())
    laid = lay_out(theme, text, TextStyle("label", 600, leading=1.25), words.width(), words.height())
    if laid.step > 0:
        style = TextStyle("label", 600, lines=max(2, int(words.height() / theme.size("label") / 1.2)), leading=1.2)
        more = lay_out(theme, text, style, words.width(), words.height())
        laid = more if more.step < laid.step else laid
    border = drawn if theme.high_contrast else None
    return [
        Panel(rect, u(20), fill, border, theme.border if border is not None else 0.0),
        Drawing(theme, icon, icon_rect, drawn),
        WordsMark(laid, words, ink, LEFT),
    ]


def quiet_line(theme: Theme, rect: QRectF, line: Line, words: Words) -> list[Mark]:
    """The frame's quiet notice."""
    return notice_bar(theme, rect, words(line.text, **line.facts), line.icon, line.tone)


def trial_banner(theme: Theme, rect: QRectF, words: Words) -> list[Mark]:
    """Black, full width, on top of every screen: nobody takes a trial run for the real thing."""
    u = theme.u
    black, white = QColor("#1F1A17"), QColor("#FFFFFF")
    side = rect.height() - u(10)
    icon = QRectF(rect.x() + u(64), rect.y() + u(5), side, side)
    room = QRectF(icon.right() + u(16), rect.y(), rect.right() - icon.right() - u(80), rect.height())
    laid = lay_out(theme, words("banner.trial"), TextStyle("control", 600), room.width())
    marks: list[Mark] = [
        Panel(rect, 0, black),
        Drawing(theme, "warning", icon, white),
        WordsMark(laid, room, white, LEFT),
    ]
    if theme.high_contrast:
        y = rect.bottom() - u(1)
        marks.append(Rule(QPointF(rect.left(), y), QPointF(rect.right(), y), white, u(2)))
    return marks


def chip(theme: Theme, rect: QRectF, name: str, icon: str, more: tuple[str, ...] = ()) -> list[Mark]:
    """The chosen field as a pill, and beside it how many wait.

    Args:
        rect: The whole line; the pill is as wide as its words.
        more: How many wait and how long, longest words first; the first that fit are said.
    """
    u, colour = theme.u, theme.colour
    high = min(rect.height(), u(72))
    most = rect.width() * (0.6 if more else 1.0) - u(110)
    laid = lay_out(theme, name, TextStyle("label", 600), most)
    pill = QRectF(rect.x(), rect.center().y() - high / 2, laid.width + u(108), high)
    side = u(40)
    marks: list[Mark] = [
        Panel(pill, high / 2, colour("accent_tint"), colour("line") if theme.high_contrast else None, u(2)),
        Drawing(theme, icon, QRectF(pill.x() + u(22), pill.center().y() - side / 2, side, side), colour("accent")),
        WordsMark(laid, QRectF(pill.x() + u(80), pill.y(), laid.width + 1, high), colour("ink"), LEFT),
    ]
    x = pill.right() + u(24)
    room = QRectF(x + u(48), pill.y(), rect.right() - x - u(48), high)
    for words in more:
        said = lay_out(theme, words, TextStyle("label", 600, tabular=True), room.width())
        if said.step <= A_STEP:
            icon_rect = QRectF(x, pill.center().y() - u(18), u(36), u(36))
            marks.append(Drawing(theme, "people", icon_rect, colour("ink_soft")))
            marks.append(WordsMark(said, room, colour("ink_soft"), LEFT))
            break
    return marks
