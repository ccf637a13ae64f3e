"""How many of 120 spoilt frames the reader decodes, and how long a frame takes: ``build/bench/qr.json``.

Two ways of asking: *patient*, as ``kiosk identity read --image`` does, and *live*, one look at each frame, as the
camera thread does. Times are of the reading alone, one process, after one frame to warm up.
"""

import json
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kiosk.identify.documents import read_payload
from kiosk.identify.qr import QrReader
from models.errors import UnreadableInput
from tests.support.qr_frames import QrFrame, frames


def measure(seed: int = 7) -> dict[str, Any]:
    """All figures; the patient ones on top, the live ones under ``live``."""
    drawn = list(frames(seed))
    return {**_measure(drawn, thorough=True), "live": _measure(drawn, thorough=False), "seed": seed}


def main(folder: Path = Path("build/bench")) -> dict[str, Any]:
    """Measure and leave ``qr.json`` in ``folder``."""
    figures = measure()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "qr.json").write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return figures


def _measure(drawn: Iterable[QrFrame], *, thorough: bool) -> dict[str, Any]:
    reader = QrReader()
    decoded: Counter[str] = Counter()
    total: Counter[str] = Counter()
    ways: Counter[str] = Counter()
    times: list[float] = []
    misread = documents = 0
    for index, frame in enumerate(drawn):
        if not index:
            reader.read(frame.image, thorough=thorough)
        start = time.perf_counter()
        result = reader.read(frame.image, thorough=thorough)
        took = (time.perf_counter() - start) * 1000
        if frame.is_720p:
            times.append(took)
        right = frame.payload in result.payloads
        total[frame.distortion] += 1
        decoded[frame.distortion] += right
        ways[result.way or "not read"] += 1
        misread += any(payload != frame.payload for payload in result.payloads)
        documents += right and _is_document(frame.payload)
    return {
        "decoded": decoded.total(),
        "documents": documents,
        "total": total.total(),
        "misread": misread,
        "median_ms_720p": round(statistics.median(times), 2),
        "p99_ms_720p": round(statistics.quantiles(times, n=100)[98], 2),
        "per_distortion": {name: f"{decoded[name]}/{total[name]}" for name in total},
        "ways": dict(ways.most_common()),
    }


def _is_document(payload: bytes) -> bool:
    try:
        read_payload(payload)
    except UnreadableInput:
        return False
    return True


if __name__ == "__main__":
    json.dump(main(), sys.stdout, ensure_ascii=False, indent=1)
