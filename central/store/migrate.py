"""Bring a database to today's tables, by Alembic, also when two processes start at once."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import OperationalError

from models.errors import StorageTrouble

HEAD = "0002"
"""The newest revision in ``migrations/versions``; a test holds the two together."""


def upgrade(engine: Engine) -> None:
    """Create or upgrade the tables.

    Raises:
        StorageTrouble: The database was written by a newer program.
    """
    with engine.begin() as connection:  # BEGIN IMMEDIATE: a second process waits here and finds the work done
        revision = current_revision(connection)
        if revision == HEAD:
            return
        if revision is not None and revision > HEAD:
            raise StorageTrouble(f"the database is of a newer version ({revision}) than this program ({HEAD})")
        _run_alembic(connection)


def current_revision(connection: Connection) -> str | None:
    """The revision written in the database; None for an empty one."""
    try:
        found: Any = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    except OperationalError as error:
        if "no such table" not in str(error.orig):
            raise
        return None
    return None if found is None else str(found)


def _run_alembic(connection: Connection) -> None:
    # Imported here: most starts find nothing to do, and need not pay for it in time and memory.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
