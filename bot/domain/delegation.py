"""Handing one's rights to a colleague for a time: which, to whom, until when at most."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.duty import Duty
from bot.domain.folding import fold
from bot.domain.organisation import Organisation
from bot.domain.person import Act, Grant, Person, may
from bot.domain.reach import place_on
from bot.domain.sought import people_named
from bot.domain.span import Days, Span, read_days

_WHEN = re.compile(r"\b(?:tu|den|toi)(?: het)?(?: ngay)? (?=\d|hom nay\b|ngay mai\b|mai\b|ngay kia\b)|(?<!\d)\d")
_PRONOUN = r"(?:(?:cho )?(?:toi|em|minh) )?"
_HANDS = re.compile(rf"^{_PRONOUN}(?:(?:muon|xin|can|se|nho) )*uy quyen (?=cho )")
_ENDS = re.compile(
    rf"^{_PRONOUN}(?:muon |xin |cho )?(?:thoi|khong|dung|ngung|huy bo|huy|bo|rut|xoa|thu hoi|cham dut|ket thuc)"
    r"(?: viec| lai| khong)* uy quyen\b(?! (?:la|the nao|sao)\b).*$"
)
_ENDED = frozenset(("thoi", "huy", "bo", "het", "dung", "rut", "huy bo"))
_BEFORE = re.compile(r"^(?:cho |dong chi |d/c |quyen )*")


@dataclass(frozen=True, slots=True)
class Wish:
    """What was said: the folded words of a name, and the days; `span` is None when none or several are named."""

    name: str
    days: Days

    @property
    def span(self) -> Span | None:
        return self.days.spans[0] if len(self.days.spans) == 1 and not self.days.rest else None


def read_wish(text: str, today: date) -> Wish:
    """
    >>> wish = read_wish("cho đ/c Nguyễn Anh Tú đến hết ngày 15/10", date(2021, 10, 1))
    >>> wish.name, wish.span
    ('nguyen anh tu', Span(first=None, last=datetime.date(2021, 10, 15)))
    >>> read_wish("Mai từ 05/10 đến 15/10", date(2021, 10, 1)).name
    'mai'
    """
    said = " ".join(fold(text).split())
    found = _WHEN.search(said)
    head, tail = (said[: found.start()], said[found.start() :]) if found else (said, "")
    return Wish(" ".join(re.findall(r"\w+", _BEFORE.sub("", head))), read_days(tail, today))


def means_end(text: str) -> bool:
    """Whether plain words end a delegation.

    >>> [means_end(one) for one in ("thôi ủy quyền", "huy uy quyen cam thuy", "thôi", "ai được ủy quyền")]
    [True, True, False, False]
    """
    said = " ".join(fold(text).split()).strip(" .!")
    return _ENDS.match(said) is not None


def only_ends(text: str) -> bool:
    """Whether words after the command end a delegation, or name none."""
    said = " ".join(fold(text).split()).strip(" .!")
    return not said or said in _ENDED or means_end(said)


def handed_in(text: str) -> str:
    """What follows “tôi muốn ủy quyền”, empty when that is not what is said; "cho ai" is a question.

    >>> handed_in("Tôi muốn ủy quyền cho Lò Thị Bình đến 15/11"), handed_in("ủy quyền cho ai")
    ('cho Lò Thị Bình đến 15/11', '')
    """
    text = " ".join(unicodedata.normalize("NFC", text).split())
    found = _HANDS.match(fold(text))
    rest = text[found.end() :] if found else ""
    return "" if "?" in rest or re.match(r"cho ai\b", fold(rest)) else rest


def handable(person: Person, on: date) -> tuple[Grant, ...]:
    """The roles in force that a person may hand on: their own, never one that was handed to them."""
    return tuple(grant for grant in person.current(on) if may([grant], Act.DELEGATE, grant.place, on))


def colleagues(duties: Sequence[Duty], grant: Grant, organisation: Organisation, on: date) -> dict[int, str]:
    """By person, the names of those to whom that role may be handed: who is of the same office or cluster."""
    where = place_on(grant, organisation, on)
    found = {}
    for duty in duties:
        there = place_on(duty.grant, organisation, on)
        same = there.province == where.province and bool(where.cluster) and there.cluster == where.cluster
        if same and duty.grant.giver is None:
            found[duty.person] = duty.name
    return found


def meant(name: str, names: dict[int, str]) -> tuple[int, ...]:
    """Who is meant: whose whole name it is, else all whose names hold these words."""
    whole = tuple(person for person, one in names.items() if fold(one) == name)
    return whole or people_named(name, names)


def handed(grant: Grant, giver: int, span: Span, today: date) -> Grant | None:
    """The role as the colleague holds it: not before today, not beyond the giver's own. None when no day is left."""
    first = max(span.first or today, today, grant.valid_from)
    last = min(span.last, grant.valid_to or span.last)
    return replace(grant, valid_from=first, valid_to=last, giver=giver) if first <= last else None


def offered(
    giver: Person, person: int, span: Span, duties: Sequence[Duty], organisation: Organisation, today: date
) -> list[Grant]:
    """The roles as that colleague would hold them: those that they hold themselves are left out."""
    held = [row(one.grant) for one in duties if one.person == person and one.grant.giver != giver.id]
    found = [
        handed(grant, giver.id, span, today)
        for grant in handable(giver, today)
        if person in colleagues(duties, grant, organisation, today) and row(grant) not in held
    ]
    return [grant for grant in found if grant]


def row(grant: Grant) -> list[str]:
    """Which role it is, as JSON can hold it."""
    return [grant.role.value, grant.place.province, grant.place.cluster, grant.place.office]


def bounds(grant: Grant) -> list[str]:
    """From and until which day, the latter empty when it has no end."""
    return [grant.valid_from.isoformat(), grant.valid_to.isoformat() if grant.valid_to else ""]
