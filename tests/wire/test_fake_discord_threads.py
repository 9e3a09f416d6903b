"""Threads, forums, marks and deletions of the fake Discord against the real discord.py."""

from __future__ import annotations

from typing import Any

import discord
import pytest

from tests.wire.discord import FakeDiscord
from tests.wire.discord.rig import NONE, running, stage, until
from tests.wire.discord.state import (
    CREATE_PUBLIC_THREADS,
    FORUM,
    MANAGE_THREADS,
    NEWS,
    PUBLIC_THREAD,
    RENAMED,
    SEND_IN_THREADS,
    Channel,
)

WITH_MARKS = discord.Intents(guilds=True, guild_messages=True, guild_reactions=True)


def listening() -> discord.Client:
    return discord.Client(intents=WITH_MARKS, allowed_mentions=NONE, max_messages=None, guild_ready_timeout=0.1)


def hearing(client: discord.Client, *names: str) -> list[tuple[str, Any]]:
    """The raw events of these names, as they come."""
    heard: list[tuple[str, Any]] = []
    for name in names:
        client.event(_named(name, heard))
    return heard


def _named(name: str, heard: list[tuple[str, Any]]) -> Any:
    async def listener(*told: Any) -> None:
        heard.append((name, told[0]))

    listener.__name__ = f"on_{name}"
    return listener


async def text(client: discord.Client, channel: Channel) -> discord.TextChannel:
    found = client.get_channel(channel.id)
    assert isinstance(found, discord.TextChannel)
    return found


async def forum(client: discord.Client, channel: Channel) -> discord.ForumChannel:
    found = client.get_channel(channel.id)
    assert isinstance(found, discord.ForumChannel)
    return found


async def code_of(work: Any) -> int:
    """Discord's code for what it refuses."""
    with pytest.raises(discord.HTTPException) as refused:
        await work
    return refused.value.code


async def test_a_thread_has_its_message_s_number_and_is_opened_once(server: FakeDiscord) -> None:
    _, channel, _ = stage(server)
    client = listening()
    heard = hearing(client, "thread_create", "message")
    async with running(server, client):
        message = await (await text(client, channel)).send("card")
        thread = await message.create_thread(name="T", auto_archive_duration=4320)
        assert thread.id == message.id
        assert await code_of(message.create_thread(name="again")) == 160004
        await until(lambda: len(heard) == 3)
    assert [(name, getattr(told, "type", None)) for name, told in heard] == [
        ("message", discord.MessageType.default),
        ("thread_create", discord.ChannelType.public_thread),
        ("message", discord.MessageType.thread_starter_message),
    ]


async def test_a_thread_needs_a_right_a_place_and_room(server: FakeDiscord) -> None:
    guild, channel, _ = stage(server)
    where = server.state.add_channel(guild, "tanya", kind=FORUM)
    news = server.state.add_channel(guild, "berita", kind=NEWS)
    async with running(server, listening()) as client:
        message = await (await text(client, channel)).send("card")
        inside = await message.create_thread(name="T")
        nested = await inside.send("x")
        assert await code_of(nested.create_thread(name="T")) == 50024
        announced = await (await text(client, news)).send("x")
        assert (await announced.create_thread(name="T")).type is discord.ChannelType.news_thread
        server.threads.most_active = 2
        another = await (await text(client, channel)).send("x")
        assert await code_of(another.create_thread(name="T")) == 160006
        guild.bot_permissions &= ~CREATE_PUBLIC_THREADS
        assert await code_of(another.create_thread(name="T")) == 50013
        params = discord.http.handle_message_parameters(content="x", allowed_mentions=NONE)
        assert await code_of(client.http.send_message(where.id, params=params)) == 50008


async def test_a_forum_s_post_has_tags_and_a_first_message(server: FakeDiscord) -> None:
    guild, _, _ = stage(server)
    where = server.state.add_channel(
        guild, "tanya", kind=FORUM, tags=["Fisika"], moderated=["Penting"], require_tag=True
    )
    async with running(server, listening()) as client:
        posts = await forum(client, where)
        assert posts.flags.require_tag
        physics, important = posts.available_tags
        assert (physics.name, important.moderated) == ("Fisika", True)
        made = await posts.create_thread(name="Q1", content="why?", applied_tags=[physics])
        assert (made.message.id, made.message.content) == (made.thread.id, "why?")
        assert [tag.name for tag in made.thread.applied_tags] == ["Fisika"]
        assert await code_of(posts.create_thread(name="Q2", content="x")) == 40067
        assert await code_of(posts.create_thread(name="Q2", content="x", applied_tags=[important])) == 50013
        unknown = discord.Object(5)
        assert await code_of(posts.create_thread(name="Q2", content="x", applied_tags=[unknown])) == 50035  # type: ignore[list-item]
        assert await code_of(posts.create_thread(name="Q2", content=" ", applied_tags=[physics])) == 50006
        assert [thread.name for thread in await client.guilds[0].active_threads()] == ["Q1"]


