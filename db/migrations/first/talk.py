"""Conversations, inbox and outbox, as the first migration makes them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.types import Id, Instant


def create() -> None:
    _stands()
    _inbox()
    _outbox()


def _stands() -> None:
    op.create_table(
        "stands",
        sa.Column("person", Id, nullable=False),
        sa.Column("conversation", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("state", sa.JSON(), nullable=False),
        sa.Column("recency", sa.BigInteger(), nullable=False),
        sa.Column("put_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_stands_person")),
        sa.PrimaryKeyConstraint("person", "conversation", name=op.f("pk_stands")),
    )


def _inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("id", Id, nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("done_at", Instant()),
        sa.CheckConstraint("state IN ('waiting', 'done', 'quarantined')", name=op.f("ck_inbox_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint("channel", "key", name=op.f("uq_inbox_channel_key")),
    )
    op.create_index(op.f("ix_inbox_state_id"), "inbox", ["state", "id"])


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", Id, nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("reply", sa.JSON(), nullable=False),
        sa.Column("attachment", sa.LargeBinary()),
        sa.Column("card", sa.String(), nullable=False),
        sa.Column("cause", Id),
        sa.Column("posted_at", Instant(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("secret", sa.Boolean(), nullable=False),
        sa.Column("done_at", Instant()),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.CheckConstraint("state IN ('waiting', 'sent', 'dead')", name=op.f("ck_outbox_state")),
        sa.ForeignKeyConstraint(["cause"], ["inbox.id"], name=op.f("fk_outbox_cause")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    op.create_index(op.f("ix_outbox_state_id"), "outbox", ["state", "id"])
