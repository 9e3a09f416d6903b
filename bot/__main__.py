"""The composition root: the one place that names platforms and storage, and puts everything together."""

# A platform that is off costs neither time nor memory, and `bareng version` answers at once: hence the imports
# inside functions.

import gc
from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from random import SystemRandom
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import structlog

from bot.cli import Work, cli
from bot.life import Exit, Stage, Step, Stop

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from adapters.discord.adapter import Discord
    from adapters.link.checker import Checker
    from adapters.playground.adapter import Playground
    from adapters.playground.clock import Turning
    from adapters.telegram.adapter import Telegram
    from adapters.web import Web
    from bot.app import App
    from bot.config import Settings
    from bot.doctor import Finding
    from bot.domain.community import Venue
    from bot.ports import Clock
    from storage.store import DatabaseStore


log = structlog.get_logger()


def main() -> None:
    """Run the command line."""
    # Imports make many objects and no garbage: looking for it meanwhile costs a sixth of the start.
    gc.disable()
    cli(obj=Work(serve, migrate, examine))


async def serve(settings: "Settings", terminal: bool) -> None:
    """Run the bot from the locks to the last commit; raises Stop."""
    from bot.prepare import button_keys, lock_database, lock_tokens
    from storage.store import DatabaseStore

    with ExitStack() as locks:
        lock_database(settings, locks)
        lock_tokens(settings, locks)
        await _upgrade(settings)
        keys = button_keys(settings)
        store = DatabaseStore(settings.database.url.get_secret_value())
        try:
            await _reclaim(settings, store)
            if settings.has_token:
                log.warning("data_is_not_encrypted", hint="keep the database and its backups on an encrypted disk")
            await _live(settings, store, keys, terminal)
        finally:
            await store.close()


async def _reclaim(settings: "Settings", store: "DatabaseStore") -> None:
    """Take back what a killed process held: on a locked SQLite file nobody else can be at work on it."""
    from adapters.clock import now

    if settings.database.path:
        async with store.begin() as unit:
            await unit.jobs.release(now())


async def migrate(settings: "Settings") -> bool:
    """Apply the schema of this version to a database that nobody else uses; says whether that changed anything."""
    from bot.prepare import lock_database

    with ExitStack() as locks:
        lock_database(settings, locks)
        return await _upgrade(settings)


async def examine(settings: "Settings", config: Path | None) -> "list[Finding]":
    """Everything that the doctor finds, the database first: it knows the groups."""
    from bot.doctor import Mark, privacy
    from bot.layers import DEFAULT_FILE
    from storage.examine import examine as examine_database

    findings = privacy(config or DEFAULT_FILE)
    findings += (about := [each async for each in examine_database(settings.database.url.get_secret_value())])
    venues = await _venues(settings) if all(each.mark is Mark.OK for each in about) else []
    if token := settings.telegram.token:
        from adapters.telegram.examine import examine as examine_telegram

        wish, own = settings.telegram, [venue for venue in venues if venue.place.platform == "telegram"]
        hook = wish.webhook_url or "" if wish.mode == "webhook" else ""
        findings += [each async for each in examine_telegram(token.get_secret_value(), wish.base_url, hook, own)]
    if token := settings.discord.token:
        from adapters.discord.examine import examine as examine_discord

        own = [venue for venue in venues if venue.place.platform == "discord"]
        findings += [each async for each in examine_discord(token.get_secret_value(), settings.discord.api_url, own)]
    return findings


async def _live(settings: "Settings", store: "DatabaseStore", keys: Sequence[bytes], terminal: bool) -> None:
    """Compose the bot on an open store, and run it until it is told to end."""
    from adapters import clock
    from adapters.calendar import calendar_route
    from bot.app import App
    from bot.chat.errors import TokenRefused
    from bot.features import features
    from bot.life import live

    turning = _turning(settings)
    checker = _checker(settings, store, turning or clock.now)
    wanted = (*features(settings.site), *((checker.feature,) if checker else ()))
    app = App(wanted, store, keys, turning or clock.now, SystemRandom())
    telegram, discord = _telegram(settings, app), _discord(settings, app)
    platforms = [platform for platform in (telegram, discord) if platform]
    app.platforms.update({platform.name: platform for platform in platforms})
    playground = await _playground(app, turning) if settings.plays else None
    hook = telegram.route() if telegram else None
    routes = [calendar_route(store, app.clock), *((hook,) if hook else ())]
    web = _web(settings, app, routes, playground, turning)
    ticking = clock.Clock(app)
    parts: dict[str, Step] = {platform.name: partial(_connect, platform) for platform in platforms}
    stopping: list[Step] = [*(platform.stop for platform in platforms), web.stop]
    if playground:
        stopping.append(partial(_close, playground))
        if terminal:
            parts["terminal"] = partial(_terminal, playground, turning, settings.playground.language)
        else:
            print(f"The playground is open at {web.address}", flush=True)  # noqa: T201
    if checker:
        parts["links"] = checker.run
    ticking.start()
    gc.freeze()
    gc.enable()
    # Ten seconds in all: no new ticks, then what is being sent, then everybody at once, then the last answers.
    ending: list[Stage] = [(1, [ticking.stop]), (3, [app.outbox.drain]), (4.5, stopping), (1, [app.drain])]
    try:
        await live({**parts, "web": web.run}, ending)
    except TokenRefused as error:
        raise Stop(Exit.TOKEN, f"{error} Put a valid one into the settings; `bareng doctor` tries it.") from None


