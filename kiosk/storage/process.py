"""Who wrote a row: this process, told apart from one that is gone.

An intent belongs to the process that made it. At the next start it may be cancelled only when that process is dead;
``kiosk ticket issue`` may be waiting for central's answer at this very moment. A process id alone is used again by the
kernel, so the boot and the process's start time (in ticks since boot) stand beside it.
"""

from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class ProcessId:
    """One run of one program.

    Attributes:
        boot_id: The kernel's random name of this boot.
        pid: Process id.
        started: Start time in clock ticks since boot (field 22 of ``/proc/PID/stat``).
    """

    boot_id: str
    pid: int
    started: int

    def __str__(self) -> str:
        return f"{self.boot_id} {self.pid} {self.started}"


def current_boot_id(proc: Path = _PROC) -> str:
    """The kernel's random name of this boot; it ties readings of CLOCK_BOOTTIME together."""
    return (proc / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()


def current_process(pid: int, proc: Path = _PROC) -> ProcessId:
    """The identity of the running process ``pid`` (callers pass ``os.getpid()``)."""
    started = _started(pid, proc)
    return ProcessId(current_boot_id(proc), pid, started if started is not None else 0)


def is_alive(owner: str, proc: Path = _PROC) -> bool:
    """Whether the process that signed with ``str(ProcessId)`` still runs. An unreadable signature is nobody's."""
    parts = owner.split()
    if len(parts) != 3 or not parts[1].isdecimal() or not parts[2].isdecimal():
        return False
    return parts[0] == current_boot_id(proc) and _started(int(parts[1]), proc) == int(parts[2])


def _started(pid: int, proc: Path) -> int | None:
    try:
        stat = (proc / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return None
    # The second field is the program's name in brackets and may hold spaces and brackets itself.
    fields = stat.rpartition(")")[2].split()
    if fields[0] in "ZX":
        return None  # killed, and only its parent has not noticed yet
    return int(fields[19])
