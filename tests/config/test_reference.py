"""If it exists it is documented."""

from pathlib import Path

from config.reference import page
from drivers import registry

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "configuration.md"


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), (
        "run: python -m config.reference > docs/reference/configuration.md"
    )


def test_every_driver_is_on_the_page() -> None:
    for family in registry.FAMILIES:
        for name in registry.names(family):
            assert f"### {family} `{name}`" in page()
