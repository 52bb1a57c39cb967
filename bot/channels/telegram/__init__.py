"""Telegram, by python-telegram-bot: only this package imports it."""

from bot.channels.telegram.channel import Telegram

__all__ = ["Telegram"]
