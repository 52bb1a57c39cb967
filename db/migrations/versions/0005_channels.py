"""What is known of each channel: its webhook, its allowance and count; what a chat was sent last is found fast."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.types import Instant

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "channels",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("webhook", sa.String(), nullable=False),
        sa.Column("quota", sa.Integer()),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_channels")),
    )
    op.create_table(
        "counts",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("warned_at", Instant()),
        sa.PrimaryKeyConstraint("channel", "month", name=op.f("pk_counts")),
    )
    op.create_index(op.f("ix_outbox_channel_chat_id"), "outbox", ["channel", "chat", "id"])


def downgrade() -> None:
    raise NotImplementedError("the copy that was made before the migration is the way back")
