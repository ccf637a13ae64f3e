"""The conversation with an ESC/POS printer: ask, send, have it confirmed.

What a page ends in (promise 7):

=====================================================  ===========================
status before says paper out, cover open, cutter …     failed, nothing was sent
no answer before, or no connection                     failed silent / failed lost
lost or stalled before the first byte of a picture     failed
lost, stalled or broken off later                      unconfirmed
whole page taken, confirmed                            printed
whole page taken, then trouble or no confirmation      unconfirmed
the printer is mute by nature                          unconfirmed mute
=====================================================  ===========================

A slow printer is not a dead one: as long as it takes bytes the clock of ``stall_timeout`` starts anew.
"""

import threading
import time
from collections.abc import Callable
from typing import ClassVar, Literal

from drivers.errors import DeviceLost
from drivers.options import EscPosOptions
from drivers.printer import commands
from drivers.printer.answers import Answers, paper_ended, read_status, trouble
from drivers.printer.transport import Transport
from drivers.readings import Page, PrinterStatus, PrintOutcome

_SLICE = 0.1  # the longest single wait, so that `interrupt` is heard
_LOOK_EVERY = 0.5  # seconds between two looks for trouble while a confirmation is awaited
_CHUNK = 4096
_MOST_READS = 64  # in one go past the time, so that a device that never falls silent cannot hold us


