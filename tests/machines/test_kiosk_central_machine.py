"""Promises 1 to 6 between two real kiosks and the real central, whatever network, clocks and power do.

`test_numbering_machine` and `test_outbox_machine` hold the kiosk against a model of central, `test_ticket_machine`
holds central against a model of kiosks. Here both are the product's own, and speak its HTTP.
"""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from central.store.database import Database
from kiosk.storage.rows import StoredTicket
from kiosk.sync.client import CentralClient, RequestRefused
from models.errors import CentralUnreachable
from models.messages import TicketAnswer, TicketRequest
from models.numbering import Number, parse_number
from tests.support.in_process import EventLoop, Network, UnservedCentral
from tests.support.machine import Machine
from tests.support.stage import Time, open_office

PROVE = bool(os.environ.get("MOTCUA_PROVE"))
KIOSKS = (1, 2)
SERVICES = {"chung-thuc": "A", "ho-tich": "B"}
FATES = st.sampled_from(["ok", "ok", "ok", "lost", "unanswered", "delayed", "repeated"])
MACHINES = st.sampled_from(KIOSKS)
CODES = st.sampled_from(sorted(SERVICES))


class Killed(BaseException):
    """The process is gone."""


class Question:
    """Asks as the product's asker does, without its thread; the process may die on the way."""

    def __init__(self, make_client: Callable[[], CentralClient]) -> None:
        self._client = make_client()
        self.dies: str | None = None

    def ask(self, request: TicketRequest) -> TicketAnswer | None:
        if self.dies == "before":
            raise Killed
        answer = None
        with suppress(CentralUnreachable, RequestRefused):
            answer = self._client.ticket(request)
        if self.dies == "after":
            raise Killed
        return answer

    def probed(self, seconds: float) -> None:
        pass

    def close(self) -> None:
        self._client.close()


@dataclass(frozen=True)
class Paper:
    """A number that somebody holds, and the true day on which they took it."""

    kiosk: int
    ticket: StoredTicket
    day: str


@dataclass(frozen=True)
class Filed:
    """A ticket in central's book."""

    ticket_id: str
    day: str
    number: str
    state: str
    place_at: int


