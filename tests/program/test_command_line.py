"""Every command of `thidua` as an operator meets it: what it says, and its exit code, 0, 1 or 2."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from bot import __version__, sample
from db.engine import open_database
from tests.program.people import prepared
from tests.program.process import Done, Machine, plain
from tests.servers.telegram import BotApi

NO_PLACE = {
    ("chief", "--office", "Quan Trung"): "There is no “Quan Trung” on 2021-10-01; did you mean Quan",
    ("chief", "--office", "cụm 3"): "cụm 3 is not an office.",
    ("chief",): "The role chief belongs to an office: add --office NAME.",
    ("head", "--office", "Quan Sơn"): "The role head belongs to a cluster or the province, not to an office.",
}
CODE = re.compile(r"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}")


async def test_the_version_is_said(machine: Machine) -> None:
    assert await machine.command("--version") == Done(0, f"thidua {__version__}\n", "")


async def test_help_names_every_command(machine: Machine) -> None:
    done = await machine.command("--help")
    assert (done.code, done.err) == (0, "")
    assert re.findall(r"(?m)^│ (\w+) ", done.out) == [
        "demo",
        "run",
        "init",
        "invite",
        "calendar",
        "doctor",
        "verify",
    ]


async def test_a_command_that_does_not_exist_is_a_mistake_in_usage(machine: Machine) -> None:
    code, said = plain(await machine.command("start"))
    assert (code, "start" in said) == (2, True)


async def test_every_wrong_setting_is_named_at_once_and_no_secret_is_told(machine: Machine) -> None:
    wrong = {
        "THIDUA_TELEGRAM_TOKN": "x",
        "THIDUA_CLOCK": "yesterday",
        "THIDUA_LOG_LEVEL": "loud",
        "THIDUA_TELEGRAM_TOKEN": "secret",
        "THIDUA_TELEGRAM_API_URL": "telegram",
        "THIDUA_DATABASE_URL": "mysql://me:secret@there/db",
    }
    for command in (("run",), ("init", "--sample")):
        code, said = plain(await machine.command(*command, **wrong))
        first, *lines = said.splitlines()
        assert (code, first) == (2, "These settings cannot be used:")
        assert sorted(line.partition(":")[0] for line in lines) == sorted(wrong)
        assert "secret" not in said


async def test_settings_can_stand_in_a_file(machine: Machine) -> None:
    (machine.folder / ".env").write_text(f"THIDUA_DATABASE_URL=sqlite:///{machine.folder}/other.sqlite\n", "utf-8")
    assert (await machine.command("init", "--sample", THIDUA_DATABASE_URL="")).code == 0
    assert (machine.folder / "other.sqlite").exists()


async def test_a_settings_file_in_another_encoding_is_a_plain_word(machine: Machine) -> None:
    (machine.folder / ".env").write_bytes("THIDUA_LOG_LEVEL=bình thường".encode("utf-16"))
    assert plain(await machine.command("doctor")) == (2, "These settings cannot be used:\n.env: not UTF-8 text")


async def test_run_without_a_token_says_where_to_get_one(machine: Machine) -> None:
    assert plain(await machine.command("run", THIDUA_TELEGRAM_TOKEN="")) == (
        2,
        "Neither THIDUA_TELEGRAM_TOKEN nor THIDUA_ZALO_TOKEN is set: get one from @BotFather or from Zalo, or try "
        "`thidua demo`.",
    )


async def test_init_says_what_changed_and_the_second_time_that_nothing_did(machine: Machine) -> None:
    first, second = [await machine.command("init", "--sample") for _ in range(2)]
    assert (first.code, first.err, first.lines[0]) == (0, "", "province thanh-hoa added")
    assert "office quan-son added" in first.lines
    assert first.lines[-1] == f"{len(first.lines) - 1} changes made."
    assert second == Done(0, "Nothing to change.\n", "")
    file = structure(machine, lambda text: text.replace("Mường Lát", "Mường Lát Mới"))
    third = await machine.command("init", "--structure", file)
    assert (third.code, third.err) == (0, "")
    assert third.lines == ["office muong-lat: name 'Mường Lát' → 'Mường Lát Mới'", "1 changes made."]


async def test_init_wants_one_source(machine: Machine) -> None:
    file = structure(machine, lambda text: text)
    told = (2, "Give either --structure FILE.toml or --sample.")
    assert plain(await machine.command("init")) == told
    assert plain(await machine.command("init", "--sample", "--structure", file)) == told


def structure(machine: Machine, change: Callable[[str], str]) -> str:
    """The sample's structure file, changed; its path."""
    text = (Path(sample.__file__).parent / "structure" / "thanh-hoa-3.toml").read_text("utf-8")
    file = machine.folder / "structure.toml"
    file.write_text(change(text), "utf-8")
    return str(file)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text + "\n[[office", "not TOML"),
        (lambda text: text.replace('form = "short"', 'form = "shrt"'), "form: there is no form “shrt”"),
        (lambda text: text.replace('cluster = "cum-3"', 'cluster = "cum-4"'), "cum-4"),
        (lambda text: "", "structure"),
    ],
)
async def test_a_structure_that_cannot_be_is_refused_and_changes_nothing(
    machine: Machine, change: Callable[[str], str], said: str
) -> None:
    code, told = plain(await machine.command("init", "--structure", structure(machine, change)))
    assert code == 1
    assert told.startswith("This file cannot be used:\n")
    assert said in told
    assert machine.query("SELECT count(*) FROM offices") == [(0,)]


