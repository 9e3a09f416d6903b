"""Members, roles, bans, overwrites and pins of the fake Discord against the real discord.py."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import discord
import pytest
from discord.http import Route

from tests.wire.discord import FakeDiscord
from tests.wire.discord.rig import NONE, new_client, running, stage, until
from tests.wire.discord.rights import Overwrite, Role, overwritten
from tests.wire.discord.state import (
    ADMINISTRATOR,
    BAN_MEMBERS,
    MANAGE_MESSAGES,
    MANAGE_ROLES,
    MEMBER,
    MENTION_EVERYONE,
    MODERATE_MEMBERS,
    PINNED,
    PUBLIC_THREAD,
    SEND_IN_THREADS,
    SEND_MESSAGES,
    VIEW_CHANNEL,
    Guild,
    Person,
)

USER, BAN = "/guilds/{guild_id}/members/{user_id}", "/guilds/{guild_id}/bans/{user_id}"
OVERWRITE, ROLES = "/channels/{channel_id}/permissions/{overwrite_id}", "/guilds/{guild_id}/roles"
WORN = USER + "/roles/{role_id}"


async def ask(client: discord.Client, method: str, path: str, body: Any = None, **ids: int) -> Any:
    """One call of the library's own HTTP client."""
    more = {} if body is None else {"json": body}
    return await client.http.request(Route(method, path, metadata=None, **ids), **more)


async def refused(client: discord.Client, method: str, path: str, body: Any = None, **ids: int) -> int:
    """Discord's code for what it refuses."""
    with pytest.raises(discord.HTTPException) as error:
        await ask(client, method, path, body, **ids)
    return error.value.code


def mute(server: FakeDiscord, seconds: float) -> dict[str, str]:
    until = datetime.fromtimestamp(server.state.clock.now(), UTC) + timedelta(seconds=seconds)
    return {"communication_disabled_until": until.isoformat()}


def cast(server: FakeDiscord) -> tuple[Guild, Any, Person, Person]:
    """A guild whose bot may do everything of this file and stands at 3, Ada, and a moderator at 3."""
    guild, channel, ada = stage(server)
    guild.bot_permissions |= MODERATE_MEMBERS | BAN_MEMBERS | MANAGE_ROLES
    guild.bot_position = 3
    budi = server.state.add_person("budi")
    server.state.join(guild, budi, permissions=MEMBER | MANAGE_MESSAGES, position=3)
    return guild, channel, ada, budi


async def test_the_library_reads_roles_and_a_time_out(server: FakeDiscord) -> None:
    guild, _, ada, budi = cast(server)
    async with running(server) as client:
        found = await client.fetch_guild(guild.id)
        shown = sorted((role.position, role.managed) for role in found.roles)
        assert shown == [(0, False), (2, False), (3, False), (3, True)]
        moderator = await found.fetch_member(budi.id)
        assert moderator.top_role.position == 3
        assert moderator.guild_permissions.manage_messages
        member = await found.fetch_member(ada.id)
        await member.timeout(timedelta(minutes=5))
        again = await found.fetch_member(ada.id)
        assert again.timed_out_until is not None
        with pytest.raises(PermissionError):
            await server.people.say(ada, server.state.channels[guild.system_channel_id or 0], "x")
        await member.timeout(None)
        assert not server.state.is_muted(guild, ada)


async def test_a_time_out_has_a_right_a_limit_and_a_height(server: FakeDiscord) -> None:
    guild, _, ada, budi = cast(server)
    chief = server.state.add_person("chief")
    server.state.join(guild, chief, permissions=MEMBER | ADMINISTRATOR, position=1)
    codes = []
    async with running(server) as client:
        for person in (budi, chief, server.state.people[guild.owner_id]):
            ids = {"guild_id": guild.id, "user_id": person.id}
            codes.append(await refused(client, "PATCH", USER, mute(server, 60), **ids))
        ids = {"guild_id": guild.id, "user_id": ada.id}
        codes.append(await refused(client, "PATCH", USER, mute(server, 28 * 86_400 + 60), **ids))
        guild.bot_permissions &= ~MODERATE_MEMBERS
        codes.append(await refused(client, "PATCH", USER, mute(server, 60), **ids))
        ids["user_id"] = server.state.add_person("stranger").id
        codes.append(await refused(client, "PATCH", USER, mute(server, 60), **ids))
    assert codes == [50013, 50013, 50013, 50035, 50013, 10007]
    assert guild.muted == {}


