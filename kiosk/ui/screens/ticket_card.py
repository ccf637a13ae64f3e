"""What tells on the screen of the number: the card, where the paper comes out, the code for a phone."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor

from config.locale import Words
from kiosk.flow.views import TicketBody
from kiosk.ui.screens.screen import Screen
from kiosk.ui.widgets.big_number import big_number
from kiosk.ui.widgets.faces import CENTRE, LEFT, TOP_LEFT
from kiosk.ui.widgets.marks import Panel, QrMark, TicketCard
from kiosk.ui.widgets.text import Laid

_CENTRE_TOP = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
_NUMBER_LEAST = 150.0
"""Height of the number's capitals that a card keeps, pixels of the reference panel."""

_ARROWS = {"below": "down", "left": "back", "right": "next"}


@dataclass(frozen=True)
class Fact:
    """Something about the wait.

    Attributes:
        label: Empty for a sentence that stands alone.
        line: The same as one line.
    """

    label: str
    value: str
    line: str


def ticket_facts(body: TicketBody, say: Words) -> list[Fact]:
    """What is known about the wait: people ahead and minutes, or from when a later number is called."""
    ticket, facts = body.ticket, []
    if ticket.not_before:
        at = say.clock(datetime.fromisoformat(ticket.not_before))
        facts.append(Fact(say("ticket.later_label"), at, say("ticket.later_line", time=at)))
    if ticket.people_ahead is not None:
        nobody = ticket.people_ahead == 0
        value = say("ticket.ahead_nobody") if nobody else say("ticket.ahead", n=ticket.people_ahead)
        line = say("ticket.ahead_nobody_line" if nobody else "ticket.ahead_line", n=ticket.people_ahead)
        facts.append(Fact(say("ticket.ahead_label"), value, line))
    if ticket.wait is not None and not ticket.not_before:
        span = say.minutes_range(ticket.wait.low, ticket.wait.high)
        short = ticket.wait.high <= 60  # the span then has an "about" or "under" of its own
        label = say("ticket.wait_short_label" if short else "ticket.wait_label")
        line = f"{label}: {span}" if short else say("ticket.wait_line", span=span)
        facts.append(Fact(label, span, line))
    if ticket.own_series and not facts:
        facts.append(Fact("", say("ticket.own_series"), say("ticket.own_series")))
    return facts or [Fact("", say("ticket.watch_board"), say("ticket.watch_board"))]


def ticket_place(body: TicketBody, say: Words) -> tuple[str, str]:
    """Where to wait: large and small. A counter is named large only when exactly one serves the field."""
    rest = " · ".join(part for part in (body.place, body.place_more) if part)
    if len(body.counters) == 1:
        return say("ticket.counter", counter=body.counters[0]), rest
    if body.counters:
        said = say("ticket.counters", counters=say.listed_or(tuple(str(n) for n in body.counters)))
        return body.place or said, " · ".join(p for p in (body.place_more, said if body.place else "") if p)
    return body.place, body.place_more


