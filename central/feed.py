"""The event streams: whoever listens hears of each event once, in commit order, from whichever process wrote it.

A thread watches the database for commits (`central.store.database.Watch`); our own writer wakes it at once, those of
other processes it finds within `POLL_SECONDS`. Each stream then reads the events after the last one it sent: what is
in the database is all there is to know, and a stream that was cut goes on from ``Last-Event-ID``.
"""

import asyncio
import threading
from collections.abc import AsyncIterator

import structlog

from central.store.database import Database
from central.store.records import Event
from models.errors import StorageTrouble

POLL_SECONDS = 0.1
"""How late a commit of another process may be noticed."""

KEEP_ALIVE_SECONDS = 15.0
"""A quiet stream says so: proxies and phones drop what is silent for longer."""

TOGETHER_SECONDS = 0.05
"""A stream reads at most so often; a hundred papers at once are one read, not a hundred."""

AT_ONCE = 500


class Feed:
    """Tells open streams about commits. Start it in the event loop that serves the streams."""

    def __init__(self, database: Database, wake: threading.Event) -> None:
        self._database = database
        self._wake = wake
        self._closing = threading.Event()
        self._streams: set[asyncio.Event] = set()
        self._thread: threading.Thread | None = None
        self._log = structlog.get_logger("central.feed")

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin to watch."""
        self._thread = threading.Thread(target=self._watch, args=(loop,), name="central-feed", daemon=True)
        self._thread.start()

    def end_streams(self) -> None:
        """End every stream, so that a server can stop without waiting for its listeners."""
        self._closing.set()
        self._wake.set()
        self._tell()

    def close(self) -> None:
        """End the streams and the watching."""
        self.end_streams()
        if self._thread is not None:
            self._thread.join()

    async def listen(self, office: str, after: int | None, *, staff: bool) -> AsyncIterator[Event | None]:
        """Events of an office as they happen; None now and then, when nothing does.

        Args:
            after: The last event that was heard; None for what is new from here.
            staff: Whether the listener may hear what is not for every screen.
        """
        high = await asyncio.to_thread(self._database.read, lambda tx: tx.events.high(office))
        last = high if after is None else min(after, high)  # an id we never gave: the database is another one
        changed = asyncio.Event()
        self._streams.add(changed)
        try:
            while not self._closing.is_set():
                changed.clear()
                since = last
                found = await asyncio.to_thread(
                    self._database.read, lambda tx, since=since: tx.events.after(office, since, AT_ONCE)
                )
                for event in found:
                    last = event.id
                    if staff or event.audience == "public":
                        yield event
                if len(found) < AT_ONCE and not await _within(changed, KEEP_ALIVE_SECONDS):
                    yield None
                await asyncio.sleep(TOGETHER_SECONDS if not self._closing.is_set() else 0)
        finally:
            self._streams.discard(changed)

    def _watch(self, loop: asyncio.AbstractEventLoop) -> None:
        watch = self._database.watch()
        well = True
        try:
            while not self._closing.is_set():
                self._wake.wait(POLL_SECONDS)
                self._wake.clear()
                try:
                    changed, well = watch.changed(), True
                except StorageTrouble as trouble:
                    if well:
                        self._log.error("feed_cannot_read", why=str(trouble))
                    changed = well = False
                if changed and not self._closing.is_set():
                    loop.call_soon_threadsafe(self._tell)
        finally:
            watch.close()

    def _tell(self) -> None:
        for stream in self._streams:
            stream.set()


async def _within(event: asyncio.Event, seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return False
    return True
