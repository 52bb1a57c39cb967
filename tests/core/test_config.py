"""Settings: everything wrong is listed at once, and no secret is ever repeated."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from bot.config import load, names
from bot.domain.calendar import TIMEZONE
from bot.errors import BadSettings

TOKEN = "123456:ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in names():
        monkeypatch.delenv(name, raising=False)


def test_everything_wrong_is_listed_at_once_without_the_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "THIDUA_TELEGRAM_TOKEN": "hunter2",
        "THIDUA_CLOCK": "tomorrow",
        "THIDUA_LOG_LEVEL": "LOUD",
        "THIDUA_DATABASE_URL": "mysql://x",
        "THIDUA_TELEGRM_TOKEN": "hunter2",
        "THIDUA_ZALO_TOKEN": "hunter2",
        "THIDUA_ZALO_MONTHLY_QUOTA": "0",
        "THIDUA_PUBLIC_URL": "http://thidua.example.org",
        "THIDUA_LISTEN": "8088",
        "THIDUA_WEBHOOK_SECRET": "hunter2",
    }.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(BadSettings) as caught:
        load(None)
    assert sorted(line.partition(":")[0] for line in caught.value.faults) == [
        "THIDUA_CLOCK",
        "THIDUA_DATABASE_URL",
        "THIDUA_LISTEN",
        "THIDUA_LOG_LEVEL",
        "THIDUA_PUBLIC_URL",
        "THIDUA_TELEGRAM_TOKEN",
        "THIDUA_TELEGRM_TOKEN",
        "THIDUA_WEBHOOK_SECRET",
        "THIDUA_ZALO_MONTHLY_QUOTA",
        "THIDUA_ZALO_TOKEN",
    ]
    assert "hunter2" not in str(caught.value)


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / ".env"
    file.write_text(f"THIDUA_TELEGRAM_TOKEN={TOKEN}\nTHIDUA_LOG_LEVEL=ERROR\nOTHER=1\n")
    monkeypatch.setenv("THIDUA_LOG_LEVEL", "DEBUG")
    settings = load(file)
    assert settings.telegram_token is not None
    assert (settings.telegram_token.get_secret_value(), settings.log_level) == (TOKEN, "DEBUG")
    assert TOKEN not in repr(settings)


def test_an_unknown_name_in_the_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("THIDUA_TOKEN=x\n")
    with pytest.raises(BadSettings):
        load(file)


def test_a_clock_without_a_zone_is_read_in_the_offices_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THIDUA_CLOCK", "2021-10-01T08:00:00")
    assert load(None).clock == datetime(2021, 10, 1, 8, tzinfo=TIMEZONE)


def test_a_public_address_needs_a_secret_and_a_place_to_listen_at(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load(None).place is None
    monkeypatch.setenv("THIDUA_PUBLIC_URL", "https://thidua.example.org")
    with pytest.raises(BadSettings, match="THIDUA_WEBHOOK_SECRET: needed with THIDUA_PUBLIC_URL"):
        load(None)
    monkeypatch.setenv("THIDUA_WEBHOOK_SECRET", "0123456789abcdef")
    assert load(None).place == ("127.0.0.1", 8088)
    monkeypatch.setenv("THIDUA_LISTEN", "[::1]:9000")
    assert load(None).place == ("::1", 9000)


def test_the_secrets_are_known_so_that_no_log_tells_them(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("TELEGRAM_TOKEN", TOKEN), ("ZALO_TOKEN", "12345689:abc-xyz-"), ("WEBHOOK_SECRET", "s" * 16)):
        monkeypatch.setenv(f"THIDUA_{name}", value)
    assert load(None).secrets() == (TOKEN, "12345689:abc-xyz-", "s" * 16)
