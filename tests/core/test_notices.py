"""What is said unasked: one message a person whatever they owe, short enough for every channel."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot import sample
from bot.chat import Choice
from bot.domain.agenda import Agenda
from bot.domain.calendar import TIMEZONE, Calendar
from bot.domain.organisation import Cluster, Office
from bot.domain.period import Period
from bot.domain.reminder import Promise, Reminder, Rung
from bot.unasked.notices import notice

SEPTEMBER = Period(2021, 12)
DEADLINE = datetime(2021, 10, 4, 17, tzinfo=TIMEZONE)
EARLY = date(2020, 1, 1)
LONGEST = 2000


def agenda(clusters: list[tuple[Cluster, list[Office]]], **more: object) -> Agenda:
    return Agenda(SEPTEMBER, "short", DEADLINE, Calendar(), clusters, **more)  # type: ignore[arg-type]


def towns(clusters: int, offices: int) -> list[tuple[Cluster, list[Office]]]:
    return [
        (
            Cluster(f"c{n}", f"cụm thi đua số {n}", f"cụm {n}", "p", (), EARLY),
            [
                Office(f"o{n}-{m}", f"Khu vực {n}-{m}", "Phòng THADS", "Trưởng phòng", f"c{n}", (), EARLY)
                for m in range(offices)
            ],
        )
        for n in range(clusters)
    ]


def rung(unit: str, rung: Rung) -> Reminder:
    return Reminder(1, unit, "short", SEPTEMBER, rung, DEADLINE)


def test_one_who_owes_for_two_offices_gets_one_message() -> None:
    mine = [rung("o0-0", Rung.MORNING), rung("o0-1", Rung.MORNING)]
    told = notice(agenda(towns(1, 3)), mine, DEADLINE - timedelta(hours=9))
    assert told.text == (
        "Hôm nay là hạn nộp số liệu **12 tháng năm 2021** của 2 đơn vị (Khu vực 0-0, Khu vực 0-1): "
        "trước **17:00 thứ Hai 04/10/2021**."
    )
    assert told.choices == (
        Choice("Nộp ngay", "/nop"),
        Choice("16:00 tôi nộp", "/hen 16h"),
        Choice("Không phát sinh", "/khongphatsinh"),
    )


def test_the_period_has_come_on_its_first_working_day_and_its_deadline_is_near_after_that() -> None:
    later = Agenda(SEPTEMBER, "short", DEADLINE + timedelta(days=2), Calendar(), towns(1, 1))
    fields = "số liệu **12 tháng năm 2021**{} của Phòng THADS Khu vực 0-0: trước **17:00 thứ Tư 06/10/2021**."
    first, next_ = (notice(later, [rung("o0-0", Rung.EVE)], datetime(2021, 10, n, 8, tzinfo=TIMEZONE)) for n in (1, 5))
    assert first.text == "Đã đến kỳ nộp " + fields.format(" (01/10/2020–30/9/2021)")
    assert next_.text == "Sắp đến hạn nộp " + fields.format("")


def test_a_list_says_who_has_promised_and_who_cannot_be_reached() -> None:
    until = DEADLINE - timedelta(hours=1)
    sketched = agenda(towns(1, 3), promises={"o0-0": Promise("o0-0", "short", SEPTEMBER, 1, until)})
    told = notice(sketched, [rung("c0", Rung.LIST_BEFORE)], DEADLINE - timedelta(hours=2), {"o0-1"})
    assert told.text == (
        "**Cụm 0 · 12 tháng năm 2021**: còn 3/3 đơn vị chưa nộp: **Khu vực 0-0** (hẹn 16:00), "
        "**Khu vực 0-1** (chưa liên lạc được), **Khu vực 0-2**.\n"
        "Còn 2 giờ đến hạn (17:00 thứ Hai 04/10/2021)."
    )


def test_the_list_of_a_whole_country_fits_into_one_message() -> None:
    country = towns(369, 9)
    everything = [rung(cluster.key, Rung.LIST_AT_DEADLINE) for cluster, _ in country]
    told = notice(agenda(country), everything, DEADLINE)
    assert len(told.text) <= LONGEST
    assert [choice.label for choice in told.choices] == [f"Nhắc cụm {n}" for n in range(6)]


def test_a_large_cluster_has_one_button_for_all() -> None:
    told = notice(agenda(towns(1, 40)), [rung("c0", Rung.LIST_AT_DEADLINE)], DEADLINE)
    assert told.choices == (Choice("Nhắc tất cả", "/nhacngay cum 0"),)
    assert len(told.text) <= LONGEST


def test_every_token_fits_a_button() -> None:
    organisation, _ = sample.structure()
    cluster = organisation.clusters[0]
    told = notice(agenda([(cluster, list(organisation.offices[:6]))]), [rung(cluster.key, Rung.LIST_BEFORE)], DEADLINE)
    assert all(len(choice.token.encode()) <= 64 and choice.token.isascii() for choice in told.choices)
