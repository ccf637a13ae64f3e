"""Who is called next, and why: the order of those who wait at one counter.

Everybody stands by *place*: the corrected time of issue, whatever became of the ticket since, so that a number that was
transferred, held or late keeps its place. People with priority go before the others, but not without end: while both
wait, a counter calls ``ratio[0]`` people with priority, then ``ratio[1]`` without. So an ordinary ticket with ``k``
ordinary ones before it is called at the latest with the ``(k + 1) * (ratio[0] + 1)``-th call of a counter that serves
it, however many come with priority meanwhile. Where only one of the two waits nothing is counted.

Kept back, at their place, are tickets of a later session, and those of a person whose other ticket is called or being
served: nobody can stand at two counters.
"""

from collections import deque
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

EARLY_SLACK_MS = 1000
"""Numbers given in the same instant stand milliseconds apart, some of them ahead of the clock."""

Ratio = tuple[int, int]
"""How many with priority, then how many without, while both wait."""


class Why(StrEnum):
    """Why somebody is called at this point, or not yet."""

    PLACE = "place"  # the longest waiting of those without priority, and nobody with priority is due
    PRIORITY = "priority"  # priority goes first
    RATIO = "ratio"  # enough people with priority were called; now one without
    NOT_YET = "not_yet"  # the session it was taken for has not begun
    PERSON_BUSY = "person_busy"  # the same person's other ticket is called or being served


@dataclass(frozen=True, slots=True)
class Candidate:
    """A ticket that waits.

    Attributes:
        place_at: Its place, ms since the epoch.
        issued_at: Decides between equal places, then the id does.
        priority: Whether it goes before the ordinary ones.
        person_ref: Whose it is, where that is known.
    """

    ticket_id: str
    place_at: int
    issued_at: int
    priority: bool = False
    person_ref: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Cycle:
    """How many of each a counter has called since the ratio last came round, while both waited."""

    priority: int = 0
    ordinary: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """One call: who, why, and where the cycle stands after it."""

    candidate: Candidate
    why: Why
    cycle: Cycle


def line_up(
    waiting: Iterable[Candidate], cycle: Cycle, ratio: Ratio, now: int, busy: Collection[str] = ()
) -> Iterator[Choice]:
    """Those who can be called now, in the order in which one counter would call them; the first is the next.

    Args:
        waiting: Everybody who waits for this counter, in any order.
        cycle: Where the counter stands in its ratio.
        ratio: The office's ratio; both at least 1.
        now: Ms since the epoch.
        busy: Persons whose ticket is called or being served somewhere.
    """
    ready = sorted((c for c in waiting if kept_back(c, now, busy) is None), key=_by_place)
    first = deque(c for c in ready if c.priority)
    others = deque(c for c in ready if not c.priority)
    while first or others:
        if not (first and others):
            cycle = Cycle()
            yield Choice(first.popleft(), Why.PRIORITY, cycle) if first else Choice(others.popleft(), Why.PLACE, cycle)
        elif cycle.priority < ratio[0]:
            cycle = Cycle(cycle.priority + 1, 0)
            yield Choice(first.popleft(), Why.PRIORITY, cycle)
        else:
            called = cycle.ordinary + 1
            cycle = Cycle() if called >= ratio[1] else Cycle(cycle.priority, called)
            yield Choice(others.popleft(), Why.RATIO, cycle)


def kept_back(candidate: Candidate, now: int, busy: Collection[str]) -> Why | None:
    """Why somebody cannot be called yet; None when they can."""
    if candidate.place_at > now + EARLY_SLACK_MS:
        return Why.NOT_YET
    if candidate.person_ref is not None and candidate.person_ref in busy:
        return Why.PERSON_BUSY
    return None


def _by_place(candidate: Candidate) -> tuple[int, int, str]:
    return candidate.place_at, candidate.issued_at, candidate.ticket_id
