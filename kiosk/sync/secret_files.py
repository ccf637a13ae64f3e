"""Secrets in files of their own, mode 0600, never in the database: written whole or not at all."""

import os
from pathlib import Path

from models.errors import StorageTrouble

FOLDER = "secrets"


def write_secret(path: Path, content: bytes) -> None:
    """Replace the secret at ``path``; after this returns it survives a power cut.

    Raises:
        StorageTrouble: The disk does not let us.
    """
    fresh = path.with_name(f"{path.name}.new")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh.unlink(missing_ok=True)
        fd = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(fd, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        raise StorageTrouble(f"the secret {path.name} cannot be written: {error.strerror}") from error


def read_secret(path: Path) -> bytes | None:
    """The secret at ``path``, or None when there is none.

    Raises:
        StorageTrouble: It cannot be read, or others may read it, too.
    """
    try:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_mode & 0o077:
                raise StorageTrouble(f"the secret {path.name} is open to others: chmod 600 {path}")
            return file.read()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StorageTrouble(f"the secret {path.name} cannot be read: {error.strerror}") from error
