from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from kiosk.desk.issuing import Ask, Issuing, Wish, held_elsewhere, ticket_facts
from kiosk.flow.events import Identified
from kiosk.storage.rows import LANE_FIRST
from kiosk.storage.store import Store
from models.errors import Refusal, RuleRefused, StorageTrouble, UnreadableInput
from models.messages import TicketAnswer, TicketRequest, WaitSeconds
from models.service import Catalogue
from models.ticket import Method
from tests.kiosk.desk.conftest import HANOI, HandClock

Make = Callable[[Ask | None], Issuing]
ANONYMOUS = Wish("chung-thuc")
UOC = Identified(Method.CARD_QR, "personal_id", "099165000013", "Đỗ Thị Ước")


class Central:
    """Answers as told, and remembers what it was asked."""

    def __init__(self, answer: str | Exception | None) -> None:
        self.answer = answer
        self.asked: list[TicketRequest] = []

    def __call__(self, request: TicketRequest) -> TicketAnswer | None:
        self.asked.append(request)
        if isinstance(self.answer, Exception):
            raise self.answer
        if self.answer is None:
            return None
        return TicketAnswer(request.ticket_id, self.answer, "2026-11-23", 12, WaitSeconds(1500, 2400))


def test_central_s_number_is_the_ticket_s_and_nothing_waits(make_issuing: Make, store: Store) -> None:
    ticket = make_issuing(Central("A017")).take(ANONYMOUS)
    assert (ticket.number, ticket.sync, ticket.people_ahead) == ("A017", "confirmed", 12)
    assert store.outbox.counts().waiting == 0
    assert [job.state for job in store.print_jobs.of_ticket(ticket.ticket_id)] == ["queued"]


def test_without_an_answer_the_kiosk_gives_its_own_number_and_tells_it_later(make_issuing: Make, store: Store) -> None:
    ticket = make_issuing(Central(None)).take(ANONYMOUS)
    assert ticket.own_series
    assert str(ticket.number).startswith("A2-")
    assert store.outbox.counts().waiting == 1


def test_a_question_that_central_cannot_read_still_gives_a_paper(make_issuing: Make) -> None:
    assert make_issuing(Central(UnreadableInput("what?"))).take(ANONYMOUS).own_series


def test_central_s_refusal_is_shown_and_leaves_nothing(make_issuing: Make, store: Store) -> None:
    refusal = RuleRefused(Refusal.ALREADY_HOLDING, "holds one", {"number": "A003", "ticket_id": "x"})
    with pytest.raises(RuleRefused) as refused:
        make_issuing(Central(refusal)).take(ANONYMOUS)
    assert refused.value.refusal is Refusal.ALREADY_HOLDING
    assert store.tickets.list() == ()
    assert store.outbox.counts().waiting == 0


def test_a_number_that_is_on_paper_already_is_never_given_again(make_issuing: Make) -> None:
    issuing = make_issuing(Central("A017"))
    first, second = issuing.take(ANONYMOUS), issuing.take(ANONYMOUS)
    assert first.number == "A017"
    assert second.own_series


@pytest.mark.parametrize(
    ("clock_time", "service", "refusal"),
    [
        ("06:30", "chung-thuc", Refusal.TOO_EARLY),
        ("11:40", "chung-thuc", Refusal.LUNCH),
        ("16:50", "chung-thuc", Refusal.CLOSED),
        ("08:00", "dat-dai", Refusal.AT_REST),
        ("08:00", "khong-co", Refusal.UNKNOWN_SERVICE),
    ],
)
def test_rules_refuse_without_asking_central(
    make_issuing: Make, clock: HandClock, store: Store, clock_time: str, service: str, refusal: Refusal
) -> None:
    clock.at = datetime.fromisoformat(f"2026-11-23T{clock_time}").replace(tzinfo=HANOI)
    central = Central("A001")
    with pytest.raises(RuleRefused) as refused:
        make_issuing(central).take(Wish(service))
    assert refused.value.refusal is refusal
    assert central.asked == []
    assert store.tickets.list() == ()


