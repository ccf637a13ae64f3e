"""The live picture of the scan screen: a mirror with a frame in it, and one hint at a time on a solid plate."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from kiosk.ui.theme import Theme
from kiosk.ui.widgets.board import Board
from kiosk.ui.widgets.faces import LEFT
from kiosk.ui.widgets.marks import Drawing, Mark, Panel, WordsMark
from kiosk.ui.widgets.text import TextStyle, lay_out

_DARK = QColor("#1F1A17")
_ROOM = QColor("#3A332D")
_WHITE = QColor("#FFFFFF")
_GOOD = QColor("#14572F")


def image_of(picture: object) -> QImage:
    """A camera's picture as a `QImage` with its own memory.

    Args:
        picture: A numpy array, ``height x width x 3`` in the order blue, green, red, or ``height x width`` in greys;
            or a `QImage`.

    Raises:
        ValueError: It is no picture.
    """
    if isinstance(picture, QImage):
        return picture
    import numpy as np  # only where a frame is shown: the first screen must not wait for it

    array = np.ascontiguousarray(picture)
    coloured = array.ndim == 3 and array.shape[2] == 3
    if array.dtype != np.uint8 or not (coloured or array.ndim == 2) or not array.size:
        raise ValueError(f"not a picture: {array.dtype} {array.shape}")
    kind = QImage.Format.Format_BGR888 if coloured else QImage.Format.Format_Grayscale8
    return QImage(array.data, array.shape[1], array.shape[0], array.strides[0], kind).copy()


class LivePicture(Board):
    """Shows frames mirrored, cut to its own shape; keeps only the last, and forgets it when told."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._theme: Theme | None = None
        self._image: QImage | None = None
        self._camera = True

    def display(self, theme: Theme, rect: QRectF, hint: str, *, read: bool, camera: bool) -> None:
        """Stand at ``rect`` and say ``hint``.

        Args:
            read: The card was read: the plate turns green, with a tick.
            camera: False shows a card held to the reader instead of a picture.
        """
        self._theme, self._camera = theme, camera
        if not camera:
            self._image = None
        self.setGeometry(rect.toAlignedRect())
        self.show_marks(self._plate(theme, hint, read=read))

    def show_frame(self, picture: object) -> None:
        """Show the next picture; see `image_of`."""
        if self._camera:
            self._image = image_of(picture)
            self.update()

    def forget(self) -> None:
        """Drop the last picture: it is never kept."""
        self._image = None
        self.update()

    @property
    def holds_picture(self) -> bool:
        """Whether a picture is held."""
        return self._image is not None

    def _plate(self, theme: Theme, hint: str, *, read: bool) -> list[Mark]:
        u, whole = theme.u, QRectF(self.rect())
        side, pad, gap = u(40), u(38), u(20)
        laid = lay_out(theme, hint, TextStyle("body", 600), whole.width() - u(64) - side - 2 * pad - gap)
        width, height = side + gap + laid.width + 2 * pad, max(u(80), laid.height + u(20))
        plate = QRectF(whole.center().x() - width / 2, u(28), width, height)
        icon = QRectF(plate.x() + pad, plate.center().y() - side / 2, side, side)
        words = QRectF(icon.right() + gap, plate.y(), laid.width + 1, height)
        border = _WHITE if theme.high_contrast else None
        return [
            Panel(plate, height / 2, _GOOD if read else _DARK, border, u(3)),
            Drawing(theme, "check" if read else "scan", icon, _WHITE),
            WordsMark(laid, words, _WHITE, LEFT),
        ]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture with its frame, or the card at the reader, and the hint above."""
        if self._theme is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._camera:
            self._paint_mirror(painter, self._theme)
        else:
            self._paint_reader(painter, self._theme)
        painter.end()
        super().paintEvent(event)

    def _paint_mirror(self, painter: QPainter, theme: Theme) -> None:
        u, whole = theme.u, QRectF(self.rect())
        shape = QPainterPath()
        shape.addRoundedRect(whole, u(24), u(24))
        painter.fillPath(shape, _ROOM)
        frame = whole.adjusted(u(90), u(140), -u(90), -u(56))
        if self._image is not None:
            painter.save()
            painter.setClipPath(shape)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.translate(whole.width(), 0)
            painter.scale(-1, 1)
            painter.drawImage(whole, self._image, _cover(self._image, whole))
            painter.restore()
            outside = QPainterPath(shape)
            outside.addRoundedRect(frame, u(30), u(30))
            veil = QColor(_DARK)
            veil.setAlphaF(0.42)
            painter.fillPath(outside, veil)
        else:
            side = min(u(200), frame.height() * 0.5)
            middle = frame.center()
            place = QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side)
            theme.icons.paint(painter, "camera", place, QColor("#B9AD9B"))
        _corners(painter, theme, frame)
        if theme.high_contrast:
            Panel(whole, u(24), None, _WHITE, u(3)).paint(painter)

    def _paint_reader(self, painter: QPainter, theme: Theme) -> None:
        """A card above the window of a reader, which shines on it."""
        u, whole = theme.u, QRectF(self.rect())
        border = theme.colour("line") if theme.high_contrast else None
        Panel(whole, u(24), theme.colour("accent_tint"), border, u(3)).paint(painter)
        room = whole.adjusted(u(40), u(136), -u(40), -u(36))
        reader_high = min(u(84), room.height() * 0.18)
        gap = min(u(110), room.height() * 0.2)
        high = min(room.height() - reader_high - gap, room.width() * 0.6 * 189 / 300)
        wide = high * 300 / 189
        x, top = room.center().x(), room.center().y() - (high + gap + reader_high) / 2
        card = QRectF(x - wide / 2, top, wide, high)
        reader = QRectF(x - wide * 0.36, card.bottom() + gap, wide * 0.72, reader_high)
        beam = QPainterPath(QPointF(reader.left() + u(50), reader.top()))
        beam.lineTo(card.left() + wide * 0.14, card.bottom())
        beam.lineTo(card.right() - wide * 0.14, card.bottom())
        beam.lineTo(reader.right() - u(50), reader.top())
        beam.closeSubpath()
        light = QColor(theme.colour("accent"))
        light.setAlphaF(0.16)
        painter.fillPath(beam, light)
        theme.icons.paint(painter, "art-card-back", card, theme.colour("ink_soft"), theme.colour("accent"))
        edge = theme.colour("line") if theme.high_contrast else None
        Panel(reader, u(22), _DARK, edge, u(3)).paint(painter)
        slit = QRectF(reader.x() + u(46), reader.y() + u(16), reader.width() - u(92), u(12))
        Panel(slit, u(6), theme.colour("accent" if theme.high_contrast else "motif")).paint(painter)


def _cover(image: QImage, place: QRectF) -> QRectF:
    """The middle part of ``image`` that has the proportions of ``place``."""
    wide, high = float(image.width()), float(image.height())
    part = min(wide / place.width(), high / place.height())
    width, height = place.width() * part, place.height() * part
    return QRectF((wide - width) / 2, (high - height) / 2, width, height)


def _corners(painter: QPainter, theme: Theme, frame: QRectF) -> None:
    u = theme.u
    radius, arm = u(30), min(u(120), frame.height() / 3)
    pen = QPen(_WHITE, u(11))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for across in (1, -1):
        for down in (1, -1):
            x = frame.left() if across > 0 else frame.right()
            y = frame.top() if down > 0 else frame.bottom()
            path = QPainterPath(QPointF(x, y + down * arm))
            path.lineTo(x, y + down * radius)
            path.quadTo(x, y, x + across * radius, y)
            path.lineTo(x + across * arm, y)
            painter.drawPath(path)
