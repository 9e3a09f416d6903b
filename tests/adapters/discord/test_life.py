"""The bot's own life on Discord: joining, leaving, losing the gateway, a refused token, a broken event."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from adapters.discord import client as clients
from adapters.discord.client import Budget
from bot.chat.errors import TokenRefused
from bot.chat.places import Place
from tests.adapters.discord.feature import JOINED, TAPS, post
from tests.adapters.discord.stage import Stage, staged
from tests.wire.discord.state import NEWS, SEND_MESSAGES, VOICE
from tests.wire.faults import Fault, Kind, Match


async def venue_of(stage: Stage, guild_id: int) -> Any:
    async with stage.store.read() as unit:
        return (await unit.arrivals.of(Place("discord", str(guild_id)), None)).venue


async def settled(stage: Stage) -> None:
    await stage.discord.reception.drain()


async def test_a_guild_that_adds_the_bot_becomes_a_community_in_its_first_writable_channel(stage: Stage) -> None:
    guild = stage.state.add_guild("Baru", stage.ben, locale="id")
    stage.state.add_channel(guild, "berita", kind=NEWS, system=True)
    stage.state.add_channel(guild, "suara", kind=VOICE)
    stage.state.add_channel(guild, "rahasia", bot_denied=SEND_MESSAGES)
    channel = stage.state.add_channel(guild, "umum")
    await stage.server.people.add_bot(guild)
    await stage.until(lambda: JOINED)
    await settled(stage)
    venue = await venue_of(stage, guild.id)
    assert venue.place == Place("discord", str(guild.id), str(channel.id))
    assert venue.title == "Baru"
    assert JOINED == ["Baru"]


async def test_a_guild_that_added_the_bot_while_it_was_away_is_found_at_the_start(stage: Stage) -> None:
    await stage.stop()
    guild = stage.state.add_guild("Sementara", stage.ben)
    stage.state.add_channel(guild, "umum", system=True)
    stage.discord = stage.new_bot()
    await stage.run()
    await stage.until(lambda: JOINED)
    assert JOINED == ["Sementara"]


async def test_a_removed_bot_pauses_the_place_and_a_return_wakes_it(stage: Stage) -> None:
    await stage.server.people.remove_bot(stage.guild)
    await stage.until(lambda: not stage.discord.reception.owners)
    await settled(stage)
    assert (await venue_of(stage, stage.guild.id)).paused
    await stage.server.people.add_bot(stage.guild)
    await stage.until(lambda: JOINED)
    await settled(stage)
    assert not (await venue_of(stage, stage.guild.id)).paused


async def test_an_outage_of_a_guild_is_no_farewell(stage: Stage) -> None:
    await stage.server.gateway.emit("GUILD_DELETE", {"id": str(stage.guild.id), "unavailable": True}, stage.guild.id)
    await stage.slash(stage.ben, "me")
    assert not (await venue_of(stage, stage.guild.id)).paused


async def test_due_cards_are_posted_once_and_edited_where_they_stand(stage: Stage) -> None:
    async with stage.store.begin() as unit:
        venue = (await unit.arrivals.of(stage.place, None)).venue
        from bot.domain.jobs import Job

        job = Job(venue.community, "post:1", post.name, 1, stage.app.clock(), stage.place)  # type: ignore[union-attr]
        await unit.jobs.put(job)
    await stage.app.outbox.settle()
    assert stage.texts() == ["## post 1\n\ntext"]
    async with stage.store.begin() as unit:
        await unit.jobs.put(job)
    await stage.app.outbox.settle()
    assert len(stage.texts()) == 1
    assert stage.state.messages_in(stage.channel)[0].edits == 1


@pytest.mark.parametrize(
    "data", ["null", "[]", '{"id": 5}', '{"id": "5", "type": 2, "token": "x", "application_id": "1"}', '{"guilds": {}}']
)
@pytest.mark.parametrize("name", ["INTERACTION_CREATE", "MESSAGE_CREATE", "GUILD_CREATE", "GUILD_DELETE", "UNHEARD_OF"])
async def test_a_malformed_event_is_set_aside_and_the_next_is_answered(stage: Stage, name: str, data: str) -> None:
    await stage.server.gateway.send_raw(f'{{"op": 0, "s": 99, "t": "{name}", "d": {data}}}')
    item = await stage.slash(stage.ben, "me")
    assert item.reply.text == "This is you."
    assert stage.server.gateway.identified == 1


async def test_an_event_that_ends_the_library_s_client_brings_a_new_one(stage: Stage) -> None:
    await stage.server.gateway.send_raw('{"op": 0, "s": 99, "t": "READY", "d": {}}')
    await stage.until(lambda: stage.server.gateway.identified == 2)
    assert (await stage.slash(stage.ben, "me")).reply.text == "This is you."


async def test_a_dropped_connection_is_resumed_and_a_press_made_meanwhile_counts(stage: Stage) -> None:
    message = await stage.panel()
    await stage.server.gateway.disconnect(4000)
    item = await stage.server.people.press(stage.ben, message, "Tap")
    await stage.until(lambda: item.messages)
    assert stage.server.gateway.resumed == 1
    assert len(TAPS) == 1


async def test_an_invalid_session_is_begun_anew(stage: Stage) -> None:
    await stage.server.gateway.invalidate(resumable=False)
    await stage.until(lambda: stage.server.gateway.identified == 2, 15)
    item = await stage.slash(stage.ben, "me")
    assert item.reply.text == "This is you."


async def test_a_first_connection_that_fails_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with staged(tmp_path, run=False) as stage:
        stage.server.faults.add(Fault(Kind.SERVER_ERROR, status=503), Match("GET /gateway/bot"), times=1)
        await stage.run()
        assert (await stage.slash(stage.ben, "me")).reply.text == "This is you."


async def test_the_start_waits_for_discord_to_be_reachable(tmp_path: Path) -> None:
    async with staged(tmp_path, run=False) as stage:
        stage.server.faults.add(Fault(Kind.RESET_BEFORE_READ), Match("GET /users/@me"), times=1)
        await stage.run()
        assert stage.discord.username == "bareng"


async def test_a_token_that_discord_does_not_know_ends_the_start(tmp_path: Path) -> None:
    async with staged(tmp_path, run=False) as stage:
        stage.server.rest.token = "another"
        with pytest.raises(TokenRefused):
            await stage.discord.start()


async def test_a_token_that_is_revoked_ends_the_run(stage: Stage) -> None:
    stage.server.rest.token = "another"
    await stage.server.gateway.disconnect(4004)
    assert stage.running is not None
    with pytest.raises(TokenRefused):
        await asyncio.wait_for(stage.running, 10)
    stage.running = None


async def test_sessions_are_kept_within_the_budget_of_an_hour() -> None:
    budget = Budget(most=2, seconds=0.2)
    loop = asyncio.get_running_loop()
    begun = loop.time()
    for _ in range(3):
        await budget.take()
    assert loop.time() - begun >= 0.2
    assert clients.MOST_IDENTIFIES * 24 < 1000


async def test_few_sessions_left_are_kept_in_reserve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    real = asyncio.sleep

    async def note(seconds: float) -> None:
        waits.append(seconds)
        await real(0 if seconds > 100 else seconds)

    monkeypatch.setattr("adapters.discord.gateway.asyncio.sleep", note)
    async with staged(tmp_path, run=False) as stage:
        stage.server.gateway.identifies_left = 5
        await stage.run()
    assert 86_400 in waits


async def test_no_privileged_intent_is_asked_for(stage: Stage) -> None:
    identify = stage.server.truth.find("call", "IDENTIFY")[0]
    assert not identify.detail["intents"] & (1 << 1 | 1 << 8 | 1 << 15)


async def test_nothing_is_kept_of_a_guild_but_its_owner(stage: Stage) -> None:
    client = stage.discord._client
    assert client is not None
    assert (len(client.guilds), len(client.users), len(client.cached_messages)) == (0, 0, 0)
    assert stage.discord.reception.owners == {str(stage.guild.id): str(stage.ada.id)}


async def test_a_stop_lets_answers_on_their_way_arrive(stage: Stage) -> None:
    stage.server.faults.add(Fault(Kind.DELAY, seconds=0.2), Match("POST /interactions/*/callback"), times=1)
    item = await stage.server.people.slash(stage.ben, stage.channel, "me")
    await stage.until(lambda: stage.server.truth.find("fault"))
    await stage.stop()
    assert item.reply.text == "This is you."


async def test_the_token_stands_in_no_repr_and_no_log(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    stage.server.faults.add(Fault(Kind.UNAUTHORISED), Match("GET /users/*"))
    await stage.server.gateway.send_raw(json.dumps({"op": 0, "s": 99, "t": "GUILD_CREATE", "d": {"id": 1}}))
    await stage.slash(stage.ben, "me")
    shown = capsys.readouterr()
    assert stage.server.token not in repr(stage.discord) + repr(stage.discord.sender) + shown.out + shown.err