async def test_a_structure_file_that_is_not_there_or_no_text_is_a_plain_word(machine: Machine) -> None:
    assert plain(await machine.command("init", "--structure", "nowhere.toml"))[0] == 2
    assert plain(await machine.command("init", "--structure", str(machine.folder)))[0] == 2
    (machine.folder / "structure.toml").write_bytes(b"\xff\xfe\x00")
    code, told = plain(await machine.command("init", "--structure", "structure.toml"))
    assert (code, told) == (1, "This file cannot be used:\nstructure.toml: not UTF-8 text")


async def test_an_invitation_ends_with_its_code_which_is_kept_as_a_hash_alone(machine: Machine) -> None:
    await prepared(machine)
    done = await machine.command("invite", "--role", "chief", "--office", "quan son", "--name", "Lò Văn A")
    assert (done.code, done.err) == (0, "")
    assert done.lines[:-1] == ["Invitation for chief at quan-son; usable once, for 7 days:"]
    assert CODE.fullmatch(done.lines[-1])
    assert done.lines[-1].replace("-", "").encode() not in machine.database.read_bytes()


async def test_an_invitation_to_no_place_is_refused_with_what_is_near(machine: Machine) -> None:
    await prepared(machine)
    for arguments, said in NO_PLACE.items():
        code, told = plain(await machine.command("invite", "--role", *arguments))
        assert (code, told[: len(said)]) == (1, said)
    assert machine.query("SELECT count(*) FROM invitations") == [(0,)]


NO_STRUCTURE = "There is no structure yet: run `thidua init --sample` or `thidua init --structure FILE.toml`."


async def emptied(machine: Machine) -> None:
    """A database as the program makes it, with nothing in it."""
    await (await open_database(f"sqlite:///{machine.database}")).close()


async def test_an_invitation_before_there_is_a_structure_says_what_to_do(machine: Machine) -> None:
    invite = ("invite", "--role", "admin")
    assert plain(await machine.command(*invite)) == (1, f"{machine.database} does not exist yet; run `thidua init`")
    assert not machine.database.exists()  # a path with a slip in it becomes no database
    await emptied(machine)
    assert plain(await machine.command(*invite)) == (1, NO_STRUCTURE)


async def test_a_role_that_does_not_exist_is_a_mistake_in_usage(machine: Machine) -> None:
    code, told = plain(await machine.command("invite", "--role", "boss"))
    assert (code, "supervisor" in told) == (2, True)


async def test_doctor_finds_nothing_wrong_with_a_sound_installation(machine: Machine, api: BotApi) -> None:
    await prepared(machine)
    assert await machine.command("doctor") == Done(
        0,
        "ok   settings can be read\n"
        f"ok   database: {machine.database}\n"
        "ok   structure: 7 offices\n"
        "ok   messages: 0 waiting, 0 set aside as faulty\n"
        "ok   Telegram: the token is that of @thidua_bot\n"
        "ok   clock: 08:00 thứ Sáu 01/10/2021, shifted by THIDUA_CLOCK\n",
        "",
    )


