"""Keeping the gateway alive: whatever ends discord.py's client, a new one is started after a pause."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

import aiohttp
import discord
import structlog
import yarl
from discord.gateway import DiscordWebSocket

from adapters.discord.client import Budget, Hear, LeanClient
from bot.chat.errors import TokenRefused

FIRST_PAUSE, LONGEST_PAUSE = 2.0, 300.0
"""Seconds between two clients; doubled after each failure."""

CALM = 600.0
"""A client that lived this many seconds shows that all is well again."""

FEW_LEFT = 20
"""Sessions of the day that are kept in reserve; below, a new client waits until Discord gives new ones."""

log = structlog.get_logger()


async def supervise(
    token: str,
    hear: Hear,
    gateway: str,
    started: Callable[[LeanClient], None],
    over: asyncio.Event,
    *,
    words: bool = False,
    entries: bool = False,
) -> None:
    """Run clients until cancelled, or closed when all is `over`.

    With `words` they ask for what people write, with `entries` for who comes into a guild. Raises TokenRefused, or
    PrivilegedIntentsRequired where an intent is refused.
    """
    if gateway:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)
    budget, pause = Budget(), FIRST_PAUSE
    loop = asyncio.get_running_loop()
    while not over.is_set():
        begun = loop.time()
        try:
            await _run_client(LeanClient(hear, budget, words=words, entries=entries), token, started)
        except discord.LoginFailure:
            raise TokenRefused from None
        except discord.ConnectionClosed as error:
            if error.code == 4004:
                raise TokenRefused from None
            log.warning("gateway_closed", code=error.code)
        except discord.PrivilegedIntentsRequired:
            raise
        except (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError) as error:
            log.warning("gateway_lost", error=type(error).__name__)
        except Exception:
            log.exception("gateway_failed")
        if over.is_set():
            return
        pause = FIRST_PAUSE if loop.time() - begun > CALM else min(pause * 2, LONGEST_PAUSE)
        log.info("gateway_starts_again", seconds=pause)
        with suppress(TimeoutError):
            await asyncio.wait_for(over.wait(), pause)


async def _run_client(client: LeanClient, token: str, started: Callable[[LeanClient], None]) -> None:
    async with client:
        await client.login(token)
        await _wait_for_sessions(client)
        started(client)
        await client.connect()


async def _wait_for_sessions(client: LeanClient) -> None:
    """Discord resets the token of a bot that uses up the sessions of a day."""
    limits = await client.fetch_session_start_limits()
    if limits.remaining <= FEW_LEFT:
        log.critical("few_sessions_left", remaining=limits.remaining, seconds=limits.reset_after // 1000)
        await asyncio.sleep(limits.reset_after / 1000)
