"""Central's time, carried by CLOCK_BOOTTIME (promise 6).

The system clock of a kiosk may be wrong by a day, a year or a battery. So the kiosk keeps the difference between
central's time and the kernel's count since boot, which nobody can set and which goes on during suspend. It is *sure*
from the first answer of central after a boot, and again when the program restarts within the same boot.

After a boot without central it is *unsure*: the later of the system clock and the last time that is certain to have
passed. That certain time is what central said plus what boots counted since; the system clock never adds to it, or one
wrong reading ahead would push every later start ahead, too.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo

from kiosk.storage.rows import Stamp
from kiosk.storage.settings import Settings

KEY = "clock"
SLOW_ANSWER_SECONDS = 5.0
"""The time in an answer that took longer is not believed to the second; an unsure clock takes it all the same."""
BELIEVABLE_AGE_SECONDS = 40 * 86_400.0
"""No paper waits longer for central: a greater age over a reboot means that somebody set the clock in between."""
HELD_BACK_SECONDS = 300.0
"""A sure clock that is corrected by less than this waits instead of going back, so that tickets keep their order."""


@dataclass(frozen=True, slots=True)
class KeptTime:
    """What of the clock outlives the program.

    Attributes:
        boot_id: The boot in which ``offset`` holds.
        offset: Central's time (Unix seconds) minus CLOCK_BOOTTIME; None when that boot never heard central.
        certain: Unix time that had passed at ``certain_boot`` of that boot.
    """

    boot_id: str
    offset: float | None
    certain: float
    certain_boot: float


@dataclass(frozen=True, slots=True)
class Clocks:
    """The clocks of the machine, replaceable in tests.

    Attributes:
        boottime: Seconds since boot, suspend included.
        system: Unix seconds as the system believes.
        boot_id: The kernel's name of this boot.
    """

    boottime: Callable[[], float]
    system: Callable[[], float]
    boot_id: str


def machine_clocks(boot_id: str) -> Clocks:
    """The real clocks."""
    return Clocks(lambda: time.clock_gettime(time.CLOCK_BOOTTIME), time.time, boot_id)


class CentralClock:
    """The kiosk's time; may be asked from any thread.

    Args:
        zone: The office's time zone.
        kept: What an earlier run kept (`read_kept`).
        trust_system: For ``numbering = "local"``: there is no central to ask, so the system clock is right unless it
            is behind what is certain.
    """

    def __init__(
        self, clocks: Clocks, zone: tzinfo, kept: KeptTime | None = None, *, trust_system: bool = False
    ) -> None:
        self._clocks = clocks
        self._zone = zone
        self._trust_system = trust_system
        self._lock = threading.Lock()
        self._last_stamp: float | None = None
        same_boot = kept is not None and kept.boot_id == clocks.boot_id
        self._offset = kept.offset if kept is not None and same_boot else None
        self._certain: tuple[float, float] | None = None
        if kept is not None:
            self._certain = (kept.certain, kept.certain_boot if same_boot else 0.0)

    @property
    def boot_id(self) -> str:
        """The kernel's name of this boot."""
        return self._clocks.boot_id

    @property
    def sure(self) -> bool:
        """Whether the time is central's (or, without a central, the system's and plausible)."""
        with self._lock:
            return self._is_sure()

    def now(self) -> datetime:
        """The time, in the office's zone."""
        with self._lock:
            return self._local(self._now())

    def day(self) -> date:
        """The office's day."""
        return self.now().date()

    def stamp(self) -> Stamp:
        """The moment of an issue: time, whether it is sure, and the count since boot that can correct it later."""
        with self._lock:
            moment = self._now()
            self._last_stamp = moment
            boot_ms = int(self._clocks.boottime() * 1000)
            return Stamp(self._local(moment), self._is_sure(), self._clocks.boot_id, boot_ms)

    def boottime(self) -> float:
        """Seconds since boot."""
        return self._clocks.boottime()

    def observe(self, central: datetime, sent: float, received: float) -> bool:
        """Take over central's time from an answer; says whether the clock became sure by it.

        Args:
            central: The time in the answer.
            sent: CLOCK_BOOTTIME when the request left.
            received: CLOCK_BOOTTIME when the answer was here. Half of the way back is added to central's time.
        """
        with self._lock:
            was_sure = self._offset is not None
            if was_sure and received - sent > SLOW_ANSWER_SECONDS:
                return False
            self._offset = central.timestamp() + (received - sent) / 2 - received
            if not was_sure:
                self._last_stamp = None  # what an unsure clock said binds nobody
            return not was_sure

    def age_ms(self, stamp: Stamp) -> int:
        """Milliseconds since ``stamp``: exact within one boot, otherwise as good as the clocks are.

        At least the whole time since this boot has passed for a stamp of an earlier one. Beyond that an unsure stamp
        is held against the system clock, which was as wrong then as it is now; what a day's error does to both does
        nothing to the difference. Where a reset in between makes nonsense of it, the paper is as old as this boot: it
        may stand too far back in the queue, but never on a day that is over.
        """
        with self._lock:
            boot_ms = int(self._clocks.boottime() * 1000)
            if stamp.boot_id == self._clocks.boot_id:
                return max(0, boot_ms - stamp.boot_ms)
            now = self._now() if stamp.sure else self._clocks.system()
            passed = now - stamp.at.timestamp()
            return max(boot_ms, int(passed * 1000)) if passed <= BELIEVABLE_AGE_SECONDS else boot_ms

    def kept(self) -> KeptTime:
        """What should outlive the program."""
        with self._lock:
            boottime = self._clocks.boottime()
            certain = self._certain_now(boottime)
            if self._is_sure():
                certain = max(certain or 0.0, self._now()) if self._trust_system else self._now()
            return KeptTime(self._clocks.boot_id, self._offset, certain or 0.0, boottime)

    # -- under the lock -----------------------------------------------------------------------------------------------

    def _is_sure(self) -> bool:
        if self._offset is not None:
            return True
        if not self._trust_system:
            return False
        certain = self._certain_now(self._clocks.boottime())
        return certain is None or self._clocks.system() >= certain - HELD_BACK_SECONDS

    def _now(self) -> float:
        boottime = self._clocks.boottime()
        if self._offset is not None:
            moment = boottime + self._offset
        else:
            certain = self._certain_now(boottime)
            system = self._clocks.system()
            moment = system if certain is None else max(system, certain)
        last = self._last_stamp
        if last is not None and moment < last and self._is_sure() and last - moment <= HELD_BACK_SECONDS:
            return last
        return moment

    def _certain_now(self, boottime: float) -> float | None:
        if self._certain is None:
            return None
        at, boot = self._certain
        return at + max(0.0, boottime - boot)

    def _local(self, moment: float) -> datetime:
        return datetime.fromtimestamp(moment, UTC).astimezone(self._zone)


def read_kept(settings: Settings) -> KeptTime | None:
    """What an earlier run kept, or None."""
    value = settings.get_json(KEY)
    if not isinstance(value, dict):
        return None
    numbers = (value.get("offset", 0.0), value.get("certain"), value.get("certain_boot"))
    readable = all(n is None or isinstance(n, int | float) for n in numbers)
    if not readable or not isinstance(value.get("boot_id"), str) or None in numbers[1:]:
        return None
    return KeptTime(value["boot_id"], value.get("offset"), float(value["certain"]), float(value["certain_boot"]))


def keep(settings: Settings, clock: CentralClock) -> None:
    """Let the clock outlive the program; called after each heartbeat, and now and then while offline."""
    kept = clock.kept()
    settings.set_json(
        KEY,
        {
            "boot_id": kept.boot_id,
            "offset": kept.offset,
            "certain": kept.certain,
            "certain_boot": kept.certain_boot,
        },
    )