class TicketPainter(Screen):
    """The parts of the ticket's screen; `kiosk.ui.screens.ticket.TicketScreen` puts them in their places."""

    def card(self, rect: QRectF, body: TicketBody, head: str, *, foot: bool) -> list[Fact]:
        """The card: head, number, tear line, place and, with ``foot``, the wait; returns what had no room on it."""
        u = self.u
        facts = ticket_facts(body, self.say) if foot else []
        left_out: list[Fact] = []
        foot_high = u(170 if self.theme.large else 150) if facts else 0.0
        title, more = self._where(rect.width() - u(216), *ticket_place(body, self.say))
        head_high = u(64) if head else 0.0
        # The number gives way last: before it, the wait, then the line below the place.
        least = head_high + u(_NUMBER_LEAST + 68)
        if rect.height() - foot_high - self._where_high(title, more) < least:
            left_out, facts, foot_high = facts, [], 0.0
        if rect.height() - self._where_high(title, more) < least:
            more = None
        place_high = self._where_high(title, more)
        tear = rect.height() - foot_high - place_high
        self.add(TicketCard(self.theme, rect, tear, foot_high, max(1, len(facts))))
        if head:
            top = QRectF(rect.x() + u(40), rect.y() + u(26), rect.width() - u(80), head_high)
            said = self.lay(head, top.width(), "emphasis", weight=600)
            if said.step > 1 and body.service_name:
                said = self.lay(body.service_name, top.width(), "emphasis", weight=600)
            self.place(said, top, colour="ink_soft", align=CENTRE)
        box = QRectF(rect.x() + u(56), rect.y() + u(26) + head_high, rect.width() - u(112), 0)
        box.setBottom(rect.y() + tear - u(34))
        box.adjust(0, u(8), 0, 0)
        self.add(big_number(self.theme, body.ticket.number, box, self.theme.colour("accent")))
        if title is not None:
            self._place_where(QRectF(rect.x(), rect.y() + tear, rect.width(), place_high), title, more)
        if facts:
            self.facts(QRectF(rect.x(), rect.bottom() - foot_high, rect.width(), foot_high), facts)
        return left_out

    def _where(self, most: float, large: str, small: str) -> tuple[Laid | None, Laid | None]:
        """Place and the line below it, laid out; names too long for one line take two before they shrink."""
        if not large:
            return None, None
        title = self.lay(large, most, "figure", leading=1.25)
        if title.step > 1:
            title = self.lay(large, most, "figure", lines=2, leading=1.2)
        more = self.lay(small, most, "body", leading=1.3) if small else None
        if more is not None and more.step > 1:
            more = self.lay(small, most, "body", lines=2, leading=1.25)
        return title, more

    def _where_high(self, title: Laid | None, more: Laid | None) -> float:
        if title is None:
            return self.u(24)
        return title.height + (more.height + self.u(28) if more else self.u(40))

    def _place_where(self, rect: QRectF, title: Laid, more: Laid | None) -> None:
        u = self.u
        side = u(60)
        width = max(title.width, more.width if more else 0.0)
        x = rect.center().x() - (side + u(36) + width) / 2
        self.icon("place", QRectF(x, rect.center().y() - side / 2, side, side))
        high = title.height + (more.height if more else 0.0)
        top = rect.center().y() - high / 2
        x += side + u(36)
        self.place(title, QRectF(x, top, width + 1, title.height))
        if more:
            self.place(more, QRectF(x, top + title.height, width + 1, more.height), colour="ink_soft")

    def facts(self, rect: QRectF, facts: list[Fact]) -> None:
        """The wait, in columns."""
        for fact, column in zip(facts, self.grid.columns(rect, len(facts), 0), strict=True):
            inner = column.adjusted(self.u(12), 0, -self.u(12), 0)
            if not fact.label:
                self.words(fact.value, inner, "emphasis", align=CENTRE, weight=700)
                continue
            label = self.lay(fact.label, inner.width(), "label", leading=1.25)
            value = self.lay(fact.value, inner.width(), "figure", leading=1.2)
            top = inner.center().y() - (label.height + value.height) / 2
            place = QRectF(inner.x(), top, inner.width(), label.height)
            self.place(label, place, colour="ink_soft", align=_CENTRE_TOP)
            below = QRectF(inner.x(), top + label.height, inner.width(), value.height)
            self.place(value, below, align=_CENTRE_TOP)

    def slot(self, rect: QRectF, body: TicketBody) -> None:
        """Where the paper comes out of this machine, or whether it did."""
        if body.asks_paper:
            self.message(
                rect,
                "printer",
                self.say("ticket.asks"),
                self.say(f"ticket.asks_{body.paper_slot}"),
                tone="notice",
            )
            return
        soon = "soon" if body.ticket.paper in ("queued", "printing") else "slot"
        title = self.say(f"ticket.{soon}_{body.paper_slot}")
        self.message(rect, _ARROWS[body.paper_slot], title, self.say("ticket.slot_text"), tone="good")

    def alert(self, rect: QRectF, body: TicketBody) -> None:
        """No paper: the reassurance first."""
        say, ticket = self.say, body.ticket
        state = "told" if body.told else "called" if body.called else ticket.paper
        icon = "check" if body.told else "printer"
        title = say("no_paper.title", number=ticket.number)
        self.message(rect, icon, title, say(f"no_paper.{state}"), tone="notice", stripe=True)

    def message(
        self, rect: QRectF, icon: str, title: str, text: str, *, tone: str = "good", stripe: bool = False
    ) -> None:
        """A notice of two lines.

        Args:
            stripe: A stripe at the left, for what must not be missed.
        """
        u, colour = self.u, self.theme.colour
        if stripe and not self.theme.high_contrast:
            self.add(Panel(rect, u(24), colour("notice_edge")))
            self.panel(rect.adjusted(u(16), 0, 0, 0), f"{tone}_tint", 24)
        else:
            self.panel(rect, f"{tone}_tint", 24, border=tone if self.theme.high_contrast else "")
        side = min(u(76), rect.height() * 0.56)
        self.icon(icon, QRectF(rect.x() + u(46), rect.center().y() - side / 2, side, side), tone, tone)
        left = rect.x() + u(46) + side + u(36)
        room = QRectF(left, rect.y() + u(4), rect.right() - u(28) - left, rect.height() - u(8))
        large = self.lay(title, room.width(), "tile", leading=1.25)
        if large.step > 1:
            large = self.lay(title, room.width(), "tile", lines=2, leading=1.25)
        rest = room.height() - large.height
        small = self.lay(text, room.width(), "label", height=rest, lines=2, leading=1.25)
        if not small.fits or small.step > 1:
            # Large letters do without the help before they shrink.
            self.place(large, room, align=LEFT)
            return
        top = room.center().y() - (large.height + small.height) / 2
        self.place(large, QRectF(room.x(), top, room.width(), large.height))
        self.place(small, QRectF(room.x(), top + large.height, room.width(), small.height))

    def follow(self, rect: QRectF, body: TicketBody, *, save: bool) -> None:
        """The code that takes the number along; with ``save`` the number has no paper, and the wait stands here."""
        u = self.u
        room = QRectF(rect)
        if body.ticket.follow_url:
            side = min(rect.height(), rect.width() * 0.45)
            card = QRectF(rect.x(), rect.y(), side, side)
            inset = u(5)
            self.add(Panel(card, u(24), QColor("#FFFFFF")))
            self.add(QrMark(body.ticket.follow_url, card.adjusted(inset, inset, -inset, -inset)))
            self.add(Panel(card, u(24), None, self.theme.colour("line"), u(2)))
            room.setLeft(card.right() + u(40))
        elif not save:
            return
        if save:
            self._save(room, body)
            return
        title = self.lay(self.say("ticket.follow"), room.width(), "emphasis", weight=700)
        rest = rect.height() - title.height
        text = self.lay(self.say("ticket.follow_text"), room.width(), "label", height=rest, lines=2, leading=1.3)
        top = rect.center().y() - (title.height + text.height) / 2
        self.place(title, QRectF(room.x(), top, room.width(), title.height))
        below = QRectF(room.x(), top + title.height, room.width(), text.height)
        self.place(text, below, colour="ink_soft")

    def _save(self, room: QRectF, body: TicketBody) -> None:
        u = self.u
        facts = "\n".join(fact.line for fact in ticket_facts(body, self.say))
        known = self.lay(facts, room.width(), "label", lines=4, weight=600, leading=1.3)
        if not body.ticket.follow_url:
            self.panel(room, "accent_tint")
            self.place(known, room.adjusted(u(40), 0, -u(40), 0), align=LEFT)
            return
        title = self.lay(self.say("no_paper.save"), room.width(), "emphasis", lines=2, weight=700, leading=1.25)
        rest = room.height() - title.height - known.height - u(40)
        text = self.lay(
            self.say("no_paper.save_text"), room.width(), "label", height=max(rest, u(1)), lines=4, leading=1.3
        )
        said = text.fits and text.step <= 1
        block = title.height + known.height + u(36) + (text.height if said else 0.0)
        y = room.y() + max(0.0, (room.height() - block) / 2)
        self.place(title, QRectF(room.x(), y, room.width(), title.height))
        y += title.height + u(4)
        if said:
            self.place(text, QRectF(room.x(), y, room.width(), text.height), colour="ink_soft", align=TOP_LEFT)
            y += text.height
        y += u(16)
        self.rule(QPointF(room.x(), y), QPointF(room.right(), y))
        self.place(known, QRectF(room.x(), y + u(16), room.width(), known.height))
