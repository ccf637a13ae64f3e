"""Promises 1, 3, 4 and 6, for two kiosks: whatever happens, no number twice, no series restarts, all papers arrive."""

import os
import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from kiosk.storage.process import ProcessId
from kiosk.storage.rebuild import open_or_rebuild
from kiosk.storage.rows import Intent, NewJob, StoredTicket
from kiosk.storage.store import Store
from kiosk.sync.clock import CentralClock, Clocks, keep, read_kept
from kiosk.sync.drain import drain
from models.errors import CentralUnreachable
from models.messages import EnrolRequest, Heartbeat
from models.numbering import RESTART_ORDINAL, parse_number
from tests.support.model_central import PREFIXES, Link, ModelCentral

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
PROVE = bool(os.environ.get("MOTCUA_PROVE"))
KIOSKS = (2, 3)


@dataclass
class World:
    """True time, and names that are used once."""

    at: datetime = datetime(2026, 3, 2, 8, 0, tzinfo=ZONE)
    count: int = 0

    def now(self) -> datetime:
        return self.at

    def unique(self) -> int:
        self.count += 1
        return self.count


@dataclass
class Machine:
    """One kiosk machine: its disk, its boot, its wrong clock."""

    world: World
    home: Path
    link: Link
    skew: timedelta = timedelta()
    booted: datetime = field(init=False)
    boot_id: str = field(init=False)
    store: Store = field(init=False)
    clock: CentralClock = field(init=False)

    def __post_init__(self) -> None:
        self.boot()

    @property
    def path(self) -> Path:
        return self.home / "kiosk.sqlite3"

    def boot(self) -> None:
        self.booted = self.world.at
        self.boot_id = f"boot-{self.world.unique()}"
        self.start()

    def start(self) -> None:
        """The program starts, in a boot that may have seen it before."""
        owner = ProcessId(self.boot_id, 1, self.world.unique())
        self.store, self.rebuilt = open_or_rebuild(self.path, self.world.at, owner)
        clocks = Clocks(
            lambda: (self.world.at - self.booted).total_seconds(),
            lambda: (self.world.at + self.skew).timestamp(),
            self.boot_id,
        )
        self.clock = CentralClock(clocks, ZONE, read_kept(self.store.settings))
        self.store.tickets.cancel_leftover_intents()

    def heartbeat(self) -> None:
        day = self.clock.day()
        high = self.store.counters.own_high(day, self.link.kiosk)
        answer = self.link.heartbeat(Heartbeat("machine", own_high=high, day=day.isoformat()))
        series_day = datetime.fromisoformat(answer.series.day).date()
        self.store.counters.learn_series(series_day, self.link.kiosk, answer.series.next)
        self.hear(answer.time)

    def hear(self, time: str) -> None:
        here = self.clock.boottime()
        self.clock.observe(datetime.fromisoformat(time), here, here)
        keep(self.store.settings, self.clock)


