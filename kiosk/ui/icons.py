"""Drawings: SVG files whose ``currentColor`` and fixed accent are put in when they are painted."""

from importlib.resources.abc import Traversable

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

# The drawings of cards and faces and the drum are drawn in the ward's colours; other accents and themes replace them.
_FIXED = {"#8C1C1F": "accent", "#B4514A": "motif"}


class Icons:
    """Loads each drawing once a colour. Belongs to the application, lives on the GUI thread."""

    def __init__(self, folder: Traversable) -> None:
        self._folder = folder
        self._renderers: dict[tuple[str, str, str], QSvgRenderer] = {}
        self._images: dict[tuple[str, str, int], QImage] = {}

    def has(self, name: str) -> bool:
        """Whether there is a drawing called ``name``; offices name icons freely in their configuration."""
        return (self._folder / f"{name}.svg").is_file()

    def paint(self, painter: QPainter, name: str, rect: QRectF, colour: QColor, accent: QColor | None = None) -> None:
        """Paint the drawing into ``rect``, keeping its proportions.

        Args:
            colour: Stands in for ``currentColor``, and for the motif's own colour.
            accent: Stands in for the accent of a drawing in several colours.
        """
        renderer = self._renderer(name, colour, accent or colour)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        renderer.render(painter, rect)
        painter.restore()

    def image(self, name: str, side: int, colour: QColor) -> QImage:
        """The drawing as a square picture, kept: for the motif, whose thousand strokes would cost at each paint."""
        key = (name, colour.name(), side)
        if key not in self._images:
            picture = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            self.paint(painter, name, QRectF(0, 0, side, side), colour)
            painter.end()
            self._images = {key: picture}
        return self._images[key]

    def _renderer(self, name: str, colour: QColor, accent: QColor) -> QSvgRenderer:
        key = (name, colour.name(), accent.name())
        if key not in self._renderers:
            text = (self._folder / f"{name if self.has(name) else 'number'}.svg").read_text("utf-8")
            text = text.replace("currentColor", colour.name())
            for fixed, role in _FIXED.items():
                text = text.replace(fixed, (accent if role == "accent" else colour).name())
            renderer = QSvgRenderer(QByteArray(text.encode()))
            renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
            self._renderers[key] = renderer
        return self._renderers[key]
