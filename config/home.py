"""Where a program keeps its state when nobody says otherwise."""

from collections.abc import Mapping
from pathlib import Path

FOLDER = "mot-cua-kiosk"


def state_home(environ: Mapping[str, str], *below: str) -> Path:
    """Systemd's ``STATE_DIRECTORY``, else a folder in XDG's state home (XDG Base Directory Specification).

    Args:
        below: Folders within it where several programs of one user share it; systemd gives each its own.
    """
    if environ.get("STATE_DIRECTORY"):
        return Path(environ["STATE_DIRECTORY"])
    base = environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(base, FOLDER, *below)
