"""The methods of the Bot API, each a function of the phones and the parameters of a call."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.servers.telegram_call import Call
from tests.servers.telegram_phones import BOT, File, Message, Phones, stamp
from tests.servers.telegram_text import Json, Refused, units

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


@dataclass
class Account:
    """What the bot has told Telegram about itself, and the files that it has sent."""

    commands: dict[str, list[Json]] = field(default_factory=dict)
    menu_buttons: dict[int, Json] = field(default_factory=dict)
    description: str = ""
    short_description: str = ""
    webhook: str = ""
    secret: str = ""
    files: dict[str, File] = field(default_factory=dict)


def send_message(phones: Phones, _: Account, call: Call) -> Json:
    text, entities = call.words()
    markup, chat = call.markup(), phones.writable(call.chat())
    if units(text) > 4096:
        raise Refused(400, "Bad Request: message is too long")
    return phones.json(phones.from_bot(chat, text=text, entities=entities, markup=markup))


def edit_message_text(phones: Phones, _: Account, call: Call) -> Json:
    text, entities = call.words()
    markup, message = call.markup(), _editable(phones, call)
    if message.content:
        raise Refused(400, "Bad Request: there is no text in the message to edit")
    if units(text) > 4096:
        raise Refused(400, "Bad Request: MESSAGE_TOO_LONG")
    return _changed(phones, message, text, entities, markup)


def edit_message_reply_markup(phones: Phones, _: Account, call: Call) -> Json:
    markup, message = call.markup(), _editable(phones, call)
    return _changed(phones, message, message.text, message.entities, markup)


def _editable(phones: Phones, call: Call) -> Message:
    found = phones.messages.get(phones.writable(call.chat()), {}).get(call.number("message_id"))
    if found is None:
        raise Refused(400, "Bad Request: message to edit not found")
    if not found.sender["is_bot"]:
        raise Refused(400, "Bad Request: message can't be edited")
    return found


def _changed(phones: Phones, message: Message, text: str, entities: list[Json], markup: Json | None) -> Json:
    if (message.text, message.entities, message.markup) == (text, entities, markup):
        raise Refused(400, NOT_MODIFIED)
    message.text, message.entities, message.markup = text, entities, markup
    message.edited = stamp()
    phones.changed()
    return phones.json(message)


def send_photo(phones: Phones, account: Account, call: Call) -> Json:
    file = _file(account, call, "photo")
    width, height = _size(file.content)
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise Refused(400, "Bad Request: PHOTO_INVALID_DIMENSIONS")
    described = _described(account, file)
    del described["file_name"], described["mime_type"]
    return _send_file(phones, call, file, {"photo": [described | {"width": width, "height": height}]})


def send_document(phones: Phones, account: Account, call: Call) -> Json:
    file = _file(account, call, "document")
    return _send_file(phones, call, file, {"document": _described(account, file)})


def _send_file(phones: Phones, call: Call, file: File, content: Json) -> Json:
    caption, entities = call.formatted("caption")
    markup, chat = call.markup(), phones.writable(call.chat())
    if units(caption) > 1024:
        raise Refused(400, "Bad Request: message caption is too long")
    sent = phones.from_bot(chat, text=caption, entities=entities, markup=markup, content=content, file=file)
    return phones.json(sent)


def _file(account: Account, call: Call, name: str) -> File:
    given = call.get(name)
    if isinstance(given, str) and given.startswith("attach://"):
        given = call.get(given.removeprefix("attach://"))
    if isinstance(given, str) and given in account.files:
        given = account.files[given]
    if not isinstance(given, File):
        raise Refused(400, f"Bad Request: there is no {name} in the request")
    if not given.content:
        raise Refused(400, "Bad Request: file must be non-empty")
    return given


def _described(account: Account, file: File) -> Json:
    key = f"file{len(account.files)}"
    account.files[key] = file
    described: Json = {"file_id": key, "file_unique_id": key, "file_size": len(file.content)}
    return described | {"file_name": file.name, "mime_type": file.media_type}


def _size(picture: bytes) -> tuple[int, int]:
    if picture.startswith(b"\x89PNG\r\n\x1a\n") and len(picture) >= 24:
        width, height = struct.unpack(">II", picture[16:24])
        return width, height
    if picture.startswith(b"\xff\xd8\xff"):
        return 800, 600
    raise Refused(400, "Bad Request: IMAGE_PROCESS_FAILED")


def get_file(_: Phones, account: Account, call: Call) -> Json:
    key = call.text("file_id")
    if key not in account.files:
        raise Refused(400, "Bad Request: invalid file_id")
    size = len(account.files[key].content)
    return {"file_id": key, "file_unique_id": key, "file_size": size, "file_path": f"documents/{key}"}


def answer_callback_query(phones: Phones, _: Account, call: Call) -> bool:
    query = call.text("callback_query_id")
    if phones.asked.get(query, True):
        raise Refused(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
    phones.asked[query] = True
    phones.changed()
    return True


def send_chat_action(phones: Phones, _: Account, call: Call) -> bool:
    phones.writable(call.chat())
    return True


def set_my_commands(phones: Phones, account: Account, call: Call) -> bool:
    commands = call.json("commands") or []
    if len(commands) > 100:
        raise Refused(400, "Bad Request: BOT_COMMANDS_TOO_MUCH")
    if not all(re.fullmatch("/?[a-z0-9_]{1,32}", one["command"]) for one in commands):
        raise Refused(400, "Bad Request: BOT_COMMAND_INVALID")
    if not all(1 <= len(one["description"]) <= 256 for one in commands):
        raise Refused(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
    account.commands[_scope(phones, call)] = commands
    phones.changed()
    return True


def get_my_commands(phones: Phones, account: Account, call: Call) -> list[Json]:
    return account.commands.get(_scope(phones, call), [])


def delete_my_commands(phones: Phones, account: Account, call: Call) -> bool:
    account.commands.pop(_scope(phones, call), None)
    return True


def _scope(phones: Phones, call: Call) -> str:
    scope = call.json("scope") or {"type": "default"}
    if scope["type"] != "chat":
        return str(scope["type"])
    if int(scope["chat_id"]) not in phones.chats:
        raise Refused(400, "Bad Request: chat not found")
    return str(scope["chat_id"])


def set_my_description(_: Phones, account: Account, call: Call) -> bool:
    if len(call.text("description")) > 512:
        raise Refused(400, "Bad Request: BOT_DESCRIPTION_TOO_LONG")
    account.description = call.text("description")
    return True


def set_my_short_description(_: Phones, account: Account, call: Call) -> bool:
    if len(call.text("short_description")) > 120:
        raise Refused(400, "Bad Request: BOT_SHORT_DESCRIPTION_TOO_LONG")
    account.short_description = call.text("short_description")
    return True


def set_chat_menu_button(phones: Phones, account: Account, call: Call) -> bool:
    account.menu_buttons[phones.writable(call.chat())] = call.json("menu_button") or {"type": "default"}
    phones.changed()
    return True


def delete_webhook(phones: Phones, account: Account, call: Call) -> bool:
    account.webhook = ""
    if call.json("drop_pending_updates"):
        phones.updates.clear()
    return True


def get_webhook_info(phones: Phones, account: Account, _: Call) -> Json:
    return {"url": account.webhook, "has_custom_certificate": False, "pending_update_count": len(phones.updates)}


METHODS: dict[str, Callable[[Phones, Account, Call], Any]] = {
    "getme": lambda *_: {**BOT, "can_join_groups": True, "can_read_all_group_messages": False},
    "sendmessage": send_message,
    "editmessagetext": edit_message_text,
    "editmessagereplymarkup": edit_message_reply_markup,
    "sendphoto": send_photo,
    "senddocument": send_document,
    "getfile": get_file,
    "answercallbackquery": answer_callback_query,
    "sendchataction": send_chat_action,
    "setmycommands": set_my_commands,
    "getmycommands": get_my_commands,
    "deletemycommands": delete_my_commands,
    "setmydescription": set_my_description,
    "setmyshortdescription": set_my_short_description,
    "setchatmenubutton": set_chat_menu_button,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": get_webhook_info,
}
