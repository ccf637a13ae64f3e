"""Every error is a problem (RFC 9457, ``application/problem+json``), in the routes' documentation as well."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import TypeAdapter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from central.usecases.problems import CallerProblem, problem
from models.errors import StorageTrouble
from models.messages import Problem

MEDIA_TYPE = "application/problem+json"
_SCHEMA = TypeAdapter(Problem)

_WHEN = {
    400: "The request cannot be read at all, or does not say which office.",
    401: "No token, an unknown one, or one that has ended.",
    403: "The code is unknown, used or too old.",
    404: "There is no such thing here.",
    409: "A rule refuses (`refusal` and `facts` say which), or a paper collides and was parked.",
    413: "The body is too large.",
    422: "Something in the request cannot be understood; `facts` names the fields.",
    503: "Disk or database fail; try again later.",
}

_WHEN_STAFF = {
    **_WHEN,
    401: "Nobody is signed in, or not any more; or user and password do not fit.",
    403: "The CSRF token is missing or wrong, or the role is another.",
    409: "Things have gone on since, or a rule of the counters forbids it; the type says which.",
    429: "Too many tries; `Retry-After` and `facts` say how many seconds to wait.",
}


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The ``responses`` of a route that may end in these problems."""
    return _documented(_WHEN, statuses)


def documented_for_staff(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The same for the routes of people who sign in."""
    return _documented(_WHEN_STAFF, statuses)


def _documented(when: Mapping[int, str], statuses: tuple[int, ...]) -> dict[int | str, dict[str, Any]]:
    reference = {"$ref": "#/components/schemas/Problem"}
    return {
        status: {"description": when[status], "content": {MEDIA_TYPE: {"schema": reference}}} for status in statuses
    }


def problem_response(found: Problem, headers: dict[str, str] | None = None) -> Response:
    """A problem as response."""
    extra = dict(headers or {})
    if found.status == HTTPStatus.UNAUTHORIZED:
        extra.setdefault("WWW-Authenticate", "Bearer")
    if found.status == HTTPStatus.TOO_MANY_REQUESTS and "seconds" in found.facts:
        extra.setdefault("Retry-After", found.facts["seconds"])
    return Response(_SCHEMA.dump_json(found), found.status, extra, MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Have every error of ``app`` answered as a problem."""
    app.add_exception_handler(CallerProblem, _caller_problem)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(StorageTrouble, _storage_trouble)
    app.add_exception_handler(Exception, _bug)


async def _caller_problem(_request: Request, error: Exception) -> Response:
    assert isinstance(error, CallerProblem)  # noqa: S101 - Starlette calls a handler with its own kind of error
    return problem_response(error.problem)


async def _not_understood(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    facts = field_facts(error.errors())
    detail = "; ".join(f"{field}: {why}" for field, why in facts.items())
    return problem_response(problem("unreadable", 422, detail, facts))


def field_facts(errors: Any) -> dict[str, str]:
    """Field to what is wrong with it, from pydantic's errors; never what stood in it."""
    return {".".join(map(str, e["loc"])) or "body": str(e["msg"]) for e in list(errors)[:20]}


async def _http_error(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101
    names = {404: "not-found", 405: "method-not-allowed", 413: "too-large"}
    name = names.get(error.status_code, "http")
    return problem_response(problem(name, error.status_code, str(error.detail)), dict(error.headers or {}))


async def _storage_trouble(_request: Request, error: Exception) -> Response:
    structlog.get_logger("central.api").error("storage_trouble", why=str(error))
    return problem_response(problem("storage", 503, "disk or database fail; the technician is wanted"))


async def _bug(_request: Request, _error: Exception) -> Response:
    # Starlette raises the error again when this is sent: the server's log has the traceback.
    return problem_response(problem("bug", 500, "central made a mistake; its log says more"))
