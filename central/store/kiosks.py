"""Enrolled kiosks, their one-time codes and the machines that speak with their tokens."""

import json

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from central.store.records import Kiosk
from central.store.schema import enrol_codes, kiosk_instances, kiosks
from models.messages import Heartbeat

_BY_TOKEN = select(kiosks.c.office, kiosks.c.kiosk, kiosks.c.instance, kiosks.c.last_seen, kiosks.c.alarm_at).where(
    kiosks.c.token_hash == bindparam("h")
)
_MACHINE = (
    (kiosk_instances.c.office == bindparam("o"))
    & (kiosk_instances.c.kiosk == bindparam("k"))
    & (kiosk_instances.c.instance == bindparam("i"))
)


class Kiosks:
    """The kiosks of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def by_token(self, token_hash: str) -> Kiosk | None:
        """Whose token this is."""
        row = self._connection.execute(_BY_TOKEN, {"h": token_hash}).one_or_none()
        return None if row is None else Kiosk(row.office, row.kiosk, row.instance, row.last_seen, row.alarm_at)

    def add_code(self, code_hash: str, office: str, kiosk: int, expires_at: int) -> None:
        """A one-time code for a kiosk number; it ends the codes before it for the same number."""
        same = (enrol_codes.c.office == office) & (enrol_codes.c.kiosk == kiosk) & enrol_codes.c.used_at.is_(None)
        self._connection.execute(delete(enrol_codes).where(same))
        self._connection.execute(
            insert(enrol_codes).values(code_hash=code_hash, office=office, kiosk=kiosk, expires_at=expires_at)
        )

    def use_code(self, code_hash: str, now: int) -> tuple[str, int] | None:
        """Office and kiosk number of a code, which is spent by this; None when unknown, spent or too old."""
        good = (
            (enrol_codes.c.code_hash == code_hash) & enrol_codes.c.used_at.is_(None) & (enrol_codes.c.expires_at > now)
        )
        spend = update(enrol_codes).where(good).values(used_at=now).returning(enrol_codes.c.office, enrol_codes.c.kiosk)
        row = self._connection.execute(spend).one_or_none()
        return None if row is None else (row.office, row.kiosk)

    def enrol(self, office: str, kiosk: int, token_hash: str, now: int) -> bool:
        """Give a kiosk number a token; the old one ends. Answers whether there was an old one."""
        same = (kiosks.c.office == office) & (kiosks.c.kiosk == kiosk)
        was = self._connection.execute(delete(kiosks).where(same)).rowcount > 0
        self._connection.execute(
            delete(kiosk_instances).where(kiosk_instances.c.office == office, kiosk_instances.c.kiosk == kiosk)
        )
        self._connection.execute(
            insert(kiosks).values(office=office, kiosk=kiosk, token_hash=token_hash, enrolled_at=now)
        )
        return was

    def seen(self, kiosk: Kiosk, heartbeat: Heartbeat, now: int) -> int | None:
        """Write a heartbeat down; answers when this machine was last seen, None for a new one."""
        key = {"o": kiosk.office, "k": kiosk.kiosk, "i": heartbeat.instance}
        before = self._connection.execute(select(kiosk_instances.c.last_seen).where(_MACHINE), key).scalar()
        if before is None:
            row = {"office": kiosk.office, "kiosk": kiosk.kiosk, "instance": heartbeat.instance, "last_seen": now}
            self._connection.execute(insert(kiosk_instances), row)
        else:
            self._connection.execute(update(kiosk_instances).where(_MACHINE).values(last_seen=now), key)
        self._connection.execute(
            update(kiosks)
            .where(kiosks.c.office == kiosk.office, kiosks.c.kiosk == kiosk.kiosk)
            .values(
                instance=heartbeat.instance,
                last_seen=now,
                version=heartbeat.version,
                outbox=heartbeat.outbox,
                parked=heartbeat.parked,
                findings=json.dumps(heartbeat.findings),
            )
        )
        return before

    def forget_machines(self, kiosk: Kiosk, before: int) -> None:
        """Drop the machines that were not seen since ``before``: a kiosk that restarts daily leaves many."""
        self._connection.execute(
            delete(kiosk_instances).where(
                kiosk_instances.c.office == kiosk.office,
                kiosk_instances.c.kiosk == kiosk.kiosk,
                kiosk_instances.c.last_seen < before,
            )
        )

    def alarmed(self, kiosk: Kiosk, now: int) -> None:
        """Remember when the alarm of two machines was raised last."""
        self._connection.execute(
            update(kiosks).where(kiosks.c.office == kiosk.office, kiosks.c.kiosk == kiosk.kiosk).values(alarm_at=now)
        )
