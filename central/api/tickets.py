"""Tickets over HTTP."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from pydantic import StringConstraints
from starlette.responses import Response

from central.api.backend import Backend, Parts, Token, as_kiosk
from central.api.bodies import PersonBody, TicketBody, TicketIdPath, read_ticket
from central.api.problems import documented, problem_response
from central.api.wire import message_response, read_json
from central.store.transaction import Transaction
from central.usecases.caller import Caller
from central.usecases.change import cancel, identify
from central.usecases.problems import CallerProblem
from central.usecases.receive import Unreadable, receive, receive_unreadable
from models.messages import BatchAnswer, BatchResult, CancelAnswer, TicketAnswer, TicketRequest

BATCH_MOST = 100
router = APIRouter(prefix="/api/v1/tickets", tags=["tickets"])

_TICKET_SCHEMA = TicketBody.model_json_schema()
_BATCH_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["tickets"],
    "properties": {"tickets": {"type": "array", "maxItems": BATCH_MOST, "items": _TICKET_SCHEMA}},
}

Text = Annotated[str, StringConstraints(max_length=100)]


def _documented_body(schema: dict[str, Any]) -> dict[str, Any]:
    # These bodies are read by hand: a paper that cannot be read must be parked, not only refused.
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


@router.post(
    "",
    status_code=201,
    response_model=TicketAnswer,
    responses={
        200: {"model": TicketAnswer, "description": "Known already: the same ticket again."},
        **documented(400, 401, 409, 413, 422, 503),
    },
    openapi_extra=_documented_body(_TICKET_SCHEMA),
)
async def post_ticket(request: Request, backend: Parts, token: Token) -> Response:
    """Ask for a number, or report a printed one.

    A ticket without a number may be refused by a rule (409, `refusal`); one with a number is taken in whatever the
    rules say. A paper that cannot be read (422) or collides (409) is parked for staff.
    """
    [result] = await _receive(backend, token, [read_ticket(await read_json(request))], brief=False)
    if result.problem is not None:
        return problem_response(result.problem)
    return message_response(result.ticket, result.status)


@router.post(
    "/batch",
    response_model=BatchAnswer,
    responses=documented(400, 401, 413, 422, 503),
    openapi_extra=_documented_body(_BATCH_SCHEMA),
)
async def post_batch(request: Request, backend: Parts, token: Token) -> Response:
    """Up to 100 tickets in one transaction, each with its own result, order kept.

    Answers to papers leave people ahead and wait out: they were printed long ago.
    """
    raw = await read_json(request)
    tickets = raw.get("tickets") if isinstance(raw, dict) else None
    if not isinstance(tickets, list):
        raise CallerProblem("unreadable", 422, "tickets: a list is wanted", {"tickets": "a list is wanted"})
    if len(tickets) > BATCH_MOST:
        why = f"at most {BATCH_MOST} at once"
        raise CallerProblem("unreadable", 422, f"tickets: {why}", {"tickets": why})
    results = await _receive(backend, token, [read_ticket(ticket) for ticket in tickets], brief=True)
    return message_response(BatchAnswer(tuple(results)))


@router.post("/{ticket_id}/cancel", response_model=CancelAnswer, responses=documented(401, 422, 503))
async def post_cancel(ticket_id: TicketIdPath, backend: Parts, token: Token) -> Response:
    """Take a ticket out of the queue; may arrive before the ticket itself. Says where the ticket stands now."""
    work = as_kiosk(token, backend.now(), lambda tx, caller: cancel(tx, caller, ticket_id))
    return message_response(await backend.write(work))


@router.post("/{ticket_id}/person", response_model=TicketAnswer, responses=documented(400, 401, 404, 413, 422, 503))
async def post_person(ticket_id: TicketIdPath, body: PersonBody, backend: Parts, token: Token) -> Response:
    """Say whose ticket it is: priority and reference of somebody who showed a card after the number."""
    update = body.message()
    work = as_kiosk(token, backend.now(), lambda tx, caller: identify(tx, caller, ticket_id, update))
    return message_response(await backend.write(work))


async def _receive(
    backend: Backend, token: str, tickets: list[TicketRequest | Unreadable], *, brief: bool
) -> list[BatchResult]:
    def take(tx: Transaction, caller: Caller) -> list[BatchResult]:
        return [
            receive_unreadable(tx, caller, ticket)
            if isinstance(ticket, Unreadable)
            else receive(tx, caller, ticket, brief=brief)
            for ticket in tickets
        ]

    return await backend.write(as_kiosk(token, backend.now(), take), patient=brief)
