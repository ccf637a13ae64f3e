"""The ticket: which blocks it has, in which sizes, and what gives way when the paper would grow too long."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kiosk.printing.blocks import Band, Beside, Block, Code, Lines, Row, Rows, Rule, Stacked, Ticked, big_number, stack
from kiosk.printing.fonts import BOLD, MEDIUM, SEMI_BOLD
from kiosk.printing.qr import qr_modules
from kiosk.printing.slip import TicketSlip
from kiosk.printing.typeset import Typesetter
from kiosk.printing.widths import is_wide

MOST_DOTS = 720
"""The longest ticket without a list of papers: 90 mm."""

FOOT_DOTS = 8
"""White below the last line: room for its descenders."""

QR_DOTS, LEAST_QR_DOTS, QR_QUIET = 6, 3, 24
"""Dots a module, usual and for a long address, and dots of white around the code."""


@dataclass(frozen=True, slots=True)
class Form:
    """Sizes of one paper width, in dots. Lists of sizes step down until the words fit.

    Attributes:
        facts_beside_code: On wide paper the facts stand beside the QR code, on narrow paper above it.
        beside_code: Dots that the words beside the code need.
        lines: Most lines of the field and of where to go.
        unit_lines: Most lines of each line of the office's name.
        keep: Whether the paper says that it should be kept.
        gap: Every space between blocks is multiplied by it.
    """

    width: int
    margin: int
    edge: int
    number_px: int
    line1: Sequence[int]
    line2: Sequence[int]
    service: Sequence[int]
    place: Sequence[int]
    more: Sequence[int]
    facts: Sequence[int]
    facts_beside_code: bool
    beside_code: int
    lines: int = 2
    unit_lines: int = 2
    keep: bool = True
    gap: float = 1.0

    @property
    def column(self) -> int:
        """Dots between the margins."""
        return self.width - 2 * self.margin

    @property
    def middle(self) -> int:
        """The middle of the page."""
        return self.width // 2


WIDE = Form(
    width=576,
    margin=24,
    edge=12,
    number_px=204,
    line1=(27, 26, 25),
    line2=(32, 30, 28, 26),
    service=(44, 42, 40, 38, 36, 34, 32, 30),
    place=(50, 46, 42, 38, 36, 34, 32),
    more=(30, 28, 26),
    facts=(28, 27, 26, 25),
    facts_beside_code=True,
    beside_code=292,
)
NARROW = Form(
    width=384,
    margin=16,
    edge=10,
    number_px=150,
    line1=(26, 25),
    line2=(30, 28, 26, 25),
    service=(38, 36, 34, 32, 30, 28),
    place=(40, 38, 36, 34, 32, 30, 28),
    more=(28, 26, 25),
    facts=(27, 26, 25),
    facts_beside_code=False,
    beside_code=136,
)


def ticket_block(typesetter: Typesetter, slip: TicketSlip, width: int) -> Stacked:
    """The whole ticket on paper of ``width`` dots, at most `MOST_DOTS` high on wide paper without papers."""
    form = replace(WIDE if is_wide(width) else NARROW, width=width)
    code = _code(slip.follow_url, form) if slip.follow_url else None
    if not (slip.service or slip.facts or slip.missed):
        return _TicketPage(typesetter, slip, form, code).number_only()
    page = stack(())
    for tighter in _tighter(form):
        page = _TicketPage(typesetter, slip, tighter, code).whole()
        if page.height <= MOST_DOTS or not form.facts_beside_code:
            break
    return stack([(0, page), *_TicketPage(typesetter, slip, form, code).papers()])


def _code(address: str, form: Form) -> Code:
    """The code with modules of `QR_DOTS`, smaller only where a long address would leave no room for words."""
    modules = qr_modules(address)
    room = form.column - QR_QUIET - form.beside_code
    return Code(modules, max(LEAST_QR_DOTS, min(QR_DOTS, room // len(modules))), form.margin)


def _tighter(form: Form) -> Sequence[Form]:
    """What gives way, in this order: white, large names, the number's height, the second closing line, long names."""
    small = replace(form, gap=0.55, service=form.service[3:], place=form.place[2:], more=form.more[1:])
    lower = replace(small, number_px=160)
    short = replace(lower, keep=False, unit_lines=1, number_px=140, place=form.place[4:])
    return (
        form,
        replace(form, gap=0.55),
        small,
        lower,
        replace(lower, keep=False),
        short,
        replace(short, lines=1, gap=0.3, number_px=120),
    )