async def test_who_is_banned_cannot_come_back_until_the_ban_is_lifted(server: FakeDiscord) -> None:
    guild, _, ada, budi = cast(server)
    async with running(server) as client:
        ids = {"guild_id": guild.id, "user_id": ada.id}
        await ask(client, "PUT", BAN, {"delete_message_seconds": 0}, **ids)
        assert await refused(client, "GET", USER, **ids) == 10007
        with pytest.raises(PermissionError):
            await server.people.enter(ada, guild)
        await ask(client, "DELETE", BAN, **ids)
        assert await refused(client, "DELETE", BAN, **ids) == 10026
        await server.people.enter(ada, guild)
        high = {"guild_id": guild.id, "user_id": budi.id}
        assert await refused(client, "PUT", BAN, {}, **high) == 50013
        assert await refused(client, "PUT", BAN, {}, guild_id=guild.id, user_id=5) == 10013


async def test_a_new_role_moves_the_others_up_and_is_given_below_the_bot_alone(server: FakeDiscord) -> None:
    guild, _, ada, budi = cast(server)
    async with running(server) as client:
        made = await ask(client, "POST", ROLES, {"name": "x", "permissions": 0}, guild_id=guild.id)
        assert (made["position"], made["permissions"], guild.bot_position) == (1, "0", 4)
        ids = {"guild_id": guild.id, "user_id": ada.id, "role_id": int(made["id"])}
        await ask(client, "PUT", WORN, **ids)
        assert (await ask(client, "GET", USER, guild_id=guild.id, user_id=ada.id))["roles"] == [made["id"]]
        await ask(client, "DELETE", WORN, **ids)
        (high,) = guild.worn[budi.id]
        assert await refused(client, "PUT", WORN, **{**ids, "role_id": high}) == 50013
        assert await refused(client, "PUT", WORN, **{**ids, "role_id": 5}) == 10011
        more = {"name": "x", "permissions": ADMINISTRATOR}
        assert await refused(client, "POST", ROLES, more, guild_id=guild.id) == 50013
        guild.roles |= {number: Role(number, "x") for number in range(250)}
        assert await refused(client, "POST", ROLES, {"name": "x", "permissions": 0}, guild_id=guild.id) == 30005


async def test_an_overwrite_decides_who_writes(server: FakeDiscord) -> None:
    guild, channel, ada, _ = cast(server)
    thread = server.state.add_channel(guild, "utas", kind=PUBLIC_THREAD, parent=channel)
    async with running(server) as client:
        ids = {"channel_id": channel.id, "overwrite_id": guild.id}
        body = {"type": 0, "allow": 0, "deny": SEND_MESSAGES | SEND_IN_THREADS}
        await ask(client, "PUT", OVERWRITE, body, **ids)
        for place in (channel, thread):
            with pytest.raises(PermissionError):
                await server.people.say(ada, place, "x")
        await server.people.say(server.state.people[guild.owner_id], channel, "x")
        target = client.get_channel(channel.id)
        assert isinstance(target, discord.TextChannel)
        await until(lambda: target.overwrites)
        with pytest.raises(discord.Forbidden):
            await target.send("x")
        await ask(client, "DELETE", OVERWRITE, **ids)
        assert await refused(client, "DELETE", OVERWRITE, **ids) == 10009
        await server.people.say(ada, channel, "x")


async def test_an_overwrite_needs_a_right_a_channel_and_what_it_grants(server: FakeDiscord) -> None:
    guild, channel, _, _ = cast(server)
    thread = server.state.add_channel(guild, "utas", kind=PUBLIC_THREAD, parent=channel)
    body = {"type": 0, "allow": 0, "deny": SEND_MESSAGES}
    async with running(server) as client:
        ids = {"channel_id": channel.id, "overwrite_id": guild.id}
        assert await refused(client, "PUT", OVERWRITE, {**body, "allow": MENTION_EVERYONE}, **ids) == 50013
        assert await refused(client, "PUT", OVERWRITE, body, channel_id=thread.id, overwrite_id=guild.id) == 50024
        assert await refused(client, "PUT", OVERWRITE, {**body, "deny": "many"}, **ids) == 50035
        guild.bot_permissions &= ~MANAGE_ROLES
        assert await refused(client, "PUT", OVERWRITE, body, **ids) == 50013
    assert channel.overwrites == {}


