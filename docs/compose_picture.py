"""Puts the picture of the README together: welcome, fields, number and paper side by side.

python -m kiosk.ui.gallery build/screens 01-welcome-vi 02-choose-vi 08-done-vi
python docs/compose_picture.py
"""

from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
SCREENS = ("01-welcome-vi", "02-choose-vi", "08-done-vi")
PAPER = ROOT / "tests" / "golden" / "paper-vi-80mm.png"
TARGET = ROOT / "docs" / "pictures" / "welcome-and-ticket.png"

SCREEN = (405, 720)
PAPER_WIDTH = 300
GAP = 24
GROUND = (226, 222, 214)


def picture(screens: Path) -> Image.Image:
    """Three screens and the paper, on one ground.

    Args:
        screens: The folder of ``make screens``.
    """
    shots = [_shrunk(screens / f"{name}.png", SCREEN) for name in SCREENS]
    with Image.open(PAPER) as paper:
        paper_height = round(paper.height * PAPER_WIDTH / paper.width)
    slip = _shrunk(PAPER, (PAPER_WIDTH, paper_height))
    width = GAP + len(shots) * (SCREEN[0] + GAP) + PAPER_WIDTH + GAP
    whole = Image.new("RGB", (width, SCREEN[1] + 2 * GAP), GROUND)
    for index, shot in enumerate(shots):
        whole.paste(shot, (GAP + index * (SCREEN[0] + GAP), GAP))
    whole.paste(slip, (width - GAP - PAPER_WIDTH, GAP + (SCREEN[1] - paper_height) // 2))
    return whole


def _shrunk(path: Path, size: tuple[int, int]) -> Image.Image:
    with Image.open(path) as image:
        return image.convert("RGB").resize(size, Image.Resampling.LANCZOS)


if __name__ == "__main__":
    TARGET.parent.mkdir(exist_ok=True)
    few = picture(ROOT / "build" / "screens").quantize(128, dither=Image.Dither.NONE)
    few.save(TARGET, optimize=True)
    print(f"{TARGET.relative_to(ROOT)}: {TARGET.stat().st_size // 1024} KiB")
