"""``kiosk run`` and ``kiosk demo``: the appliance with its screen."""

import os
import signal
from pathlib import Path
from types import FrameType

import click

from kiosk.commands.options import home_option
from models.errors import UnreadableInput


class Size(click.ParamType[tuple[int, int]]):
    """``WIDTHxHEIGHT`` in pixels."""

    name = "WxH"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        """Read the two figures."""
        if isinstance(value, tuple):
            return value
        width, _, height = str(value).lower().partition("x")
        if not (width.isdecimal() and height.isdecimal() and 320 <= int(width) <= 7680 and 320 <= int(height) <= 7680):
            self.fail(f"a size looks like 1080x1920, not {str(value)[:20]!r}", param, ctx)
        return int(width), int(height)


@click.command()
@click.option("--profile", type=click.Choice(["ward", "hospital"]), help="Which bundled example, without a site.toml.")
@click.option("--windowed", type=Size(), help="A window of that size instead of the whole screen.")
@home_option
def run(profile: str | None, windowed: tuple[int, int] | None, home: Path) -> None:
    """Run the kiosk."""
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.environ.get("QT_QPA_PLATFORM")):
        raise UnreadableInput("there is no screen here (DISPLAY and WAYLAND_DISPLAY are empty); try: kiosk demo")
    from config.load import load_settings
    from kiosk.commands.appliance import run_appliance

    settings = load_settings(home, profile, os.environ)
    raise click.exceptions.Exit(run_appliance(home, settings, windowed=windowed))


@click.command()
@click.option(
    "--profile", type=click.Choice(["ward", "hospital"]), default="ward", show_default=True, help="Which trial office."
)
@click.option("--windowed", type=Size(), default="540x960", show_default=True, help="Size of the window, on a screen.")
@click.option(
    "--pictures",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("build/demo"),
    show_default=True,
    help="Where a machine without a screen leaves its pictures.",
)
def demo(profile: str, windowed: tuple[int, int], pictures: Path) -> None:
    """Central, a kiosk and a page, with a trial office that is always open.

    With a screen it is the real kiosk in a window, with the webcam if there is one. Without a screen it plays visits
    on a virtual one, and leaves pictures of each screen and of the paper.
    """
    from kiosk.commands.demo import run_demo

    signal.signal(signal.SIGTERM, _interrupt)  # so that central and the virtual screen end with us
    raise click.exceptions.Exit(run_demo(profile, windowed, pictures))


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
