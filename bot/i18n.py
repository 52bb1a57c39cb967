"""The catalogue and the language of the person being answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from fractions import Fraction
from functools import cache
from importlib import resources

from babel.dates import format_date, format_datetime
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from bot.domain import wording
from bot.domain.calendar import TIMEZONE

DEFAULT = "vi"
LANGUAGES = ("vi", "en")

_language: ContextVar[str] = ContextVar("language", default=DEFAULT)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Inside, texts are in that language."""
    token = _language.set(language if language in LANGUAGES else DEFAULT)
    try:
        yield
    finally:
        _language.reset(token)


def gloss(msgid: str) -> str:
    """A msgid that is said later: marked here so that the catalogues know it."""
    return msgid


def say(msgid: str, **fields: object) -> str:
    """The sentence in the current language; `msgid` is its English gloss with named placeholders."""
    text = _catalogue(_language.get()).get(msgid, msgid)
    return text.format(**fields) if fields else text


def number(value: int) -> str:
    """`93.084.022.000` in Vietnamese, `93,084,022,000` in English."""
    if _language.get() == DEFAULT:
        return wording.grouped(value)
    return format_decimal(value, locale=_language.get())


def percent(rate: Fraction | None, digits: int = 2) -> str:
    """`83,42%`; a rate without a denominator is said in words, never as 0 %."""
    if rate is None:
        return say("no figure yet")
    text = wording.percent(rate, digits)
    return text if _language.get() == DEFAULT else text.replace(",", ".")


def day(value: date) -> str:
    if _language.get() == DEFAULT:
        return wording.date_numeric(value)
    return format_date(value, "d MMM yyyy", locale=_language.get())


def weekday_and_day(value: date) -> str:
    """`thứ Hai 04/10/2021`."""
    if _language.get() == DEFAULT:
        return f"{wording.weekday(value)} {wording.date_numeric(value)}"
    return format_date(value, "EEE d MMM yyyy", locale=_language.get())


def moment(value: datetime) -> str:
    """`17:00 thứ Hai 04/10/2021`, in the offices' time zone."""
    local = value.astimezone(TIMEZONE)
    if _language.get() == DEFAULT:
        return wording.moment(local)
    return format_datetime(local, "HH:mm EEE d MMM yyyy", tzinfo=TIMEZONE, locale=_language.get())


def hour(value: datetime) -> str:
    return f"{value.astimezone(TIMEZONE):%H:%M}"


def local(vietnamese: str, english: str) -> str:
    """A name that a form file gives in both languages."""
    return vietnamese if _language.get() == DEFAULT else english


def capital(text: str) -> str:
    """The text with its first letter capital, the rest untouched."""
    return text[:1].upper() + text[1:]


@cache
def _catalogue(language: str) -> Mapping[str, str]:
    # Read from the .po in git: some ten milliseconds, and no build step to forget.
    source = resources.files("bot") / "locale" / language / "LC_MESSAGES" / "messages.po"
    with source.open("rb") as file:
        entries = read_po(file, locale=language)
    return {str(one.id): str(one.string) for one in entries if one.id and one.string and not one.fuzzy}
