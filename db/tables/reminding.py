"""What people were reminded of, and what they promised."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, String, Table, UniqueConstraint

from bot.domain.reminder import Rung
from db.tables.columns import metadata, one_of, reported
from db.types import Id, Instant

reminders = Table(
    "reminders",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person", Id, ForeignKey("people.id"), nullable=False),
    Column("unit", String, nullable=False),  # the office that owes, or the cluster whose list it was
    *reported(),
    Column("rung", String, nullable=False),
    Column("at", Instant, nullable=False),  # the rung's instant: a deadline that was moved has rungs of its own
    Column("sent_at", Instant, nullable=False),
    UniqueConstraint("form", "year", "month", "person", "unit", "rung", "at", name="uq_reminders_once"),
    one_of("rung", Rung),
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
    *reported(),
    Column("person", Id, ForeignKey("people.id"), nullable=False),
    Column("until", Instant, nullable=False),
    Column("made_at", Instant, nullable=False),
    Index(None, "form", "year", "month", "office"),
)
