"""Settings, read once, from the environment and .env; everything wrong is listed at once."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

from dotenv import dotenv_values
from platformdirs import user_data_path
from pydantic import AfterValidator, Field, HttpUrl, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.domain.calendar import TIMEZONE
from bot.errors import BadSettings

PREFIX = "THIDUA_"


def _default_database() -> str:
    return f"sqlite+aiosqlite:///{user_data_path('thidua') / 'thidua.sqlite'}"


def _zoned(value: datetime) -> datetime:
    return value if value.tzinfo else value.replace(tzinfo=TIMEZONE)


def _token(value: SecretStr) -> SecretStr:
    if not re.fullmatch(r"\d+:[\w-]{20,}", value.get_secret_value()):
        raise ValueError("it does not look like a bot token (digits, a colon, letters; no quotes, no “bot” before it)")
    return value


def _database(value: str) -> str:
    if not re.match(r"sqlite(\+aiosqlite)?:///.", value):
        raise ValueError("use sqlite+aiosqlite:///FILE (PostgreSQL is not served yet)")
    return re.sub(r"^sqlite:", "sqlite+aiosqlite:", value)


class Settings(BaseSettings):
    """Each field is the environment variable of that name in capitals, with THIDUA_ before it."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", frozen=True, env_ignore_empty=True)

    database_url: Annotated[str, AfterValidator(_database)] = Field(default_factory=_default_database)
    telegram_token: Annotated[SecretStr, AfterValidator(_token)] | None = None
    telegram_api_url: HttpUrl = HttpUrl("https://api.telegram.org")
    clock: Annotated[datetime, AfterValidator(_zoned)] | None = None
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"


def load(env_file: Path | None = Path(".env")) -> Settings:
    """The settings in force. Raises BadSettings naming every unknown name and every bad value, but no secret."""
    faults = [*_unknown({**_written(env_file), **os.environ})]
    try:
        settings = Settings(_env_file=env_file)  # type: ignore[call-arg]
    except ValidationError as error:
        raise BadSettings((*faults, *(_plain(one) for one in error.errors()))) from None
    if faults:
        raise BadSettings(tuple(faults))
    return settings


def _written(env_file: Path | None) -> Mapping[str, Any]:
    """What stands in the file. Raises BadSettings when it cannot be read."""
    try:
        return dotenv_values(env_file) if env_file and env_file.is_file() else {}
    except UnicodeDecodeError:
        raise BadSettings((f"{env_file}: not UTF-8 text",)) from None
    except OSError as error:
        raise BadSettings((f"{env_file}: {error.strerror}",)) from None


def names() -> tuple[str, ...]:
    """Every setting, as it is spelt in the environment."""
    return tuple(f"{PREFIX}{field.upper()}" for field in Settings.model_fields)


def _unknown(environment: Mapping[str, Any]) -> list[str]:
    known = names()
    strays = sorted(name for name in environment if name.upper().startswith(PREFIX) and name.upper() not in known)
    return [f"{name}: there is no such setting; the settings are {', '.join(known)}" for name in strays]


def _plain(error: Any) -> str:
    name = f"{PREFIX}{str(error['loc'][0]).upper()}"
    if str(error["type"]).startswith("datetime"):
        return f"{name}: it is no instant, for example 2021-10-01T08:00:00+07:00"
    return f"{name}: {error['msg'].removeprefix('Value error, ')}"
