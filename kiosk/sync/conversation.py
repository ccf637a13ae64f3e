"""The conversation with central: what is due, in which order, and how long to be quiet after a failure.

One `Conversation.step` does everything that is due and says how long nothing will be. After a failure the heartbeat is
the probe: it brings time and own numbers, so that nothing else is said to a central that has not been heard.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import structlog

from kiosk.storage.store import Store
from kiosk.sync.client import CentralClient, RequestRefused, TokenEnded
from kiosk.sync.clock import CentralClock, keep
from kiosk.sync.drain import BackOff, drain
from kiosk.sync.enrol import Enrolment, load_enrolment
from kiosk.sync.settings import fetch_catalogue, kept_catalogue
from kiosk.sync.state import Help, SyncState
from models.errors import CentralUnreachable, RuleRefused
from models.messages import Heartbeat, HeartbeatAnswer

PEOPLE_DAYS = 2
"""References to people are erased from tickets older than so many days."""
TICKET_DAYS = 40
"""Tickets are deleted after so many days; the journal keeps their numbers."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds between the same words.

    Attributes:
        look: At most so long until the outbox is looked at, for rows of another process.
        first_wait: Bound of the first wait after a failure; doubled up to ``longest_wait``.
    """

    heartbeat: float = 45.0
    queue: float = 5.0
    catalogue: float = 60.0
    help: float = 2.0
    look: float = 1.0
    keep_clock: float = 60.0
    first_wait: float = 1.0
    longest_wait: float = 30.0


USUAL_PACE = Pace()


@dataclass(frozen=True, slots=True)
class CallForHelp:
    """Staff are wanted at the kiosk."""

    reason: str
    emergency: bool


class Conversation:
    """All that is said to central in the background.

    Args:
        home: Where the enrolment lies.
        store: Of the thread that steps.
        make_client: Makes the connection of an enrolment.
        uniform: Randomness of the back-off.
        probed: Told how long central took for an answer (`kiosk.sync.numbers.NumberAsker.probed`).
        findings: Short codes of what is wrong with this kiosk, for the heartbeat.
        stop: Whether to stop soon.
    """

    def __init__(
        self,
        home: Path,
        store: Store,
        make_client: Callable[[Enrolment], CentralClient],
        clock: CentralClock,
        uniform: Callable[[float, float], float],
        *,
        pace: Pace = USUAL_PACE,
        probed: Callable[[float], None] = lambda _seconds: None,
        findings: Callable[[], tuple[str, ...]] = tuple,
        version: str = "",
        stop: Callable[[], bool] = lambda: False,
    ) -> None:
        self._home = home
        self._store = store
        self._make_client = make_client
        self._clock = clock
        self._pace = pace
        self._probed = probed
        self._findings = findings
        self._version = version
        self._stop = stop
        self._back_off = BackOff(pace.first_wait, pace.longest_wait, uniform)
        self._client: CentralClient | None = None
        self._kiosk = 0
        self._due: dict[str, float] = {}
        self._quiet_until = 0.0
        self._said_help: CallForHelp | None = None
        self._cleaned: date | None = None
        self._was_online: bool | None = None
        counts = store.outbox.counts()
        self.state = SyncState(
            outbox=counts.waiting, parked=counts.parked, clock_sure=clock.sure, catalogue=kept_catalogue(store)
        )

    def step(self, help_wanted: CallForHelp | None = None, *, probe: bool = False) -> float:
        """Say what is due. Returns the seconds until something is due again.

        Args:
            help_wanted: The call for help that stands, or None.
            probe: A question for a number has failed: find out how central is, but not more often than the back-off
                allows.

        Raises:
            StorageTrouble: The kiosk's own disk is in the way.
        """
        now = self._clock.boottime()
        if probe:
            self._due["heartbeat"] = now
        if now >= self._quiet_until:
            try:
                self._speak(help_wanted)
            except (CentralUnreachable, RequestRefused, RuleRefused) as error:
                self._fell_silent(error)
        if self._is_due("keep_clock"):
            keep(self._store.settings, self._clock)
            self._done("keep_clock", self._pace.keep_clock)
        self._clean()
        self._note_counts(help_wanted)
        return self._seconds_until_next()

    def close(self) -> None:
        """Close the connection."""
        if self._client is not None:
            self._client.close()
            self._client = None

    # -----------------------------------------------------------------------------------------------------------------

    def _speak(self, help_wanted: CallForHelp | None) -> None:
        client = self._connected()
        if client is None:
            return
        if self._is_due("heartbeat") or not self.state.online:
            self._heartbeat(client)
        if help_wanted != self._said_help:
            self._call(client, help_wanted)
        if self._said_help is not None and self._is_due("help"):
            self._hear_help(client)
        if self.state.outbox or self._store.outbox.counts().waiting:
            drain(self._store, client, self._clock, stop=self._stop)
        if self._is_due("catalogue") and not self._stop():
            fresh = fetch_catalogue(self._store, client)
            if fresh is not None:
                self.state = replace(self.state, catalogue=fresh)
            self._done("catalogue", self._pace.catalogue)
        if self._is_due("queue") and not self._stop():
            self._hear_queue(client)
        self._came_up()

    def _connected(self) -> CentralClient | None:
        if self._client is None:
            enrolment = load_enrolment(self._home)
            if enrolment is None:
                self.state = replace(self.state, enrolled=False, online=False)
                self._quiet_until = self._clock.boottime() + self._pace.look
                return None
            self._kiosk = enrolment.kiosk
            self._client = self._make_client(enrolment)
            self.state = replace(self.state, enrolled=True)
        return self._client

    def _heartbeat(self, client: CentralClient) -> None:
        # An unsure clock may name another day: central counts such numbers for its own.
        day = self._clock.day() if self._clock.sure else None
        counts = self._store.outbox.counts()
        message = Heartbeat(
            # The boot tells two machines with one token apart, even when one is a copy of the other's disk.
            instance=hashlib.sha256(self._clock.boot_id.encode()).hexdigest()[:32],
            version=self._version,
            outbox=counts.waiting,
            parked=counts.parked,
            findings=self._findings(),
            own_high=self._store.counters.own_high(day, self._kiosk),
            day=None if day is None else day.isoformat(),
        )
        sent = self._clock.boottime()
        answer = client.heartbeat(message)
        received = self._clock.boottime()
        central, series_day = _times(answer)
        # The series first: a sure clock promises that this day's own numbers are known.
        self._store.counters.learn_series(series_day, self._kiosk, answer.series.next)
        self._clock.observe(central, sent, received)
        keep(self._store.settings, self._clock)
        self._done("keep_clock", self._pace.keep_clock)
        self._done("heartbeat", self._pace.heartbeat)
        self._probed(received - sent)
        if self._said_help is not None:
            self.state = replace(self.state, help=answer.help)

    def _call(self, client: CentralClient, wanted: CallForHelp | None) -> None:
        if wanted is None:
            client.stop_help()
        else:
            client.call_help(wanted.reason, emergency=wanted.emergency)
            self._due["help"] = 0.0
        self._said_help = wanted

    def _hear_help(self, client: CentralClient) -> None:
        heard: Help = client.help_state().help
        self.state = replace(self.state, help=heard)
        self._done("help", self._pace.help)

    def _hear_queue(self, client: CentralClient) -> None:
        sent = self._clock.boottime()
        queue = client.queue()
        received = self._clock.boottime()
        self.state = replace(self.state, queue=queue, queue_at=received)
        self._done("queue", self._pace.queue)
        self._probed(received - sent)

    def _came_up(self) -> None:
        """Everything that was due could be said: one word that central takes is not enough."""
        self._back_off.succeeded()
        if self._was_online is False:
            log.info("central answers again")
        self._was_online = True
        self.state = replace(self.state, online=True, token_ended=False, clock_sure=self._clock.sure)

    def _fell_silent(self, error: CentralUnreachable | RequestRefused | RuleRefused) -> None:
        if self._was_online is not False:
            log.warning("central does not answer", why=str(error))
        self._was_online = False
        ended = isinstance(error, TokenEnded)
        if ended:
            self.close()  # a new enrolment brings a new token
        self.state = replace(self.state, online=False, token_ended=ended)
        self._quiet_until = self._clock.boottime() + self._back_off.failed()

    def _clean(self) -> None:
        """Once a day, when it is certain which day it is, forget what is no longer needed."""
        if not self._clock.sure:
            return
        day = self._clock.day()
        if day == self._cleaned:
            return
        self._store.tickets.forget_people(day - timedelta(days=PEOPLE_DAYS))
        self._store.tickets.prune(day - timedelta(days=TICKET_DAYS))
        self._cleaned = day

    def _note_counts(self, help_wanted: CallForHelp | None) -> None:
        counts = self._store.outbox.counts()
        said: Help = self.state.help
        if help_wanted is None:
            said = "none"
        elif help_wanted != self._said_help:
            said = "waiting"
        self.state = replace(
            self.state, outbox=counts.waiting, parked=counts.parked, clock_sure=self._clock.sure, help=said
        )

    def _is_due(self, what: str) -> bool:
        return self._clock.boottime() >= self._due.get(what, 0.0)

    def _done(self, what: str, seconds: float) -> None:
        self._due[what] = self._clock.boottime() + seconds

    def _seconds_until_next(self) -> float:
        now = self._clock.boottime()
        if now < self._quiet_until:
            return min(self._quiet_until - now, self._pace.keep_clock)
        waits = [at - now for what, at in self._due.items() if what != "help" or self._said_help is not None]
        return max(0.0, min([*waits, self._pace.look]))


def _times(answer: HeartbeatAnswer) -> tuple[datetime, date]:
    try:
        central, day = datetime.fromisoformat(answer.time), date.fromisoformat(answer.series.day)
    except ValueError as error:
        raise CentralUnreachable("central's answer cannot be read: no time") from error
    if central.tzinfo is None:
        raise CentralUnreachable("central's answer cannot be read: a time without zone")
    return central, day
