"""06. A number typed without fear: groups, dots for what is done, the place at hand framed, one digit back."""

from PySide6.QtCore import QRectF

from kiosk.flow.events import Action, Press
from kiosk.flow.views import NumberBody
from kiosk.ui.screens.asking import AskingScreen
from kiosk.ui.widgets.faces import CENTRE, FigureFace, LabelFace
from kiosk.ui.widgets.marks import Panel

_DIGITS = "1234567890"
_CELL_GAP, _GROUP_GAP = 8.0, 24.0


class NumberScreen(AskingScreen):
    """Places, other kinds of number, the pad, and *Tiếp tục*."""

    def compose(self) -> None:
        """One below the other; across, the pad at the right; within low reach the places in the upper half."""
        body, grid, u = self.body(NumberBody), self.grid, self.u
        area = self.ask(self.say(f"number.title_{body.kind}"), self._help(body))
        if grid.landscape:
            self._across(body, area)
            return
        low = grid.low_reach and grid.inform is not None
        gap = u(14 if low else 26)
        top = area.y() + (0 if low else u(8))
        if low and grid.inform is not None:
            self._upper(body, grid.inform)
        else:
            cells = QRectF(area.x(), top, area.width(), u(132))
            self._cells(cells, body)
            top = cells.bottom() + gap
        if body.kinds:
            kinds = QRectF(area.x(), top, area.width(), u(84 if low else 116 if self.theme.large else 90))
            self._kinds(kinds, body)
            top = kinds.bottom() + gap
        end = QRectF(area.x(), 0, area.width(), u(96 if low else 140))
        end.moveBottom(area.bottom() - (0 if low else u(16)))
        if body.doubt and not low:
            doubt = QRectF(area.x(), end.top() - gap - u(100), area.width(), u(100))
            self._doubt(doubt, body)
            self._pad(QRectF(area.x(), top, area.width(), doubt.top() - gap - top), body)
        else:
            self._pad(QRectF(area.x(), top, area.width(), end.top() - gap - top), body)
        self._end(end, body)

    def _across(self, body: NumberBody, area: QRectF) -> None:
        grid, u = self.grid, self.u
        left, right = grid.split(area, [1, 1.05], 48, across=True)
        tight = area.height() < u(560)
        gap = u(16 if tight else 24)
        cells = QRectF(left.x(), left.y(), left.width(), u(110 if tight else 124))
        if grid.low_reach and grid.inform is not None:
            cells.moveTop(grid.inform.y())
        self._cells(cells, body)
        top = max(left.y(), cells.bottom() + gap)
        if body.doubt:
            doubt = QRectF(left.x(), top, left.width(), u(96 if tight else 120))
            self._doubt(doubt, body)
            top = doubt.bottom() + gap
        self._pad(right, body)
        end = QRectF(left.x(), 0, left.width(), u(100 if tight else 120))
        end.moveBottom(left.bottom())
        if body.kinds:
            high = min(u(116 if self.theme.large else 100), end.top() - gap - top)
            self._kinds(QRectF(left.x(), end.top() - gap - high, left.width(), high), body)
        self._end(end, body)

    def _upper(self, body: NumberBody, place: QRectF) -> None:
        """The upper half within low reach: what was typed, and what is still to come, for reading."""
        u = self.u
        self.panel(place, "accent_tint")
        inner = place.adjusted(u(40), u(28), -u(40), -u(28))
        high = min(u(132), inner.height() * 0.5)
        line = self.lay(self._help(body), inner.width(), "body", lines=2, weight=500)
        doubt = u(100) + u(20) if body.doubt else 0.0
        top = inner.center().y() - (high + u(24) + line.height + doubt) / 2
        self._cells(QRectF(inner.x(), top, inner.width(), high), body)
        self.place(line, QRectF(inner.x(), top + high + u(24), inner.width(), line.height))
        if body.doubt:
            self._doubt(QRectF(inner.x(), top + high + line.height + u(44), inner.width(), u(100)), body)

    def _help(self, body: NumberBody) -> str:
        left = body.total - body.entered
        form = "letters" if body.letters else "complete" if body.complete else "left"
        if body.kind == "bhyt_15" and form != "letters":
            form += "_characters"
        if body.on_behalf and form.startswith("left"):
            form = f"other_{form}"
        return self.say(f"number.{form}", total=body.total, n=left)

    def _cells(self, area: QRectF, body: NumberBody) -> None:
        """One place a character, in groups; the place at hand is framed."""
        u, colour = self.u, self.theme.colour
        count = sum(len(group) for group in body.cells)
        gap, between = u(_CELL_GAP), u(_GROUP_GAP)
        gaps = gap * (count - len(body.cells)) + between * (len(body.cells) - 1)
        width = min((area.width() - gaps) / max(1, count), u(90))
        role = "start" if width >= u(62) else "figure"
        x, index = area.x(), 0
        for group in body.cells:
            for character in group:
                cell = QRectF(x, area.y(), width, area.height())
                if index == body.entered:
                    self.add(Panel(cell, u(16), colour("card"), colour("accent"), u(6)))
                elif character:
                    self.add(Panel(cell, u(16), colour("card"), colour("edge"), u(3)))
                else:
                    self.add(Panel(cell, u(16), None, colour("line"), u(2)))
                self._character(cell, character, role)
                x += width + gap
                index += 1
            x += between - gap

    def _character(self, cell: QRectF, character: str, role: str) -> None:
        if character == "•":
            radius = self.u(11)
            middle = cell.center()
            dot = QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius)
            self.add(Panel(dot, radius, self.theme.colour("ink")))
        elif character:
            down = cell.translated(0, self.theme.size(role) * 0.029)
            laid = self.lay(character, cell.width(), role, weight=700, tabular=True)
            self.place(laid, down, align=CENTRE)

    def _kinds(self, area: QRectF, body: NumberBody) -> None:
        """Other kinds of number to switch to."""
        for kind, place in zip(body.kinds, self.grid.columns(area, len(body.kinds), 16), strict=True):
            wide = place.width() > self.u(440)
            role = "label" if wide and place.height() > self.theme.size("label") * 2.6 else "control"
            icon = "card" if wide else ""
            face = LabelFace(self.say(f"number.kind_{kind}"), icon, role, 600, icon_px=40, icon_accent=True, lines=2)
            self.key(Press(Action.PAD_KIND, kind), place, face)

    def _doubt(self, area: QRectF, body: NumberBody) -> None:
        self.notice(area, self.say(body.doubt), "help", "notice")

    def _pad(self, area: QRectF, body: NumberBody) -> None:
        """Digits as on a telephone, or the letters; show and delete in the last row."""
        u = self.u
        characters = body.letters or tuple(_DIGITS)
        # Where the room is low, two rows of large keys instead of four too low ones.
        digits = 3 if area.height() >= u(4 * 84 + 3 * 14) else 6
        columns = -(-(len(characters) + 2) // 4) if body.letters else digits
        lines = -(-(len(characters) + 2) // columns)
        gap = 24.0 if area.height() > u(600) and not body.letters else 14.0 if not self.grid.low_reach else 10.0
        places = self.grid.cells(area, lines * columns, columns, gap, 190)
        order: list[str | Action] = list(characters)
        if columns == 3:
            order = [*_DIGITS[:9], Action.PAD_SHOW, "0", Action.PAD_DELETE]
        else:
            order += [Action.PAD_SHOW, Action.PAD_DELETE]
        kind = "unavailable" if body.complete else "plain"
        role = self._figure_role(places[0])
        for what, place in zip(order, places, strict=False):
            if isinstance(what, Action):
                self._act(what, place, body, gap)
            else:
                self.key(Press(Action.PAD_KEY, what), place, FigureFace(what, role), kind=kind, gap=gap)

    def _figure_role(self, place: QRectF) -> str:
        """The largest figures that have their room on a key of this size."""
        room = place.height() - self.theme.lip
        roles = ("greeting", "start", "figure", "tile") if place.width() > self.u(200) else ("figure", "tile")
        return next((role for role in roles if self.theme.size(role) * 1.25 <= room), "emphasis")

    def _act(self, action: Action, place: QRectF, body: NumberBody, gap: float) -> None:
        narrow = place.width() < self.u(260)
        if action is Action.PAD_DELETE:
            words, icon = self.say("number.delete"), "erase"
        else:
            words, icon = self.say("number.hide" if body.shown else "number.show"), "hide" if body.shown else "show"
        if narrow:
            face = LabelFace(words, icon, "control", 600, above=True, icon_px=44)
        else:
            face = LabelFace(words, icon, "emphasis", 600, icon_px=48, lines=2)
        self.key(action, place, face, kind="plain" if body.entered else "unavailable", gap=gap)

    def _end(self, place: QRectF, body: NumberBody) -> None:
        """*Tiếp tục* says what is missing until it can be pressed; a doubted number asks instead."""
        if body.doubt:
            face = LabelFace(self.say("number.keep"), "check", "way", 700, icon_accent=True, icon_px=52, lines=2)
            self.key(Action.PAD_KEEP, place, face)
        elif body.complete:
            face = LabelFace(self.say("number.done"), role="way", arrow=True, icon_px=52)
            self.key(Action.PAD_DONE, place, face, kind="primary")
        else:
            missing = "number.missing_characters" if body.kind == "bhyt_15" else "number.missing"
            face = LabelFace(self.say(missing, total=body.total), role="way", weight=600)
            self.key(Action.PAD_DONE, place, face, kind="unavailable")
