"""Zalo, by the Bot Platform's HTTP methods: text alone, no buttons, nothing edited."""

from bot.channels.zalo.channel import Zalo
from bot.channels.zalo.message import Words

__all__ = ["Words", "Zalo"]
