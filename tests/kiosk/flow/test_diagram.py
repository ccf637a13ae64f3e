"""The page on the visit is drawn from the table; `tests/test_docs.py` holds it up to date."""

import runpy
from pathlib import Path

GENERATOR = Path(__file__).resolve().parents[3] / "docs" / "generators" / "visit.py"


def test_every_row_says_what_it_does() -> None:
    drawn = runpy.run_path(str(GENERATOR))["page"]()
    assert "|  |" not in drawn
