"""Where one code ends and the next begins."""

from collections import deque
from dataclasses import dataclass, field

LONGEST = 4096
"""Bytes of the longest code that is taken; the densest QR code holds fewer than 3,000."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A code as it came; ``dropped`` bytes and no payload when it was too long."""

    payload: bytes = field(repr=False)
    dropped: int = 0


class Framer:
    """Cuts a stream into codes at CR, LF or both; empty lines are none.

    Half a code followed by silence is the rest of something that got lost: it is dropped, or, with ``by_pause``, it is
    a code of a scanner that sends no line end.

    Args:
        stale_after: Seconds of silence after which half a code is stale.
        by_pause: What becomes of it then.
    """

    def __init__(self, stale_after: float, *, by_pause: bool = False) -> None:
        self._stale_after = stale_after
        self._by_pause = by_pause
        self._line = bytearray()
        self._dropped = 0
        self._last_at = 0.0
        self._ready: deque[Reading] = deque()

    def feed(self, data: bytes, now: float) -> None:
        """Take bytes that came at ``now``."""
        self.rest(now)
        self._last_at = now
        for byte in data:
            if byte in b"\r\n":
                self._end()
            elif len(self._line) < LONGEST and not self._dropped:
                self._line.append(byte)
            else:
                self._dropped += 1 + len(self._line)
                self._line.clear()

    def rest(self, now: float) -> None:
        """Say that it is ``now`` and nothing came."""
        if (self._line or self._dropped) and now - self._last_at > self._stale_after:
            if self._by_pause:
                self._end()
            self.reset()

    def reset(self) -> None:
        """Forget half a code."""
        self._line.clear()
        self._dropped = 0

    def next(self) -> Reading | None:
        """The next whole code."""
        return self._ready.popleft() if self._ready else None

    def _end(self) -> None:
        if self._line or self._dropped:
            self._ready.append(Reading(bytes(self._line), self._dropped))
        self.reset()
