"""The fake gateway against the real discord.py: resuming, invalid sessions, intents, faulty deliveries."""

from __future__ import annotations

from typing import Any

import discord
import pytest

from tests.wire.discord import FakeDiscord
from tests.wire.discord.rig import running, stage, until
from tests.wire.discord.state import (
    MANAGE_MESSAGES,
    MEMBER,
)
from tests.wire.faults import Fault, Kind, Match


async def test_a_dropped_connection_is_resumed_and_missed_events_are_replayed(server: FakeDiscord) -> None:
    _, channel, ada = stage(server)
    async with running(server) as client:
        words: list[str] = []

        @client.event
        async def on_message(message: discord.Message) -> None:
            words.append(message.content)

        await server.gateway.disconnect(4000)
        await server.people.say(ada, channel, f"<@{server.state.bot.id}> halo")
        await until(lambda: words)
    assert server.gateway.resumed == 1
    assert server.gateway.identified == 1


async def test_an_invalid_session_makes_the_client_identify_again(server: FakeDiscord) -> None:
    stage(server)
    async with running(server):
        await server.gateway.invalidate(resumable=False)
        await until(lambda: server.gateway.identified == 2, 15)
        assert server.gateway.identifies_left == 998


async def test_op_7_makes_the_client_resume(server: FakeDiscord) -> None:
    stage(server)
    async with running(server):
        await server.gateway.ask_reconnect()
        await until(lambda: server.gateway.resumed == 1)


async def test_a_wrong_token_or_a_privileged_intent_closes_for_good(server: FakeDiscord) -> None:
    stage(server)
    wrong = discord.Client(intents=discord.Intents.none())
    async with wrong:
        with pytest.raises(discord.LoginFailure):
            await wrong.start("wrong")
    greedy = discord.Client(intents=discord.Intents(members=True))
    async with greedy:
        with pytest.raises(discord.PrivilegedIntentsRequired):
            await greedy.start(server.token)


async def test_words_of_others_are_hidden_without_the_intent_except_when_they_name_the_bot(
    server: FakeDiscord,
) -> None:
    _, channel, ada = stage(server)
    direct = server.state.direct_channel(ada)
    async with running(server) as client:
        words: list[str] = []

        @client.event
        async def on_message(message: discord.Message) -> None:
            words.append(message.content)

        await server.people.say(ada, channel, "secret")
        await server.people.say(ada, channel, f"<@{server.state.bot.id}> open")
        await server.people.say(ada, direct, "private")
        await until(lambda: len(words) == 3)
    assert words == ["", f"<@{server.state.bot.id}> open", "private"]


async def test_events_come_twice_or_late_when_a_rule_says_so(server: FakeDiscord) -> None:
    _, channel, ada = stage(server)
    async with running(server) as client:
        ids: list[int] = []

        @client.event
        async def on_message(message: discord.Message) -> None:
            ids.append(message.id)

        server.faults.add(Fault(Kind.DUPLICATE), Match("event:MESSAGE_CREATE"), times=1)
        a = await server.people.say(ada, channel, "a")
        server.faults.add(Fault(Kind.REORDER), Match("event:MESSAGE_CREATE"), times=1)
        b = await server.people.say(ada, channel, "b")
        c = await server.people.say(ada, channel, "c")
        await until(lambda: len(ids) == 4)
    assert ids == [a.id, a.id, c.id, b.id]


async def test_a_guild_join_and_a_removal_are_told(server: FakeDiscord) -> None:
    async with running(server) as client:
        seen: list[str] = []
        client.event(_named("on_guild_join", seen))
        client.event(_named("on_guild_remove", seen))
        guild, _, _ = stage(server)
        await server.people.add_bot(guild)
        await until(lambda: seen)
        await server.people.remove_bot(guild)
        await until(lambda: len(seen) == 2)
    assert seen == ["on_guild_join", "on_guild_remove"]


def _named(name: str, seen: list[str]) -> Any:
    async def listener(guild: discord.Guild) -> None:
        seen.append(name)

    listener.__name__ = name
    return listener


async def test_discords_client_hides_commands_from_people_without_the_permission(server: FakeDiscord) -> None:
    guild, channel, ada = stage(server)
    server.state.commands[None] = [
        {"id": "1", "name": "warn", "type": 1, "default_member_permissions": str(MANAGE_MESSAGES)}
    ]
    with pytest.raises(PermissionError):
        await server.people.slash(ada, channel, "warn")
    server.state.join(guild, ada, permissions=MEMBER | MANAGE_MESSAGES)
    await server.people.slash(ada, channel, "warn")


async def test_a_gateway_that_acknowledges_no_heartbeat_is_left_and_resumed(server: FakeDiscord) -> None:
    stage(server)
    server.gateway.heartbeat_ms = 100
    intents = discord.Intents(guilds=True)
    client = discord.Client(intents=intents, max_messages=None, heartbeat_timeout=0.4, guild_ready_timeout=0.05)
    async with running(server, client):
        server.gateway.ack = False
        await until(lambda: server.gateway.resumed)
        server.gateway.ack = True
    assert server.gateway.identified == 1
