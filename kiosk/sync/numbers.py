"""Asking central for a number while a person waits: 300 ms, no more (promise 3).

The question is put by a thread of its own, because no time-out of a socket bounds a request as a whole (name look-up
above all). An answer that comes later is dropped: by then the person has a number of the kiosk's own, which the outbox
tells, and which replaces central's. After a failure central is not asked again until the sync thread has seen it answer
within the same time; the person at the screen never pays for the finding-out.
"""

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from datetime import date
from typing import Protocol

import structlog

from kiosk.sync.client import RequestRefused, TokenEnded
from models.errors import CentralUnreachable
from models.messages import TicketAnswer, TicketRequest
from models.numbering import parse_number

BUDGET_SECONDS = 0.3

log = structlog.get_logger(__name__)


class AsksNumbers(Protocol):
    """The one thing wanted of central here."""

    def ticket(self, request: TicketRequest) -> TicketAnswer:
        """Ask for a number."""

    def close(self) -> None:
        """Close the connection."""


_Question = tuple[TicketRequest, Future[TicketAnswer]]


class NumberAsker:
    """Asks central, or knows that asking is no use. One thread asks.

    Args:
        make_client: Makes a connection; called in the asking thread. May raise `CentralUnreachable`.
        on_failure: Told once when the circuit opens, so that the sync thread starts to probe.
        budget: Seconds a person may be kept waiting.
    """

    def __init__(
        self,
        make_client: Callable[[], AsksNumbers],
        on_failure: Callable[[], None] = lambda: None,
        budget: float = BUDGET_SECONDS,
    ) -> None:
        self._make_client = make_client
        self._on_failure = on_failure
        self._budget = budget
        self._questions: queue.SimpleQueue[_Question | None] = queue.SimpleQueue()
        self._closed_circuit = threading.Event()
        self._closed_circuit.set()
        self._idle = threading.Event()
        self._idle.set()
        # A daemon: a look-up that hangs in the C library must not keep the program from ending.
        self._thread = threading.Thread(target=self._work, name="ask-number", daemon=True)
        self._thread.start()

    @property
    def asks(self) -> bool:
        """Whether the next question goes to central."""
        return self._closed_circuit.is_set()

    def ask(self, request: TicketRequest) -> TicketAnswer | None:
        """Central's number for ``request``, or None: then the kiosk takes one of its own.

        Raises:
            RuleRefused: Central's rules say no; that is shown and never answered with a number of the kiosk's own.
        """
        if not self._closed_circuit.is_set():
            return None
        if not self._idle.is_set():
            # The thread still hangs in an older question, whose person has long had a number.
            self._open_circuit("busy")
            return None
        self._idle.clear()
        future: Future[TicketAnswer] = Future()
        self._questions.put((request, future))
        try:
            answer = future.result(timeout=self._budget)
        except TimeoutError:
            self._open_circuit("late")
            return None
        except CentralUnreachable as error:
            self._open_circuit(str(error))
            return None
        except RequestRefused as error:
            # No rule, but a request that central cannot read: the person gets a number all the same (promise 3), and
            # the paper is parked with this reason if central cannot read it either.
            log.warning("central cannot read the question for a number", why=error.problem.title)
            return None
        return answer

    def probed(self, seconds: float) -> None:
        """Central answered the sync thread within ``seconds``: if that is fast enough, it is asked again."""
        if seconds <= self._budget and self._idle.is_set():
            self._closed_circuit.set()

    def close(self) -> None:
        """Let the thread end; it is not waited for."""
        self._closed_circuit.clear()
        self._questions.put(None)

    def _open_circuit(self, why: str) -> None:
        if self._closed_circuit.is_set():
            self._closed_circuit.clear()
            log.info("central gives no numbers for now", why=why)
            self._on_failure()

    def _work(self) -> None:
        client = self._connected(None)
        while (question := self._questions.get()) is not None:
            request, future = question
            answer: TicketAnswer | None = None
            trouble: Exception | None = None
            try:
                client = client or self._make_client()
                answer = _checked(client.ticket(request), request)
            except TokenEnded as error:
                client, trouble = self._connected(client), error  # a later enrolment has a new token
            except Exception as error:  # handed over whole to the thread that asked
                trouble = error
            self._idle.set()  # first, or the next question could come before it
            if answer is not None:
                future.set_result(answer)
            else:
                future.set_exception(trouble)
        if client is not None:
            client.close()

    def _connected(self, old: AsksNumbers | None) -> AsksNumbers | None:
        """A new client made ahead of the question, or None when that is not possible yet."""
        if old is not None:
            old.close()
        try:
            return self._make_client()
        except CentralUnreachable:
            return None


def _checked(answer: TicketAnswer, request: TicketRequest) -> TicketAnswer:
    """An answer that can be printed.

    Raises:
        CentralUnreachable: It is about another ticket, or its number or day is none.
    """
    try:
        parse_number(answer.number)
        date.fromisoformat(answer.day)
    except ValueError as error:
        raise CentralUnreachable("central's answer cannot be read: no number") from error
    if answer.ticket_id != request.ticket_id:
        raise CentralUnreachable("central answered for another ticket")
    return answer
