"""Kiosks come, speak and are replaced (promise 3)."""

from datetime import date, timedelta

from central.auth import Randomness, code_hash, new_code, new_token, token_hash
from central.store.events import Data
from central.store.records import CENTRAL_SERIES
from central.store.transaction import Transaction
from central.usecases.caller import Caller, Office, office_of
from central.usecases.help import help_state
from central.usecases.problems import CallerProblem
from models.messages import EnrolAnswer, EnrolRequest, Heartbeat, HeartbeatAnswer, Series

CODE_LIFE_MS = 60 * 60_000
"""A code is made when the technician stands before the kiosk, or is on the way to it."""

ALARM_WINDOW_MS = 10 * 60_000
"""A machine that speaks again within this time, after another spoke with its token, is a second machine."""


def offer_code(tx: Transaction, office_code: str, kiosk: int, randomness: Randomness, now: int) -> str:
    """A one-time code for a kiosk number; codes given out before for the same number end.

    Raises:
        CallerProblem: Unknown office.
    """
    office = office_of(tx, office_code, now)
    code = new_code(randomness)
    hashed = code_hash(code)
    assert hashed is not None  # noqa: S101 - our own code is well-formed
    tx.kiosks.add_code(hashed, office.code, kiosk, now + CODE_LIFE_MS)
    return code


def enrol(tx: Transaction, request: EnrolRequest, randomness: Randomness, now: int) -> EnrolAnswer:
    """A one-time code becomes a token; the number's old token ends.

    Central's own numbers go on above those that the kiosk printed today without central.

    Raises:
        CallerProblem: The code is unknown, used or too old: 403, one answer for all three.
    """
    hashed = code_hash(request.code)
    used = None if hashed is None else tx.kiosks.use_code(hashed, now)
    if used is None:
        raise CallerProblem("code-refused", 403, "this code is unknown, used or too old; make a new one")
    office, kiosk = office_of(tx, used[0], now), used[1]
    token = new_token(randomness)
    replaced = tx.kiosks.enrol(office.code, kiosk, token_hash(token), now)
    _raise_marks(tx, office, CENTRAL_SERIES, request.local_high, request.day)
    told: Data = {"kiosk": kiosk, "replaced": replaced}
    tx.events.add(office.code, now, "kiosk_enrolled", told, audience="staff")
    return EnrolAnswer(token, kiosk, office.code, next_of(tx, office, kiosk), office.iso(now))


def heartbeat(tx: Transaction, caller: Caller, message: Heartbeat) -> HeartbeatAnswer:
    """A kiosk lives: tell it the time and its next own numbers; notice two machines with one token."""
    office, kiosk = caller.office, caller.kiosk
    before = tx.kiosks.seen(kiosk, message, office.now)
    came_back = before is not None and kiosk.instance is not None and kiosk.instance != message.instance
    if came_back and before is not None and office.now - before < ALARM_WINDOW_MS:
        _alarm(tx, caller)
    tx.kiosks.forget_machines(kiosk, office.now - ALARM_WINDOW_MS)
    _raise_marks(tx, office, kiosk.kiosk, message.own_high, message.day)
    series = next_of(tx, office, kiosk.kiosk)
    return HeartbeatAnswer(office.iso(office.now), series, help_state(tx, office.code, kiosk.kiosk))


def next_of(tx: Transaction, office: Office, kiosk: int) -> Series:
    """The next ordinals of a kiosk's own series today: one above the highest that is known to be on paper."""
    highs = tx.series.highs(office.code, office.today, kiosk)
    prefixes = {service.prefix for service in office.catalogue.services} | highs.keys()
    return Series(office.today, {prefix: highs.get(prefix, 0) + 1 for prefix in sorted(prefixes)})


def _alarm(tx: Transaction, caller: Caller) -> None:
    """Once a window: both machines go on speaking, and one alarm is heard better than twenty."""
    office, kiosk = caller.office, caller.kiosk
    if kiosk.alarm_at is not None and office.now - kiosk.alarm_at < ALARM_WINDOW_MS:
        return
    tx.kiosks.alarmed(kiosk, office.now)
    tx.events.add(
        office.code, office.now, "kiosk_alarm", {"kiosk": kiosk.kiosk, "why": "two_machines"}, audience="staff"
    )


def _raise_marks(tx: Transaction, office: Office, kiosk: int, highs: dict[str, int], day: str | None) -> None:
    today = date.fromisoformat(office.today)
    near = {(today + timedelta(days=step)).isoformat() for step in (-1, 0, 1)}
    counted = day if day in near else office.today
    for prefix, high in sorted(highs.items()):
        if high > 0:
            tx.series.at_least(office.code, counted, prefix, kiosk, high)
