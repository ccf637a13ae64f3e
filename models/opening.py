"""Whether a number can be taken now: hours, breaks, quotas, and the sentence that follows from them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from models.service import Hours, Session


class OpeningState(StrEnum):
    """What the clock and the quota allow."""

    OPEN = "open"
    LATE = "late"  # a number can be taken, but may not be served before the session closes
    TOO_EARLY = "too_early"  # before the first numbers of the day
    LUNCH = "lunch"  # between two sessions
    SESSION_FULL = "session_full"
    CLOSED = "closed"  # after the last number, or a day off


@dataclass(frozen=True, slots=True)
class Opening:
    """The answer, with what the words need.

    Attributes:
        session: The session a number taken now belongs to, when one can be taken.
        resumes: When numbers begin again, local time with zone; None when not today and not within 14 days.
        later: The next session of the same day, for *Lấy số buổi chiều*.
    """

    state: OpeningState
    session: Session | None = None
    resumes: datetime | None = None
    later: Session | None = None

    @property
    def takes_numbers(self) -> bool:
        """Whether a number can be taken now."""
        return self.state in (OpeningState.OPEN, OpeningState.LATE)


def opening(
    hours: Hours,
    now: datetime,
    *,
    quota: int | None = None,
    issued_in_session: int = 0,
    late_minutes: int = 20,
    wait_seconds: int | None = None,
) -> Opening:
    """What can be had at ``now``.

    Args:
        now: Local time of the office, with its zone.
        quota: Numbers a session, None for no limit.
        issued_in_session: Numbers already given for the session at hand.
        late_minutes: From so many minutes before closing the person is warned.
        wait_seconds: Pessimistic wait, if known; a wait beyond closing time warns as well.
    """
    sessions = hours.on(now.date())
    clock = now.time()
    for index, session in enumerate(sessions):
        later = sessions[index + 1] if index + 1 < len(sessions) else None
        if clock < session.numbers_from:
            state = OpeningState.TOO_EARLY if index == 0 else OpeningState.LUNCH
            return Opening(state, resumes=_at(now, session), later=session)
        if clock < session.last_number:
            if quota is not None and issued_in_session >= quota:
                resumes = _at(now, later) if later else _next_day(hours, now)
                return Opening(OpeningState.SESSION_FULL, resumes=resumes, later=later)
            return Opening(_late(session, now, late_minutes, wait_seconds), session, later=later)
    return Opening(OpeningState.CLOSED, resumes=_next_day(hours, now))


def _late(session: Session, now: datetime, late_minutes: int, wait_seconds: int | None) -> OpeningState:
    closes = now.replace(hour=session.closes.hour, minute=session.closes.minute, second=0, microsecond=0)
    left = (closes - now).total_seconds()
    late = left <= late_minutes * 60 or (wait_seconds is not None and wait_seconds > left)
    return OpeningState.LATE if late else OpeningState.OPEN


def _at(now: datetime, session: Session) -> datetime:
    return datetime.combine(now.date(), session.numbers_from, tzinfo=now.tzinfo)


def _next_day(hours: Hours, now: datetime) -> datetime | None:
    for ahead in range(1, 15):
        day = now.date() + timedelta(days=ahead)
        sessions = hours.on(day)
        if sessions:
            return datetime.combine(day, sessions[0].numbers_from, tzinfo=now.tzinfo)
    return None
