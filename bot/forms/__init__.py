"""The forms that ship with the bot, one TOML file each."""

from __future__ import annotations

from functools import cache
from importlib import resources

from bot.domain.form import Form, parse_form

FOLDER = resources.files("bot") / "forms"


@cache
def load(key: str) -> Form:
    """The form of that key; BadForm when its file is faulty, KeyError when there is none."""
    for entry in FOLDER.iterdir():
        if entry.name.endswith(".toml"):
            form = parse_form(entry.read_text("utf-8"))
            if form.key == key:
                return form
    raise KeyError(key)
