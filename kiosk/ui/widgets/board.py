"""A widget that paints marks."""

from collections.abc import Iterable

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kiosk.ui.widgets.marks import Mark, WordsMark


class Board(QWidget):
    """Paints a list of marks, in order. Marks are in the board's own coordinates."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marks: list[Mark] = []

    def show_marks(self, marks: Iterable[Mark]) -> None:
        """Replace what is painted."""
        self._marks = list(marks)
        self.update()

    def add(self, *marks: Mark) -> None:
        """Paint these too, above the others."""
        self._marks.extend(marks)

    def words_shown(self) -> list[WordsMark]:
        """The words painted here, for tests: what is said, and that nothing is clipped."""
        return [mark for mark in self._marks if isinstance(mark, WordsMark)]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint all marks."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRegion(event.region())
        for mark in self._marks:
            mark.paint(painter)
        painter.end()
