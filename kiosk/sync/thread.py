"""The sync thread: one conversation with central in the background, and its state for everybody else."""

import random
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import structlog

from kiosk.storage.store import Store
from kiosk.sync.client import CentralClient
from kiosk.sync.clock import CentralClock
from kiosk.sync.conversation import USUAL_PACE, CallForHelp, Conversation, Pace
from kiosk.sync.enrol import Enrolment
from kiosk.sync.state import SyncState
from models.errors import StorageTrouble

STOP_SECONDS = 0.9

log = structlog.get_logger(__name__)


def enrolled_client(enrolment: Enrolment) -> CentralClient:
    """The usual connection."""
    return CentralClient(enrolment.url, enrolment.token)


class SyncThread:
    """Talks to central until stopped.

    Args:
        home: The kiosk's state folder (enrolment).
        store_path: The database; the thread opens a store of its own.
        make_client: Makes the connection of an enrolment.
        clock: The kiosk's clock; the thread keeps it right.
        on_state: Called in this thread with every new state; must not block.
        probed: Told how long central took for an answer (`kiosk.sync.numbers.NumberAsker.probed`).
        findings: Short codes of what is wrong with this kiosk, for the heartbeat.
        uniform: Randomness of the back-off.
    """

    def __init__(
        self,
        home: Path,
        store_path: Path,
        make_client: Callable[[Enrolment], CentralClient],
        clock: CentralClock,
        on_state: Callable[[SyncState], None],
        *,
        pace: Pace = USUAL_PACE,
        probed: Callable[[float], None] = lambda _seconds: None,
        findings: Callable[[], tuple[str, ...]] = tuple,
        version: str = "",
        uniform: Callable[[float, float], float] = random.uniform,
    ) -> None:
        self._home = home
        self._store_path = store_path
        self._make_client = make_client
        self._clock = clock
        self._on_state = on_state
        self._pace = pace
        self._probed = probed
        self._findings = findings
        self._version = version
        self._uniform = uniform
        self._told: SyncState | None = None
        self._lock = threading.Lock()
        self._help: CallForHelp | None = None
        self._probe = False
        self._stopping = threading.Event()
        self._wake = threading.Event()
        # A daemon: a request that hangs must not keep the program from ending.
        self._thread = threading.Thread(target=self._run, name="sync", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> bool:
        """Stop within a second; says whether the thread has ended (a request may hang a little longer)."""
        self._stopping.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(STOP_SECONDS)
        return not self._thread.is_alive()

    def kick(self) -> None:
        """Something was put into the outbox."""
        self._wake.set()

    def probe(self) -> None:
        """A question for a number failed: find out when central is well again."""
        with self._lock:
            self._probe = True
        self._wake.set()

    def call_help(self, reason: str, *, emergency: bool = False) -> None:
        """Call staff; it is said again until central has heard it. ``state.help`` tells what became of it."""
        with self._lock:
            self._help = CallForHelp(reason, emergency)
        self._wake.set()

    def stop_help(self) -> None:
        """Nobody needs to come any more."""
        with self._lock:
            self._help = None
        self._wake.set()

    # -----------------------------------------------------------------------------------------------------------------

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                with Store.open(self._store_path) as store:
                    self._converse(store)
            except StorageTrouble as trouble:
                told = self._told or SyncState()
                if told.storage != str(trouble):
                    log.warning("the sync thread cannot use the database", why=str(trouble))
                self._publish(replace(told, storage=str(trouble)))
                self._stopping.wait(self._pace.longest_wait)

    def _converse(self, store: Store) -> None:
        conversation = Conversation(
            self._home,
            store,
            self._make_client,
            self._clock,
            self._uniform,
            pace=self._pace,
            probed=self._probed,
            findings=self._findings,
            version=self._version,
            stop=self._stopping.is_set,
        )
        self._publish(conversation.state)
        try:
            while not self._stopping.is_set():
                self._wake.clear()
                with self._lock:
                    wanted, probe, self._probe = self._help, self._probe, False
                seconds = conversation.step(wanted, probe=probe)
                self._publish(conversation.state)
                self._wake.wait(seconds)
        finally:
            conversation.close()

    def _publish(self, state: SyncState) -> None:
        if state != self._told:
            self._told = state
            self._on_state(state)
