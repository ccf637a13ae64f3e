"""Bytes from an ESC/POS printer: what they are and what they mean.

Answers carry no name of their question, but kinds differ in fixed bits (Epson's tables), so they can be told apart
however they are mixed::

    0xx1xx10   real-time status (DLE EOT)         0xx0xxxx   paper status (GS r)
    0xx1xx00   automatic status, three more follow   0x37 … NUL   process id (GS ( H)
"""

from collections import deque

from drivers.readings import Cover, Paper, PrinterStatus

_BLOCK_LIMIT = 80


class Answers:
    """Sorts incoming bytes by kind."""

    def __init__(self) -> None:
        self.real_time: deque[int] = deque()
        self.paper: deque[int] = deque()
        self.process_ids: deque[bytes] = deque()
        self._block = bytearray()
        self._skip = 0

    def feed(self, data: bytes) -> None:
        """Take bytes as they come."""
        for byte in data:
            self._one(byte)

    def clear(self) -> None:
        """Forget everything, also halves."""
        self.real_time.clear()
        self.paper.clear()
        self.process_ids.clear()
        self._block.clear()
        self._skip = 0

    def _one(self, byte: int) -> None:
        if self._block:
            self._in_block(byte)
        elif self._skip:
            self._skip -= 1
        elif byte == 0x37:
            self._block.append(byte)
        elif byte & 0x93 == 0x12:
            self.real_time.append(byte)
        elif byte & 0x93 == 0x10:
            self._skip = 3
        elif byte & 0x90 == 0:
            self.paper.append(byte)

    def _in_block(self, byte: int) -> None:
        if byte == 0:
            if self._block[1:2] == b"\x22":
                self.process_ids.append(bytes(self._block[2:]))
            self._block.clear()
        elif len(self._block) >= _BLOCK_LIMIT:
            self._block.clear()
        else:
            self._block.append(byte)


def paper_ended(paper_status: int) -> bool:
    """Whether an answer to GS r 1 says that the paper is at its end."""
    return bool(paper_status & 0x0C)


def read_status(printer: int, cause: int | None, error: int | None, paper: int | None) -> PrinterStatus:
    """The four real-time answers as a status; None where there was none."""
    told = {1: printer, 2: cause, 3: error, 4: paper}
    detail = ", ".join(f"DLE EOT {n}: 0x{b:02x}" for n, b in told.items() if b is not None)
    offline = bool(printer & 0x08)
    unrecoverable = error is not None and bool(error & 0x20)
    status = PrinterStatus(
        "offline" if offline or unrecoverable else "online",
        paper=_paper(cause, paper),
        cover=_cover(cause, offline),
        cutter=None if error is None and offline else not (error is not None and error & 0x08),
        detail=detail,
    )
    return status if not status.can_print or status.paper != "ok" else PrinterStatus("online", "ok", "closed", True)


def trouble(status: PrinterStatus) -> str:
    """The reason of `PrintOutcome` why nothing can be printed, or an empty text."""
    if status.can_print:
        return ""
    if status.paper == "out":
        return "paper_out"
    if status.cover == "open":
        return "cover_open"
    if status.cutter is False:
        return "cutter"
    return status.reach


def _paper(cause: int | None, paper: int | None) -> Paper:
    if (paper is not None and paper & 0x60) or (cause is not None and cause & 0x20):
        return "out"
    if paper is None:
        return "unknown"
    return "low" if paper & 0x0C else "ok"


def _cover(cause: int | None, offline: bool) -> Cover:
    if cause is None:
        return "unknown" if offline else "closed"
    return "open" if cause & 0x04 else "closed"
