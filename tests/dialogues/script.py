"""A dialogue as a plain text file: who says what, and to the letter what is answered.

# a heading or a remark
@ 2021-10-04 16:30            what the clock shows from here on
@ 2021-10-04 15:00 …          the same, and what the bot does by itself at that minute follows:
Mường Lát <                   somebody receives a message that nobody asked for
> Hôm nay là hạn …
Quan Sơn: /nop …              somebody says something; lines indented by two blanks go on with it
Quan Sơn: [Nộp]               or presses a button
> **Đã ghi nhận** …           what is answered, line by line; {code}, {channel}, {name} and {fingerprint} stand
                              for themselves
Bá Thước, Quan Hóa: (nộp …)   in brackets: they file the sample's figures of the period, and nothing is told of it

The first line is the title. A file named new-… begins with nothing filed; one named year-… at its first time, with
all filed that was due before. A structure beside it (.toml) has then followed the sample's, and nothing is filed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot import sample
from bot.cards import channel_name
from bot.domain.calendar import TIMEZONE
from bot.domain.folding import fold
from tests.dialogues.stage import MORNING, Stage, stage
from tests.dialogues.wires import Wire

CODE = r"[A-Z2-9]{4}(?:-[A-Z2-9]{4}){1,2}"
FINGERPRINT = r"(?:(?<=Mã chốt \*\*)|(?<=Mã chốt ))[0-9A-F]{4}-[0-9A-F]{4}"
LINK = r"start=[A-Z2-9]{8,12}"
DEEP = re.compile(r"^Nối Telegram thì mở: .*\n", re.MULTILINE)  # not said on Telegram itself
ACCOUNT = re.compile(r"(?<=Tài khoản “)[^”]*(?=” ở đó)")
STALE = "Phiếu này không còn dùng nữa. Đồng chí gửi lại lệnh, ví dụ /nop."
_CLOCK = "%Y-%m-%d %H:%M"
_TICKS = "…"
_NAMES = {player.key: player.name for player in sample.players()} | {
    office.key: office.name for office in sample.structure()[0].offices
}
_WHO = {fold(player.name): player.key for player in sample.players()} | {
    fold(office.name): office.key for office in sample.structure()[0].offices
}


class NotOnThisPhone(Exception):
    pass


@dataclass(slots=True)
class Line:
    """One thing said and what is answered, empty for silence; `head` are the lines before it, kept as they are.

    With `ticks` nobody says anything: the clock is moved, and the bot writes by itself."""

    head: list[str]
    who: str
    text: str
    expected: str
    at: datetime | None
    ticks: bool = False


def parse(text: str) -> list[Line]:
    lines: list[Line] = []
    head: list[str] = []
    at: datetime | None = None
    answer: list[str] = []
    for row in text.splitlines():
        if row.startswith(">"):
            answer.append(row[2:] if row.startswith("> ") else row[1:])
            lines[-1].expected = "\n".join(answer)
        elif row.startswith("  ") and lines and not answer:
            lines[-1].text += "\n" + row[2:]
        elif not row.strip() or row.startswith("#"):
            head.append(row)
        elif row.startswith("@") and row.endswith(_TICKS):
            lines.append(Line([*head, row], "", "", "", _instant(row[1:-1]), ticks=True))
            head, at, answer = [], None, []
        elif row.endswith(" <"):
            continue
        elif row.startswith("@"):
            at = _instant(row[1:])
            head.append(row)
        else:
            who, _, said = row.partition(": ")
            lines.append(Line(head, who, said, "", at))
            head, at, answer = [], None, []
    return lines


def _instant(text: str) -> datetime:
    return datetime.strptime(text.strip(), _CLOCK).replace(tzinfo=TIMEZONE)


def raised(file: Path, folder: Path, wire: Wire | None = None) -> AbstractAsyncContextManager[Stage]:
    """The curtain rises on what a dialogue needs."""
    times = [line.at for line in parse(file.read_text("utf-8")) if line.at]
    beside = file.with_suffix(".toml")
    return stage(
        folder,
        wire,
        figures=not file.stem.startswith("new-") and not beside.exists(),
        begins=times[0] if file.stem.startswith("year-") else MORNING,
        structure=beside.read_text("utf-8") if beside.exists() else "",
    )


async def perform(stage: Stage, path: Path) -> str:
    """Tell the dialogue on a stage; the file as it would be with what was really answered."""
    told: list[str] = []
    codes: dict[str, str] = {}
    for line in parse(path.read_text("utf-8")):
        if line.at:
            stage.clock.time = line.at
        if line.ticks:
            told += [*line.head, *_unasked(await stage.tick(), _channel(stage))]
        elif line.text.startswith("("):
            await stage.file(*(_WHO[fold(name)] for name in line.who.split(", ")))
            told += [*line.head, f"{line.who}: {line.text}"]
        else:
            told += [*line.head, f"{line.who}: " + line.text.replace("\n", "\n  ")]
            answered = await _answered(stage, line, codes)
            told += [f"> {row}".rstrip() for row in answered.split("\n")] if answered else []
    return "\n".join(told) + "\n"


async def _answered(stage: Stage, line: Line, codes: dict[str, str]) -> str:
    """What is answered to a line, masked; `codes` are those that have been seen so far."""
    known = {**codes, "channel": _channel(stage)}
    said = re.sub(r"\{(\w+)\}", lambda found: known.get(found[1], found[0]), line.text)
    try:
        if line.expected == STALE and said.startswith("[") and not stage.wire.buttons:
            raise NotOnThisPhone  # a card that has gone from the screen cannot be pressed where nothing is pressed
        answered = await stage.say(_WHO[fold(line.who)], said)
    except LookupError:
        answered = "(there is no such button)"
    except NotOnThisPhone:
        answered = line.expected
    if found := re.search(FINGERPRINT, answered):
        codes["fingerprint"] = found[0]
    elif found := re.search(CODE, answered):
        codes["code"] = found[0]
    return _masked(answered, _channel(stage))


def _channel(stage: Stage) -> str:
    return channel_name(stage.wire.channel.name)


def _masked(text: str, channel: str) -> str:
    """Without what differs from one telling to the next."""
    text = re.sub(re.escape(channel), "{channel}", ACCOUNT.sub("{name}", DEEP.sub("", text)), flags=re.IGNORECASE)
    text = re.sub(r"(?:(?<=nhắn từ )|(?<=, qua ))[^.\n]+", "{channel}", text)
    text = re.sub(FINGERPRINT, "{fingerprint}", text)
    return re.sub(LINK, "start={code}", re.sub(CODE, "{code}", text))


def _unasked(received: dict[str, str], channel: str) -> list[str]:
    """A block for each person; those who receive the same share one."""
    people: dict[str, list[str]] = {}
    for who, text in received.items():
        people.setdefault(_masked(text, channel), []).append(_NAMES[who])
    return [
        row
        for text, names in people.items()
        for row in (f"{', '.join(names)} <", *(f"> {line}".rstrip() for line in text.split("\n")))
    ]


def page(files: Sequence[Path]) -> str:
    """All dialogues but the year's as one page of Markdown, in the order of their names: every reply that there is."""
    parts = ["# Mọi câu trả lời", "Trang này được ghi lại từ `tests/dialogues/*.txt`; xem `CONTRIBUTING.md`."]
    for file in (one for one in files if not one.stem.startswith("year-")):
        title, _, rest = file.read_text("utf-8").partition("\n")
        parts.append(f"## {title.lstrip('# ')}\n\n```text\n{rest.strip()}\n```")
    return "\n\n".join(parts) + "\n"
