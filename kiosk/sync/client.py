"""Central over HTTP: one method a path, messages in and out, errors sorted by who can mend them.

::

    answered, 2xx                                  the message
    problem+json with ``refusal``                  RuleRefused          a rule says no, to be shown
    another 4xx for this request                   RequestRefused       central cannot take it as it is
    401, 403                                       TokenEnded           the kiosk must be enrolled again
    no answer, 404 of a stranger, 408, 429, 5xx,
    an answer that cannot be read or is too large  CentralUnreachable   later again
    500                                            CentralFailed        the same, but perhaps because of this request
"""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Self, TypeVar
from urllib.parse import quote

import httpx

from models.catalogue_wire import catalogue_from_wire
from models.errors import CentralUnreachable, Refusal, RuleRefused, UnreadableInput
from models.messages import (
    BatchAnswer,
    BatchRequest,
    EnrolAnswer,
    EnrolRequest,
    Heartbeat,
    HeartbeatAnswer,
    HelpAnswer,
    HelpRequest,
    PersonUpdate,
    Problem,
    QueueAnswer,
    TicketAnswer,
    TicketRequest,
    from_wire,
    to_wire,
)
from models.service import Catalogue

ANSWER_BYTES = 4_000_000
"""A catalogue of a large hospital has a tenth of this; more is not our central."""
_LATER = frozenset({408, 425, 429})
_GATEWAY_404 = "a stranger answers at central's address"

M = TypeVar("M")


class TokenEnded(CentralUnreachable):
    """Central does not know this token: it was never enrolled, or another machine was enrolled with its number."""


class CentralFailed(CentralUnreachable):
    """Central is there, but broke on this request (status 500)."""


class RequestRefused(UnreadableInput):
    """Central understood that it cannot take this request.

    Attributes:
        problem: What it said.
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.detail or problem.title)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds for each step of a request; a slow central is a central that is not there.

    Attributes:
        long_read: For the batch and the services, which are more work.
        whole: For all parts of an answer together: one that only drips is none.
    """

    connect: float = 2.0
    read: float = 3.0
    long_read: float = 10.0
    whole: float = 30.0


USUAL_TIMEOUTS = Timeouts()


@dataclass(frozen=True, slots=True)
class FetchedCatalogue:
    """The catalogue as central serves it now, with its ETag."""

    catalogue: Catalogue
    etag: str
    wire: dict[str, Any]


