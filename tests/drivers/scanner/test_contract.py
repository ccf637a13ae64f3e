"""What every scanner does, the simulated one included."""

from collections.abc import Callable, Iterator

import pytest

from drivers.errors import DeviceLost
from drivers.protocols import Scanner
from tests.drivers.scanner.rigs import Rig, SerialRig, SimulatedRig, WedgeRig

CARD = "099090000011|123456789|Nguyen Van An|15021990|Nam|12 pho Hoa Sen, Ha Noi|01072024"


class ScannerContract:
    make: Callable[..., Rig]

    @pytest.fixture
    def rig(self) -> Iterator[Rig]:
        rig = type(self).make()
        yield rig
        rig.close()

    def test_it_is_a_scanner(self, rig: Rig) -> None:
        assert isinstance(rig.scanner, Scanner)
        assert isinstance(rig.scanner.simulated, bool)

    def test_a_code_arrives_as_it_was_printed(self, rig: Rig) -> None:
        rig.scanner.open()
        rig.scan(CARD)
        scan = rig.scanner.read(2.0)
        assert scan is not None
        assert scan.payload == CARD.encode()
        assert scan.dropped == 0

    def test_codes_keep_their_order_and_each_is_one(self, rig: Rig) -> None:
        rig.scanner.open()
        for number in ("A001", "A2-003", "A1000"):
            rig.scan(number)
        scans = [rig.scanner.read(2.0) for _ in range(3)]
        assert [s.payload for s in scans if s] == [b"A001", b"A2-003", b"A1000"]
        assert rig.scanner.read(0.01) is None

    def test_nothing_scanned_is_none_in_time(self, rig: Rig) -> None:
        rig.scanner.open()
        assert rig.scanner.read(0.0) is None
        assert rig.scanner.read(0.02) is None

    def test_it_closes_twice_and_opens_again(self, rig: Rig) -> None:
        rig.scanner.close()
        rig.scanner.open()
        rig.scanner.close()
        rig.scanner.close()
        rig.scanner.open()
        rig.scan("A001")
        scan = rig.scanner.read(2.0)
        assert scan is not None
        assert scan.payload == b"A001"

    def test_a_lost_scanner_cannot_be_opened(self, rig: Rig) -> None:
        rig.scanner.open()
        rig.lose()
        with pytest.raises(DeviceLost):
            rig.scanner.open()
        rig.scanner.close()

    def test_reading_a_closed_scanner_raises(self, rig: Rig) -> None:
        with pytest.raises(DeviceLost):
            rig.scanner.read(0.0)

    def test_what_was_read_is_in_no_repr(self, rig: Rig) -> None:
        rig.scanner.open()
        rig.scan(CARD)
        assert CARD[:12] not in repr(rig.scanner.read(2.0))


class TestSerial(ScannerContract):
    make = SerialRig


class TestSerialWithTwoLineEnds(ScannerContract):
    def make() -> SerialRig:  # type: ignore[misc]
        return SerialRig(end=b"\r\n")


class TestWedge(ScannerContract):
    make = WedgeRig


class TestSimulatedPipe(ScannerContract):
    make = SimulatedRig


class TestSimulatedFile(ScannerContract):
    def make() -> SimulatedRig:  # type: ignore[misc]
        return SimulatedRig("file")


class TestSimulatedSocket(ScannerContract):
    def make() -> SimulatedRig:  # type: ignore[misc]
        return SimulatedRig("socket")
