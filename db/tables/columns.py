"""What several tables share: the metadata, and columns that belong together."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Column, Date, Integer, String

metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def one_of(column: str, values: type[StrEnum] | tuple[str, ...]) -> sa.CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=column)


def reported() -> Iterator[Column[Any]]:
    yield Column("form", String, nullable=False)
    yield Column("year", Integer, nullable=False)
    yield Column("month", Integer, nullable=False)


def validity() -> Iterator[Column[Any]]:
    yield Column("valid_from", Date, nullable=False)
    yield Column("valid_to", Date)


def granted() -> Iterator[Column[Any]]:
    for name in ("role", "province", "cluster", "office"):
        yield Column(name, String, nullable=False)
    yield from validity()
