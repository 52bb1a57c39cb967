"""The sample cluster: who plays in it, and what has been filed before the curtain rises."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib import resources

from bot.chat import Address
from bot.domain.calendar import TIMEZONE, Calendar, deadline
from bot.domain.figures import Figures
from bot.domain.form import Cell, cell_named
from bot.domain.organisation import Office, Organisation, parse_structure
from bot.domain.period import Period, last_ended
from bot.domain.person import Grant, Person, Place, Role
from bot.domain.report import Report, Revision, first
from bot.domain.wording import grouped
from bot.ports import Desk, Entry
from bot.trail import report_subject

#: The morning on which the sample begins: the last period of 2021 has just opened.
BEGINS = datetime(2021, 10, 1, 8, tzinfo=TIMEZONE)
LATE_ONES = ("muong-lat", "thuong-xuan")  # they have not filed the last period
CLUSTER = Place("thanh-hoa", "cum-3")


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody to play in the demo; `grants` are none for the stranger."""

    key: str
    name: str
    about: str
    grants: tuple[Grant, ...]
    examples: tuple[str, ...]


@cache
def structure() -> tuple[Organisation, Calendar]:
    """The sample structure, and the days that its calendar overrides."""
    return parse_structure(_text("thanh-hoa-3.toml"))


@cache
def figures() -> dict[Period, dict[str, Figures]]:
    """Made-up figures by period and office key; the last period of 2021 adds up to the published totals."""
    data = tomllib.loads(_text("sample_figures.toml"))
    cells: list[Cell] = [cell_named(name) for name in data["columns"]]
    return {
        Period(one["year"], one["month"]): {
            office: Figures(zip(cells, row, strict=True)) for office, row in one["offices"].items()
        }
        for one in data["period"]
    }


@cache
def players() -> tuple[Player, ...]:
    """Seven chiefs (those who still have to file first), the cluster's leaders, the administrator, a stranger."""
    organisation, _ = structure()
    offices = sorted(organisation.offices, key=lambda office: office.key not in LATE_ONES)
    since = date(2020, 1, 1)
    chiefs = [_chief(office, Grant(Role.CHIEF, organisation.place(office), since)) for office in offices]
    head = Grant(Role.HEAD, CLUSTER, since)
    quan_son = Grant(Role.CHIEF, Place("thanh-hoa", "cum-3", "quan-son"), since)
    thuong_xuan = Grant(Role.CHIEF, Place("thanh-hoa", "cum-3", "thuong-xuan"), since)
    asks = ("tổng cụm 3", "tỷ lệ cụm 3", "ai chưa nộp")
    return (
        *chiefs,
        Player("truong-cum", "Trưởng cụm", "kiêm Chi cục trưởng Quan Sơn", (head, quan_son), asks),
        Player(
            "pho-cum",
            "Phó cụm",
            "kiêm Chi cục trưởng Thường Xuân",
            (Grant(Role.DEPUTY, CLUSTER, since), thuong_xuan),
            asks,
        ),
        Player("lanh-dao", "Lãnh đạo phụ trách", "Phó Cục trưởng", (Grant(Role.SUPERVISOR, CLUSTER, since),), asks),
        Player(
            "quan-tri",
            "Quản trị",
            "cán bộ của tỉnh",
            (Grant(Role.ADMIN, Place("thanh-hoa"), since),),
            ("/moi", "ai chưa nộp", "/trogiup"),
        ),
        Player("nguoi-la", "Người lạ", "chưa có mã mời", (), ("xin chào", "tổng cụm 3")),
    )


def _chief(office: Office, grant: Grant) -> Player:
    if office.key in LATE_ONES:
        examples = (as_typed(figures()[Period(2021, 12)][office.key]), f"số liệu {office.name}", "ai chưa nộp")
    else:
        examples = ("tổng cụm 3", f"tỷ lệ của {office.name}", "ai chưa nộp")
    return Player(office.key, f"{office.title} {office.name}", "thủ trưởng đơn vị", (grant,), examples)


async def seed(
    desk: Desk,
    now: datetime,
    channel: str = "web",
    figures_too: bool = True,
    chat: Callable[[str], str] = str,
) -> None:
    """Fill an empty database: the structure, the players, and all that was filed before the demo begins.

    `chat` gives a player's chat id on that channel."""
    organisation, calendar = structure()
    changes = list(await desk.offices.save(organisation, calendar))
    await desk.targets.put(organisation.targets, now)
    await desk.audit.write(Entry(now, None, "operator", "", "", "structure", "structure", after={"changes": changes}))
    people = await _admit(desk, now, channel, chat)
    for period, by_office in figures().items() if figures_too else ():
        last = period == Period(2021, 12)
        due = deadline(period.end, organisation.deadline, calendar)
        if now < due and not (last and period.end < now.astimezone(TIMEZONE).date()):
            continue  # the curtain rises earlier, and that is still to be told
        for place, (office, values) in enumerate(by_office.items()):
            if last and office in LATE_ONES:
                continue
            sent = _before(now, place) if last else due - timedelta(hours=3 + 2 * place)
            author = next(one for one in players() if one.key == office)
            revision = Revision(1, values, people[office], author.name, channel, sent, sent, as_typed(values))
            report = first(office, organisation.form, period, due, revision)
            await desk.reports.file(report)
            await desk.audit.write(_filed(report))


async def _admit(desk: Desk, now: datetime, channel: str, chat: Callable[[str], str]) -> dict[str, int]:
    """The players with their roles; their ids by key."""
    people = {}
    for player in players():
        if player.grants:
            person = await desk.people.admit(player.name, Address(channel, chat(player.key)), now)
            people[player.key] = person.id
            for grant in player.grants:
                await desk.people.grant(person.id, grant, now)
                await desk.audit.write(_enrolled(person, grant, channel, now))
    return people


def _enrolled(person: Person, grant: Grant, channel: str, now: datetime) -> Entry:
    place = grant.place
    after = {"role": grant.role, "cluster": place.cluster, "office": place.office, "name": person.name}
    return Entry(now, person.id, grant.role, channel, "", "enrol", f"person {person.id}", after=after)


def _filed(report: Report) -> Entry:
    one = report.latest
    after = report.figures.to_json()
    return Entry(one.stored_at, one.author, Role.CHIEF, one.channel, "", "file", report_subject(report), after=after)


def stride(step: str, now: datetime) -> timedelta:
    """How far the demo's clock goes for one of its buttons: an hour, a day, or up to the next deadline."""
    if step != "deadline":
        return timedelta(hours=1) if step == "hour" else timedelta(days=1)
    organisation, calendar = structure()
    period = last_ended(now.astimezone(TIMEZONE).date())
    while (due := deadline(period.end, organisation.deadline, calendar)) <= now:
        period = Period.of_calendar(*_month_after(period.calendar_month))
    return due - now


def _month_after(month: tuple[int, int]) -> tuple[int, int]:
    return (month[0] + 1, 1) if month[1] == 12 else (month[0], month[1] + 1)


def _before(now: datetime, place: int) -> datetime:
    """Early on the morning the demo begins, one office after the other."""
    return min(now, BEGINS) - timedelta(minutes=7 + 8 * place)


def as_typed(values: Figures) -> str:
    return "/nop " + " ".join(grouped(value) for value in values.values())


def _text(name: str) -> str:
    return (resources.files("bot") / "structure" / name).read_text("utf-8")
