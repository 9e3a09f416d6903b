"""Scheduled events and voice channels of the fake Discord against the real discord.py."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import discord
import pytest
from discord import EntityType, EventStatus, PrivacyLevel
from discord.http import Route

from tests.wire.discord import FakeDiscord
from tests.wire.discord.rig import NONE, running, stage, until
from tests.wire.discord.scheduled import CANCELLED, OVER
from tests.wire.discord.state import CONNECT, MANAGE_EVENTS, MEMBER, TEXT, VOICE, Channel, Guild

HOUR = timedelta(hours=1)
EVENTS = "/guilds/{guild_id}/scheduled-events"
FORM, RIGHT, UNKNOWN, FINISHED, FULL = 50035, 50013, 10070, 180000, 30038


def client() -> discord.Client:
    intents = discord.Intents(guilds=True, guild_scheduled_events=True, voice_states=True)
    return discord.Client(intents=intents, allowed_mentions=NONE, max_messages=None, guild_ready_timeout=0.1)


def now(server: FakeDiscord) -> datetime:
    return datetime.fromtimestamp(server.state.clock.now(), UTC).replace(microsecond=0)


async def make(server: FakeDiscord, guild: discord.Guild, **how: Any) -> discord.ScheduledEvent:
    start = now(server) + HOUR
    usual: dict[str, Any] = {
        "name": "Aljabar",
        "start_time": start,
        "end_time": start + HOUR,
        "privacy_level": PrivacyLevel.guild_only,
    }
    where: dict[str, Any] = {"entity_type": EntityType.external, "location": "Perpustakaan"}
    return await guild.create_scheduled_event(**(usual | where | how))


async def speak(server: FakeDiscord, bot: discord.Client, guild: Guild, channel: Channel) -> Any:
    """Make an event in a voice channel; the library writes its number in a way that the specification does not know."""
    body = {"name": "x", "privacy_level": 2, "entity_type": 2, "channel_id": str(channel.id)}
    start = {"scheduled_start_time": (now(server) + HOUR).isoformat()}
    return await bot.http.request(Route("POST", EVENTS, guild_id=guild.id), json=body | start)


async def refused(work: Any) -> int:
    with pytest.raises(discord.HTTPException) as error:
        await work
    return error.value.code


def listed(server: FakeDiscord, guild: Guild) -> list[tuple[str, int]]:
    return [(each.name, each.status) for each in server.events.of(guild)]


async def test_the_library_makes_changes_and_deletes_an_event(server: FakeDiscord) -> None:
    guild, _, _ = stage(server)
    async with running(server, client()) as bot:
        home = bot.get_guild(guild.id)
        assert home
        event = await make(server, home, description="lembar 3")
        assert (event.location, event.creator_id) == ("Perpustakaan", server.state.bot.id)
        moved = await event.edit(
            name="Geometri", start_time=event.start_time + HOUR, end_time=event.start_time + 2 * HOUR
        )
        assert (moved.name, moved.start_time - event.start_time, moved.description) == ("Geometri", HOUR, "lembar 3")
        assert [each.id for each in await home.fetch_scheduled_events()] == [event.id]
        await event.delete()
        assert await refused(home.fetch_scheduled_event(event.id)) == UNKNOWN
        assert await refused(event.edit(name="x")) == UNKNOWN
        await until(lambda: not home.scheduled_events)


async def test_an_event_needs_the_right_a_future_and_all_that_its_kind_needs(server: FakeDiscord) -> None:
    guild, channel, _ = stage(server)
    voice = server.state.add_channel(guild, "belajar", kind=VOICE)
    other = server.state.add_channel(server.state.add_guild("Lain"), "ruang", kind=VOICE)
    assert channel.type == TEXT
    async with running(server, client()) as bot:
        home = bot.get_guild(guild.id)
        assert home
        begun = now(server)
        assert await refused(make(server, home, start_time=begun)) == FORM
        assert await refused(make(server, home, end_time=begun + timedelta(minutes=30))) == FORM
        assert await refused(make(server, home, name=" ")) == FORM
        assert await refused(make(server, home, name="x" * 101)) == FORM
        assert await refused(make(server, home, location="x" * 101)) == FORM
        assert [await refused(speak(server, bot, guild, each)) for each in (channel, other)] == [FORM, FORM]
        assert (await speak(server, bot, guild, voice))["channel_id"] == str(voice.id)
        voice.bot_denied = CONNECT
        assert await refused(speak(server, bot, guild, voice)) == RIGHT
        event = await make(server, home)
        guild.bot_permissions = MEMBER | MANAGE_EVENTS
        assert await refused(make(server, home)) == RIGHT
        assert await refused(event.delete()) == RIGHT


async def test_an_event_elsewhere_begins_and_ends_by_itself(server: FakeDiscord) -> None:
    guild, _, _ = stage(server)
    async with running(server, client()) as bot:
        home = bot.get_guild(guild.id)
        assert home
        event = await make(server, home)
        server.state.clock.advance(3601)
        assert (await home.fetch_scheduled_event(event.id)).status is EventStatus.active
        assert (
            await refused(event.edit(start_time=event.start_time + HOUR, end_time=event.start_time + 2 * HOUR)) == FORM
        )
        await event.edit(name="Aljabar 2")
        server.state.clock.advance(3600)
        assert listed(server, guild) == []
        assert await refused(event.edit(name="x")) == FINISHED
        assert server.state.scheduled[event.id].status == OVER


async def test_a_hundred_events_are_enough(server: FakeDiscord) -> None:
    guild, _, _ = stage(server)
    async with running(server, client()) as bot:
        home = bot.get_guild(guild.id)
        assert home
        made = [await make(server, home, name=f"{number}") for number in range(100)]
        assert await refused(make(server, home)) == FULL
        await made[0].cancel()
        assert server.state.scheduled[made[0].id].status == CANCELLED
        await make(server, home)


async def test_people_take_events_down_and_sit_in_voice_channels(server: FakeDiscord) -> None:
    guild, _, ada = stage(server)
    voice = server.state.add_channel(guild, "belajar", kind=VOICE)
    async with running(server, client()) as bot:
        heard: list[str] = []
        bot.event(_listener("on_scheduled_event_delete", heard))
        bot.event(_listener("on_scheduled_event_update", heard))
        home = bot.get_guild(guild.id)
        assert home
        first, second = [await make(server, home, name=name) for name in ("A", "B")]
        await until(lambda: len(home.scheduled_events) == 2)
        await server.events.take_down(server.state.scheduled[first.id])
        await server.events.cancel(server.state.scheduled[second.id])
        await until(lambda: len(heard) == 2)
        await server.events.sit(ada, voice, guild)
        room = home.get_channel(voice.id)
        assert isinstance(room, discord.VoiceChannel)
        await until(lambda: list(room.voice_states) == [ada.id])
        await server.events.sit(ada, None, guild)
        await until(lambda: not room.voice_states)
        with pytest.raises(PermissionError):
            await server.events.sit(ada, server.state.channels[guild.system_channel_id or 0], guild)


async def test_who_sits_in_a_voice_channel_is_told_with_the_guild(server: FakeDiscord) -> None:
    guild, _, ada = stage(server)
    voice = server.state.add_channel(guild, "belajar", kind=VOICE)
    await server.events.sit(ada, voice, guild)
    async with running(server, client()) as bot:
        room = bot.get_channel(voice.id)
        assert isinstance(room, discord.VoiceChannel)
        assert list(room.voice_states) == [ada.id]


async def test_without_their_intents_nobody_hears_of_either(server: FakeDiscord) -> None:
    guild, _, ada = stage(server)
    voice = server.state.add_channel(guild, "belajar", kind=VOICE)
    async with running(server):
        told = server.gateway.emit
        assert await told("VOICE_STATE_UPDATE", {}, guild.id) == await told(
            "GUILD_SCHEDULED_EVENT_DELETE", {}, guild.id
        )
        await server.events.sit(ada, voice, guild)
        await asyncio.sleep(0)
        [session] = server.gateway.connected
        assert not any("VOICE_STATE_UPDATE" in text for _, text in session.sent)


def _listener(name: str, heard: list[str]) -> Any:
    async def listen(*_: Any) -> None:
        heard.append(name)

    listen.__name__ = name
    return listen
