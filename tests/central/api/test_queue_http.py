"""Services, queue, events, health and what everything else answers."""

import contextlib
import threading
import time
from collections.abc import Iterator, MutableMapping
from typing import Any

import httpx
import pytest

from central.store.database import Database
from models.catalogue_wire import catalogue_from_wire
from models.messages import QueueAnswer, from_wire
from tests.central.api.conftest import Web
from tests.central.api.test_tickets_http import problem, ticket
from tests.support.central import REF, an_office, with_service


def test_services_with_etag(web: Web, kiosk: httpx.Client) -> None:
    response = kiosk.get("/api/v1/services")
    assert catalogue_from_wire(response.json()) == an_office()
    etag = response.headers["etag"]
    for tags in (etag, f'"x", W/{etag}', "*"):
        same = kiosk.get("/api/v1/services", headers={"If-None-Match": tags})
        assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", etag)
    web.put(with_service(an_office(), "ho-tich", quota=5))
    changed = kiosk.get("/api/v1/services", headers={"If-None-Match": etag})
    assert changed.status_code == 200
    assert changed.headers["etag"] != etag


def test_the_queue(web: Web, kiosk: httpx.Client) -> None:
    kiosk.post("/api/v1/tickets", json=ticket())
    answer = from_wire(QueueAnswer, kiosk.get("/api/v1/queue").json())
    assert (answer.services[0].service, answer.services[0].waiting) == ("chung-thuc", 1)
    assert answer.numbers == ()
    detail = from_wire(QueueAnswer, web.client().get("/api/v1/queue?detail=numbers").json())
    assert [n.number for n in detail.numbers] == ["A001"]


def test_which_office(web: Web) -> None:
    anybody = web.client()
    assert problem(anybody.get("/api/v1/queue?office=nowhere")).status == 404
    assert problem(anybody.get("/api/v1/queue?office=NO WAY")).status == 422
    assert problem(anybody.get("/api/v1/queue?detail=names")).status == 422
    web.put(an_office(office="other"))
    found = problem(anybody.get("/api/v1/queue"))
    assert (found.status, found.facts) == (400, {"offices": "hoa-sen other"})
    assert anybody.get("/api/v1/queue?office=other").status_code == 200
    assert problem(web.client("wrong").get("/api/v1/queue?office=other")).status == 401


def test_health(web: Web) -> None:
    assert web.client().get("/healthz").json() == {"status": "ok", "offices": 1}


@pytest.mark.parametrize("path", ["/nothing", "/api/v1/nothing", "/docs", "/api/v1/tickets/", "/t/a/b"])
def test_what_is_not_there(web: Web, path: str) -> None:
    assert problem(web.client().get(path)).status == 404


def test_what_cannot_be_done_there(web: Web) -> None:
    response = web.client().put("/api/v1/tickets", json={})
    assert problem(response).status == 405
    assert response.headers["allow"] == "POST"


def test_every_answer_is_guarded(web: Web) -> None:
    for path in ("/healthz", "/nothing", "/", "/t/abcdefghijklm"):
        headers = web.client().get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] == "no-store"
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "server" not in headers


def test_the_log_says_which_route_and_never_who(
    web: Web, kiosk: httpx.Client, log: list[MutableMapping[str, Any]]
) -> None:
    asked = ticket(follow_code="abcdefghijklm", person_ref=REF)
    kiosk.post("/api/v1/tickets", json=asked)
    kiosk.post("/api/v1/tickets", json=asked | {"service": "?"})
    web.client().get("/t/abcdefghijklm")
    web.client().get("/healthz")
    web.stop()
    lines = [line for line in log if line["event"] == "request"]
    assert [(line["method"], line["route"], line["status"]) for line in lines[-4:]] == [
        ("POST", "/api/v1/tickets", 201),
        ("POST", "/api/v1/tickets", 422),
        ("GET", "/t/{code}", 200),
        ("GET", "/healthz", 200),
    ]
    for private in ("abcdefghijklm", REF, asked["ticket_id"]):
        assert private not in str(log)


def test_the_documentation_tells_the_truth_about_itself(web: Web) -> None:
    document = web.client().get("/openapi.json").json()
    assert "Problem" in document["components"]["schemas"]
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            statuses = {int(status) for status in operation["responses"]}
            assert 503 in statuses, f"{method} {path}: the disk may always fail"
            for status, response in operation["responses"].items():
                if int(status) >= 400:
                    assert list(response["content"]) == ["application/problem+json"], (method, path, status)
    text = str(document)
    assert "HTTPValidationError" not in text


