"""The commands, as processes of their own."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from config.load import example_path

COMMAND = [sys.executable, "-c", "from central.cli import central; central()"]
WARD = str(example_path("ward"))


def run(*arguments: str, home: Path, typed: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments],
        input=typed,
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "STATE_DIRECTORY": str(home)},
    )


@contextmanager
def serving(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    with subprocess.Popen(
        [*COMMAND, "serve", "--listen", "127.0.0.1:0", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout.readline()
        finally:
            process.kill()


def test_serve_says_where_and_stops_at_once_while_screens_listen(tmp_path: Path) -> None:
    with serving("--home", str(tmp_path), "--office", WARD) as (process, line):
        assert line.startswith("listening on http://127.0.0.1:")
        url = line.removeprefix("listening on ").strip()
        opened, ended = threading.Event(), threading.Event()

        def listen() -> None:
            with httpx.stream("GET", f"{url}/api/v1/queue/events", trust_env=False, timeout=30) as response:
                for _ in response.iter_lines():
                    opened.set()
            ended.set()

        listener = threading.Thread(target=listen)
        listener.start()
        assert opened.wait(20)
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
        listener.join(20)
        assert ended.is_set()  # the stream was ended, not cut when the patience of the server was over
        assert process.stderr is not None
        assert process.stderr.read() == ""


def test_a_code_made_beside_a_running_central_enrols(tmp_path: Path) -> None:
    with serving("--home", str(tmp_path), "--office", WARD, "--json") as (process, line):
        said = json.loads(line)
        assert said["pid"] == process.pid
        url = said["listening"]
        office = httpx.get(f"{url}/api/v1/services", trust_env=False).json()["office"]
        made = run("enrol", "--office", office, "--kiosk", "3", "--json", home=tmp_path)
        assert made.returncode == 0, made.stderr
        code = json.loads(made.stdout)["code"]
        answer = httpx.post(f"{url}/api/v1/kiosks/enrol", json={"code": code}, trust_env=False).json()
        assert (answer["kiosk"], answer["office"]) == (3, office)


def test_an_office_is_added_and_changed(tmp_path: Path) -> None:
    first, second = (run("office", "add", WARD, home=tmp_path) for _ in range(2))
    assert (first.returncode, first.stdout.split(": ")[1]) == (0, "kept\n")
    assert second.stdout.split(": ")[1] == "unchanged\n"
    assert (tmp_path / "central.sqlite").exists()


def test_a_code_in_plain_words(tmp_path: Path) -> None:
    office = run("office", "add", WARD, home=tmp_path).stdout.split(":")[0]
    made = run("enrol", "--office", office, "--kiosk", "1", home=tmp_path)
    assert len(made.stdout.strip()) == 11
    assert f"kiosk 1 of {office}" in made.stderr


def test_people_are_added_and_changed_and_their_passwords_not_told(tmp_path: Path) -> None:
    office = run("office", "add", WARD, home=tmp_path).stdout.split(":")[0]
    short = run("user", "add", "--office", office, "--user", "x", "--password-stdin", home=tmp_path, typed="short\n")
    assert (short.returncode, short.stderr) == (2, "central: a password has 8 to 200 characters\n")
    who = ("user", "add", "--office", office, "--user", "binh", "--password-stdin")
    added = run(*who, "--name", "Trần Thị Bình", home=tmp_path, typed="a long password\n")
    assert (added.returncode, added.stdout) == (0, "binh: added\n")
    roles = ("--role", "officer", "--role", "manager")
    changed = run(*who, *roles, home=tmp_path, typed="another password\n")
    assert changed.stdout == "binh: changed\n"
    assert "long password" not in added.stdout + added.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["enrol", "--office", "nowhere", "--kiosk", "1"], 2, "no such office"),
        (["enrol", "--office", "x", "--kiosk", "0"], 2, "0 is not in the range"),
        (["serve", "--listen", "8300"], 2, "HOST:PORT"),
        (["serve", "--workers", "2"], 2, "--workers must be 1"),
        (["serve", "--database", "mysql://x"], 2, "sqlite:"),
        (["serve", "--listen", "192.0.2.1:0"], 4, "cannot listen"),
        (["serve", "--database", "sqlite:////proc/no/where.sqlite"], 4, "cannot be made"),
        (["office", "add", "/nowhere.toml"], 2, "does not exist"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(tmp_path: Path, arguments: list[str], code: int, words: str) -> None:
    done = run(*arguments, home=tmp_path)
    assert done.returncode == code
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_office_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text("[office]\ncode = 1\n", "utf-8")
    done = run("office", "add", str(tmp_path / "site.toml"), home=tmp_path)
    assert done.returncode == 2
    assert "site.toml" in done.stderr
    assert "Traceback" not in done.stderr


def test_central_needs_no_screen_and_no_numbers_library() -> None:
    heavy = {"PySide6", "numpy", "cv2", "alembic"}
    code = f"import sys, central.cli; print(sorted({{m.split('.')[0] for m in sys.modules}} & {heavy}))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert found.stdout.strip() == "[]"
