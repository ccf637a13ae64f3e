"""What the page on the visit says of each row; that the page is up to date is shown by ``tests/test_docs.py``."""

from kiosk.flow.table import EVERYWHERE, TABLE


def test_every_row_says_what_it_does() -> None:
    assert all((row.act.__doc__ or "").strip() for row in (*TABLE.values(), *EVERYWHERE.values()))
