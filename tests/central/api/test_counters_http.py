"""Counters, sessions and the display over HTTP; every answer is held against the documentation."""

import unicodedata
import uuid
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from central.usecases.staff import TRIES_OF_USER, put_user
from tests.central.api.conftest import Web
from tests.support.central import PASSWORD, an_office, randomness


def add(web: Web, user: str = "binh", roles: tuple[str, ...] = ("officer",), office: str = "hoa-sen") -> None:
    web.database.write(
        lambda tx: put_user(tx, office, user, "Trần Thị Bình", roles, PASSWORD, randomness(), web.clock.now)
    )


def signed_in(web: Web, user: str = "binh") -> httpx.Client:
    client = web.client()
    answer = client.post("/api/v1/session", json={"user": user, "password": PASSWORD}).raise_for_status()
    client.headers["X-CSRF-Token"] = answer.json()["csrf"]
    return client


@pytest.fixture
def officer(web: Web) -> httpx.Client:
    add(web)
    return signed_in(web)


def take(web: Web, kiosk: httpx.Client, service: str = "chung-thuc", **fields: Any) -> str:
    body = {
        "ticket_id": str(uuid.uuid4()),
        "service": service,
        "issued_at": web.clock.time.isoformat(),
        **fields,
    }
    return str(kiosk.post("/api/v1/tickets", json=body).raise_for_status().json()["ticket_id"])


def act(client: httpx.Client, name: str, counter: int = 2, **body: Any) -> httpx.Response:
    return client.post(f"/api/v1/counters/{counter}/{name}", json={"request_id": str(uuid.uuid4()), **body})


def problem(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].removeprefix("/problems/")


def test_a_session_from_beginning_to_end(web: Web) -> None:
    add(web, roles=("officer", "manager"))
    client = web.client()
    answer = client.post("/api/v1/session", json={"user": "binh", "password": PASSWORD})
    said = answer.json()
    csrf = said.pop("csrf")
    assert said == {"user": "binh", "name": "Trần Thị Bình", "roles": ["officer", "manager"], "office": "hoa-sen"}
    cookie = answer.headers["set-cookie"]
    assert all(part in cookie for part in ("HttpOnly", "SameSite=strict", "Path=/", "Max-Age=43200"))
    assert csrf not in cookie
    assert client.get("/api/v1/session").json()["csrf"] == csrf
    assert problem(client.delete("/api/v1/session")) == (403, "csrf")
    assert client.delete("/api/v1/session", headers={"X-CSRF-Token": csrf}).status_code == 204
    client.cookies.set("central_session", cookie.split("=", 1)[1].split(";")[0])
    assert problem(client.get("/api/v1/session")) == (401, "not-signed-in")


def test_what_is_kept_does_not_open_a_session(web: Web, officer: httpx.Client, log: list[dict[str, Any]]) -> None:
    token = officer.cookies["central_session"]
    path = Path(str(web.database._writer.url.database))
    kept = b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
    assert token.encode() not in kept
    assert PASSWORD.encode() not in kept
    assert PASSWORD not in repr(log)


@pytest.mark.parametrize("body", [{"user": "binh", "password": "wrong one"}, {"user": "nobody", "password": PASSWORD}])
def test_wrong_user_and_wrong_password_are_one_answer(web: Web, body: dict[str, str]) -> None:
    add(web)
    answer = web.client().post("/api/v1/session", json=body)
    assert problem(answer) == (401, "sign-in-refused")
    assert "set-cookie" not in answer.headers


def test_a_vietnamese_password_may_be_typed_decomposed(web: Web) -> None:
    add(web)
    typed = unicodedata.normalize("NFD", PASSWORD)
    assert typed != PASSWORD
    assert web.client().post("/api/v1/session", json={"user": "binh", "password": typed}).status_code == 200


def test_guessing_is_slowed_down_for_one_person_only(web: Web) -> None:
    add(web)
    add(web, "chi")
    client = web.client()
    wrong = {"user": "binh", "password": "guess guess"}
    assert {client.post("/api/v1/session", json=wrong).status_code for _ in range(TRIES_OF_USER)} == {401}
    right = {"user": "binh", "password": PASSWORD}
    answer = client.post("/api/v1/session", json=right)
    assert problem(answer) == (429, "too-many-tries")
    assert int(answer.headers["retry-after"]) == 900
    assert client.post("/api/v1/session", json={"user": "chi", "password": PASSWORD}).status_code == 200
    web.clock.forward(minutes=15)
    assert client.post("/api/v1/session", json=right).status_code == 200


