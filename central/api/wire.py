"""Bodies in and messages out, where FastAPI's own way would be too slow or too forgiving."""

import json
from collections.abc import Mapping
from typing import Any

from fastapi import Request
from pydantic import TypeAdapter
from starlette.responses import Response

from central.usecases.problems import CallerProblem
from models.messages import (
    BatchAnswer,
    CancelAnswer,
    EnrolAnswer,
    HeartbeatAnswer,
    HelpAnswer,
    QueueAnswer,
    TicketAnswer,
)

_KINDS: Mapping[type, TypeAdapter[Any]] = {
    kind: TypeAdapter(kind)
    for kind in (TicketAnswer, BatchAnswer, CancelAnswer, EnrolAnswer, HeartbeatAnswer, HelpAnswer, QueueAnswer)
}


def message_response(message: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """One of our own messages as JSON; it was made by us, so it is not checked again."""
    return Response(_KINDS[type(message)].dump_json(message), status, headers, "application/json")


async def read_json(request: Request) -> object:
    """The body as JSON.

    Raises:
        CallerProblem: It is none; 400.
    """
    try:
        return json.loads(await request.body(), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise CallerProblem("not-json", 400, "the body is not JSON in UTF-8") from None


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is not JSON")
