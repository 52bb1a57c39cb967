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
LISTEN = "127.0.0.1:8088"
LAST_PORT = 65_535


def _default_database() -> str:
    return f"sqlite+aiosqlite:///{user_data_path('thidua') / 'thidua.sqlite'}"


def _zoned(value: datetime) -> datetime:
    return value if value.tzinfo else value.replace(tzinfo=TIMEZONE)


def _token(value: SecretStr) -> SecretStr:
    if not re.fullmatch(r"\d+:[\w-]{20,}", value.get_secret_value()):
        raise ValueError("it does not look like a bot token (digits, a colon, letters; no quotes, no “bot” before it)")
    return value


def _zalo_token(value: SecretStr) -> SecretStr:
    if not re.fullmatch(r"\d+:[\w-]{8,}", value.get_secret_value()):
        raise ValueError("it does not look like a Zalo bot's token (digits, a colon, letters; no quotes)")
    return value


def _public(value: HttpUrl) -> HttpUrl:
    if value.query or value.fragment or (value.scheme != "https" and value.host not in ("127.0.0.1", "localhost")):
        raise ValueError("it is no address for the world, for example https://thidua.example.org")
    return value


def _place(value: str) -> str:
    found = re.fullmatch(r"(\[[0-9a-fA-F:]+\]|[\w.-]+):(\d{1,5})", value, re.ASCII)
    if not found or int(found[2]) > LAST_PORT:
        raise ValueError("write the address to listen at as HOST:PORT, for example 127.0.0.1:8088")
    return value


def _secret(value: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[\w-]{16,256}", value.get_secret_value(), re.ASCII):
        raise ValueError("16 to 256 letters, digits, _ or -")
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
    zalo_token: Annotated[SecretStr, AfterValidator(_zalo_token)] | None = None
    zalo_api_url: HttpUrl = HttpUrl("https://bot-api.zaloplatforms.com")
    zalo_monthly_quota: Annotated[int, Field(ge=1)] = 3000
    public_url: Annotated[HttpUrl, AfterValidator(_public)] | None = None
    listen: Annotated[str, AfterValidator(_place)] | None = None
    webhook_secret: Annotated[SecretStr, AfterValidator(_secret)] | None = None
    clock: Annotated[datetime, AfterValidator(_zoned)] | None = None
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @property
    def database_file(self) -> Path:
        return Path(self.database_url.partition(":///")[2])

    @property
    def place(self) -> tuple[str, int] | None:
        """Where our own server listens; None when none is wanted."""
        if self.listen is None and self.public_url is None:
            return None
        host, _, port = (self.listen or LISTEN).rpartition(":")
        return host.strip("[]"), int(port)

    def secrets(self) -> tuple[str, ...]:
        """What must stand in no log."""
        given = (self.telegram_token, self.zalo_token, self.webhook_secret)
        return tuple(one.get_secret_value() for one in given if one is not None)


def load(env_file: Path | None = Path(".env")) -> Settings:
    """The settings in force. Raises BadSettings naming every unknown name and every bad value, but no secret."""
    faults = [*_unknown({**_written(env_file), **os.environ})]
    try:
        settings = Settings(_env_file=env_file)  # type: ignore[call-arg]
    except ValidationError as error:
        raise BadSettings((*faults, *(_plain(one) for one in error.errors()))) from None
    if settings.public_url and not settings.webhook_secret:
        faults.append(f"{PREFIX}WEBHOOK_SECRET: needed with {PREFIX}PUBLIC_URL: 16 to 256 letters, digits, _ or -")
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
