"""The pages: numbers only, well guarded, in the design's colours."""

import base64
import hashlib
import re
import tomllib
from importlib import resources
from pathlib import Path

import httpx
import pytest

from central.web.pages import Pages
from config.locale import LANGUAGES, load_words
from models.text import Text
from models.ticket import TicketState
from tests.central.api.conftest import Web
from tests.central.api.test_tickets_http import ticket
from tests.support.central import REF, an_office

CODE = "abcdefghijklm"


def text_of(html: str) -> str:
    body = html.split("<body>")[1]
    return " ".join(re.sub(r"<script>.*?</script>|<svg.*?</svg>|<[^>]+>", " ", body, flags=re.S).split())


def check_policy(response: httpx.Response) -> None:
    """Whatever runs or styles on the page is allowed by its hash, and nothing else is."""
    policy = response.headers["content-security-policy"]
    for kind in ("style", "script"):
        for code in re.findall(rf"<{kind}>(.*?)</{kind}>", response.text, flags=re.S):
            digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
            assert f"{kind}-src 'sha256-{digest}'" in policy
    assert " style=" not in response.text
    assert not re.search(r" on\w+=", response.text)
    assert not re.search(r"(src|href)=\"https?:", response.text)


def test_the_queue_page_lists_numbers_only(web: Web, kiosk: httpx.Client) -> None:
    kiosk.post("/api/v1/tickets", json=ticket(person_ref=REF, follow_code=CODE))
    kiosk.post("/api/v1/tickets", json=ticket(number="B1-001", service="ho-tich"))
    response = web.client().get("/")
    check_policy(response)
    shown = text_of(response.text)
    assert "Phường Hoa Sen" in shown
    assert "Chứng thực Đang chờ 1 A001" in shown
    assert "Hộ tịch Đang chờ 1 B1-001" in shown
    assert "Nhận kết quả Chưa có ai chờ" in shown
    assert REF not in response.text
    assert CODE not in response.text
    assert "Certified copies 1 waiting A001" in text_of(web.client().get("/?lang=en").text)


def test_who_is_called_stands_above(web: Web, kiosk: httpx.Client) -> None:
    asked = ticket()
    kiosk.post("/api/v1/tickets", json=asked)
    _move(web, asked["ticket_id"], TicketState.CALLED)
    assert "Đang mời A001" in text_of(web.client().get("/").text)


def test_which_number_goes_to_which_clinic_is_not_shown(web: Web, kiosk: httpx.Client) -> None:
    web.put(an_office(profile="hospital"))
    kiosk.post("/api/v1/tickets", json=ticket())
    web.clock.forward(seconds=1)
    kiosk.post("/api/v1/tickets", json=ticket(service="ho-tich", issued_at=web.clock.time.isoformat()))
    shown = text_of(web.client().get("/").text)
    assert "Chứng thực Đang chờ 1 Hộ tịch Đang chờ 1 Nhận kết quả" in shown
    assert "Các số đang chờ Đang chờ 2 A001 B001" in shown


def test_several_offices_are_to_choose_from(web: Web) -> None:
    web.put(an_office(office="other"))
    assert 'href="/?office=other"' in web.client().get("/").text
    assert "Hàng chờ" in web.client().get("/?office=other").text
    assert web.client().get("/?office=nowhere").status_code == 404


