"""Kiosks over HTTP."""

from datetime import datetime
from typing import Any

import httpx
import pytest

from models.messages import EnrolAnswer, HeartbeatAnswer, HelpAnswer, from_wire
from tests.central.api.conftest import Web
from tests.central.api.test_tickets_http import problem, ticket

URL = "/api/v1/kiosks"


def test_enrolment(web: Web) -> None:
    code = web.code(2)
    response = web.client().post(f"{URL}/enrol", json={"code": code, "local_high": {"A": 7}, "day": "2026-11-23"})
    answer = from_wire(EnrolAnswer, response.json())
    assert (answer.kiosk, answer.office, answer.series.next["A"]) == (2, "hoa-sen", 1)
    assert datetime.fromisoformat(answer.time) == web.clock.time
    client = web.client(answer.token)
    assert client.post("/api/v1/tickets", json=ticket()).json()["number"] == "A008"
    assert problem(web.client().post(f"{URL}/enrol", json={"code": code})).type == "/problems/code-refused"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"code": 7},
        {"code": "x" * 41},
        {"code": "x", "local_high": {"I": 1}},
        {"code": "x", "local_high": {"A": -1}},
        {"code": "x", "local_high": {"A": 10**9}},
        {"code": "x", "day": "today"},
    ],
)
def test_an_enrolment_that_cannot_be_read(web: Web, body: dict[str, Any]) -> None:
    found = problem(web.client().post(f"{URL}/enrol", json=body))
    assert found.status == 422
    assert found.facts


def test_an_old_token_ends_when_its_number_is_enrolled_again(web: Web) -> None:
    old, new = web.kiosk(1), web.kiosk(1)
    assert problem(old.post(f"{URL}/heartbeat", json={"instance": "a"})).status == 401
    assert new.post(f"{URL}/heartbeat", json={"instance": "a"}).status_code == 200


def test_a_heartbeat(web: Web, kiosk: httpx.Client) -> None:
    kiosk.post("/api/v1/tickets", json=ticket(number="A1-012"))
    beat = {"instance": "b2-77", "version": "0.1.0", "outbox": 3, "parked": 0, "findings": ["P2", "N0"]}
    answer = from_wire(HeartbeatAnswer, kiosk.post(f"{URL}/heartbeat", json=beat).json())
    assert answer.series.next["A"] == 13
    assert datetime.fromisoformat(answer.time) == web.clock.time
    for wrong in ({"instance": ""}, {"instance": "a", "outbox": -1}, {"instance": "a", "findings": ["\ud800"]}):
        content = str(wrong).replace("'", '"').replace("\ud800", "\\ud800").encode()
        assert problem(kiosk.post(f"{URL}/heartbeat", content=content, headers=_JSON)).status == 422


_JSON = {"Content-Type": "application/json"}


def test_help(web: Web, kiosk: httpx.Client) -> None:
    called = kiosk.post(f"{URL}/help", json={"reason": "no_paper", "emergency": False})
    assert called.status_code == 201
    answer = from_wire(HelpAnswer, called.json())
    assert kiosk.post(f"{URL}/help", json={}).status_code == 200
    assert kiosk.get(f"{URL}/help").json() == called.json()
    staff = web.kiosk(2)
    assert staff.post(f"{URL}/help/{answer.help_id}/ack").json()["help"] == "acknowledged"
    assert kiosk.get(f"{URL}/help").json()["help"] == "acknowledged"
    assert kiosk.delete(f"{URL}/help").status_code == 204
    assert kiosk.get(f"{URL}/help").json() == {"help": "none", "help_id": None}
    assert problem(staff.post(f"{URL}/help/{answer.help_id}/ack")).status == 404
    assert problem(staff.post(f"{URL}/help/0/ack")).status == 422
    assert problem(web.client().post(f"{URL}/help", json={})).status == 401
