"""A drawn page as the bits a printer takes, and back for a preview."""

import numpy as np
from PIL import Image

from drivers.readings import Page

BLACK_BELOW = 128
"""Grey values below are burnt black."""


def to_page(picture: Image.Image, text: tuple[str, ...]) -> Page:
    """Pack an 8-bit grey picture, each row padded to whole bytes with white.

    Args:
        picture: Mode ``L``, 0 = black.
        text: The ASCII form of the same page.
    """
    black = np.asarray(picture) < BLACK_BELOW
    return Page(picture.width, picture.height, np.packbits(black, axis=1).tobytes(), text)


def preview(page: Page) -> Image.Image:
    """The page as it comes out of the printer: mode ``1``, white paper."""
    rows = np.frombuffer(page.bits, np.uint8).reshape(page.height, -1)
    black = np.unpackbits(rows, axis=1, count=page.width).astype(bool)
    return Image.fromarray(~black)