def test_an_unsure_clock_refuses_nobody(make_issuing: Make, clock: HandClock) -> None:
    clock.at, clock.sure = clock.at.replace(hour=3), False
    assert make_issuing(None).take(ANONYMOUS).number


def test_a_full_session_says_when_numbers_go_on(make_issuing: Make) -> None:
    issuing = make_issuing(None)
    for _ in range(3):
        issuing.take(ANONYMOUS)
    with pytest.raises(RuleRefused) as refused:
        issuing.take(ANONYMOUS)
    assert refused.value.refusal is Refusal.SESSION_FULL
    assert refused.value.facts["resumes_at"].startswith("2026-11-23T12:45")


def test_a_number_for_the_afternoon_can_be_taken_in_the_morning(make_issuing: Make) -> None:
    central = Central("A001")
    ticket = make_issuing(central).take(Wish("chung-thuc", later=True))
    assert str(ticket.intent.not_before).startswith("2026-11-23T13:00")
    assert central.asked[0].not_before == ticket.intent.not_before


def test_the_same_card_again_is_told_its_number_for_five_minutes(make_issuing: Make, clock: HandClock) -> None:
    issuing = make_issuing(None)
    wish = Wish("chung-thuc", who=UOC)
    first = issuing.take(wish)
    with pytest.raises(RuleRefused) as refused:
        issuing.take(wish)
    assert refused.value.facts == {"number": str(first.number), "ticket_id": first.ticket_id}
    assert issuing.recent(UOC) == first
    clock.at += timedelta(minutes=6)
    assert issuing.recent(UOC) is None
    assert issuing.take(wish).number != first.number


def test_an_exempt_field_may_be_taken_twice(make_issuing: Make) -> None:
    issuing = make_issuing(None)
    numbers = {issuing.take(Wish("nhan-ket-qua", who=UOC)).number for _ in range(2)}
    assert len(numbers) == 2


def test_nothing_that_leaves_the_kiosk_names_the_person(make_issuing: Make, store: Store) -> None:
    central = Central("A001")
    ticket = make_issuing(central).take(Wish("chung-thuc", who=UOC))
    said = repr(central.asked[0]) + repr(ticket) + repr(UOC) + store.path.read_bytes().decode("latin-1")
    assert "099165000013" not in said
    assert "Ước" not in said


def test_the_screen_is_told_where_to_follow(make_issuing: Make, catalogue: Catalogue) -> None:
    told = ticket_facts(make_issuing(Central("A017")).take(ANONYMOUS), catalogue)
    assert told.follow_url is not None
    assert told.follow_url.startswith("https://motcua.example.vn/t/")
    assert told.follow_url.endswith("#A017")


def test_a_ticket_of_another_kiosk_is_told_from_central_s_facts() -> None:
    facts = {"number": "A003", "ticket_id": "x", "people_ahead": "4"}
    held = held_elsewhere(RuleRefused(Refusal.ALREADY_HOLDING, "", facts), "chung-thuc")
    assert held is not None
    assert (held.number, held.people_ahead, held.paper) == ("A003", 4, "skipped")
    assert held_elsewhere(RuleRefused(Refusal.LIMIT_REACHED, ""), "chung-thuc") is None


def test_a_number_that_found_no_room_on_the_disk_is_given_up(
    make_issuing: Make, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    issuing = make_issuing(Central("A017"))

    def full(*_: object) -> None:
        raise StorageTrouble("the disk is full")

    with monkeypatch.context() as disk:
        disk.setattr(store.tickets, "issue_from_central", full)
        with pytest.raises(StorageTrouble):
            issuing.take(ANONYMOUS)
    issuing.take(ANONYMOUS)
    (row,) = store.outbox.next_batch(LANE_FIRST)
    assert row.kind == "cancel"  # central must not wait for somebody whom nobody sent
    assert row.ticket_id in {entry.ticket_id for entry in store.journal.entries() if entry.kind == "void"}
