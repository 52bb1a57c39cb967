"""A number spelt in every notation that people use, clean and faulty."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from bot.domain.wording import grouped, money_words, number_words

_TONES = {"\u0301": "s1", "\u0300": "f2", "\u0309": "r3", "\u0303": "x4", "\u0323": "j5"}
_SHAPES = {"\u0302": "6", "\u031b": "7", "\u0306": "8"}
_WORD = re.compile(r"[^\W\d_]+")


def separated(n: int, mark: str) -> str:
    return f"{n:,}".replace(",", mark)


def compound(n: int, zeros: bool = False) -> str:
    """ "588 tỷ 190 triệu 067 nghìn 500 đồng", with or without leading zeros."""
    parts = [(n // 10**9, " tỷ"), (n // 10**6 % 1000, " triệu"), (n // 1000 % 1000, " nghìn"), (n % 1000, "")]
    named: list[str] = []
    for value, name in parts:
        if value:
            named.append((f"{value:03}" if zeros and named else grouped(value)) + name)
    return " ".join([*(named or ["0"]), "đồng"])


def half_in_words(n: int) -> str:
    """Groups in words and in digits by turns."""
    parts = [(n // 10**9, " tỷ"), (n // 10**6 % 1000, " triệu"), (n // 1000 % 1000, " nghìn"), (n % 1000, "")]
    named = [
        (number_words(value) if place % 2 else grouped(value)) + name
        for place, (value, name) in enumerate(parts)
        if value
    ]
    return " ".join([*(named or ["0"]), "đồng"])


def decimal(n: int, name: str, size: int) -> str:
    """ "62,3634 tỷ", as many decimals as it takes."""
    whole, rest = divmod(n, size)
    decimals = f"{rest:0{len(str(size)) - 1}}".rstrip("0")
    return f"{whole},{decimals} {name}" if decimals else f"{whole} {name}"


def southern(words: str) -> str:
    """ "ngàn" for "nghìn", "lẻ" for "linh", "nhăm" for "lăm"."""
    return words.replace("nghìn", "ngàn").replace("linh", "lẻ").replace("lăm", "nhăm").replace("tỷ", "tỉ")


def short_tens(words: str) -> str:
    """ "hai lăm" for "hai mươi lăm"."""
    return re.sub(r" mươi (?=mốt|tư|lăm)", " ", words)


def bare(text: str) -> str:
    plain = unicodedata.normalize("NFD", text).replace("đ", "d").replace("Đ", "D")
    return "".join(char for char in plain if not unicodedata.combining(char))


def telex(text: str) -> str:
    """ "tyr", "trieeuj", "ddoongf": tones at the end of the word."""
    return _WORD.sub(lambda found: _telex(unicodedata.normalize("NFD", found.group())), text)


def _telex(word: str) -> str:
    out = tone = ""
    for char in word:
        if char in _TONES:
            tone = _TONES[char][0]
        elif char == "\u0302":
            out += out[-1]
        else:
            out += "w" if char in _SHAPES else "dd" if char == "đ" else char
    return out + tone


def vni(text: str) -> str:
    """ "trie65u", "d9o62ng": keys where the accents stand."""
    keys = {**_SHAPES, **{mark: keys[1] for mark, keys in _TONES.items()}, "đ": "d9"}
    return "".join(keys.get(char, char) for char in unicodedata.normalize("NFD", text))


def wide(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if char in "0123456789.," else char for char in text)


#: Spellings of đồng that say exactly one number; with spaces, from a million on.
EXACT: dict[str, Callable[[int], str]] = {
    "grouped": lambda n: f"{separated(n, '.')} đồng",
    "with commas": lambda n: f"{separated(n, ',')} đ",
    "ungrouped": lambda n: f"{n} vnđ",
    "glued": lambda n: f"{separated(n, '.')}đồng",
    "stray dot": lambda n: f"{separated(n, '.')}.đồng.",
    "thin spaces": lambda n: f"{separated(n, chr(0x202F))} đồng",
    "fixed spaces": lambda n: f"{separated(n, chr(0xA0))}{chr(0xA0)}đồng",
    "spaces": lambda n: f"{separated(n, ' ')} đồng",
    "compound with zeros": lambda n: compound(n, zeros=True) + ".",
    "words": money_words,
    "southern words": lambda n: southern(money_words(n)),
    "short tens": lambda n: short_tens(money_words(n)),
}
#: The same with what an editor, a keyboard or a hurry makes of them.
FAULTS: dict[str, Callable[[str], str]] = {
    "none": str,
    "no accents": bare,
    "capitals": str.upper,
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "telex": telex,
    "full width": wide,
}
