"""Many counters pull at the same time, from threads and from processes of their own: nobody is called twice."""

import json
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from central.store.database import Database
from models.service import Rules
from tests.support.central import Central, an_office, with_service

ROOT = Path(__file__).resolve().parents[2]
COUNTERS = range(1, 9)

PULL = """
import json, sys
from central.store.database import Database
from tests.support.central import Central, Officer

url, first, last = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
with Database.open(url) as database:
    officer = Officer(Central(database), "binh")
    print("ready", flush=True)
    sys.stdin.readline()
    found, current = [], dict.fromkeys(range(first, last))
    while len(found) < 30:
        counter = first + len(found) % len(current)
        called = officer.next(counter, current[counter], request_id=f"pull-{counter}-{len(found):06d}").called
        current[counter] = called.ticket_id
        found.append(called.number)
print(json.dumps(found))
"""


def crowd(central: Central, people: int) -> list[str]:
    central.open(with_service(an_office(rules=Rules()), "chung-thuc", counters=tuple(COUNTERS)))
    central.post()
    return [central.ask(priority="elderly" if n % 3 else None).number for n in range(people)]


def test_counters_pulling_from_threads(central: Central) -> None:
    numbers = crowd(central, 60)
    begin = threading.Barrier(len(COUNTERS))

    def pull(counter: int) -> list[str]:
        officer, current, found = central.post(f"officer-{counter}"), None, []
        begin.wait(30)
        while (called := officer.next(counter, current).called) is not None:
            current = called.ticket_id
            found.append(called.number)
        return found

    with ThreadPoolExecutor(len(COUNTERS)) as pool:
        called = [number for found in pool.map(pull, COUNTERS) for number in found]
    assert sorted(called) == sorted(numbers)


def test_one_press_from_many_threads_calls_one(central: Central) -> None:
    crowd(central, 8)
    officer = central.post()
    begin = threading.Barrier(8)

    def press_next(_: int) -> str | None:
        begin.wait(30)
        called = officer.next(1, request_id="one-press").called
        return None if called is None else called.number

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(press_next, range(8)))) == 1
    assert len(central.events("ticket.called")) == 1


def test_counters_pulling_from_two_processes(central: Central, database: Database, database_url: str) -> None:
    numbers = crowd(central, 60)
    # The clock of the processes stands where the tickets' stands: it is the same support code.
    pulling = [
        subprocess.Popen(
            [sys.executable, "-c", PULL, database_url, first, last],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        for first, last in (("1", "5"), ("5", "9"))
    ]
    try:
        for process in pulling:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        for process in pulling:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        called = [json.loads(process.communicate(timeout=60)[0]) for process in pulling]
    finally:
        for process in pulling:
            process.kill()
            process.wait()
    assert list(map(len, called)) == [30, 30]
    assert sorted(called[0] + called[1]) == sorted(numbers)
