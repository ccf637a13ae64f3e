import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from kiosk.sync.client import RequestRefused, TokenEnded
from kiosk.sync.numbers import NumberAsker
from models.errors import CentralUnreachable, DeveloperError, Refusal, RuleRefused
from models.messages import Problem, TicketAnswer, TicketRequest

ASK = TicketRequest("t1", "ho-tich", "2026-03-02T08:00:00+07:00")
ANSWER = TicketAnswer("t1", "A001", "2026-03-02")
LONG, SHORT = 30.0, 0.02


class Central:
    """Answers what it is told to; may be held up by an event."""

    def __init__(self, *answers: TicketAnswer | Exception) -> None:
        self.answers = list(answers)
        self.asked = 0
        self.made = 0
        self.closed = threading.Event()
        self.gate = threading.Event()
        self.gate.set()

    def make(self) -> "Central":
        self.made += 1
        return self

    def ticket(self, _request: TicketRequest) -> TicketAnswer:
        self.asked += 1
        answer = self.answers.pop(0) if self.answers else ANSWER
        self.gate.wait(LONG)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def close(self) -> None:
        self.closed.set()


@contextmanager
def asking(central: Central, budget: float = LONG, failed: Callable[[], None] = lambda: None) -> Iterator[NumberAsker]:
    asker = NumberAsker(central.make, failed, budget)
    try:
        yield asker
    finally:
        central.gate.set()
        asker.close()
        assert central.closed.wait(LONG)


def test_central_gives_the_number() -> None:
    with asking(Central()) as asker:
        assert [asker.ask(ASK) for _ in range(50)] == [ANSWER] * 50
        assert asker.asks


def test_a_rules_no_is_shown_and_closes_nothing() -> None:
    with asking(Central(RuleRefused(Refusal.CLOSED, "closed"))) as asker:
        with pytest.raises(RuleRefused):
            asker.ask(ASK)
        assert asker.asks
        assert asker.ask(ASK) == ANSWER


def test_after_a_failure_nobody_pays_again_until_central_was_seen_well() -> None:
    central, failures = Central(CentralUnreachable("gone")), []
    with asking(central, failed=lambda: failures.append(1)) as asker:
        assert asker.ask(ASK) is None
        assert not asker.asks
        assert asker.ask(ASK) is None
        assert central.asked == 1
        assert failures == [1]
        asker.probed(LONG + 1)
        assert not asker.asks
        asker.probed(0.01)
        assert asker.ask(ASK) == ANSWER


def test_a_late_answer_is_dropped() -> None:
    central = Central(ANSWER, TicketAnswer("t2", "A002", "2026-03-02"))
    central.gate.clear()
    with asking(central, SHORT) as asker:
        assert asker.ask(ASK) is None
        asker.probed(0.0)
        assert not asker.asks  # the older question still hangs
        central.gate.set()


def test_a_new_question_never_gets_an_older_ones_answer() -> None:
    central = Central(TicketAnswer("t0", "A000", "2026-03-02"))
    with asking(central) as asker:
        assert asker.ask(ASK) is None
        assert not asker.asks


@pytest.mark.parametrize("answer", [TicketAnswer("t1", "A01", "2026-03-02"), TicketAnswer("t1", "A001", "today")])
def test_what_cannot_be_printed_is_no_answer(answer: TicketAnswer) -> None:
    with asking(Central(answer)) as asker:
        assert asker.ask(ASK) is None


def test_a_question_that_central_cannot_read_costs_nobody_their_number() -> None:
    with asking(Central(RequestRefused(Problem("/x", "Unprocessable", 422)))) as asker:
        assert asker.ask(ASK) is None
        assert asker.asks


def test_after_a_new_enrolment_a_new_token_is_used() -> None:
    central = Central(TokenEnded("ended"))
    with asking(central) as asker:
        assert asker.ask(ASK) is None
        asker.probed(0.0)
        assert asker.ask(ASK) == ANSWER
        assert central.made == 2


def test_a_mistake_of_ours_is_not_hidden() -> None:
    with asking(Central(DeveloperError("bug"))) as asker, pytest.raises(DeveloperError):
        asker.ask(ASK)


def test_a_kiosk_that_is_not_enrolled_gets_no_number() -> None:
    def never() -> Central:
        raise CentralUnreachable("not enrolled")

    asker = NumberAsker(never)
    assert asker.ask(ASK) is None
    asker.close()
