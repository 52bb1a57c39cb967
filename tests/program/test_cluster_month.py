"""A cluster's month from end to end: seven chiefs file from their phones, the head asks, the sums are the published."""

from __future__ import annotations

import asyncio

from tests.program.people import CHIEFS, HEAD, OFFICES, ask, enrol, file, typed
from tests.program.process import Machine
from tests.servers.telegram import BotApi

SIX = """\
**Cụm thi đua số 3 · 12 tháng năm 2021** — mới có **6/7 đơn vị** (thiếu Thường Xuân)
01/10/2020–30/9/2021
Thụ lý: **2.330** việc · **77.062.181.000** đồng
Có điều kiện: **1.984** việc · **51.525.672.000** đồng
Xong: **1.654** việc · **17.485.119.000** đồng
Xong đạt **83,37%** về việc, **33,93%** về tiền
"""
MISSING = """\
Đã nộp **6/7**. Chưa nộp: **Thường Xuân**.
Cụm 3 · 12 tháng năm 2021 (01/10/2020–30/9/2021)
"""
SEVEN = """\
**Cụm thi đua số 3 · 12 tháng năm 2021** — 7/7 đơn vị
01/10/2020–30/9/2021
Thụ lý: **2.820** việc · **93.084.022.000** đồng
Có điều kiện: **2.407** việc · **62.363.443.000** đồng
Xong: **2.008** việc · **21.155.130.000** đồng
Xong đạt **83,42%** về việc, **33,92%** về tiền
"""
RATES = """\
**Cụm 3 · 12 tháng năm 2021** — 7/7 đơn vị
01/10/2020–30/9/2021
Xong đạt **83,42%** về việc (2.008/2.407), **33,92%** về tiền (21.155.130.000/62.363.443.000)
Có điều kiện chiếm **85,35%** về việc (2.407/2.820), **67,00%** về tiền (62.363.443.000/93.084.022.000)
Chỉ tiêu trên 82,00% và trên 40,00%: **đạt** về việc (vượt 1,42), **chưa đạt** về tiền (thiếu 6,08)."""
SUMS = """
SELECT indicator, measure, sum(value) FROM cells
JOIN revisions ON revisions.id = cells.revision JOIN reports ON reports.id = revisions.report
WHERE year = 2021 AND month = 12 GROUP BY indicator, measure ORDER BY min(cells.rowid)"""
PUBLISHED = [2_820, 93_084_022_000, 2_407, 62_363_443_000, 2_008, 21_155_130_000]


async def invited(machine: Machine) -> dict[int, str]:
    """The codes by account, by the command line: a chief for every office, and the head; two at a time."""
    two = asyncio.Semaphore(2)

    async def code(*arguments: str) -> str:
        async with two:
            done = await machine.command("invite", *arguments)
        assert (done.code, done.err) == (0, "")
        return done.lines[-1]

    chiefs = [
        code("--role", "chief", "--office", name, "--name", f"Chi cục trưởng {name}") for name in OFFICES.values()
    ]
    made = await asyncio.gather(*chiefs, code("--role", "head", "--cluster", "cụm 3", "--name", "Trưởng cụm"))
    return dict(zip((*CHIEFS.values(), HEAD), made, strict=True))


async def test_seven_chiefs_file_a_month_and_the_head_reads_the_published_totals(machine: Machine, api: BotApi) -> None:
    assert (await machine.command("init", "--sample")).code == 0
    waiting = await invited(machine)
    running = await machine.start()
    for user, code in waiting.items():
        await enrol(api, user, code)
    *six, seventh = OFFICES
    filed = [await file(api, CHIEFS[office], typed(office)) for office in six]
    assert [card.text.splitlines()[0].endswith("đúng hạn.") for card in filed] == [True] * 6
    assert filed[-1].text.endswith("Cụm 3 đã có 6/7 đơn vị; còn thiếu Thường Xuân.")
    assert (await ask(api, HEAD, "/tong")).startswith(SIX)
    assert (await ask(api, HEAD, "/chuanop")).startswith(MISSING)

    await file(api, CHIEFS[seventh], typed(seventh))
    await api.wait_for(HEAD, "đã đủ 7/7 đơn vị", 10)  # told unasked
    assert (await ask(api, HEAD, "/tong")).startswith(SEVEN)
    assert await ask(api, HEAD, "/tyle") == RATES
    assert (await ask(api, HEAD, "ai chưa nộp")).startswith("Đã nộp **7/7**. Không còn ai thiếu.")

    assert [value for _, _, value in machine.query(SUMS)] == PUBLISHED
    assert await running.stop() == 0
    assert "error" not in running.log
