"""Inbox → who is it → conversation → outbox, in one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import replace
from datetime import datetime
from functools import partial

import structlog

from bot.chat import Address, Channel, Outgoing, Raw, Reply, Turn, menu_after
from bot.clocks import Clocks
from bot.dialogue import Heard, Move, answer
from bot.domain.calendar import local_day
from bot.domain.person import Person, Role
from bot.i18n import say, speaking
from bot.numbered import meant_by_number
from bot.ports import Clock, Database, Desk, Known, Letter
from bot.routing import Routes
from bot.unasked.lost import lost
from bot.unasked.telling import tell

log = structlog.get_logger()

BATCH = 100
FEW = 8  # so many that come at once are answered in the commit that keeps them
TRIES = 3
PAUSE = 0.2  # seconds before a message that failed is tried again
STRANGER = Known(Person(0, ""))


class Intake:
    """Answers stored updates, those of one person in their order, many in one commit.

    A batch that fails is rolled back and answered again one by one, so that only the message at fault is set aside."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        channels: Mapping[str, Channel],
        routes: Routes,
        committed: Callable[[Sequence[Outgoing]], None],
    ) -> None:
        self._database = database
        self._clock = clock
        self._channels = channels
        self._routes = routes
        self._free = frozenset((one.name, step) for one in routes.conversations for step in one.free)
        self._committed = committed
        self._clocks = Clocks()
        self._storing = asyncio.Lock()  # taken before the other: what comes first is kept first, even when it fails
        self._answering = asyncio.Lock()
        self._news = asyncio.Event()
        self._stopping = False

    async def store(self, raws: Sequence[Raw]) -> None:
        """Keep updates durably; only then may a channel confirm them. A few are answered in the same commit."""
        busy = self._stopping or self._storing.locked() or self._answering.locked()
        async with self._storing:
            if busy or len(raws) > FEW or not await self._answered(raws):
                async with self._database.begin() as desk:
                    await desk.inbox.store(raws, self._clock.now())
                self._news.set()

    async def run(self) -> None:
        """Answer what waits, then what comes, until stopped; a batch that has begun is finished."""
        while not self._stopping:
            self._news.clear()
            if await self.work() < BATCH:
                await self._news.wait()

    def stop(self) -> None:
        self._stopping = True
        self._news.set()

    async def work(self) -> int:
        """Answer one batch; how many letters it took up."""
        async with self._answering:
            letters, error = await self._attempt()
            if error is not None:
                await self._one_by_one(letters)
        return len(letters)

    async def _answered(self, raws: Sequence[Raw]) -> bool:
        """Keep and answer them in one transaction: whether that could be done; else nothing has happened."""
        async with self._answering:
            letters, error = await self._attempt(raws=raws)
        if len(letters) == BATCH:
            self._news.set()
        return error is None

    async def _attempt(
        self, letters: Sequence[Letter] = (), raws: Sequence[Raw] = ()
    ) -> tuple[Sequence[Letter], Exception | None]:
        """Answer these, or those that wait, in one transaction: which, and what went wrong (then nothing happened).

        `raws` are kept first. What goes wrong before anything could be read is raised: nobody's message is at fault."""
        try:
            async with self._database.begin() as desk:
                await desk.inbox.store(raws, self._clock.now())
                letters = letters or await desk.inbox.waiting(BATCH)
                await self._answer_all(desk, letters)
                await desk.inbox.done([letter.id for letter in letters], self._clock.now())
                posted = await desk.outbox.posted()
        except Exception as error:
            if not letters:
                raise
            if raws:
                log.info("kept first, answered after", why=type(error).__name__)
            else:
                log.exception("turn failed", letters=[letter.id for letter in letters][:5])
            return letters, error
        if posted:
            self._committed(posted)
        return letters, None

    async def _one_by_one(self, letters: Sequence[Letter]) -> None:
        held: set[tuple[str, str]] = set()  # accounts whose message failed: their later ones wait for it
        for letter in letters:
            account = (letter.raw.channel, letter.raw.account)
            if account in held:
                continue
            _, error = await self._attempt([letter])
            if error is not None:
                held.add(account)
                await self._set_aside(letter, error)
        if held:
            self._committed(())  # what was said about those, in transactions of their own
            await asyncio.sleep(PAUSE)
            self._news.set()

    async def _set_aside(self, letter: Letter, error: Exception) -> None:
        """Count the failure; after three the message is quarantined, its sender answered and the admins told."""
        async with self._database.begin() as desk:
            if await desk.inbox.failed(letter.id, repr(error)) < TRIES:
                return
            now = self._clock.now()
            await desk.inbox.quarantine(letter.id, now)
            sorry = say("Something went wrong with your last message; it has been kept and the administrator told.")
            await desk.outbox.post(Address(letter.raw.channel, letter.raw.account), Reply(sorry), now, cause=letter.id)
            admins = await desk.people.duties([Role.ADMIN], local_day(now))
            await tell(desk, [duty.person for duty in admins], partial(_aside, letter), now)

    async def _answer_all(self, desk: Desk, letters: Sequence[Letter]) -> None:
        turns = [(letter, self._channels[letter.raw.channel].read(letter.raw)) for letter in letters]
        waiting = [(letter, turn) for letter, turn in turns if turn is not None]
        while waiting:
            known = await desk.people.known(list({turn.address for _, turn in waiting}))
            wave, waiting = _first_of_each(waiting, known)
            for letter, turn in wave:
                who = known.get(turn.address, STRANGER)
                with speaking(who.person.language):
                    await self._answer(desk, letter, turn, who)

    async def _answer(self, desk: Desk, letter: Letter, turn: Turn, known: Known) -> None:
        now = self._clock.now()
        if turn.gone:
            await lost(desk, turn.address, "left", now)
            return
        move = await self._move(desk, letter, turn, known, now)
        for reply in move.replies:
            card = turn.card if reply.in_place else ""
            await desk.outbox.post(turn.address, reply, now, card=card, cause=letter.id)
        fresh = [(one.label, one.token) for reply in move.replies for one in reply.choices]
        asked = {**move.asked, "at": now.isoformat()} if move.asked else known.asked
        await desk.places.seen(turn.address, menu_after(fresh, known.menu), asked, now)

    async def _move(self, desk: Desk, letter: Letter, turn: Turn, known: Known, now: datetime) -> Move:
        if not turn.private:
            aside = say("Figures are for private chats: please write to me directly.")
            return answer(Reply(aside)) if turn.called or turn.text.startswith("/") else answer()
        if turn.unsupported and not turn.text:
            return answer(Reply(say("I read text only. Please type the figures, or send /mau for a form to fill in.")))
        sent_at = self._clock.shifted(turn.sent_at)
        written_at = sent_at + self._clocks.heard(turn.address.channel, letter.received_at - sent_at)
        meant = await meant_by_number(desk, turn, written_at) if self._may_choose(turn, known, now) else turn
        if isinstance(meant, Reply):
            return answer(meant)
        turn = meant
        heard = Heard(
            person=known.person,
            address=turn.address,
            text=turn.text,
            sent_at=sent_at,
            now=now,
            turn=letter.id,
            message=turn.message,
            name=turn.name,
            edited=turn.edited,
            before=known.asked,
        )
        stands = _settled(known, self._free) if turn.edited else known
        return await self._routes.respond(desk, heard, stands, turn.choice)

    def _may_choose(self, turn: Turn, known: Known, now: datetime) -> bool:
        """Whether a number may be a choice: nothing that was shown before is shown again to who is a stranger now."""
        able = bool(known.person.current(local_day(now)))
        return turn.numbered and able and not self._routes.awaits_figure(known.stands)


def _aside(letter: Letter) -> Reply:
    return Reply(say("Message no. {number} could not be handled and was set aside.", number=letter.id))


def _settled(known: Known, free: Set[tuple[str, str]]) -> Known:
    """For a message that was edited: it was written before any of the questions that it would now answer.

    It presses no button, and where any words would do (a reason, which then files) it is not that answer."""
    stands = tuple(stand for stand in known.stands if (stand.conversation, stand.step) not in free)
    return replace(known, stands=stands, menu=())


def _first_of_each(
    waiting: Sequence[tuple[Letter, Turn]], known: Mapping[Address, Known]
) -> tuple[list[tuple[Letter, Turn]], list[tuple[Letter, Turn]]]:
    """One turn a person now, the rest later: a turn must see what the person's earlier turn changed."""
    now: dict[object, tuple[Letter, Turn]] = {}
    later: list[tuple[Letter, Turn]] = []
    for letter, turn in waiting:
        who = known[turn.address].person.id if turn.address in known else turn.address
        if who in now:
            later.append((letter, turn))
        else:
            now[who] = (letter, turn)
    return list(now.values()), later
