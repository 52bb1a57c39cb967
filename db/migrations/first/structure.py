"""The structure, as the first migration makes it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


def create() -> None:
    _settings()
    _provinces()
    _clusters()
    _offices()
    _calendar_days()


def _settings() -> None:
    op.create_table(
        "settings",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_settings")),
    )


def _provinces() -> None:
    op.create_table(
        "provinces",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_provinces")),
    )


def _clusters() -> None:
    op.create_table(
        "clusters",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("short", sa.Text(), nullable=False),
        sa.Column("province", sa.String(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date()),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("ck_clusters_dates")),
        sa.ForeignKeyConstraint(["province"], ["provinces.key"], name=op.f("fk_clusters_province")),
        sa.PrimaryKeyConstraint("key", "valid_from", name=op.f("pk_clusters")),
    )


def _offices() -> None:
    op.create_table(
        "offices",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("cluster", sa.String(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date()),
        sa.Column("successor", sa.String()),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("ck_offices_dates")),
        sa.PrimaryKeyConstraint("key", "valid_from", name=op.f("pk_offices")),
    )


def _calendar_days() -> None:
    op.create_table(
        "calendar_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.CheckConstraint("kind IN ('day_off', 'working_saturday')", name=op.f("ck_calendar_days_kind")),
        sa.PrimaryKeyConstraint("day", "kind", name=op.f("pk_calendar_days")),
    )
