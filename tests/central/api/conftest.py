"""A real server on a free port; every answer it gives is held against its own documentation."""

import re
import secrets
import threading
from collections.abc import Callable, Iterator, MutableMapping
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from structlog.testing import capture_logs

from central.app import CentralConfig, create_app
from central.server import Server
from central.store.database import Database
from central.usecases.enrolment import offer_code
from central.usecases.offices import put_office
from models.service import Catalogue
from tests.support.central import Clock, an_office


@dataclass
class Web:
    """A running central and a way to speak to it."""

    url: str
    clock: Clock
    database: Database
    server: Server
    thread: threading.Thread
    app: FastAPI
    document: dict[str, Any]
    open_clients: list[httpx.Client]

    def client(self, token: str | None = None, *, checked: bool = True) -> httpx.Client:
        """A client; with ``checked`` an answer that is not documented fails the test."""
        hooks: dict[str, list[Callable[..., Any]]] = {"response": [self._documented]} if checked else {}
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        client = httpx.Client(base_url=self.url, headers=headers, event_hooks=hooks, trust_env=False, timeout=20)
        self.open_clients.append(client)
        return client

    def stop(self) -> None:
        """Stop serving; what was going on is over then."""
        self.server.stop()
        self.thread.join(20)
        assert not self.thread.is_alive()

    def put(self, office: Catalogue) -> None:
        """Put an office in."""
        self.database.write(lambda tx: put_office(tx, office, self.clock.now))

    def code(self, kiosk: int) -> str:
        """A one-time code."""
        return self.database.write(lambda tx: offer_code(tx, "hoa-sen", kiosk, secrets.token_bytes, self.clock.now))

    def kiosk(self, number: int) -> httpx.Client:
        """A client with the token of a newly enrolled kiosk."""
        answer = self.client().post("/api/v1/kiosks/enrol", json={"code": self.code(number)})
        return self.client(answer.raise_for_status().json()["token"])

    def _documented(self, response: httpx.Response) -> None:
        if not response.request.url.path.startswith(("/api/", "/healthz")):
            return
        template = self._template(response.request.url.path)
        if template is None or (
            response.status_code in (404, 405) and response.request.method not in _methods(template)
        ):
            return
        operation = template.get(response.request.method.lower())
        assert operation is not None, response.request
        described = operation["responses"].get(str(response.status_code))
        assert described is not None, f"{response.request.method} {response.request.url.path}: {response.status_code}"
        kinds = described.get("content", {})
        kind = response.headers.get("content-type", "").split(";")[0]
        assert kind in kinds or (not kinds and not kind), f"{kind} of {response.request.url.path} is not documented"

    def _template(self, path: str) -> dict[str, Any] | None:
        exact: dict[str, Any] | None = self.document["paths"].get(path)
        if exact is not None:
            return exact
        for template, operations in self.document["paths"].items():
            if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), path):
                return dict(operations)
        return None


def _methods(template: dict[str, Any]) -> set[str]:
    return {method.upper() for method in template}


@pytest.fixture
def log() -> Iterator[list[MutableMapping[str, Any]]]:
    """What central wrote into its log."""
    with capture_logs() as lines:
        yield lines


@pytest.fixture
def web(database: Database, database_url: str, log: list[MutableMapping[str, Any]]) -> Iterator[Web]:
    clock = Clock()
    app = create_app(CentralConfig(database_url, clock))
    server = Server(app, port=0)
    thread = threading.Thread(target=server.run)
    thread.start()
    assert server.wait_ready(20)
    web = Web(server.url, clock, database, server, thread, app, app.openapi(), [])
    web.put(an_office())
    try:
        yield web
    finally:
        for client in web.open_clients:
            client.close()
        web.stop()


@pytest.fixture
def kiosk(web: Web) -> httpx.Client:
    return web.kiosk(1)
