"""What happened; triggers in the migration refuse to change or delete it."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Index, String, Table

from db.tables.columns import metadata
from db.types import Id, Instant, Words

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
    Index(None, "act", "id"),
    Index(None, "actor", "id"),
    Index(None, "subject"),
)
