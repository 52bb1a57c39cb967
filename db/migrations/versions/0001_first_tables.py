"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.types import Id, Instant

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _settings()
    _provinces()
    _clusters()
    _offices()
    _calendar_days()
    _people()
    _places()
    _grants()
    _invitations()
    _wrong_codes()
    _stands()
    _reports()
    _revisions()
    _targets()
    _cells()
    _audit()
    _inbox()
    _outbox()
    _make_append_only()


def downgrade() -> None:
    raise NotImplementedError("the copy made before the migration is the way back")


def _settings() -> None:
    op.create_table(
        "settings",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_settings")),
    )


def _provinces() -> None:
    op.create_table(
        "provinces",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_provinces")),
    )


def _clusters() -> None:
    op.create_table(
        "clusters",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("short", sa.Text(), nullable=False),
        sa.Column("province", sa.String(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date()),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("ck_clusters_dates")),
        sa.ForeignKeyConstraint(["province"], ["provinces.key"], name=op.f("fk_clusters_province")),
        sa.PrimaryKeyConstraint("key", "valid_from", name=op.f("pk_clusters")),
    )


def _offices() -> None:
    op.create_table(
        "offices",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("cluster", sa.String(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date()),
        sa.Column("successor", sa.String()),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("ck_offices_dates")),
        sa.PrimaryKeyConstraint("key", "valid_from", name=op.f("pk_offices")),
    )


def _calendar_days() -> None:
    op.create_table(
        "calendar_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.CheckConstraint("kind IN ('day_off', 'working_saturday')", name=op.f("ck_calendar_days_kind")),
        sa.PrimaryKeyConstraint("day", "kind", name=op.f("pk_calendar_days")),
    )


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


def _stands() -> None:
    op.create_table(
        "stands",
        sa.Column("person", Id, nullable=False),
        sa.Column("conversation", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("state", sa.JSON(), nullable=False),
        sa.Column("recency", sa.BigInteger(), nullable=False),
        sa.Column("put_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_stands_person")),
        sa.PrimaryKeyConstraint("person", "conversation", name=op.f("pk_stands")),
    )


def _reports() -> None:
    op.create_table(
        "reports",
        sa.Column("id", Id, nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("deadline", Instant(), nullable=False),
        sa.Column("on_time", sa.Boolean(), nullable=False),
        sa.CheckConstraint("month BETWEEN 1 AND 12", name=op.f("ck_reports_month")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sa.UniqueConstraint("form", "year", "month", "office", name=op.f("uq_reports_form_year_month_office")),
    )


def _revisions() -> None:
    op.create_table(
        "revisions",
        sa.Column("id", Id, nullable=False),
        sa.Column("report", Id, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("author", Id, nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("sent_at", Instant(), nullable=False),
        sa.Column("stored_at", Instant(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("nil", sa.Boolean(), nullable=False),
        sa.Column("card", Id, nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_revisions_number")),
        sa.ForeignKeyConstraint(["author"], ["people.id"], name=op.f("fk_revisions_author")),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name=op.f("fk_revisions_report")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revisions")),
        sa.UniqueConstraint("report", "number", name=op.f("uq_revisions_report_number")),
    )
    op.create_index(op.f("ix_revisions_author_id"), "revisions", ["author", "id"])


def _targets() -> None:
    op.create_table(
        "targets",
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("rate", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("numerator", Id, nullable=False),
        sa.Column("denominator", Id, nullable=False),
        sa.Column("put_at", Instant(), nullable=False),
        sa.CheckConstraint("measure IN ('cases', 'money')", name=op.f("ck_targets_measure")),
        sa.CheckConstraint("numerator >= 0 AND denominator > 0", name=op.f("ck_targets_fraction")),
        sa.PrimaryKeyConstraint("unit", "year", "rate", "measure", "valid_from", name=op.f("pk_targets")),
    )


def _cells() -> None:
    op.create_table(
        "cells",
        sa.Column("revision", Id, nullable=False),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("value >= 0", name=op.f("ck_cells_value")),
        sa.ForeignKeyConstraint(["revision"], ["revisions.id"], name=op.f("fk_cells_revision")),
        sa.PrimaryKeyConstraint("revision", "indicator", "measure", name=op.f("pk_cells")),
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", Id, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("actor", Id),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("before", sa.JSON()),
        sa.Column("after", sa.JSON()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["actor"], ["people.id"], name=op.f("fk_audit_actor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )


def _inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("id", Id, nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("done_at", Instant()),
        sa.CheckConstraint("state IN ('waiting', 'done', 'quarantined')", name=op.f("ck_inbox_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint("channel", "key", name=op.f("uq_inbox_channel_key")),
    )
    op.create_index(op.f("ix_inbox_state_id"), "inbox", ["state", "id"])


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", Id, nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("reply", sa.JSON(), nullable=False),
        sa.Column("attachment", sa.LargeBinary()),
        sa.Column("card", sa.String(), nullable=False),
        sa.Column("cause", Id),
        sa.Column("posted_at", Instant(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("secret", sa.Boolean(), nullable=False),
        sa.Column("done_at", Instant()),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.CheckConstraint("state IN ('waiting', 'sent', 'dead')", name=op.f("ck_outbox_state")),
        sa.ForeignKeyConstraint(["cause"], ["inbox.id"], name=op.f("fk_outbox_cause")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    op.create_index(op.f("ix_outbox_state_id"), "outbox", ["state", "id"])


def _make_append_only() -> None:
    """The database itself refuses to change or delete an entry of the audit trail."""
    if op.get_context().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the audit trail is append-only'; END $$"
        )
        op.execute(
            "CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        return
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_no_{change.lower()} BEFORE {change} ON audit "
            "BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END"
        )
