"""What a visit depends on and does not decide, gathered from the threads that know it.

Each part is replaced whole by its own thread; the desk thread asks for the sum, and reads what only the database knows
(numbers given in a session with a quota, a paper that a crash cut).
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from drivers.readings import PrinterStatus
from kiosk.flow.events import Counts, Surroundings, SurroundingsChanged, TicketFacts
from kiosk.storage.rows import Stamp
from models.messages import QueueAnswer
from models.opening import Opening, OpeningState, opening
from models.service import Catalogue, Service
from models.text import Language

QUEUE_SECONDS = 60.0
"""Waiting counts older than a minute disappear; they do not lie."""

PrinterReady = Literal["ready", "low", "trouble", "none"]


@dataclass(frozen=True, slots=True)
class World:
    """The parts, as each thread last told them.

    Attributes:
        queue_at: Seconds since boot at which the queue was true.
    """

    catalogue: Catalogue
    online: bool = False
    queue: QueueAnswer | None = None
    queue_at: float | None = None
    printer: PrinterReady = "none"
    camera: bool = False
    scanners: frozenset[str] = field(default_factory=frozenset)


class Watch:
    """Holds the world; `changed` is for the desk thread, everything else for any thread.

    Args:
        world: Where it begins.
        stamp: This moment, as the kiosk knows it.
        opening_of: What hours and quota allow for a field; asked on the desk thread.
        interrupted_of: The ticket whose paper a crash cut less than two minutes ago; asked on the desk thread.
        always_online: A kiosk that works without central has nothing to be offline from.
    """

    def __init__(
        self,
        world: World,
        stamp: Callable[[], Stamp],
        opening_of: Callable[[Service, Stamp], Opening],
        interrupted_of: Callable[[Stamp], TicketFacts | None],
        boottime: Callable[[], float],
        *,
        paper_slot: Literal["below", "left", "right"],
        languages: tuple[Language, ...],
        simulated: bool,
        always_online: bool,
    ) -> None:
        self._world = world
        self._stamp = stamp
        self._opening_of = opening_of
        self._interrupted_of = interrupted_of
        self._boottime = boottime
        self._paper_slot = paper_slot
        self._languages = languages
        self._simulated = simulated
        self._always_online = always_online
        self._gate = threading.Lock()
        self._last: Surroundings | None = None

    @property
    def world(self) -> World:
        """The parts as they are now."""
        return self._world

    @property
    def catalogue(self) -> Catalogue:
        """The office as it is known now."""
        return self._world.catalogue

    def told_catalogue(self, catalogue: Catalogue) -> None:
        """Central's services arrived or changed."""
        self._put(lambda world: replace(world, catalogue=catalogue))

    def told_central(self, online: bool, queue: QueueAnswer | None, queue_at: float | None) -> None:
        """How central stands, and the queue if it was told."""
        self._put(lambda world: replace(world, online=online, queue=queue, queue_at=queue_at))

    def told_printer(self, status: PrinterStatus) -> None:
        """What the printer says of itself."""
        self._put(lambda world: replace(world, printer=printer_ready(status)))

    def told_camera(self, up: bool) -> None:
        """Whether the camera gives frames."""
        self._put(lambda world: replace(world, camera=up))

    def told_scanner(self, name: str, up: bool) -> None:
        """Whether a code reader is there."""
        self._put(lambda world: replace(world, scanners=world.scanners | {name} if up else world.scanners - {name}))

    def now(self) -> Surroundings:
        """The sum, now."""
        world = self._world
        stamp = self._stamp()
        catalogue = world.catalogue
        fresh = world.queue_at is not None and self._boottime() - world.queue_at <= QUEUE_SECONDS
        queue = world.queue.services if world.queue is not None and fresh else ()
        return Surroundings(
            catalogue=catalogue,
            openings={s.code: self._opening_of(s, stamp) for s in catalogue.services},
            office_opening=_office_opening(catalogue, stamp),
            today=stamp.day,
            queue={q.service: Counts(q.waiting, q.wait_seconds) for q in queue},
            online=world.online or self._always_online,
            clock_sure=stamp.sure,
            printer=world.printer,
            camera=world.camera,
            reader=world.camera or bool(world.scanners),
            paper_slot=self._paper_slot,
            simulated=self._simulated,
            interrupted=self._interrupted_of(stamp),
            languages=self._languages,
        )

    def changed(self) -> SurroundingsChanged | None:
        """The sum as an event, when it differs from the last one."""
        now = self.now()
        if now == self._last:
            return None
        self._last = now
        return SurroundingsChanged(now)

    def _put(self, change: Callable[[World], World]) -> None:
        with self._gate:
            self._world = change(self._world)


def bare_surroundings(catalogue: Catalogue, now: datetime) -> Surroundings:
    """What is known when nothing could be started; enough for the fail-safe screen."""
    return Surroundings(
        catalogue=catalogue,
        openings={},
        office_opening=Opening(OpeningState.OPEN),
        today=now.date(),
        online=True,
        clock_sure=False,
        printer="none",
        camera=False,
        reader=False,
    )


def printer_ready(status: PrinterStatus) -> PrinterReady:
    """What a person may expect of the printer."""
    if not status.can_print:
        return "trouble"
    return "low" if status.paper == "low" else "ready"


def _office_opening(catalogue: Catalogue, stamp: Stamp) -> Opening:
    if not stamp.sure:
        return Opening(OpeningState.OPEN)
    return opening(catalogue.hours, stamp.at, late_minutes=catalogue.rules.late_minutes)
