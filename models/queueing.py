"""Waiting: who is ahead, and for how long, as an honest range."""

import math
from collections.abc import Callable

from models.messages import WaitSeconds

SPREAD_LOW = 0.75
SPREAD_HIGH = 1.35
"""How far the range reaches to both sides of the mean until an office's own service times are known."""


def estimate_wait(people_ahead: int, minutes_each: float, counters: int) -> WaitSeconds:
    """The wait of somebody with ``people_ahead`` before them, as a range in seconds.

    Args:
        people_ahead: People who will be called earlier.
        minutes_each: Mean minutes to serve one.
        counters: Open counters that serve them; at least one is assumed.
    """
    mean = people_ahead * minutes_each * 60 / max(1, counters)
    return WaitSeconds(_minutes(mean * SPREAD_LOW, math.floor), _minutes(mean * SPREAD_HIGH, math.ceil))


def _minutes(seconds: float, rounding: Callable[[float], int]) -> int:
    step = 300 if seconds >= 900 else 60  # long waits in steps of five minutes: nobody believes "37 to 52"
    return rounding(seconds / step) * step
