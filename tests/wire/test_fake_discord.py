"""The fake Discord against the real discord.py, and its rules against calls that break them."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import aiohttp
import discord
import pytest
import pytest_asyncio
import yarl

from tests.wire.discord import FakeDiscord
from tests.wire.discord.people import answered
from tests.wire.discord.schema import request_problem
from tests.wire.discord.state import (
    MANAGE_MESSAGES,
    MEMBER,
    NEWS,
    PUBLIC_THREAD,
    SEND_MESSAGES,
)
from tests.wire.discord.validation import (
    command_problems,
    message_problems,
    modal_problems,
)
from tests.wire.faults import Fault, Kind, Match

NONE = discord.AllowedMentions.none()
SEND = "POST /channels/{channel_id}/messages"
CALLBACK = "POST /interactions/{interaction_id}/{interaction_token}/callback"


@pytest_asyncio.fixture
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[FakeDiscord]:
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


async def test_the_token_is_never_in_the_truth_log(server: FakeDiscord) -> None:
    _, channel, _ = stage(server)
    async with aiohttp.ClientSession() as session:
        await post(server, session, channel, {"content": f"leak {server.token}"})
    assert server.token not in json.dumps(server.truth.as_json())
    assert server.truth.count("call", SEND) == 1


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"content": "x" * 2001}, "2000"),
        ({"content": "x", "flags": 64}, "EPHEMERAL"),
        ({"embeds": [{"description": "x" * 4000}, {"description": "x" * 2001}]}, "6000"),
        ({"embeds": [{"title": "x" * 257}]}, "title"),
        (
            {
                "content": "x",
                "components": [{"type": 1, "components": [{"type": 2, "style": 1, "custom_id": "a"}]}] * 6,
            },
            "rows",
        ),
        ({"content": "x", "components": [{"type": 10, "content": "x"}]}, "V2"),
        ({"content": "x", "flags": 1 << 15, "components": [{"type": 10, "content": "x"}]}, "content: cannot"),
        ({"flags": 1 << 15, "components": [{"type": 10, "content": "x"}] * 41}, "40"),
        ({"flags": 1 << 15, "components": [{"type": 10, "content": "x" * 2001}] * 2}, "4000"),
        ({"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}}, "exclusive"),
        (
            {"components": [{"type": 1, "components": [{"type": 2, "style": 1, "custom_id": "a", "label": "a"}]}]},
            "empty",
        ),
        (
            {
                "content": "x",
                "components": [
                    {
                        "type": 1,
                        "components": [
                            {"type": 2, "style": 1, "custom_id": "a", "label": "a"},
                            {"type": 2, "style": 1, "custom_id": "a", "label": "b"},
                        ],
                    }
                ],
            },
            "duplicated",
        ),
        (
            {
                "content": "x",
                "components": [
                    {
                        "type": 1,
                        "components": [
                            {"type": 3, "custom_id": "a", "options": [{"label": "a", "value": "a"}]},
                            {"type": 2, "style": 1, "custom_id": "b", "label": "b"},
                        ],
                    }
                ],
            },
            "alone",
        ),
        (
            {
                "content": "x",
                "components": [{"type": 1, "components": [{"type": 2, "style": 5, "label": "x", "url": "tg://x"}]}],
            },
            "Scheme",
        ),
    ],
)
def test_rules_of_messages_that_the_specification_cannot_say(body: dict[str, Any], words: str) -> None:
    assert any(words in problem for problem in message_problems(body, interaction=False))


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ({"name": "Big", "description": "x"}, "invalid"),
        ({"name": "two words", "description": "x"}, "invalid"),
        ({"name": "x"}, "description"),
        (
            {
                "name": "x",
                "description": "x",
                "options": [
                    {"type": 3, "name": "a", "description": "x"},
                    {"type": 3, "name": "b", "description": "x", "required": True},
                ],
            },
            "Required",
        ),
        (
            {
                "name": "x",
                "description": "x",
                "options": [
                    {
                        "type": 3,
                        "name": "a",
                        "description": "x",
                        "autocomplete": True,
                        "choices": [{"name": "a", "value": "a"}],
                    },
                ],
            },
            "autocomplete",
        ),
        (
            {
                "name": "x",
                "description": "x",
                "options": [
                    {
                        "type": 3,
                        "name": f"a{n}",
                        "description": "x" * 100,
                        "choices": [{"name": "n" * 50 + str(c), "value": "v" * 50 + str(c)} for c in range(20)],
                    }
                    for n in range(4)
                ],
            },
            "8000",
        ),
        (
            {
                "name": "x",
                "description": "x",
                "options": [
                    {"type": 1, "name": "a", "description": "x"},
                    {"type": 3, "name": "b", "description": "x"},
                ],
            },
            "mix",
        ),
    ],
)
def test_rules_of_commands_that_the_specification_cannot_say(command: dict[str, Any], words: str) -> None:
    assert any(words in problem for problem in command_problems([command]))


def test_the_specification_refuses_a_custom_id_of_101_characters_and_a_label_of_81() -> None:
    def row(**button: Any) -> dict[str, Any]:
        return {"content": "x", "components": [{"type": 1, "components": [{"type": 2, "style": 1, **button}]}]}

    assert request_problem(SEND, row(custom_id="x" * 100, label="x" * 80)) is None
    assert request_problem(SEND, row(custom_id="x" * 101, label="x"))
    assert request_problem(SEND, row(custom_id="x", label="x" * 81))


def test_a_modal_with_two_equal_fields_is_wrong() -> None:
    label = {"type": 18, "label": "x", "component": {"type": 4, "custom_id": "a", "style": 1}}
    assert modal_problems({"components": [label]}) == []
    assert modal_problems({"components": [label, label]})


def test_news_channels_have_their_own_type() -> None:
    assert discord.ChannelType.news.value == NEWS


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
