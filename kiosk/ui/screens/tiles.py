"""How a tile of a view becomes the face of a key; the same on every screen that shows fields."""

from config.locale import Words
from kiosk.flow.views import Tile
from kiosk.ui.widgets.tile_face import TileFace


def tile_face(say: Words, tile: Tile, *, brief: bool = False) -> TileFace:
    """The face of a tile.

    Args:
        brief: The short forms of the figure only.
    """
    waiting: tuple[str, ...] = ()
    if tile.waiting is not None:
        if tile.waiting == 0:
            waiting = (say("tile.nobody"), say("tile.nobody_short"), "0")
        else:
            waiting = (
                say("tile.waiting", n=tile.waiting),
                say("tile.waiting_short", n=tile.waiting),
                str(tile.waiting),
            )
        waiting = waiting[1:] if brief else waiting
    return TileFace(
        label=tile.name,
        icon=tile.icon,
        example=tile.example,
        place=tile.place,
        waiting=waiting,
        nobody=tile.waiting == 0,
        why=say(tile.why, **tile.why_facts) if tile.why else "",
    )


def tile_kind(tile: Tile) -> str:
    """How the key looks: a field at rest has no lip, but a touch on it explains."""
    return "resting" if tile.why else "plain"
