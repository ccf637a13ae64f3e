"""The page on the visit is drawn from the table."""

import runpy
from pathlib import Path

DOCS = Path(__file__).resolve().parents[3] / "docs"


def test_the_page_is_what_the_table_says() -> None:
    drawn = runpy.run_path(str(DOCS / "generate_visit.py"))["page"]()
    written = (DOCS / "explanation" / "visit.md").read_text(encoding="utf-8")
    assert written == drawn, "run: python docs/generate_visit.py"


def test_every_row_says_what_it_does() -> None:
    drawn = runpy.run_path(str(DOCS / "generate_visit.py"))["page"]()
    assert "|  |" not in drawn
