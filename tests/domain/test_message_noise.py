"""Whatever else a report talks about, a cell holds its own figure or none: never a neighbour's."""

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.message import read_message
from bot.domain.reading import Exact
from bot.domain.wording import grouped, money_words
from bot.forms import load
from tests.domain.spellings import bare, compound, telex

NAMES = {
    "received": ("tổng thụ lý", "thụ lý", "tổng số thụ lý"),
    "enforceable": ("có điều kiện thi hành", "có điều kiện", "đủ điều kiện"),
    "resolved": ("đã giải quyết xong", "thi hành xong", "xong"),
}
#: Clauses about something else; every number in them is one that no cell holds.
NOISE = (
    "so với cùng kỳ năm trước tăng 77 việc, 777 triệu đồng",
    "tăng 77 việc so với cùng kỳ",
    "giảm 7,7% so với cùng kỳ năm 2020",
    "cùng kỳ năm trước là 777 việc",
    "thấp hơn cùng kỳ 77 việc",
    "đình chỉ 7 việc, 77.777.000 đồng",
    "hoãn thi hành án 77 việc",
    "chưa có điều kiện 777 việc, 7 tỷ 77 triệu",
    "chưa giải quyết xong 77 việc",
    "còn lại 777 việc",
    "chuyển kỳ sau 777 việc, 7.777.777.000 đồng",
    "ủy thác 7 việc 77 triệu đồng",
    "trong đó thụ lý mới 777 việc",
    "năm trước chuyển sang 77 việc 777 triệu",
    "trong đó án tín dụng ngân hàng 77 việc với 777 triệu đồng",
    "xếp thứ 5/7 trong cụm",
    "đạt 107,7% so với chỉ tiêu",
    "vượt chỉ tiêu 7,7%",
    "theo Báo cáo số 777/BC-CTHADS ngày 07/7/2021",
    "tính đến ngày 30/9/2021",
    "trong đó 77/777 việc trọng điểm",
    "kê biên 7 vụ",
    "cưỡng chế 77 việc thành công",
    "có 7 chấp hành viên, 77 người làm việc",
    "thu cho ngân sách 777 triệu đồng",
    "khó khăn do thiếu 7 biên chế",
    "không phải 777 việc",
)
clauses = st.lists(st.sampled_from(NOISE), max_size=2)
six = st.tuples(*[st.integers(1000, 10**5), st.integers(10**10, 10**13)] * 3)
FAULTS: tuple[Callable[[str], str], ...] = (str, bare, telex)
MONEY: tuple[Callable[[int], str], ...] = (
    lambda n: f"{grouped(n)} đồng",
    lambda n: f"{grouped(n)}đ",
    compound,
    money_words,
)


@settings(max_examples=150, deadline=None)
@given(data=st.data(), figures=six)
def test_a_cell_never_holds_a_neighbours_figure(data: st.DataObject, figures: tuple[int, ...]) -> None:
    text, truth = _report(data, figures)
    text = data.draw(st.sampled_from(FAULTS))(text)
    filing = read_message(text, load("short"))
    held = {cell.name: reading.value for cell, reading in filing.cells.items() if isinstance(reading, Exact)}
    assert {name: value for name, value in held.items() if truth[name] != value} == {}, text


def _report(data: st.DataObject, figures: tuple[int, ...]) -> tuple[str, dict[str, int]]:
    """A report of the six figures in any order, figures before or after their names, with clauses of noise between."""
    said: list[str] = []
    truth: dict[str, int] = {}
    ahead = data.draw(st.booleans())
    for place, key in enumerate(data.draw(st.permutations(list(NAMES)))):
        cases, money = figures[2 * place : 2 * place + 2]
        truth |= {f"{key}.cases": cases, f"{key}.money": money}
        said += data.draw(clauses)
        said += _indicator(
            data, data.draw(st.sampled_from(NAMES[key])), cases, data.draw(st.sampled_from(MONEY))(money), ahead
        )
    said += data.draw(clauses)
    text = said[0]
    for clause in said[1:]:
        text += data.draw(st.sampled_from([", ", ", ", "; ", ". ", "\n", " ("])) + clause
    return text, truth


def _indicator(data: st.DataObject, name: str, cases: int, money: str, ahead: bool) -> list[str]:
    number = data.draw(st.sampled_from([f"{cases}", f"{grouped(cases)}"])) + data.draw(
        st.sampled_from([" việc", "việc", " vụ"])
    )
    if ahead:
        return [f"{number} {name}", *data.draw(clauses), f"tương ứng {money}"]
    noise = data.draw(clauses)
    link = data.draw(st.sampled_from(["", " là", ":", " được"]))
    return [
        f"{name}{link} {number}",
        *noise,
        data.draw(st.sampled_from(["", "tương ứng ", "số tiền ", "với "])) + money,
    ]
