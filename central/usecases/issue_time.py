"""When a ticket was really issued (promise 6: a wrong clock hides nothing)."""

from dataclasses import dataclass
from datetime import datetime

from central.usecases.caller import Office, milliseconds
from models.messages import TicketRequest

AHEAD_MS = 2 * 60_000
"""A sure clock may run ahead of ours by the time an answer travels; more than this is a wrong clock."""

LIVE_MS = 10 * 60_000
"""A ticket without a number is asked for while the person stands there, not hours later."""

MIDNIGHT_MS = 60 * 60_000
"""Around midnight the day that is on the paper holds; elsewhere the day follows from the time."""

CLOCK_FLAG = "clock"


@dataclass(frozen=True, slots=True)
class IssueTime:
    """Time of issue, ms, and the office's day; ``corrected`` when the kiosk's clock was not believed."""

    at: int
    day: str
    corrected: bool


def issue_time(office: Office, request: TicketRequest) -> IssueTime:
    """Correct the time of issue: an unsure clock by arrival minus age, a sure one only where it cannot be right."""
    at, corrected = _moment(office, request)
    if request.clock == "unsure" and request.age_ms is not None:
        return IssueTime(at, office.day_of(at), corrected)
    day = request.day
    if day is None or day == office.day_of(at):
        return IssueTime(at, office.day_of(at), corrected)
    if day in (office.day_of(at - MIDNIGHT_MS), office.day_of(at + MIDNIGHT_MS)) and request.number is not None:
        return IssueTime(at, day, corrected)
    return IssueTime(at, office.day_of(at), corrected=True)


def _moment(office: Office, request: TicketRequest) -> tuple[int, bool]:
    now = office.now
    claimed = milliseconds(datetime.fromisoformat(request.issued_at))
    if request.clock == "unsure":
        return (min(claimed, now) if request.age_ms is None else now - request.age_ms), True
    if request.number is None and abs(now - claimed) > LIVE_MS:
        return now - min(request.age_ms or 0, LIVE_MS), True
    if claimed > now + AHEAD_MS:
        return now, True
    return min(claimed, now), False
