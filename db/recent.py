"""Reports read lately, kept in memory: what was filed once is asked for again and again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from bot.domain.period import Period
from bot.domain.report import Report

MOST = 3000

Key = tuple[str, str, Period]


class Recent:
    """Shared by the transactions of a database that hands out its revisions' ids in the order of the commits.

    `upto` is the highest of them that is taken into account, -1 before the first look. Revisions are only ever added,
    so what is kept is brought up to date by those that are newer. None is kept for a report that does not exist."""

    def __init__(self) -> None:
        self.upto = -1
        self._reports: dict[Key, Report | None] = {}

    def __contains__(self, key: Key) -> bool:
        return key in self._reports

    def __getitem__(self, key: Key) -> Report | None:
        return self._reports[key]

    def keep(self, key: Key, report: Report | None) -> None:
        while len(self._reports) >= MOST:
            del self._reports[next(iter(self._reports))]
        self._reports[key] = report

    def forget(self, key: Key) -> None:
        self._reports.pop(key, None)

    def adopt(self, own: Recent, filed: Collection[Key]) -> None:
        """Take over what a transaction filed, once it is committed; unless the next one has learnt it already."""
        if own.upto <= self.upto:
            return
        for key in filed:
            if key in own:
                self.keep(key, own[key])
            else:
                self.forget(key)
        self.upto = own.upto

    def extend(self, newer: Report) -> None:
        """Add the revisions of `newer`, when its report is kept."""
        key = (newer.office, newer.form, newer.period)
        if key in self._reports:
            old = self._reports[key]
            self._reports[key] = replace(newer, revisions=old.revisions + newer.revisions) if old else newer
