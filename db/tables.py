"""All tables on one page."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import (
    JSON,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    UniqueConstraint,
)

from bot.domain.form import Measure
from bot.domain.person import Role
from bot.domain.reminder import Rung
from db.types import Id, Instant, Words

metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def _one_of(column: str, values: type[StrEnum] | tuple[str, ...]) -> sa.CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=column)


def _reported() -> Iterator[Column[Any]]:
    yield Column("form", String, nullable=False)
    yield Column("year", Integer, nullable=False)
    yield Column("month", Integer, nullable=False)


def _validity() -> Iterator[Column[Any]]:
    yield Column("valid_from", Date, nullable=False)
    yield Column("valid_to", Date)


def _granted() -> Iterator[Column[Any]]:
    for name in ("role", "province", "cluster", "office"):
        yield Column(name, String, nullable=False)
    yield from _validity()


# The structure: one row a version, so that a period is answered with the structure of that period.

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
    *_validity(),
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
    *_validity(),
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
    _one_of("kind", ("day_off", "working_saturday")),
)

# People, where they are reached, what they may do, and the ways in.

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
    UniqueConstraint("channel", "chat"),
)

grants = Table(
    "grants",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person", Id, ForeignKey("people.id"), nullable=False),
    *_granted(),
    Column("granted_at", Instant, nullable=False),
    UniqueConstraint("person", "role", "province", "cluster", "office", "valid_from"),
    Index("ix_grants_place", "province", "cluster", "office", "role"),
    _one_of("role", Role),
)

invitations = Table(
    "invitations",
    metadata,
    Column("id", Id, primary_key=True),
    Column("hash", String, nullable=False, unique=True),
    Column("name", Words, nullable=False),
    *_granted(),
    Column("inviter", Id, ForeignKey("people.id")),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("used_by", Id, ForeignKey("people.id")),
    Column("revoked_at", Instant),
    _one_of("role", Role),
    sa.CheckConstraint("(used_at IS NULL) = (used_by IS NULL)", name="used"),
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

stands = Table(
    "stands",
    metadata,
    Column("person", Id, ForeignKey("people.id"), nullable=False),
    Column("conversation", String, nullable=False),
    Column("step", String, nullable=False),
    Column("state", JSON, nullable=False),
    Column("recency", sa.BigInteger, nullable=False),  # the person's active conversation has the highest
    Column("put_at", Instant, nullable=False),
    PrimaryKeyConstraint("person", "conversation"),
)

# Reports, each with every revision of its figures.

reports = Table(
    "reports",
    metadata,
    Column("id", Id, primary_key=True),
    Column("office", String, nullable=False),
    Column("form", String, nullable=False),
    Column("year", Integer, nullable=False),
    Column("month", Integer, nullable=False),
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
    sa.CheckConstraint("number >= 1", name="number"),
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
    _one_of("measure", Measure),
    sa.CheckConstraint("numerator >= 0 AND denominator > 0", name="fraction"),
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

# What people were reminded of, and what they promised.

reminders = Table(
    "reminders",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person", Id, ForeignKey("people.id"), nullable=False),
    Column("unit", String, nullable=False),  # the office that owes, or the cluster whose list it was
    Column("form", String, nullable=False),
    Column("year", Integer, nullable=False),
    Column("month", Integer, nullable=False),
    Column("rung", String, nullable=False),
    Column("at", Instant, nullable=False),  # the rung's instant: a deadline that was moved has rungs of its own
    Column("sent_at", Instant, nullable=False),
    UniqueConstraint("form", "year", "month", "person", "unit", "rung", "at", name="uq_reminders_once"),
    _one_of("rung", Rung),
)

ticks = Table(
    "ticks",
    metadata,
    Column("name", String, primary_key=True),
    Column("at", Instant, nullable=False),  # when the scheduler last looked
    Column("through", Instant),  # up to when it has told everybody everything
)

promises = Table(
    "promises",
    metadata,
    Column("id", Id, primary_key=True),
    Column("office", String, nullable=False),
    Column("form", String, nullable=False),
    Column("year", Integer, nullable=False),
    Column("month", Integer, nullable=False),
    Column("person", Id, ForeignKey("people.id"), nullable=False),
    Column("until", Instant, nullable=False),
    Column("made_at", Instant, nullable=False),
    Index(None, "form", "year", "month", "office"),
)

# What happened (triggers in the migration refuse to change or delete it), what came in, what goes out.

audit = Table(
    "audit",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("actor", Id, ForeignKey("people.id")),
    Column("role", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("message", Words, nullable=False),
    Column("act", String, nullable=False),
    Column("subject", Words, nullable=False),
    Column("before", JSON(none_as_null=True)),
    Column("after", JSON(none_as_null=True)),
    Column("reason", Words, nullable=False),
    Column("rows", JSON(none_as_null=True)),  # what was written into the records, as stored
    Column("digest", String, nullable=False, server_default=""),
)

inbox = Table(
    "inbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("channel", String, nullable=False),
    Column("key", Words, nullable=False),
    Column("account", Words, nullable=False),
    Column("payload", Words, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("state", String, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("why", Words, nullable=False),
    Column("done_at", Instant),
    UniqueConstraint("channel", "key"),
    Index(None, "state", "id"),
    _one_of("state", ("waiting", "done", "quarantined")),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("channel", String, nullable=False),
    Column("chat", String, nullable=False),
    Column("reply", JSON, nullable=False),
    Column("attachment", sa.LargeBinary),  # dropped once sent
    Column("card", String, nullable=False),
    Column("cause", Id, ForeignKey("inbox.id")),
    Column("posted_at", Instant, nullable=False),
    Column("state", String, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("person", Id, ForeignKey("people.id")),  # whom it must reach, on another channel if need be
    Column("secret", sa.Boolean, nullable=False),  # what it says is forgotten once sent
    Column("done_at", Instant),
    Column("message", String, nullable=False),
    Column("why", Words, nullable=False),
    Index(None, "state", "id"),
    _one_of("state", ("waiting", "sent", "dead")),
)

closings = Table(
    "closings",
    metadata,
    Column("cluster", String, nullable=False),
    *_reported(),
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
    *_reported(),
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
    *_reported(),
    Column("until", Instant, nullable=False),
    Column("reason", Words, nullable=False),
    PrimaryKeyConstraint("cluster", "office", "form", "year", "month"),
)
