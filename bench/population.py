"""The people: a province of twenty clusters and 240 offices, five hundred enrolled, eleven months filed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.chat import Address
from bot.domain.calendar import TIMEZONE, Calendar, deadline
from bot.domain.figures import Figures
from bot.domain.folding import fold
from bot.domain.organisation import Office, Organisation, parse_structure
from bot.domain.period import Period
from bot.domain.person import Grant, Place, Role
from bot.domain.report import Revision, first
from bot.forms import load
from bot.ports import Desk

#: The morning on which the twelfth period opens: it is still to be filed, the eleven before it are.
MORNING = datetime(2021, 10, 1, 8, tzinfo=TIMEZONE)
MONTHS = 11
PEOPLE = 500

_PROVINCE = "an-thanh"
_FRONT = (  # one a cluster
    *("Quan", "Cẩm", "Ngọc", "Mường", "Thường", "Vĩnh", "Hoằng", "Triệu", "Đông", "Nghi"),
    *("Thọ", "Yên", "Hậu", "Nga", "Bỉm", "Thiệu", "Như", "Lang", "Kim", "Tân"),
)
_BACK = ("Sơn", "Hóa", "Thủy", "Lặc", "Xuân", "Thanh", "Định", "Phúc", "Bình", "Long", "Hải", "Trung")  # one an office
_SINCE = date(2020, 1, 1)
_FIRST = 1_000  # the Telegram id of the first person
_OFFICIALS = (Role.CHIEF,)  # one an office: two who file at once are asked, which is another conversation
_LEADERS = (Role.HEAD, Role.DEPUTY)


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody enrolled; `number` is the office's place in the structure, the own one or one of the own cluster."""

    id: int
    role: Role
    office: Office
    number: int

    @property
    def files(self) -> bool:
        return self.role in _OFFICIALS

    @property
    def cluster(self) -> str:
        """As people write it: “cụm 3”."""
        return self.office.cluster.replace("cum-", "cụm ")

    @property
    def grant(self) -> Grant:
        return Grant(self.role, Place(_PROVINCE, self.office.cluster, self.office.key if self.files else ""), _SINCE)


def structure() -> tuple[Organisation, Calendar]:
    return parse_structure("\n".join(_toml()))


def _toml() -> Iterator[str]:
    yield 'form = "short"\nreporting_from = { year = 2020, month = 12 }'
    yield f'[[province]]\nkey = "{_PROVINCE}"\nname = "THADS tỉnh An Thanh"'
    since = "valid_from = 2010-01-01"
    for number, front in enumerate(_FRONT, 1):
        cluster = f'key = "cum-{number}"\nname = "cụm thi đua số {number}"\nshort = "cụm {number}"'
        yield f'[[cluster]]\n{cluster}\nprovince = "{_PROVINCE}"\n{since}'
        for back in _BACK:
            office = f'key = "{fold(front)}-{fold(back)}"\nname = "{front} {back}"\ncluster = "cum-{number}"'
            yield f'[[office]]\n{office}\nkind = "Chi cục THADS"\ntitle = "Chi cục trưởng"\n{since}'


def residents(organisation: Organisation) -> list[Resident]:
    """A chief an office, a head and a deputy a cluster, viewers for the rest."""
    numbered = list(enumerate(organisation.offices))
    posts = [(role, number, office) for number, office in numbered for role in _OFFICIALS]
    posts += [(role, number, office) for number, office in numbered[:: len(_BACK)] for role in _LEADERS]
    posts += [(Role.VIEWER, *numbered[one % len(numbered)]) for one in range(PEOPLE - len(posts))]
    return [Resident(_FIRST + place, role, office, number) for place, (role, number, office) in enumerate(posts)]


def figures(number: int, month: int, revision: int = 0) -> Figures:
    """What the n-th office has after so many months; with each revision one case more."""
    received, completed = 40 * month + number + revision, 20 * month + revision
    enforceable = received - month - 1
    values = (received, received * 33_100_000, enforceable, enforceable * 25_100_000, completed, completed * 10_100_000)
    return Figures(zip(load("short").cells, values, strict=True))


def typed(values: Figures) -> str:
    """The figures as a chief sends them: six numbers in the form's order."""
    return "/nop " + " ".join(f"{value:,}".replace(",", ".") for value in values.values())


async def settle(desk: Desk, people: Sequence[Resident], organisation: Organisation, calendar: Calendar) -> None:
    """Fill an empty database: the structure, the people, and the figures of eleven months."""
    await desk.offices.save(organisation, calendar)
    chiefs: dict[str, int] = {}
    for one in people:
        person = await desk.people.admit(f"{one.role.value} {one.id}", Address("telegram", str(one.id)), MORNING)
        await desk.people.grant(person.id, one.grant, MORNING)
        chiefs.setdefault(one.office.key, person.id)
    for period in (Period(2021, month) for month in range(1, MONTHS + 1)):
        due = deadline(period.end, organisation.deadline, calendar)
        sent = due - timedelta(hours=3)
        for number, office in enumerate(organisation.offices):
            values = figures(number, period.month)
            revision = Revision(1, values, chiefs[office.key], office.title, "telegram", sent, sent, typed(values))
            await desk.reports.file(first(office.key, organisation.form, period, due, revision))
