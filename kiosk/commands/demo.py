"""The demonstration: a trial office that is always open, central beside it, visits played where nobody can watch."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import click
import tomlkit

from config.load import load_settings
from kiosk.backroom import Backroom
from kiosk.sync.enrol import enrol
from models.errors import TechnicianError

CARD = "099165000013||Đỗ Thị Ước|05091945|Nữ|Tổ dân phố 3, Phường Hoa Sen, Thành phố Hà Nội|02072024||||"
"""A made-up card: no province has the number 099."""

PORTRAIT = (1080, 1920)
COMMAND = (sys.executable, "-c", "from kiosk.cli import main; main()")


def run_demo(profile: str, windowed: tuple[int, int], pictures: Path) -> int:
    """Start everything, run until closed (or until the visits are played), and end everything again."""
    pictures.mkdir(parents=True, exist_ok=True)
    with_screen = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    with tempfile.TemporaryDirectory(prefix="mot-cua-demo-") as folder:
        place = Path(folder)
        port = _free_port()
        address = f"http://127.0.0.1:{port}"
        office = _write_home(place, profile, address, pictures, webcam=with_screen and _has_webcam())
        with _central(place, port, office), contextlib.ExitStack() as stack:
            _enrol(place, address, office)
            click.echo(f"central: {address}/  (the queue as a page)")
            if with_screen:
                click.echo(f"a card is held to the reader by:  echo '{CARD}' > {place}/reader")
                return _run(place, windowed)
            stack.enter_context(_virtual_screen())
            return _play(place, pictures)


def _run(place: Path, windowed: tuple[int, int]) -> int:
    from kiosk.commands.appliance import run_appliance

    return run_appliance(place / "kiosk", load_settings(place / "kiosk"), windowed=windowed)


def _play(place: Path, pictures: Path) -> int:
    from kiosk.commands.tour import play_tour

    for old in pictures.glob("*.png"):
        old.unlink()
    code = play_tour(place, pictures, CARD)
    for number, page in enumerate(sorted((place / "paper").glob("*.png")), 1):
        shutil.copyfile(page, pictures / f"paper-{number}.png")
    found = sorted(path.name for path in pictures.glob("*.png"))
    click.echo(f"Look at {len(found)} pictures in {pictures}/ — the screens in order, then the paper:")
    for name in found:
        click.echo(f"  {pictures / name}")
    return code


def _write_home(place: Path, profile: str, address: str, pictures: Path, *, webcam: bool) -> Path:
    """The trial office: the bundled example, open round the clock, reachable on this machine."""
    text = resources.files("config").joinpath("examples", profile, "site.toml").read_text(encoding="utf-8")
    site = tomlkit.parse(text)
    all_day = {"days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "opens": "00:00", "closes": "23:59"}
    site["hours"] = {"sessions": [{**all_day, "numbers_from": "00:00", "last_number": "23:59"}]}
    for service in site["services"]:
        service.pop("hours", None)
        service.pop("quota", None)
    site["office"]["follow_base"] = address
    site["rules"]["late_minutes"] = 0
    devices = {
        "printer": {"driver": "simulated", "options": {"folder": str(place / "paper"), "page_seconds": 0.6}},
        "scanners": [{"driver": "simulated", "options": {"path": str(place / "reader")}}],
        "camera": {"driver": "opencv" if webcam else "simulated", "options": {}},
    }
    home = place / "kiosk" / "config"
    home.mkdir(parents=True, mode=0o700)
    (home / "site.toml").write_text(tomlkit.dumps(site), encoding="utf-8")
    (home / "device.toml").write_text(tomlkit.dumps({"devices": devices}), encoding="utf-8")
    return home / "site.toml"


@contextlib.contextmanager
def _central(place: Path, port: int, office: Path) -> Iterator[None]:
    command = [*COMMAND, "central", "serve", "--json", "--home", str(place / "central")]
    command += ["--listen", f"127.0.0.1:{port}", "--office", str(office)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)  # noqa: S603
    try:
        if process.stdout is None or not process.stdout.readline():
            raise TechnicianError("central did not start; try: kiosk central serve --office SITE.toml")
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=8)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _enrol(place: Path, address: str, office: Path) -> None:
    settings = load_settings(place / "kiosk")
    command = [*COMMAND, "central", "enrol", "--json", "--home", str(place / "central")]
    command += ["--office", settings.catalogue.office, "--kiosk", "1"]
    told = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)  # noqa: S603
    if told.returncode:
        raise TechnicianError(f"central gave no code for the kiosk: {told.stderr.strip()}")
    with Backroom.open(place / "kiosk", {}) as room:
        enrol(place / "kiosk", room.store, address, json.loads(told.stdout)["code"], room.clock)


@contextlib.contextmanager
def _virtual_screen() -> Iterator[None]:
    """Xvfb for a machine without a screen; where it is missing Qt draws without any."""
    xvfb = shutil.which("Xvfb")
    if xvfb is None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        yield
        return
    reads, writes = os.pipe()
    size = f"{PORTRAIT[0]}x{PORTRAIT[1]}x24"
    command = [xvfb, "-displayfd", str(writes), "-screen", "0", size, "-nolisten", "tcp", "-dpi", "102"]
    process = subprocess.Popen(command, pass_fds=(writes,), stderr=subprocess.DEVNULL)  # noqa: S603
    os.close(writes)
    try:
        number = _line(reads, 20.0)
        if not number:
            raise TechnicianError("the virtual screen (Xvfb) did not start")
        os.environ["DISPLAY"] = f":{number}"
        os.environ.setdefault("QT_QPA_PLATFORM", "xcb")
        yield
    finally:
        os.close(reads)
        process.terminate()
        process.wait(timeout=8)


def _line(fd: int, seconds: float) -> str:
    found: list[str] = []
    reader = threading.Thread(target=lambda: found.append(os.read(fd, 64).decode().strip()), daemon=True)
    reader.start()
    reader.join(seconds)
    return found[0] if found else ""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _has_webcam() -> bool:
    return Path("/dev/video0").exists()
