"""The command line: demo, run, init, invite, calendar, doctor, verify."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable, Coroutine
from datetime import datetime
from errno import EADDRINUSE
from pathlib import Path
from typing import Annotated, Any, NoReturn

import structlog
import typer

from bot import __version__, setup
from bot.almanac import almanac
from bot.app import examine, opened, play, serve, walk
from bot.clock import RealClock
from bot.config import Settings, load
from bot.domain.calendar import TIMEZONE
from bot.domain.person import Role
from bot.domain.seal import is_written
from bot.errors import BadSettings, Faults, ThiduaError
from bot.logs import conceal, set_up

app = typer.Typer(
    name="thidua",
    help="Thi Đua Bot: periodic figures reported over chat.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
log = structlog.get_logger()

REFUSED, USAGE = 1, 2


@app.callback(invoke_without_command=True)
def _root(
    version: Annotated[bool, typer.Option("--version", help="Say the version and stop.", is_eager=True)] = False,
) -> None:
    if version:
        typer.echo(f"thidua {__version__}")
        raise typer.Exit


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1.", min=0, max=65535)] = 8080,
    clock: Annotated[str, typer.Option(help="Where the clock starts, for example 2021-10-01T08:00:00+07:00.")] = "",
) -> None:
    """Start the web chat on the sample cluster: no token, no account; its data is gone when it stops."""
    start = _instant(clock) or _settings().clock

    with tempfile.TemporaryDirectory(prefix="thidua-demo-") as folder:
        if not _run(lambda: play(f"sqlite+aiosqlite:///{folder}/demo.sqlite", port, start, _ready)):
            _fail("The demo has stopped by itself; the log above says why.", REFUSED)


def _ready(port: int) -> None:
    typer.echo(f"Thi Đua Bot: mở / open  http://127.0.0.1:{port}   (Ctrl+C: dừng / stop)")


def _instant(text: str) -> datetime | None:
    if not text:
        return None
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text} is no ISO instant, for example 2021-10-01T08:00:00+07:00") from None
    return instant if instant.tzinfo else instant.replace(tzinfo=TIMEZONE)


@app.command()
def run() -> None:
    """Serve Telegram and Zalo with the settings of the environment or .env."""
    settings = _settings()
    if settings.telegram_token is None and settings.zalo_token is None:
        _fail(
            "Neither THIDUA_TELEGRAM_TOKEN nor THIDUA_ZALO_TOKEN is set: get one from @BotFather or from Zalo, or try "
            "`thidua demo`.",
            USAGE,
        )
    set_up(settings.log_level)

    if not _run(lambda: serve(settings)):
        _fail("The program has stopped by itself; the log above says why.", REFUSED)


@app.command()
def init(
    structure: Annotated[
        Path | None, typer.Option(help="A structure file (TOML).", exists=True, dir_okay=False)
    ] = None,
    sample: Annotated[bool, typer.Option("--sample", help="The sample: cụm thi đua số 3, THADS Thanh Hóa.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Allow offices that are stored to go.")] = False,
) -> None:
    """Make the stored structure (province, clusters, offices, calendar) the given one; say what changed."""
    if (structure is None) == (not sample):
        _fail("Give either --structure FILE.toml or --sample.", USAGE)
    settings = _settings()

    async def save() -> list[str]:
        async with opened(settings.database_url) as database:
            return await setup.init(database, structure, RealClock(settings.clock).now(), replace)

    changes = _run(save)
    for line in changes:
        typer.echo(line)
    typer.echo("Nothing to change." if not changes else f"{len(changes)} changes made.")


@app.command()
def invite(
    role: Annotated[Role, typer.Option(help="The role to give.")],
    office: Annotated[str, typer.Option(help="Its office, for a chief or a clerk.")] = "",
    cluster: Annotated[str, typer.Option(help="Its cluster, for everybody else.")] = "",
    name: Annotated[str, typer.Option(help="The person's full name.")] = "",
) -> None:
    """Make an invitation; its one-time code is the last line."""
    settings = _settings()
    _there(settings)

    async def issue() -> list[str]:
        async with opened(settings.database_url) as database:
            return await setup.invite(database, role, office, cluster, name, RealClock(settings.clock).now())

    for line in _run(issue):
        typer.echo(line)


@app.command()
def calendar(
    year: Annotated[int | None, typer.Option(help="The reporting year; else this one.", min=1901, max=2199)] = None,
) -> None:
    """Print the twelve deadlines of a reporting year, its days off and the days worked in exchange."""
    settings = _settings()
    _there(settings)

    async def read() -> list[str]:
        async with opened(settings.database_url, look=True) as database, database.begin() as desk:
            return await almanac(desk, year, RealClock(settings.clock).now())

    for line in _run(read):
        typer.echo(line)


@app.command()
def doctor() -> None:
    """Look at settings, database, token and clock: what is wrong, and how to mend it."""
    settings = _settings()

    findings = _run(lambda: examine(settings))
    for finding in findings:
        typer.echo(f"{'ok ' if finding.fine else 'BAD'}  {finding.line}")
    if not all(finding.fine for finding in findings):
        raise typer.Exit(REFUSED)


@app.command()
def verify(
    head: Annotated[str, typer.Option(help="A fingerprint noted earlier: say which entry has it.")] = "",
) -> None:
    """Walk the audit trail and compare it with what is stored; the first break, or the fingerprint of its head."""
    settings = _settings()
    _there(settings)
    if head and not is_written(head):
        _fail(f"“{head}” is no fingerprint: write it as `thidua verify` prints it", USAGE)

    verdict = _run(lambda: walk(settings.database_url, head))
    for line in setup.verdict_lines(verdict, head):
        typer.echo(line)
    if not verdict.sound or (head and not verdict.sought):
        raise typer.Exit(REFUSED)


def _there(settings: Settings) -> None:
    """A path with a slip in it must not become a new database."""
    if settings.database_url.startswith("sqlite") and not settings.database_file.exists():
        _fail(f"{settings.database_file} does not exist yet; run `thidua init`", REFUSED)


def _settings() -> Settings:
    try:
        settings = load()
    except BadSettings as error:
        _fail(f"These settings cannot be used:\n{error}", USAGE)
    set_up("WARNING")
    conceal(*settings.secrets())
    return settings


def _run(work: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    """Run to the end; what goes wrong on purpose becomes a plain message and an exit code."""
    try:
        return asyncio.run(work())
    except BadSettings as error:
        _fail(str(error), USAGE)
    except Faults as error:
        _fail(f"This file cannot be used:\n{error}", REFUSED)
    except ThiduaError as error:
        _fail(str(error) or type(error).__name__, REFUSED)
    except OSError as error:
        hint = (
            " (another program uses this port: choose another with --port or THIDUA_LISTEN)"
            if error.errno == EADDRINUSE
            else ""
        )
        _fail(f"{error.strerror or error}{hint}", REFUSED)
    except KeyboardInterrupt:
        raise typer.Exit from None
    except Exception:  # the operator gets a plain message; the log has the rest
        log.exception("unexpected fault")
        _fail("An unexpected fault; the log above has the details.", REFUSED)


def _fail(message: str, code: int) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(code)


def main() -> None:
    app()


if __name__ == "__main__":
    main()
