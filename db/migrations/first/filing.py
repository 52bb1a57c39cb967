"""Reports, revisions, cells and targets, as the first migration makes them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.types import Id, Instant


def create() -> None:
    _reports()
    _revisions()
    _targets()
    _cells()


def _reports() -> None:
    op.create_table(
        "reports",
        sa.Column("id", Id, nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("deadline", Instant(), nullable=False),
        sa.Column("on_time", sa.Boolean(), nullable=False),
        sa.CheckConstraint("month BETWEEN 1 AND 12", name=op.f("ck_reports_month")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sa.UniqueConstraint("form", "year", "month", "office", name=op.f("uq_reports_form_year_month_office")),
    )


def _revisions() -> None:
    op.create_table(
        "revisions",
        sa.Column("id", Id, nullable=False),
        sa.Column("report", Id, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("author", Id, nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("sent_at", Instant(), nullable=False),
        sa.Column("stored_at", Instant(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("nil", sa.Boolean(), nullable=False),
        sa.Column("card", Id, nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_revisions_number")),
        sa.ForeignKeyConstraint(["author"], ["people.id"], name=op.f("fk_revisions_author")),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name=op.f("fk_revisions_report")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revisions")),
        sa.UniqueConstraint("report", "number", name=op.f("uq_revisions_report_number")),
    )
    op.create_index(op.f("ix_revisions_author_id"), "revisions", ["author", "id"])


def _targets() -> None:
    op.create_table(
        "targets",
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("rate", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("numerator", Id, nullable=False),
        sa.Column("denominator", Id, nullable=False),
        sa.Column("put_at", Instant(), nullable=False),
        sa.CheckConstraint("measure IN ('cases', 'money')", name=op.f("ck_targets_measure")),
        sa.CheckConstraint("numerator >= 0 AND denominator > 0", name=op.f("ck_targets_fraction")),
        sa.PrimaryKeyConstraint("unit", "year", "rate", "measure", "valid_from", name=op.f("pk_targets")),
    )


def _cells() -> None:
    op.create_table(
        "cells",
        sa.Column("revision", Id, nullable=False),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("value >= 0", name=op.f("ck_cells_value")),
        sa.ForeignKeyConstraint(["revision"], ["revisions.id"], name=op.f("fk_cells_revision")),
        sa.PrimaryKeyConstraint("revision", "indicator", "measure", name=op.f("pk_cells")),
    )
