"""The office key: what references to people are made with (`models.identifiers.person_ref`).

It is made on the first kiosk and carried to the next as a file (mode 0600), never through central, so that central can
hold people to their limit without knowing who they are.
"""

from collections.abc import Callable
from pathlib import Path

from kiosk.storage.lock import FileLock
from kiosk.sync.secret_files import FOLDER, read_secret, write_secret
from models.errors import StorageTrouble

KEY_BYTES = 32
FILE = "office-key"


def load_or_make(home: Path, token_bytes: Callable[[int], bytes]) -> bytes:
    """The office key of this kiosk; made when there is none, by one process only.

    Args:
        home: The kiosk's state folder.
        token_bytes: ``secrets.token_bytes``.

    Raises:
        StorageTrouble: The file is damaged, open to others, or cannot be written.
    """
    path = home / FOLDER / FILE
    key = _read(path)
    if key is not None:
        return key
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with FileLock(home / "office-key.making"):
        key = _read(path)
        if key is None:
            key = token_bytes(KEY_BYTES)
            write_secret(path, key)
    return key


def _read(path: Path) -> bytes | None:
    key = read_secret(path)
    if key is not None and len(key) != KEY_BYTES:
        raise StorageTrouble(f"{path.name} is damaged: it has {len(key)} bytes, not {KEY_BYTES}")
    return key
