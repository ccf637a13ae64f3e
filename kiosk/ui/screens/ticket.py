"""08, 09. The number: where to go, how long, where the paper comes out; without paper, how to keep the number."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF

from kiosk.flow.events import Action
from kiosk.flow.views import TicketBody
from kiosk.ui.screens.ticket_card import Fact, TicketPainter, ticket_facts
from kiosk.ui.widgets.faces import LEFT, LabelFace


@dataclass(frozen=True)
class _Block:
    """A part below the card: how high it is, and what paints it."""

    height: float
    paint: Callable[[QRectF], None]
    gap: float = 22.0


class TicketScreen(TicketPainter):
    """The card above, what to do with the paper below it, two keys at the end."""

    def compose(self) -> None:
        """Every part stands where there is room for it; the number gives way last."""
        body = self.body(TicketBody)
        if self.grid.landscape:
            self._across(body)
        else:
            self._down(body)

    # -- parts ----------------------------------------------------------------------------------------------------

    def _without_paper(self, body: TicketBody) -> bool:
        return body.ticket.paper in ("failed", "skipped") and not body.asks_paper

    def _head(self, body: TicketBody) -> str:
        words = self.say("ticket.keep_in_mind" if self._without_paper(body) else "ticket.yours")
        return f"{body.service_name}\u00a0\u00a0·\u00a0 {words}" if body.service_name else words

    def _added(self, body: TicketBody, left_out: Sequence[Fact] = ()) -> _Block | None:
        """What a document brought, or that it may still be shown, or what the card of the number had no room for."""
        if body.added:
            words, icon, tone = self.say(body.added), "check", "good"
        elif body.offers_card:
            words, icon, tone = self.say("ticket.offers_card"), "scan", "tint"
        elif body.ticket.own_series and ticket_facts(body, self.say)[0].label:
            words, icon, tone = self.say("ticket.own_series"), "ticket", "tint"
        elif left_out:
            words, icon, tone = left_out[0].line, "ticket" if body.ticket.own_series else "queue", "tint"
        else:
            return None
        high = self.u(96 if self.theme.large else 84)
        return _Block(high, lambda rect: self.notice(rect, words, icon, tone))

    def _blocks(self, body: TicketBody, left_out: Sequence[Fact] = ()) -> list[_Block]:
        """The parts between card and keys, the dearest first."""
        u, large = self.u, self.theme.large
        slot = _Block(u((200 if self.grid.landscape else 156) if large else 136), lambda rect: self.slot(rect, body))
        added = self._added(body, left_out)
        if body.asks_paper:
            return [slot]
        follow = _Block(u(216), lambda rect: self.follow(rect, body, save=False), 24)
        offered = [slot, added, follow if body.ticket.follow_url else None]
        return [block for block in offered if block is not None]

    def _keys(self, place: QRectF, body: TicketBody) -> None:
        say = self.say
        two = self.grid.columns(place, 2)
        if body.asks_paper:
            for action, words, icon, rect in (
                (Action.PAPER_NO, "ticket.paper_no", "close", two[0]),
                (Action.PAPER_YES, "ticket.paper_yes", "check", two[1]),
            ):
                self.key(action, rect, LabelFace(say(words), icon, icon_accent=True, lines=2))
            return
        bare = self._without_paper(body)
        done = LabelFace(say("no_paper.done" if bare else "ticket.done"), "check", lines=2)
        if bare and not body.called:
            face = LabelFace(say("no_paper.write"), "person", "label", 700, icon_px=42, lines=2)
            self.key(Action.WRITE_FOR_ME, two[0], face)
        elif not bare and body.another:
            role = "label" if self.grid.landscape else "emphasis"
            self.key(Action.ANOTHER_SERVICE, two[0], LabelFace(say("ticket.another"), "plus", role, 600, lines=2))
        else:
            two[1] = place
        self.key(Action.DONE, two[1], done, kind="primary")

    # -- places ---------------------------------------------------------------------------------------------------

    def _down(self, body: TicketBody) -> None:
        grid, u = self.grid, self.u
        top, bottom = grid.question.y() - u(8), grid.answers.bottom()
        if grid.low_reach:
            top = grid.inform.y() if grid.inform is not None else top
        head = self._head(body)
        if grid.emergency is not None and not grid.low_reach:
            self._beside_emergency(body)
            top, head = grid.emergency.bottom() + u(20), ""
        keys = QRectF(grid.answers.x(), bottom - u(136), grid.answers.width(), u(132))
        self._keys(keys, body)
        end = keys.top() - u(28)
        room = QRectF(grid.answers.x(), top, grid.answers.width(), end - top)
        if self._without_paper(body):
            self._down_without_paper(room, body, head)
            return
        chosen = self._that_fit(room, self._blocks(body))
        first = sum(block.height + u(block.gap) for block in chosen)
        card = QRectF(room.x(), top, room.width(), room.height() - first)
        y = card.bottom()
        if grid.low_reach and grid.emergency is not None:
            # *Cấp cứu* stands between what tells and what can be pressed.
            card.setBottom(grid.emergency.top() - u(20))
            y = grid.emergency.bottom()
        else:
            card.setHeight(min(card.height(), u(860)))
            y = card.bottom()
        self.card(card, body, head, foot=True)
        for block in chosen:
            y += u(block.gap)
            block.paint(QRectF(room.x(), y, room.width(), block.height))
            y += block.height

    def _that_fit(self, room: QRectF, blocks: list[_Block]) -> list[_Block]:
        """As many of the parts as leave the card its room."""
        u, grid = self.u, self.grid
        least = u(600 if self.theme.large else 540)
        left = room.height() - least
        if grid.low_reach and grid.emergency is not None:
            left = room.bottom() - grid.emergency.bottom()
        chosen = []
        for block in blocks:
            if block.height + u(block.gap) <= left:
                chosen.append(block)
                left -= block.height + u(block.gap)
        return chosen

    def _down_without_paper(self, room: QRectF, body: TicketBody, head: str) -> None:
        grid, u = self.grid, self.u
        alert = QRectF(room.x(), room.y(), room.width(), u(184 if self.theme.large else 164))
        self.alert(alert, body)
        high = u(340)
        start = alert.bottom() + u(24)
        if grid.low_reach and grid.emergency is not None:
            end = grid.emergency.top() - u(20)
            high = min(high, room.bottom() - grid.emergency.bottom() - u(20))
        else:
            high = min(high, room.bottom() - start - u(440) - u(28))
            end = room.bottom() - high - u(28)
        card = QRectF(room.x(), start, room.width(), min(end - start, u(700)))
        self.card(card, body, head, foot=False)
        self.follow(QRectF(room.x(), room.bottom() - high, room.width(), high), body, save=True)

    def _beside_emergency(self, body: TicketBody) -> None:
        """The head of the card, at the left of *Cấp cứu*."""
        grid, u = self.grid, self.u
        place = grid.emergency
        if place is None:
            return
        room = QRectF(grid.question.x(), place.y(), place.left() - u(32) - grid.question.x(), place.height())
        words = self.say("ticket.keep_in_mind" if self._without_paper(body) else "ticket.yours")
        first, second = grid.rows(room, 2, 0)
        self.words(body.service_name, first, "emphasis", align=LEFT, weight=700)
        self.words(words, second, "label", colour="ink_soft", align=LEFT, weight=500)

    def _across(self, body: TicketBody) -> None:
        grid, u = self.grid, self.u
        area = QRectF(grid.answers.x(), grid.question.y() - u(4), grid.answers.width(), 0)
        area.setBottom(grid.answers.bottom())
        emergency = grid.emergency
        if emergency is not None and grid.low_reach:
            # *Cấp cứu* stands in the left half: the card goes to the right one, the rest above and below.
            side, card = grid.columns(area, 2)
            holes = [QRectF(side.x(), side.y(), side.width(), emergency.top() - u(20) - side.y())]
            side.setTop(emergency.bottom() + u(20))
        else:
            card, side = grid.split(area, [1.22, 1], 40, across=True)
            holes = []
            if emergency is not None:
                side.setTop(emergency.bottom() + u(20))
        left_out = self.card(card, body, self._head(body), foot=not self._without_paper(body))
        keys = QRectF(side.x(), side.bottom() - u(130), side.width(), u(126))
        self._keys(keys, body)
        holes.append(QRectF(side.x(), side.y(), side.width(), keys.top() - u(24) - side.y()))
        self._fill(holes, self._blocks_across(body, left_out))

    def _blocks_across(self, body: TicketBody, left_out: Sequence[Fact]) -> list[_Block]:
        if not self._without_paper(body):
            return self._blocks(body, left_out)
        u = self.u
        alert = _Block(u(220 if self.theme.large else 164), lambda rect: self.alert(rect, body))
        follow = _Block(0, lambda rect: self.follow(rect, body, save=True))
        return [alert, follow]

    def _fill(self, holes: list[QRectF], blocks: list[_Block]) -> None:
        """Paint the parts into the free places, the first that has room; a part without a height takes what is left."""
        u = self.u
        for block in blocks:
            for hole in holes:
                height = block.height or min(hole.height(), u(330))
                if height <= hole.height() + 1 and height >= u(80):
                    block.paint(QRectF(hole.x(), hole.y(), hole.width(), height))
                    hole.setTop(hole.y() + height + u(24))
                    break
