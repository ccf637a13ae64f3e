"""``python -m bench [NAME …]``: every benchmark in turn, a table for people, ``build/bench/NAME.json`` for each.

Measured figures are told, not enforced: an aim that is not met ends with exit code 0, a benchmark that breaks does not.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from bench import backlog, central, memory, qr, start, storage, throughput, visit
from bench.report import Figure, Report, table, write

FOLDER = Path("build/bench")
QR_DECODED = 112.0
QR_MS = 8.0


def main(folder: Path = FOLDER) -> int:
    """Measure what is named, or everything."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of: {', '.join(BENCHMARKS)}")
    names = parser.parse_args().names or list(BENCHMARKS)
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        parser.error(f"no benchmark called {', '.join(unknown)}; there are: {', '.join(BENCHMARKS)}")
    figures: list[Figure] = []
    for name in names:
        began = time.monotonic()
        report = BENCHMARKS[name]()
        path = write(folder, name, report)
        figures += report.figures
        sys.stdout.write(f"{name}: {time.monotonic() - began:.0f} s, {path}\n")
        sys.stdout.flush()
    sys.stdout.write(f"\n{table(figures)}\n")
    return 0


def _qr() -> Report:
    facts = qr.measure()
    return Report(
        (
            Figure(f"codes decoded of {facts['total']}", facts["decoded"], "", QR_DECODED, at_least=True),
            Figure("codes misread", facts["misread"], "", 0),
            Figure("a 720p frame, patient, median", facts["median_ms_720p"], "ms", QR_MS),
            Figure("a 720p frame, live, median", facts["live"]["median_ms_720p"], "ms", QR_MS),
        ),
        facts,
    )


def _storage() -> Report:
    storage.BUILD.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=storage.BUILD) as folder:
        return storage.measure(Path(folder))


BENCHMARKS: Mapping[str, Callable[[], Report]] = MappingProxyType(
    {
        "visit": visit.measure,
        "throughput": throughput.measure,
        "start": start.measure,
        "memory": memory.measure,
        "backlog": backlog.measure,
        "central": central.measure,
        "storage": _storage,
        "qr": _qr,
    }
)


if __name__ == "__main__":
    sys.exit(main())
