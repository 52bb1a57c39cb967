"""The yardstick: python-telegram-bot as it comes out of the box, sending back every text; it remembers nothing."""

from __future__ import annotations

import os
from typing import Any

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    message = update.message
    assert message and message.text
    await message.reply_text(message.text)


def main(url: str, token: str) -> None:
    bot: Application[Any, Any, Any, Any, Any, Any]
    bot = Application.builder().token(token).base_url(f"{url}/bot").build()
    bot.add_handler(MessageHandler(filters.TEXT, echo))
    bot.run_polling()


if __name__ == "__main__":
    main(os.environ["THIDUA_TELEGRAM_API_URL"], os.environ["THIDUA_TELEGRAM_TOKEN"])
