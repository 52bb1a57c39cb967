"""An entry of the trail in words: when, who, what, old → new, why, over which channel; short for a phone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from bot.cards import cell_name, channel_name, measure_name, period_name
from bot.domain.calendar import TIMEZONE
from bot.domain.entry import Entry, Line
from bot.domain.form import Form, Measure
from bot.domain.organisation import Organisation
from bot.domain.period import Period
from bot.domain.person import Role
from bot.i18n import capital, day, gloss, hour, number, percent, say
from bot.titles import role_name

LONGEST = 210  # letters of one entry
_ISO = re.compile(r"\b\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?(?!\w)")
_PERIOD = re.compile(r"(\d{4})-(\d{2})")
#: What the trail calls an act, and how people do.
_ACTS = {
    "file": gloss("Filed figures"),
    "correct": gloss("Changed figures"),
    "withdraw": gloss("Withdrew figures"),
    "invite": gloss("Invited"),
    "enrol": gloss("Came in"),
    "revoke": gloss("Revoked a role"),
    "role": gloss("Gave a role"),
    "targets": gloss("Set targets"),
    "structure": gloss("Changed the structure"),
    "close": gloss("Closed the period"),
    "unlock": gloss("Unlocked"),
    "refuse_unlock": gloss("Refused to unlock"),
    "ask_unlock": gloss("Asked to unlock"),
    "ask_extension": gloss("Asked for more time"),
    "extend": gloss("Extended the deadline"),
    "send_back": gloss("Sent back"),
    "keep": gloss("Left as it is"),
    "nudge": gloss("Nudged"),
    "promise": gloss("Promised a time"),
    "promise_taken_back": gloss("Took a promise back"),
    "calendar": gloss("Set the calendar"),
    "delegate": gloss("Handed rights on"),
    "away": gloss("Said they are away"),
    "link": gloss("Linked a channel"),
    "link_refused": gloss("Refused to link a channel"),
    "unlink": gloss("Unlinked a channel"),
    "another_bot": gloss("The channel has another bot"),
    "baseline": gloss("Sealed as found"),
    "written": gloss("Written directly"),
}


@dataclass(frozen=True, slots=True)
class Logbook:
    """What the words rest on: the structure of a day, the form, and everybody's name."""

    organisation: Organisation
    form: Form
    names: Mapping[int, str]
    today: date

    def line(self, line: Line) -> str:
        """One entry; what is too long is cut where it shows."""
        one = line.entry
        when = say("{hour} {day}", hour=hour(one.at), day=day(one.at.astimezone(TIMEZONE).date()))
        subject = self.subject(one.subject)
        what = " ".join(part for part in (f"**{act_name(one.act)}**", subject if subject != line.name else "") if part)
        details = [what, *(text for text in self._change(one) if text not in (subject, line.name))]
        if one.reason:
            details.append(say("Reason: “{reason}”.", reason=one.reason))
        text = f"{when} · {self._who(line)}\n{'; '.join(details)}"
        return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"

    def _who(self, line: Line) -> str:
        one = line.entry
        name = line.name or (say("the command line") if one.channel == "command line" else say("the program"))
        role = role_name(Role(one.role)) if one.role in list(Role) else ""
        channel = channel_name(one.channel) if one.channel not in ("", "command line") else ""
        who = f"{name} ({role})" if role else name
        return say("{who}, over {channel}", who=who, channel=channel) if channel else who

    def subject(self, subject: str) -> str:
        """“Quan Sơn · 12 tháng năm 2021” for “quan-son short 2021-12”."""
        words = subject.split()
        parts = [self._word(word, before) for word, before in zip(words, ["", *words], strict=False)]
        return " · ".join(part for part in parts if part)

    def _word(self, word: str, before: str) -> str:
        nouns = ("person", "invitation", "target", "structure", "calendar", "unlock", self.form.key)
        if word in nouns or before == "unlock":
            return ""
        if self._is_cell(word):
            return next(cell_name(self.form, cell) for cell in self.form.cells if cell.name == word)
        if before == "person" and word.isdigit():
            return self.names.get(int(word), word)
        if before == "invitation":
            return say("no. {number}", number=word)
        if found := _PERIOD.fullmatch(word):
            return period_name(Period(int(found[1]), int(found[2])))
        return self._unit(word.rstrip(",")) or word

    def _unit(self, key: str) -> str:
        unit = self.organisation.office(key, self.today) or self.organisation.cluster(key, self.today)
        unit_of_old = unit or next((one for one in self.organisation.offices if one.key == key), None)
        province = self.organisation.province(key)
        return unit_of_old.name if unit_of_old else province.name if province else ""

    def _change(self, one: Entry) -> list[str]:
        before, after = one.before or {}, one.after or {}
        if "changes" in after:
            return _few([_dated(str(line)) for line in after["changes"]])
        if one.act == "calendar":
            return [_set(name, before.get(name, ""), kind) for name, kind in after.items()]
        if "targets" in after:
            return self._targets(before.get("targets", ()), after["targets"])
        if any(self._is_cell(name) for name in (*before, *after)):
            return self._figures(before, after)
        return self._fields(before, after)

    def _is_cell(self, name: str) -> bool:
        return any(cell.name == name for cell in self.form.cells)

    def _figures(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
        """Each cell that changed, or all of them in the order of the form when they are the first or the last."""
        cells = [cell for cell in self.form.cells if cell.name in before or cell.name in after]
        if not before or not after:
            return [" · ".join(number((after or before)[cell.name]) for cell in cells)]
        return [
            f"{cell_name(self.form, cell)} {_number(before, cell.name)} → {_number(after, cell.name)}"
            for cell in cells
            if before.get(cell.name) != after.get(cell.name)
        ]

    def _targets(self, before: Sequence[Sequence[Any]], after: Sequence[Sequence[Any]]) -> list[str]:
        old = {(row[2], row[3], row[6]): row for row in before}
        found = []
        for row in after:
            was = old.get((row[2], row[3], row[6]))
            now = percent(Fraction(row[4], row[5]))
            change = f"{percent(Fraction(was[4], was[5]))} → {now}" if was else now
            found.append(f"{measure_name(Measure(row[3]))} {change}")
        return found

    def _fields(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
        """What an entry says in fields of its own: names, roles and units in words, the rest as it is."""
        found = []
        for name in dict.fromkeys((*before, *after)):
            if name == "card":
                continue  # a number that only the program knows
            if name == "cluster" and (before.get("office") or after.get("office")):
                continue
            old, new = (self._value(name, side.get(name)) for side in (before, after))
            if old != new:
                found.append(f"{old} → {new}" if old and new else old or new)
        return [text for text in found if text]

    def _value(self, name: str, value: Any) -> str:
        if value is None or isinstance(value, dict | list):
            return ""
        if name == "role" and value in list(Role):
            return role_name(Role(value))
        if name == "reached":
            return say("{count} people reached", count=value)
        return self._unit(str(value)) or _dated(str(value))


def _dated(text: str) -> str:
    """With the days and moments in it as people write them."""
    return _ISO.sub(lambda found: _day(found[0]), text)


def _day(text: str) -> str:
    try:
        if "T" not in text:
            return day(date.fromisoformat(text))
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return say("{hour} {day}", hour=hour(moment), day=day(moment.astimezone(TIMEZONE).date()))


def _set(day_name: str, old: str, new: str) -> str:
    """“02/01/2026: nghỉ”, or “02/01/2026: nghỉ → không đặt”."""
    words = {
        "day_off": lambda: say("off"),
        "working_saturday": lambda: say("worked in exchange"),
    }
    was, now = (words[kind]() if kind in words else say("not set") for kind in (old, new))
    change = [was, now] if old else [now]
    return f"{day(date.fromisoformat(day_name))}: {' → '.join(change)}"


def _number(figures: Mapping[str, Any], name: str) -> str:
    return number(figures[name]) if name in figures else "–"


def _few(lines: Sequence[str]) -> list[str]:
    more = len(lines) - 2
    return [*lines[:2], say("and {count} more", count=more)] if more > 0 else list(lines)


def act_name(act: str) -> str:
    """“Sửa số liệu”; an act of no name stands as it is."""
    return say(_ACTS[act]) if act in _ACTS else capital(act.replace("_", " "))
