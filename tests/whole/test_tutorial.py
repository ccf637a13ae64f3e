"""The tutorial, followed line by line with real processes."""

import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.commands.trial import COMMAND, free_port
from tests.support.pages import DOCS, ROOT, fences, text_of

TUTORIAL = DOCS / "tutorials" / "first-ticket.md"


class Reader:
    """Does what the page says, in a folder of its own and with an address of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.address = f"http://127.0.0.1:{free_port()}"
        self.central: subprocess.Popen[str] | None = None

    def here(self, text: str) -> str:
        return text.replace("build/try", str(self.folder)).replace("http://127.0.0.1:8300", self.address)

    def saves(self, text: str, name: str) -> None:
        path = self.folder / "kiosk" / "config" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.here(text), encoding="utf-8")

    def types(self, line: str, *, exits: int = 0) -> str:
        done = subprocess.run(self._words(line), cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
        assert done.returncode == exits, f"{line}: {done.stderr}"
        return done.stdout.strip()

    def starts(self, line: str) -> None:
        words = [*self._words(line), "--listen", self.address.removeprefix("http://")]
        self.central = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert self.central.stdout is not None
        assert self.central.stdout.readline().strip() == f"listening on {self.address}"

    def stops(self) -> None:
        if self.central is not None:
            self.central.terminate()
            assert self.central.wait(timeout=20) == 0
            assert self.central.stdout is not None
            self.central.stdout.close()
            self.central = None

    def _words(self, line: str) -> list[str]:
        program, *words = shlex.split(self.here(line))
        assert program == ".venv/bin/kiosk"
        return [sys.executable, *COMMAND[1:], *words]


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    one = Reader(tmp_path)
    yield one
    one.stops()


def test_a_reader_of_the_tutorial_holds_a_ticket(reader: Reader) -> None:
    blocks = [block.splitlines() for block in fences(TUTORIAL, "sh")]
    _, _, checks, [serve], [offer, enrol], [anonymous], [carded], [flush], [_window] = blocks
    for text, name in zip(fences(TUTORIAL, "toml"), ("site.toml", "device.toml"), strict=True):
        reader.saves(text, name)
    for line in checks:
        assert reader.types(line).endswith("in order")
    reader.starts(serve)
    enrolled = reader.types(enrol.replace("CODE", reader.types(offer)))
    assert enrolled == f"kiosk 1 of phuong-thu at {reader.address}"

    said = reader.types(anonymous)
    assert said == "A001  chung-thuc  print: printed  sync: confirmed"
    assert f"`{said}`" in text_of(TUTORIAL)
    assert (reader.folder / "paper" / "page-0001.png").exists()
    assert reader.types(carded).startswith("B001")
    reader.types(carded, exits=3)

    reader.stops()
    assert reader.types(anonymous).startswith("A1-001")
    reader.starts(serve)
    assert reader.types(flush) == "told 1, parked 0, waiting 0"
