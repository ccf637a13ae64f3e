"""The tables. The migrations say the same; a test holds the two together.

Times are milliseconds since the epoch, UTC; days are the office's, ``YYYY-MM-DD``; yes and no are 1 and 0.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

# STRICT tables of SQLite know no BIGINT; their INTEGER has 64 bits.
Big = BigInteger().with_variant(Integer, "sqlite")

offices = Table(
    "offices",
    metadata,
    Column("code", Text, primary_key=True),
    Column("catalogue", Text, nullable=False),
    Column("etag", Text, nullable=False),
    Column("event_high", Big, nullable=False),
    sqlite_strict=True,
)

kiosks = Table(
    "kiosks",
    metadata,
    Column("office", Text, nullable=False),
    Column("kiosk", Integer, nullable=False),
    Column("token_hash", Text, nullable=False, unique=True),
    Column("enrolled_at", Big, nullable=False),
    Column("instance", Text),
    Column("last_seen", Big),
    Column("alarm_at", Big),
    Column("version", Text),
    Column("outbox", Integer),
    Column("parked", Integer),
    Column("findings", Text),
    PrimaryKeyConstraint("office", "kiosk"),
    sqlite_strict=True,
)

kiosk_instances = Table(
    "kiosk_instances",
    metadata,
    Column("office", Text, nullable=False),
    Column("kiosk", Integer, nullable=False),
    Column("instance", Text, nullable=False),
    Column("last_seen", Big, nullable=False),
    PrimaryKeyConstraint("office", "kiosk", "instance"),
    sqlite_strict=True,
)

enrol_codes = Table(
    "enrol_codes",
    metadata,
    Column("code_hash", Text, primary_key=True),
    Column("office", Text, nullable=False),
    Column("kiosk", Integer, nullable=False),
    Column("expires_at", Big, nullable=False),
    Column("used_at", Big),
    sqlite_strict=True,
)

# Numbers come from here and nowhere else. Keyed by prefix, not by service: a letter that is passed from one field to
# another in the middle of a day goes on where it stood. Kiosk 0 is central's own series.
number_series = Table(
    "number_series",
    metadata,
    Column("office", Text, nullable=False),
    Column("day", Text, nullable=False),
    Column("prefix", Text, nullable=False),
    Column("kiosk", Integer, nullable=False),
    Column("high", Integer, nullable=False),
    Column("last_place", Big, nullable=False),
    PrimaryKeyConstraint("office", "day", "prefix", "kiosk"),
    sqlite_strict=True,
)

tickets = Table(
    "tickets",
    metadata,
    Column("office", Text, nullable=False),
    Column("ticket_id", Text, nullable=False),
    Column("day", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("printed", Integer, nullable=False),
    Column("service", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("issued_at", Big, nullable=False),
    Column("place_at", Big, nullable=False),
    Column("arrived_at", Big, nullable=False),
    Column("called_at", Big),
    Column("kiosk", Integer, nullable=False),
    Column("method", Text, nullable=False),
    Column("priority", Text),
    Column("priority_proven", Integer, nullable=False),
    Column("person_ref", Text),
    Column("procedure", Text),
    Column("on_behalf", Integer, nullable=False),
    Column("session", Text),
    Column("print", Text),
    Column("follow_hash", Text),
    Column("flags", Text, nullable=False),
    PrimaryKeyConstraint("office", "ticket_id"),
    UniqueConstraint("office", "day", "number", name="one_paper_one_number"),
    Index("tickets_in_order", "office", "day", "service", "state", "place_at", "issued_at", "ticket_id"),
    Index("tickets_of_person", "office", "person_ref", "day"),
    Index("tickets_followed", "follow_hash"),
    sqlite_strict=True,
)

# A number that central gave and no paper carries: the kiosk had printed one of its own.
number_gaps = Table(
    "number_gaps",
    metadata,
    Column("office", Text, nullable=False),
    Column("day", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("ticket_id", Text, nullable=False),
    Column("replaced_by", Text, nullable=False),
    Column("at", Big, nullable=False),
    PrimaryKeyConstraint("office", "day", "number"),
    sqlite_strict=True,
)

# Cancels travel in the first lane: they may arrive before the ticket they cancel.
early_cancels = Table(
    "early_cancels",
    metadata,
    Column("office", Text, nullable=False),
    Column("ticket_id", Text, nullable=False),
    Column("at", Big, nullable=False),
    PrimaryKeyConstraint("office", "ticket_id"),
    sqlite_strict=True,
)

parked_papers = Table(
    "parked_papers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("office", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("kiosk", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("ticket_id", Text),
    Column("number", Text),
    Column("service", Text),
    Column("issued_at", Text),
    Column("arrived_at", Big, nullable=False),
    UniqueConstraint("office", "fingerprint"),
    sqlite_strict=True,
)

events = Table(
    "events",
    metadata,
    Column("office", Text, nullable=False),
    Column("id", Big, nullable=False),
    Column("at", Big, nullable=False),
    Column("kind", Text, nullable=False),
    Column("audience", Text, nullable=False),
    Column("data", Text, nullable=False),
    PrimaryKeyConstraint("office", "id"),
    sqlite_strict=True,
)

help_calls = Table(
    "help_calls",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("office", Text, nullable=False),
    Column("kiosk", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("emergency", Integer, nullable=False),
    Column("called_at", Big, nullable=False),
    Column("acknowledged_at", Big),
    Column("ended_at", Big),
    Index("help_calls_of_kiosk", "office", "kiosk", "id"),
    sqlite_strict=True,
)

# People who work in an office. Their passwords are kept as scrypt has them (`central.passwords`).
users = Table(
    "users",
    metadata,
    Column("name", Text, primary_key=True),
    Column("office", Text, nullable=False),
    Column("shown_as", Text, nullable=False),
    Column("roles", Text, nullable=False),
    Column("password", Text, nullable=False),
    Column("changed_at", Big, nullable=False),
    sqlite_strict=True,
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", Text, primary_key=True),
    Column("user", Text, nullable=False),
    Column("expires_at", Big, nullable=False),
    Index("sessions_of_user", "user"),
    sqlite_strict=True,
)

# Tries to sign in, by a hash of who tried from where.
sign_in_tries = Table(
    "sign_in_tries",
    metadata,
    Column("key", Text, primary_key=True),
    Column("since", Big, nullable=False),
    Column("count", Integer, nullable=False),
    sqlite_strict=True,
)

# What is at a counter now, and where the counter stands in the ratio of priority. That two counters hold one ticket
# is forbidden here as well.
counters = Table(
    "counters",
    metadata,
    Column("office", Text, nullable=False),
    Column("counter", Integer, nullable=False),
    Column("day", Text, nullable=False),
    Column("ticket_id", Text),
    Column("called_priority", Integer, nullable=False),
    Column("called_ordinary", Integer, nullable=False),
    PrimaryKeyConstraint("office", "counter"),
    UniqueConstraint("office", "ticket_id", name="one_ticket_one_counter"),
    sqlite_strict=True,
)

# What became of a ticket at the counters; without a row it was not called yet.
handlings = Table(
    "handlings",
    metadata,
    Column("office", Text, nullable=False),
    Column("ticket_id", Text, nullable=False),
    Column("day", Text, nullable=False),
    Column("counter", Integer),
    Column("calls", Integer, nullable=False),
    Column("called_at", Big),
    Column("started_at", Big),
    Column("ended_at", Big),
    Column("only_counter", Integer),
    PrimaryKeyConstraint("office", "ticket_id"),
    Index("handlings_by_call", "office", "day", "called_at"),
    sqlite_strict=True,
)

# Who did what, when and at which counter. `answer` makes a repeated request harmless, `before` and `after` an undo.
acts = Table(
    "acts",
    metadata,
    Column("serial", Integer, primary_key=True),
    Column("office", Text, nullable=False),
    Column("counter", Integer, nullable=False),
    Column("request_id", Text, nullable=False),
    Column("at", Big, nullable=False),
    Column("user", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("reason", Text),
    Column("ticket_id", Text),
    Column("answer", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("undone", Integer, nullable=False),
    UniqueConstraint("office", "counter", "request_id", name="one_request_one_act"),
    Index("acts_in_order", "office", "counter", "serial"),
    sqlite_strict=True,
)
