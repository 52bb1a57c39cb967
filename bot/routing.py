"""Which conversation a turn belongs to: a button, a command, an answer to what was asked, or a question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import structlog

from bot.asking import before, token
from bot.cards import clipped
from bot.chat import Choice, Reply
from bot.dialogue import Conversation, Heard, Move, answer
from bot.domain.calendar import local_day
from bot.domain.folding import fold
from bot.domain.question import Question, command_of, phrase_of, read
from bot.done import done
from bot.errors import Refusal, SeveralUnits, StaleChoice, UnknownOffice, UnknownPeriod
from bot.explain import explain, refusal_line
from bot.forms import load
from bot.i18n import say
from bot.lapsing import lapsed, prefaced
from bot.ports import Desk, Known, Stand
from bot.reasons import aside, waiting

log = structlog.get_logger()

#: Commands that may be followed by words without their slash: these by any, those by figures.
LONG = frozenset(
    {
        "khongphatsinh",
        "datchitieu",
        "chot",
        "xinmo",
        "mokhoa",
        "kiemchung",
        "giahan",
        "xingiahan",
        "tralai",
        "nhacngay",
        "lichsu",
        "nhatky",
        "rut",
        "uyquyen",
    }
)
SLASHED = frozenset({"vang"})  # never without its slash: "vâng" is a yes
FIGURED = frozenset({"nop", "nopsolieu", "baocao", "sua"})
_MONTH = re.compile(r"(?:thang|thg|t) ?\d{1,2}(?:(?: nam |/)\d{4})?")
_UNSAID = re.compile(r":.*$|,? (?:vì|because)…$")  # of a choice: what need not be typed
_MENTION = re.compile(r"^/(\w+)(?:@\w+)?", re.UNICODE)


class Routes:
    """The table of contents, looked up by name, command and phrase.

    Its first conversation is the door for strangers, its last one takes what nobody else understood."""

    def __init__(self, conversations: Sequence[Conversation]) -> None:
        self.conversations = tuple(conversations)
        self._named = {one.name: one for one in conversations}
        self._commanded = {command: one for one in conversations for command in one.commands}
        self._exact = frozenset(command for one in conversations if one.at_once for command in one.commands)
        self._phrases = [(phrase, one.name) for one in conversations for phrase in one.phrases]

    async def respond(self, desk: Desk, heard: Heard, known: Known, choice: str = "") -> Move:
        """The move that answers this turn; a question that has lapsed is dropped first, and that is said."""
        left = [] if choice else self._lapsed(heard, known)
        for stand, _ in left:
            await desk.stands.drop(heard.person.id, stand.conversation)
        gone = [stand for stand, _ in left]
        known = replace(known, stands=tuple(one for one in known.stands if one not in gone))
        move = await self._answered(desk, heard, known, choice)
        return prefaced(move, left) if left else move

    def _lapsed(self, heard: Heard, known: Known) -> list[tuple[Stand, Conversation]]:
        """Those whose question would take these words for its answer, though it was asked long ago."""
        found = [
            (stand, one) for stand in known.stands if lapsed(stand, one := self._named[stand.conversation], heard.now)
        ]
        meant = found and found[0][0] is known.stands[0]
        return found if meant and not self._slash(heard.text) and not _label(known.menu, heard.text) else []

    async def _answered(self, desk: Desk, heard: Heard, known: Known, choice: str) -> Move:
        """Stands are put or dropped; while a figure is awaited no list carries numbers."""
        name, move = await self._answer(desk, heard, known, choice)
        if move.stand:
            await desk.stands.put(heard.person.id, move.stand, heard.now)
        elif move.over:
            await desk.stands.drop(heard.person.id, name)
        left = [stand for stand in known.stands if not (move.over and stand.conversation == name)]
        if not self.awaits_figure([move.stand] if move.stand else left):
            return move
        return replace(move, replies=tuple(replace(one, in_words=bool(one.choices)) for one in move.replies))

    def awaits_figure(self, stands: Sequence[Stand]) -> bool:
        """Whether somebody who stands there (the active one first) has been asked for a figure."""
        return bool(stands) and stands[0].step in self._named[stands[0].conversation].figures

    async def _answer(self, desk: Desk, heard: Heard, known: Known, choice: str) -> tuple[str, Move]:
        """Refusals become a reply."""
        try:
            if heard.person.current(local_day(heard.now)):
                return await self._move(desk, heard, known, choice)
            return await self._stranger(desk, heard)
        except UnknownOffice as refusal:
            return "", answer(self._choose(refusal, refusal.nearest, replace(heard, text=choice or heard.text)))
        except SeveralUnits as refusal:
            return "", answer(self._choose(refusal, refusal.units, replace(heard, text=choice or heard.text)))
        except StaleChoice as stale:
            return "", answer(await done(desk, heard, stale.card) or explain(stale))
        except Refusal as refusal:
            return "", answer(explain(refusal))

    async def _move(self, desk: Desk, heard: Heard, known: Known, choice: str) -> tuple[str, Move]:
        if choice and not choice.startswith("/"):
            return await self._press(desk, heard, known, choice)
        heard = replace(heard, text=choice or heard.text)
        typed = _label(known.menu, heard.text)
        if typed:
            try:
                return await self._move(desk, heard, replace(known, menu=()), typed)
            except StaleChoice:
                log.debug("label of a card that has gone", label=heard.text)
        stand = known.stands[0] if known.stands else None
        freely = stand is not None and stand.step in self._named[stand.conversation].free
        opened = self._slash(heard.text) or (None if freely else self._plain(heard.text))
        if opened:
            return await self._obey(desk, heard, known, *opened)
        door = self.conversations[0]
        if door.recognises and await door.recognises(desk, heard):
            return await self._open(desk, heard, known, door)
        heard = replace(heard, question=await _read(desk, heard))
        if stand and stand.step in self._named[stand.conversation].asides and aside(heard):
            name, move = await self._understood(desk, heard, known)
            kept = move.stand is None and not move.over
            return name, replace(move, replies=(*move.replies, waiting())) if kept else move
        if stand:
            said = await self._named[stand.conversation].steps[stand.step](desk, heard, stand.state)
            if said:
                return stand.conversation, said
        return await self._understood(desk, heard, known)

    async def _obey(self, desk: Desk, heard: Heard, known: Known, one: Conversation, rest: str) -> tuple[str, Move]:
        """A command; its bare word ("tổng?") right after an answer is about what was just shown."""
        question = None if rest or heard.text.strip()[:1] == "/" else await _read(desk, heard)
        if question and question.intent and question.inherited:
            one = self._named.get(question.intent, one)
            return await self._open(desk, replace(heard, question=question), known, one)
        return await self._open(desk, replace(heard, text=rest), known, one)

    async def _understood(self, desk: Desk, heard: Heard, known: Known) -> tuple[str, Move]:
        """Plain words that belong to no conversation under way: a question, figures, a code, or nothing we know."""
        question, named = heard.question, phrase_of(heard.text, self._phrases)
        if named:
            return await self._open(desk, replace(heard, question=None), known, self._named[named])
        if one := await self._recognised(desk, heard, eager=True):
            return await self._open(desk, heard, known, one)
        if question and question.intent and question.intent in self._named:
            return await self._open(desk, heard, known, self._named[question.intent])
        if one := await self._recognised(desk, heard, eager=False):
            return await self._open(desk, heard, known, one)
        if question and question.unknown:
            raise UnknownOffice(question.unknown, tuple((unit.key, unit.name) for unit in question.nearest))
        others = [self._named[one] for one in question.others if one in self._named] if question else []
        if question and others:
            return "", answer(_which(others, heard.text, question))
        return await self._open(desk, heard, known, self.conversations[-1])

    async def _recognised(self, desk: Desk, heard: Heard, *, eager: bool) -> Conversation | None:
        for one in self.conversations:
            if one.recognises and one.eager is eager and await one.recognises(desk, heard):
                return one
        return None

    async def _open(self, desk: Desk, heard: Heard, known: Known, conversation: Conversation) -> tuple[str, Move]:
        place = conversation.shares or conversation.name
        state = next((stand.state for stand in known.stands if stand.conversation == place), None)
        return conversation.name, await conversation.open(desk, replace(heard, stand=state))

    async def _stranger(self, desk: Desk, heard: Heard) -> tuple[str, Move]:
        """Nobody without a role gets further than the first conversation, which takes invitation codes."""
        door = self.conversations[0]
        opened = self._slash(heard.text)
        text = opened[1] if opened and opened[0] is door else heard.text
        return door.name, await door.open(desk, replace(heard, text=text))

    async def _press(self, desk: Desk, heard: Heard, known: Known, token: str) -> tuple[str, Move]:
        name, press, argument = (*token.split(":", 2), "", "")[:3]
        conversation = self._named.get(name)
        if conversation is None or press not in conversation.presses:
            raise StaleChoice
        state = next((stand.state for stand in known.stands if stand.conversation == name), None)
        return name, await conversation.presses[press](desk, heard, state, argument)

    def _slash(self, text: str) -> tuple[Conversation, str] | None:
        found = _MENTION.match(text.strip())
        command = self._command(found[1]) if found else None
        return (self._commanded[command], text.strip()[found.end() :].strip()) if found and command else None

    def _plain(self, text: str) -> tuple[Conversation, str] | None:
        """A command without its slash, in one word or several ("chưa nộp"), and what follows it ("nộp 402 …")."""
        words = text.split()
        for count in range(min(3, len(words)), 0, -1):
            joined, rest = "".join(words[:count]), " ".join(text.split(maxsplit=count)[count:])
            command = self._command(joined, slips=not rest and len(joined) > 3)
            if command and command not in SLASHED and (not rest or _takes(command, rest)):
                return self._commanded[command], rest
        return None

    def _command(self, word: str, slips: bool = True) -> str | None:
        command = command_of(word, tuple(self._commanded), slips)
        return command_of(word, tuple(self._commanded), slips=False) if command in self._exact else command

    def _choose(self, refusal: Refusal, units: Sequence[tuple[str, str]], heard: Heard) -> Reply:
        """The names that may be meant as buttons, each asking the same question again."""
        opened = self._slash(heard.text) or self._plain(heard.text)
        word = opened[0].commands[0] if opened else "donvi"
        if heard.question and heard.question.intent in self._named:
            word = self._named[heard.question.intent].commands[0]
        return replace(explain(refusal), choices=tuple(Choice(name, token(word, name)) for _, name in units))


def _takes(command: str, rest: str) -> bool:
    """Whether words after a command without its slash are meant for it. The reader decides about the others:
    "đơn vị nào thấp nhất" begins like a command, and so do "tôi nộp rồi" and "nộp chưa"."""
    if command == "han":  # "hạn tháng 9"; of any other words the reader knows better what they ask
        return _MONTH.fullmatch(fold(rest).strip(" ?.")) is not None
    return command in LONG or (command in FIGURED and any(letter.isdigit() for letter in rest))


async def _read(desk: Desk, heard: Heard) -> Question:
    organisation = await desk.offices.organisation()
    return read(heard.text, organisation, load(organisation.form), local_day(heard.now), before=before(heard))


def _which(others: Sequence[Conversation], text: str, asked: Question) -> Reply:
    """Several things may be meant: one tap each asks it for certain, without the words that were not understood."""
    for words in asked.unread:
        text = text.replace(words, " ")
    choices = tuple(Choice(say(one.about), token(one.commands[0], text)) for one in others)
    question = say("What would you like to know?")
    if asked.day:
        question = refusal_line(UnknownPeriod(asked.day)) + " " + question
    elif asked.unread:
        question = say("I did not understand “{text}”.", text=clipped(" · ".join(asked.unread))) + " " + question
    return Reply(question, choices)


def _label(menu: Sequence[tuple[str, str]], text: str) -> str:
    """The token of the choice that was typed: its whole label, whatever the punctuation, or what stands before a colon
    in it ("16" is no word for "16:00 tôi nộp": it may be a figure) or before what is to be told ("Giữ nguyên, vì…")."""
    said = _words(text)
    if not said:
        return ""
    named = {_words(_UNSAID.sub("", label)): token for label, token in reversed(menu)}
    whole = next((token for label, token in menu if _words(label) == said), "")
    return whole or (named.get(said, "") if re.search("[a-z]", said) else "")


def _words(text: str) -> str:
    return " ".join(re.findall(r"[\w%/]+", fold(text)))