class EscPosPrinter:
    """An ESC/POS printer behind some transport.

    Args:
        keep: Whether the connection is kept between pages.
    """

    simulated: ClassVar[bool] = False

    def __init__(
        self,
        options: EscPosOptions,
        transport: Transport,
        *,
        keep: bool = True,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._options = options
        self._transport = transport
        self._keep = keep
        self._clock = clock
        self._answers = Answers()
        self._interrupted = threading.Event()
        self._serial = 0
        self._torn = 0  # bytes that surely fill up the command a torn page ended in
        self._owes = False  # an old page's GS r may still be answered, and must not confirm a new page

    @property
    def confirms(self) -> bool:
        """Whether it can say that a page is out."""
        return self._options.confirms and self._options.confirm != "none"

    @property
    def width(self) -> int:
        """Dots of a line."""
        return self._options.width

    def open(self) -> None:
        """Connect; raises DeviceLost."""
        self._interrupted.clear()
        commands.prepare(self.width)
        self._connect()
        self._rest()

    def close(self) -> None:
        """Disconnect."""
        self._transport.close()

    def interrupt(self) -> None:
        """Break off the page at hand; from any thread."""
        self._interrupted.set()

    def status(self) -> PrinterStatus:
        """Ask the printer; a mute one is known by its connection only. Raises DeviceLost without a connection."""
        self._connect()
        try:
            return self._ask_status()
        finally:
            self._rest()

    def print(self, page: Page) -> PrintOutcome:
        """Send a page and wait, bounded, for its confirmation."""
        if page.width > self.width:
            return PrintOutcome("failed", detail=f"the page is {page.width} dots wide, the paper {self.width}")
        if self._options.encoding == "text" and not page.text:
            return PrintOutcome("failed", detail="the page has no text form")
        made = commands.page_bytes(page, self._options.encoding, self.width)
        try:
            why = self._ready()
        except DeviceLost as error:
            return PrintOutcome("failed", "lost", str(error))
        try:
            return why or self._deliver(made)
        finally:
            self._rest()

    # before

    def _connect(self) -> None:
        if not self._transport.is_open:
            self._transport.open()
            self._answers.clear()

    def _rest(self) -> None:
        if not self._keep:
            self._transport.close()

    def _ready(self) -> PrintOutcome | None:
        """Why the page cannot be sent, or None. A connection gone stale is made anew once."""
        stale = self._transport.is_open
        try:
            self._connect()
            return self._obstacle()
        except DeviceLost:
            if not stale:
                raise
        self._transport.close()
        self._connect()
        return self._obstacle()

    def _obstacle(self) -> PrintOutcome | None:
        status = self._ask_status()
        if self._torn and status.reach in ("online", "silent"):
            # Half a picture may lie in the printer, and the question have been drawn as a part of it.
            if not self._mended():
                return PrintOutcome("failed", "silent", f"{self._transport.where} takes no data")
            status = self._ask_status()
        if why := trouble(status):
            return PrintOutcome("failed", why, status.detail)
        if self._owes and not self._settled():
            return PrintOutcome("failed", "silent", "still busy with an earlier page")
        return None

    def _mended(self) -> bool:
        data = commands.mending_bytes(self._torn)
        sent, _, _ = self._send(data, self._clock())
        self._torn = 0 if sent == len(data) else self._torn
        return self._torn == 0

    def _settled(self) -> bool:
        """Let an old page's answer come in behind a new question, so that it cannot confirm the next page."""
        self._answers.paper.clear()
        self._say(commands.PAPER_STATUS)
        if not self._await(lambda: bool(self._answers.paper), self._options.stall_timeout):
            return False
        self._listen(self._options.status_timeout)
        self._answers.paper.clear()
        self._owes = False
        return True

    # the page

    def _deliver(self, made: commands.PageBytes) -> PrintOutcome:
        data = made.data + self._confirmation_request()
        self._answers.clear()
        began = self._clock()
        sent, why, detail = self._send(data, began)
        if sent < len(data):
            self._torn = made.longest if sent else 0
            self._transport.close()
            state: Literal["failed", "unconfirmed"] = "failed" if sent <= made.ink_at else "unconfirmed"
            return PrintOutcome(state, why, f"{detail} after {sent} of {len(data)} bytes")
        try:
            outcome = self._confirmed(began) if self.confirms else self._drained(began)
        except DeviceLost as error:
            self._torn = made.longest  # the kernel had the whole page, the printer perhaps not
            self._owes = self._options.confirm == "status"
            return PrintOutcome("unconfirmed", "lost", f"{error}, the page was sent, not confirmed")
        self._owes = self.confirms and self._options.confirm == "status" and outcome.state != "printed"
        return outcome

    def _confirmation_request(self) -> bytes:
        if not self.confirms:
            return b""
        if self._options.confirm == "process_id":
            self._serial += 1
            return commands.process_id_request(self._serial)
        return commands.PAPER_STATUS

    def _send(self, data: bytes, began: float) -> tuple[int, str, str]:
        """How many bytes were taken, and if not all: reason and detail."""
        sent, moved = 0, began
        while sent < len(data):
            if self._interrupted.is_set():
                return sent, "", "broken off"
            try:
                count = self._transport.send(data[sent : sent + _CHUNK], _SLICE)
            except DeviceLost as error:
                return sent, "lost", str(error)
            now = self._clock()
            sent, moved = sent + count, now if count else moved
            if now - moved > self._options.stall_timeout or now - began > self._options.page_timeout:
                return sent, "silent", f"{self._transport.where} takes no more data"
        return sent, "", ""

    # after

    def _drained(self, began: float) -> PrintOutcome:
        """For printers that confirm nothing: wait until they took the page."""
        left, moved = self._transport.pending(), self._clock()
        while left:
            if self._late(moved, began, self._options.stall_timeout):
                return PrintOutcome("unconfirmed", "silent", f"{left} bytes were not taken")
            self._interrupted.wait(0.01)
            if (now_left := self._transport.pending()) < left:
                left, moved = now_left, self._clock()
        return PrintOutcome("unconfirmed", "mute")

    def _confirmed(self, began: float) -> PrintOutcome:
        left, moved = self._transport.pending(), self._clock()
        looked, seen = moved, ""
        while not self._late(moved, began, self._options.confirm_timeout):
            self._listen(_SLICE, until=self._has_confirmation)
            if self._has_confirmation():
                return self._judge()
            if (now_left := self._transport.pending()) < left:
                left, moved = now_left, self._clock()
            if left == 0 and self._clock() - looked >= _LOOK_EVERY:
                status = self._ask_status()
                why, looked = trouble(status), self._clock()
                # Twice, because bytes of the picture may have looked like a question and been answered.
                if why == seen and why not in ("", "silent"):
                    return PrintOutcome("unconfirmed", why, status.detail)
                seen = why
        return PrintOutcome("unconfirmed", "silent", "the page was taken, not confirmed")

    def _late(self, moved: float, began: float, patience: float) -> bool:
        now = self._clock()
        return self._interrupted.is_set() or now - moved > patience or now - began > self._options.page_timeout

    def _has_confirmation(self) -> bool:
        if self._options.confirm == "process_id":
            return commands.process_id(self._serial) in self._answers.process_ids
        return bool(self._answers.paper)

    def _judge(self) -> PrintOutcome:
        if self._options.confirm == "status" and paper_ended(self._answers.paper.popleft()):
            return PrintOutcome("unconfirmed", "paper_out", "the paper ended with this page")
        return PrintOutcome("printed")

    # asking

    def _ask_status(self) -> PrinterStatus:
        self._listen(0)
        if not self._options.confirms:
            return PrinterStatus("online", detail="mute: only the connection is known")
        first = self._ask(1)
        if first is None:
            return PrinterStatus("silent", detail=f"no answer from {self._transport.where}")
        cause, paper = self._ask(2), self._ask(4)
        wants_error = first & 0x08 or (cause is not None and cause & 0x40)
        return read_status(first, cause, self._ask(3) if wants_error else None, paper)

    def _ask(self, number: int) -> int | None:
        self._listen(0)
        self._answers.real_time.clear()
        self._say(commands.question(number))
        self._await(lambda: bool(self._answers.real_time), self._options.status_timeout)
        return self._answers.real_time.popleft() if self._answers.real_time else None

    def _say(self, data: bytes) -> None:
        """A question is a few bytes: taken at once or not at all."""
        deadline = self._clock() + self._options.status_timeout
        while data and self._clock() < deadline and not self._interrupted.is_set():
            data = data[self._transport.send(data, _SLICE) :]

    def _await(self, true: Callable[[], bool], seconds: float) -> bool:
        deadline = self._clock() + seconds
        while not true() and self._clock() < deadline and not self._interrupted.is_set():
            self._listen(min(_SLICE, max(0.0, deadline - self._clock())), until=true)
        return true()

    def _listen(self, seconds: float, until: Callable[[], bool] = lambda: False) -> None:
        """Take in what comes for so long; at least what is there already."""
        deadline, past = self._clock() + seconds, 0
        while past < _MOST_READS:
            data = self._transport.receive(max(0.0, deadline - self._clock()))
            self._answers.feed(data)
            late = self._clock() >= deadline
            if until() or (late and not data):
                return
            past += late
