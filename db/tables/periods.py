"""Periods that were closed, opened again for one office, or given more time."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Index, PrimaryKeyConstraint, String, Table

from db.tables.columns import metadata, reported
from db.types import Id, Instant, Words

closings = Table(
    "closings",
    metadata,
    Column("cluster", String, nullable=False),
    *reported(),
    Column("figures", JSON, nullable=False),
    Column("closed_at", Instant, nullable=False),
    Column("closed_by", Id, ForeignKey("people.id"), nullable=False),
    Column("closer", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("trail", String, nullable=False),
    PrimaryKeyConstraint("cluster", "form", "year", "month"),
)

unlocks = Table(
    "unlocks",
    metadata,
    Column("id", Id, primary_key=True),
    Column("office", String, nullable=False),
    *reported(),
    Column("asker", Id, ForeignKey("people.id"), nullable=False),
    Column("asker_name", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("answered_at", Instant),
    Column("answerer", Words, nullable=False),
    Column("until", Instant),  # none when it was refused
    Index(None, "office", "year", "month"),
)

extensions = Table(
    "extensions",
    metadata,
    Column("cluster", String, nullable=False),
    Column("office", String, nullable=False),  # empty for the whole cluster
    *reported(),
    Column("until", Instant, nullable=False),
    Column("reason", Words, nullable=False),
    PrimaryKeyConstraint("cluster", "office", "form", "year", "month"),
)
