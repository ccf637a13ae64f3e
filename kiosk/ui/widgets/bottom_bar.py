"""The bottom keys, always in the same five places: two left, then *Chữ to*, *Trợ giúp* and the language."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF

from config.locale import Words
from kiosk.flow.events import Action, Press
from kiosk.flow.views import FrameView, KeyView
from kiosk.ui.grid import KEY_GAP, Grid
from kiosk.ui.widgets.faces import LabelFace

ICONS = {
    Action.BACK: "back",
    Action.START_OVER: "restart",
    Action.REPRINT: "printer",
    Action.CLOSE: "close",
    Action.DONE: "check",
    Action.CALL_STAFF: "person",
    Action.WRITE_FOR_ME: "person",
    Action.ANOTHER_SERVICE: "plus",
    Action.MORE_TIME: "plus",
    Action.HELP: "help",
    Action.FIND: "help",
    Action.WAY_TYPE: "keypad",
    Action.WAY_CARD: "scan",
    Action.WAY_NONE: "ticket",
    Action.PAPER_YES: "check",
    Action.CONFIRM: "check",
}
"""The drawing of an act, where the view names none."""


@dataclass(frozen=True)
class Placed:
    """A key and its place."""

    press: Press
    rect: QRectF
    face: LabelFace
    kind: str = "plain"


def bottom_keys(grid: Grid, frame: FrameView, words: Words, *, spread: bool) -> list[Placed]:
    """The keys of the bottom bar.

    Args:
        spread: The three right keys over the full width: on the welcome screen, where no visit has begun.
    """
    right = [
        (Press(Action.EASE), "ease", words("bottom.ease")),
        (Press(Action.HELP), "help", words("bottom.help")),
        *((Press(Action.LANGUAGE, lang), "globe", words(f"bottom.{lang}")) for lang in frame.other_languages[:1]),
    ]
    alone = spread and not frame.left
    places = grid.columns(grid.bottom, len(right), KEY_GAP) if alone else _five(grid)[2:]
    placed = [
        _placed(grid, press, icon, label, rect) for (press, icon, label), rect in zip(right, places, strict=False)
    ]
    return _left(grid, frame.left, words) + placed


def _five(grid: Grid) -> list[QRectF]:
    bar, gap = grid.bottom, grid.u(KEY_GAP)
    share = 173 / 952 if not grid.landscape else 318 / 1792
    width = bar.width() * share
    left = [bar.x(), bar.x() + width + gap]
    right = [bar.right() - width * (3 - i) - gap * (2 - i) for i in range(3)]
    return [QRectF(x, bar.y(), width, bar.height()) for x in (*left, *right)]


def _left(grid: Grid, views: tuple[KeyView, ...], words: Words) -> list[Placed]:
    first, second = _five(grid)[:2]
    if len(views) == 1 and views[0].action not in (Action.BACK, Action.START_OVER):
        view = views[0]
        face = LabelFace(
            words(view.label, **view.facts), view.icon or ICONS.get(view.action, ""), "label", 600, icon_px=44
        )
        both = first.united(second)
        return [Placed(Press(view.action, view.value), both, face, "unavailable" if view.why else "plain")]
    placed = []
    for index, view in enumerate(views[:2]):
        rect = second if view.action == Action.START_OVER else (first, second)[index]
        label = words(view.label, **view.facts)
        placed.append(
            _placed(grid, Press(view.action, view.value), view.icon or ICONS.get(view.action, ""), label, rect)
        )
    return placed


def _placed(grid: Grid, press: Press, icon: str, label: str, rect: QRectF) -> Placed:
    role = "control" if not grid.landscape else "waiting"
    return Placed(press, rect, LabelFace(label, icon, role, 600, above=not grid.landscape))
