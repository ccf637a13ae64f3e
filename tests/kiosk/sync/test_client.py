import json
from collections.abc import Callable
from datetime import time

import httpx
import pytest

from kiosk.sync.client import ANSWER_BYTES, CentralClient, CentralFailed, RequestRefused, TokenEnded
from models.catalogue_wire import catalogue_etag, catalogue_to_wire
from models.errors import CentralUnreachable, Refusal, RuleRefused
from models.messages import BatchRequest, EnrolRequest, Heartbeat, PersonUpdate, TicketRequest
from models.service import Catalogue, Hours, Service, Session
from models.text import Text

ASK = TicketRequest("0190-id", "ho-tich", "2026-03-02T08:00:00+07:00")
ANSWER = {"ticket_id": "0190-id", "number": "A001", "day": "2026-03-02", "unknown key": 1}
SESSION = Session(time(7, 30), time(11, 30), time(7, 0), time(11, 0))
CATALOGUE = Catalogue(
    "phuong-mau", Text("UBND"), Text("Phường Mẫu"), "ward", "Asia/Ho_Chi_Minh", Hours(((SESSION,),) * 7),
    (Service("ho-tich", "A", Text("Hộ tịch")),),
)  # fmt: skip

Answer = Callable[[httpx.Request], httpx.Response]


def client(answer: Answer) -> CentralClient:
    return CentralClient("http://central.test", "TOKEN", transport=httpx.MockTransport(answer))


def always(status: int, body: object = None, kind: str = "application/json", **headers: str) -> Answer:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return lambda _request: httpx.Response(status, content=content, headers={"content-type": kind, **headers})


def problem(status: int, refusal: str | None = None, **facts: str) -> Answer:
    body = {"type": "/problems/x", "title": "No", "status": status, "detail": "why", "refusal": refusal, "facts": facts}
    return always(status, body, "application/problem+json")


def test_a_question_goes_out_with_the_token_and_comes_back_as_a_message() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(201, json=ANSWER)

    with client(answer) as central:
        assert central.ticket(ASK).number == "A001"
    (request,) = seen
    assert (request.method, request.url.path) == ("POST", "/api/v1/tickets")
    assert request.headers["Authorization"] == "Bearer TOKEN"
    assert json.loads(request.content)["ticket_id"] == "0190-id"


@pytest.mark.parametrize(
    ("call", "method", "path", "body"),
    [
        (lambda c: c.cancel("a/b"), "POST", "/api/v1/tickets/a%2Fb/cancel", {}),
        (lambda c: c.person("x", PersonUpdate("card_qr")), "POST", "/api/v1/tickets/x/person", {}),
        (lambda c: c.call_help("help", emergency=True), "POST", "/api/v1/kiosks/help", {}),
        (lambda c: c.stop_help(), "DELETE", "/api/v1/kiosks/help", None),
        (lambda c: c.help_state(), "GET", "/api/v1/kiosks/help", {"help": "acknowledged"}),
        (lambda c: c.queue(), "GET", "/api/v1/queue", {"at": "x", "services": []}),
        (
            lambda c: c.heartbeat(Heartbeat("i")),
            "POST",
            "/api/v1/kiosks/heartbeat",
            {"time": "t", "series": {"day": "d", "next": {"A": 1}}},
        ),
        (
            lambda c: c.enrol(EnrolRequest("c")),
            "POST",
            "/api/v1/kiosks/enrol",
            {"token": "t", "kiosk": 2, "office": "o", "series": {"day": "d", "next": {}}, "time": "t"},
        ),
        (
            lambda c: c.tickets(BatchRequest((ASK,))),
            "POST",
            "/api/v1/tickets/batch",
            {"results": [{"status": 201, "ticket": ANSWER}]},
        ),
    ],
)
def test_each_path(call: Callable[[CentralClient], object], method: str, path: str, body: object) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        assert (request.method, request.url.raw_path.decode()) == (method, path)
        return httpx.Response(204) if body is None else httpx.Response(200, json=body)

    with client(answer) as central:
        call(central)


def test_a_rules_no_carries_its_facts() -> None:
    with client(problem(409, "already_holding", number="A001")) as central, pytest.raises(RuleRefused) as caught:
        central.ticket(ASK)
    assert caught.value.refusal is Refusal.ALREADY_HOLDING
    assert caught.value.facts == {"number": "A001"}


@pytest.mark.parametrize("answer", [problem(409), problem(422), problem(409, "a rule of a later version")])
def test_another_no_is_about_this_request(answer: Answer) -> None:
    with client(answer) as central, pytest.raises(RequestRefused, match="why"):
        central.ticket(ASK)


@pytest.mark.parametrize("answer", [problem(401), always(403)])
def test_an_ended_token_wants_a_technician(answer: Answer) -> None:
    with client(answer) as central, pytest.raises(TokenEnded):
        central.ticket(ASK)


def test_a_broken_central_is_told_apart() -> None:
    with client(problem(500)) as central, pytest.raises(CentralFailed):
        central.ticket(ASK)


def timeout(_request: httpx.Request) -> httpx.Response:
    raise httpx.ReadTimeout("slow")


def refused(_request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("refused")


@pytest.mark.parametrize(
    "answer",
    [
        timeout,
        refused,
        problem(503),
        problem(429),
        always(404, b"<html>nginx</html>", "text/html"),
        always(302, location="http://elsewhere.test/"),
        always(200, b"not json"),
        always(200, b"[" * 100_000),
        always(200, {"ticket_id": 1}),
        always(200, []),
        always(200, b"x" * (ANSWER_BYTES + 1)),
        always(200, b"\x1f\x8bnot gzip", **{"content-encoding": "gzip"}),
        always(400, b"{", "application/problem+json"),
    ],
)
def test_everything_else_is_later_again(answer: Answer) -> None:
    with client(answer) as central, pytest.raises(CentralUnreachable):
        central.ticket(ASK)


def test_a_batch_must_be_answered_one_by_one() -> None:
    with client(always(200, {"results": []})) as central, pytest.raises(CentralUnreachable):
        central.tickets(BatchRequest((ASK,)))


def test_a_cancel_of_a_stranger_is_no_mistake_but_a_stranger_is_no_central() -> None:
    with client(problem(404)) as central:
        central.cancel("x")
    with client(always(404)) as central, pytest.raises(CentralUnreachable):
        central.cancel("x")


def test_the_catalogue_is_fetched_once_per_etag() -> None:
    etag = catalogue_etag(CATALOGUE)

    def answer(request: httpx.Request) -> httpx.Response:
        if request.headers.get("If-None-Match") == etag:
            return httpx.Response(304)
        return httpx.Response(200, json=catalogue_to_wire(CATALOGUE), headers={"ETag": etag})

    with client(answer) as central:
        fetched = central.services(None)
        assert fetched is not None
        assert fetched.catalogue == CATALOGUE
        assert central.services(fetched.etag) is None


def test_a_catalogue_that_cannot_be_read_is_not_taken() -> None:
    with client(always(200, {"office": 3})) as central, pytest.raises(CentralUnreachable):
        central.services(None)


def test_the_proxy_of_somebodys_shell_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with client(always(200, ANSWER)) as central:
        assert central.ticket(ASK).number == "A001"


def test_an_answer_that_only_drips_is_none() -> None:
    passed = iter(range(0, 1000, 11))

    def drip(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=iter([b" "] * 100))

    transport = httpx.MockTransport(drip)
    central = CentralClient("http://central.test", transport=transport, monotonic=lambda: float(next(passed)))
    with central, pytest.raises(CentralUnreachable, match="does not end"):
        central.queue()
