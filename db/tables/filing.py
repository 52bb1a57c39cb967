"""Reports, each with every revision of its figures, and the targets they are held against."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Column, Date, ForeignKey, Index, Integer, PrimaryKeyConstraint, String, Table, UniqueConstraint

from bot.domain.form import Measure
from db.tables.columns import metadata, one_of, reported
from db.types import Id, Instant, Words

reports = Table(
    "reports",
    metadata,
    Column("id", Id, primary_key=True),
    Column("office", String, nullable=False),
    *reported(),
    Column("deadline", Instant, nullable=False),
    Column("on_time", sa.Boolean, nullable=False),
    UniqueConstraint("form", "year", "month", "office"),
    sa.CheckConstraint("month BETWEEN 1 AND 12", name="month"),
)

revisions = Table(
    "revisions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("report", Id, ForeignKey("reports.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("author", Id, ForeignKey("people.id"), nullable=False),
    Column("author_name", Words, nullable=False),
    Column("channel", String, nullable=False),
    Column("sent_at", Instant, nullable=False),
    Column("stored_at", Instant, nullable=False),
    Column("text", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("nil", sa.Boolean, nullable=False),
    Column("card", Id, nullable=False),
    Column("withdrawn", sa.Boolean, nullable=False, server_default=sa.false()),
    UniqueConstraint("report", "number"),
    Index(None, "author", "id"),
    Index(None, "stored_at"),
    sa.CheckConstraint("number >= 1", name="number"),
)

cells = Table(
    "cells",
    metadata,
    Column("revision", Id, ForeignKey("revisions.id"), nullable=False),
    Column("indicator", String, nullable=False),
    Column("measure", String, nullable=False),
    Column("value", sa.BigInteger, nullable=False),
    PrimaryKeyConstraint("revision", "indicator", "measure"),
    sa.CheckConstraint("value >= 0", name="value"),
)

targets = Table(
    "targets",
    metadata,
    Column("unit", String, nullable=False),
    Column("year", Integer, nullable=False),
    Column("rate", String, nullable=False),
    Column("measure", String, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("numerator", Id, nullable=False),  # an exact fraction: no rounding can move a target
    Column("denominator", Id, nullable=False),
    Column("put_at", Instant, nullable=False),
    PrimaryKeyConstraint("unit", "year", "rate", "measure", "valid_from"),
    one_of("measure", Measure),
    sa.CheckConstraint("numerator >= 0 AND denominator > 0", name="fraction"),
)
