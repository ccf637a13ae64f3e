"""Parked papers: nothing that is on paper is dropped, even when it cannot be filed."""

from typing import Any

from sqlalchemy import Connection, bindparam, insert, select

from central.store.records import ParkedPaper
from central.store.schema import parked_papers as papers

_KNOWN = select(papers.c.id).where(papers.c.office == bindparam("o"), papers.c.fingerprint == bindparam("f"))
_LIST = select(papers).where(papers.c.office == bindparam("o")).order_by(papers.c.id.desc()).limit(bindparam("limit"))


class Papers:
    """The parked papers of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def park(self, paper: ParkedPaper) -> bool:
        """Keep a paper; False when it stood there already, because a kiosk sends again."""
        key = {"o": paper.office, "f": paper.fingerprint}
        if self._connection.execute(_KNOWN, key).scalar() is not None:
            return False
        self._connection.execute(
            insert(papers),
            {
                "office": paper.office,
                "fingerprint": paper.fingerprint,
                "kiosk": paper.kiosk,
                "reason": paper.reason,
                "detail": paper.detail,
                "ticket_id": paper.ticket_id,
                "number": paper.number,
                "service": paper.service,
                "issued_at": paper.issued_at,
                "arrived_at": paper.arrived_at,
            },
        )
        return True

    def parked(self, office: str, limit: int = 500) -> list[ParkedPaper]:
        """Parked papers, newest first."""
        rows = self._connection.execute(_LIST, {"o": office, "limit": limit}).mappings()
        return [_paper(dict(row)) for row in rows]


def _paper(row: dict[str, Any]) -> ParkedPaper:
    return ParkedPaper(**row)
