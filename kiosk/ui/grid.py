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
    answers, question, inform = places["answers"], places["question"], None
    if notice and not (low_reach and not landscape):
        places["notice"] = QRectF(answers.x(), answers.bottom() - NOTICE, answers.width(), NOTICE)
        answers = answers.adjusted(0, 0, 0, -NOTICE - 20)
    if low_reach and landscape:
        # A panel lying down is no higher than the lower half of one that stands: only its top third is left to reading.
        inform = QRectF(MARGIN, 253, w - 2 * MARGIN, h * 0.36 - 253 - 16)
        answers.setTop(h * 0.36)
    elif low_reach:
        top = h / 2 + (24 if emergency else 58)
        inform = QRectF(MARGIN, question.y() - 8, w - 2 * MARGIN, 0)
        question = QRectF(MARGIN, top - 120, question.width(), 100)
        inform.setBottom(question.y() - 44)
        if notice:
            places["notice"] = QRectF(MARGIN, inform.top(), inform.width(), NOTICE)
            inform.setTop(places["notice"].bottom() + GUTTER)
        answers.setTop(top)
    if emergency:
        places["emergency"] = _emergency(w, question, answers, landscape, low_reach)
        if low_reach:
            answers = answers.adjusted(0, 88 + KEY_GAP, 0, 0)
        else:
            question = question.adjusted(0, 0, -places["emergency"].width() - 16, 0)

    def real(rect: QRectF) -> QRectF:
        return QRectF(rect.x() * scale, rect.y() * scale, rect.width() * scale, rect.height() * scale)

    def maybe(name: str) -> QRectF | None:
        return real(places[name]) if name in places else None

    return Grid(
        scale=scale,
        whole=QRectF(0, 0, width, height),
        landscape=landscape,
        low_reach=low_reach,
        banner=real(QRectF(0, 0, w, 44 if not landscape else 38)),
        top_bar=real(places["top_bar"]),
        steps=real(places["steps"]),
        inform=real(inform) if inform is not None else None,
        question=real(question),
        answers=real(answers),
        notice=maybe("notice"),
        time_left=real(places["time_left"]),
        more_time=maybe("more_time"),
        emergency=maybe("emergency"),
        bottom=real(places["bottom"]),
    )


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


def _emergency(w: float, question: QRectF, answers: QRectF, landscape: bool, low_reach: bool) -> QRectF:
    if low_reach:
        return QRectF(answers.x(), answers.y(), (answers.width() - GUTTER) / 2, 88)
    if landscape:
        return QRectF(w - MARGIN - 326, question.y() + 1, 326, 92)
    return QRectF(w - MARGIN - 326, question.y() - 8, 326, 110)
