"""Events: rows of the transaction that made them true, numbered from the office's row."""

import json

from sqlalchemy import Connection, bindparam, insert, select, update

from central.store.records import Event
from central.store.schema import events, offices

_BLOCK = (
    update(offices)
    .where(offices.c.code == bindparam("office"))
    .values(event_high=offices.c.event_high + bindparam("n"))
    .returning(offices.c.event_high)
)
_INSERT = insert(events)
_AFTER = (
    select(events)
    .where(events.c.office == bindparam("office"), events.c.id > bindparam("after"))
    .order_by(events.c.id)
    .limit(bindparam("limit"))
)
_HIGH = select(offices.c.event_high).where(offices.c.code == bindparam("office"))

Data = dict[str, str | int | bool | None]


class Events:
    """The events of one transaction; they are written when its use case has ended well."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._pending: dict[str, list[Event]] = {}

    def add(self, office: str, at: int, kind: str, data: Data, *, audience: str = "public") -> None:
        """Something happened. ``data`` holds numbers and codes, nothing of a person."""
        self._pending.setdefault(office, []).append(Event(office, 0, at, kind, audience, data))

    def flush(self) -> None:
        """Number and write what was added: one block of ids for each office."""
        for office, added in self._pending.items():
            high = self._connection.execute(_BLOCK, {"office": office, "n": len(added)}).scalar_one()
            self._connection.execute(
                _INSERT,
                [
                    {
                        "office": office,
                        "id": high - len(added) + index,
                        "at": event.at,
                        "kind": event.kind,
                        "audience": event.audience,
                        "data": json.dumps(event.data, ensure_ascii=False),
                    }
                    for index, event in enumerate(added, start=1)
                ],
            )
        self._pending.clear()

    def after(self, office: str, event_id: int, limit: int) -> list[Event]:
        """Up to ``limit`` events after ``event_id``, oldest first."""
        rows = self._connection.execute(_AFTER, {"office": office, "after": event_id, "limit": limit})
        return [Event(r.office, r.id, r.at, r.kind, r.audience, json.loads(r.data)) for r in rows]

    def high(self, office: str) -> int:
        """The id of the last event; 0 when there is none."""
        return self._connection.execute(_HIGH, {"office": office}).scalar() or 0
