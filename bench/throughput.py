"""People a minute on the running window, clicked by a script that is as slow as a person.

Before each touch and before a card is held up the script waits for a second after the screen has come; everything else
takes the time it takes: the screens' own time limits, central as a process, a page of 0.8 s. With ``identify = after``
a person touches a field, and the next one touches when the fields stand there again. With ``first`` a person begins,
chooses a field, holds up a card, confirms, waits for the paper and touches *done*.
"""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench.office import trial_office
from bench.processes import played
from bench.report import Figure, Report

HUMAN_SECONDS = 1.0
PAGE_SECONDS = 0.8
AFTER_A_MINUTE = 8.0
FIRST_A_MINUTE = 4.0


def measure(after: int = 8, first: int = 5, human: float = HUMAN_SECONDS) -> Report:
    """So many people with ``identify = after`` at one touch each, so many with ``first`` and a card."""
    one_touch = play({"identify": "after"}, "after", after, human)
    with_card = play({"identify": "first", "ask_priority": False}, "card", first, human)
    figures = (
        Figure("people a minute, one touch each", one_touch["a_minute"], "", AFTER_A_MINUTE, at_least=True),
        Figure("people a minute, with a card first", with_card["a_minute"], "", FIRST_A_MINUTE, at_least=True),
    )
    facts = {"after": one_touch, "first_with_card": with_card}
    return Report(figures, {**facts, "human_seconds_before_each_touch": human, "page_seconds": PAGE_SECONDS})


def play(rules: Mapping[str, Any], script: str, people: int, human: float) -> dict[str, Any]:
    """``people`` by one script of `bench.played` in an office of their own."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        place = Path(folder)
        paper = {"driver": "simulated", "options": {"folder": str(place / "paper"), "page_seconds": PAGE_SECONDS}}
        with trial_office(place, rules=rules, printer=paper) as office:
            with played(office.home, script, people, human=human) as process:
                visits = process.lines()
            papers = len(list((place / "paper").glob("*.png")))
    numbers = [visit["number"] for visit in visits]
    if len(set(numbers)) != people or papers != people:
        raise AssertionError(f"{len(set(numbers))} numbers and {papers} papers for {people} people")
    seconds = [visit["ended"] - visit["began"] for visit in visits]
    return {
        "people": people,
        "a_minute": round(people / sum(seconds) * 60, 2),
        "seconds_a_person": [round(s, 2) for s in seconds],
        "numbers": numbers,
    }
