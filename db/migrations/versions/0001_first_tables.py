"""The first tables."""

from __future__ import annotations

from db.migrations.first import access, filing, structure, talk, trail

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    for room in (structure, access, filing, talk, trail):
        room.create()


def downgrade() -> None:
    raise NotImplementedError("the copy made before the migration is the way back")
