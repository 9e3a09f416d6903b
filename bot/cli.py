"""The command line: what can be asked of Bareng, and with which exit code it ends."""

# What a command does not need is not imported for it, so that `bareng version` answers at once.

import asyncio
import os
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from bot.life import Exit, Stop

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.doctor import Finding

R = TypeVar("R")

cli = typer.Typer(
    help="Bareng, a study-group bot for Telegram and Discord.",
    add_completion=False,
    no_args_is_help=True,
    # Its tracebacks would show local variables, tokens among them.
    pretty_exceptions_enable=False,
)

Config = Annotated[
    Path | None,
    typer.Option("--config", envvar="BARENG_CONFIG", help="The settings file; config.toml here if it is there."),
]


@dataclass(frozen=True, slots=True)
class Work:
    """What the commands set going; the composition root says how it is done. All of them raise Stop.

    `serve` takes whether to play in the terminal; `examine` takes the settings file.
    """

    serve: Callable[["Settings", bool], Coroutine[Any, Any, None]]
    migrate: Callable[["Settings"], Coroutine[Any, Any, bool]]
    examine: Callable[["Settings", Path | None], Coroutine[Any, Any, Sequence["Finding"]]]


@cli.command()
def run(
    context: typer.Context,
    config: Config = None,
    terminal: Annotated[bool, typer.Option("--terminal", help="Play in this terminal instead of a page.")] = False,
    playground: Annotated[bool | None, typer.Option(help="Run the local playground or not.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="The port of the web server.")] = None,
) -> None:
    """Start Bareng: the platforms that have a token; without any, the playground on this machine."""
    options: dict[str, dict[str, Any]] = {}
    if terminal or playground is not None:
        options["playground"] = {"enabled": "on" if terminal or playground else "off"}
    if port is not None:
        options["web"] = {"port": port}
    settings = _settings(config, options)
    _finish(settings, _work(context).serve(settings, terminal))


@cli.command("check-config")
def check_config(config: Config = None) -> None:
    """Check the settings and say what would run; exit code 2 if something is wrong."""
    for line in summary(_settings(config)):
        typer.echo(line)


@cli.command()
def doctor(context: typer.Context, config: Config = None) -> None:
    """Try everything out: tokens, rights, database, clock; exit code 1 if something does not work."""
    from bot.doctor import Mark

    settings = _settings(config)
    findings = _finish(settings, _work(context).examine(settings, config))
    for finding in findings:
        typer.echo(str(finding))
    if any(finding.mark is Mark.FAIL for finding in findings):
        raise typer.Exit(Exit.REFUSED)


@cli.command()
def migrate(context: typer.Context, config: Config = None) -> None:
    """Bring the database to the schema of this version, which `run` does by itself."""
    settings = _settings(config)
    changed = _finish(settings, _work(context).migrate(settings))
    typer.echo("The database was brought to the newest schema." if changed else "The database is up to date.")


@cli.command()
def version() -> None:
    """Say which version this is."""
    typer.echo(f"bareng {metadata.version('bareng')}")


def summary(settings: "Settings") -> list[str]:
    """What would run, in words."""
    path = settings.database.path
    return [
        f"Database: {f'SQLite file {path}' if path else 'PostgreSQL'}.",
        f"Telegram: {f'on, by {settings.telegram.mode}' if settings.telegram.token else 'off, no token'}.",
        f"Discord: {'on' if settings.discord.token else 'off, no token'}.",
        f"Playground: {'on' if settings.plays else 'off'}.",
        f"Web server: {settings.web.host}, port {settings.web.port}.",
        "The settings are fine.",
    ]


def _work(context: typer.Context) -> Work:
    work: Work = context.obj
    return work


def _settings(config: Path | None, options: dict[str, dict[str, Any]] | None = None) -> "Settings":
    from bot.layers import BadSettings, read

    try:
        return read(config, options)
    except BadSettings as error:
        for problem in error.problems:
            typer.echo(str(problem), err=True)
        raise typer.Exit(Exit.SETTINGS) from None


def _finish(settings: "Settings", work: Coroutine[Any, Any, R]) -> R:
    """Do the work on an event loop; a Stop becomes its sentence and its exit code."""
    from bot.log import configure, redactor

    # Whatever is written from here on holds people's data or keys.
    os.umask(0o077)
    configure(settings.log.level, settings.log.format, settings.secrets)
    factory: Callable[[], asyncio.AbstractEventLoop] = asyncio.new_event_loop
    with suppress(ImportError):
        from uvloop import new_event_loop as factory
    try:
        with asyncio.Runner(loop_factory=factory) as runner:
            return runner.run(work)
    except Stop as stop:
        typer.echo(redactor(settings.secrets)(str(stop)), err=True)
        raise typer.Exit(stop.code) from None