class Numbering(RuleBasedStateMachine):
    """Two kiosks, one central, and everything that can go wrong between them."""

    def __init__(self) -> None:
        super().__init__()
        memory = Path("/dev/shm")  # noqa: S108 -- a new folder inside it
        self.folder = Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else None))
        self.world = World()
        self.central = ModelCentral(self.world.now)
        self.pads: dict[str, str] = {}
        self.papers: list[tuple[int, str, StoredTicket]] = []
        self.machines = {n: self._new_machine(n) for n in KIOSKS}

    def _new_machine(self, number: int) -> Machine:
        home = self.folder / f"machine-{self.world.unique()}"
        return Machine(self.world, home, Link(self.central, number))

    def _tick(self) -> None:
        self.world.at += timedelta(seconds=1)

    # -- what people do -----------------------------------------------------------------------------------------------

    @rule(
        number=st.sampled_from(KIOSKS),
        service=st.sampled_from(sorted(PREFIXES)),
        fate=st.sampled_from(["ok", "ok", "lost", "unanswered", "delayed"]),
        times=st.integers(1, 4),
    )
    def take_numbers(self, number: int, service: str, fate: str, times: int) -> None:
        for _ in range(times):
            self._tick()
            self._take(number, service, fate)

    def _take(self, number: int, service: str, fate: str) -> None:
        machine = self.machines[number]
        intent = self._intent(machine, service)
        machine.link.fates = [fate]
        job = NewJob("ticket")
        try:
            answer = machine.link.ticket(intent.request(age_ms=0))
        except CentralUnreachable:
            ticket = machine.store.tickets.issue_locally(
                intent.ticket_id, prefix=PREFIXES[service], kiosk=number, job=job
            )
        else:
            ticket = machine.store.tickets.issue_from_central(intent.ticket_id, answer, job)
        machine.link.fates = []
        self.papers.append((number, self.world.at.date().isoformat(), ticket))

    def _intent(self, machine: Machine, service: str) -> Intent:
        intent = Intent(f"ticket-{self.world.unique()}", service, machine.clock.stamp())
        machine.store.tickets.add_intent(intent)
        return intent

    @rule(number=st.sampled_from(KIOSKS), asked=st.booleans())
    def crash_between_intent_and_number(self, number: int, asked: bool) -> None:
        self._tick()
        machine = self.machines[number]
        intent = self._intent(machine, "ho-tich")
        if asked:
            machine.link.fates = ["unanswered"]
            try:
                machine.link.ticket(intent.request(age_ms=0))
            except CentralUnreachable:
                machine.link.fates = []
        machine.store.close()
        machine.start()

    @rule(number=st.sampled_from(KIOSKS), count=st.integers(1, 5))
    def print_a_pad(self, number: int, count: int) -> None:
        machine = self.machines[number]
        stamp = machine.clock.stamp()
        pad = machine.store.counters.reserve_spares(prefix="A", kiosk=number, stamp=stamp, count=count)
        for ordinal in map(str, pad):
            assert ordinal not in self.pads
            self.pads[ordinal] = self.world.at.date().isoformat()

    # -- what the machines do -----------------------------------------------------------------------------------------

    @rule(number=st.sampled_from(KIOSKS))
    def speak_with_central(self, number: int) -> None:
        self._tick()
        machine = self.machines[number]
        if machine.link.up:
            machine.heartbeat()
            drain(machine.store, machine.link, machine.clock)

    @rule(number=st.sampled_from(KIOSKS), up=st.booleans())
    def network(self, number: int, up: bool) -> None:
        self.machines[number].link.up = up

    @rule(number=st.sampled_from(KIOSKS))
    def late_questions_arrive(self, number: int) -> None:
        self.machines[number].link.deliver_late()

    @rule(minutes=st.integers(1, 300))
    def time_passes(self, minutes: int) -> None:
        self.world.at += timedelta(minutes=minutes)

    @rule(seconds=st.integers(-2, 2))
    def midnight(self, seconds: int) -> None:
        tomorrow = (self.world.at + timedelta(days=1)).replace(hour=0, minute=0, second=0)
        self.world.at = max(self.world.at, tomorrow + timedelta(seconds=seconds))

    @rule(number=st.sampled_from(KIOSKS), hours=st.sampled_from([-24 * 365, -24, -1, 0, 1, 24, 24 * 40]))
    def system_clock_jumps(self, number: int, hours: int) -> None:
        self.machines[number].skew = timedelta(hours=hours)

    @rule(number=st.sampled_from(KIOSKS), off=st.integers(0, 30))
    def reboot(self, number: int, off: int) -> None:
        self.machines[number].store.close()
        self.world.at += timedelta(minutes=off)
        self.machines[number].boot()

    @rule(number=st.sampled_from(KIOSKS))
    def program_restarts(self, number: int) -> None:
        self.machines[number].store.close()
        self.machines[number].start()

    @rule(number=st.sampled_from(KIOSKS), gone=st.booleans())
    def database_breaks(self, number: int, gone: bool) -> None:
        machine = self.machines[number]
        machine.store.close()
        for part in machine.home.glob("kiosk.sqlite3*"):
            if gone and not part.name.endswith(".in-use"):
                part.unlink()
        if not gone:
            machine.path.write_bytes(b"no database" * 1000)
        machine.start()
        assert machine.rebuilt is not None or not machine.store.journal.files()

    @rule(number=st.sampled_from(KIOSKS))
    def machine_is_replaced(self, number: int) -> None:
        """An empty disk. Papers that central has not heard of are gone with the old one: so it says them first."""
        old = self.machines[number]
        if not old.link.up:
            return
        old.heartbeat()
        drain(old.store, old.link, old.clock)
        old.link.deliver_late()
        old.store.close()
        new = self.machines[number] = self._new_machine(number)
        answer = new.link.enrol(EnrolRequest("code"))
        new.store.counters.enrolled(datetime.fromisoformat(answer.series.day).date(), number, answer.series.next)
        new.hear(answer.time)

    # -- what must hold -----------------------------------------------------------------------------------------------

    @invariant()
    def no_number_twice(self) -> None:
        numbers = [(day, ticket.number) for _, day, ticket in self.papers]
        assert len(set(numbers)) == len(numbers)
        assert not self.central.collided
        assert not [n for day, n in numbers if n in self.pads and day >= self.pads[n]]

    @invariant()
    def no_series_restarts(self) -> None:
        last: dict[tuple[int, str, str], int] = {}
        for kiosk, day, ticket in self.papers:
            number = parse_number(ticket.number or "")
            if number.kiosk is not None:
                assert number.kiosk == kiosk
                assert number.ordinal > last.get((kiosk, day, number.prefix), 0)
                last[kiosk, day, number.prefix] = number.ordinal

    @invariant()
    def a_sure_clock_is_right(self) -> None:
        for machine in self.machines.values():
            if machine.clock.sure:
                assert abs(machine.clock.now() - self.world.at) < timedelta(seconds=1)

    def teardown(self) -> None:
        try:
            for machine in self.machines.values():
                self._tick()
                machine.link.up, machine.link.fates = True, []
                machine.heartbeat()
                drain(machine.store, machine.link, machine.clock)
                machine.link.deliver_late()
                assert machine.store.outbox.counts().waiting == 0
                assert machine.store.outbox.counts().parked == 0
            self._all_papers_arrived()
        finally:
            for machine in self.machines.values():
                machine.store.close()
            shutil.rmtree(self.folder)

    def _all_papers_arrived(self) -> None:
        self.no_number_twice()
        on_paper = {ticket.ticket_id: (day, ticket) for _, day, ticket in self.papers}
        queue = {t.ticket_id: t for t in self.central.filed.values() if not t.cancelled}
        assert queue.keys() == on_paper.keys()
        for ticket_id, filed in queue.items():
            day, ticket = on_paper[ticket_id]
            assert filed.number == ticket.number
            if ticket.intent.stamp.sure:
                assert filed.day == day


Numbering.TestCase.settings = settings(
    max_examples=3000 if PROVE else 40,
    stateful_step_count=60 if PROVE else 40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestNumbering = Numbering.TestCase


def test_the_restart_ordinal_is_where_it_is_said_to_be() -> None:
    assert RESTART_ORDINAL == 501
