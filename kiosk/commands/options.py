"""Options that every command takes."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def default_home(environ: Mapping[str, str]) -> Path:
    """Where state lives: systemd's ``STATE_DIRECTORY``, else XDG's state home (XDG Base Directory Specification)."""
    if environ.get("STATE_DIRECTORY"):
        return Path(environ["STATE_DIRECTORY"])
    base = environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(base) / "mot-cua-kiosk"


def home_option(command: F) -> F:
    """``--home DIR``: where this kiosk keeps its state."""
    return click.option(
        "--home",
        type=click.Path(path_type=Path, file_okay=False),
        default=lambda: default_home(os.environ),
        show_default="systemd's or XDG's state directory",
        help="Where this kiosk keeps its state.",
    )(command)


def json_option(command: F) -> F:
    """``--json``: report as JSON, one object."""
    return click.option("--json", "as_json", is_flag=True, help="Report as JSON.")(command)
