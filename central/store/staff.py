"""People who work in an office, their sessions, and how often somebody tried to sign in."""

import json

from sqlalchemy import Connection, delete, insert, or_, select, update

from central.store.records import User
from central.store.schema import sessions, sign_in_tries, users


class Staff:
    """The users and sessions of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, user: User, now: int) -> bool:
        """Add a user or change one, whose sessions end then. Answers whether the user is new."""
        values = {
            "office": user.office,
            "shown_as": user.shown_as,
            "roles": json.dumps(user.roles),
            "password": user.password,
            "changed_at": now,
        }
        self._connection.execute(delete(sessions).where(sessions.c.user == user.name))
        if self._connection.execute(update(users).where(users.c.name == user.name).values(values)).rowcount:
            return False
        self._connection.execute(insert(users).values(name=user.name, **values))
        return True

    def get(self, name: str) -> User | None:
        """The user called ``name``."""
        row = self._connection.execute(select(users).where(users.c.name == name)).one_or_none()
        if row is None:
            return None
        return User(row.name, row.office, row.shown_as, tuple(json.loads(row.roles)), row.password)

    def begin_session(self, token_hash: str, user: str, now: int, expires_at: int) -> None:
        """Open a session; those that are over are forgotten."""
        self._connection.execute(delete(sessions).where(sessions.c.expires_at <= now))
        self._connection.execute(insert(sessions).values(token_hash=token_hash, user=user, expires_at=expires_at))

    def user_of_session(self, token_hash: str, now: int) -> User | None:
        """Whose session this is; None when it is nobody's, or over."""
        live = (sessions.c.token_hash == token_hash) & (sessions.c.expires_at > now)
        name = self._connection.execute(select(sessions.c.user).where(live)).scalar()
        return None if name is None else self.get(name)

    def end_session(self, token_hash: str) -> None:
        """End a session."""
        self._connection.execute(delete(sessions).where(sessions.c.token_hash == token_hash))

    def count_try(self, key: str, now: int, window: int) -> tuple[int, int]:
        """Count one more try of ``key``: how many there were in the window, this one included, and when it ends."""
        self._connection.execute(delete(sign_in_tries).where(sign_in_tries.c.since <= now - window))
        same = sign_in_tries.c.key == key
        more = update(sign_in_tries).where(same).values(count=sign_in_tries.c.count + 1)
        row = self._connection.execute(more.returning(sign_in_tries.c.count, sign_in_tries.c.since)).one_or_none()
        if row is not None:
            return row[0], row[1] + window
        self._connection.execute(insert(sign_in_tries).values(key=key, since=now, count=1))
        return 1, now + window

    def forget_tries(self, *keys: str) -> None:
        """Somebody signed in: what was tried before does not count."""
        self._connection.execute(delete(sign_in_tries).where(or_(*(sign_in_tries.c.key == key for key in keys))))
