"""What is particular to a kind of scanner."""

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drivers.errors import DeviceLost
from drivers.options import SimulatedScannerOptions, WedgeOptions
from drivers.scanner.simulated import SimulatedScanner
from drivers.scanner.wedge import WedgeScanner, grab
from tests.drivers.scanner.rigs import TYPED, Rig, SerialRig, WedgeRig


@pytest.fixture
def opened() -> Iterator[Callable[[Rig], Rig]]:
    rigs: list[Rig] = []

    def take(rig: Rig) -> Rig:
        rigs.append(rig)
        rig.scanner.open()
        return rig

    yield take
    for rig in rigs:
        rig.close()


Opened = Callable[[Rig], Rig]


# serial


def test_vietnamese_names_come_through_a_serial_line(opened: Opened) -> None:
    rig = opened(SerialRig())
    rig.scan("099090000011||Đỗ Thị Ước")
    scan = rig.scanner.read(2.0)
    assert scan is not None
    assert scan.payload.decode() == "099090000011||Đỗ Thị Ước"
    assert scan.trusted_text


def test_a_scanner_without_line_ends_is_read_by_its_pauses(opened: Opened) -> None:
    rig = opened(SerialRig(ending="pause", stale_after=0.05, end=b""))
    rig.scan("099090000011")
    scan = rig.scanner.read(2.0)
    assert scan is not None
    assert scan.payload == b"099090000011"


def test_a_serial_code_that_never_ends_is_dropped_and_the_next_is_read(opened: Opened) -> None:
    rig = opened(SerialRig())
    assert isinstance(rig, SerialRig)
    for _ in range(20):
        os.write(rig.master, b"x" * 1000)
        assert rig.scanner.read(0.01) is None
    os.write(rig.master, b"\rA001\r")
    first, second = rig.scanner.read(2.0), rig.scanner.read(2.0)
    assert first is not None
    assert second is not None
    assert (first.payload, first.dropped) == (b"", 20_000)
    assert second.payload == b"A001"


def test_what_was_scanned_before_opening_is_thrown_away(opened: Opened) -> None:
    rig = SerialRig()
    rig.scan("099090000011")
    opened(rig)
    assert rig.scanner.read(0.05) is None


def test_a_serial_scanner_pulled_out_is_lost(opened: Opened) -> None:
    rig = opened(SerialRig())
    rig.lose()
    with pytest.raises(DeviceLost, match="/dev/pts"):
        rig.scanner.read(1.0)


# wedge


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.sampled_from(sorted(TYPED)), min_size=1, max_size=40))
def test_all_that_a_us_keyboard_types_is_read(text: str) -> None:
    rig = WedgeRig()
    try:
        rig.scanner.open()
        rig.scan(text)
        scan = rig.scanner.read(2.0)
        assert scan is not None
        assert scan.payload == text.encode()
    finally:
        rig.close()


def test_every_character_of_cards_and_tickets_can_be_typed() -> None:
    assert set("0123456789-|/:#.,;%&?=_+@<>$ ABCZabcz") <= set(TYPED)


def test_letters_of_a_keyboard_scanner_are_not_trusted(opened: Opened) -> None:
    rig = opened(WedgeRig())
    rig.scan("099090000011")
    scan = rig.scanner.read(2.0)
    assert scan is not None
    assert not scan.trusted_text


def test_a_letter_sent_as_alt_and_digits_leaves_no_digits_behind(opened: Opened) -> None:
    rig = opened(WedgeRig())
    assert isinstance(rig, WedgeRig)
    rig.press(2)
    rig.events((1, 56, 1))
    for keypad in (79, 77, 82):  # Alt+160
        rig.press(keypad)
    rig.events((1, 56, 0))
    rig.press(3)
    rig.press(28)
    scan = rig.scanner.read(2.0)
    assert scan is not None
    assert scan.payload.decode() == "1\ufffd2"


def test_unknown_keys_leave_a_mark_and_control_leaves_nothing(opened: Opened) -> None:
    rig = opened(WedgeRig())
    assert isinstance(rig, WedgeRig)
    rig.press(200)
    rig.events((1, 29, 1))
    rig.press(27)  # Ctrl+]
    rig.events((1, 29, 0))
    rig.press(58)
    rig.events((1, 2, 2))  # auto-repeat
    rig.press(5)
    rig.press(96)
    scan = rig.scanner.read(2.0)
    assert scan is not None
    assert scan.payload.decode() == "\ufffd4"


def test_keys_that_the_kernel_lost_spoil_only_their_code(opened: Opened) -> None:
    rig = opened(WedgeRig())
    assert isinstance(rig, WedgeRig)
    rig.press(2)
    rig.events((0, 3, 0))
    rig.scan("A001")
    scan = rig.scanner.read(2.0)
    assert scan is not None
    assert scan.payload == b"A001"


def test_the_keyboard_is_taken_and_given_back(opened: Opened) -> None:
    rig = opened(WedgeRig())
    assert isinstance(rig, WedgeRig)
    rig.scanner.close()
    assert rig.grabs == [True, False]


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.EACCES, "group input"), (errno.EBUSY, "held by another program"), (errno.ENOTTY, "cannot be read")],
)
def test_a_keyboard_that_cannot_be_taken_says_why(tmp_path: Path, number: int, words: str) -> None:
    path = tmp_path / "event-kbd"
    os.mkfifo(path)

    def refuse(_fd: int, hold: bool) -> None:
        raise OSError(number, os.strerror(number))

    with pytest.raises(DeviceLost, match=words):
        WedgeScanner(WedgeOptions(path=str(path)), grab=refuse).open()


def test_what_is_no_event_device_cannot_be_grabbed(tmp_path: Path) -> None:
    with open(tmp_path / "file", "wb") as file, pytest.raises(OSError, match="ioctl"):
        grab(file.fileno(), True)


def test_a_keyboard_pulled_out_is_lost(opened: Opened) -> None:
    rig = opened(WedgeRig())
    rig.lose()
    with pytest.raises(DeviceLost, match="unplugged"):
        rig.scanner.read(1.0)


# simulated


def test_without_a_path_nothing_is_ever_read() -> None:
    scanner = SimulatedScanner(SimulatedScannerOptions())
    scanner.open()
    assert scanner.read(0.01) is None
    scanner.close()


def test_lines_that_stood_in_the_file_before_are_no_scans(tmp_path: Path) -> None:
    path = tmp_path / "codes"
    path.write_text("099090000011\n")
    scanner = SimulatedScanner(SimulatedScannerOptions(path=str(path), source="file", trusted_text=False))
    scanner.open()
    assert scanner.read(0.01) is None
    path.write_text("A1\n")  # emptied and written anew
    scan = scanner.read(2.0)
    assert scan is not None
    assert (scan.payload, scan.trusted_text) == (b"A1", False)
    scanner.close()


def test_a_plain_file_is_no_pipe(tmp_path: Path) -> None:
    (tmp_path / "codes").touch()
    with pytest.raises(DeviceLost, match="no named pipe"):
        SimulatedScanner(SimulatedScannerOptions(path=str(tmp_path / "codes"))).open()


def test_others_may_not_write_codes(tmp_path: Path) -> None:
    for source in ("fifo", "file", "socket"):
        path = tmp_path / source
        scanner = SimulatedScanner(SimulatedScannerOptions(path=str(path), source=source))
        scanner.open()
        assert path.stat().st_mode & 0o077 == 0
        scanner.close()
    assert not (tmp_path / "socket").exists()
