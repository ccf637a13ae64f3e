"""Tickets over HTTP: the wire of models.messages, strict reading, problems."""

import dataclasses
import json
import uuid
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from central.api import bodies
from models import messages
from models.messages import BatchAnswer, CancelAnswer, Problem, TicketAnswer, from_wire
from tests.central.api.conftest import Web
from tests.support.central import MONDAY, REF

URL = "/api/v1/tickets"


def ticket(**fields: Any) -> dict[str, Any]:
    wire = {"ticket_id": str(uuid.uuid4()), "service": "chung-thuc", "issued_at": MONDAY.isoformat()}
    return wire | {"number": None, "method": "none", "priority": None, "person_ref": None} | fields


def problem(response: httpx.Response) -> Problem:
    assert response.headers["content-type"] == "application/problem+json"
    found = from_wire(Problem, response.json())
    assert found.status == response.status_code
    return found


def test_a_number_is_given_once(kiosk: httpx.Client) -> None:
    asked = ticket(follow_code="abcdefghijklm")
    first, again = kiosk.post(URL, json=asked), kiosk.post(URL, json=asked)
    assert (first.status_code, again.status_code) == (201, 200)
    answer = from_wire(TicketAnswer, first.json())
    assert first.json() == again.json()
    assert (answer.number, answer.day, answer.people_ahead) == ("A001", "2026-11-23", 0)
    assert answer.follow_url == "https://so.example.vn/t/abcdefghijklm#A001"


def test_ids_are_compared_without_case(kiosk: httpx.Client) -> None:
    asked = ticket()
    kiosk.post(URL, json=asked)
    assert kiosk.post(URL, json=asked | {"ticket_id": asked["ticket_id"].upper()}).status_code == 200


def test_a_rule_refuses_with_its_facts(kiosk: httpx.Client) -> None:
    held = kiosk.post(URL, json=ticket(person_ref=REF)).json()
    found = problem(kiosk.post(URL, json=ticket(person_ref=REF)))
    assert (found.status, found.type, found.refusal) == (409, "/problems/refused", "already_holding")
    assert (found.facts["number"], found.facts["ticket_id"]) == ("A001", held["ticket_id"])


@pytest.mark.parametrize("token", [None, "wrong", "ä"])
def test_without_a_token_nothing_is_given(web: Web, token: str | None) -> None:
    headers = {} if token is None else {b"Authorization": f"Bearer {token}".encode()}
    response = web.client().post(URL, json=ticket(number="A1-001"), headers=headers)
    assert problem(response).type == "/problems/not-enrolled"
    assert response.headers["www-authenticate"] == "Bearer"
    assert web.database.read(lambda tx: tx.papers.parked("hoa-sen")) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("ticket_id", "1"),
        ("ticket_id", None),
        ("ticket_id", "0" * 36),
        ("service", "Chứng thực"),
        ("service", "x" * 41),
        ("issued_at", "2026-11-23T08:00:00"),
        ("issued_at", "2026-13-23T08:00:00Z"),
        ("issued_at", "0001-01-01T00:00:00Z"),
        ("issued_at", "2026-11-23T08:00:00+07:00\n"),
        ("issued_at", 1795363200),
        ("day", "2026-02-30"),
        ("day", "٢٠٢٦-١١-٢٣"),
        ("age_ms", -1),
        ("age_ms", 1.5),
        ("age_ms", True),
        ("age_ms", 10**30),
        ("clock", "perhaps"),
        ("person_ref", "099090000001"),
        ("person_ref", "'; DROP TABLE tickets; --"),
        ("follow_code", "ABCDEFGHIJKLM"),
        ("priority", {"$ne": 1}),
        ("priority_proven", "yes"),
        ("procedure", "%s%s%n"),
        ("not_before", "tomorrow"),
        ("wire", 0),
        ("on_behalf", 1),
    ],
)
def test_what_cannot_be_read_is_refused_and_its_content_not_told(kiosk: httpx.Client, field: str, value: Any) -> None:
    found = problem(kiosk.post(URL, json=ticket(**{field: value})))
    assert found.status == 422
    assert field in found.detail
    assert found.facts == {"parked": "no"}
    if isinstance(value, str) and len(value) > 3:
        assert value not in found.detail


def test_a_paper_of_a_clock_with_an_empty_battery_is_taken(web: Web, kiosk: httpx.Client) -> None:
    paper = ticket(number="A1-501", issued_at="1970-01-01T08:00:05+08:00", clock="unsure", age_ms=60_000)
    assert kiosk.post(URL, json=paper).json()["day"] == web.clock.time.date().isoformat()


def test_a_paper_that_cannot_be_read_is_parked(web: Web, kiosk: httpx.Client) -> None:
    paper = ticket(number="A1-007", issued_at="?", person_ref="099090000001")
    for _ in range(2):
        assert problem(kiosk.post(URL, json=paper)).facts == {"parked": "yes"}
    [parked] = kiosk.get("/api/v1/papers/parked").json()["papers"]
    assert (parked["number"], parked["ticket_id"], parked["reason"]) == ("A1-007", paper["ticket_id"], "unreadable")
    assert parked["issued_at"] is None
    assert "099090000001" not in json.dumps(parked)


