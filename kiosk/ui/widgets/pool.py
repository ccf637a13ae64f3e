"""Keys kept by name, so that a finger that is down on one stays down when the view changes around it."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, SignalInstance
from PySide6.QtWidgets import QWidget

from kiosk.flow.events import Press
from kiosk.ui.theme import Theme
from kiosk.ui.widgets.faces import Face
from kiosk.ui.widgets.key import Key, key_name


class KeyPool:
    """The keys of one parent: ``begin()``, ``put()`` each, ``end()`` lets go of those not put again.

    Args:
        chosen: Takes what `Key.chosen` emits; a method or signal of a QObject, so that Qt parts them at the end.
        ringed: Takes what `Key.ringed` emits.
    """

    def __init__(
        self,
        parent: QWidget,
        chosen: Callable[[Press, QPointF], None] | SignalInstance,
        ringed: Callable[[Key, bool], None] | SignalInstance,
    ) -> None:
        self._parent = parent
        self._chosen = chosen
        self._ringed = ringed
        self._keys: dict[str, Key] = {}
        self._used: set[str] = set()

    def begin(self) -> None:
        """A new composition starts."""
        self._used.clear()

    def put(
        self,
        press: Press,
        face: Face,
        theme: Theme,
        rect: QRectF,
        *,
        kind: str = "plain",
        gap: float = 16.0,
        name: str = "",
    ) -> Key:
        """Show a key; see `kiosk.ui.widgets.key.Key.display`.

        Args:
            name: Of a key whose press changes while it stays itself (a letter of the search); else the press names it.
        """
        name = name or key_name(press)
        key = self._keys.get(name)
        if key is None:
            key = Key(self._parent)
            key.chosen.connect(self._chosen)
            key.ringed.connect(self._ringed)
            self._keys[name] = key
        self._used.add(name)
        key.display(press, face, theme, rect, kind=kind, gap=gap)
        key.setObjectName(name)
        if key.isHidden():
            key.show()
        return key

    def end(self) -> None:
        """Let go of the keys that were not put."""
        for name in [n for n in self._keys if n not in self._used]:
            key = self._keys.pop(name)
            key.hide()
            key.deleteLater()
