"""Figures, dates and times as they are written for people, in Vietnamese."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_BILLION = 10**9


def grouped(n: int) -> str:
    """Digits in groups of three.

    >>> grouped(93_084_022_000)
    '93.084.022.000'
    """
    return f"{n:,}".replace(",", ".")


def percent(rate: Fraction, digits: int = 2) -> str:
    """A rate (1 is 100 %) as a percentage, rounded half up.

    >>> percent(Fraction(2008, 2407)), percent(Fraction(1, 200), 0)
    ('83,42%', '1%')
    """
    return points(rate, digits) + "%"


def points(difference: Fraction, digits: int = 2) -> str:
    """A difference of two rates in percentage points; half up, away from zero.

    >>> points(Fraction(142, 10_000)), points(Fraction(-608, 10_000))
    ('1,42', '-6,08')
    """
    rounded = (abs(difference) * 100 * 10**digits * 2 + 1) // 2
    whole, rest = divmod(rounded, 10**digits)
    sign = "-" if difference < 0 and rounded else ""
    return f"{sign}{grouped(whole)}" + (f",{rest:0{digits}d}" if digits else "")


def number_words(n: int) -> str:
    """A whole number read out in the official style; empty groups of three are skipped.

    >>> number_words(1_005), number_words(21), number_words(10**12)
    ('một nghìn không trăm linh năm', 'hai mươi mốt', 'một nghìn tỷ')
    """
    if n < 0:
        return "âm " + number_words(-n)
    return " ".join(_below_billion(n, False) if n < _BILLION else _from_billion(n)) or _DIGITS[0]


def money_words(n: int) -> str:
    """
    >>> money_words(93_084_022_000)
    'chín mươi ba tỷ không trăm tám mươi tư triệu không trăm hai mươi hai nghìn đồng'
    """
    return number_words(n) + " đồng"


def _from_billion(n: int) -> list[str]:
    high, low = divmod(n, _BILLION)
    return [number_words(high), "tỷ", *_below_billion(low, True)]


def _below_billion(n: int, led: bool) -> list[str]:
    """The words of n < 10⁹; `led` when higher groups come before, so that hundreds are always named."""
    words: list[str] = []
    for size, name in ((10**6, "triệu"), (10**3, "nghìn"), (1, "")):
        group = n // size % 1000
        if group:
            words += [*_group(group, led or bool(words)), *([name] if name else [])]
    return words


def _group(n: int, full: bool) -> list[str]:
    hundreds, rest = divmod(n, 100)
    words = [_DIGITS[hundreds], "trăm"] if hundreds or full else []
    tens, units = divmod(rest, 10)
    return words + _tens(tens, bool(words) and bool(units)) + _units(units, tens)


def _tens(tens: int, linked: bool) -> list[str]:
    if tens == 0:
        return ["linh"] if linked else []
    return ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]


def _units(units: int, tens: int) -> list[str]:
    if units == 0:
        return []
    if units == 5 and tens >= 1:
        return ["lăm"]
    return [{1: "mốt", 4: "tư"}.get(units, _DIGITS[units]) if tens >= 2 else _DIGITS[units]]


def _day(d: date) -> str:
    return f"{d.day:02d}"


def _month(d: date) -> str:
    """Months 1 and 2 take a leading zero, the others do not (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""
    return f"{d.month:02d}" if d.month <= 2 else str(d.month)


def date_numeric(d: date) -> str:
    """
    >>> date_numeric(date(2021, 10, 4)), date_numeric(date(2021, 9, 7))
    ('04/10/2021', '07/9/2021')
    """
    return f"{_day(d)}/{_month(d)}/{d.year}"


def date_official(d: date) -> str:
    """
    >>> date_official(date(2020, 1, 5)), date_official(date(2019, 6, 29))
    ('ngày 05 tháng 01 năm 2020', 'ngày 29 tháng 6 năm 2019')
    """
    return f"ngày {_day(d)} tháng {_month(d)} năm {d.year}"


def range_words(start: date, end: date) -> str:
    """
    >>> range_words(date(2020, 10, 1), date(2021, 9, 30))
    '01/10/2020–30/9/2021'
    """
    return f"{date_numeric(start)}–{date_numeric(end)}"


def weekday(d: date) -> str:
    """
    >>> weekday(date(2021, 10, 4)), weekday(date(2021, 10, 3))
    ('thứ Hai', 'Chủ nhật')
    """
    return _WEEKDAYS[d.weekday()]


def moment(local: datetime) -> str:
    """A time already in the office's time zone.

    >>> moment(datetime(2021, 10, 4, 17, 0))
    '17:00 thứ Hai 04/10/2021'
    """
    return f"{local:%H:%M} {weekday(local)} {date_numeric(local)}"


def duration(span: timedelta) -> str:
    """Whole minutes, rounded down; above a day, whole hours. The sign is left to the caller's sentence.

    >>> duration(timedelta(hours=2, minutes=20)), duration(timedelta(days=1, hours=3, minutes=5))
    ('2 giờ 20 phút', '1 ngày 3 giờ')
    """
    hours, minutes = divmod(abs(span) // timedelta(minutes=1), 60)
    days, hours = divmod(hours, 24)
    parts = [(days, "ngày"), (hours, "giờ"), (0 if days else minutes, "phút")]
    return " ".join(f"{count} {name}" for count, name in parts if count) or "dưới 1 phút"