async def bad(machine: Machine, **settings: str) -> list[str]:
    """What doctor finds wrong."""
    done = await machine.command("doctor", **settings)
    assert plain(done) == (1, "")
    return [line.removeprefix("BAD  ") for line in done.lines if line.startswith("BAD")]


async def test_doctor_says_what_is_wrong_and_what_to_do(machine: Machine, api: BotApi) -> None:
    absent = f"database: {machine.database} does not exist yet; run `thidua init`"
    assert await bad(machine) == [absent]
    empty = "structure: empty; run `thidua init --sample` or `thidua init --structure FILE.toml`"
    await emptied(machine)
    assert await bad(machine) == [empty]
    assert await bad(machine, THIDUA_TELEGRAM_TOKEN="") == [
        empty,
        "Telegram: THIDUA_TELEGRAM_TOKEN is not set; get one from @BotFather",
    ]
    api.token = "123456:another-abcdefghijklmnopqrstuvwxyz"
    refused = "Telegram: the token is refused (the token is refused); get a new one from @BotFather"
    assert await bad(machine) == [empty, refused]
    await api.down()
    away = f"Telegram: {api.url}/ does not answer (NotSent: ClientConnectorError)"
    assert await bad(machine) == [empty, away]


async def test_a_database_that_is_none_is_a_plain_word(machine: Machine) -> None:
    machine.database.write_bytes(b"not a database, whatever it is called" * 200)
    told = f"database {machine.database} cannot be opened: file is not a database"
    for command in (("init", "--sample"), ("run",)):
        assert plain(await machine.command(*command)) == (2, told)
    assert await bad(machine, THIDUA_TELEGRAM_TOKEN="") == [
        told,
        "Telegram: THIDUA_TELEGRAM_TOKEN is not set; get one from @BotFather",
    ]


async def test_a_database_that_is_damaged_is_a_plain_word(machine: Machine) -> None:
    await prepared(machine)
    content = bytearray(machine.database.read_bytes())
    content[4096:] = Random(1).randbytes(len(content) - 4096)
    machine.database.write_bytes(content)
    told = f"database {machine.database} cannot be opened: database disk image is malformed"
    assert plain(await machine.command("run")) == (2, told)


async def test_a_database_of_another_program_is_left_alone(machine: Machine) -> None:
    machine.make("CREATE TABLE songs (title TEXT)")
    assert plain(await machine.command("init", "--sample")) == (2, "database: it holds the tables of another program")
    assert machine.query("SELECT name FROM sqlite_master") == [("songs",)]


async def test_a_place_where_no_database_can_be_is_a_plain_word(machine: Machine) -> None:
    file = machine.folder / "file"
    file.touch()
    for path in (machine.folder, Path("/proc/nowhere/thidua.sqlite"), file / "thidua.sqlite"):
        code, told = plain(await machine.command("init", "--sample", THIDUA_DATABASE_URL=f"sqlite:///{path}"))
        assert (code, told.startswith(f"database {path} cannot be opened: ")) == (2, True)


async def test_the_database_can_be_read_by_its_owner_alone(machine: Machine) -> None:
    assert (await machine.command("init", "--sample")).code == 0
    assert oct(machine.database.stat().st_mode & 0o777) == "0o600"


async def test_the_calendar_of_a_year_is_printed_once_there_is_a_structure(machine: Machine) -> None:
    await emptied(machine)
    assert plain(await machine.command("calendar", "--year", "2026")) == (1, NO_STRUCTURE)
    await machine.command("init", "--sample")
    done = await machine.command("calendar", "--year", "2026")
    assert (done.code, done.err, done.lines[0]) == (0, "", "Reporting year 2026, 2025-10-01 to 2026-09-30")
    assert "3       Wed 2025-12-31  Tue 2026-01-06 17:00            Thu 2026-01-08 17:00" in done.lines
