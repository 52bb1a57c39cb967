"""What people have seen, and what they wish to be shown daily."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, PrimaryKeyConstraint, String, Table

from db.tables.columns import metadata, reported
from db.types import Id, Instant

readings = Table(
    "readings",
    metadata,
    *reported(),
    Column("unit", String, nullable=False),  # the cluster or province whose totals were shown
    Column("person", Id, ForeignKey("people.id"), nullable=False),
    Column("at", Instant, nullable=False),  # when they were shown last
    PrimaryKeyConstraint("form", "year", "month", "unit", "person"),
)

digests = Table(
    "digests",
    metadata,
    Column("person", Id, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("through", Instant, nullable=False),  # up to when they have been told everything
)
