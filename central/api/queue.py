"""The queue over HTTP: what is offered, who waits, what happens."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, Query
from starlette.responses import Response, StreamingResponse

from central.api.backend import OfficeCode, Parts, Token, TokenOrNone, as_kiosk, as_viewer
from central.api.problems import documented
from central.api.wire import message_response
from central.feed import Feed
from central.store.records import Event
from central.usecases.caller import Office
from central.usecases.places import queue
from models.catalogue_wire import catalogue_etag, catalogue_to_wire
from models.messages import QueueAnswer

router = APIRouter(prefix="/api/v1", tags=["queue"])

RETRY_MS = 2000
"""After how long a listener that was cut comes back."""


@dataclass(frozen=True, slots=True)
class Parked:
    """A paper that could not be filed."""

    id: int
    kiosk: int
    reason: str
    detail: str
    arrived_at: str
    ticket_id: str | None
    number: str | None
    service: str | None
    issued_at: str | None


@dataclass(frozen=True, slots=True)
class ParkedAnswer:
    """Parked papers, newest first."""

    papers: tuple[Parked, ...]


@router.get(
    "/services",
    response_model=dict[str, Any],
    responses={
        200: {
            "description": "The office's catalogue: services, hours, priorities, rules.",
            "headers": {"ETag": {"description": "Changes with the content.", "schema": {"type": "string"}}},
        },
        304: {"description": "Nothing changed."},
        **documented(400, 401, 404, 422, 503),
    },
)
async def get_services(
    backend: Parts,
    token: TokenOrNone,
    office: OfficeCode = None,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    """What the office offers; with ``If-None-Match`` only when it changed."""
    found = await backend.read(as_viewer(token, office, backend.now(), lambda _tx, office: office.catalogue))
    etag = catalogue_etag(found)
    headers = {"ETag": etag, "Cache-Control": "no-cache"}
    if if_none_match is not None and _matches(if_none_match, etag):
        return Response(status_code=304, headers=headers)
    content = json.dumps(catalogue_to_wire(found), ensure_ascii=False)
    return Response(content, headers=headers, media_type="application/json")


@router.get("/queue", response_model=QueueAnswer, responses=documented(400, 401, 404, 422, 503))
async def get_queue(
    backend: Parts,
    token: TokenOrNone,
    office: OfficeCode = None,
    detail: Annotated[Literal["numbers"] | None, Query(description="The numbers in line as well.")] = None,
) -> Response:
    """How many wait for each service today, and how long a newcomer would."""
    work = as_viewer(token, office, backend.now(), lambda tx, office: queue(tx, office, numbers=detail is not None))
    return message_response(await backend.read(work))


@router.get(
    "/queue/events",
    response_class=StreamingResponse,
    responses={
        200: {"description": "Server-sent events.", "content": {"text/event-stream": {"schema": {"type": "string"}}}},
        **documented(400, 401, 404, 422, 503),
    },
)
async def get_events(
    backend: Parts,
    token: TokenOrNone,
    office: OfficeCode = None,
    last_event_id: Annotated[int | None, Header(ge=0, lt=2**63)] = None,
) -> StreamingResponse:
    """What happens, as it happens; goes on after ``Last-Event-ID``.

    Everybody hears of numbers; who holds a token also of what is for staff.
    """
    heard = await backend.read(as_viewer(token, office, backend.now(), lambda _tx, office: office))
    stream = _stream(backend.feed, heard, last_event_id, staff=token is not None)
    return StreamingResponse(stream, media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})


@router.get("/papers/parked", response_model=ParkedAnswer, responses=documented(401, 503))
async def get_parked(backend: Parts, token: Token) -> ParkedAnswer:
    """Papers that could not be filed, with the reason; staff settle them by hand."""
    return await backend.read(
        as_kiosk(
            token,
            backend.now(),
            lambda tx, caller: ParkedAnswer(
                tuple(
                    Parked(
                        p.id,
                        p.kiosk,
                        p.reason,
                        p.detail,
                        caller.office.iso(p.arrived_at),
                        p.ticket_id,
                        p.number,
                        p.service,
                        p.issued_at,
                    )
                    for p in tx.papers.parked(caller.office.code)
                )
            ),
        )
    )


async def _stream(feed: Feed, office: Office, after: int | None, *, staff: bool) -> AsyncIterator[str]:
    yield f"retry: {RETRY_MS}\n\n"
    async for event in feed.listen(office.code, after, staff=staff):
        yield ": still here\n\n" if event is None else _sse(office, event)


def _sse(office: Office, event: Event) -> str:
    data = {"at": office.iso(event.at), **event.data}
    return f"id: {event.id}\nevent: {event.kind}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def _matches(if_none_match: str, etag: str) -> bool:
    """Weak comparison (RFC 9110 §13.1.2)."""
    tags = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
    return "*" in tags or etag in tags
