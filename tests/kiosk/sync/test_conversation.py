import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from kiosk.storage.store import Store
from kiosk.sync.client import CentralClient
from kiosk.sync.clock import CentralClock
from kiosk.sync.conversation import CallForHelp, Conversation, Pace
from kiosk.sync.enrol import Enrolment, enrol
from kiosk.sync.settings import kept_catalogue
from models.catalogue_wire import catalogue_etag, catalogue_to_wire
from models.errors import StorageTrouble
from models.messages import BatchRequest, EnrolRequest, Heartbeat, from_wire, to_wire
from models.service import Catalogue, Hours, Service, Session
from models.text import Text
from tests.support.model_central import Link, ModelCentral
from tests.support.stamps import ZONE, Issuer

SESSION = Session(time(7, 30), time(11, 30), time(7, 0), time(11, 0))
CATALOGUE = Catalogue(
    "phuong-mau", Text("UBND"), Text("Phường Mẫu"), "ward", "Asia/Ho_Chi_Minh", Hours(((SESSION,),) * 7),
    (Service("ho-tich", "A", Text("Hộ tịch")),),
)  # fmt: skip
PACE = Pace(heartbeat=45, queue=5, catalogue=60, help=2, look=1, keep_clock=60, first_wait=1, longest_wait=30)
Hands = Any


class Http:
    """The model central behind HTTP, with switches."""

    def __init__(self, model: ModelCentral, hands: Hands) -> None:
        self.model = model
        self.hands = hands
        self.catalogue = CATALOGUE
        self.up = True
        self.token_ok = True
        self.help = "none"
        self.seconds = 0.0
        self.calls: list[str] = []
        self.heard: list[Heartbeat] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if not self.up:
            raise httpx.ConnectError("refused")
        self.hands.at += timedelta(seconds=self.seconds)
        if not self.token_ok:
            return httpx.Response(401)
        name = f"{request.method} {request.url.path.removeprefix('/api/v1/')}"
        self.calls.append(name)
        return self.answer(name, json.loads(request.content) if request.content else None, request)

    def answer(self, name: str, body: Any, request: httpx.Request) -> httpx.Response:
        if name == "POST kiosks/heartbeat":
            self.heard.append(from_wire(Heartbeat, body))
            return httpx.Response(200, json=to_wire(self.model.heartbeat(2, self.heard[-1])) | {"help": self.help})
        if name == "POST tickets/batch":
            batch = from_wire(BatchRequest, body)
            return httpx.Response(200, json=to_wire(Link(self.model).tickets(batch)))
        if name == "GET services":
            etag = catalogue_etag(self.catalogue)
            if request.headers.get("If-None-Match") == etag:
                return httpx.Response(304)
            return httpx.Response(200, json=catalogue_to_wire(self.catalogue), headers={"ETag": etag})
        if name == "GET queue":
            services = [{"service": "ho-tich", "waiting": len(self.model.queue())}]
            return httpx.Response(200, json={"at": self.hands.at.isoformat(), "services": services})
        if "kiosks/help" in name:
            self.help = {"POST": "waiting", "DELETE": "none"}.get(request.method, self.help)
            return httpx.Response(200, json={"help": self.help})
        raise AssertionError(name)


@pytest.fixture
def http(central: ModelCentral, hands: Hands) -> Http:
    return Http(central, hands)


@pytest.fixture
def fresh(hands: Hands) -> CentralClock:
    return CentralClock(hands.clocks(), ZONE)


@pytest.fixture
def enrolled(home: Path, store: Store, fresh: CentralClock, central: ModelCentral) -> Enrolment:
    return enrol(home, store, "http://central.test", "CODE", fresh, lambda _url: Link(central))


def talking(home: Path, store: Store, http: Http, clock: CentralClock, **more: Any) -> Conversation:
    def make(enrolment: Enrolment) -> CentralClient:
        return CentralClient(enrolment.url, enrolment.token, transport=httpx.MockTransport(http))

    return Conversation(home, store, make, clock, lambda _low, high: high, pace=PACE, **more)


@pytest.fixture
def talk(home: Path, store: Store, http: Http, fresh: CentralClock, enrolled: Enrolment) -> Iterator[Conversation]:
    conversation = talking(home, store, http, fresh)
    yield conversation
    conversation.close()


def test_the_first_words(talk: Conversation, http: Http, store: Store, hands: Hands) -> None:
    ticket = Issuer(store).own(hands.at)
    assert talk.step() == PACE.look
    assert http.calls == ["POST kiosks/heartbeat", "POST tickets/batch", "GET services", "GET queue"]
    state = talk.state
    assert (state.enrolled, state.online, state.clock_sure, state.outbox, state.parked) == (True, True, True, 0, 0)
    assert state.catalogue == CATALOGUE == kept_catalogue(store)
    assert state.queue is not None
    assert state.queue.services[0].waiting == 1
    assert http.model.filed[ticket.ticket_id].number == "A2-001"