def test_a_ticket_is_followed(web: Web, kiosk: httpx.Client) -> None:
    for code in ("abcdefghijkl2", "abcdefghijkl3", CODE):
        kiosk.post("/api/v1/tickets", json=ticket(follow_code=code))
    response = web.client().get(f"/t/{CODE}")
    check_policy(response)
    shown = text_of(response.text)
    assert "Chứng thực A003" in shown
    assert "Phía trước còn 2 người" in shown
    assert "Khoảng 3–6 phút · cập nhật lúc 08:00" in shown
    assert "Quầy 2 hoặc 3" in shown
    assert CODE not in response.text
    assert "People before you: 2" in text_of(web.client().get(f"/t/{CODE}?lang=en").text)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (TicketState.CALLED, "Đang mời số này"),
        (TicketState.SERVING, "Đang được phục vụ"),
        (TicketState.ON_HOLD, "Số được giữ lại"),
        (TicketState.DONE, "Đã phục vụ xong"),
        (TicketState.NO_SHOW, "Đã gọi, chưa thấy"),
        (TicketState.CANCELLED, "Số đã huỷ"),
    ],
)
def test_every_state_has_its_words(web: Web, kiosk: httpx.Client, state: TicketState, words: str) -> None:
    asked = ticket(follow_code=CODE)
    kiosk.post("/api/v1/tickets", json=asked)
    _move(web, asked["ticket_id"], state)
    assert words in text_of(web.client().get(f"/t/{CODE}").text)
    assert web.client().get(f"/t/{CODE}?lang=en").status_code == 200


def test_yesterdays_ticket_says_so(web: Web, kiosk: httpx.Client) -> None:
    kiosk.post("/api/v1/tickets", json=ticket(follow_code=CODE))
    web.clock.forward(days=1)
    assert "Số của ngày 23/11/2026" in text_of(web.client().get(f"/t/{CODE}").text)


def test_an_unknown_code_is_not_here_yet_and_shows_the_fragment(web: Web) -> None:
    response = web.client().get(f"/t/{CODE}")
    assert response.status_code == 200
    check_policy(response)
    assert "Số trên phiếu vẫn có giá trị" in text_of(response.text)
    assert "location.hash" in response.text


@pytest.mark.parametrize("code", ["x", "ABCDEFGHIJKLM", "abcdefghijkl1", "abcdefghijklmn", "%3Cscript%3E"])
def test_what_is_no_code_is_no_page(web: Web, code: str) -> None:
    response = web.client().get(f"/t/{code}")
    assert response.status_code == 404
    assert response.headers["content-type"].startswith("text/html")
    check_policy(response)


def test_an_offices_words_cannot_break_out(web: Web) -> None:
    web.put(an_office(line1=Text('<script>alert("1")</script>'), line2=Text("Tom & Jerry")))
    html = web.client().get("/").text
    assert "<script>alert" not in html
    assert "Tom &amp; Jerry" in html


def test_the_colours_are_the_designs(shared: Path) -> None:
    tokens = tomllib.loads((shared / "look" / "tokens.toml").read_text("utf-8"))
    style = resources.files("central.web").joinpath("style.css").read_text("utf-8")
    ward, hospital = (
        dict(re.findall(r"--([\w-]+): (#\w{6})", block)) for block in re.findall(r"\{(.*?)\}", style, re.S)[:2]
    )
    known = tokens["theme"]["light"] | tokens["accent"]["ward"]
    assert ward == {name: known[name.replace("-", "_")] for name in ward}
    assert hospital == {name: tokens["accent"]["hospital"][name.replace("-", "_")] for name in hospital}


def test_every_word_of_the_pages_is_used() -> None:
    source = "".join(resources.files("central.web").joinpath(name).read_text("utf-8") for name in ("pages.py",))
    for language in LANGUAGES:
        for key in load_words(language):
            if key.startswith(("queue_page.", "follow_page.")):
                section, _, name = key.partition(".")
                state = name.removesuffix("_text")
                dynamic = name == "language" or (section == "follow_page" and state in set(TicketState))
                assert dynamic or f'"{key}"' in source or f"'{key}'" in source, key


def test_pages_are_read_once() -> None:
    assert set(Pages.load().words) == set(LANGUAGES)


def _move(web: Web, ticket_id: str, state: TicketState) -> None:
    found = web.database.read(lambda tx: tx.tickets.get("hoa-sen", ticket_id))
    assert found is not None
    web.database.write(lambda tx: tx.tickets.change(found, state=state.value))
