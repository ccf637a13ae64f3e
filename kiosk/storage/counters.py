"""Where the kiosk's own numbers come from: one row a series, prefix and day, never memory (promises 1 and 3).

The rules, each of which a state machine in ``tests/machines`` tries to break:

* A new day starts at 001, but only under a sure clock. While the clock is unsure a series goes on above everything it
  ever had in this database (the *unsure run*, kept under the day ``''``). When the clock is sure again the run is
  folded in: no day on which a paper of the run may turn out to have been issued can give its numbers again.
* A series that this database has never heard about from central (new, rebuilt or re-enrolled machine) starts at 501,
  because an earlier machine may have printed lower numbers today. Once central has told the next numbers, or on a later
  day than the first one, it starts where it should.
* Central's word raises a counter and never lowers it: the kiosk may have printed what central has not heard of yet.
* Reserve pads (`Counters.reserve_spares`) hold ordinals that no screen ticket gets on any day.
"""

import sqlite3
from collections.abc import Mapping
from datetime import date

from kiosk.storage.database import Database
from kiosk.storage.journal import Entry, Journal
from kiosk.storage.rows import Stamp
from models.errors import UnreadableInput
from models.numbering import RESTART_ORDINAL, Number, is_prefix, parse_number

LOCAL_SERIES = 0
"""The plain numbers of a kiosk without central (``numbering = "local"``)."""
SPARE_FIRST = 5001
"""Where reserve pads begin: far above what a field prints in a day, and known as a pad's by the four digits."""
SPARES_AT_MOST = 1000
_UNSURE_RUN = ""


