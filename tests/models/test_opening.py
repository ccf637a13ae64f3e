from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from models.opening import OpeningState, opening
from models.service import Hours, Session

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
MORNING = Session(time(7, 30), time(11, 30), time(7), time(11, 15))
AFTERNOON = Session(time(13), time(17), time(12, 45), time(16, 45))
WEEK = Hours(((MORNING, AFTERNOON),) * 5 + ((MORNING,), ()), closed_days=(date(2026, 11, 24),))


def monday(clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-23T{clock}").replace(tzinfo=HANOI)


@pytest.mark.parametrize(
    ("clock", "state"),
    [
        ("06:59", OpeningState.TOO_EARLY),
        ("07:00", OpeningState.OPEN),
        ("11:09", OpeningState.OPEN),
        ("11:10", OpeningState.LATE),
        ("11:15", OpeningState.LUNCH),
        ("12:44", OpeningState.LUNCH),
        ("12:45", OpeningState.OPEN),
        ("16:45", OpeningState.CLOSED),
    ],
)
def test_a_day_of_the_ward(clock: str, state: OpeningState) -> None:
    assert opening(WEEK, monday(clock)).state is state


def test_a_full_session_sends_to_the_next_one() -> None:
    full = opening(WEEK, monday("09:00"), quota=40, issued_in_session=40)
    assert full.state is OpeningState.SESSION_FULL
    assert full.resumes == monday("12:45")
    assert not full.takes_numbers


def test_a_wait_beyond_closing_time_warns_and_offers_the_afternoon() -> None:
    late = opening(WEEK, monday("10:00"), wait_seconds=2 * 3600)
    assert (late.state, late.later) == (OpeningState.LATE, AFTERNOON)


def test_a_closed_day_says_when_numbers_begin_again() -> None:
    closed = opening(WEEK, monday("17:30"))
    assert closed.resumes == datetime(2026, 11, 25, 7, tzinfo=HANOI)  # Tuesday is a day off


def test_an_office_that_never_opens_promises_nothing() -> None:
    assert opening(Hours(((),) * 7), monday("09:00")).resumes is None
