"""The reader of questions, measured on what people ask: every intent, every voice, and what must not be answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from tests.domain.questions import Case, ask, cases, confidently_wrong, right

Score = Callable[[str, int, int], None]
CASES = tuple(cases("questions.txt"))


def test_questions_are_read_as_they_are_meant(score: Score) -> None:
    by_intent: dict[str, list[bool]] = defaultdict(list)
    by_kind: dict[str, list[bool]] = defaultdict(list)
    for case in CASES:
        correct = right(case, ask(case))
        by_intent[case.intent].append(correct)
        by_kind[case.kind].append(correct)
    for name, results in (*by_intent.items(), *by_kind.items()):
        score(f"questions: {name}", sum(results), len(results))
    assert all(by_kind["commands"])
    for kind in ("free text", "follow-ups", "not to be answered"):
        assert sum(by_kind[kind]) * 100 >= 97 * len(by_kind[kind]), kind


def test_no_question_is_answered_wrongly_with_confidence() -> None:
    assert [case for case in CASES if confidently_wrong(case, ask(case))] == []


def test_the_set_has_questions_enough_of_every_sort() -> None:
    assert len({(case.text, case.before) for case in CASES}) == len(CASES) >= 300
    assert sum(_unanswerable(case) for case in CASES) >= 30
    assert sum(case.before is not None for case in CASES) >= 40


def _unanswerable(case: Case) -> bool:
    return case.intent in ("no", "none")
