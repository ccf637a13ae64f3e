"""Where the letters come from: Inter, or Noto Sans when Inter is not installed."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from PIL import ImageFont, features

from models.errors import TechnicianError

REGULAR, MEDIUM, SEMI_BOLD, BOLD, EXTRA_BOLD = 400, 500, 600, 700, 800

WEIGHT_NAMES = MappingProxyType(
    {REGULAR: "Regular", MEDIUM: "Medium", SEMI_BOLD: "SemiBold", BOLD: "Bold", EXTRA_BOLD: "ExtraBold"}
)

FOLDERS = (
    Path(__file__).resolve().parent.parent / "ui" / "assets" / "fonts",  # what we ship with the bundle
    Path("/usr/share/fonts/opentype/inter"),  # Debian: fonts-inter
    Path("/usr/local/share/fonts"),
    Path("/usr/share/fonts/truetype/noto"),  # Debian: fonts-noto-core
)
"""Folders searched for fonts, in this order."""

FAMILIES = ("Inter", "NotoSans")


class FontsMissing(TechnicianError):
    """No font with Vietnamese letters is installed, so no ticket can be drawn."""


@dataclass(frozen=True, slots=True)
class Typeface:
    """One family and a file for each weight.

    Attributes:
        family: File name stem before the hyphen, ``Inter`` or ``NotoSans``.
        files: By weight, 400 to 800.
    """

    family: str
    files: MappingProxyType[int, Path]


def find_typeface(folders: Sequence[Path] = FOLDERS) -> Typeface:
    """The first family in ``folders`` with a regular and a bold file; Inter anywhere is taken before Noto Sans.

    A weight without a file of its own is set in the nearest one that has.

    Raises:
        FontsMissing: Neither is there; the message names the packages to install.
    """
    for family in FAMILIES:
        for folder in folders:
            found = {
                weight: path
                for weight, name in WEIGHT_NAMES.items()
                for path in (folder / f"{family}-{name}.otf", folder / f"{family}-{name}.ttf")
                if path.is_file()
            }
            if {REGULAR, BOLD} <= found.keys():
                nearest = {weight: min(found, key=lambda have: abs(have - weight)) for weight in WEIGHT_NAMES}
                return Typeface(family, MappingProxyType({weight: found[have] for weight, have in nearest.items()}))
    raise FontsMissing(
        "no font to print tickets with: install fonts-inter (or fonts-noto-core); looked in "
        + ", ".join(str(folder) for folder in folders)
    )


class Fonts:
    """Opened fonts of one typeface, kept by weight and size. For one thread.

    Letters are kerned through Raqm where Pillow can load it (Debian: libfribidi0) and set unkerned otherwise:
    Vietnamese in NFC needs no shaping.
    """

    def __init__(self, typeface: Typeface) -> None:
        self.typeface = typeface
        self.kerned = features.check("raqm") and features.check("fribidi")
        self._engine = ImageFont.Layout.RAQM if self.kerned else ImageFont.Layout.BASIC
        self._open: dict[tuple[int, int], ImageFont.FreeTypeFont] = {}

    def at(self, weight: int, px: int) -> ImageFont.FreeTypeFont:
        """The font of ``weight`` with an em of ``px`` dots."""
        font = self._open.get((weight, px))
        if font is None:
            font = ImageFont.truetype(str(self.typeface.files[weight]), px, layout_engine=self._engine)
            self._open[weight, px] = font
        return font