def test_a_session_ends_after_twelve_hours(web: Web, officer: httpx.Client) -> None:
    web.clock.forward(hours=11, minutes=59)
    assert officer.get("/api/v1/counters").status_code == 200
    web.clock.forward(minutes=1)
    assert problem(officer.get("/api/v1/counters")) == (401, "not-signed-in")
    assert problem(act(officer, "next", current=None)) == (401, "not-signed-in")


def test_a_new_password_ends_the_sessions(web: Web, officer: httpx.Client) -> None:
    add(web)
    assert problem(officer.get("/api/v1/session")) == (401, "not-signed-in")


def test_every_change_wants_the_second_secret(web: Web, officer: httpx.Client) -> None:
    add(web, "chi")
    other = signed_in(web, "chi").headers["X-CSRF-Token"]
    officer.headers["X-CSRF-Token"] = other
    acts: dict[str, dict[str, Any]] = {
        "next": {"current": None},
        "undo": {},
        "call": {"number": "A001", "reason": "other"},
    }
    about = {"ticket_id": str(uuid.uuid4())}
    acts |= dict.fromkeys(("recall", "start", "finish", "no-show", "hold"), about)
    acts["transfer"] = {**about, "counter": 1}
    for name, body in acts.items():
        assert problem(act(officer, name, **body)) == (403, "csrf"), name
    del officer.headers["X-CSRF-Token"]
    assert problem(act(officer, "next", current=None)) == (403, "csrf")
    assert problem(act(web.client(), "next", current=None)) == (401, "not-signed-in")


def test_a_manager_looks_and_an_officer_calls(web: Web) -> None:
    add(web, "quan", ("manager",))
    manager = signed_in(web, "quan")
    assert manager.get("/api/v1/counters/2").status_code == 200
    assert problem(act(manager, "next", current=None)) == (403, "wrong-role")


def test_a_kiosks_token_is_no_session(web: Web, kiosk: httpx.Client) -> None:
    assert problem(kiosk.get("/api/v1/counters")) == (401, "not-signed-in")


def test_an_officer_of_another_office_sees_and_calls_nobody_here(web: Web, kiosk: httpx.Client) -> None:
    web.put(replace(an_office(), office="binh-minh"))
    add(web, "an", office="binh-minh")
    mine = take(web, kiosk)
    stranger = signed_in(web, "an")
    assert stranger.get("/api/v1/counters/2").json()["waiting"] == []
    assert act(stranger, "next", current=None).json() == {"called": None, "reason": "nobody", "waiting": 0}
    assert problem(act(stranger, "call", number="A001", reason="other")) == (404, "not-found")
    assert problem(act(stranger, "start", ticket_id=mine)) == (409, "stale")
    assert web.client().get("/api/v1/display?office=hoa-sen").json()["calls"] == []


def test_a_visit_at_the_counter(web: Web, kiosk: httpx.Client, officer: httpx.Client) -> None:
    first = take(web, kiosk, priority="elderly", priority_proven=True, method="card_qr", person_ref="A" * 52)
    web.clock.forward(minutes=1)
    second = take(web, kiosk)
    web.clock.forward(minutes=3)
    answer = act(officer, "next", current=None).json()
    assert answer["reason"] == "priority"
    assert answer["waiting"] == 1
    assert answer["called"] == {
        "ticket_id": first,
        "number": "A001",
        "service": "chung-thuc",
        "state": "called",
        "called_at": "2026-11-23T08:04:00.000+07:00",
        "calls": 1,
        "priority": "elderly",
        "priority_proven": True,
        "method": "card_qr",
        "waited_seconds": 240,
        "on_behalf": False,
        "procedure": None,
        "started_at": None,
    }
    assert act(officer, "recall", ticket_id=first).json()["called"]["calls"] == 2
    assert act(officer, "start", ticket_id=first).json()["called"]["state"] == "serving"
    shown = officer.get("/api/v1/counters/2").json()
    assert shown["current"]["ticket_id"] == first
    assert shown["waiting"] == [
        {
            "number": "A002",
            "service": "chung-thuc",
            "waited_seconds": 180,
            "priority": None,
            "reason_order": "place",
        }
    ]
    assert shown["undo_until"] == "2026-11-23T08:04:10.000+07:00"
    assert (shown["priority_ratio"], shown["calls_before_no_show"]) == ([2, 1], 3)
    assert act(officer, "hold", ticket_id=first, reason="papers").json()["called"] is None
    assert act(officer, "undo").json()["called"]["ticket_id"] == first
    assert act(officer, "next", current=first).json()["called"]["ticket_id"] == second
    assert act(officer, "transfer", ticket_id=second, service="ho-tich").json()["called"] is None
    assert act(officer, "next", counter=1, current=None).json()["called"]["number"] == "A002"
    summary = officer.get("/api/v1/counters").json()["counters"]
    assert [(c["counter"], c["serving"] and c["serving"]["number"]) for c in summary] == [
        (1, "A002"),
        (2, None),
        (3, None),
    ]