def test_unknown_keys_are_left_aside(kiosk: httpx.Client) -> None:
    assert kiosk.post(URL, json=ticket(identity="sealed", moon="full")).status_code == 201


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff\xfe", b'{"a": NaN}', b"[" * 100_000, b'{"age_ms": ' + b"9" * 5000 + b"}"]
)
def test_what_is_not_json(kiosk: httpx.Client, content: bytes) -> None:
    assert problem(kiosk.post(URL, content=content)).type == "/problems/not-json"
    assert problem(kiosk.post(f"{URL}/batch", content=content)).status == 400


@pytest.mark.parametrize("content", ["null", "[]", "7", '"x"', "{}"])
def test_json_that_is_no_ticket(kiosk: httpx.Client, content: str) -> None:
    assert problem(kiosk.post(URL, content=content)).status == 422


def test_a_body_too_large(kiosk: httpx.Client) -> None:
    large = b" " * ((1 << 20) + 1)
    assert problem(kiosk.post(URL, content=large)).status == 413
    assert problem(kiosk.post(URL, content=iter([large[:700_000], large[:700_000]]))).status == 413


def test_a_batch_keeps_order_and_each_has_its_own_fate(kiosk: httpx.Client) -> None:
    known = ticket(number="A1-001")
    kiosk.post(URL, json=known)
    batch = [
        ticket(number="A1-003"),
        known,
        ticket(number="A1-001"),
        ticket(number="B1-001", service="gone"),
        {"number": "A1-009"},
        ticket(),
        ticket(service="gone"),
        "nonsense",
    ]
    response = kiosk.post(f"{URL}/batch", json={"tickets": batch})
    answer = from_wire(BatchAnswer, response.json())
    assert [result.status for result in answer.results] == [201, 200, 409, 201, 422, 201, 409, 422]
    given = [result.ticket.number if result.ticket else None for result in answer.results]
    assert given == ["A1-003", "A1-001", None, "B1-001", None, "A001", None, None]
    refusals = [result.problem.refusal if result.problem else None for result in answer.results]
    assert refusals[6] == "unknown_service"
    assert len(kiosk.get("/api/v1/papers/parked").json()["papers"]) == 2


@pytest.mark.parametrize("tickets", [None, {}, [{}] * 101])
def test_a_batch_that_is_none(kiosk: httpx.Client, tickets: Any) -> None:
    assert problem(kiosk.post(f"{URL}/batch", json={"tickets": tickets})).status == 422


def test_an_empty_batch(kiosk: httpx.Client) -> None:
    assert kiosk.post(f"{URL}/batch", json={"tickets": []}).json() == {"results": []}


def test_a_hundred_papers_at_once(kiosk: httpx.Client) -> None:
    batch = [ticket(number=f"A1-{n:03d}") for n in range(1, 101)]
    results = kiosk.post(f"{URL}/batch", json={"tickets": batch}).json()["results"]
    assert {result["status"] for result in results} == {201}
    assert kiosk.get("/api/v1/queue").json()["services"][0]["waiting"] == 100


def test_cancel(kiosk: httpx.Client) -> None:
    asked = ticket()
    kiosk.post(URL, json=asked)
    answer = from_wire(CancelAnswer, kiosk.post(f"{URL}/{asked['ticket_id']}/cancel").json())
    assert (answer.ticket_id, answer.state) == (asked["ticket_id"], "cancelled")
    assert kiosk.post(f"{URL}/{uuid.uuid4()}/cancel").status_code == 200
    assert problem(kiosk.post(f"{URL}/x/cancel")).status == 422


def test_the_card_after_the_number(kiosk: httpx.Client) -> None:
    asked = ticket()
    kiosk.post(URL, json=asked)
    update = {"method": "card_qr", "person_ref": REF, "priority": "elderly", "priority_proven": True}
    assert kiosk.post(f"{URL}/{asked['ticket_id']}/person", json=update).json()["number"] == "A001"
    assert problem(kiosk.post(f"{URL}/{uuid.uuid4()}/person", json=update)).status == 404
    assert problem(kiosk.post(f"{URL}/{asked['ticket_id']}/person", json={"method": "palm"})).status == 422
    assert problem(kiosk.post(f"{URL}/{asked['ticket_id']}/person", json={"method": 1})).status == 422


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (bodies.TicketBody, messages.TicketRequest),
        (bodies.PersonBody, messages.PersonUpdate),
        (bodies.EnrolBody, messages.EnrolRequest),
        (bodies.HeartbeatBody, messages.Heartbeat),
        (bodies.HelpBody, messages.HelpRequest),
    ],
)
def test_bodies_have_the_fields_of_their_messages(body: type[bodies.Body], message: Any) -> None:
    fields = {f.name: f for f in dataclasses.fields(message)}
    assert set(body.model_fields) == set(fields)
    required = {name for name, f in body.model_fields.items() if f.is_required()}
    nothing = dataclasses.MISSING
    assert required == {n for n, f in fields.items() if f.default is nothing and f.default_factory is nothing}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
hostile = st.fixed_dictionaries({}, optional=dict.fromkeys(ticket(), json_values)) | json_values


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(hostile)
def test_nothing_that_is_json_breaks_the_reading(raw: Any) -> None:
    read = bodies.read_ticket(raw)
    if isinstance(read, messages.TicketRequest):
        assert messages.from_wire(messages.TicketRequest, messages.to_wire(read)) == read
    else:
        assert read.detail
        assert read.detail.isprintable()
        json.dumps(dataclasses.asdict(read)).encode()
