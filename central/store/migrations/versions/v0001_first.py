"""The first tables.

Revision ID: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables of an empty database."""
    _create_office_and_kiosks()
    _create_tickets()
    _create_the_rest()


def _create_office_and_kiosks() -> None:
    op.create_table(
        "offices",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("catalogue", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=False),
        sa.Column("event_high", BIG, nullable=False),
        sa.PrimaryKeyConstraint("code"),
        sqlite_strict=True,
    )
    op.create_table(
        "kiosks",
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("kiosk", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("enrolled_at", BIG, nullable=False),
        sa.Column("instance", sa.Text(), nullable=True),
        sa.Column("last_seen", BIG, nullable=True),
        sa.Column("alarm_at", BIG, nullable=True),
        sa.Column("version", sa.Text(), nullable=True),
        sa.Column("outbox", sa.Integer(), nullable=True),
        sa.Column("parked", sa.Integer(), nullable=True),
        sa.Column("findings", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("office", "kiosk"),
        sa.UniqueConstraint("token_hash"),
        sqlite_strict=True,
    )
    op.create_table(
        "kiosk_instances",
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("kiosk", sa.Integer(), nullable=False),
        sa.Column("instance", sa.Text(), nullable=False),
        sa.Column("last_seen", BIG, nullable=False),
        sa.PrimaryKeyConstraint("office", "kiosk", "instance"),
        sqlite_strict=True,
    )
    op.create_table(
        "enrol_codes",
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("kiosk", sa.Integer(), nullable=False),
        sa.Column("expires_at", BIG, nullable=False),
        sa.Column("used_at", BIG, nullable=True),
        sa.PrimaryKeyConstraint("code_hash"),
        sqlite_strict=True,
    )
    op.create_table(
        "help_calls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("kiosk", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("emergency", sa.Integer(), nullable=False),
        sa.Column("called_at", BIG, nullable=False),
        sa.Column("acknowledged_at", BIG, nullable=True),
        sa.Column("ended_at", BIG, nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index("help_calls_of_kiosk", "help_calls", ["office", "kiosk", "id"], unique=False)


def _create_tickets() -> None:
    op.create_table(
        "tickets",
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("ticket_id", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("printed", sa.Integer(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("issued_at", BIG, nullable=False),
        sa.Column("place_at", BIG, nullable=False),
        sa.Column("arrived_at", BIG, nullable=False),
        sa.Column("called_at", BIG, nullable=True),
        sa.Column("kiosk", sa.Integer(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("priority", sa.Text(), nullable=True),
        sa.Column("priority_proven", sa.Integer(), nullable=False),
        sa.Column("person_ref", sa.Text(), nullable=True),
        sa.Column("procedure", sa.Text(), nullable=True),
        sa.Column("on_behalf", sa.Integer(), nullable=False),
        sa.Column("session", sa.Text(), nullable=True),
        sa.Column("print", sa.Text(), nullable=True),
        sa.Column("follow_hash", sa.Text(), nullable=True),
        sa.Column("flags", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("office", "ticket_id"),
        sa.UniqueConstraint("office", "day", "number", name="one_paper_one_number"),
        sqlite_strict=True,
    )
    op.create_index("tickets_followed", "tickets", ["follow_hash"], unique=False)
    op.create_index(
        "tickets_in_order",
        "tickets",
        ["office", "day", "service", "state", "place_at", "issued_at", "ticket_id"],
        unique=False,
    )
    op.create_index("tickets_of_person", "tickets", ["office", "person_ref", "day"], unique=False)
    op.create_table(
        "number_series",
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("kiosk", sa.Integer(), nullable=False),
        sa.Column("high", sa.Integer(), nullable=False),
        sa.Column("last_place", BIG, nullable=False),
        sa.PrimaryKeyConstraint("office", "day", "prefix", "kiosk"),
        sqlite_strict=True,
    )
    op.create_table(
        "number_gaps",
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("ticket_id", sa.Text(), nullable=False),
        sa.Column("replaced_by", sa.Text(), nullable=False),
        sa.Column("at", BIG, nullable=False),
        sa.PrimaryKeyConstraint("office", "day", "number"),
        sqlite_strict=True,
    )


def _create_the_rest() -> None:
    op.create_table(
        "early_cancels",
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("ticket_id", sa.Text(), nullable=False),
        sa.Column("at", BIG, nullable=False),
        sa.PrimaryKeyConstraint("office", "ticket_id"),
        sqlite_strict=True,
    )
    op.create_table(
        "parked_papers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("kiosk", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("ticket_id", sa.Text(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("service", sa.Text(), nullable=True),
        sa.Column("issued_at", sa.Text(), nullable=True),
        sa.Column("arrived_at", BIG, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("office", "fingerprint"),
        sqlite_strict=True,
    )
    op.create_table(
        "events",
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("id", BIG, nullable=False),
        sa.Column("at", BIG, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("office", "id"),
        sqlite_strict=True,
    )
