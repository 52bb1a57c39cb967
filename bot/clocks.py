"""How far a channel's clock is from ours: what people write is timed by the one, what they are shown by the other."""

from __future__ import annotations

from collections import deque
from datetime import timedelta

#: So many messages in a row that came late by about as much were not late: the clocks differ.
IN_A_ROW = 3
MOST = timedelta(minutes=1)  # beyond that it is a delay, or a date that means nothing
NONE = timedelta()


class Clocks:
    """What to add to a channel's times to have ours, as the last messages tell; nothing is remembered over a restart.

    Of a clock that is behind no message seems to come early, so the least delay of a few is what the clocks differ.

    >>> clocks = Clocks()
    >>> [clocks.heard("zalo", timedelta(seconds=late)).seconds for late in (0, 21, 300, 20, 22, 21)]
    [0, 0, 0, 0, 0, 20]
    """

    def __init__(self) -> None:
        self._late: dict[str, deque[timedelta]] = {}

    def heard(self, channel: str, late: timedelta) -> timedelta:
        """Heed one more message, which came so late (or early) by both clocks; how far they are apart."""
        last = self._late.setdefault(channel, deque([NONE] * IN_A_ROW, IN_A_ROW))
        last.append(late if abs(late) <= MOST else NONE)
        return min(last)
