"""Who last saw which totals, and who wishes a daily digest."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.types import Id, Instant

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "readings",
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("person", Id, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_readings_person")),
        sa.PrimaryKeyConstraint("form", "year", "month", "unit", "person", name=op.f("pk_readings")),
    )
    op.create_table(
        "digests",
        sa.Column("person", Id, nullable=False),
        sa.Column("through", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_digests_person")),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_digests")),
    )
    op.create_index(op.f("ix_revisions_stored_at"), "revisions", ["stored_at"])


def downgrade() -> None:
    raise NotImplementedError("the copy that was made before the migration is the way back")
