"""Central's real app on its real database without a socket, behind a network with a will of its own."""

import asyncio
import json
import threading
from collections.abc import Coroutine
from contextlib import AbstractAsyncContextManager
from typing import Any, TypeVar

import httpx

from central.app import CentralConfig, create_app
from tests.support.stage import CentralHouse

T = TypeVar("T")


class EventLoop:
    """A thread in which apps run."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="central-loop")
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run ``work`` to its end."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def close(self) -> None:
        """End the thread."""
        self.run(self._loop.shutdown_default_executor())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


class UnservedCentral(CentralHouse):
    """Central as `CentralHouse`, but requests are handed to the app in this process."""

    def __init__(self, loop: EventLoop, *house: Any) -> None:
        self._loop = loop
        super().__init__(*house)

    def start(self) -> None:
        """Open the database."""
        self._app = create_app(CentralConfig(self._url, self.clock.now, self.clock.random))
        self._asgi = httpx.ASGITransport(self._app)
        self._lifespan: AbstractAsyncContextManager[Any] = self._app.router.lifespan_context(self._app)
        self._loop.run(self._lifespan.__aenter__())

    def stop(self) -> None:
        """Close the database."""
        self._loop.run(self._lifespan.__aexit__(None, None, None))

    @property
    def url(self) -> str:
        """Nobody listens there."""
        return "http://central.invalid"

    def answer(self, request: httpx.Request) -> httpx.Response:
        """What central answers."""
        return self._loop.run(
            self._answer(httpx.Request(request.method, request.url, headers=request.headers, content=request.read()))
        )

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        response = await self._asgi.handle_async_request(request)
        content = await response.aread()
        return httpx.Response(response.status_code, headers=response.headers, content=content)


class Network(httpx.BaseTransport):
    """One kiosk's way to central. Each request meets the next fate; when there is none left, all is well.

    Fates: ``ok``; ``lost`` the request never comes; ``unanswered`` it comes, the answer does not; ``delayed`` it comes
    later, perhaps after others; ``repeated`` it comes twice, and the second answer is the one that is heard.
    """

    def __init__(self, central: UnservedCentral) -> None:
        self.central = central
        self.up = True
        self.fates: list[str] = []
        self.late: list[httpx.Request] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request."""
        fate = self.fates.pop(0) if self.fates else "ok"
        if not self.up or fate == "lost":
            raise httpx.ConnectError("no way to central", request=request)
        if fate == "delayed":
            request.read()
            self.late.append(request)
            raise httpx.ReadTimeout("on its way for long", request=request)
        answer = self.central.answer(request)
        if fate == "repeated":
            answer = self.central.answer(request)
        if fate == "unanswered":
            raise httpx.ReadTimeout("the answer was lost", request=request)
        return answer

    def arrive(self) -> None:
        """What was delayed comes now."""
        late, self.late = self.late, []
        for request in late:
            self.central.answer(request)

    def on_their_way(self) -> set[str]:
        """Ids of tickets in batches that are still to come."""
        found = [json.loads(request.content).get("tickets", []) for request in self.late if request.content]
        return {ticket["ticket_id"] for batch in found for ticket in batch}
