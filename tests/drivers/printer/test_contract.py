"""The printers' contract, for each driver."""

from tests.drivers.printer.contract import PrinterContract
from tests.drivers.printer.rigs import PtyRig, SimulatedRig, TcpRig, UsbRig


class TestTcp(PrinterContract):
    make = TcpRig


class TestTcpByProcessId(PrinterContract):
    def make() -> TcpRig:  # type: ignore[misc]
        return TcpRig(confirm="process_id")


class TestTcpConnectingForEachPage(PrinterContract):
    def make() -> TcpRig:  # type: ignore[misc]
        return TcpRig(keep=False)


class TestSerial(PrinterContract):
    def make() -> PtyRig:  # type: ignore[misc]
        return PtyRig("serial")


class TestFile(PrinterContract):
    def make() -> PtyRig:  # type: ignore[misc]
        return PtyRig("file")


class TestUsb(PrinterContract):
    make = UsbRig


class TestSimulated(PrinterContract):
    make = SimulatedRig
