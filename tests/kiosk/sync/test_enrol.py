from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from kiosk.storage.store import Store
from kiosk.sync import office_key
from kiosk.sync.client import TokenEnded
from kiosk.sync.clock import CentralClock
from kiosk.sync.enrol import Enrolment, enrol, load_enrolment
from models.errors import CentralUnreachable, StorageTrouble, UnreadableInput
from models.messages import EnrolAnswer, EnrolRequest, Series
from tests.support.stamps import MONDAY, TUESDAY, ZONE, Issuer

URL = "http://192.0.2.10:8300"
GOOD = EnrolAnswer("TOKEN", 2, "phuong-mau", Series("2026-03-03", {"A": 8}), TUESDAY.isoformat())
Hands = Any


class Central:
    def __init__(self, answer: EnrolAnswer | Exception = GOOD) -> None:
        self.answer = answer
        self.urls: list[str] = []
        self.asked: list[EnrolRequest] = []
        self.closed = 0

    def __call__(self, url: str) -> "Central":
        self.urls.append(url)
        return self

    def enrol(self, request: EnrolRequest) -> EnrolAnswer:
        self.asked.append(request)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def close(self) -> None:
        self.closed += 1


@pytest.fixture
def unsure(hands: Hands) -> CentralClock:
    hands.at = TUESDAY
    return CentralClock(hands.clocks(), ZONE)


def test_a_code_becomes_a_token_in_a_private_file(home: Path, store: Store, unsure: CentralClock) -> None:
    central = Central()
    enrolment = enrol(home, store, URL + "/", " CODE ", unsure, central)
    assert enrolment == Enrolment(URL, "TOKEN", 2, "phuong-mau") == load_enrolment(home)
    assert (central.urls, central.asked[0].code, central.closed) == ([URL], "CODE", 1)
    path = home / "secrets" / "central-token"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o077 == 0
    assert "TOKEN" not in repr(enrolment)
    assert b"TOKEN" not in store.path.read_bytes()


def test_time_and_own_numbers_come_with_it(home: Path, store: Store, unsure: CentralClock) -> None:
    enrol(home, store, URL, "CODE", unsure, Central())
    assert unsure.sure
    assert unsure.now() == TUESDAY
    assert Issuer(store).numbers(1, TUESDAY) == ["A2-008"]


def test_todays_plain_numbers_are_told_and_older_ones_are_not(home: Path, store: Store, unsure: CentralClock) -> None:
    issuer = Issuer(store)
    issuer.numbers(5, kiosk=None)
    issuer.numbers(3, TUESDAY, kiosk=None)
    central = Central()
    enrol(home, store, URL, "CODE", unsure, central)
    assert central.asked == [EnrolRequest("CODE", {"A": 3}, "2026-03-03")]
    assert store.outbox.counts().waiting == 3


def test_enrolled_again_it_still_tells_what_waited(home: Path, store: Store, unsure: CentralClock) -> None:
    enrol(home, store, URL, "CODE", unsure, Central())
    issuer = Issuer(store)
    issuer.numbers(5, TUESDAY - timedelta(days=1))
    issuer.numbers(3, TUESDAY)
    enrol(home, store, URL, "CODE", unsure, Central())
    assert store.outbox.counts().waiting == 8


@pytest.mark.parametrize("url", ["", "central", "ftp://x", "http://", "http://a:b@c", "http://x:99999", "http://[x"])
def test_an_address_that_is_none(home: Path, store: Store, unsure: CentralClock, url: str) -> None:
    with pytest.raises(UnreadableInput, match="address"):
        enrol(home, store, url, "CODE", unsure, Central())


def test_a_code_that_central_does_not_know_changes_nothing(home: Path, store: Store, unsure: CentralClock) -> None:
    central = Central(TokenEnded("403"))
    with pytest.raises(UnreadableInput, match="mistyped, used or too old"):
        enrol(home, store, URL, "CODE", unsure, central)
    assert load_enrolment(home) is None
    assert central.closed == 1


@pytest.mark.parametrize(
    "answer",
    [
        EnrolAnswer("TOKEN", 2, "o", Series("today", {}), TUESDAY.isoformat()),
        EnrolAnswer("TOKEN", 2, "o", Series("2026-03-03", {}), "2026-03-03T08:00:00"),
        EnrolAnswer("TOKEN", 0, "o", Series("2026-03-03", {}), TUESDAY.isoformat()),
        EnrolAnswer("TOKEN\r\nX: y", 2, "o", Series("2026-03-03", {}), TUESDAY.isoformat()),
        CentralUnreachable("gone"),
    ],
)
def test_an_answer_that_is_none_changes_nothing(
    home: Path, store: Store, unsure: CentralClock, answer: EnrolAnswer | Exception
) -> None:
    with pytest.raises(CentralUnreachable):
        enrol(home, store, URL, "CODE", unsure, Central(answer))
    assert load_enrolment(home) is None
    assert not unsure.sure


def test_a_kiosk_that_is_not_enrolled_has_no_central(home: Path) -> None:
    assert load_enrolment(home) is None


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"url":"u","token":"","kiosk":2,"office":"o"}', b"\xff"])
def test_a_damaged_file_is_said_to_be_damaged(home: Path, content: bytes) -> None:
    path = home / "secrets" / "central-token"
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(StorageTrouble, match="enrol the kiosk again"):
        load_enrolment(home)


def test_a_secret_that_others_may_read_is_not_used(home: Path) -> None:
    office_key.load_or_make(home, lambda n: b"k" * n)
    path = home / "secrets" / "office-key"
    path.chmod(0o644)
    with pytest.raises(StorageTrouble, match="chmod 600"):
        office_key.load_or_make(home, lambda n: b"k" * n)


class TestOfficeKey:
    def test_it_is_made_once_and_kept_private(self, home: Path) -> None:
        key = office_key.load_or_make(home, lambda n: b"k" * n)
        assert key == b"k" * 32
        assert office_key.load_or_make(home, lambda n: b"other" * n) == key
        assert (home / "secrets" / "office-key").stat().st_mode & 0o777 == 0o600

    def test_a_key_of_another_length_is_refused(self, home: Path) -> None:
        path = home / "secrets" / "office-key"
        path.parent.mkdir(parents=True)
        path.write_bytes(b"short")
        path.chmod(0o600)
        with pytest.raises(StorageTrouble, match="damaged"):
            office_key.load_or_make(home, lambda n: b"k" * n)

    def test_a_folder_that_cannot_be_made(self, tmp_path: Path) -> None:
        (tmp_path / "secrets").write_text("a file")
        with pytest.raises(StorageTrouble):
            office_key.load_or_make(tmp_path, lambda n: b"k" * n)


def test_enrolling_again_trusts_central_anew(home: Path, store: Store, unsure: CentralClock) -> None:
    issuer = Issuer(store)
    enrol(home, store, URL, "CODE", unsure, Central())
    assert issuer.numbers(1, TUESDAY) == ["A2-008"]
    third = EnrolAnswer("T2", 3, "phuong-mau", Series("2026-03-03", {"A": 21}), TUESDAY.isoformat())
    enrol(home, store, URL, "CODE", unsure, Central(third))
    assert issuer.numbers(1, TUESDAY, kiosk=3) == ["A3-021"]
    enrol(home, store, URL, "CODE", unsure, Central())
    assert issuer.numbers(1, TUESDAY) == ["A2-009"]
    assert issuer.numbers(1, MONDAY + timedelta(days=2)) == ["A2-001"]