async def _connect(platform: "Telegram | Discord") -> None:
    """Reach a platform and listen to it."""
    from bot.chat.errors import TokenRefused

    try:
        await platform.start()
        await platform.run()
    except TokenRefused:
        name = platform.name.capitalize()
        raise TokenRefused(f"{name} does not accept the bot's token (any more).") from None


def _telegram(settings: "Settings", app: "App") -> "Telegram | None":
    """Telegram, if there is a token."""
    wish = settings.telegram
    if wish.token is None:
        return None
    from adapters.telegram.adapter import Hook, Telegram

    hook = None
    if wish.mode == "webhook" and wish.webhook_url and wish.webhook_secret:
        hook = Hook(wish.webhook_url, wish.webhook_secret.get_secret_value())
    return Telegram(
        app,
        wish.token.get_secret_value(),
        base_url=wish.base_url.rstrip("/") + "/bot",
        hook=hook,
        local_names=wish.menu_names == "mixed",
    )


def _discord(settings: "Settings", app: "App") -> "Discord | None":
    """Discord, if there is a token."""
    wish = settings.discord
    if wish.token is None:
        return None
    from adapters.discord.adapter import Discord

    return Discord(app, wish.token.get_secret_value(), api=wish.api_url, gateway=wish.gateway_url)


def _checker(settings: "Settings", store: "DatabaseStore", clock: "Clock") -> "Checker | None":
    """The link checker, if the operator wants it."""
    if not settings.library.check_links:
        return None
    from adapters.link.checker import Checker
    from adapters.link.probe import Probe

    return Checker(store, clock, SystemRandom(), Probe())


def _turning(settings: "Settings") -> "Turning | None":
    """The playground's clock; where real groups live on the same database, nobody may turn theirs."""
    if not settings.plays or settings.has_token:
        return None
    from adapters.playground.clock import Turning

    return Turning()


async def _playground(app: "App", turning: "Turning | None") -> "Playground":
    """The playground, with the example community where the database is empty."""
    from adapters.playground.adapter import Playground
    from adapters.playground.cast import CAST, GROUPS
    from bot.chat.places import Role
    from bot.example.seed import seed

    if turning:
        await turning.resume(app.store)
    playground = Playground(CAST, turning or app.clock)
    playground.attach(app)
    await seed(app.store, app.clock(), GROUPS, [(actor.account, actor.name, Role.MEMBER) for actor in CAST])
    return playground


async def _terminal(playground: "Playground", turning: "Turning | None", language: str) -> None:
    from adapters.playground.terminal import run_terminal

    await run_terminal(playground, turning, language)


async def _close(playground: "Playground") -> None:
    """End the streams of open pages, which would hold up the web server."""
    playground.transcript.close()


def _web(
    settings: "Settings",
    app: "App",
    routes: "Sequence[BaseRoute]",
    playground: "Playground | None",
    turning: "Turning | None",
) -> "Web":
    """The web server on its port, with the webhook and the page as far as there are."""
    from adapters.web import PortTaken, Web, build
    from bot.health import health

    wish = settings.web
    page = None
    if playground:
        from adapters.playground.web import Page

        page = Page(playground, turning, settings.playground.language).app()
    public = [urlsplit(address or "").hostname for address in (settings.telegram.webhook_url, wish.public_url)]
    hosts = [wish.host, *wish.hosts, *(name for name in public if name)]
    password = wish.password.get_secret_value() if wish.password else ""
    web = Web(build(partial(health, app), routes, page, hosts=hosts, password=password), wish.host, wish.port)
    try:
        web.start()
    except PortTaken as error:
        where = f"{wish.host}, port {wish.port}"
        raise Stop(Exit.REFUSED, f"Cannot listen on {where} ({error}). Choose another port with --port.") from None
    return web


async def _upgrade(settings: "Settings") -> bool:
    from sqlalchemy.exc import DBAPIError

    from storage.migrate import UnfitDatabase, upgrade

    try:
        return await upgrade(settings.database.url.get_secret_value())
    except UnfitDatabase as error:
        raise Stop(Exit.DATABASE, str(error)) from None
    except (DBAPIError, OSError) as error:
        why = getattr(error, "orig", None) or error
        raise Stop(Exit.REFUSED, f"The database cannot be used now: {why}. `bareng doctor` says more.") from None


async def _venues(settings: "Settings") -> "list[Venue]":
    """The places of all groups."""
    from storage.store import DatabaseStore

    if settings.database.path and not settings.database.path.exists():
        return []
    store = DatabaseStore(settings.database.url.get_secret_value())
    try:
        async with store.read() as unit:
            groups = await unit.communities.all()
            return [venue for group in groups for venue in await unit.communities.venues(group.id)]
    finally:
        await store.close()


if __name__ == "__main__":
    main()