class _TicketPage:
    """Makes the blocks of one slip in one form."""

    def __init__(self, typesetter: Typesetter, slip: TicketSlip, form: Form, code: Code | None) -> None:
        self._type = typesetter
        self._code = code
        self._slip = slip
        self._form = form

    def whole(self) -> Stacked:
        """Everything but the list of papers."""
        parts = [*self._head(), *self._number(), *self._field_and_place(), *self._facts(), *self._closing()]
        return stack([*parts, (FOOT_DOTS, stack(()))])

    def number_only(self) -> Stacked:
        """Office, number, mark."""
        return stack([*self._head(), *self._number(), (24, stack(()))])

    def papers(self) -> list[tuple[int, Block]]:
        """What the chosen procedure needs, with boxes to tick."""
        slip, form = self._slip, self._form
        if not slip.papers:
            return []
        title = self._type.fit(slip.papers_title, BOLD, (30, 28, 26), form.column, 2)
        parts: list[tuple[int, Block]] = [
            (14, Rule(form.margin, form.width - form.margin, dash=8)),
            (12, Lines(self._type.fonts, title, form.margin, centred=False)),
        ]
        if slip.procedure:
            name = self._type.wrap(slip.procedure, MEDIUM, 26, form.column)
            parts.append((0, Lines(self._type.fonts, name, form.margin, centred=False)))
        indent = form.margin + 32
        for paper in slip.papers:
            setting = self._type.wrap(paper, MEDIUM, 26, form.width - form.margin - indent)
            parts.append((6, Ticked(Lines(self._type.fonts, setting, indent, centred=False), form.margin)))
        return [*parts, (16, stack(()))]

    def _head(self) -> list[tuple[int, Block]]:
        slip, form = self._slip, self._form
        parts: list[tuple[int, Block]] = []
        if slip.mark:
            mark = self._type.fit(slip.mark, BOLD, (26,), form.column)
            parts.append((0, Band(self._type.fonts, mark, form.margin, form.width - form.margin, 2, 8)))
        parts += self._centred(slip.line1, MEDIUM, form.line1, form.unit_lines, self._gap(4))
        return parts + self._centred(slip.line2, BOLD, form.line2, form.unit_lines, 0)

    def _number(self) -> list[tuple[int, Block]]:
        form = self._form
        return [(self._gap(14), big_number(self._type, self._slip.number, form.number_px, form.width, form.edge))]

    def _field_and_place(self) -> list[tuple[int, Block]]:
        slip, form = self._slip, self._form
        parts = self._centred(slip.service, BOLD, form.service, form.lines, self._gap(14))
        if slip.place:
            room = form.column - 2 * form.edge
            place = self._type.fit(slip.place, BOLD, form.place, room, form.lines)
            band = Band(self._type.fonts, place, form.margin, form.width - form.margin, self._gap(8), 12)
            parts.append((self._gap(8), band))
        return parts + self._centred(slip.place_more, SEMI_BOLD, form.more, form.lines, self._gap(10))

    def _facts(self) -> list[tuple[int, Block]]:
        """Facts beside the code, or above it on narrow paper."""
        slip, form = self._slip, self._form
        code = self._code
        if code is None:
            return self._spaced(self._rows(slip.notes, form.margin), 16)
        beside = form.margin + code.height + QR_QUIET
        if form.facts_beside_code:
            return self._facts_beside(code, beside)
        follow = self._type.fit(slip.follow, SEMI_BOLD, (28, 26, 25), form.width - form.margin - beside, 4)
        caption = Lines(self._type.fonts, follow, beside, centred=False)
        return [
            *self._spaced(self._rows(slip.notes, form.margin), 16),
            (QR_QUIET, Beside(code, caption)),
            (8, stack(())),
        ]

    def _facts_beside(self, code: Code, left: int) -> list[tuple[int, Block]]:
        """Notes and facts beside the code; notes above both where the column would grow much higher than the code."""
        slip = self._slip
        rows, above = self._rows(slip.notes, left, code.height, slip.follow), []
        if slip.notes and rows.height * 4 > code.height * 5:
            rows = self._rows((), left, code.height, slip.follow)
            for note in slip.notes:
                above += self._centred(note, BOLD, self._form.facts, 2, self._gap(8))
        return [*above, (self._gap(16), Beside(code, rows))]

    def _closing(self) -> list[tuple[int, Block]]:
        """What to do after a missed call; below, on one line where it fits, to keep the paper."""
        slip, form = self._slip, self._form
        sizes = (27, 26, 25)
        parts = self._centred(slip.missed, MEDIUM, sizes, 2, self._gap(14))
        if not form.keep:
            return parts
        joined = _DOT.join(slip.keep)
        on_one_line = self._type.width(joined, SEMI_BOLD, sizes[-1]) <= form.width - 2 * form.edge
        for sentence in (joined,) if on_one_line else slip.keep:
            parts += self._centred(sentence, SEMI_BOLD, sizes, 2, 0)
        return parts

    def _rows(self, notes: tuple[str, ...], left: int, beside: int = 0, caption: str = "") -> Rows:
        """Notes, facts and, below a line, the caption; spread over ``beside`` dots when they are fewer."""
        form = self._form
        room = form.width - form.margin - left
        px = self._facts_px(room)
        rows = [Row(line, strong=True) for note in notes for line in self._lines(note, BOLD, px, room)]
        for label, parts in self._slip.facts:
            rows += self._fact(label, parts, px, room)
        ruled = len(rows) if caption else -1
        rows += [Row(line, strong=True) for line in self._lines(caption, BOLD, px, room)]
        height = max(len(rows) * round(px * 1.36), min(beside, len(rows) * 46))
        return Rows(self._type.fonts, tuple(rows), px, left, form.width - form.margin, height, MEDIUM, ruled)

    def _facts_px(self, room: int) -> int:
        """The largest size with every fact on one line, else with every label beside the first part of its value."""
        for most_parts in (None, 1):
            for px in self._form.facts:
                if all(self._fits(label, _GAP.join(parts[:most_parts]), px, room) for label, parts in self._slip.facts):
                    return px
        return self._form.facts[-1]

    def _fact(self, label: str, parts: tuple[str, ...], px: int, room: int) -> list[Row]:
        """One row; or the later parts of the value below; or the label above its value."""
        if self._fits(label, _GAP.join(parts), px, room):
            return [Row(label, _GAP.join(parts))]
        if self._fits(label, parts[0], px, room):
            return [Row(label, parts[0]), *(Row("", part) for part in parts[1:])]
        return [*(Row(line) for line in self._lines(label, MEDIUM, px, room)), Row("", _GAP.join(parts))]

    def _fits(self, label: str, value: str, px: int, room: int) -> bool:
        return self._type.width(label, MEDIUM, px) + _LEAST_SPACE + self._type.width(value, BOLD, px) <= room

    def _lines(self, text: str, weight: int, px: int, room: int) -> tuple[str, ...]:
        return self._type.fit(text, weight, (px,), room, 3).lines if text else ()

    def _centred(self, text: str, weight: int, sizes: Sequence[int], lines: int, gap: int) -> list[tuple[int, Block]]:
        if not text:
            return []
        setting = self._type.fit(text, weight, sizes, self._form.width - 2 * self._form.edge, lines)
        return [(gap, Lines(self._type.fonts, setting, self._form.middle))]

    def _spaced(self, rows: Rows, gap: int) -> list[tuple[int, Block]]:
        return [(self._gap(gap), rows)] if rows.rows else []

    def _gap(self, dots: int) -> int:
        return round(dots * self._form.gap)


_LEAST_SPACE = 10
"""Dots between a label and its value."""

_GAP = "  "
"""Between the clock and the date."""

_DOT = " · "
"""Between two sentences on one line."""