def test_the_heartbeat_tells_and_hears(talk: Conversation, http: Http, store: Store, hands: Hands) -> None:
    Issuer(store).own(hands.at)
    talk.step()
    (heard,) = http.heard
    assert (heard.outbox, heard.parked, heard.own_high, heard.day) == (1, 0, {"A": 1}, "2026-03-02")
    assert len(heard.instance) == 32


def test_an_unsure_clock_names_no_day(home: Path, store: Store, http: Http, hands: Hands, enrolled: Enrolment) -> None:
    """A machine that takes this one's place must hear of these numbers for today, whatever day this clock sees."""
    hands.skew = timedelta(days=1)
    unsure = CentralClock(hands.clocks(), ZONE)
    Issuer(store).own(unsure.now(), sure=False)
    talk = talking(home, store, http, unsure)
    talk.step()
    talk.close()
    (heard,) = http.heard
    assert (heard.own_high, heard.day) == ({"A": 1}, None)


def test_everything_has_its_pace(talk: Conversation, http: Http, hands: Hands) -> None:
    for _ in range(91):
        talk.step()
        hands.at += timedelta(seconds=1)
    assert http.calls.count("POST kiosks/heartbeat") == 3
    assert http.calls.count("GET services") == 2
    assert http.calls.count("GET queue") == 19


def test_a_new_ticket_is_told_at_the_next_step(talk: Conversation, http: Http, store: Store, hands: Hands) -> None:
    talk.step()
    Issuer(store).own(hands.at)
    talk.step()
    assert http.calls[-1] == "POST tickets/batch"
    assert talk.state.outbox == 0


def test_a_changed_catalogue_is_taken_over(talk: Conversation, http: Http, store: Store, hands: Hands) -> None:
    talk.step()
    http.catalogue = replace(CATALOGUE, guide_place=Text("Quầy 1"))
    hands.at += timedelta(seconds=PACE.catalogue)
    talk.step()
    assert talk.state.catalogue == http.catalogue == kept_catalogue(store)


def test_the_catalogue_is_there_before_central_is(
    home: Path, store: Store, http: Http, fresh: CentralClock, talk: Conversation
) -> None:
    talk.step()
    http.up = False
    again = talking(home, store, http, fresh)
    assert again.state.catalogue == CATALOGUE
    assert not again.state.online


