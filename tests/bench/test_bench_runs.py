"""Every benchmark runs, with tiny sizes, and leaves its figures; how good they are is not asked here."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

import bench.__main__ as command
from bench import backlog, memory, start, throughput, visit
from bench.office import trial_office
from bench.report import Figure, Report, quantiles, table, write
from kiosk.backroom import Backroom
from kiosk.storage.rows import LANE_TICKETS


def kept(folder: Path, name: str, report: Report) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(write(folder, name, report).read_text(encoding="utf-8"))
    assert all(figure["value"] > 0 for figure in found["figures"])
    assert found["machine"]["cores"] >= 1
    return found


def test_benchmarks_of_the_running_kiosk_leave_their_figures(tmp_path: Path) -> None:
    """One office for all of them, one after the other: an office takes seconds to set up."""
    with trial_office(tmp_path) as office:
        kept(tmp_path, "memory", memory.measure_in(office, 1, 0.0))
        kept(tmp_path, "start", start.measure_in(office, 1))
        visits = kept(tmp_path, "visit", visit.measure_in(office, 1))
        waiting = visits["offline"]["committed_ms"]["count"] + visit.WARM_UP
        with Backroom.open(office.home, {}) as room:
            told = room.store.outbox.next_batch(LANE_TICKETS)
            assert len(told) == waiting
            room.store.outbox.told(told, [None] * len(told))
        assert kept(tmp_path, "backlog", backlog.measure_in(office, 20))["tickets"] == 20


def test_throughput_counts_people_and_papers(tmp_path: Path) -> None:
    found = throughput.play({"identify": "after"}, "after", 1, human=0.0)
    assert len(found["numbers"]) == 1
    assert found["a_minute"] > 0


def test_the_command_knows_every_benchmark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    modules = {path.stem for path in Path(command.__file__).parent.glob("*.py")}
    assert set(command.BENCHMARKS) <= modules
    monkeypatch.setattr(sys, "argv", ["bench", "nothing-of-the-kind"])
    with pytest.raises(SystemExit) as ended:
        command.main(tmp_path)
    assert ended.value.code == 2


def test_aims_are_upper_or_lower_bounds() -> None:
    assert Figure("a", 5, "ms", 5).met
    assert not Figure("a", 5.1, "ms", 5).met
    assert Figure("a", 5, "", 5, at_least=True).met
    assert not Figure("a", 4.9, "", 5, at_least=True).met
    assert Figure("a", 5, "s").met is None
    assert "NOT MET" in table([Figure("slow", 9, "ms", 5)])


def test_quantiles_are_values_that_were_measured() -> None:
    assert quantiles(range(1, 201)) == {"count": 200, "p50": 100, "p99": 198, "max": 200}
    assert quantiles([7.0]) == {"count": 1, "p50": 7, "p99": 7, "max": 7}
    with pytest.raises(ValueError, match="nothing"):
        quantiles([])
