"""Numbers that are no figures: dates, ranks, document numbers, counts of other things, a value being corrected."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.domain.amount import amount_at
from bot.domain.scale import UNITS, says_any, text_at
from bot.domain.spoken import is_digit, is_word
from bot.domain.token import Kind, Token

_DATE = re.compile(r"(?:0?[1-9]|[12][0-9]|3[01])[./-](?:0?[1-9]|1[0-2])[./-](?:(?:19|20)[0-9]{2}|[0-9]{2})")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_SMALL = re.compile(r"[0-9]{1,2}")
_CODE = re.compile(r"[A-ZĐ]{2,}")
_MOST_PIECES = 12  # tokens of a document number

#: Counted, but never việc or đồng.
_THINGS = frozenset(["nguoi", "thang", "ngay", "nam", "qui", "tuan", "gio", "lan", "xa", "huyen", "phuong"])
_THING_PAIRS = (
    ("don", "vi"),
    ("can", "bo"),
    ("cong", "chuc"),
    ("chap", "hanh"),
    ("quyet", "dinh"),
    ("ho", "so"),
    ("ban", "an"),
    ("truong", "hop"),
    ("duong", "su"),
    ("cuoc", "hop"),
    ("ke", "hoach"),
    ("chi", "cuc"),
    ("van", "ban"),
)
#: Without one of these nothing becomes something else; ">" is the end of "->".
_CHANGED = frozenset(["→", "⇒", "➡", ">", "thanh", "len", "xuong", "sang"])
_OF_THIS_YEAR = ("nay", "truoc", "ngoai")


def aside_at(tokens: Sequence[Token], at: int) -> int:
    """The token after a number that is no figure, with the words that make it so; `at` itself when there is none."""
    return max(
        _document(tokens, at), _date(tokens, at), _calendar(tokens, at), _rank(tokens, at), _things(tokens, at), at
    )


def old_value_at(tokens: Sequence[Token], at: int) -> int:
    """The token after a value that is being replaced: "chứ không phải 402", "thay cho 402", the 402 of "402 → 403"."""
    start = _denied(tokens, at)
    if start > at:
        amount = amount_at(tokens, start)
        return amount.end if amount else at
    from_ = tokens[at].text == "tu" and tokens[at].spelt in ("tu", "từ")
    start = at + from_
    if start >= len(tokens) or tokens[start].kind is not Kind.NUMBER:
        return at
    if not says_any(tokens, start, _CHANGED):
        return at
    for greedy in (True, False):
        amount = amount_at(tokens, start, greedy)
        link = _becomes(tokens, amount.end, from_) if amount else 0
        if link and amount_at(tokens, link):
            return link
    return at


def _denied(tokens: Sequence[Token], at: int) -> int:
    end = at + (text_at(tokens, at) == "chu")
    if text_at(tokens, end) in ("khong", "ko", "k", "chang") and text_at(tokens, end + 1) == "phai":
        end += 2
    elif (text_at(tokens, at), text_at(tokens, at + 1)) in (("thay", "cho"), ("thay", "vi")):
        end = at + 2
    else:
        return at
    return end + (text_at(tokens, end) in ("la", "con"))


def _becomes(tokens: Sequence[Token], at: int, from_: bool) -> int:
    """The token after "→", "thành", "sửa lại thành", and after "từ" also "lên", "xuống"; 0 when there is none."""
    if text_at(tokens, at) in ("→", "⇒", "➡"):
        return at + 1
    if text_at(tokens, at) in ("-", "=") and text_at(tokens, at + 1) == ">":
        return at + 2
    while text_at(tokens, at) in ("sua", "doi", "lai"):
        at += 1
    return at + 1 if text_at(tokens, at) in (("thanh", "len", "xuong", "sang") if from_ else ("thanh",)) else 0


def _document(tokens: Sequence[Token], at: int) -> int:
    """ "123/BC-CTHADS", "06/2019/TT-BTP", with no space inside."""
    if tokens[at].kind is not Kind.NUMBER or text_at(tokens, at + 1) != "/":
        return at
    end = at + 1
    while end < len(tokens) and end - at < _MOST_PIECES and tokens[end].follows(tokens[end - 1]):
        if tokens[end].kind is Kind.BREAK or tokens[end].text in (",", ")", ":"):
            break
        end += 1
    words = [token for token in tokens[at:end] if token.kind is Kind.WORD]
    return end if words and _CODE.fullmatch(words[0].typed) and words[0].text not in UNITS else at


def _date(tokens: Sequence[Token], at: int) -> int:
    """ "30/9/2021", "30.9.2021", and after "ngày" also "30/9"."""
    start = at
    while start - at < 3 and text_at(tokens, start) in ("tinh", "den", "het", "toi", "ngay"):
        start += 1
    solid, end = "", start
    while end < len(tokens) and end - start < 5 and (end == start or tokens[end].follows(tokens[end - 1])):
        solid += tokens[end].text
        end += 1
        if _DATE.fullmatch(solid) and not _goes_on(tokens, end):
            return end
    if start > at and start < len(tokens) and _SMALL.fullmatch(tokens[start].text):
        linked = text_at(tokens, start + 1) in ("/", "-") and _SMALL.fullmatch(text_at(tokens, start + 2))
        return start + 3 if linked else start + 1
    return at


def _goes_on(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].kind is Kind.NUMBER and tokens[at].follows(tokens[at - 1])


def _calendar(tokens: Sequence[Token], at: int) -> int:
    """ "năm 2021", "tháng 9", "quý 3", "12 tháng", "17:00", "17 giờ": `at` when it is none."""
    word, after = tokens[at].text, text_at(tokens, at + 1)
    if word == "nam" and _YEAR.fullmatch(after) and text_at(tokens, at + 2) not in UNITS:
        return at + 2
    if (
        word in ("thang", "qui", "quy", "khoa", "ki", "cum")
        and _SMALL.fullmatch(after)
        and text_at(tokens, at + 2) not in UNITS
    ):
        return at + 2
    if tokens[at].kind is not Kind.NUMBER or not _SMALL.fullmatch(word):
        return at
    if after in ("gio", "h") and at + 1 < len(tokens):
        return (
            at + 2 + (_SMALL.fullmatch(text_at(tokens, at + 2)) is not None and tokens[at + 2].follows(tokens[at + 1]))
        )
    clock = after == ":" and _SMALL.fullmatch(text_at(tokens, at + 2))
    return at + 3 if clock and tokens[at + 2].follows(tokens[at + 1]) and tokens[at + 1].follows(tokens[at]) else at


def _rank(tokens: Sequence[Token], at: int) -> int:
    """ "xếp thứ 5/34", "đứng thứ 5", "hạng 5"."""
    end = at
    while end - at < 3 and text_at(tokens, end) in ("xep", "dung", "thu", "hang", "vi"):
        end += 1
    if end == at or text_at(tokens, end - 1) not in ("thu", "hang", "vi") or end >= len(tokens):
        return at
    if tokens[end - 1].spelt == "hàng":  # of a bank, not of a rank
        return at
    if not _SMALL.fullmatch(tokens[end].text):
        return at
    ranked = text_at(tokens, end + 1) in ("/", "tren") and _SMALL.fullmatch(text_at(tokens, end + 2))
    end += 3 if ranked else 1
    return at if text_at(tokens, end) in UNITS else end


def _things(tokens: Sequence[Token], at: int) -> int:
    """ "7 đơn vị", "mười người": a bare number and what it counts."""
    digits = tokens[at].kind is Kind.NUMBER and tokens[at].text.isdecimal()
    counted = digits or is_digit(tokens[at]) or is_word(tokens, at, "muoi")
    amount = amount_at(tokens, at) if counted else None
    if amount is None or not amount.bare or amount.hedged:
        return at
    end = amount.end
    one, two = text_at(tokens, end), text_at(tokens, end + 1)
    if (one, two) in _THING_PAIRS:
        return end + 2
    dated = two in (*_OF_THIS_YEAR, *UNITS) or (end + 1 < len(tokens) and tokens[end + 1].kind is Kind.NUMBER)
    return end + 1 if one in _THINGS and not dated else at