class Counters:
    """The counter rows of one database."""

    def __init__(self, db: Database, journal: Journal) -> None:
        self._db = db
        self._journal = journal

    def learn_series(self, day: date, kiosk: int, next_ordinals: Mapping[str, int]) -> None:
        """Central tells the kiosk's next own ordinals for ``day`` (answers to enrolment and heartbeat)."""
        with self._db.write() as tx:
            self._learn(tx, day, kiosk, next_ordinals)

    def enrolled(self, day: date, kiosk: int, next_ordinals: Mapping[str, int]) -> None:
        """The machine was enrolled as ``kiosk``: what it knew of that series is void unless it is higher."""
        with self._db.write() as tx:
            tx.execute("DELETE FROM series_guards WHERE series = ?", (kiosk,))
            self._learn(tx, day, kiosk, next_ordinals)

    def local_high(self, day: date) -> dict[str, int]:
        """The highest plain ordinal by prefix printed on ``day`` without central, for the enrolment."""
        rows = self._db.rows("SELECT number FROM tickets WHERE day = ? AND number IS NOT NULL", (day.isoformat(),))
        high: dict[str, int] = {}
        for row in rows:
            number = parse_number(row["number"])
            if number.kiosk is None:
                high[number.prefix] = max(high.get(number.prefix, 0), number.ordinal)
        return high

    def own_high(self, day: date | None, kiosk: int) -> dict[str, int]:
        """The highest ordinal by prefix of the kiosk's own series that may be on a paper of ``day``, pads included.

        Told with every heartbeat, so that a machine that takes this one's place does not print them again.

        Args:
            day: None while the clock is unsure: then only what was printed since that and pads count.
        """
        rows = self._db.rows(
            "SELECT prefix, max(high) AS high FROM (SELECT prefix, next - 1 AS high FROM counters WHERE series = ?1 "
            "AND day IN (?2, ?3) UNION ALL SELECT prefix, last FROM spare_pads WHERE series = ?1) "
            "WHERE high > 0 GROUP BY prefix",
            (kiosk, _UNSURE_RUN if day is None else day.isoformat(), _UNSURE_RUN),
        )
        return {row["prefix"]: row["high"] for row in rows}

    def reserve_spares(self, *, prefix: str, kiosk: int | None, stamp: Stamp, count: int) -> tuple[Number, ...]:
        """Set ``count`` numbers aside for a reserve pad (*tập số dự trữ*), printed today for a power cut to come.

        Nobody knows on which day a pad is used, so its ordinals are held for ever: no screen ticket and no other pad
        of this database gets them on any day. Central hears of a pad number when somebody shows up with it at the
        counter, and that the pad exists from the heartbeat (`own_high`). No outbox row is written: a number that was
        never handed out must not stand in the queue.

        Raises:
            UnreadableInput: ``prefix`` is none, or ``count`` is not between 1 and 1000.
        """
        if not is_prefix(prefix):
            raise UnreadableInput(f"not a ticket prefix: {prefix[:10]!r}")
        if not 1 <= count <= SPARES_AT_MOST:
            raise UnreadableInput(f"a reserve pad has between 1 and {SPARES_AT_MOST} numbers")
        series = LOCAL_SERIES if kiosk is None else kiosk
        with self._db.write() as tx:
            first = self._free_spare(tx, series, prefix)
            last = first + count - 1
            self.hold_spares(tx, series, prefix, first, last, stamp.day)
            number = str(Number(prefix, first, kiosk))
            self._journal.append(Entry("spare", stamp.at.isoformat(), stamp.day.isoformat(), number=number, last=last))
        return tuple(Number(prefix, ordinal, kiosk) for ordinal in range(first, last + 1))

    # -- inside somebody else's transaction ---------------------------------------------------------------------------

    def take(self, tx: sqlite3.Connection, *, prefix: str, series: int, day: date, sure: bool) -> int:
        """The next ordinal of a series for ``day``, taken."""
        ordinal = self._past_spares(tx, series, prefix, self._candidate(tx, series, prefix, day, sure))
        self._raise_to(tx, series, prefix, day.isoformat() if sure else _UNSURE_RUN, ordinal + 1)
        return ordinal

    def put_back(
        self, tx: sqlite3.Connection, *, prefix: str, series: int, day: date, sure: bool, ordinal: int
    ) -> None:
        """A rebuilt database learns from the journal, in its order, that ``ordinal`` was given for ``day``."""
        floor = RESTART_ORDINAL if series != LOCAL_SERIES else 1
        if sure:
            self._fold(tx, series, prefix, day)
        self._raise_to(tx, series, prefix, day.isoformat() if sure else _UNSURE_RUN, max(ordinal + 1, floor))

    def pass_over(
        self, tx: sqlite3.Connection, *, prefix: str, series: int, day: date, sure: bool, ordinal: int
    ) -> None:
        """``ordinal`` may be on a paper of ``day`` although no ticket has it: it is not given any more."""
        self._raise_to(tx, series, prefix, day.isoformat() if sure else _UNSURE_RUN, ordinal + 1)

    def distrust(self, tx: sqlite3.Connection, series: int) -> None:
        """A rebuilt database does not trust a series until central has told its numbers."""
        tx.execute("INSERT OR REPLACE INTO series_guards (series, heard) VALUES (?, 0)", (series,))

    def hold_spares(
        self, tx: sqlite3.Connection, series: int, prefix: str, first: int, last: int, made_on: date
    ) -> None:
        """Record a reserve pad."""
        tx.execute(
            "INSERT INTO spare_pads (series, prefix, first, last, made_on) VALUES (?, ?, ?, ?, ?)",
            (series, prefix, first, last, made_on.isoformat()),
        )

    def hold_heard(self, tx: sqlite3.Connection, series: int, prefix: str, high: int, day: date) -> None:
        """Central knows of a number as high as a pad's: an earlier machine's pads may still lie in a drawer."""
        if high >= SPARE_FIRST:
            self.hold_spares(tx, series, prefix, SPARE_FIRST, high, day)

    # -----------------------------------------------------------------------------------------------------------------

    def _learn(self, tx: sqlite3.Connection, day: date, series: int, next_ordinals: Mapping[str, int]) -> None:
        guard = tx.execute("SELECT heard FROM series_guards WHERE series = ?", (series,)).fetchone()
        heard_before = guard is not None and bool(guard["heard"])
        for prefix, ordinal in next_ordinals.items():
            if not is_prefix(prefix) or ordinal < 1:
                continue
            # Since central was first heard only this database has printed this series. A high number from one of
            # its own pads therefore says nothing new, and the day's numbers need not jump above it.
            if heard_before and self._past_spares(tx, series, prefix, ordinal - 1) != ordinal - 1:
                continue
            if ordinal > (self._next(tx, series, prefix, day.isoformat()) or 1):
                self._raise_to(tx, series, prefix, day.isoformat(), ordinal)
                # Also a rebuilt database must know what an earlier machine printed, though it never printed it itself.
                number = str(Number(prefix, ordinal - 1, series))
                self._journal.append(Entry("heard", day.isoformat(), day.isoformat(), number=number))
                self.hold_heard(tx, series, prefix, ordinal - 1, day)
        runs = "SELECT prefix FROM counters WHERE series = ? AND day = ?"
        for row in tx.execute(runs, (series, _UNSURE_RUN)).fetchall():
            self._fold(tx, series, row["prefix"], day)
        tx.execute("INSERT OR REPLACE INTO series_guards (series, heard) VALUES (?, 1)", (series,))

    def _candidate(self, tx: sqlite3.Connection, series: int, prefix: str, day: date, sure: bool) -> int:
        if not sure:
            highest = self._highest(tx, series, prefix)
            return self._start(tx, series, None) if highest is None else highest
        start = self._start(tx, series, day)  # also notes the first sure day
        self._fold(tx, series, prefix, day)
        known = self._next(tx, series, prefix, day.isoformat())
        if known is not None:
            return known
        later = "SELECT 1 FROM counters WHERE series = ? AND prefix = ? AND day > ?"
        if tx.execute(later, (series, prefix, day.isoformat())).fetchone() is None:
            return start
        # The day went back although the clock is sure (central's clock was wrong): go on above everything.
        return max(start, self._highest(tx, series, prefix) or 1)

    def _fold(self, tx: sqlite3.Connection, series: int, prefix: str, day: date) -> None:
        run = self._next(tx, series, prefix, _UNSURE_RUN)
        if run is None:
            return
        tx.execute(
            "UPDATE counters SET next = max(next, ?) WHERE series = ? AND prefix = ? AND day <> ?",
            (run, series, prefix, _UNSURE_RUN),
        )
        self._raise_to(tx, series, prefix, day.isoformat(), run)
        tx.execute("DELETE FROM counters WHERE series = ? AND prefix = ? AND day = ?", (series, prefix, _UNSURE_RUN))

    def _start(self, tx: sqlite3.Connection, series: int, day: date | None) -> int:
        """Where a series begins on ``day`` (None: the clock is unsure)."""
        row = tx.execute("SELECT heard, bound_day FROM series_guards WHERE series = ?", (series,)).fetchone()
        if row is None:
            if series == LOCAL_SERIES:
                return 1
            self.distrust(tx, series)
            bound = None
        elif row["heard"]:
            return 1
        else:
            bound = row["bound_day"]
        if bound is None and day is not None:
            bound = day.isoformat()
            tx.execute("UPDATE series_guards SET bound_day = ? WHERE series = ?", (bound, series))
        # On a later day than the first sure one, whatever an earlier machine printed is of another day.
        return 1 if day is not None and bound is not None and day.isoformat() > bound else RESTART_ORDINAL

    def _next(self, tx: sqlite3.Connection, series: int, prefix: str, day: str) -> int | None:
        row = tx.execute(
            "SELECT next FROM counters WHERE series = ? AND prefix = ? AND day = ?", (series, prefix, day)
        ).fetchone()
        return None if row is None else int(row["next"])

    def _highest(self, tx: sqlite3.Connection, series: int, prefix: str) -> int | None:
        row = tx.execute(
            "SELECT max(next) AS next FROM counters WHERE series = ? AND prefix = ?", (series, prefix)
        ).fetchone()
        return None if row["next"] is None else int(row["next"])

    def _raise_to(self, tx: sqlite3.Connection, series: int, prefix: str, day: str, ordinal: int) -> None:
        tx.execute(
            "INSERT INTO counters (series, prefix, day, next) VALUES (?, ?, ?, ?) "
            "ON CONFLICT DO UPDATE SET next = max(next, excluded.next)",
            (series, prefix, day, ordinal),
        )

    def _past_spares(self, tx: sqlite3.Connection, series: int, prefix: str, ordinal: int) -> int:
        pad = "SELECT max(last) AS last FROM spare_pads WHERE series = ? AND prefix = ? AND ? BETWEEN first AND last"
        while (last := tx.execute(pad, (series, prefix, ordinal)).fetchone()["last"]) is not None:
            ordinal = last + 1
        return ordinal

    def _free_spare(self, tx: sqlite3.Connection, series: int, prefix: str) -> int:
        row = tx.execute(
            "SELECT max(last) AS last FROM spare_pads WHERE series = ? AND prefix = ?", (series, prefix)
        ).fetchone()
        after_pads = SPARE_FIRST if row["last"] is None else max(SPARE_FIRST, row["last"] + 1)
        return max(after_pads, self._highest(tx, series, prefix) or 1)
