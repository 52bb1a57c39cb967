"""All tables; each room holds those of one noun."""

from __future__ import annotations

from db.tables.access import absences, grants, invitations, links, people, places, wrong_codes
from db.tables.channels import channels, counts
from db.tables.columns import metadata
from db.tables.filing import cells, reports, revisions, targets
from db.tables.periods import closings, extensions, unlocks
from db.tables.reading import digests, readings
from db.tables.reminding import promises, reminders, ticks
from db.tables.structure import calendar_days, clusters, offices, provinces, settings
from db.tables.talk import inbox, outbox, stands
from db.tables.trail import audit

__all__ = [
    "absences",
    "audit",
    "calendar_days",
    "cells",
    "channels",
    "closings",
    "clusters",
    "counts",
    "digests",
    "extensions",
    "grants",
    "inbox",
    "invitations",
    "links",
    "metadata",
    "offices",
    "outbox",
    "people",
    "places",
    "promises",
    "provinces",
    "readings",
    "reminders",
    "reports",
    "revisions",
    "settings",
    "stands",
    "targets",
    "ticks",
    "unlocks",
    "wrong_codes",
]
