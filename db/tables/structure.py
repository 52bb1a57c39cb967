"""The structure: one row a version, so that a period is answered with the structure of that period."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import JSON, Column, Date, ForeignKey, Integer, PrimaryKeyConstraint, String, Table

from db.tables.columns import metadata, one_of, validity
from db.types import Words

settings = Table(
    "settings",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", JSON, nullable=False),
)

provinces = Table(
    "provinces",
    metadata,
    Column("position", Integer, nullable=False),
    Column("key", String, primary_key=True),
    Column("name", Words, nullable=False),
    Column("aliases", JSON, nullable=False),
)

clusters = Table(
    "clusters",
    metadata,
    Column("position", Integer, nullable=False),
    Column("key", String, nullable=False),
    Column("name", Words, nullable=False),
    Column("short", Words, nullable=False),
    Column("province", ForeignKey("provinces.key"), nullable=False),
    Column("aliases", JSON, nullable=False),
    *validity(),
    PrimaryKeyConstraint("key", "valid_from"),
    sa.CheckConstraint("valid_to >= valid_from", name="dates"),
)

offices = Table(
    "offices",
    metadata,
    Column("position", Integer, nullable=False),
    Column("key", String, nullable=False),
    Column("name", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("cluster", String, nullable=False),
    Column("aliases", JSON, nullable=False),
    *validity(),
    Column("successor", String),
    PrimaryKeyConstraint("key", "valid_from"),
    sa.CheckConstraint("valid_to >= valid_from", name="dates"),
)

calendar_days = Table(
    "calendar_days",
    metadata,
    Column("day", Date, nullable=False),
    Column("kind", String, nullable=False),
    PrimaryKeyConstraint("day", "kind"),
    one_of("kind", ("day_off", "working_saturday")),
)
