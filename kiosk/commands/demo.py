"""The demonstration: a trial office that is always open, central beside it, visits played where nobody can watch."""

import contextlib
import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import click

from config.load import load_settings
from kiosk.commands.trial import free_port, running_central, write_home
from models.errors import TechnicianError

CARD = "099145000018||Đỗ Thị Ước|05091945|Nữ|Tổ dân phố 3, Phường Hoa Sen, Thành phố Hà Nội|02072024||||"
"""A made-up card: no province has the number 099."""

PORTRAIT = (1080, 1920)


def run_demo(profile: str, windowed: tuple[int, int], pictures: Path) -> int:
    """Start everything, run until closed (or until the visits are played), and end everything again."""
    pictures.mkdir(parents=True, exist_ok=True)
    with_screen = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    with tempfile.TemporaryDirectory(prefix="mot-cua-demo-") as folder:
        place = Path(folder)
        home, port = place / "kiosk", free_port()
        devices = {
            "printer": {"driver": "simulated", "options": {"folder": str(place / "paper"), "page_seconds": 0.6}},
            "scanners": [{"driver": "simulated", "options": {"path": str(place / "reader")}}],
            "camera": {"driver": "opencv" if with_screen and _has_webcam() else "simulated"},
        }
        office = write_home(home, profile, devices, follow_base=f"http://127.0.0.1:{port}")
        with running_central(place / "central", office, port) as central, contextlib.ExitStack() as stack:
            central.enrol(home, 1)
            click.echo(f"central: {central.url}/  (the queue as a page; the board: {central.url}/display)")
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


def _has_webcam() -> bool:
    return Path("/dev/video0").exists()
