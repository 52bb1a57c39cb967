"""Bad weather on both channels at once: nothing is lost, nothing certain comes twice, nothing must be restarted.

Two minutes of it, at the program's own pace: `python -m tests.chaos`."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from bot import delivery
from tests.chaos.storm import Weather
from tests.chaos.town import weather_it
from tests.servers.telegram import TOKEN
from tests.servers.zalo import TOKEN as ZALO_TOKEN

#: Requests of one channel, waits being a twentieth: an outage's backlog comes at once, a busy loop makes 1,000.
MOST_A_SECOND = 400
pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")


@pytest.mark.parametrize("pushed", [False, True], ids=["polled", "pushed"])
async def test_nothing_is_lost_and_nothing_certain_comes_twice(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
    pushed: bool,
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr(delivery, "FIRST_PAUSE", 0.05)
    monkeypatch.setattr(delivery, "LONGEST_PAUSE", 0.5)
    log = await weather_it(tmp_path, Weather(5, scale=0.05, patience=0.25), pushed=pushed, within=20)
    assert log.lost == []
    assert log.torn == []
    assert log.revisions == [1] * 7
    assert log.extra <= log.doubted
    assert log.by_digit > 0
    assert log.busiest < MOST_A_SECOND
    told = caplog.text + "".join(capsys.readouterr())
    assert [secret for secret in (TOKEN, ZALO_TOKEN) if secret.split(":")[1] in told] == []
