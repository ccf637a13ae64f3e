"""The grid of the look: where the parts of a screen stand, in both orientations and within low reach.

The numbers are pixels of the reference panel; a larger panel gives its extra room to the answers,
so that top bar and bottom keys stay where hands expect them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF

MARGIN = 64.0
GUTTER = 24.0
KEY_GAP = 16.0
NOTICE = 92.0
"""Height of the quiet line's bar."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Places of one window, in pixels of the reference panel times ``scale``.

    Attributes:
        whole: The window.
        landscape: Wider than high.
        low_reach: Every key stands in the lower half.
        inform: The upper half of the low-reach layout, for reading; else None.
        question: From the top of the question to the top of the answers.
        answers: Where keys that answer stand; ends above notice, time line and bottom keys.
        notice: The quiet line, when there is one.
        time_left: The line that shortens.
        more_time: The key beside it, when offered.
        emergency: *Cấp cứu*, when it stands.
        bottom: The five places of the bottom keys.
    """

    scale: float
    whole: QRectF
    landscape: bool
    low_reach: bool
    banner: QRectF
    top_bar: QRectF
    steps: QRectF
    inform: QRectF | None
    question: QRectF
    answers: QRectF
    notice: QRectF | None
    time_left: QRectF
    more_time: QRectF | None
    emergency: QRectF | None
    bottom: QRectF

    def u(self, reference_px: float) -> float:
        """Pixels of the reference panel in pixels of this one."""
        return reference_px * self.scale

    def columns(self, area: QRectF, count: int, gap: float = GUTTER) -> list[QRectF]:
        """``area`` cut into ``count`` columns."""
        return self.split(area, [1.0] * count, gap, across=True)

    def rows(self, area: QRectF, count: int, gap: float = GUTTER) -> list[QRectF]:
        """``area`` cut into ``count`` rows of one height."""
        return self.split(area, [1.0] * count, gap)

    def cells(self, area: QRectF, count: int, columns: int, gap: float = GUTTER, most: float = 0.0) -> list[QRectF]:
        """``count`` cells, row by row; ``most`` bounds their height (reference pixels, 0 for no bound)."""
        lines = max(1, -(-count // columns))
        height = (area.height() - self.u(gap) * (lines - 1)) / lines
        if most:
            height = min(height, self.u(most))
        across = self.columns(area, columns, gap)
        return [
            QRectF(
                across[i % columns].x(), area.y() + (i // columns) * (height + self.u(gap)), across[0].width(), height
            )
            for i in range(count)
        ]

    def split(
        self, area: QRectF, shares: Sequence[float], gap: float = GUTTER, *, across: bool = False
    ) -> list[QRectF]:
        """``area`` cut into rows (or columns) whose sizes stand in the given proportion."""
        whole = area.width() if across else area.height()
        room = whole - self.u(gap) * (len(shares) - 1)
        at, parts = (area.x() if across else area.y()), []
        for share in shares:
            size = room * share / sum(shares)
            parts.append(
                QRectF(at, area.y(), size, area.height()) if across else QRectF(area.x(), at, area.width(), size)
            )
            at += size + self.u(gap)
        return parts


def make_grid(
    width: float,
    height: float,
    scale: float,
    *,
    low_reach: bool = False,
    emergency: bool = False,
    notice: bool = False,
    more_time: bool = False,
) -> Grid:
    """The grid of a window.

    Args:
        width: Of the window in pixels.
        height: Of the window in pixels.
        scale: Pixels here for one of the reference panel (`kiosk.ui.theme.scale_for`).
        emergency: Leave room for *Cấp cứu*.
        notice: Leave room for the quiet line.
        more_time: Leave room for *Thêm thời gian*.
    """
    w, h = width / scale, height / scale
    landscape = w > h
    places = _landscape(w, h, more_time) if landscape else _portrait(w, h, more_time)
    if low_reach and landscape:
        if notice:
            _leave_notice(places)
        _lower_across(places, w, h)
    elif low_reach:
        _lower_down(places, w, h, emergency=emergency, notice=notice)
    elif notice:
        _leave_notice(places)
    if emergency:
        _leave_emergency(places, w, landscape=landscape, low_reach=low_reach)
    places["banner"] = QRectF(0, 0, w, 44 if not landscape else 38)
    real = {
        name: QRectF(r.x() * scale, r.y() * scale, r.width() * scale, r.height() * scale) for name, r in places.items()
    }
    return Grid(
        scale=scale,
        whole=QRectF(0, 0, width, height),
        landscape=landscape,
        low_reach=low_reach,
        banner=real["banner"],
        top_bar=real["top_bar"],
        steps=real["steps"],
        inform=real.get("inform"),
        question=real["question"],
        answers=real["answers"],
        notice=real.get("notice"),
        time_left=real["time_left"],
        more_time=real.get("more_time"),
        emergency=real.get("emergency"),
        bottom=real["bottom"],
    )


def _leave_notice(places: dict[str, QRectF]) -> None:
    """The quiet line stands below the answers."""
    answers = places["answers"]
    places["notice"] = QRectF(answers.x(), answers.bottom() - NOTICE, answers.width(), NOTICE)
    places["answers"] = answers.adjusted(0, 0, 0, -NOTICE - 20)


def _lower_across(places: dict[str, QRectF], w: float, h: float) -> None:
    """A panel lying down is no higher than the lower half of one that stands: only its top third is left to reading."""
    places["inform"] = QRectF(MARGIN, 253, w - 2 * MARGIN, h * 0.36 - 253 - 16)
    places["answers"].setTop(h * 0.36)


def _lower_down(places: dict[str, QRectF], w: float, h: float, *, emergency: bool, notice: bool) -> None:
    """The question just above the keys of the lower half; above it what there is to read, the quiet line first."""
    top = h / 2 + (24 if emergency else 58)
    inform = QRectF(MARGIN, places["question"].y() - 8, w - 2 * MARGIN, 0)
    question = QRectF(MARGIN, top - 120, places["question"].width(), 100)
    inform.setBottom(question.y() - 44)
    if notice:
        places["notice"] = QRectF(MARGIN, inform.top(), inform.width(), NOTICE)
        inform.setTop(places["notice"].bottom() + GUTTER)
    places["answers"].setTop(top)
    places |= {"inform": inform, "question": question}


def _leave_emergency(places: dict[str, QRectF], w: float, *, landscape: bool, low_reach: bool) -> None:
    """*Cấp cứu* beside the question; within low reach it is the first of the keys."""
    question, answers = places["question"], places["answers"]
    if low_reach:
        places["emergency"] = QRectF(answers.x(), answers.y(), (answers.width() - GUTTER) / 2, 88)
        places["answers"] = answers.adjusted(0, 88 + KEY_GAP, 0, 0)
        return
    top, height = (question.y() + 1, 92) if landscape else (question.y() - 8, 110)
    places["emergency"] = QRectF(w - MARGIN - 326, top, 326, height)
    places["question"] = question.adjusted(0, 0, -326 - 16, 0)


def _portrait(w: float, h: float, more_time: bool) -> dict[str, QRectF]:
    inner = w - 2 * MARGIN
    places = {
        "top_bar": QRectF(MARGIN, 48, inner, 88),
        "steps": QRectF(MARGIN, 184, inner, 64),
        "question": QRectF(MARGIN, 296, inner, 164),
        "answers": QRectF(MARGIN, 460, inner, h - 264 - 460),
        "time_left": QRectF(MARGIN, h - 240, inner, 36),
        "bottom": QRectF(MARGIN, h - 178, inner, 132),
    }
    if more_time:
        places["more_time"] = QRectF(w - MARGIN - 387, h - 318, 387, 112)
        places["time_left"] = QRectF(MARGIN, h - 283, inner - 387 - GUTTER, 36)
        places["answers"].setBottom(h - 318 - GUTTER)
    return places


def _landscape(w: float, h: float, more_time: bool) -> dict[str, QRectF]:
    inner = w - 2 * MARGIN
    places = {
        "top_bar": QRectF(MARGIN, 40, inner, 88),
        "steps": QRectF(w - 1193, 52, 860, 64),
        "question": QRectF(MARGIN, 147, inner, 98),
        "answers": QRectF(MARGIN, 253, inner, h - 214 - 253),
        "time_left": QRectF(MARGIN, h - 193, inner, 36),
        "bottom": QRectF(MARGIN, h - 141, inner, 108),
    }
    if more_time:
        places["more_time"] = QRectF(w - MARGIN - 387, h - 257, 387, 100)
        places["time_left"] = QRectF(MARGIN, h - 225, inner - 387 - GUTTER, 36)
        places["answers"].setBottom(h - 257 - 20)
    return places
