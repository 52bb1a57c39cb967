"""Closings, unlocks and extensions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.types import Id, Instant

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _closings()
    _unlocks()
    _extensions()


def downgrade() -> None:
    raise NotImplementedError("the copy made before the migration is the way back")


def _closings() -> None:
    op.create_table(
        "closings",
        sa.Column("cluster", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("closed_at", Instant(), nullable=False),
        sa.Column("closed_by", Id, nullable=False),
        sa.Column("closer", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("trail", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["closed_by"], ["people.id"], name=op.f("fk_closings_closed_by")),
        sa.PrimaryKeyConstraint("cluster", "form", "year", "month", name=op.f("pk_closings")),
    )


def _unlocks() -> None:
    op.create_table(
        "unlocks",
        sa.Column("id", Id, nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("asker", Id, nullable=False),
        sa.Column("asker_name", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("answered_at", Instant()),
        sa.Column("answerer", sa.Text(), nullable=False),
        sa.Column("until", Instant()),
        sa.ForeignKeyConstraint(["asker"], ["people.id"], name=op.f("fk_unlocks_asker")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unlocks")),
    )
    op.create_index(op.f("ix_unlocks_office_year_month"), "unlocks", ["office", "year", "month"])


def _extensions() -> None:
    op.create_table(
        "extensions",
        sa.Column("cluster", sa.String(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("until", Instant(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("cluster", "office", "form", "year", "month", name=op.f("pk_extensions")),
    )
