"""Kiosks over HTTP: enrolment, heartbeat, calls for help."""

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from central.api.backend import Parts, Token, as_kiosk
from central.api.bodies import EnrolBody, HeartbeatBody, HelpBody
from central.api.problems import documented
from central.api.wire import message_response
from central.usecases.enrolment import enrol, heartbeat
from central.usecases.help import acknowledge_help, call_help, end_help, help_of
from models.messages import EnrolAnswer, HeartbeatAnswer, HelpAnswer

router = APIRouter(prefix="/api/v1/kiosks", tags=["kiosks"])

HelpId = Annotated[int, Path(ge=1, lt=2**31)]


@router.post("/enrol", response_model=EnrolAnswer, responses=documented(400, 403, 413, 422, 503))
async def post_enrol(body: EnrolBody, backend: Parts) -> Response:
    """Exchange a one-time code for a token; the number's old token ends."""
    request, now = body.message(), backend.now()
    return message_response(await backend.write(lambda tx: enrol(tx, request, backend.randomness, now)))


@router.post("/heartbeat", response_model=HeartbeatAnswer, responses=documented(400, 401, 413, 422, 503))
async def post_heartbeat(body: HeartbeatBody, backend: Parts, token: Token) -> Response:
    """Say that the kiosk lives; hear the time, its next own numbers and whether help is on its way."""
    message = body.message()
    work = as_kiosk(token, backend.now(), lambda tx, caller: heartbeat(tx, caller, message))
    return message_response(await backend.write(work))


@router.post(
    "/help",
    status_code=201,
    response_model=HelpAnswer,
    responses={
        200: {"model": HelpAnswer, "description": "The kiosk calls already."},
        **documented(400, 401, 413, 422, 503),
    },
)
async def post_help(body: HelpBody, backend: Parts, token: Token) -> Response:
    """Call staff. One call a kiosk; it may become an emergency."""
    request = body.message()
    new, answer = await backend.write(as_kiosk(token, backend.now(), lambda tx, caller: call_help(tx, caller, request)))
    return message_response(answer, 201 if new else 200)


@router.get("/help", response_model=HelpAnswer, responses=documented(401, 503))
async def get_help(backend: Parts, token: Token) -> Response:
    """Whether staff have seen the kiosk's call."""
    return message_response(await backend.read(as_kiosk(token, backend.now(), help_of)))


@router.delete("/help", status_code=204, responses=documented(401, 503))
async def delete_help(backend: Parts, token: Token) -> Response:
    """The call is over; without a call nothing happens."""
    await backend.write(as_kiosk(token, backend.now(), end_help))
    return Response(status_code=204)


@router.post("/help/{help_id}/ack", response_model=HelpAnswer, responses=documented(401, 404, 422, 503))
async def post_help_ack(help_id: HelpId, backend: Parts, token: Token) -> Response:
    """Staff have seen a call of their office. Until staff have accounts, any token of the office may say so."""
    work = as_kiosk(token, backend.now(), lambda tx, caller: acknowledge_help(tx, caller, help_id))
    return message_response(await backend.write(work))
