"""People, where they are reached and the ways in, as the first migration makes them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.types import Id, Instant


def create() -> None:
    _people()
    _places()
    _grants()
    _invitations()
    _wrong_codes()


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("id", Id, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("admitted_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
    )


def _places() -> None:
    op.create_table(
        "places",
        sa.Column("id", Id, nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("person", Id, nullable=False),
        sa.Column("linked_at", Instant(), nullable=False),
        sa.Column("last_seen_at", Instant(), nullable=False),
        sa.Column("menu", sa.JSON(), nullable=False),
        sa.Column("asked", sa.JSON()),
        sa.Column("unreachable_at", Instant()),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_places_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_places")),
        sa.UniqueConstraint("channel", "chat", name=op.f("uq_places_channel_chat")),
    )
    op.create_index(op.f("ix_places_person"), "places", ["person"])


def _grants() -> None:
    op.create_table(
        "grants",
        sa.Column("id", Id, nullable=False),
        sa.Column("person", Id, nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("province", sa.String(), nullable=False),
        sa.Column("cluster", sa.String(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date()),
        sa.Column("granted_at", Instant(), nullable=False),
        sa.CheckConstraint(
            "role IN ('admin', 'supervisor', 'head', 'deputy', 'chief', 'clerk', 'viewer')", name=op.f("ck_grants_role")
        ),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_grants_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grants")),
        sa.UniqueConstraint(
            "person",
            "role",
            "province",
            "cluster",
            "office",
            "valid_from",
            name=op.f("uq_grants_person_role_province_cluster_office_valid_from"),
        ),
    )
    op.create_index("ix_grants_place", "grants", ["province", "cluster", "office", "role"])


def _invitations() -> None:
    op.create_table(
        "invitations",
        sa.Column("id", Id, nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("province", sa.String(), nullable=False),
        sa.Column("cluster", sa.String(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date()),
        sa.Column("inviter", Id),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("used_at", Instant()),
        sa.Column("used_by", Id),
        sa.Column("revoked_at", Instant()),
        sa.CheckConstraint(
            "role IN ('admin', 'supervisor', 'head', 'deputy', 'chief', 'clerk', 'viewer')",
            name=op.f("ck_invitations_role"),
        ),
        sa.CheckConstraint("(used_at IS NULL) = (used_by IS NULL)", name=op.f("ck_invitations_used")),
        sa.ForeignKeyConstraint(["inviter"], ["people.id"], name=op.f("fk_invitations_inviter")),
        sa.ForeignKeyConstraint(["used_by"], ["people.id"], name=op.f("fk_invitations_used_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("hash", name=op.f("uq_invitations_hash")),
    )


def _wrong_codes() -> None:
    op.create_table(
        "wrong_codes",
        sa.Column("id", Id, nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wrong_codes")),
    )
    op.create_index(op.f("ix_wrong_codes_channel_chat_at"), "wrong_codes", ["channel", "chat", "at"])
