"""The real discord.py on a fake Discord, for the tests of the fake itself."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from typing import Any

import discord
import pytest
import yarl

from tests.wire.discord import FakeDiscord

NONE = discord.AllowedMentions.none()
SEND = "POST /channels/{channel_id}/messages"
CALLBACK = "POST /interactions/{interaction_id}/{interaction_token}/callback"


@contextlib.asynccontextmanager
async def redirected(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[FakeDiscord]:
    """A fake to which discord.py turns; at the end it must have seen nothing wrong."""
    async with FakeDiscord() as fake:
        monkeypatch.setattr(discord.http.Route, "BASE", fake.api)
        monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(fake.gateway_url))
        yield fake
        fake.assert_clean()


@contextlib.asynccontextmanager
async def running(server: FakeDiscord, client: discord.Client | None = None) -> AsyncIterator[discord.Client]:
    """The real library, connected and ready."""
    client = client or new_client()
    async with client:
        task = asyncio.create_task(client.start(server.token))
        await server.client_arrived()
        await until(client.is_ready)
        yield client
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


def new_client() -> discord.Client:
    intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
    return discord.Client(intents=intents, allowed_mentions=NONE, max_messages=None, guild_ready_timeout=0.1)


async def until(fact: Callable[[], Any], seconds: float = 5.0) -> None:
    """Wait until the fact holds."""
    async with asyncio.timeout(seconds):
        while not fact():  # noqa: ASYNC110 - the fact is not ours to signal
            await asyncio.sleep(0.01)


def stage(server: FakeDiscord) -> tuple[Any, Any, Any]:
    """A guild with a channel, and Ada in it."""
    guild = server.state.add_guild("Kelas")
    channel = server.state.add_channel(guild, "umum", system=True)
    ada = server.state.add_person("ada", locale="id")
    server.state.join(guild, ada)
    return guild, channel, ada
