"""Offices and their catalogues."""

import json
from collections.abc import MutableMapping

from sqlalchemy import Connection, bindparam, insert, select, update

from central.store.schema import offices
from models.catalogue_wire import catalogue_etag, catalogue_from_wire, catalogue_to_wire
from models.service import Catalogue

CatalogueCache = MutableMapping[str, tuple[str, Catalogue]]
"""Office code to ETag and catalogue: reading the JSON anew for each ticket would cost more than the ticket."""

_ETAG = select(offices.c.etag).where(offices.c.code == bindparam("office"))
_WIRE = select(offices.c.etag, offices.c.catalogue).where(offices.c.code == bindparam("office"))
_CODES = select(offices.c.code).order_by(offices.c.code)


class Offices:
    """The offices of this central."""

    def __init__(self, connection: Connection, cache: CatalogueCache) -> None:
        self._connection = connection
        self._cache = cache

    def put(self, catalogue: Catalogue) -> bool:
        """Keep a catalogue; its events and tickets stay. Answers whether anything changed."""
        etag = catalogue_etag(catalogue)
        if self.etag(catalogue.office) == etag:
            return False
        values = {"catalogue": json.dumps(catalogue_to_wire(catalogue), ensure_ascii=False), "etag": etag}
        changed = self._connection.execute(
            update(offices).where(offices.c.code == catalogue.office).values(values)
        ).rowcount
        if not changed:
            self._connection.execute(insert(offices).values(code=catalogue.office, event_high=0, **values))
        return True

    def codes(self) -> list[str]:
        """Codes of all offices, in order."""
        return list(self._connection.execute(_CODES).scalars())

    def etag(self, office: str) -> str | None:
        """The ETag of the office's catalogue; None for an unknown office."""
        return self._connection.execute(_ETAG, {"office": office}).scalar()

    def catalogue(self, office: str) -> Catalogue | None:
        """The office's catalogue; None for an unknown office."""
        etag = self.etag(office)
        kept = self._cache.get(office)
        if kept is not None and kept[0] == etag:
            return kept[1]
        row = self._connection.execute(_WIRE, {"office": office}).one_or_none()
        if row is None:
            return None
        catalogue = catalogue_from_wire(json.loads(row.catalogue))
        self._cache[office] = (row.etag, catalogue)
        return catalogue
