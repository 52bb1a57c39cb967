"""What came in, the conversations under way, and what goes out."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, String, Table, UniqueConstraint

from db.tables.columns import metadata, one_of
from db.types import Id, Instant, Words

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
    one_of("state", ("waiting", "done", "quarantined")),
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
    Column("gone", Integer, nullable=False, server_default="0"),  # its parts that are settled
    Column("tries", Integer, nullable=False),  # of the next part: times that nobody said whether it arrived
    Column("unsure", Integer, nullable=False, server_default="0"),  # parts that were given up so
    Column("instead", sa.Boolean, nullable=False, server_default=sa.false()),  # dead, and sent over another channel
    Column("person", Id, ForeignKey("people.id")),  # whom it must reach, on another channel if need be
    Column("secret", sa.Boolean, nullable=False),  # what it says is forgotten once sent
    Column("done_at", Instant),
    Column("message", String, nullable=False),
    Column("why", Words, nullable=False),
    Index(None, "state", "id"),
    Index(None, "channel", "chat", "id"),
    one_of("state", ("waiting", "sent", "dead")),
)
