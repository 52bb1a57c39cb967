"""Roles that are handed on for a time, and who is away when."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.baseline import seal
from db.types import Id, Instant

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # SQLite adds a column with its reference only in one breath.
    kind = "BIGINT" if op.get_context().dialect.name == "postgresql" else "INTEGER"
    op.execute(f"ALTER TABLE grants ADD COLUMN giver {kind} CONSTRAINT fk_grants_giver REFERENCES people (id)")
    _absences()
    if not op.get_context().as_sql:
        seal(op.get_bind(), ("grants",))  # with the column that the trail has not spoken of yet


def downgrade() -> None:
    raise NotImplementedError("the copy that was made before the migration is the way back")


def _absences() -> None:
    op.create_table(
        "absences",
        sa.Column("id", Id, nullable=False),
        sa.Column("person", Id, nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("said_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_absences_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absences")),
    )
    op.create_index(op.f("ix_absences_person"), "absences", ["person"])
