"""What is particular to the simulated printer: files, and a fault file."""

from pathlib import Path

import pytest
from PIL import Image

from drivers.errors import DeviceLost
from drivers.options import SimulatedPrinterOptions
from drivers.printer.simulated import SimulatedPrinter
from tests.drivers.printer.rigs import page_of


def printer_in(tmp_path: Path, **options: object) -> SimulatedPrinter:
    printer = SimulatedPrinter(
        SimulatedPrinterOptions(folder=str(tmp_path / "paper"), fault=str(tmp_path / "fault"), **options)  # type: ignore[arg-type]
    )
    printer.open()
    return printer


def test_pages_are_numbered_on_after_a_restart(tmp_path: Path) -> None:
    printer_in(tmp_path).print(page_of())
    printer_in(tmp_path).print(page_of())
    names = sorted(p.name for p in (tmp_path / "paper").iterdir())
    assert names == ["page-0001.png", "page-0001.txt", "page-0002.png", "page-0002.txt"]
    assert (tmp_path / "paper/page-0001.txt").read_text() == "A001\nHo tich\n08:12\n"


def test_lost_in_the_middle_leaves_a_torn_page(tmp_path: Path) -> None:
    printer = printer_in(tmp_path)
    (tmp_path / "fault").write_text("lost_after=7200")
    outcome = printer.print(page_of())
    assert (outcome.state, outcome.reason) == ("unconfirmed", "lost")
    with Image.open(tmp_path / "paper/page-0001.png") as torn:
        assert torn.size == (576, 100)


def test_lost_before_the_first_row_is_a_failure(tmp_path: Path) -> None:
    printer = printer_in(tmp_path)
    (tmp_path / "fault").write_text("lost_after=0")
    assert printer.print(page_of()).state == "failed"
    assert not list((tmp_path / "paper").iterdir())


def test_a_mute_one_asks_nothing(tmp_path: Path) -> None:
    printer = printer_in(tmp_path, confirms=False)
    (tmp_path / "fault").write_text("silent")
    assert printer.status().paper == "unknown"
    assert printer.print(page_of()).reason == "mute"


def test_a_slow_page_can_be_broken_off(tmp_path: Path) -> None:
    printer = printer_in(tmp_path, page_seconds=60)
    printer.interrupt()
    assert printer.print(page_of()).state == "failed"


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DeviceLost, match="cannot make"):
        SimulatedPrinter(SimulatedPrinterOptions(folder=str(tmp_path / "file/paper"))).open()


def test_words_that_mean_nothing_do_nothing(tmp_path: Path) -> None:
    printer = printer_in(tmp_path)
    (tmp_path / "fault").write_text("slow=soon gremlins")
    assert printer.print(page_of()).state == "printed"
