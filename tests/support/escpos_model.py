"""What an ESC/POS printer does with bytes, without any I/O: a decoder of its own, written apart from the drivers.

Bytes are cut into commands as they arrive; questions in real time (DLE EOT) are answered at once, everything else waits
in the receive buffer until the mechanism can work: paper, cover, cutter. Sources: Epson's published command list for
``DLE EOT``, ``GS r``, ``GS ( H``, ``GS v 0``, ``GS V``.
"""

from dataclasses import dataclass, field
from typing import Literal

from PIL import Image

ESC, GS, DLE, EOT, LF = 0x1B, 0x1D, 0x10, 0x04, 0x0A

# Parameter bytes of the commands that have a fixed number of them.
_ESC_LENGTHS = {c: n for n, cs in {0: "@2", 1: "dJtaEM-{!G3R"}.items() for c in map(ord, cs)}
_GS_LENGTHS = {c: n for n, cs in {1: "!rabBI", 2: "LW"}.items() for c in map(ord, cs)}


@dataclass(frozen=True)
class Command:
    """One command as it arrived: ``name`` is its letters, such as ``GS v 0``."""

    name: str
    args: bytes = b""
    data: bytes = b""


@dataclass
class Faults:
    """What is wrong with the printer; may be changed at any time.

    Attributes:
        paper_rows: Rows of dots until the paper ends; None is a whole roll.
        silent: Answers nothing, but prints.
        silent_after: Bytes after which it answers nothing any more.
        stuck: Takes bytes and does nothing with them.
        eager: Answers questions found inside pictures too, as real printers do.
        process_id: Whether it knows GS ( H.
    """

    paper: Literal["ok", "low", "out"] = "ok"
    cover_open: bool = False
    offline: bool = False
    cutter_jam: bool = False
    broken: bool = False
    paper_rows: int | None = None
    silent: bool = False
    silent_after: int | None = None
    stuck: bool = False
    eager: bool = False
    process_id: bool = True


@dataclass
class PaperPage:
    """What came out between two cuts.

    Attributes:
        strips: (width in dots, rows of bytes) of each picture.
    """

    strips: list[tuple[int, list[bytes]]] = field(default_factory=list)
    text: str = ""
    feeds: int = 0
    commands: list[str] = field(default_factory=list)

    @property
    def rows(self) -> list[bytes]:
        return [row for _, rows in self.strips for row in rows]

    @property
    def blank(self) -> bool:
        return not self.strips and not self.text.strip()

    def image(self) -> Image.Image:
        """The page as a picture, black on white; all strips must be equally wide."""
        widths = {w for w, _ in self.strips}
        if len(widths) != 1:
            raise ValueError(f"strips of different widths: {sorted(widths)}")
        width, rows = widths.pop(), self.rows
        picture = Image.new("1", (width, len(rows)), 1)
        dots = picture.load()
        assert dots is not None
        for y, row in enumerate(rows):
            for x in range(width):
                if row[x >> 3] & (0x80 >> (x & 7)):
                    dots[x, y] = 0
        return picture


