"""Locks between processes: ``flock`` on a file of its own, released by the kernel when the holder dies."""

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from models.errors import StorageTrouble


class FileLock:
    """One lock file. Used as a context manager it waits for its turn.

    Args:
        path: The lock file; made when missing, never removed (removing it would let two holders in).
        shared: Several may hold a shared lock at once; an exclusive one waits for all of them.
    """

    def __init__(self, path: Path, *, shared: bool = False) -> None:
        self._path = path
        self._mode = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        self._fd: int | None = None

    @property
    def held(self) -> bool:
        """Whether this object holds the lock."""
        return self._fd is not None

    def acquire(self) -> None:
        """Take the lock, waiting for whoever holds it."""
        self._take(self._mode)

    def try_acquire(self) -> bool:
        """Take the lock if it is free; says whether it was."""
        try:
            self._take(self._mode | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def release(self) -> None:
        """Give the lock back; without holding it nothing happens."""
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None

    def _take(self, mode: int) -> None:
        if self._fd is not None:
            return
        try:
            fd = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise StorageTrouble(f"the lock file {self._path.name} cannot be opened: {error.strerror}") from error
        try:
            fcntl.flock(fd, mode)
        except BaseException:
            os.close(fd)
            raise
        self._fd = fd

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
