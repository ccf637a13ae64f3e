"""A trial office to measure in: a kiosk's home, central as a process, a printer on the network."""

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.commands.trial import CentralProcess, free_port, running_central, write_home
from tests.support.emulators import EscPosEmulator

SERVICE = "chung-thuc"


@dataclass(frozen=True, slots=True)
class Office:
    """One kiosk and its central.

    Attributes:
        home: The kiosk's.
        printer: On 127.0.0.1.
    """

    home: Path
    central: CentralProcess
    printer: EscPosEmulator


@contextlib.contextmanager
def trial_office(
    folder: Path, *, rules: Mapping[str, Any] | None = None, printer: Mapping[str, Any] | None = None
) -> Iterator[Office]:
    """An enrolled kiosk with simulated camera and scanner, a real central, an emulated ESC/POS printer.

    Args:
        rules: Keys of ``[rules]`` to change.
        printer: The table ``[devices.printer]``; by default the emulated one.
    """
    home, port = folder / "kiosk", free_port()
    with EscPosEmulator() as emulator:
        devices = {
            "printer": printer or {"driver": "escpos-tcp", "options": {"host": emulator.host, "port": emulator.port}},
            "camera": {"driver": "simulated"},
            "scanners": [{"driver": "simulated", "options": {"path": str(folder / "reader")}}],
        }
        site = write_home(home, "ward", devices, follow_base=f"http://127.0.0.1:{port}", rules=rules)
        with running_central(folder / "central", site, port) as central:
            central.enrol(home, 1)
            yield Office(home, central, emulator)
