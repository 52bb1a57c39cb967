"""Scores of golden sets, printed at the end of every run, also under xdist."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

Score = Callable[[str, int, int], None]
_SCORE = "score"


@pytest.fixture
def score(request: pytest.FixtureRequest) -> Score:
    """`score(name, right, total)` prints "name: right/total" when all tests are done, whether they passed or not."""

    def record(name: str, right: int, total: int) -> None:
        # What a worker keeps in its reports reaches the terminal's process.
        request.node.user_properties.append((_SCORE, f"{name}: {right}/{total}"))

    return record


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    lines = sorted(_scores(terminalreporter))
    if lines:
        terminalreporter.section("scores")
    for line in lines:
        terminalreporter.write_line(line)


def _scores(terminalreporter: pytest.TerminalReporter) -> Iterator[str]:
    for outcome in ("passed", "failed"):
        for report in terminalreporter.stats.get(outcome, ()):
            yield from (str(value) for name, value in report.user_properties if name == _SCORE)
