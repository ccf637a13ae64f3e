"""Processes that are measured: started, heard, ended."""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Literal, cast

ROOT = Path(__file__).resolve().parents[1]
ENDS_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class Spawned:
    """A running process of this program.

    Attributes:
        said: Where its lines are read.
        unread: What it wrote to the other of its two outputs, in a file: a full pipe would stop it.
    """

    process: "subprocess.Popen[str]"
    said: IO[str]
    unread: IO[str]

    @property
    def pid(self) -> int:
        """Its process id."""
        return self.process.pid

    def line(self) -> dict[str, Any]:
        """The next line it says; waits for it."""
        text = self.said.readline()
        if not text:
            raise RuntimeError(f"it ended too early\n{self._complaints()}")
        return _read(text)

    def lines(self) -> list[dict[str, Any]]:
        """Tell it that nothing more comes, and hear everything until it ends."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        found = [_read(text) for text in self.said]
        code = self.process.wait(ENDS_SECONDS)
        if code:
            raise RuntimeError(f"it ended with {code}\n{self._complaints()}")
        return found

    def _complaints(self) -> str:
        self.unread.seek(0)
        return self.unread.read()[-4000:]


@contextlib.contextmanager
def spawned(command: Sequence[str], *, listen: Literal["answers", "log"] = "answers") -> Iterator[Spawned]:
    """A process of this program without a display, for the length of the block.

    Args:
        listen: To its standard output, or to its log on standard error.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8") as unread:
        answers = listen == "answers"
        with subprocess.Popen(  # noqa: S603 - our own program
            command,
            cwd=ROOT,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE if answers else unread,
            stderr=unread if answers else subprocess.PIPE,
            text=True,
        ) as process:
            try:
                yield Spawned(process, cast("IO[str]", process.stdout if answers else process.stderr), unread)
            finally:
                process.terminate()


def played(
    home: Path, script: str, people: int, *, human: float = 0.0, stay: bool = False
) -> contextlib.AbstractContextManager[Spawned]:
    """A kiosk process with its window, played by `bench.played`."""
    command = [sys.executable, "-m", "bench.played", str(home), script, "--people", str(people), "--human", str(human)]
    return spawned([*command, "--stay"] if stay else command)


def _read(text: str) -> dict[str, Any]:
    """A line that is no JSON object says nothing to us: a library's own warning, say."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
