"""A reason in own words: told from a question that is asked in between, and shown on a card before anything is done."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.chat import Choice, Reply
from bot.dialogue import Heard, Move
from bot.domain.question import Intent
from bot.i18n import say
from bot.ports import Stand

LONGEST = 500
_SAID = re.compile(r"^(lý do|ly do)\s*:?\s*", re.IGNORECASE)
_NAMED = re.compile(
    r"[\s,;.–-]*\b(?<!thụ )(?<!thu )(?:lý|lí|ly|li) do\b(?: (?:là|la)\b)?[\s:]*(?P<reason>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_GIVEN = re.compile(r"[\s,;.–-]*\b(?:vì|vi|do)\b[\s:]*(?P<reason>[^\d\s][^\d]*)$", re.IGNORECASE)
_OPENER = re.compile(
    r"^\s*(?:(?:gõ|go|nộp|nop|ghi|báo|bao|viết|viet) )?"
    r"(?:(?:nhầm|nham|sai|lộn|lon)(?: (?:rồi|roi|số|so))?|(?:không|khong|ko|k) (?:phải|phai))"
    r"(?: (?:ạ|a|em|anh|chị|chi))*\s*[,;:.!]\s*",
    re.IGNORECASE,
)
_BECAUSE = re.compile(r"^(lý do|ly do|(vì|vi|do)(?! sao))\b", re.IGNORECASE)


def because(text: str) -> str:
    """The reason itself.

    >>> because("Lý do:  mất điện")
    'mất điện'
    """
    return _SAID.sub("", " ".join(text.split()))[:LONGEST]


def parted(text: str, *, correcting: bool) -> tuple[str, str]:
    """Figures and the reason given with them, which follows "lý do"; in a correction "vì" and "do" say it too, when no
    figure follows. What a correction opens with ("nhầm rồi, …", "không phải, …") is no part of either.

    >>> parted("việc xong 93, lý do: gõ nhầm", correcting=False), parted("viec xong 93 vi nham", correcting=True)
    (('việc xong 93', 'gõ nhầm'), ('viec xong 93', 'nham'))
    >>> parted("Nhầm rồi, việc xong 93", correcting=True)
    ('việc xong 93', '')
    >>> parted("93 việc thụ lý do cơ quan khác chuyển", correcting=False)
    ('93 việc thụ lý do cơ quan khác chuyển', '')
    """
    text = _OPENER.sub("", text) if correcting else text
    found = _NAMED.search(text) or (_GIVEN.search(text) if correcting else None)
    if found is None or not re.search(r"\d", text[: found.start()]):
        return text, ""
    return text[: found.start()], because(found["reason"])


def aside(heard: Heard) -> bool:
    """Whether a question is asked where a reason is awaited: it is answered, and the reason still awaited."""
    question = heard.question
    if question is None or not question.sure or question.intent is Intent.SUBMIT:
        return False
    return not for_certain(heard.text)


def waiting() -> Reply:
    """Said after the answer to such a question: "Thường Xuân chưa nộp" may have been meant as the reason."""
    return Reply(say("I still need the reason; if that was it, type “lý do: …”."))


def for_certain(text: str) -> bool:
    """Whether words say themselves that they are a reason, whatever else they read like.

    >>> for_certain("vì cụm 3 chưa nộp"), for_certain("vì sao cụm 3 chưa nộp")
    (True, False)
    """
    return bool(_BECAUSE.match(text.strip()))


def show(heard: Heard, stand: Stand, lines: Sequence[str], label: str, press: str) -> Move:
    """What is about to be done, on a card: only its button does it."""
    name = stand.conversation
    choices = (Choice(label, f"{name}:{press}:{heard.turn}"), Choice(say("Cancel"), f"{name}:cancel:{heard.turn}"))
    state = {**stand.state, "no": heard.turn}
    return Move((Reply("\n".join(lines), choices),), Stand(name, stand.step, state))


def show_reason(heard: Heard, stand: Stand, line: str, label: str, press: str) -> Move:
    """The reason that was typed, to be seen once more; empty words are asked for again."""
    reason = because(heard.text)
    if not reason:
        return Move((Reply(say("For what reason? Please type it.")),))
    lines = [line, say("Reason: “{reason}”.", reason=reason)]
    kept = Stand(stand.conversation, stand.step, {**stand.state, "reason": reason})
    return show(heard, kept, lines, label, press)
