"""What is looked for in the audit trail: which units, period, acts, people and days, read from plain words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.domain.calendar import TIMEZONE
from bot.domain.folding import fold
from bot.domain.hearing import blank
from bot.domain.letters import Letters
from bot.domain.organisation import Organisation
from bot.domain.period import Period
from bot.domain.subject import read_question

#: The folded words for each act of the trail; the longest stand first.
ACTS: Mapping[str, str] = {
    "withdraw": "rut lai, rut so lieu, rut",
    "correct": "chinh sua, sua so, sua, dieu chinh",
    "file": "nop so lieu, nop, bao cao",
    "invite": "loi moi, moi",
    "enrol": "vao he thong, duoc ghi nhan, nhan vai tro, ghi danh",
    "revoke": "thu hoi",
    "role": "vai tro, phan quyen",
    "targets": "dat chi tieu, chi tieu",
    "structure": "co cau, cau truc, danh muc",
    "close": "chot so, chot, khoa so",
    "unlock": "mo khoa, mo lai",
    "ask_unlock": "xin mo",
    "refuse_unlock": "tu choi mo",
    "ask_extension": "xin gia han",
    "extend": "gia han",
    "send_back": "tra lai",
    "keep": "giu nguyen",
    "nudge": "nhac nop, nhac",
    "promise": "hen gio, hen nop, hen",
    "promise_taken_back": "huy hen, bo hen",
    "link": "noi kenh, noi tai khoan",
    "unlink": "bo noi kenh, bo kenh",
    "calendar": "lich nghi, ngay nghi, lam bu",
    "delegate": "uy quyen",
    "away": "bao vang, vang mat, di vang",
}
_WORDS = sorted(
    ((word.strip(), act) for act, words in ACTS.items() for word in words.split(",")), key=lambda one: -len(one[0])
)
_DAYS = {"hom nay": 0, "hom qua": 1, "hom kia": 2}
_WEEKS = {"tuan nay": 0, "tuan truoc": 1}
_DATE = re.compile(r"\b(\d{1,2})/(\d{1,2})(?:/(\d{4}))?\b")
_PERSON = re.compile(r"\bnguoi so (\d{1,9})\b")
_BEFORE = re.compile(r"\btruoc so (\d{1,9})\b")
#: Passed over; no words that are names too ("lâm", "hoa", "nhã").
_PASSED_OVER = frozenset(
    """
    nhat ki cua ai gi da viec ve trong cac nhung tat ca den tu luc nguoi so lieu xem cho toi hom ngay do boi tai don vi
    nam duoc voi la va nao lan cai co khong
    """.split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Sought:
    """`since` (inclusive) and `until` (exclusive) are aware instants; `before` is an entry's number: older ones only.

    `rest` are the words that say none of this, folded: perhaps somebody's name."""

    units: tuple[str, ...] = ()
    period: Period | None = None
    acts: tuple[str, ...] = ()
    people: tuple[int, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    before: int = 0
    rest: str = ""


def read_sought(text: str, organisation: Organisation, today: date) -> Sought:
    """What a search asks for. Dates without a year are the latest that have been."""
    folded = Letters(text).folded
    folded, people = _numbers(_PERSON, folded)
    folded, before = _numbers(_BEFORE, folded)
    folded, days = _days(folded, today)
    question = read_question(folded, organisation, today)
    rest, acts = _acts(fold(question.figures))
    return Sought(
        tuple(dict.fromkeys(unit.key for unit in question.units)),
        question.period,
        acts,
        tuple(people),
        _midnight(days[0]) if days else None,
        _midnight(days[-1] + timedelta(days=1)) if days else None,
        before[0] if before else 0,
        " ".join(word for word in re.findall(r"\w+", rest) if word not in _PASSED_OVER),
    )


def _numbers(pattern: re.Pattern[str], text: str) -> tuple[str, list[int]]:
    found = list(pattern.finditer(text))
    return blank(text, [one.span() for one in found]), [int(one[1]) for one in found]


def _days(text: str, today: date) -> tuple[str, list[date]]:
    """The first and last day that is meant, none when no day is named."""
    for words, back in _DAYS.items():
        if words in text:
            return text.replace(words, " "), [today - timedelta(days=back)]
    for words, back in _WEEKS.items():
        if words in text:
            monday = today - timedelta(days=today.weekday() + 7 * back)
            return text.replace(words, " "), [monday, monday + timedelta(days=6)]
    found = [(one.span(), day) for one in _DATE.finditer(text) if (day := _day(one, today))]
    days = [day for _, day in found]
    if len(days) == 1 and re.search(r"\btu(?: ngay)? $", text[: found[0][0][0]]):  # "từ 04/10": until now
        days.append(max(days[0], today))
    if len(days) == 2 and days[1] < days[0]:  # "từ 30/9 đến 02/10": the end of what has begun may be still to come
        days[1] = days[1].replace(year=days[0].year + (days[1].replace(year=days[0].year) < days[0]))
    return blank(text, [span for span, _ in found]), sorted(days)


def _day(found: re.Match[str], today: date) -> date | None:
    day, month, year = int(found[1]), int(found[2]), int(found[3] or today.year)
    try:
        named = date(year, month, day)
        return named if found[3] or named <= today else named.replace(year=year - 1)
    except ValueError:
        return None


def _acts(text: str) -> tuple[str, tuple[str, ...]]:
    found: list[str] = []
    for words, act in _WORDS:
        text, count = re.subn(rf"\b{words}\b", " ", text)
        found += [act] if count else []
    return text, tuple(dict.fromkeys(found))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), TIMEZONE)


def people_named(words: str, names: Mapping[int, str]) -> tuple[int, ...]:
    """Whose folded names hold all of these words.

    >>> people_named("van a", {1: "Lò Văn A", 2: "Lò Văn Ban", 3: "Hà A"})
    (1,)
    """
    wanted = set(words.split())
    return tuple(person for person, name in names.items() if wanted and wanted <= set(fold(name).split()))
