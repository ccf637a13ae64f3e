"""A store on a real disk."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.storage.store import Store
from tests.support.stamps import Issuer


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "kiosk.sqlite3"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path) as store:
        yield store


@pytest.fixture
def issuer(store: Store) -> Issuer:
    return Issuer(store)
