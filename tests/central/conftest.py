"""A real database in a folder of its own, an office in it and one enrolled kiosk."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from central.store.database import Database
from tests.support.central import Central, an_office


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Today's tables without a row; copying them is quicker than making them for each test."""
    path = tmp_path_factory.mktemp("central") / "empty.sqlite"
    Database.open(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def database_url(tmp_path: Path, empty_database: Path) -> str:
    shutil.copy(empty_database, tmp_path / "central.sqlite")
    return f"sqlite:///{tmp_path}/central.sqlite"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with Database.open(database_url) as opened:
        yield opened


@pytest.fixture
def central(database: Database) -> Central:
    central = Central(database)
    central.open(an_office())
    central.enrol(1)
    return central
