"""What is known of each channel."""

from __future__ import annotations

from sqlalchemy import Column, Integer, PrimaryKeyConstraint, String, Table

from db.tables.columns import metadata
from db.types import Instant

channels = Table(
    "channels",
    metadata,
    Column("name", String, primary_key=True),
    Column("webhook", String, nullable=False),  # the URLs that this program has set and that may stand, a space between
    Column("bot", String),  # which bot this program is there
    Column("quota", Integer),  # messages a month, where there is a limit
    Column("stopped_at", Instant),  # of the program that runs
)

counts = Table(
    "counts",
    metadata,
    Column("channel", String, nullable=False),
    Column("month", String, nullable=False),  # "2021-10", in the offices' time zone
    Column("sent", Integer, nullable=False),
    Column("warned_at", Instant),  # when the administrator was told that it nears the limit
    Column("spent_at", Instant),  # when it last refused a message because the month is used up
    PrimaryKeyConstraint("channel", "month"),
)
