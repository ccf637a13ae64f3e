"""What every route needs: the database, the feed, the time; and who asks."""

import asyncio
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, TypeVar, cast

from fastapi import Depends, Header, Query, Request
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer

from central.auth import Randomness, token_hash
from central.feed import Feed
from central.store.database import Database, Work
from central.store.transaction import Transaction
from central.usecases.caller import Caller, Office, caller_of, milliseconds, office_of
from central.usecases.problems import CallerProblem, not_enrolled
from central.usecases.staff import Colleague, colleague_of, csrf_of, not_signed_in

T = TypeVar("T")
SERVICE_CODE = r"^[a-z0-9-]{1,40}$"


@dataclass(frozen=True, slots=True)
class Backend:
    """The parts behind the routes. Clock and randomness are given, so that tests can hold them still."""

    database: Database
    feed: Feed
    clock: Callable[[], datetime]
    randomness: Randomness

    def now(self) -> int:
        """Central's time, ms since the epoch."""
        return milliseconds(self.clock())

    async def write(self, work: Work[T], *, patient: bool = False) -> T:
        """Run ``work`` in a transaction; back when it is on the disk. ``patient`` lets short work go first."""
        return await asyncio.wrap_future(self.database.submit(work, patient=patient))

    async def read(self, work: Work[T]) -> T:
        """Run ``work`` on a consistent picture of the database."""
        return await asyncio.to_thread(self.database.read, work)


def backend_of(request: Request) -> Backend:
    """The app's parts."""
    return cast("Backend", request.app.state.backend)


async def _backend(request: Request) -> Backend:
    return backend_of(request)


_bearer = HTTPBearer(auto_error=False, description="The token of an enrolled kiosk.")


async def _token(credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]) -> str:
    if credentials is None:
        raise not_enrolled()
    return token_hash(credentials.credentials)


async def _token_or_none(
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> str | None:
    return None if credentials is None else token_hash(credentials.credentials)


SESSION_COOKIE = "central_session"
_cookie = APIKeyCookie(
    name=SESSION_COOKIE, scheme_name="Session", auto_error=False, description="Somebody who has signed in."
)


async def _session(cookie: Annotated[str | None, Depends(_cookie)]) -> str:
    if cookie is None:
        raise not_signed_in()
    return cookie


async def _session_for_change(
    session: Annotated[str, Depends(_session)],
    csrf: Annotated[str | None, Header(alias="X-CSRF-Token", description="`csrf` of the session.")] = None,
) -> str:
    if csrf is None or not hmac.compare_digest(csrf.encode(), csrf_of(session).encode()):
        raise CallerProblem("csrf", 403, "the header X-CSRF-Token is missing or is another session's")
    return session


Parts = Annotated[Backend, Depends(_backend)]
Token = Annotated[str, Depends(_token)]
"""Hash of the caller's bearer token; whose it is is found in the transaction, so that an ended token ends at once."""

TokenOrNone = Annotated[str | None, Depends(_token_or_none)]
Session = Annotated[str, Depends(_session)]
"""The caller's session token, from the cookie."""

SessionForChange = Annotated[str, Depends(_session_for_change)]
"""The same where something is changed: no other site's page can send the second secret."""

OfficeCode = Annotated[
    str | None,
    Query(alias="office", pattern=SERVICE_CODE, description="Which office; may be left out where there is only one."),
]


def as_kiosk(token: str, now: int, use_case: Callable[[Transaction, Caller], T]) -> Work[T]:
    """A use case for the kiosk that holds ``token``."""
    return lambda tx: use_case(tx, caller_of(tx, token, now))


def as_colleague(session: str, now: int, use_case: Callable[[Transaction, Colleague], T]) -> Work[T]:
    """A use case for whoever is signed in."""
    hashed = token_hash(session)
    return lambda tx: use_case(tx, colleague_of(tx, hashed, now))


def as_viewer(token: str | None, office: str | None, now: int, use_case: Callable[[Transaction, Office], T]) -> Work[T]:
    """A use case for anybody: a kiosk sees its own office, others the one they name."""

    def work(tx: Transaction) -> T:
        return use_case(tx, office_of(tx, office, now) if token is None else caller_of(tx, token, now).office)

    return work
