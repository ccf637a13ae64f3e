"""Data outlives code: the revisions make the tables that the code speaks to."""

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from central.store import migrate
from central.store.database import Database
from central.store.schema import metadata
from models.errors import StorageTrouble
from tests.support.central import Central

SNAPSHOTS = Path(__file__).parent / "snapshots"
"""Databases as each release wrote them, as SQL; they open for ever."""


def test_the_revisions_make_todays_tables(database: Database) -> None:
    with database._writer.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        assert migrate.current_revision(connection) == migrate.HEAD


def test_the_revisions_make_the_very_tables_of_the_schema(database: Database, tmp_path: Path) -> None:
    """Also what Alembic does not compare: STRICT, keys, the names of constraints."""
    by_schema = create_engine(f"sqlite:///{tmp_path}/schema.sqlite")
    metadata.create_all(by_schema)
    by_schema.dispose()
    assert _tables(Path(str(database._writer.url.database))) == _tables(tmp_path / "schema.sqlite")


def _tables(path: Path) -> dict[str, str]:
    connection = sqlite3.connect(path)
    found = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    connection.close()
    return {name: " ".join(sql.split()) for name, sql in found if not name.startswith("alembic")}


def test_head_is_the_newest_revision() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
    assert ScriptDirectory.from_config(config).get_current_head() == migrate.HEAD


def test_a_database_of_a_newer_program_is_left_alone(database: Database, database_url: str) -> None:
    with database._writer.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StorageTrouble, match="newer"):
        Database.open(database_url)


@pytest.mark.parametrize("snapshot", sorted(SNAPSHOTS.glob("*.sql")), ids=lambda path: path.stem)
def test_a_database_of_an_older_program_opens_and_goes_on(snapshot: Path, tmp_path: Path) -> None:
    path = tmp_path / "central.sqlite"
    connection = sqlite3.connect(path)
    connection.executescript(snapshot.read_text("utf-8"))
    connection.close()
    with Database.open(f"sqlite:///{path}") as database:
        central = Central(database)
        assert central.line() == ["A001", "B001", "A002", "A003"]
        assert central.post().next(2).called is not None
        kept = len(central.events())
    with Database.open(f"sqlite:///{path}") as database:
        assert len(Central(database).events()) == kept
    assert _tables(path).keys() == _tables_of_today(tmp_path).keys()


def _tables_of_today(tmp_path: Path) -> dict[str, str]:
    Database.open(f"sqlite:///{tmp_path}/today.sqlite").close()
    return _tables(tmp_path / "today.sqlite")
