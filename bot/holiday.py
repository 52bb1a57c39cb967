"""The public holidays in words."""

from __future__ import annotations

from bot.domain.special import Holiday, Special
from bot.i18n import say


def holiday_names(one: Special) -> str:
    """“Giải phóng miền Nam, Quốc tế Lao động”, empty for days off of no holiday."""
    return ", ".join(map(_name, one.holidays))


def _name(holiday: Holiday) -> str:
    return {
        Holiday.NEW_YEAR: lambda: say("New Year"),
        Holiday.TET: lambda: say("Lunar New Year"),
        Holiday.HUNG_KINGS: lambda: say("Hùng Kings' Day"),
        Holiday.LIBERATION: lambda: say("Liberation Day"),
        Holiday.LABOUR: lambda: say("Labour Day"),
        Holiday.NATIONAL: lambda: say("National Day"),
        Holiday.CULTURE: lambda: say("Vietnam Culture Day"),
    }[holiday]()
