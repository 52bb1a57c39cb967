"""Codes that link a channel, where people want to be told, and which bot a channel had."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.types import Id, Instant, Words

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "links",
        sa.Column("id", Id, nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("person", Id, nullable=False),
        sa.Column("home_channel", sa.String(), nullable=False),
        sa.Column("home_chat", sa.String(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("channel", sa.String()),
        sa.Column("chat", sa.String()),
        sa.Column("name", Words(), nullable=False),
        sa.Column("sent_at", Instant()),
        sa.Column("answered_at", Instant()),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_links_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_links")),
        sa.UniqueConstraint("hash", name=op.f("uq_links_hash")),
    )
    op.create_index(op.f("ix_links_person"), "links", ["person"])
    op.add_column("places", sa.Column("pinned_at", Instant()))
    op.add_column("channels", sa.Column("bot", sa.String()))


def downgrade() -> None:
    raise NotImplementedError("the copy that was made before the migration is the way back")
