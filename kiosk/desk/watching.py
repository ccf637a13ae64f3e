"""The camera as a code reader: newest frame in, one event a code out, on a thread of its own.

At rest a few frames a second are searched, enough for a card that somebody holds up; while the scan screen is open
every frame is. A code that stays in view is told once: it counts as new only after it was out of sight for a moment.
"""

import hashlib
import secrets
import threading
import time
from collections.abc import Callable

import structlog

from drivers.readings import Frame
from kiosk.desk.reading import event_of_payload
from kiosk.flow.events import Event, ScanHint, ScanHinted
from kiosk.identify.qr import QrHint, QrReader

IDLE_SECONDS = 0.25
"""Between two searches while nobody is at the scan screen."""
GONE_SECONDS = 1.5
"""After so long out of sight the same code is a new act."""
HINT_AFTER = 3
"""So many frames in a row must say the same before the screen changes its hint."""

_HINTS = {
    QrHint.LOOK: ScanHint.LOOK,
    QrHint.CLOSER: ScanHint.CLOSER,
    QrHint.HOLD_STILL: ScanHint.HOLD_STILL,
    QrHint.READ: ScanHint.READ,
}

log = structlog.get_logger(__name__)


class CodeWatcher:
    """Reads codes off a camera's frames.

    Args:
        post: Takes the events, from this thread.
        show: Takes each frame while the scan screen is open.
        make_reader: Makes the reader on the thread (loads OpenCV).
    """

    def __init__(
        self,
        post: Callable[[Event], None],
        show: Callable[[Frame], None],
        make_reader: Callable[[], QrReader],
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._post = post
        self._show = show
        self._make_reader = make_reader
        self._monotonic = monotonic
        self._newest: Frame | None = None
        self._arrived = threading.Event()
        self._stopping = threading.Event()
        self._looking = threading.Event()
        self._thread = threading.Thread(target=self._run, name="codes", daemon=True)
        # What was seen last, as a digest under a key of this run: no card's data outlive the frame they came in.
        self._key = secrets.token_bytes(16)
        self._seen = b""
        self._seen_at = float("-inf")
        self._hint = ScanHint.LOOK
        self._same = 0
        self._told = ScanHint.LOOK

    def start(self) -> None:
        """Begin to read."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread."""
        self._stopping.set()
        self._arrived.set()
        if self._thread.is_alive():
            self._thread.join(timeout=2.0)

    def look(self, on: bool) -> None:
        """Whether the scan screen is open; from any thread."""
        self._told = ScanHint.LOOK
        if on:
            self._looking.set()
        else:
            self._looking.clear()
        self._arrived.set()

    def take(self, frame: Frame) -> None:
        """The newest frame; from the camera's thread."""
        self._newest = frame
        self._arrived.set()

    def _run(self) -> None:
        reader = self._make_reader()
        while not self._stopping.is_set():
            self._arrived.wait()
            self._arrived.clear()
            frame, self._newest = self._newest, None
            if frame is None:
                continue
            try:
                self._search(reader, frame)
            except Exception:
                # Reported; one bad frame must not end the reader.
                log.exception("frame_not_searched")
            if not self._looking.is_set():
                self._stopping.wait(IDLE_SECONDS)

    def _search(self, reader: QrReader, frame: Frame) -> None:
        looking = self._looking.is_set()
        if looking:
            self._show(frame)
        result = reader.read(frame.image)
        now = self._monotonic()
        for payload in result.payloads[:1]:
            digest = hashlib.blake2b(payload, key=self._key).digest()
            new = digest != self._seen or now - self._seen_at > GONE_SECONDS
            self._seen, self._seen_at = digest, now
            if new:
                self._post(event_of_payload(payload))
        if looking and not result.payloads:
            self._tell(_HINTS[result.hint])

    def _tell(self, hint: ScanHint) -> None:
        self._same = self._same + 1 if hint == self._hint else 1
        self._hint = hint
        if self._same >= HINT_AFTER and hint != self._told:
            self._told = hint
            self._post(ScanHinted(hint))