def test_next_repeated_and_next_from_an_old_screen(web: Web, kiosk: httpx.Client, officer: httpx.Client) -> None:
    first = take(web, kiosk)
    take(web, kiosk)
    body = {"request_id": str(uuid.uuid4()), "current": None}
    once = officer.post("/api/v1/counters/2/next", json=body)
    assert officer.post("/api/v1/counters/2/next", json=body).json() == once.json()
    assert officer.get("/api/v1/counters/2").json()["current"]["ticket_id"] == first
    assert problem(act(officer, "next", current=None)) == (409, "stale")


def test_nobody_shows_up(web: Web, kiosk: httpx.Client, officer: httpx.Client) -> None:
    ticket = take(web, kiosk)
    act(officer, "next", current=None)
    refusal = act(officer, "no-show", ticket_id=ticket)
    assert problem(refusal) == (409, "called-too-seldom")
    assert refusal.json()["facts"] == {"calls": "1", "needed": "3"}
    for _ in range(2):
        act(officer, "recall", ticket_id=ticket)
    assert act(officer, "no-show", ticket_id=ticket).status_code == 200
    display = web.client().get("/api/v1/display").json()
    assert display["calls"] == []
    assert [(c["number"], c["counter"], c["again"]) for c in display["unseen"]] == [("A001", 2, 2)]
    assert act(officer, "call", number="A001", reason="came-back").json()["called"]["ticket_id"] == ticket


def test_what_cannot_be_understood_is_told(web: Web, officer: httpx.Client) -> None:
    about: dict[str, Any] = {"ticket_id": str(uuid.uuid4())}
    assert problem(act(officer, "transfer", **about)) == (422, "unreadable")
    both = {"request_id": str(uuid.uuid4()), **about, "counter": 1, "service": "ho-tich"}
    assert problem(officer.post("/api/v1/counters/2/transfer", json=both)) == (422, "unreadable")
    assert problem(act(officer, "next")) == (422, "unreadable")
    assert problem(officer.post("/api/v1/counters/2/undo", json={"request_id": "'; --"})) == (422, "unreadable")
    assert problem(act(officer, "next", counter=77, current=None)) == (404, "not-found")
    assert problem(act(officer, "finish", **about)) == (409, "stale")


def test_the_display_tells_numbers_and_nothing_of_people(web: Web, kiosk: httpx.Client, officer: httpx.Client) -> None:
    take(web, kiosk, priority="elderly", method="card_qr", person_ref="A" * 52)
    take(web, kiosk, service="ho-tich")
    act(officer, "next", current=None)
    display = web.client().get("/api/v1/display").json()
    assert display == {
        "calls": [
            {
                "number": "A001",
                "counter": 2,
                "service": "chung-thuc",
                "place": None,
                "called_at": "2026-11-23T08:00:00.000+07:00",
                "again": 0,
            }
        ],
        "unseen": [],
        "waiting": [
            {"service": "chung-thuc", "name": {"vi": "Chứng thực", "en": "Certified copies"}, "n": 0},
            {"service": "ho-tich", "name": {"vi": "Hộ tịch", "en": "Civil status"}, "n": 1},
            {"service": "nhan-ket-qua", "name": {"vi": "Nhận kết quả", "en": "Results"}, "n": 0},
        ],
    }


def test_every_screen_hears_of_a_call(web: Web, kiosk: httpx.Client, officer: httpx.Client) -> None:
    take(web, kiosk)
    act(officer, "next", current=None)
    with web.client().stream("GET", "/api/v1/queue/events", headers={"Last-Event-ID": "0"}) as stream:
        lines = stream.iter_lines()
        for line in lines:
            if line == "event: ticket.called":
                break
        told = next(lines)
    assert '"number": "A001", "counter": 2, "service": "chung-thuc", "again": 0' in told
