"""Reminders, promises, and whom a message must reach."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.types import Id, Instant

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_RUNGS = (
    "'opened', 'eve', 'morning', 'two_hours', 'overdue_1', 'overdue_2', 'overdue_3', 'promise', "
    "'list_before', 'list_at_deadline', 'head_only', 'broken', 'nudge'"
)


def upgrade() -> None:
    _reminders()
    _promises()
    op.create_table(
        "ticks",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("through", Instant()),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_ticks")),
    )
    # SQLite adds a column with its reference only in one breath.
    kind = "BIGINT" if op.get_context().dialect.name == "postgresql" else "INTEGER"
    op.execute(f"ALTER TABLE outbox ADD COLUMN person {kind} CONSTRAINT fk_outbox_person REFERENCES people (id)")


def downgrade() -> None:
    raise NotImplementedError("the copy that was made before the migration is the way back")


def _reminders() -> None:
    op.create_table(
        "reminders",
        sa.Column("id", Id, nullable=False),
        sa.Column("person", Id, nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("rung", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("sent_at", Instant(), nullable=False),
        sa.CheckConstraint(f"rung IN ({_RUNGS})", name=op.f("ck_reminders_rung")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_reminders_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
        sa.UniqueConstraint("form", "year", "month", "person", "unit", "rung", "at", name="uq_reminders_once"),
    )


def _promises() -> None:
    op.create_table(
        "promises",
        sa.Column("id", Id, nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("person", Id, nullable=False),
        sa.Column("until", Instant(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_promises_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promises")),
    )
    op.create_index(op.f("ix_promises_form_year_month_office"), "promises", ["form", "year", "month", "office"])
