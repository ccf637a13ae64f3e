"""Numbers from one row: central's series and the high-water marks of the kiosks' own."""

from sqlalchemy import Connection, bindparam, case, insert, select, update

from central.store.records import CENTRAL_SERIES
from central.store.schema import number_series as series

_ROW = (
    (series.c.office == bindparam("o"))
    & (series.c.day == bindparam("d"))
    & (series.c.prefix == bindparam("p"))
    & (series.c.kiosk == bindparam("k"))
)
_TAKE = (
    update(series)
    .where(_ROW)
    .values(
        high=series.c.high + 1,
        last_place=case((series.c.last_place < bindparam("at"), bindparam("at")), else_=series.c.last_place + 1),
    )
    .returning(series.c.high, series.c.last_place)
)
_RAISE = (
    update(series)
    .where(_ROW)
    .values(high=case((series.c.high < bindparam("least"), bindparam("least")), else_=series.c.high))
)
_NEW = insert(series)
_OF_KIOSK = select(series.c.prefix, series.c.high).where(
    series.c.office == bindparam("o"), series.c.day == bindparam("d"), series.c.kiosk == bindparam("k")
)


class NumberSeries:
    """The counter rows of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def take(self, office: str, day: str, prefix: str, at: int) -> tuple[int, int]:
        """The next ordinal of central's series and the place of its ticket.

        Two kiosks ask in another order than people touched, by milliseconds. So that central's numbers are called in
        their own order, a place is always after the place of the number before it.

        Args:
            at: Time of issue, ms.
        """
        key = {"o": office, "d": day, "p": prefix, "k": CENTRAL_SERIES}
        row = self._connection.execute(_TAKE, {**key, "at": at}).one_or_none()
        if row is not None:
            return row.high, row.last_place
        self._insert(office, day, prefix, CENTRAL_SERIES, 1, at)
        return 1, at

    def at_least(self, office: str, day: str, prefix: str, kiosk: int, ordinal: int) -> None:
        """``ordinal`` is on a paper: the series goes on above it."""
        key = {"o": office, "d": day, "p": prefix, "k": kiosk, "least": ordinal}
        if not self._connection.execute(_RAISE, key).rowcount:
            self._insert(office, day, prefix, kiosk, ordinal, 0)

    def highs(self, office: str, day: str, kiosk: int) -> dict[str, int]:
        """The highest ordinal by prefix that is known of one series."""
        rows = self._connection.execute(_OF_KIOSK, {"o": office, "d": day, "k": kiosk})
        return {row.prefix: row.high for row in rows}

    def _insert(self, office: str, day: str, prefix: str, kiosk: int, high: int, last_place: int) -> None:
        self._connection.execute(
            _NEW,
            {"office": office, "day": day, "prefix": prefix, "kiosk": kiosk, "high": high, "last_place": last_place},
        )
