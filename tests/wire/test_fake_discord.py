"""The fake Discord against the real discord.py, and its REST rules against calls that break them."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import aiohttp
import discord
import pytest

from tests.wire.discord import FakeDiscord
from tests.wire.discord.people import answered
from tests.wire.discord.rig import NONE, SEND, new_client, running, stage, until
from tests.wire.discord.state import (
    PUBLIC_THREAD,
    SEND_MESSAGES,
)
from tests.wire.faults import Fault, Kind, Match


async def test_the_real_client_becomes_ready_and_posts(server: FakeDiscord) -> None:
    guild, channel, _ = stage(server)
    async with running(server) as client:
        seen = client.get_channel(channel.id)
        assert isinstance(seen, discord.TextChannel)
        assert seen.permissions_for(seen.guild.me).send_messages
        message = await seen.send("halo")
    assert [m.text for m in server.state.messages_in(channel)] == ["halo"]
    assert server.state.messages[message.id].nonce
    assert client.guilds[0].id == guild.id


async def test_a_slash_command_reaches_the_tree_and_its_answer_reaches_only_the_asker(server: FakeDiscord) -> None:
    _, channel, ada = stage(server)
    client = new_client()
    tree = discord.app_commands.CommandTree(client)

    @tree.command(name="hitung", description="adds")
    async def add(interaction: discord.Interaction, a: int, b: int) -> None:
        await interaction.response.send_message(str(a + b), ephemeral=True)

    async with running(server, client):
        await tree.sync()
        item = await answered(await server.people.slash(ada, channel, "hitung", {"a": 1, "b": 2}))
    assert item.reply.text == "3"
    assert item.reply.only_for == ada.id
    assert server.state.messages_in(channel) == []


async def test_a_press_is_answered_by_a_dynamic_item_and_updates_its_message(server: FakeDiscord) -> None:
    _, channel, ada = stage(server)

    class Anything(discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"x:(?P<n>\d+)"):
        def __init__(self, n: int) -> None:
            super().__init__(discord.ui.Button(label=f"n{n}", custom_id=f"x:{n}"))
            self.n = n

        @classmethod
        async def from_custom_id(cls, interaction: Any, item: Any, match: Any) -> Any:
            return cls(int(match["n"]))

        async def callback(self, interaction: discord.Interaction) -> None:
            await interaction.response.edit_message(content=f"pressed {self.n}")

    client = new_client()
    client.add_dynamic_items(Anything)
    async with running(server, client):
        view = discord.ui.View(timeout=None).add_item(Anything(7))
        target = client.get_channel(channel.id)
        assert isinstance(target, discord.TextChannel)
        sent = await target.send("choose", view=view)
        item = await server.people.press(ada, server.state.messages[sent.id], "n7")
        await answered(item)
    assert server.state.messages[sent.id].text == "pressed 7"
    assert item.acknowledged == 7


async def test_a_modal_is_opened_filled_in_and_answered(server: FakeDiscord) -> None:
    _, channel, ada = stage(server)

    class Form(discord.ui.Modal, title="Ask"):
        words: discord.ui.Label[Any] = discord.ui.Label(text="Question", component=discord.ui.TextInput(max_length=20))

        async def on_submit(self, interaction: discord.Interaction) -> None:
            assert isinstance(self.words.component, discord.ui.TextInput)
            await interaction.response.send_message(self.words.component.value)

    client = new_client()
    tree = discord.app_commands.CommandTree(client)

    @tree.command(name="ask", description="asks")
    async def ask(interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(Form())

    async with running(server, client):
        await tree.sync()
        opened = await answered(await server.people.slash(ada, channel, "ask"))
        with pytest.raises(ValueError, match="too long"):
            await server.people.submit(opened, {"Question": "x" * 21})
        item = await answered(await server.people.submit(opened, {"Question": "why?"}))
    assert item.reply.text == "why?"


async def test_completion_brings_at_most_25_choices(server: FakeDiscord) -> None:
    _, channel, ada = stage(server)
    client = new_client()
    tree = discord.app_commands.CommandTree(client)

    @tree.command(name="find", description="finds")
    async def find(interaction: discord.Interaction, topic: str) -> None:
        await interaction.response.send_message(topic)

    @find.autocomplete("topic")
    async def complete(interaction: discord.Interaction, current: str) -> list[discord.app_commands.Choice[str]]:
        return [discord.app_commands.Choice(name=current + str(n), value=str(n)) for n in range(3)]

    async with running(server, client):
        await tree.sync()
        item = await answered(await server.people.slash(ada, channel, "find", {"topic": "al"}, focused="topic"))
    assert [choice["name"] for choice in item.choices or []] == ["al0", "al1", "al2"]


async def test_an_answer_after_three_seconds_or_twice_is_refused(server: FakeDiscord) -> None:
    _, channel, ada = stage(server)
    async with running(server) as client:
        caught: list[Any] = []

        @client.event
        async def on_interaction(interaction: discord.Interaction) -> None:
            caught.append(interaction)

        server.state.commands[None] = [{"id": "1", "name": "ping", "type": 1}]
        await server.people.slash(ada, channel, "ping")
        await until(lambda: caught)
        server.state.clock.advance(3.1)
        with pytest.raises(discord.NotFound) as late:
            await caught[0].response.send_message("late")
        await server.people.slash(ada, channel, "ping")
        await until(lambda: len(caught) == 2)
        await caught[1].response.defer(ephemeral=True)
        fresh = discord.InteractionResponse(caught[1])
        with pytest.raises(discord.HTTPException) as twice:
            await fresh.send_message("again")
    assert (late.value.code, twice.value.code) == (10062, 40060)


async def test_a_deferral_fixes_who_sees_the_answer_and_lasts_15_minutes(server: FakeDiscord) -> None:
    _, channel, ada = stage(server)
    async with running(server) as client:
        caught: list[Any] = []

        @client.event
        async def on_interaction(interaction: discord.Interaction) -> None:
            await interaction.response.defer(ephemeral=True)
            caught.append(interaction)

        server.state.commands[None] = [{"id": "1", "name": "ping", "type": 1}]
        item = await server.people.slash(ada, channel, "ping")
        await until(lambda: caught)
        assert item.loading
        await caught[0].edit_original_response(content="done", allowed_mentions=NONE)
        await answered(item)
        assert item.reply.only_for == ada.id
        assert item.reply.text == "done"
        server.state.clock.advance(15 * 60)
        with pytest.raises(discord.HTTPException) as late:
            await caught[0].followup.send("too late")
    assert (late.value.status, late.value.code) == (401, 50027)


async def test_the_same_nonce_makes_one_message_within_the_window_and_two_after_it(server: FakeDiscord) -> None:
    _, channel, _ = stage(server)
    async with running(server) as client:
        target = client.get_channel(channel.id)
        assert isinstance(target, discord.TextChannel)
        first = await target.send("x", nonce="job-1")
        second = await target.send("x", nonce="job-1")
        server.state.clock.advance(121)
        third = await target.send("x", nonce="job-1")
    assert first.id == second.id != third.id


async def test_a_message_without_allowed_mentions_is_recorded_as_a_failure(server: FakeDiscord) -> None:
    _, channel, _ = stage(server)
    careless = discord.Client(intents=discord.Intents(guilds=True), max_messages=None)
    async with running(server, careless) as client:
        target = client.get_channel(channel.id)
        assert isinstance(target, discord.TextChannel)
        await target.send("@everyone")
    with pytest.raises(AssertionError, match="allowed_mentions"):
        server.assert_clean()
    server.truth.violations.clear()


async def test_a_429_with_via_is_waited_for_and_one_without_is_a_ban(server: FakeDiscord) -> None:
    _, channel, _ = stage(server)
    async with running(server) as client:
        target = client.get_channel(channel.id)
        assert isinstance(target, discord.TextChannel)
        server.faults.add(Fault(Kind.RATE_LIMIT, retry_after=0.05), Match(SEND), times=1)
        await target.send("waited")
        server.faults.add(Fault(Kind.RATE_LIMIT, retry_after=60, via=False, html=True), Match(SEND), times=1)
        with pytest.raises(discord.HTTPException) as banned:
            await target.send("banned")
        async with aiohttp.ClientSession() as session:
            again = await post(server, session, channel, {"content": "still banned"})
    assert again.status == 429
    assert banned.value.status == 429
    assert [m.text for m in server.state.messages_in(channel)] == ["waited"]
    assert server.limits.hammering == 1


async def test_limits_refuse_the_sixth_message_of_a_channel_within_five_seconds() -> None:
    async with FakeDiscord(limits=True) as server, aiohttp.ClientSession() as session:
        _, channel, _ = stage(server)
        statuses = [(await post(server, session, channel, {"content": "x"})).status for _ in range(6)]
        server.state.clock.advance(5)
        statuses.append((await post(server, session, channel, {"content": "x"})).status)
    assert statuses == [200] * 5 + [429, 200]


async def post(server: FakeDiscord, session: aiohttp.ClientSession, channel: Any, body: dict[str, Any]) -> Any:
    return await session.post(
        f"{server.api}/channels/{channel.id}/messages",
        json=body | {"allowed_mentions": {"parse": []}},
        headers={"Authorization": f"Bot {server.token}"},
    )


@pytest.mark.parametrize(
    ("kind", "effect", "sent"),
    [
        (Kind.RESET_BEFORE_READ, False, 0),
        (Kind.RESET_AFTER_READ, True, 1),
        (Kind.RESET_AFTER_READ, False, 0),
        (Kind.RESET_MID_RESPONSE, True, 1),
        (Kind.TRUNCATED, True, 1),
        (Kind.EMPTY, False, 0),
        (Kind.EMPTY, True, 1),
        (Kind.HTML, True, 1),
    ],
)
async def test_a_lost_reply_comes_with_its_effect_or_without(
    server: FakeDiscord, kind: Kind, effect: bool, sent: int
) -> None:
    _, channel, _ = stage(server)
    server.faults.add(Fault(kind, effect=effect), Match(SEND))
    async with aiohttp.ClientSession() as session:
        try:
            answer = await post(server, session, channel, {"content": "x"})
            broken = not isinstance(json.loads(await answer.text()), dict)
        except (aiohttp.ClientError, ValueError):
            broken = True
    assert broken
    assert len(server.state.messages_in(channel)) == sent


async def test_a_server_error_is_retried_by_the_library_with_one_nonce(
    server: FakeDiscord, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, channel, _ = stage(server)
    server.faults.add(Fault(Kind.SERVER_ERROR, status=502, effect=True), Match(SEND), times=1)
    async with running(server) as client:
        target = client.get_channel(channel.id)
        assert isinstance(target, discord.TextChannel)
        await target.send("once", nonce="n")
    assert len(server.state.messages_in(channel)) == 1


async def test_refusals_carry_discords_codes(server: FakeDiscord) -> None:
    guild, channel, _ = stage(server)
    quiet = server.state.add_channel(guild, "baca", bot_denied=SEND_MESSAGES)
    thread = server.state.add_channel(guild, "utas", kind=PUBLIC_THREAD, parent=channel)
    thread.archived = thread.locked = True
    async with aiohttp.ClientSession() as session:
        codes = []
        cases: list[tuple[Any, dict[str, Any]]] = [
            (quiet, {"content": "x"}),
            (thread, {"content": "x"}),
            (channel, {"content": "x" * 2001}),
            (channel, {"content": "   "}),
            (channel, {"content": 5}),
        ]
        for where, body in cases:
            answer = await post(server, session, where, body)
            codes.append((answer.status, (await answer.json())["code"]))
        bad = await session.get(server.api + "/users/@me", headers={"Authorization": "Bot wrong"})
        codes.append((bad.status, (await bad.json())["code"]))
    assert codes == [(403, 50013), (400, 50083), (400, 50035), (400, 50006), (400, 50035), (401, 0)]
    assert server.rest.invalid == 2


async def test_the_token_is_never_in_the_truth_log(server: FakeDiscord) -> None:
    _, channel, _ = stage(server)
    async with aiohttp.ClientSession() as session:
        await post(server, session, channel, {"content": f"leak {server.token}"})
    assert server.token not in json.dumps(server.truth.as_json())
    assert server.truth.count("call", SEND) == 1


async def test_it_runs_as_its_own_process_with_a_control_api() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.wire.discord", stdout=asyncio.subprocess.PIPE, cwd=Path(__file__).parents[2]
    )
    assert process.stdout is not None
    port = int(await asyncio.wait_for(process.stdout.readline(), 20))
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:

        async def act(name: str, /, **data: object) -> Any:
            answer = await session.post(f"/control/{name}", json=data)
            return await answer.json()

        guild = await act("guild", name="Kelas", channels=["umum"])
        person = await act("person", name="ada", guild=guild["id"])
        rule = await act("fault", fault={"kind": "delay", "seconds": 0.01}, match={"method": SEND}, times=1)
        said = await act("say", person=person["id"], channel=guild["channels"][0], text="halo")
        seen = await act("messages", channel=guild["channels"][0])
        truth = await act("truth")
        wrong = await act("slash", person=person["id"], channel=guild["channels"][0], command="none")
    process.terminate()
    assert await asyncio.wait_for(process.wait(), 10) == 0
    assert [message["text"] for message in seen] == [said["text"]] == ["halo"]
    assert (rule, truth["violations"], truth["own_mistakes"]) == ({"number": 1}, [], [])
    assert "LookupError" in wrong["error"]
