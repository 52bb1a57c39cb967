"""The program's time: the real one, or one that a demo or a drill has shifted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class RealClock:
    """Runs as the world does, shifted by a fixed offset that a demo may move forward."""

    def __init__(self, start: datetime | None = None) -> None:
        self._offset = timedelta(0) if start is None else start - datetime.now(UTC)

    def now(self) -> datetime:
        return self.shifted(datetime.now(UTC))

    def shifted(self, real: datetime) -> datetime:
        return (real + self._offset).astimezone(UTC)

    def advance(self, by: timedelta) -> datetime:
        self._offset += by
        return self.now()
