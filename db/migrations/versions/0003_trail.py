"""The audit trail is chained and says what was written; a revision may withdraw what was filed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.baseline import chain_existing, seal

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("revisions", sa.Column("withdrawn", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("audit", sa.Column("rows", sa.JSON()))
    op.add_column("audit", sa.Column("digest", sa.String(), nullable=False, server_default=""))
    if op.get_context().as_sql:
        return  # what is stored can be chained only where it is
    _let_go()
    chain_existing(op.get_bind())
    _make_append_only()
    seal(op.get_bind())


def downgrade() -> None:
    raise NotImplementedError("the copy made before the migration is the way back")


def _let_go() -> None:
    if op.get_context().dialect.name == "postgresql":
        op.execute("ALTER TABLE audit DISABLE TRIGGER audit_append_only")
        return
    for change in ("update", "delete"):
        op.execute(f"DROP TRIGGER audit_no_{change}")


def _make_append_only() -> None:
    if op.get_context().dialect.name == "postgresql":
        op.execute("ALTER TABLE audit ENABLE TRIGGER audit_append_only")
        return
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_no_{change.lower()} BEFORE {change} ON audit "
            "BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END"
        )
