"""Serve the app with uvicorn: announce the real address, stop at once also while screens listen."""

import asyncio
import socket
import threading
from collections.abc import Callable

import uvicorn
from fastapi import FastAPI

from central.api.backend import Backend
from models.errors import StorageTrouble, TechnicianError

STOP_SECONDS = 3
"""How long running requests may take to end; streams are ended by us."""


class Server:
    """One listening socket and the app behind it.

    Use `run` in a main thread, or in a thread of your own with `stop` from another.

    Args:
        app: From `central.app.create_app`.
        host: Address to listen on.
        port: 0 for any free one.

    Raises:
        TechnicianError: The address is taken or not ours.
    """

    def __init__(self, app: FastAPI, host: str = "127.0.0.1", port: int = 8300) -> None:
        self._socket = _listen(host, port)
        self._uvicorn = _Uvicorn(app)
        self._ready = threading.Event()

    @property
    def url(self) -> str:
        """Where it listens, with the real port."""
        host, port = self._socket.getsockname()[:2]
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    def run(self, on_ready: Callable[[str], None] = lambda _url: None) -> None:
        """Serve until `stop` or a signal.

        Args:
            on_ready: Called with the address once requests are answered.

        Raises:
            StorageTrouble: The app could not start; its database cannot be used.
        """
        try:
            asyncio.run(self._serve(on_ready))
        except SystemExit:  # uvicorn's way to say that the app's start-up failed
            raise StorageTrouble("central could not start: its database cannot be used; the log says why") from None
        finally:
            self._socket.close()

    def stop(self) -> None:
        """Have `run` return; from any thread."""
        self._uvicorn.should_exit = True

    def wait_ready(self, timeout: float) -> bool:
        """Wait until requests are answered."""
        return self._ready.wait(timeout)

    async def _serve(self, on_ready: Callable[[str], None]) -> None:
        def ready() -> None:
            self._ready.set()
            on_ready(self.url)

        self._uvicorn.on_ready = ready
        await self._uvicorn.serve([self._socket])


class _Uvicorn(uvicorn.Server):
    """uvicorn, which says when it is ready and ends the streams before it waits for connections to close."""

    def __init__(self, app: FastAPI) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                log_config=None,
                access_log=False,  # paths of follow pages are keys
                server_header=False,
                timeout_graceful_shutdown=STOP_SECONDS,
                timeout_keep_alive=30,
            )
        )
        self._app = app
        self.on_ready: Callable[[], None] = lambda: None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self.on_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        backend: Backend = self._app.state.backend
        backend.feed.end_streams()
        await super().shutdown(sockets)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # IPPROTO_TCP said aloud: asyncio switches Nagle's algorithm off only for sockets that say so, and with it each
    # answer waits 40 ms for the other side's delayed acknowledgement.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise TechnicianError(f"cannot listen on {host}:{port}: {error.strerror}") from None
    return listening
