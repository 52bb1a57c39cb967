"""Lines of the audit trail: who did what in which role, over which message."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.dialogue import Heard
from bot.domain.calendar import local_day
from bot.domain.closing import Unlock
from bot.domain.organisation import Office, Organisation
from bot.domain.person import Act, Place
from bot.domain.reach import role_at, role_for
from bot.domain.report import Report
from bot.ports import Entry


def entry(
    heard: Heard,
    act: str,
    subject: str,
    *,
    role: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
    card: int = 0,
) -> Entry:
    """One line; `message` is the person's own message, or the stored update when the channel names none.

    `card` is the number of the card that was confirmed, so that a second tap on it can be told what the first did."""
    return Entry(
        at=heard.now,
        actor=heard.person.id,
        role=role,
        channel=heard.address.channel,
        message=heard.message or str(heard.turn),
        act=act,
        subject=subject,
        before=before,
        after={**(after or {}), "card": card} if card else after,
        reason=reason,
    )


def report_subject(report: Report) -> str:
    """“quan-son short 2021-12”: how the trail names an office's report of a period."""
    return f"{report.office} {report.form} {report.period.year}-{report.period.month:02}"


def unlock_subject(unlock: Unlock) -> str:
    """“unlock 3 quan-son 2021-12”."""
    return f"unlock {unlock.id} {unlock.office} {unlock.period.year}-{unlock.period.month:02}"


def role_of(heard: Heard, act: Act, place: Place) -> str:
    """The role in whose name the person acts there, empty when none allows it."""
    return role_for(heard.person, act, place, local_day(heard.now)) or ""


def role_over(heard: Heard, act: Act, office: Office, organisation: Organisation) -> str:
    """As `role_of`, for an office that may have moved or been taken over by another since."""
    return role_at(heard.person, act, office, organisation, local_day(heard.now)) or ""
