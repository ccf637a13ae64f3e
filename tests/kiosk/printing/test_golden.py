"""Pages as they were when somebody last looked at them.

Pictures are compared bit by bit where the same font files are set by the same libraries, else by size and blackness;
the ASCII form is the same everywhere. After a wanted change ``MOTCUA_GOLDEN=write pytest`` with this file writes them
anew: look at the pictures before they are committed.
"""

import hashlib
import json
import os
from pathlib import Path

import numpy as np
import PIL
import pytest
from PIL import Image, features

from kiosk.printing.fonts import Fonts, find_typeface
from kiosk.printing.raster import preview

GOLDEN = Path(__file__).resolve().parents[2] / "golden"
MADE_WITH = GOLDEN / "paper-made-with.json"
WRITING = os.environ.get("MOTCUA_GOLDEN") == "write"

OWN = {"number": "B2-003", "service": "ho-tich", "own_series": True, "people_ahead": None, "wait": None}
PAPERS = {
    "vi-80mm": ({}, 576),
    "en-80mm": ({"language": "en"}, 576),
    "own-series-papers-80mm": (OWN | {"procedure": "1.001193"}, 576),
    "hospital-58mm": ({"number": "K108", "service": "than-kinh"}, 384),
}


@pytest.fixture(scope="module")
def made_with():
    """What decides about single dots."""
    typeface = find_typeface()
    return {
        "fonts": {
            str(weight): hashlib.sha256(path.read_bytes()).hexdigest()[:16] for weight, path in typeface.files.items()
        },
        "kerned": Fonts(typeface).kerned,
        "freetype": features.version("freetype2"),
        "pillow": PIL.__version__,
    }


@pytest.mark.parametrize("name", PAPERS)
def test_the_page_is_as_it_was(painter, slip, hospital, made_with, name):
    changes, width = PAPERS[name]
    paper = slip(hospital, **changes) if name.startswith("hospital") else slip(**changes)
    page = painter.draw(paper, width)
    picture_file, text_file = GOLDEN / f"paper-{name}.png", GOLDEN / f"paper-{name}.txt"
    if WRITING:
        preview(page).save(picture_file, optimize=True)
        text_file.write_text("\n".join(page.text) + "\n", encoding="ascii")
        MADE_WITH.write_text(json.dumps(made_with, indent=2) + "\n", encoding="ascii")
    assert "\n".join(page.text) + "\n" == text_file.read_text(encoding="ascii")
    with Image.open(picture_file) as picture:
        then, now = np.asarray(picture, dtype=bool), np.asarray(preview(page))
    if json.loads(MADE_WITH.read_text(encoding="ascii")) == made_with:
        assert np.array_equal(now, then)
    else:
        assert now.shape[1] == then.shape[1]
        assert now.shape[0] == pytest.approx(then.shape[0], rel=0.06)
        assert now.mean() == pytest.approx(then.mean(), rel=0.06)
