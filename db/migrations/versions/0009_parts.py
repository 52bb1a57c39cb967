"""How much of a long message is through, what nobody is sure of, and which channels have stopped or are spent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.types import Instant

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("gone", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("outbox", sa.Column("unsure", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("outbox", sa.Column("instead", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("channels", sa.Column("stopped_at", Instant()))
    op.add_column("counts", sa.Column("spent_at", Instant()))


def downgrade() -> None:
    raise NotImplementedError("the copy that was made before the migration is the way back")
