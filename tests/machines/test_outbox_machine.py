"""Promises 2, 4 and 5: whatever the network does, every paper arrives once, in order, and only the unreadable park."""

import os
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from kiosk.storage.process import ProcessId
from kiosk.storage.rows import Intent, StoredTicket
from kiosk.storage.store import Store
from kiosk.sync.client import RequestRefused
from kiosk.sync.clock import CentralClock, Clocks
from kiosk.sync.drain import drain
from models.errors import CentralUnreachable
from models.messages import BatchAnswer, BatchRequest, Problem
from tests.support.model_central import Link, ModelCentral

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
PROVE = bool(os.environ.get("MOTCUA_PROVE"))
READABLE, POISON = "ho-tich", "hong"
FATES = st.sampled_from(["ok", "ok", "lost", "unanswered", "delayed"])


@dataclass
class StrictLink(Link):
    """Central also refuses a whole batch when it holds one ticket that it cannot read."""

    whole_batches: bool = False

    def tickets(self, batch: BatchRequest) -> BatchAnswer:
        if self.whole_batches and any(t.service == POISON for t in batch.tickets):
            raise refused()
        return super().tickets(batch)


def refused() -> Exception:
    return RequestRefused(Problem("/problems/unreadable", "Unprocessable", 422, "a ticket cannot be read"))


class OutboxUnderLoss(RuleBasedStateMachine):
    """One kiosk, one central, and a network that loses, delays and repeats."""

    def __init__(self) -> None:
        super().__init__()
        memory = Path("/dev/shm")  # noqa: S108 -- a new folder inside it
        self.folder = Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else None))
        self.at = datetime(2026, 3, 2, 8, 0, tzinfo=ZONE)
        self.central = ModelCentral(lambda: self.at, poison={POISON})
        self.link = StrictLink(self.central)
        self.count = 0
        clocks = Clocks(lambda: self.at.timestamp(), lambda: self.at.timestamp(), "boot")
        self.clock = CentralClock(clocks, ZONE)
        self.clock.observe(self.at, self.at.timestamp(), self.at.timestamp())
        self.issued: list[StoredTicket] = []
        self.abandoned: list[str] = []
        self.persons: dict[str, str] = {}
        self.open()

    def open(self) -> None:
        self.count += 1
        self.store = Store.open(self.folder / "kiosk.sqlite3", ProcessId("boot", 1, self.count))

    def intent(self, service: str = READABLE) -> Intent:
        self.at += timedelta(seconds=1)
        self.count += 1
        intent = Intent(f"t{self.count}", service, self.clock.stamp())
        self.store.tickets.add_intent(intent)
        return intent

    def ask(self, intent: Intent, fate: str) -> None:
        self.link.fates = [fate]
        with suppress(CentralUnreachable):
            self.link.ticket(intent.request())
        self.link.fates = []

    @rule(times=st.integers(1, 5), service=st.sampled_from([READABLE, READABLE, POISON]), fate=FATES)
    def issue_own(self, times: int, service: str, fate: str) -> None:
        """Numbers of the kiosk's own; central was asked before and, if it heard, the answer came too late."""
        for _ in range(times):
            intent = self.intent(service)
            self.ask(intent, fate)
            ticket = self.store.tickets.issue_locally(intent.ticket_id, prefix="A", kiosk=2, job=None)
            self.issued.append(ticket)

    @rule(fate=FATES)
    def abandon(self, fate: str) -> None:
        intent = self.intent()
        self.ask(intent, fate)
        self.store.tickets.abandon(intent.ticket_id)
        self.abandoned.append(intent.ticket_id)

    @precondition(lambda self: len(self.persons) < len(self.issued))
    @rule(data=st.data())
    def card_after_the_number(self, data: st.DataObject) -> None:
        """One card a ticket: it is offered once, for some seconds after the number."""
        ticket = data.draw(st.sampled_from([t for t in self.issued if t.ticket_id not in self.persons]))
        self.count += 1
        self.persons[ticket.ticket_id] = f"ref{self.count}"
        self.store.tickets.set_person(
            ticket.ticket_id, method="card_qr", person_ref=f"ref{self.count}", priority=None, priority_proven=False
        )

    @rule(fates=st.lists(FATES, max_size=4), whole=st.booleans())
    def drain(self, fates: list[str], whole: bool) -> None:
        self.at += timedelta(seconds=1)
        self.link.fates, self.link.whole_batches = list(fates), whole
        with suppress(CentralUnreachable):
            drain(self.store, self.link, self.clock)
        self.link.fates = []

    @rule()
    def late_requests_arrive(self) -> None:
        self.link.deliver_late()

    @rule()
    def restart(self) -> None:
        self.store.close()
        self.open()

    @invariant()
    def nothing_is_dropped(self) -> None:
        """A paper is at central, or it waits, or it is parked with its reason."""
        kept = {row.ticket_id for lane in (0, 1, 2) for row in self.store.outbox.next_batch(lane, 10_000)}
        kept |= {row.ticket_id for row in self.store.outbox.parked()}
        there = {t.ticket_id for t in self.central.filed.values() if t.printed}
        assert all(t.ticket_id in kept or t.ticket_id in there for t in self.issued)

    @invariant()
    def only_the_unreadable_are_parked(self) -> None:
        services = {t.ticket_id: t.service for t in self.issued}
        for row in self.store.outbox.parked():
            assert services[row.ticket_id] == POISON
            assert row.parked
        assert not self.central.collided

    def teardown(self) -> None:
        try:
            self.drain([], whole=False)
            self.link.deliver_late()
            self.drain([], whole=True)
            self.everything_arrived()
        finally:
            self.store.close()
            shutil.rmtree(self.folder)

    def everything_arrived(self) -> None:
        assert self.store.outbox.counts().waiting == 0
        readable = [t for t in self.issued if t.service == READABLE]
        assert self.central.queue() == [t.number for t in readable]  # once each, in order of issue
        for ticket in readable:
            filed = self.central.filed[ticket.ticket_id]
            ref = self.persons.get(ticket.ticket_id)
            assert (filed.person.person_ref if filed.person else None) == ref
        for ticket_id in self.abandoned:
            filed_or_none = self.central.filed.get(ticket_id)
            assert filed_or_none is None or filed_or_none.cancelled
        tickets = [t for t in self.issued if t.service == POISON]
        parked = {row.ticket_id for row in self.store.outbox.parked() if row.kind == "ticket"}
        assert parked == {t.ticket_id for t in tickets}


OutboxUnderLoss.TestCase.settings = settings(
    max_examples=3000 if PROVE else 50,
    stateful_step_count=60 if PROVE else 30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestOutbox = OutboxUnderLoss.TestCase
