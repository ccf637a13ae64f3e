"""A screen that says one thing and offers what comes next: endings, help, trouble."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF

from kiosk.ui.screens.screen import Screen
from kiosk.ui.widgets.big_number import big_number
from kiosk.ui.widgets.faces import LEFT
from kiosk.ui.widgets.text import Laid

_UNDER_TITLE = 20.0
_FORMS = (
    (168.0, False, 250.0),
    (132.0, False, 190.0),
    (132.0, True, 190.0),
    (96.0, True, 120.0),
    (0.0, False, 120.0),
    (96.0, True, 0.0),
    (0.0, False, 0.0),
)
"""Arrangements, the largest first: side of the drawing's plate, whether it stands beside the words, number's height."""


@dataclass(frozen=True)
class _Form:
    """A message as it will stand; sizes in pixels."""

    heading: Laid
    said: Laid
    plate: float
    beside: bool
    number: float
    height: float


class MessageScreen(Screen):
    """A drawing, the message, a number if there is one; keys in a block of their own."""

    def message(
        self, icon: str, title: str, text: str, keys: int, *, number: str = "", label: str = "", most: float = 150
    ) -> list[QRectF]:
        """Paint the message; returns places for so many keys.

        Args:
            number: A ticket number, shown large.
            label: What stands above the number.
            most: Height of a key, pixels of the reference panel.
        """
        grid, u = self.grid, self.u
        area = QRectF(grid.answers.x(), grid.question.y(), grid.answers.width(), 0)
        area.setBottom(grid.answers.bottom())
        if grid.low_reach and grid.inform is not None:
            place = QRectF(grid.inform)
            if not grid.landscape:
                place.setBottom(grid.question.bottom() - u(20))
            else:
                place.setTop(grid.question.y())
            self._tell(place, icon, title, text, number, label)
            columns = min(max(keys, 1), 2 if self.theme.large else 3) if grid.landscape else 1
            return grid.cells(grid.answers.adjusted(0, u(8), 0, 0), keys, columns, 20, most)
        if grid.landscape:
            area.setTop(grid.answers.y() if grid.emergency is not None else grid.question.y())
            if not keys:
                self._tell(area, icon, title, text, number, label)
                return []
            left, right = grid.split(area, [1.35, 1], 48, across=True)
            self._tell(left, icon, title, text, number, label)
            return self._bottom(right, keys, most)
        if grid.emergency is not None:
            area.setTop(grid.emergency.bottom() + u(24))
        places = self._bottom(area, keys, most)
        end = places[0].top() - u(40) if places else area.bottom()
        self._tell(QRectF(area.x(), area.y(), area.width(), end - area.y()), icon, title, text, number, label)
        return places

    def _bottom(self, area: QRectF, keys: int, most: float) -> list[QRectF]:
        """Places for the keys at the lower end of ``area``."""
        u = self.u
        gap = 24.0
        high = min(u(most), (area.height() - u(gap) * (keys - 1)) / max(1, keys)) * keys + u(gap) * max(0, keys - 1)
        if not keys:
            return []
        return self.grid.rows(QRectF(area.x(), area.bottom() - high - u(8), area.width(), high), keys, gap)

    def _tell(self, place: QRectF, icon: str, title: str, text: str, number: str, label: str) -> None:
        """The drawing on its plate, the title, the text, the number; as a block in the middle of ``place``."""
        u, grid = self.u, self.grid
        if number and place.height() < u(300):
            place, side = grid.split(place, [2.2, 1], 48, across=True)
            self._number(side, number, "")
            number = ""
        form = self._form(place, title, text, number)
        y = place.y() + max(0.0, (place.height() - form.height) * (0.5 if grid.landscape or form.beside else 0.42))
        plate = QRectF(place.x(), y, form.plate, form.plate)
        if form.plate:
            self.panel(plate, radius=36)
            inset = form.plate * 0.21
            self.icon(icon, plate.adjusted(inset, inset, -inset, -inset))
        left = place.x() + (form.plate + u(40) if form.beside else 0.0)
        room = QRectF(left, y, place.right() - left, 0)
        if form.plate and not form.beside:
            room.translate(0, form.plate + u(40))
        room.setHeight(form.heading.height)
        self.place(form.heading, QRectF(room))
        room.translate(0, form.heading.height + u(_UNDER_TITLE))
        room.setHeight(form.said.height)
        self.place(form.said, QRectF(room), colour="ink_soft")
        if form.number:
            below = QRectF(room.x(), room.bottom() + u(36), room.width(), form.number)
            self._number(below, number, label)

    def _form(self, place: QRectF, title: str, text: str, number: str) -> "_Form":
        """The largest arrangement that has its room: first the drawing gives way, then the number, then the letters."""
        u = self.u
        for plate, beside, number_high in _FORMS:
            width = place.width() - (u(plate + 40) if beside else 0.0)
            heading = self.lay(title, width, "question", lines=4, leading=1.25)
            said = self.lay(text, width, "emphasis", lines=5, weight=400, leading=1.35)
            high = u(number_high) if number else 0.0
            words = heading.height + u(_UNDER_TITLE) + said.height + (high + u(36) if high else 0.0)
            whole = max(words, u(plate)) if beside else words + (u(plate + 40) if plate else 0.0)
            if whole <= place.height() and max(heading.step, said.step) <= 1:
                return _Form(heading, said, u(plate), beside, high, whole)
        room = place.height() - u(_UNDER_TITLE)
        heading = self.lay(title, place.width(), "question", height=room * 0.5, lines=3, leading=1.22)
        said = self.lay(
            text, place.width(), "emphasis", height=room - heading.height, lines=5, weight=400, leading=1.25
        )
        return _Form(heading, said, 0.0, False, 0.0, heading.height + said.height + u(_UNDER_TITLE))

    def _number(self, rect: QRectF, number: str, label: str) -> None:
        u = self.u
        self.panel(rect, "card", 28, border="line")
        inner = rect.adjusted(u(40), u(24), -u(40), -u(24))
        if label:
            said = self.lay(label, inner.width() * 0.4, "label", lines=2, weight=500, leading=1.25)
            self.place(
                said, QRectF(inner.x(), inner.y(), said.width + 1, inner.height()), colour="ink_soft", align=LEFT
            )
            inner.setLeft(inner.x() + said.width + u(40))
        self.add(big_number(self.theme, number, inner, self.theme.colour("accent")))