async def test_an_archived_thread_keeps_its_messages_as_they_are_until_somebody_writes(server: FakeDiscord) -> None:
    _, channel, ada = stage(server)
    client = listening()
    heard = hearing(client, "raw_thread_update")
    async with running(server, client):
        thread = await (await (await text(client, channel)).send("card")).create_thread(name="T")
        inside = await thread.send("x")
        await thread.edit(archived=True)
        assert await code_of(inside.edit(content="y")) == 50083
        assert await code_of(inside.add_reaction("👍")) == 50083
        assert await code_of(thread.edit(name="other")) == 50083
        assert await client.guilds[0].active_threads() == []
        await server.people.say(ada, server.state.channels[thread.id], "hi")
        await inside.edit(content="y")
        await thread.edit(archived=True)
        await thread.send("z")
        await inside.delete()
        await until(lambda: len(heard) == 4)
    assert [told.data["thread_metadata"]["archived"] for _, told in heard] == [True, False, True, False]


async def test_who_opened_a_thread_may_change_it_and_others_may_only_reopen_it(server: FakeDiscord) -> None:
    guild, channel, ada = stage(server)
    theirs = server.state.add_channel(guild, "utas", kind=PUBLIC_THREAD, parent=channel, owner=ada)
    async with running(server, listening()) as client:
        thread = client.get_channel(theirs.id)
        assert isinstance(thread, discord.Thread)
        assert await code_of(thread.edit(archived=True)) == 50013
        theirs.archived = True
        await thread.edit(archived=False)
        mine = await (await (await text(client, channel)).send("card")).create_thread(name="T")
        await mine.edit(name="other", archived=True)
        assert await code_of(mine.edit(locked=True, archived=False)) == 50013
        await server.people.archive(server.state.channels[mine.id], locked=True)
        assert await code_of(mine.edit(archived=False)) == 50013
        with pytest.raises(PermissionError):
            await server.people.say(ada, server.state.channels[mine.id], "hi")
        guild.bot_permissions |= MANAGE_THREADS
        await mine.edit(archived=False)
        guild.bot_permissions &= ~(MANAGE_THREADS | SEND_IN_THREADS)
        assert await code_of(thread.send("x")) == 50013


async def test_a_third_name_within_ten_minutes_must_wait(server: FakeDiscord) -> None:
    _, channel, _ = stage(server)
    patient = discord.Client(intents=WITH_MARKS, allowed_mentions=NONE, max_ratelimit_timeout=30)
    async with running(server, patient) as client:
        thread = await (await (await text(client, channel)).send("card")).create_thread(name="T")
        await thread.edit(name="one")
        await thread.edit(name="two")
        with pytest.raises(discord.RateLimited) as slow:
            await thread.edit(name="three")
        await thread.edit(archived=True)
        server.state.clock.advance(601)
        await thread.edit(name="three", archived=False)
    assert 590 < slow.value.retry_after <= 600
    kinds = [m.kind for m in server.state.messages_in(server.state.channels[thread.id])]
    assert kinds.count(RENAMED) == 3


async def test_marks_and_deletions_are_told_with_the_plain_intents(server: FakeDiscord) -> None:
    _, channel, ada = stage(server)
    client = listening()
    names = ("raw_reaction_add", "raw_reaction_remove", "raw_message_delete", "raw_bulk_message_delete")
    heard = hearing(client, *names, "raw_thread_delete", "guild_channel_delete")
    async with running(server, client):
        message = await (await text(client, channel)).send("card")
        card = server.state.messages[message.id]
        thread = await message.create_thread(name="T")
        await server.people.react(ada, card)
        await server.people.unreact(ada, card)
        with pytest.raises(KeyError):
            await server.people.unreact(ada, card)
        await message.add_reaction("👍")
        said = [await server.people.say(ada, channel, "x") for _ in range(2)]
        await server.people.delete_many(said)
        await message.delete()
        await until(lambda: len(heard) == 5)
        await server.people.delete_channel(server.state.channels[thread.id])
        await server.people.delete_channel(channel)
        await until(lambda: len(heard) == 7)
    assert [name for name, _ in heard] == [
        "raw_reaction_add",
        "raw_reaction_remove",
        "raw_reaction_add",
        "raw_bulk_message_delete",
        "raw_message_delete",
        "raw_thread_delete",
        "guild_channel_delete",
    ]
    assert [told.user_id for _, told in heard[:3]] == [ada.id, ada.id, server.state.bot.id]
    assert (heard[0][1].member.name, heard[1][1].member) == ("ada", None)


async def test_without_the_intent_no_mark_is_told(server: FakeDiscord) -> None:
    _, channel, ada = stage(server)
    async with running(server) as client:
        heard = hearing(client, "raw_reaction_add", "message")
        said = await server.people.say(ada, channel, "x")
        await server.people.react(ada, said)
        await server.people.say(ada, channel, "y")
        await until(lambda: len(heard) == 2)
    assert [name for name, _ in heard] == ["message", "message"]


async def test_a_deleted_channel_takes_its_threads_along(server: FakeDiscord) -> None:
    guild, channel, ada = stage(server)
    inside = server.state.add_channel(guild, "utas", kind=PUBLIC_THREAD, parent=channel, owner=ada)
    await server.people.delete_channel(channel)
    assert inside.gone
    await server.people.archive(inside)
    with pytest.raises(PermissionError):
        await server.people.react(ada, await _old(server, inside, ada))


async def _old(server: FakeDiscord, thread: Channel, person: Any) -> Any:
    """A message of a thread that was archived after it was written."""
    thread.archived = False
    said = await server.people.say(person, thread, "x")
    thread.archived = True
    return said