def test_a_bug_is_a_problem_too(web: Web) -> None:
    web.clock.time = None  # type: ignore[assignment]
    found = problem(web.client(checked=False).get("/api/v1/queue"))
    assert (found.status, found.type) == (500, "/problems/bug")


def test_a_failing_disk_is_a_problem_too(web: Web, kiosk: httpx.Client) -> None:
    web.app.state.backend.database.close()
    found = problem(kiosk.post("/api/v1/tickets", json=ticket()))
    assert (found.status, found.type) == (503, "/problems/storage")


class Listener:
    """Reads a stream in a thread of its own."""

    def __init__(self, client: httpx.Client, headers: dict[str, str] | None = None) -> None:
        self._changed = threading.Condition()
        self.events: list[dict[str, str]] = []
        self.ended = threading.Event()
        self.opened = threading.Event()
        self._client = client
        self._headers = headers or {}
        self._thread = threading.Thread(target=self._read)
        self._thread.start()
        assert self.opened.wait(20)

    def _read(self) -> None:
        # A test that is over closes the client under the reading thread; one that still waits sees too few events.
        with contextlib.suppress(httpx.TransportError):
            self._listen()
        self.ended.set()

    def _listen(self) -> None:
        with self._client.stream("GET", "/api/v1/queue/events", headers=self._headers, timeout=30) as response:
            assert response.headers["content-type"].startswith("text/event-stream")
            for event in _events(response.iter_lines(), self.opened):
                with self._changed:
                    self.events.append(event)
                    self._changed.notify_all()

    def wait_for(self, count: int) -> list[dict[str, str]]:
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.events) >= count, 20), self.events
            return list(self.events)

    def join(self) -> None:
        self._thread.join(20)
        assert not self._thread.is_alive()


def _events(lines: Iterator[str], opened: threading.Event) -> Iterator[dict[str, str]]:
    event: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(": ")
        if name == "retry":
            opened.set()
        elif line and name:
            event[name] = value
        elif not line and "id" in event:
            yield event
            event = {}


def test_events_arrive_as_they_happen_and_go_on_where_they_were_cut(web: Web, kiosk: httpx.Client) -> None:
    public, staff = Listener(web.client(), {"Last-Event-ID": "0"}), Listener(web.kiosk(2), {"Last-Event-ID": "0"})
    before = len(staff.wait_for(3))
    kiosk.post("/api/v1/tickets", json=ticket())
    kiosk.post("/api/v1/kiosks/help", json={})
    heard = staff.wait_for(before + 2)
    assert [e["event"] for e in heard] == [
        "services_changed",
        "kiosk_enrolled",
        "kiosk_enrolled",
        "ticket_issued",
        "help_called",
    ]
    assert [int(e["id"]) for e in heard] == [1, 2, 3, 4, 5]
    assert heard[3]["data"] == '{"at": "2026-11-23T08:00:00.000+07:00", "number": "A001", "service": "chung-thuc"}'
    kiosk.post("/api/v1/tickets", json=ticket())
    assert [e["event"] for e in public.wait_for(3)] == ["services_changed", "ticket_issued", "ticket_issued"]
    again = Listener(web.client(), {"Last-Event-ID": "4"})
    assert [e["id"] for e in again.wait_for(1)] == ["6"]
    web.server.stop()
    for listener in (public, staff, again):
        listener.join()
        assert listener.ended.is_set(), "a stopping server ends its streams well"


def test_events_of_another_process_are_heard(web: Web, database_url: str) -> None:
    listener = Listener(web.client())
    with Database.open(database_url) as other:
        other.write(lambda tx: tx.events.add("hoa-sen", 0, "from_elsewhere", {}))
    assert listener.wait_for(1)[0]["event"] == "from_elsewhere"
    web.server.stop()
    listener.join()


def test_a_stream_of_a_database_that_was_replaced_is_not_silent(web: Web, kiosk: httpx.Client) -> None:
    listener = Listener(web.client(), {"Last-Event-ID": "99999"})
    deadline = time.monotonic() + 20
    while not listener.events and time.monotonic() < deadline:
        kiosk.post("/api/v1/tickets", json=ticket())
        listener.wait_for(1)
    assert listener.events[0]["event"] == "ticket_issued"
    web.server.stop()
    listener.join()


def test_a_last_event_id_that_is_none(web: Web) -> None:
    assert problem(web.client().get("/api/v1/queue/events", headers={"Last-Event-ID": "x"})).status == 422