class TwoKiosksAndCentral(RuleBasedStateMachine):
    """People, technicians, thieves and the weather."""

    loop: EventLoop
    empty: Path

    def __init__(self) -> None:
        super().__init__()
        memory = Path("/dev/shm")  # noqa: S108 - a new folder inside it
        self.folder = Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else None))
        shutil.copy(self.empty, self.folder / "central.sqlite")
        self.time = Time()
        self.central = UnservedCentral(self.loop, self.folder, self.time, open_office())
        self.papers: list[Paper] = []
        self.forged: set[tuple[str, str]] = set()
        self.blurred: set[str] = set()
        self.networks: dict[int, Network] = {}
        self.machines = {number: self._new_machine(number) for number in KIOSKS}

    def _new_machine(self, number: int) -> Machine:
        network = self.networks[number] = Network(self.central)
        machine = Machine(
            self.time,
            self.folder / f"machine-{self.time.unique()}",
            self.central.office,
            wire=lambda url, token: CentralClient(url, token, transport=network),
            make_asker=Question,
        )
        machine.enrol(self.central.url, self.central.code(number))
        return machine

    # -- people -------------------------------------------------------------------------------------------------------

    @rule(wishes=st.lists(st.tuples(MACHINES, CODES, FATES, st.booleans()), min_size=1, max_size=8))
    def people_take_numbers(self, wishes: list[tuple[int, str, str, bool]]) -> None:
        for number, service, fate, late_ones_arrive in wishes:
            self.networks[number].fates = [fate]
            ticket = self.machines[number].take(service)
            self.networks[number].fates = []
            self.papers.append(Paper(number, ticket, self.time.at.date().isoformat()))
            if late_ones_arrive:
                self.networks[number].arrive()

    @rule(number=MACHINES, dies=st.sampled_from(["before", "after"]), fate=FATES)
    def die_between_intent_and_number(self, number: int, dies: str, fate: str) -> None:
        machine = self.machines[number]
        assert isinstance(machine.asker, Question)
        machine.asker.dies = dies
        self.networks[number].fates = [fate]
        with pytest.raises(Killed):
            machine.take()
        self.networks[number].fates = []
        machine.stop()
        machine.start()

    @precondition(lambda self: self.papers)
    @rule(data=st.data())
    def a_counter_calls(self, data: st.DataObject) -> None:
        waiting = [t for t in self._filed().values() if t.state == "waiting"]
        if waiting:
            self.central.call(data.draw(st.sampled_from(sorted(waiting, key=lambda t: t.place_at))).ticket_id)

    # -- machines and network -----------------------------------------------------------------------------------------

    @rule(number=MACHINES, fates=st.lists(FATES, max_size=5))
    def speak(self, number: int, fates: list[str]) -> None:
        self.time.forward(seconds=1)
        self._note_blurred(number)
        self.networks[number].fates = fates
        self.machines[number].speak()
        self.networks[number].fates = []
        # A batch that comes later brings an age that was true when it was sent.
        self.blurred |= self.networks[number].on_their_way()

    @rule(number=MACHINES, up=st.booleans())
    def network(self, number: int, up: bool) -> None:
        self.networks[number].up = up

    @rule(minutes=st.integers(1, 300), to_midnight=st.booleans(), seconds=st.integers(-2, 2))
    def time_passes(self, minutes: int, to_midnight: bool, seconds: int) -> None:
        if to_midnight:
            midnight = (self.time.at + timedelta(days=1)).replace(hour=0, minute=0, second=0)
            self.time.at = max(self.time.at, midnight + timedelta(seconds=seconds))
        else:
            self.time.forward(minutes=minutes)

    @rule(
        number=MACHINES,
        minutes=st.integers(0, 90),
        hours=st.sampled_from([-24 * 365, -24, -1, 0, 0, 1, 24, 24 * 40]),
        up=st.booleans(),
    )
    def reboot(self, number: int, minutes: int, hours: int, up: bool) -> None:
        """Off and on; the system clock says something else than before, and the network may be gone."""
        self.machines[number].reboot(off=timedelta(minutes=minutes), skew=timedelta(hours=hours))
        self.networks[number].up = up

    @rule(number=MACHINES, database=st.sampled_from(["whole", "lost"]))
    def program_restarts(self, number: int, database: str) -> None:
        self.machines[number].stop()
        if database == "lost":
            self.machines[number].lose_database()
        self.machines[number].start()

    # -- technicians and thieves --------------------------------------------------------------------------------------

    @precondition(lambda self: any(network.up for network in self.networks.values()))
    @rule(number=MACHINES, disk=st.sampled_from(["same", "empty"]))
    def machine_is_enrolled_again(self, number: int, disk: str) -> None:
        """What a machine had not told would be gone with its disk: so it says it first."""
        old, network = self.machines[number], self.networks[number]
        if network.up and disk == "empty":
            self._note_blurred(number)
            old.speak()
            assert old.waiting == 0
            network.arrive()
            old.stop()
            self.machines[number] = self._new_machine(number)
        elif network.up:
            old.enrol(self.central.url, self.central.code(number))

    @rule(number=MACHINES, service=CODES)
    def a_twin_prints_the_next_number(self, number: int, service: str) -> None:
        """A copy of the machine's disk tells a paper with the number that this machine will print next."""
        machine = self.machines[number]
        enrolment = machine.enrolment
        assert enrolment is not None
        prefix, day = SERVICES[service], self.time.at.date()
        next_ordinal = machine.store.counters.own_high(day, number).get(prefix, 0) + 1
        paper = TicketRequest(
            f"00000000-0000-7000-8000-{self.time.unique():012d}",
            service,
            self.time.at.isoformat(),
            number=str(Number(prefix, next_ordinal, number)),
            day=day.isoformat(),
        )
        way = Network(self.central)
        # Refused where the number is on a paper of this day already: an unsure kiosk does not know its own numbers.
        with CentralClient(self.central.url, enrolment.token, transport=way) as twin, suppress(RequestRefused):
            twin.ticket(paper)
            self.forged.add((paper.day or "", paper.number or ""))

    def _note_blurred(self, number: int) -> None:
        """Papers of an unsure clock whose boot is over: their age is as good as the system clock is."""
        machine = self.machines[number]
        for paper in self.papers:
            stamp = paper.ticket.intent.stamp
            if paper.kiosk == number and not stamp.sure and stamp.boot_id != machine.boot_id:
                self.blurred.add(paper.ticket.ticket_id)

    # -- what must hold -----------------------------------------------------------------------------------------------

    @invariant()
    def no_number_is_on_two_papers(self) -> None:
        numbers = [(paper.day, paper.ticket.number) for paper in self.papers]
        assert len(set(numbers)) == len(numbers)

    @invariant()
    def no_series_restarts(self) -> None:
        last: dict[tuple[int, str, str], int] = {}
        for paper in self.papers:
            number = parse_number(paper.ticket.number or "")
            if number.kiosk is not None:
                assert number.kiosk == paper.kiosk
                assert number.ordinal > last.get((paper.kiosk, paper.day, number.prefix), 0)
                last[paper.kiosk, paper.day, number.prefix] = number.ordinal

    @invariant()
    def a_sure_clock_is_right(self) -> None:
        for machine in self.machines.values():
            if machine.clock.sure:
                assert abs(machine.clock.now() - self.time.at) < timedelta(seconds=1)

    @invariant()
    def only_forged_numbers_are_parked(self) -> None:
        for paper in self.central.parked():
            assert paper.reason == "number-taken"
            assert paper.number in {number for _, number in self.forged}

    def teardown(self) -> None:
        try:
            for number, machine in self.machines.items():
                self.time.forward(seconds=1)
                self.networks[number].up = True
                self._note_blurred(number)
                machine.speak()
                assert machine.waiting == 0
            for network in self.networks.values():
                network.arrive()
            self.every_paper_stands_once_and_nothing_else_does()
            self.papers_stand_in_order_of_issue()
        finally:
            for machine in self.machines.values():
                machine.stop()
            self.central.stop()
            shutil.rmtree(self.folder)

    def every_paper_stands_once_and_nothing_else_does(self) -> None:
        self.no_number_is_on_two_papers()
        self.only_forged_numbers_are_parked()
        parked = {paper.ticket_id for paper in self.central.parked()}
        filed = self._filed()
        on_paper = {paper.ticket.ticket_id: paper for paper in self.papers}
        queue = {ticket_id for ticket_id, ticket in filed.items() if ticket.state != "cancelled"}
        twins = {ticket_id for ticket_id in queue if ticket_id.startswith("00000000-")}
        assert queue - twins == on_paper.keys() - (parked - queue)
        for ticket_id in queue - twins - parked:
            paper, ticket = on_paper[ticket_id], filed[ticket_id]
            assert ticket.number == paper.ticket.number
            if ticket_id not in self.blurred:
                assert ticket.day == paper.day
        held = [(t.day, t.number) for t in filed.values()]
        assert len(set(held)) == len(held)

    def papers_stand_in_order_of_issue(self) -> None:
        filed = self._filed()
        out = self.blurred | {paper.ticket_id for paper in self.central.parked()}
        places = [filed[p.ticket.ticket_id].place_at for p in self.papers if p.ticket.ticket_id not in out]
        assert places == sorted(places)

    def _filed(self) -> dict[str, Filed]:
        """Everything in central's book, cancelled or not, read beside the running central."""
        with closing(sqlite3.connect(self.folder / "central.sqlite")) as book:
            rows = book.execute("SELECT ticket_id, day, number, state, place_at FROM tickets").fetchall()
        return {row[0]: Filed(*row) for row in rows}


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[type[TwoKiosksAndCentral]]:
    """The machine with an event loop for central, and central's tables without a row."""
    path = tmp_path_factory.mktemp("central") / "empty.sqlite"
    Database.open(f"sqlite:///{path}").close()
    running = EventLoop()

    class OnStage(TwoKiosksAndCentral):
        loop = running
        empty = path

    yield OnStage
    running.close()


def test_two_kiosks_and_central_agree(stage: type[TwoKiosksAndCentral]) -> None:
    run_state_machine_as_test(
        stage,
        settings=settings(
            max_examples=400 if PROVE else 30,
            stateful_step_count=60 if PROVE else 40,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
