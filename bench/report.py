"""Figures with their aims: a table for people, JSON for everything else."""

import json
import os
import platform
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure.

    Attributes:
        aim: What it should be; None for a figure that is only told.
        at_least: The aim is a lower bound; else it is an upper one.
    """

    name: str
    value: float
    unit: str
    aim: float | None = None
    at_least: bool = False

    @property
    def met(self) -> bool | None:
        """Whether the aim is met; None without one."""
        if self.aim is None:
            return None
        return self.value >= self.aim if self.at_least else self.value <= self.aim


@dataclass(frozen=True, slots=True)
class Report:
    """What one benchmark found.

    Attributes:
        figures: Those of the table.
        facts: Everything else worth keeping.
    """

    figures: tuple[Figure, ...]
    facts: Mapping[str, Any]


def quantiles(values: Iterable[float]) -> dict[str, float]:
    """Count, p50, p99 (nearest rank, never between two values) and the largest, rounded to hundredths."""
    found = sorted(values)
    if not found:
        raise ValueError("nothing was measured")
    return {
        "count": len(found),
        "p50": round(_rank(found, 0.5), 2),
        "p99": round(_rank(found, 0.99), 2),
        "max": round(found[-1], 2),
    }


def write(folder: Path, name: str, report: Report) -> Path:
    """Leave ``name.json`` in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    figures = [{**asdict(figure), "met": figure.met} for figure in report.figures]
    whole = {"figures": figures, **report.facts, "machine": machine()}
    path = folder / f"{name}.json"
    path.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    return {
        "cores": len(os.sched_getaffinity(0)),
        "processor": _processor(),
        "memory_mb": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 20,
        "kernel": platform.release(),
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 2),
    }


def table(figures: Sequence[Figure]) -> str:
    """For people: figure, aim, whether it is met."""
    rows = [
        (f.name, f"{f.value:g} {f.unit}", _aim(f), {True: "met", False: "NOT MET", None: ""}[f.met]) for f in figures
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return "\n".join(
        f"{name:<{widths[0]}}  {value:>{widths[1]}}  {aim:<{widths[2]}}  {met}".rstrip()
        for name, value, aim, met in rows
    )


def _aim(figure: Figure) -> str:
    if figure.aim is None:
        return ""
    return f"aim {'≥' if figure.at_least else '≤'} {figure.aim:g} {figure.unit}".rstrip()


def _rank(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, max(0, -(-round(len(ordered) * share * 1000) // 1000) - 1))]


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()
