"""How the running program ends, and how it bears what Telegram does to it."""

from __future__ import annotations

import asyncio
from time import monotonic

import pytest

from bot.domain.person import Role
from tests.program.people import CHIEFS, ask, enrol, prepared, word
from tests.program.process import Machine, Running, eventually
from tests.servers.telegram import BotApi, Fault, Refused

BURST = 40  # questions from every chief at once
STOPPED = "The program has stopped by itself; the log above says why."
OFFLINE = "Forbidden: bot was blocked by the user"


@pytest.fixture
async def town(machine: Machine, api: BotApi) -> Running:
    """All seven chiefs are in and nothing is left to do."""
    made = await prepared(machine, *((Role.CHIEF, office) for office in CHIEFS))
    running = await machine.start()
    await asyncio.gather(*(enrol(api, user, code) for user, code in zip(CHIEFS.values(), made, strict=True)))
    await eventually(machine.idle)
    return running


def ask_all(api: BotApi, count: int, since: int = 0) -> dict[int, list[str]]:
    """Every chief asks at once; the words that the answers repeat, by account."""
    words = [word(number) for number in range(since, since + count)]
    for one in words:
        for user in CHIEFS.values():
            api.say(user, f"/donvi {one}")
    return dict.fromkeys(CHIEFS.values(), words)


def answered(api: BotApi, asked: dict[int, list[str]]) -> dict[int, list[str]]:
    """What has been answered so far, in the order of the answers; each as often as it was."""
    return {
        user: [one for answer in api.answers(user) for one in words if one in answer.text]
        for user, words in asked.items()
    }


async def test_sigterm_under_load_drains_and_what_is_left_is_answered_once_after_a_restart(
    machine: Machine, api: BotApi, town: Running
) -> None:
    asked = ask_all(api, BURST)
    await eventually(lambda: any(answered(api, asked).values()))
    began = monotonic()
    assert await town.stop(within=5) == 0
    assert monotonic() - began < 5
    await machine.start()
    await eventually(lambda: not api.updates and machine.idle())
    assert answered(api, asked) == asked


@pytest.mark.parametrize("kind", ["hang", "502"])
async def test_sigterm_while_telegram_is_away_is_obeyed_and_nothing_is_lost(
    machine: Machine, api: BotApi, town: Running, kind: str
) -> None:
    polls = api.counts["getUpdates"]
    asked = ask_all(api, 3)
    api.chaos = lambda method, call: Fault(kind)
    await eventually(lambda: api.counts["getUpdates"] > polls or api.counts["sendMessage"] > len(CHIEFS))
    assert await town.stop(within=5) == 0
    api.chaos = lambda method, call: None
    await machine.start()
    await eventually(lambda: not api.updates and machine.idle())
    assert answered(api, asked) == asked


async def test_telegram_away_at_the_start_is_waited_for(machine: Machine, api: BotApi) -> None:
    await api.down()
    running = await machine.start()
    await eventually(lambda: "no updates for now" in running.log)
    api.say(1, "xin chào")
    await api.up()
    await api.wait_for(1, 1, 15)
    await eventually(lambda: api.commands_of() == ["start", "trogiup"] and bool(api.account.short_description))
    assert running.alive


async def test_telegram_away_for_a_while_loses_nothing_and_is_asked_seldom(
    machine: Machine, api: BotApi, town: Running
) -> None:
    before = api.counts.total()
    api.chaos = lambda method, call: Fault("502")
    asked = ask_all(api, 3)
    await asyncio.sleep(3)
    assert api.counts.total() - before <= 40
    await api.down()
    await asyncio.sleep(0.5)
    api.chaos = lambda method, call: None
    await api.up()
    await eventually(lambda: not api.updates and machine.idle())
    assert answered(api, asked) == asked
    assert town.alive


async def test_a_wait_that_telegram_asks_for_is_kept(machine: Machine, api: BotApi, town: Running) -> None:
    slow, quick = list(CHIEFS.values())[:2]
    api.faults.append(Fault("429", "sendMessage", retry_after=2))
    before = api.counts["sendMessage"]
    began = monotonic()
    api.say(slow, "/toi")
    await api.until(lambda: api.counts["sendMessage"] > before)
    await ask(api, quick, "/toi")
    assert monotonic() - began < 2
    await eventually(lambda: len(api.answers(slow)) == 2)
    assert monotonic() - began >= 2
    assert api.counts["sendMessage"] == before + 3


async def test_a_chat_that_is_closed_is_marked_and_the_others_go_on(
    machine: Machine, api: BotApi, town: Running
) -> None:
    closed, other = list(CHIEFS.values())[:2]
    api.closed[closed] = Refused(403, OFFLINE)
    api.say(closed, "/toi")
    reached = "SELECT unreachable_at IS NULL FROM places WHERE chat = ?"
    await eventually(lambda: machine.query(reached, str(closed)) == [(0,)])
    await ask(api, other, "/toi")
    assert machine.query(reached, str(other)) == [(1,)]
    del api.closed[closed]
    await ask(api, closed, "/toi")
    assert machine.query(reached, str(closed)) == [(1,)]


async def test_a_block_that_telegram_tells_of_is_marked_at_once(machine: Machine, api: BotApi, town: Running) -> None:
    api.block(CHIEFS["quan-son"])
    await eventually(lambda: len(machine.query("SELECT 1 FROM places WHERE unreachable_at IS NOT NULL")) == 1)


async def test_faults_of_the_network_are_borne(machine: Machine, api: BotApi, town: Running) -> None:
    for number, kind in enumerate(("500", "502", "404", "cut", "cut_after")):
        api.faults += [Fault(kind, method) for method in ("getUpdates", "sendMessage", "sendMessage")]
        asked = ask_all(api, 2, 10 * number)
        await eventually(lambda: not api.updates and machine.idle(), 20)
        assert {user: sorted(set(words)) for user, words in answered(api, asked).items()} == asked
    assert town.alive


async def test_a_refused_token_ends_the_program_with_a_plain_word(machine: Machine, api: BotApi) -> None:
    api.token = "123456:another-abcdefghijklmnopqrstuvwxyz"
    done = await machine.command("run")
    assert (done.code, done.err.splitlines()[-1]) == (1, STOPPED)
    assert "the token is refused" in done.err
    assert "Traceback" not in done.err


async def test_a_token_refused_while_it_runs_ends_the_program(machine: Machine, api: BotApi, town: Running) -> None:
    api.token = "123456:another-abcdefghijklmnopqrstuvwxyz"
    await api.down()
    await api.up()
    assert await town.ended() == 1
    assert "the token is refused" in town.log


async def test_a_database_that_stays_locked_ends_the_program_and_nothing_is_lost(
    machine: Machine, api: BotApi, town: Running
) -> None:
    with machine.locked():
        asked = ask_all(api, 1)
        assert await town.ended(20) == 1
    assert town.log.splitlines()[-1] == STOPPED
    assert "database is locked" in town.log
    await machine.start()
    await eventually(lambda: not api.updates and machine.idle())
    assert answered(api, asked) == asked