def test_overwrites_count_in_the_order_everyone_roles_member() -> None:
    laid = {
        1: Overwrite(0, 0, 0b111),
        5: Overwrite(0, 0b001, 0),
        6: Overwrite(0, 0b010, 0b001),
        9: Overwrite(1, 0, 0b010),
    }
    assert overwritten(0b1111, laid, 1, [5, 6], 9) == 0b1001
    assert overwritten(0b1111, laid, 1, [6], 8) == 0b1010
    assert overwritten(0b1111, laid, 2, [], 8) == 0b1111


async def test_a_pin_is_reported_once_and_there_are_250(server: FakeDiscord) -> None:
    _, channel, ada, _ = cast(server)
    said = await server.people.say(ada, channel, "x")
    path = "/channels/{channel_id}/messages/pins/{message_id}"
    async with running(server) as client:
        ids = {"channel_id": channel.id, "message_id": said.id}
        for _ in range(2):
            await ask(client, "PUT", path, **ids)
        reports = [message for message in server.state.messages_in(channel) if message.kind == PINNED]
        assert [report.author_id for report in reports] == [server.state.bot.id]
        await ask(client, "DELETE", path, **ids)
        for number in range(250):
            (await server.people.say(ada, channel, str(number))).pinned = True
        assert await refused(client, "PUT", path, **ids) == 30003


async def test_who_comes_and_goes_is_told_with_the_privileged_intent_alone(server: FakeDiscord) -> None:
    guild, _, _, _ = cast(server)
    server.gateway.allowed_privileged = 1 << 1
    heard: list[str] = []
    intents = discord.Intents(guilds=True, members=True)
    client = discord.Client(intents=intents, allowed_mentions=NONE, chunk_guilds_at_startup=False)

    @client.event
    async def on_member_join(member: discord.Member) -> None:
        heard.append(member.name)

    fani = server.state.add_person("fani")
    async with running(server, client):
        await server.people.enter(fani, guild)
        await until(lambda: heard == ["fani"])
        await server.people.leave(fani, guild)
    with pytest.raises(PermissionError):
        await server.people.say(fani, server.state.channels[guild.system_channel_id or 0], "x")
    async with running(server):
        assert await server.gateway.emit("GUILD_MEMBER_ADD", {}, guild.id) == 0


async def test_a_message_tells_whom_it_calls(server: FakeDiscord) -> None:
    guild, channel, ada, budi = cast(server)
    heard: list[discord.Message] = []
    client = new_client()

    @client.event
    async def on_message(message: discord.Message) -> None:
        heard.append(message)

    async with running(server, client):
        said = await server.people.say(ada, channel, f"<@{budi.id}> <@&{guild.id + 1}> @everyone")
        await server.people.say(budi, channel, "yes", reply_to=said)
        await until(lambda: len(heard) == 2)
    assert [user.name for user in heard[0].mentions] == ["budi"]
    assert (heard[0].raw_role_mentions, heard[0].mention_everyone) == ([], False)
    assert [user.name for user in heard[1].mentions] == ["ada"]


async def test_everybody_is_called_by_who_may(server: FakeDiscord) -> None:
    guild, channel, ada, _ = cast(server)
    heard: list[bool] = []
    client = new_client()

    @client.event
    async def on_message(message: discord.Message) -> None:
        heard.append(message.mention_everyone)

    async with running(server, client):
        await server.people.say(ada, channel, "@here")
        await server.people.appoint(ada, guild, MEMBER | MENTION_EVERYONE)
        await server.people.say(ada, channel, "@here")
        await until(lambda: len(heard) == 2)
    assert heard == [False, True]


async def test_who_is_in_a_time_out_does_nothing_at_all(server: FakeDiscord) -> None:
    guild, channel, ada, _ = cast(server)
    said = await server.people.say(ada, channel, "x")
    guild.muted[ada.id] = server.state.clock.now() + 60
    for act in (
        server.people.say(ada, channel, "x"),
        server.people.react(ada, said),
        server.people.press(ada, said, "x", forged=True),
    ):
        with pytest.raises(PermissionError):
            await act
    assert not server.state.may(ada, channel, SEND_MESSAGES)
    assert server.state.may(ada, channel, VIEW_CHANNEL)


async def test_a_reason_has_at_most_512_characters(server: FakeDiscord) -> None:
    guild, _, ada, _ = cast(server)
    async with running(server) as client:
        member = await (await client.fetch_guild(guild.id)).fetch_member(ada.id)
        await member.timeout(timedelta(minutes=5), reason="spam é")
        assert server.truth.find("effect")[-1].detail["reason"] == "spam é"
        await member.timeout(None, reason="x" * 513)
    assert "513" in server.truth.violations[0]
    server.truth.violations.clear()
