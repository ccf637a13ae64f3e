"""What every request passes: a limit to its body, security headers on the way out, a line in the log without names."""

import time
from typing import Any

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from central.api.problems import problem_response
from central.usecases.problems import problem

BODY_MOST = 1 << 20
"""A hundred tickets are some 60 KiB."""

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",  # a follow page's address is its key
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}


class Gate:
    """ASGI middleware around the whole app."""

    def __init__(self, app: ASGIApp, body_most: int = BODY_MOST) -> None:
        self._app = app
        self._most = body_most
        self._log = structlog.get_logger("central.http")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status = time.perf_counter(), 500

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            await self._limited(scope, receive, send_with_headers)
        finally:
            # The route's template, never the path: a follow code opens a page.
            route: Any = scope.get("route")
            path = getattr(route, "path", None)
            took = round((time.perf_counter() - started) * 1000, 1)
            log = self._log.error if status >= 500 else self._log.debug
            log("request", method=scope["method"], route=path, status=status, ms=took)

    async def _limited(self, scope: Scope, receive: Receive, send: Send) -> None:
        length = Headers(scope=scope).get("content-length")
        if length is not None and (not length.isdecimal() or int(length) > self._most):
            refusal = problem_response(problem("too-large", 413, f"at most {self._most} bytes"))
            await refusal(scope, receive, send)
            return
        read = 0

        async def receive_some() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self._most:
                raise HTTPException(413, f"at most {self._most} bytes")
            return message

        await self._app(scope, receive_some, send)
