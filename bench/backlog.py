"""A backlog of offline tickets told to a real central: ``kiosk sync flush``, from its call to its end.

The tickets are issued through the kiosk's own issuing, all of them offline, with nothing but the disk's syncing left
out while the store is filled. Then central starts, and the command is timed, the start of its process included.
"""

import json
import subprocess
import tempfile
import time
from pathlib import Path

from bench.office import Office, trial_office
from bench.report import Figure, Report
from kiosk.backroom import Backroom
from kiosk.commands.trial import COMMAND
from kiosk.desk.issuing import Wish

DRAINED_SECONDS = 10.0
TICKETS = 10_000


def measure(tickets: int = TICKETS) -> Report:
    """Fill, then drain."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, trial_office(Path(folder)) as office:
        office.central.stop()
        return measure_in(office, tickets)


def measure_in(office: Office, tickets: int) -> Report:
    """The same in an office that stands, whose central is away and whose outbox is empty."""
    _fill(office.home, tickets)
    office.central.start()
    began = time.monotonic()
    told = subprocess.run(  # noqa: S603 - our own program
        [*COMMAND, "sync", "flush", "--home", str(office.home), "--json"], capture_output=True, text=True, check=True
    )
    seconds = time.monotonic() - began
    facts = json.loads(told.stdout)
    if facts != {"told": tickets, "parked": 0, "outbox": 0}:
        raise RuntimeError(f"not everything was told: {facts}")
    aim = DRAINED_SECONDS * tickets / TICKETS
    figure = Figure(f"backlog of {tickets} tickets drained", round(seconds, 2), "s", max(aim, 1.0))
    return Report((figure,), {"tickets": tickets, "tickets_a_second": round(tickets / seconds)})


def _fill(home: Path, tickets: int) -> None:
    with Backroom.open(home, {}) as room:
        with room.store.database.whole() as connection:
            connection.execute("PRAGMA synchronous = OFF")
        catalogue = room.catalogue()
        services = [service.code for service in catalogue.services]
        issuing = room.issuing(None, lambda: catalogue)
        for index in range(tickets):
            issuing.take(Wish(services[index % len(services)], print=False))