class TestSilence:
    def test_it_is_quiet_longer_and_longer_and_probes_with_the_heartbeat(
        self, talk: Conversation, http: Http, hands: Hands
    ) -> None:
        http.up = False
        waits = []
        for _ in range(7):
            waits.append(talk.step())
            hands.at += timedelta(seconds=waits[-1])
        assert waits == [1, 2, 4, 8, 16, 30, 30]
        assert not talk.state.online
        http.up = True
        talk.step()
        assert http.calls[0] == "POST kiosks/heartbeat"
        assert talk.state.online

    def test_tickets_wait_and_come_in_order(self, talk: Conversation, http: Http, store: Store, hands: Hands) -> None:
        http.up = False
        talk.step()
        numbers = Issuer(store).numbers(250, hands.at)
        talk.step()
        assert talk.state.outbox == 250
        hands.at += timedelta(seconds=2)
        http.up = True
        talk.step()
        assert talk.state.outbox == 0
        assert http.model.queue() == numbers

    def test_what_was_said_before_is_not_repeated_before_its_time(
        self, talk: Conversation, http: Http, hands: Hands
    ) -> None:
        http.up = False
        talk.step()
        http.up = True
        talk.step(probe=True)
        assert http.calls == []  # a failed question does not shorten the back-off
        hands.at += timedelta(seconds=1)
        talk.step()
        assert http.calls != []

    def test_it_is_logged_once_down_and_once_up(
        self, talk: Conversation, http: Http, hands: Hands, capsys: pytest.CaptureFixture[str]
    ) -> None:
        for up in (True, False, False, False, True, True):
            http.up = up
            talk.step()
            hands.at += timedelta(seconds=100)
        out = capsys.readouterr().out
        assert out.count("central does not answer") == 1
        assert out.count("central answers again") == 1

    def test_a_central_that_takes_only_some_words_is_not_up(
        self, talk: Conversation, http: Http, hands: Hands, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        answer = http.answer
        monkeypatch.setattr(http, "answer", lambda n, *a: httpx.Response(503) if "services" in n else answer(n, *a))
        assert talk.step() == 1
        hands.at += timedelta(seconds=1)
        assert talk.step() == 2
        assert not talk.state.online
        assert talk.state.clock_sure


def test_a_question_that_failed_is_looked_into(talk: Conversation, http: Http) -> None:
    talk.step()
    before = http.calls.count("POST kiosks/heartbeat")
    talk.step(probe=True)
    assert http.calls.count("POST kiosks/heartbeat") == before + 1


def test_answers_tell_how_fast_central_is(
    home: Path, store: Store, http: Http, fresh: CentralClock, enrolled: Enrolment
) -> None:
    seconds: list[float] = []
    http.seconds = 0.25
    conversation = talking(home, store, http, fresh, probed=seconds.append)
    conversation.step()
    conversation.close()
    assert seconds == pytest.approx([0.25, 0.25])


def test_an_ended_token_is_said_and_a_new_one_is_tried(
    talk: Conversation, http: Http, hands: Hands, home: Path, store: Store, fresh: CentralClock
) -> None:
    http.token_ok = False
    talk.step()
    assert talk.state.token_ended
    assert not talk.state.online
    http.token_ok = True
    hands.at += timedelta(seconds=60)
    talk.step()
    assert not talk.state.token_ended
    assert talk.state.online


def test_without_enrolment_nothing_is_said(home: Path, store: Store, http: Http, fresh: CentralClock) -> None:
    conversation = talking(home, store, http, fresh)
    assert conversation.step() == PACE.look
    assert http.calls == []
    assert not conversation.state.enrolled


def test_it_begins_once_the_kiosk_is_enrolled(
    home: Path, store: Store, http: Http, fresh: CentralClock, central: ModelCentral, hands: Hands
) -> None:
    conversation = talking(home, store, http, fresh)
    conversation.step()
    enrol(home, store, "http://central.test", "CODE", fresh, lambda _url: Link(central))
    hands.at += timedelta(seconds=2)
    conversation.step()
    assert conversation.state.online
    conversation.close()


class TestHelp:
    CALL = CallForHelp("help", emergency=False)

    def test_it_is_called_heard_and_ended(self, talk: Conversation, http: Http, hands: Hands) -> None:
        talk.step(self.CALL)
        assert talk.state.help == "waiting"
        http.help = "acknowledged"
        hands.at += timedelta(seconds=2)
        talk.step(self.CALL)
        assert talk.state.help == "acknowledged"
        talk.step(None)
        assert talk.state.help == "none"
        assert http.help == "none"
        assert http.calls.count("POST kiosks/help") == 1
        assert http.calls.count("DELETE kiosks/help") == 1

    def test_an_emergency_is_said_anew(self, talk: Conversation, http: Http) -> None:
        talk.step(self.CALL)
        talk.step(CallForHelp("emergency", emergency=True))
        assert http.calls.count("POST kiosks/help") == 2

    def test_it_is_said_as_soon_as_central_is_back(self, talk: Conversation, http: Http, hands: Hands) -> None:
        http.up = False
        talk.step(self.CALL)
        assert talk.state.help == "waiting"
        http.up = True
        hands.at += timedelta(seconds=1)
        talk.step(self.CALL)
        assert http.help == "waiting"


def test_the_clock_is_kept_while_central_is_silent(talk: Conversation, http: Http, hands: Hands, store: Store) -> None:
    http.up = False
    talk.step()
    before = store.settings.get("clock")
    hands.at += timedelta(seconds=PACE.keep_clock)
    talk.step()
    assert store.settings.get("clock") != before


def test_people_are_forgotten_after_some_days(talk: Conversation, store: Store, hands: Hands) -> None:
    ticket = Issuer(store).central("A001", hands.at, person_ref="X")
    talk.step()
    known = store.tickets.get(ticket.ticket_id)
    assert known is not None
    assert known.intent.person_ref == "X"
    hands.at += timedelta(days=3)
    talk.step()
    known = store.tickets.get(ticket.ticket_id)
    assert known is not None
    assert known.intent.person_ref is None


@pytest.mark.parametrize(
    "answer", [{"time": "now"}, {"time": "2026-03-02T08:00:00"}, {"series": {"day": "d", "next": {}}}]
)
def test_a_heartbeat_answer_without_time_is_none(
    talk: Conversation, http: Http, monkeypatch: pytest.MonkeyPatch, answer: dict[str, object]
) -> None:
    good = to_wire(http.model.enrol(2, EnrolRequest("x")))
    monkeypatch.setattr(http, "answer", lambda *_a: httpx.Response(200, json=good | answer))
    talk.step()
    assert not talk.state.online


def test_the_kiosks_own_disk_is_not_centrals_fault(
    talk: Conversation, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.storage.database.BUSY_SECONDS", 0.01)
    with (
        Store.open(store.path) as other,
        other.database.write(),
        pytest.raises(StorageTrouble, match="another program"),
    ):
        talk.step()
