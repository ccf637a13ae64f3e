"""Sign in, sign out, who am I."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import Field, StringConstraints
from starlette.responses import Response

from central.api.backend import SESSION_COOKIE, Parts, Session, SessionForChange, as_colleague
from central.api.bodies import Body
from central.api.problems import documented_for_staff
from central.auth import token_hash
from central.passwords import password_matches
from central.usecases.staff import SESSION_MS, begin_sign_in, end_sign_in, session_answer, sign_in_refused
from models.counter_messages import SessionAnswer

router = APIRouter(prefix="/api/v1/session", tags=["session"])


class SignInBody(Body):
    """Who wants to sign in."""

    user: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    password: Annotated[str, StringConstraints(min_length=1, max_length=200)] = Field(repr=False)


@router.post("", response_model=SessionAnswer, responses=documented_for_staff(400, 401, 413, 422, 429, 503))
async def post_session(body: SignInBody, request: Request, response: Response, backend: Parts) -> SessionAnswer:
    """Sign in: answers who it is and sets the session's cookie, which holds for twelve hours."""
    address = "" if request.client is None else request.client.host
    user = await backend.write(lambda tx: begin_sign_in(tx, body.user, address, backend.now()))
    kept = None if user is None else user.password
    if not await asyncio.to_thread(password_matches, body.password, kept) or user is None:
        raise sign_in_refused()
    now = backend.now()
    token = await backend.write(lambda tx: end_sign_in(tx, user, address, backend.randomness, now))
    response.set_cookie(
        SESSION_COOKIE,
        token,
        max_age=SESSION_MS // 1000,
        path="/",
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return session_answer(user, token)


@router.get("", response_model=SessionAnswer, responses=documented_for_staff(401, 503))
async def get_session(session: Session, backend: Parts) -> SessionAnswer:
    """Who is signed in."""
    colleague = await backend.read(as_colleague(session, backend.now(), lambda _tx, colleague: colleague))
    return session_answer(colleague.user, session)


@router.delete("", status_code=204, responses=documented_for_staff(401, 403, 422, 503))
async def delete_session(session: SessionForChange, backend: Parts) -> Response:
    """Sign out; the session is over for every page that shares it."""
    await backend.write(lambda tx: tx.staff.end_session(token_hash(session)))
    response = Response(status_code=204)
    response.delete_cookie(SESSION_COOKIE, path="/", httponly=True, samesite="strict")
    return response
