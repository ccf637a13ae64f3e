"""People sign in. The password is looked at between two transactions: that takes long, and nobody shall wait for it."""

import hashlib
import re
from dataclasses import dataclass

from central.auth import Randomness, new_token, token_hash
from central.passwords import LEAST, MOST, password_hash
from central.store.records import User
from central.store.transaction import Transaction
from central.usecases.caller import Office, office_of
from central.usecases.problems import CallerProblem
from models.counter_messages import SessionAnswer
from models.errors import UnreadableInput

SESSION_MS = 12 * 3600_000
"""A working day; nobody stays signed in over night."""

TRY_WINDOW_MS = 15 * 60_000
TRIES_OF_USER = 5
TRIES_OF_ADDRESS = 100
"""So often in a window: one person from one address, and all from one address, which may be a whole office's."""

OFFICER, MANAGER = "officer", "manager"
_USER_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who is signed in, and their office now."""

    user: User
    office: Office


def put_user(
    tx: Transaction,
    office_code: str,
    name: str,
    shown_as: str,
    roles: tuple[str, ...],
    password: str,
    randomness: Randomness,
    now: int,
) -> bool:
    """Add somebody, or change name, roles and password of somebody, whose sessions end then. True when new.

    Raises:
        UnreadableInput: Name or password cannot be used, or the name is taken in another office.
        CallerProblem: Unknown office.
    """
    office = office_of(tx, office_code, now)
    if not _USER_NAME.fullmatch(name):
        raise UnreadableInput("a user's name is made of a-z, 0-9, dot, hyphen and underscore, at most 40")
    if not LEAST <= len(password) <= MOST:
        raise UnreadableInput(f"a password has {LEAST} to {MOST} characters")
    known = tx.staff.get(name)
    if known is not None and known.office != office.code:
        raise UnreadableInput("another office has a user of this name")
    return tx.staff.put(User(name, office.code, shown_as or name, roles, password_hash(password, randomness)), now)


def begin_sign_in(tx: Transaction, name: str, address: str, now: int) -> User | None:
    """Count the try; answers who it would be.

    Raises:
        CallerProblem: Too many tries; 429.
    """
    for key, most in zip(_try_keys(name, address), (TRIES_OF_USER, TRIES_OF_ADDRESS), strict=True):
        tries, ends = tx.staff.count_try(key, now, TRY_WINDOW_MS)
        if tries > most:
            seconds = max(1, -(-(ends - now) // 1000))
            raise CallerProblem("too-many-tries", 429, "too many tries; wait", {"seconds": str(seconds)})
    return tx.staff.get(name)


def end_sign_in(tx: Transaction, user: User, address: str, randomness: Randomness, now: int) -> str:
    """The password was right: a session's token.

    Raises:
        CallerProblem: The user was changed meanwhile; 401.
    """
    if tx.staff.get(user.name) != user:
        raise sign_in_refused()
    token = new_token(randomness)
    tx.staff.begin_session(token_hash(token), user.name, now, now + SESSION_MS)
    tx.staff.forget_tries(_try_keys(user.name, address)[0])
    return token


def colleague_of(tx: Transaction, session_hash: str, now: int) -> Colleague:
    """Whose session this is.

    Raises:
        CallerProblem: Nobody's, or it is over; 401.
    """
    user = tx.staff.user_of_session(session_hash, now)
    if user is None:
        raise not_signed_in()
    return Colleague(user, office_of(tx, user.office, now))


def csrf_of(session_token: str) -> str:
    """The session's second secret: our pages know it; another site's page, which can have the cookie sent, does not."""
    return hashlib.sha256(f"csrf:{session_token}".encode()).hexdigest()


def session_answer(user: User, session_token: str) -> SessionAnswer:
    """What a page is told of its session."""
    return SessionAnswer(user.name, user.shown_as, user.roles, user.office, csrf_of(session_token))


def not_signed_in() -> CallerProblem:
    """No session, or one that is over."""
    return CallerProblem("not-signed-in", 401, "sign in first")


def sign_in_refused() -> CallerProblem:
    """Unknown user or wrong password: one answer for both."""
    return CallerProblem("sign-in-refused", 401, "user or password is wrong")


def _try_keys(name: str, address: str) -> tuple[str, str]:
    # Hashed: what people type into the wrong field is not kept.
    one, all_of_them = (hashlib.sha256(text.encode()).hexdigest() for text in (f"{name}\0{address}", f"\0{address}"))
    return one, all_of_them
