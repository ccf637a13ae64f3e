import os
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.storage.lock import FileLock
from kiosk.storage.process import ProcessId, current_boot_id, current_process, is_alive
from models.errors import StorageTrouble

HOLD = """
import sys
from pathlib import Path
from kiosk.storage.lock import FileLock
lock = FileLock(Path(sys.argv[1]))
lock.acquire()
print("held", flush=True)
sys.stdin.read()
"""


def test_this_process_lives() -> None:
    assert is_alive(str(current_process(os.getpid())))


def test_a_process_that_ended_does_not() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        name = str(current_process(process.pid))
        assert is_alive(name)
        process.kill()
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        assert not is_alive(name)  # a zombie, until its parent looks
    assert not is_alive(name)


def test_a_number_used_again_is_another_process() -> None:
    me = current_process(os.getpid())
    assert not is_alive(str(ProcessId(me.boot_id, me.pid, me.started + 1)))
    assert not is_alive(str(ProcessId("another-boot", me.pid, me.started)))


@pytest.mark.parametrize("owner", ["", "rebuilt", "a b c", "a b c d"])
def test_an_unreadable_signature_is_nobodys(owner: str) -> None:
    assert not is_alive(owner)


def test_a_strange_program_name_does_not_confuse(tmp_path: Path) -> None:
    (tmp_path / "sys/kernel/random").mkdir(parents=True)
    (tmp_path / "sys/kernel/random/boot_id").write_text("abc\n")
    (tmp_path / "7").mkdir()
    fields = " ".join(str(n) for n in range(3, 53))
    (tmp_path / "7/stat").write_text(f"7 (a) b (c) S {fields.split(' ', 1)[1]}")
    assert current_boot_id(tmp_path) == "abc"
    assert current_process(7, tmp_path) == ProcessId("abc", 7, 22)
    assert is_alive("abc 7 22", tmp_path)


class TestFileLock:
    def test_one_holder(self, tmp_path: Path) -> None:
        path = tmp_path / "printer.lock"
        with FileLock(path) as lock:
            assert lock.held
            lock.acquire()
            assert not FileLock(path).try_acquire()
        assert not lock.held
        other = FileLock(path)
        assert other.try_acquire()
        other.release()
        other.release()

    def test_shared_holders_keep_an_exclusive_one_out(self, tmp_path: Path) -> None:
        path = tmp_path / "use.lock"
        with FileLock(path, shared=True), FileLock(path, shared=True):
            assert not FileLock(path).try_acquire()

    def test_the_kernel_frees_it_when_the_holder_is_killed(self, tmp_path: Path) -> None:
        path = tmp_path / "printer.lock"
        command = [sys.executable, "-c", HOLD, str(path)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "held\n"
            assert not FileLock(path).try_acquire()
            process.kill()
            process.wait()
            with FileLock(path) as lock:
                assert lock.held

    def test_a_folder_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(StorageTrouble, match="lock file"):
            FileLock(tmp_path / "nowhere" / "x.lock").acquire()
