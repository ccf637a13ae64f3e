"""A trial office: always open, with a central of its own, for demonstrations, benchmarks and proofs on one machine."""

import contextlib
import json
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import tomlkit

from config.load import load_settings
from kiosk.backroom import Backroom
from kiosk.sync.enrol import enrol
from models.errors import TechnicianError

COMMAND = (sys.executable, "-c", "from kiosk.cli import main; main()")


def write_home(
    home: Path,
    profile: str,
    devices: Mapping[str, Any],
    *,
    follow_base: str | None = None,
    rules: Mapping[str, Any] | None = None,
    kiosk: Mapping[str, Any] | None = None,
) -> Path:
    """Configure a kiosk for the bundled office of ``profile``, open round the clock without quotas.

    Args:
        devices: The table ``[devices]``.
        rules: Keys of ``[rules]`` to change.
        kiosk: The table ``[kiosk]``.

    Returns:
        The site.toml.
    """
    text = resources.files("config").joinpath("examples", profile, "site.toml").read_text(encoding="utf-8")
    site: dict[str, Any] = tomlkit.parse(text).unwrap()
    all_day = {"days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "opens": "00:00", "closes": "23:59"}
    site["hours"] = {"sessions": [{**all_day, "numbers_from": "00:00", "last_number": "23:59"}]}
    for service in site["services"]:
        service.pop("hours", None)
        service.pop("quota", None)
    site["rules"] |= {"late_minutes": 0, **(rules or {})}
    if follow_base is not None:
        site["office"]["follow_base"] = follow_base
    machine = {"devices": dict(devices), **({"kiosk": dict(kiosk)} if kiosk else {})}
    folder = home / "config"
    folder.mkdir(parents=True, mode=0o700, exist_ok=True)
    (folder / "site.toml").write_text(tomlkit.dumps(site), encoding="utf-8")
    (folder / "device.toml").write_text(tomlkit.dumps(machine), encoding="utf-8")
    return folder / "site.toml"


def free_port() -> int:
    """A port of this machine that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(slots=True)
class CentralProcess:
    """Central as a process of its own on 127.0.0.1.

    Attributes:
        home: Where its database lives.
        office: The site.toml it serves.
    """

    home: Path
    office: Path
    port: int
    process: "subprocess.Popen[str] | None" = None

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start, and return when it listens."""
        command = [*COMMAND, "central", "serve", "--json", "--home", str(self.home)]
        command += ["--listen", f"127.0.0.1:{self.port}", "--office", str(self.office)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)  # noqa: S603
        if self.process.stdout is None or not self.process.stdout.readline():
            self.stop()
            raise TechnicianError("central did not start; try: kiosk central serve --office SITE.toml")

    def stop(self, *, kill: bool = False) -> None:
        """End it, politely or as a power cut does."""
        process, self.process = self.process, None
        if process is None:
            return
        if kill:
            process.kill()
        else:
            process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()

    def enrol(self, home: Path, kiosk: int) -> None:
        """Enrol the kiosk of ``home`` as number ``kiosk``."""
        settings = load_settings(home)
        command = [*COMMAND, "central", "enrol", "--json", "--home", str(self.home)]
        command += ["--office", settings.catalogue.office, "--kiosk", str(kiosk)]
        told = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)  # noqa: S603
        if told.returncode:
            raise TechnicianError(f"central gave no code for the kiosk: {told.stderr.strip()}")
        with Backroom.open(home, {}) as room:
            enrol(home, room.store, self.url, json.loads(told.stdout)["code"], room.clock)


@contextlib.contextmanager
def running_central(home: Path, office: Path, port: int) -> Iterator[CentralProcess]:
    """Central for the length of a block."""
    central = CentralProcess(home, office, port)
    central.start()
    try:
        yield central
    finally:
        central.stop()
