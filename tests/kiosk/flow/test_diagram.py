"""The page on the visit is drawn from the table."""

import runpy
from pathlib import Path

from kiosk.flow.table import EVERYWHERE, TABLE

DOCS = Path(__file__).resolve().parents[3] / "docs"


def test_the_page_is_what_the_table_says() -> None:
    drawn = runpy.run_path(str(DOCS / "generators" / "visit.py"))["page"]()
    written = (DOCS / "explanation" / "visit.md").read_text(encoding="utf-8")
    assert written == drawn, "run: make docs"


def test_every_row_says_what_it_does() -> None:
    assert all((row.act.__doc__ or "").strip() for row in (*TABLE.values(), *EVERYWHERE.values()))
