"""Options that every command takes."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from config.home import state_home

F = TypeVar("F", bound=Callable[..., Any])


def home_option(command: F) -> F:
    """``--home DIR``: where this kiosk keeps its state."""
    return click.option(
        "--home",
        type=click.Path(path_type=Path, file_okay=False),
        default=lambda: state_home(os.environ),
        show_default="systemd's or XDG's state directory",
        help="Where this kiosk keeps its state.",
    )(command)


def json_option(command: F) -> F:
    """``--json``: report as JSON, one object."""
    return click.option("--json", "as_json", is_flag=True, help="Report as JSON.")(command)