class PrinterModel:
    """The printer behind a connection: `feed` it bytes, it gives back its answers."""

    def __init__(self, faults: Faults | None = None) -> None:
        self.faults = faults or Faults()
        self.received = bytearray()
        self.pages: list[PaperPage] = []
        self.page = PaperPage()
        self.unknown: list[bytes] = []
        self.asked: list[int] = []
        self.begun = 0
        self._buffer = bytearray()
        self._waiting: list[Command] = []
        self._spotted = 0

    def feed(self, data: bytes) -> bytes:
        """Take bytes, give back answers."""
        self.received += data
        self._buffer += data
        answers = self._spot_in_pictures() if self.faults.eager else b""
        while (command := self._next()) is not None:
            if command.name == "DLE EOT":
                answers += self._real_time(command.args[0])
            elif command.name != "DLE":
                self._waiting.append(command)
        return self._muffled(answers + self.work())

    def work(self) -> bytes:
        """Do what waits in the buffer as far as the mechanism can; gives back answers."""
        answers = b""
        while self._waiting and not self._blocked():
            answers += self._do(self._waiting.pop(0))
        return self._muffled(answers)

    def reset_connection(self) -> None:
        """A new connection: half a command of the old one is forgotten."""
        self._buffer.clear()

    # cutting bytes into commands

    def _next(self) -> Command | None:
        b = self._buffer
        if not b:
            return None
        if b[0] in (ESC, GS, DLE):
            if len(b) < 2:
                return None
            return {ESC: self._escape, GS: self._group, DLE: self._dle}[b[0]]()
        if b[0] == 0:
            return self._take("NUL", 1)
        if b[0] == LF:
            return self._take("LF", 1)
        if 0x20 <= b[0] < 0x7F:
            return self._take("text", 1, args=bytes(b[:1]))
        return self._strange(1)

    def _take(self, name: str, size: int, *, args: bytes = b"", data: bytes = b"") -> Command | None:
        if len(self._buffer) < size:
            return None
        del self._buffer[:size]
        return Command(name, args, data)

    def _strange(self, size: int) -> Command | None:
        self.unknown.append(bytes(self._buffer[:size]))
        return self._take("unknown", size)

    def _fixed(self, prefix: str, lengths: dict[int, int]) -> Command | None:
        letter = self._buffer[1]
        if letter not in lengths:
            return self._strange(2)
        end = 2 + lengths[letter]
        return self._take(f"{prefix} {chr(letter)}", end, args=bytes(self._buffer[2:end]))

    def _escape(self) -> Command | None:
        return self._fixed("ESC", _ESC_LENGTHS)

    def _dle(self) -> Command | None:
        if self._buffer[1] == EOT:
            return self._take("DLE EOT", 3, args=bytes(self._buffer[2:3]))
        return self._strange(2)

    def _group(self) -> Command | None:
        b, letter = self._buffer, self._buffer[1]
        if letter == ord("V"):
            size = 4 if len(b) > 2 and b[2] in (65, 66) else 3
            return self._take("GS V", size, args=bytes(b[2:size]))
        if letter == ord("("):
            if len(b) < 5:
                return None
            end = 5 + b[3] + 256 * b[4]
            return self._take(f"GS ( {chr(b[2])}", end, args=bytes(b[5:end]))
        if letter == ord("v"):
            if len(b) < 8:
                return None
            end = 8 + (b[4] + 256 * b[5]) * (b[6] + 256 * b[7])
            return self._take("GS v 0", end, args=bytes(b[2:8]), data=bytes(b[8:end]))
        return self._fixed("GS", _GS_LENGTHS)

    def _spot_in_pictures(self) -> bytes:
        """Questions inside pictures only: those between commands are answered where commands are."""
        answers, at = b"", max(0, self._spotted - 2)
        while True:
            at = self.received.find(bytes((DLE, EOT)), at)
            if at < 0 or at + 2 >= len(self.received):
                break
            if at >= self._spotted - 2 and 1 <= self.received[at + 2] <= 4 and self._inside_picture(at):
                answers += self._real_time(self.received[at + 2])
            at += 1
        self._spotted = len(self.received)
        return answers

    def _inside_picture(self, at: int) -> bool:
        offset = at - (len(self.received) - len(self._buffer))
        return offset > 0 and self._buffer[:2] == bytes((GS, ord("v")))

    # the mechanism

    def _blocked(self) -> bool:
        f = self.faults
        return f.stuck or f.paper == "out" or f.cover_open or f.offline or f.broken

    def _do(self, command: Command) -> bytes:
        self.page.commands.append(command.name)
        self.begun += command.name == "ESC @"
        if command.name == "GS v 0":
            return self._picture(command)
        if command.name == "text":
            self.page.text += command.args.decode("ascii")
        elif command.name == "LF":
            self.page.text += "\n"
        elif command.name == "ESC d":
            self.page.feeds += command.args[0]
        elif command.name == "GS V":
            self._cut()
        elif command.name == "GS r":
            return bytes(((0x03 if self.faults.paper == "low" else 0) | (0x0C if self.faults.paper == "out" else 0),))
        elif command.name == "GS ( H" and command.args[:2] == b"00" and self.faults.process_id:
            return b"\x37\x22" + command.args[2:6] + b"\0"
        return b""

    def _picture(self, command: Command) -> bytes:
        wide = command.args[2] + 256 * command.args[3]
        rows = [command.data[i : i + wide] for i in range(0, len(command.data), wide)]
        left = self.faults.paper_rows
        printed = rows if left is None else rows[:left]
        self.page.strips.append((wide * 8, printed))
        if left is not None:
            self.faults.paper_rows = left - len(printed)
            if len(printed) < len(rows) or self.faults.paper_rows == 0:
                self.faults.paper, self.faults.paper_rows = "out", None
        return b""

    def _cut(self) -> None:
        self.pages.append(self.page)
        self.page = PaperPage()
        if self.faults.cutter_jam:
            self.faults.broken = True

    def _muffled(self, answers: bytes) -> bytes:
        after = self.faults.silent_after
        return b"" if self.faults.silent or (after is not None and len(self.received) > after) else answers

    def _real_time(self, question: int) -> bytes:
        self.asked.append(question)
        f, out = self.faults, self.faults.paper == "out"
        offline = f.offline or out or f.cover_open or f.broken
        bits = {
            1: 0x08 if offline else 0,
            2: (0x04 if f.cover_open else 0) | (0x20 if out else 0) | (0x40 if f.broken else 0),
            3: (0x08 if f.broken and f.cutter_jam else 0) | (0x20 if f.broken and not f.cutter_jam else 0),
            4: (0x0C if f.paper in ("low", "out") else 0) | (0x60 if out else 0),
        }
        return bytes((0x12 | bits.get(question, 0),))
