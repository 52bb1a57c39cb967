"""Two small forms, and how a filing of them is compared."""

from collections.abc import Mapping
from datetime import date

from bot.domain.form import Cell, Form, Indicator, Measure
from bot.domain.message import Filing
from bot.domain.reading import Exact, Reading

CASES, MONEY = Measure.CASES, Measure.MONEY


def indicator(key: str, name: str, *aliases: str, measures: tuple[Measure, ...] = (CASES, MONEY)) -> Indicator:
    return Indicator(key=key, name=name, short=aliases[0], en=key, aliases=aliases, measures=measures)


FORM = Form(
    key="short",
    name="biểu ngắn",
    en="short",
    valid_from=date(2010, 1, 1),
    indicators=(
        indicator("received", "tổng thụ lý", "thụ lý", "TL"),
        indicator("enforceable", "có điều kiện thi hành", "có điều kiện", "đk"),
        indicator("resolved", "đã giải quyết xong", "xong"),
    ),
)
WIDE = Form(
    key="wide",
    name="biểu rộng",
    en="wide",
    valid_from=date(2010, 1, 1),
    indicators=(
        indicator("carried", "năm trước chuyển sang", "năm trước chuyển sang"),
        indicator("enforceable", "có điều kiện", "có điều kiện"),
        indicator("not_yet", "chưa có điều kiện", "chưa có điều kiện", "chưa có đk"),
        indicator("reduced", "giảm thi hành án", "giảm", measures=(MONEY,)),
    ),
)
ORDER = (
    "received.cases",
    "received.money",
    "enforceable.cases",
    "enforceable.money",
    "resolved.cases",
    "resolved.money",
)
SIX = dict(zip(ORDER, (402, 13_200_000_000, 350, 9_084_000_000, 290, 3_100_000_000), strict=True))


def values(cells: Mapping[Cell, Reading]) -> dict[str, int]:
    assert all(isinstance(reading, Exact) for reading in cells.values()), cells
    return {cell.name: reading.value for cell, reading in cells.items() if isinstance(reading, Exact)}


def clean(filing: Filing) -> dict[str, int]:
    """The values of a filing in which everything was understood."""
    assert (filing.leftovers, filing.conflicts) == ((), ())
    return values(filing.cells)
