"""Calls for help from kiosks."""

from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from central.store.records import HelpCall
from central.store.schema import help_calls as calls


class Helps:
    """The calls for help of one transaction; at most one a kiosk is open."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def call(self, office: str, kiosk: int, reason: str, emergency: bool, now: int) -> HelpCall:
        """Open a call."""
        call_id = self._connection.execute(
            insert(calls)
            .values(office=office, kiosk=kiosk, reason=reason, emergency=int(emergency), called_at=now)
            .returning(calls.c.id)
        ).scalar_one()
        return HelpCall(call_id, office, kiosk, reason, emergency, now)

    def open(self, office: str, kiosk: int) -> HelpCall | None:
        """The kiosk's open call."""
        where = (calls.c.office == office) & (calls.c.kiosk == kiosk) & calls.c.ended_at.is_(None)
        row = self._connection.execute(select(calls).where(where).order_by(calls.c.id.desc()).limit(1)).one_or_none()
        return None if row is None else _call(row)

    def get(self, office: str, call_id: int) -> HelpCall | None:
        """An open call by its id."""
        where = (calls.c.office == office) & (calls.c.id == call_id) & calls.c.ended_at.is_(None)
        row = self._connection.execute(select(calls).where(where)).one_or_none()
        return None if row is None else _call(row)

    def escalate(self, call_id: int, reason: str, now: int) -> None:
        """A call became an emergency: it wants to be seen anew."""
        self._change(call_id, emergency=1, reason=reason, called_at=now, acknowledged_at=None)

    def acknowledge(self, call_id: int, now: int) -> None:
        """Staff have seen the call."""
        self._change(call_id, acknowledged_at=now)

    def end(self, call_id: int, now: int) -> None:
        """The call is over."""
        self._change(call_id, ended_at=now)

    def _change(self, call_id: int, **values: Any) -> None:
        self._connection.execute(update(calls).where(calls.c.id == call_id).values(values))


def _call(row: Row[Any]) -> HelpCall:
    return HelpCall(row.id, row.office, row.kiosk, row.reason, bool(row.emergency), row.called_at, row.acknowledged_at)
