"""How a reply looks on Zalo: plain text, choices numbered under it, cut to length; pictures and files by their URL."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.chat import Attachment, Choice, Reply
from bot.cutting import pieces, units

LONGEST = 1900  # UTF-16 units of a message; Zalo takes 2,000
CAPTION = 1000
LINE = 40  # letters of choices that fit side by side on a phone
_NUMBERED = len("\n(99/99)")

#: Gives an attachment a URL that works for some minutes; None where there is no server to fetch it from.
Publish = Callable[[Attachment], str] | None


@dataclass(frozen=True, slots=True)
class Words:
    """What the channel itself says; `link` has places for {name} and {url}, `elsewhere` for {name}."""

    type_instead: str = "Hoặc gõ:"
    link: str = "{name}: {url}"
    elsewhere: str = "{name}"


@dataclass(frozen=True, slots=True)
class Part:
    """One message: a text, or a picture at `photo` with a caption."""

    text: str
    photo: str = ""


def parts(reply: Reply, publish: Publish, words: Words) -> list[Part]:
    """The messages that a reply takes, in their order; none when it says nothing."""
    file = reply.attachment
    if file is None:
        return texts(reply, words)
    if publish is None:
        return texts(reply, words, words.elsewhere.format(name=file.name))
    url = publish(file)
    if not file.media_type.startswith("image/"):
        return texts(reply, words, words.link.format(name=file.name, url=url))
    caption = shown(reply, words)
    if units(caption) <= CAPTION:
        return [Part(caption, url)]
    return [Part("", url), *texts(reply, words)]


def texts(reply: Reply, words: Words, note: str = "") -> list[Part]:
    """
    >>> [part.text[-12:] for part in texts(Reply("\\n".join(["một dòng dài"] * 200)), Words())]
    ['ng dài\\n(1/2)', 'ng dài\\n(2/2)']
    """
    whole = shown(reply, words, note)
    if not whole.strip():
        return []
    if units(whole) <= LONGEST:
        return [Part(whole)]
    cut = pieces(whole, LONGEST - _NUMBERED)
    return [Part(f"{one}\n({number}/{len(cut)})") for number, one in enumerate(cut, 1)]


def shown(reply: Reply, words: Words, note: str = "") -> str:
    """The reply as text alone.

    >>> print(shown(Reply("**Đúng** chưa?", (Choice("Nộp", "a"), Choice("Hủy", "b"))), Words()))
    Đúng chưa?
    <BLANKLINE>
    1. Nộp  2. Hủy
    """
    menu = _numbered(reply.choices) if reply.numbered else _typed(reply.choices, words)
    return "\n\n".join(one for one in (reply.text.replace("**", "").strip("\n"), note, menu) if one)


def _numbered(choices: Sequence[Choice]) -> str:
    lines = [f"{number}. {choice.label}" for number, choice in enumerate(choices, 1)]
    in_one = "  ".join(lines)
    return in_one if len(in_one) <= LINE else "\n".join(lines)


def _typed(choices: Sequence[Choice], words: Words) -> str:
    """Choices that no number may pick have none."""
    return " ".join((words.type_instead, " · ".join(choice.label for choice in choices))) if choices else ""
