import os
import subprocess
import sys
from pathlib import Path

from kiosk.commands.trial import write_home
from tests.prove.books import command, kiosk_book, number_on
from tests.support.emulators import EscPosEmulator

ROOT = Path(__file__).resolve().parents[2]


def test_commands_take_numbers_beside_a_running_kiosk(tmp_path: Path) -> None:
    with EscPosEmulator() as printer:
        devices = {"printer": {"driver": "escpos-tcp", "options": {"host": printer.host, "port": printer.port}}}
        home = tmp_path / "kiosk"
        write_home(home, "ward", devices, follow_base="https://motcua.example.vn")
        running = subprocess.Popen(
            [sys.executable, "-m", "tests.support.visitor", str(home), "--seconds", "8"],
            cwd=ROOT,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert running.stdout is not None
        running.stdout.readline()  # its first number: the kiosk runs and holds the printer
        issued = [command(home, "ticket", "issue", "--service", "chung-thuc", "--anonymous") for _ in range(4)]
        running.communicate(timeout=60)
        assert running.returncode == 0
        numbers = [line.number for line in kiosk_book(home)]
        papers = [number for page in printer.pages if (number := number_on(page)) is not None]
    assert len(numbers) == len(set(numbers))
    assert len(papers) == len(set(papers))
    assert set(papers) == set(numbers)
    assert {str(ticket["number"]) for ticket in issued} <= set(numbers)
    assert {ticket["print"] for ticket in issued} == {"printed"}