class CentralClient:
    """One connection to central. Not to be shared between threads.

    Args:
        base_url: ``https://central.example`` without path.
        token: The kiosk's bearer token; empty for enrolment.
        transport: Stands in for the network in tests.
        monotonic: Seconds that never jump.
    """

    def __init__(
        self,
        base_url: str,
        token: str = "",
        *,
        timeouts: Timeouts = USUAL_TIMEOUTS,
        transport: httpx.BaseTransport | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._whole = timeouts.whole
        self._monotonic = monotonic
        # No compression: a small answer must not unfold into one that fills the memory.
        headers = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "mot-cua-kiosk"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        self._long = httpx.Timeout(timeouts.long_read, connect=timeouts.connect)
        self._short = httpx.Timeout(timeouts.read, connect=timeouts.connect)
        self._http = httpx.Client(
            base_url=base_url,
            headers=headers,
            transport=transport,
            verify=base_url.startswith("https:"),  # plain HTTP needs no store of certificates, 20 ms to load
            trust_env=False,  # a proxy of somebody's shell must not see tickets
            follow_redirects=False,  # nor may a token be carried to another address
        )

    def ticket(self, request: TicketRequest) -> TicketAnswer:
        """Ask for a number, or tell a printed one."""
        return self._read(TicketAnswer, self._send("POST", "/api/v1/tickets", to_wire(request)))

    def tickets(self, batch: BatchRequest) -> BatchAnswer:
        """Tell many tickets; the answer has one result each, in order."""
        response = self._request("POST", "/api/v1/tickets/batch", to_wire(batch), timeout=self._long)
        answer = self._read(BatchAnswer, self._data(response))
        if len(answer.results) != len(batch.tickets):
            raise CentralUnreachable("central answered another number of tickets than it was told")
        return answer

    def cancel(self, ticket_id: str) -> None:
        """Take a ticket back that came to nothing; one that central never saw is no mistake."""
        self._send("POST", f"/api/v1/tickets/{quote(ticket_id, safe='')}/cancel", {}, absent_ok=True)

    def person(self, ticket_id: str, update: PersonUpdate) -> None:
        """Say who somebody is, for a ticket that exists."""
        self._send("POST", f"/api/v1/tickets/{quote(ticket_id, safe='')}/person", to_wire(update))

    def services(self, etag: str | None) -> FetchedCatalogue | None:
        """The catalogue, or None when it is still the one with ``etag``."""
        known = {"If-None-Match": etag} if etag else {}
        response = self._request("GET", "/api/v1/services", headers=known, timeout=self._long)
        if response.status_code == httpx.codes.NOT_MODIFIED:
            return None
        data = self._data(response)
        try:
            catalogue = catalogue_from_wire(data)
        except UnreadableInput as error:
            raise CentralUnreachable(f"central's services cannot be read: {error}") from error
        return FetchedCatalogue(catalogue, response.headers.get("ETag", ""), data)

    def queue(self) -> QueueAnswer:
        """How many wait for each service."""
        return self._read(QueueAnswer, self._send("GET", "/api/v1/queue"))

    def enrol(self, request: EnrolRequest) -> EnrolAnswer:
        """Trade a one-time code for a token."""
        return self._read(EnrolAnswer, self._send("POST", "/api/v1/kiosks/enrol", to_wire(request)))

    def heartbeat(self, heartbeat: Heartbeat) -> HeartbeatAnswer:
        """Say that the kiosk lives; hear time, own numbers, and whether help comes."""
        return self._read(HeartbeatAnswer, self._send("POST", "/api/v1/kiosks/heartbeat", to_wire(heartbeat)))

    def call_help(self, reason: str, *, emergency: bool) -> None:
        """Call staff to this kiosk."""
        self._send("POST", "/api/v1/kiosks/help", to_wire(HelpRequest(reason, emergency)))

    def help_state(self) -> HelpAnswer:
        """Whether staff have seen the call."""
        return self._read(HelpAnswer, self._send("GET", "/api/v1/kiosks/help"))

    def stop_help(self) -> None:
        """Nobody needs to come any more."""
        self._send("DELETE", "/api/v1/kiosks/help", absent_ok=True)

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    # -----------------------------------------------------------------------------------------------------------------

    def _send(self, method: str, path: str, body: Mapping[str, Any] | None = None, *, absent_ok: bool = False) -> Any:
        response = self._request(method, path, body)
        if absent_ok and response.status_code == httpx.codes.NOT_FOUND and _problem(response) is not None:
            return None
        return self._data(response)

    def _request(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: httpx.Timeout | None = None,
    ) -> httpx.Response:
        """Send and read the whole answer, but never more than `ANSWER_BYTES`."""
        waits = timeout or self._short
        until = self._monotonic() + self._whole
        try:
            with self._http.stream(method, path, json=body, headers=headers, timeout=waits) as response:
                if response.headers.get("content-encoding", "identity") != "identity":
                    raise CentralUnreachable("central's answer is packed, and was not asked for so")
                content = bytearray()
                for chunk in response.iter_bytes():
                    content += chunk
                    if len(content) > ANSWER_BYTES:
                        raise CentralUnreachable("central's answer is too large")
                    if self._monotonic() > until:
                        raise CentralUnreachable("central's answer does not end")
        except httpx.TimeoutException as error:
            raise CentralUnreachable("central did not answer in time") from error
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            raise CentralUnreachable(f"central cannot be reached: {type(error).__name__}") from error
        kept = httpx.Response(response.status_code, content=bytes(content), request=response.request)
        kept.headers.update({k: v for k, v in response.headers.items() if k in ("content-type", "etag")})
        return kept

    def _data(self, response: httpx.Response) -> Any:
        status = response.status_code
        if response.is_success:
            try:
                return json.loads(response.content) if response.content else None
            except (ValueError, RecursionError) as error:
                raise CentralUnreachable("central's answer is not JSON") from error
        problem = _problem(response)
        if status in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
            raise TokenEnded("central does not know this kiosk's token: enrol it again")
        if status == httpx.codes.INTERNAL_SERVER_ERROR:
            raise CentralFailed("central broke on this request (500)")
        if problem is None or status in _LATER or not response.is_client_error:
            raise CentralUnreachable(_GATEWAY_404 if status == httpx.codes.NOT_FOUND else f"central answered {status}")
        raise said(problem)

    def _read(self, kind: type[M], data: object) -> M:
        try:
            return from_wire(kind, data)
        except UnreadableInput as error:
            raise CentralUnreachable(f"central's answer cannot be read: {error}") from error


def said(problem: Problem) -> RuleRefused | RequestRefused:
    """What central's problem means: a rule's no that this kiosk knows, or a request that cannot be taken as it is."""
    try:
        refusal = Refusal(problem.refusal or "")
    except ValueError:
        return RequestRefused(problem)
    return RuleRefused(refusal, problem.detail, problem.facts)


def _problem(response: httpx.Response) -> Problem | None:
    if not response.headers.get("content-type", "").startswith("application/problem+json"):
        return None
    try:
        return from_wire(Problem, json.loads(response.content))
    except (UnreadableInput, ValueError, RecursionError):
        return None
