"""The look in numbers: ``assets/tokens.toml`` read into typed values."""

import tomllib
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Literal

from kiosk.flow.views import Theme

Mode = Theme
"""A theme of the visit, as the painters see it: colours and sizes."""
Accent = Literal["ward", "hospital", "alternative"]


def assets() -> Traversable:
    """The folder of drawings and tokens, also inside a bundle."""
    return resources.files("kiosk.ui") / "assets"


@dataclass(frozen=True, slots=True)
class Role:
    """A size of type: em size in pixels of the reference panel, and its usual weight."""

    px: float
    weight: int


@dataclass(frozen=True, slots=True)
class Tokens:
    """What the painters need of the tokens file; sizes are pixels of the reference panel.

    Attributes:
        density: Pixels a millimetre of the reference panel.
        palettes: Colours by theme (``light``, ``high_contrast``).
        accents: Accent colours by office.
        text_scale: How much each kind of text grows in the large-text theme.
    """

    density: float
    families: tuple[str, ...]
    cap_height: float
    tracking: dict[str, float]
    leading: dict[str, float]
    roles: dict[str, Role]
    palettes: dict[str, dict[str, str]]
    accents: dict[str, dict[str, str]]
    text_scale: dict[str, float]


def read_tokens(folder: Traversable | None = None) -> Tokens:
    """Read ``tokens.toml`` from ``folder`` (the program's own assets by default)."""
    with ((folder or assets()) / "tokens.toml").open("rb") as file:
        raw = tomllib.load(file)
    themes, large = raw["theme"], raw["theme"]["large_text"]
    light = _colours(themes["light"])
    return Tokens(
        density=float(raw["panel"]["density_px_per_mm"]),
        families=(raw["font"]["family"], *raw["font"]["fallback"]),
        cap_height=float(raw["font"]["cap_height_em"]),
        tracking={k: float(v) for k, v in raw["font"]["tracking_em"].items()},
        leading={k: float(v) for k, v in raw["font"]["line_height"].items()},
        roles={name: Role(float(r["px"]), int(r["weight"])) for name, r in raw["type"].items()},
        palettes={
            "light": light,
            "high_contrast": _colours(themes["high_contrast"]),
            "large_text": light | _colours(large),
        },
        accents={name: _colours(a) for name, a in raw["accent"].items()},
        text_scale={k: float(v) for k, v in large["scale"].items()},
    )


def _colours(table: dict[str, object]) -> dict[str, str]:
    return {k: v for k, v in table.items() if isinstance(v, str) and v.startswith("#")}
