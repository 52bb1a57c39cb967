"""People, where they are reached, what they may do, and the ways in."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import JSON, Column, ForeignKey, Index, String, Table, UniqueConstraint

from bot.domain.person import Role
from db.tables.columns import granted, metadata, one_of
from db.types import Id, Instant, Words

people = Table(
    "people",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Words, nullable=False),
    Column("language", String, nullable=False),
    Column("admitted_at", Instant, nullable=False),
)

places = Table(
    "places",
    metadata,
    Column("id", Id, primary_key=True),
    Column("channel", String, nullable=False),
    Column("chat", String, nullable=False),
    Column("person", Id, ForeignKey("people.id"), nullable=False, index=True),
    Column("linked_at", Instant, nullable=False),
    Column("last_seen_at", Instant, nullable=False),
    Column("menu", JSON, nullable=False),
    Column("asked", sa.JSON(none_as_null=True)),
    Column("unreachable_at", Instant),
    Column("why", Words, nullable=False),
    Column("pinned_at", Instant),  # since when what is told unasked goes there
    UniqueConstraint("channel", "chat"),
)

grants = Table(
    "grants",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person", Id, ForeignKey("people.id"), nullable=False),
    *granted(),
    Column("granted_at", Instant, nullable=False),
    Column("giver", Id, ForeignKey("people.id")),  # who has handed it on; nobody, when it is one's own
    UniqueConstraint("person", "role", "province", "cluster", "office", "valid_from"),
    Index("ix_grants_place", "province", "cluster", "office", "role"),
    one_of("role", Role),
)

invitations = Table(
    "invitations",
    metadata,
    Column("id", Id, primary_key=True),
    Column("hash", String, nullable=False, unique=True),
    Column("name", Words, nullable=False),
    *granted(),
    Column("inviter", Id, ForeignKey("people.id")),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("used_by", Id, ForeignKey("people.id")),
    Column("revoked_at", Instant),
    one_of("role", Role),
    sa.CheckConstraint("(used_at IS NULL) = (used_by IS NULL)", name="used"),
)

links = Table(
    "links",
    metadata,
    Column("id", Id, primary_key=True),
    Column("hash", String, nullable=False, unique=True),
    Column("person", Id, ForeignKey("people.id"), nullable=False, index=True),
    Column("home_channel", String, nullable=False),
    Column("home_chat", String, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("channel", String),  # where it was sent from
    Column("chat", String),
    Column("name", Words, nullable=False),
    Column("sent_at", Instant),
    Column("answered_at", Instant),
)

wrong_codes = Table(
    "wrong_codes",
    metadata,
    Column("id", Id, primary_key=True),
    Column("channel", String, nullable=False),
    Column("chat", String, nullable=False),
    Column("at", Instant, nullable=False),
    Index(None, "channel", "chat", "at"),
)

absences = Table(
    "absences",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person", Id, ForeignKey("people.id"), nullable=False, index=True),
    Column("valid_from", sa.Date, nullable=False),
    Column("valid_to", sa.Date, nullable=False),  # before `valid_from`: it was taken back
    Column("said_at", Instant, nullable=False),
)
