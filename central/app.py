"""Where central's parts meet: ``create_app(config)``."""

import asyncio
import secrets
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from fastapi import FastAPI
from pydantic import TypeAdapter

from central.api import counters, display, health, kiosks, pages, problems, queue, sessions, tickets
from central.api.backend import Backend
from central.api.gate import Gate
from central.auth import Randomness
from central.feed import Feed
from central.store.database import Database
from central.web.pages import Pages
from models.messages import Problem

DESCRIPTION = """The queue of an office: kiosks take numbers here, screens and phones read along.

Every error is a problem (RFC 9457). Times are ISO 8601 with offset, days are the office's."""


def utc_now() -> datetime:
    """The system's time."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class CentralConfig:
    """What central needs to run.

    Attributes:
        database_url: ``sqlite:////absolute/path``; created when missing.
        clock: The time, aware of its zone; tests hold it still.
        randomness: For tokens.
    """

    database_url: str
    clock: Callable[[], datetime] = utc_now
    randomness: Randomness = secrets.token_bytes


def create_app(config: CentralConfig) -> FastAPI:
    """The app. Its database is open from start-up to shutdown (ASGI lifespan).

    Raises:
        UnreadableInput, StorageTrouble: At start-up, when the database cannot be used.
    """
    app = FastAPI(
        title="Central",
        version="1",
        description=DESCRIPTION,
        docs_url=None,  # they would load scripts from elsewhere
        redoc_url=None,
        lifespan=_lifespan(config),
        redirect_slashes=False,
    )
    for part in (tickets, kiosks, queue, sessions, counters, display, health):
        app.include_router(part.router)
    app.include_router(pages.router(Pages.load()))
    problems.install(app)
    app.add_middleware(Gate)
    _document_problems(app)
    return app


def _lifespan(config: CentralConfig) -> Callable[[FastAPI], Any]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        wake = threading.Event()
        with Database.open(config.database_url, wake.set) as database:
            feed = Feed(database, wake)
            feed.start(asyncio.get_running_loop())
            app.state.backend = Backend(database, feed, config.clock, config.randomness)
            try:
                yield
            finally:
                feed.close()

    return lifespan


def _document_problems(app: FastAPI) -> None:
    """The routes' documentation refers to a schema that no route returns by itself."""
    generate = app.openapi

    def openapi() -> dict[str, Any]:
        schema = generate()
        found = TypeAdapter(Problem).json_schema()
        schema.setdefault("components", {}).setdefault("schemas", {}).setdefault("Problem", found)
        return schema

    setattr(app, "openapi", openapi)  # noqa: B010 - the way FastAPI documents; mypy minds an assigned method
