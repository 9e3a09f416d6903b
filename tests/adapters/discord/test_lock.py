"""Locked threads, channels and servers, and how they are given back."""

import json
from typing import Any

import pytest
import pytest_asyncio

from adapters.discord.lock import MOST_CHANNELS, WRITING
from bot.chat.act import Lock, Unlock
from bot.chat.errors import Ambiguous, Gone, Refused, SlowDown
from bot.chat.message import say
from bot.chat.places import Place
from bot.speech import Speech
from tests.adapters.discord.board import LOST, at, forum
from tests.adapters.discord.stage import Stage
from tests.wire.discord import Person
from tests.wire.discord.rights import Overwrite, Role
from tests.wire.discord.state import (
    ADMINISTRATOR,
    MANAGE_MESSAGES,
    MANAGE_ROLES,
    MANAGE_THREADS,
    MEMBER,
    NEWS,
    PUBLIC_THREAD,
    SEND_MESSAGES,
    VIEW_CHANNEL,
    VOICE,
    Channel,
)
from tests.wire.faults import Fault, Kind, Match

PUT = "PUT /channels/{channel_id}/permissions/{overwrite_id}"
PATCH = "PATCH /channels/{channel_id}"
LINKS = 1 << 14


@pytest_asyncio.fixture
async def hall(stage: Stage) -> Stage:
    """A server where Citra is a moderator and the bot may lock."""
    stage.guild.bot_permissions |= MANAGE_ROLES | MANAGE_THREADS
    await stage.server.people.appoint(stage.citra, stage.guild, MEMBER | MANAGE_MESSAGES)
    return stage


async def lock(stage: Stage, place: Place | None = None, *, key: str = "lock-1", whole: bool = False) -> str:
    return await stage.discord.act(place or stage.place, Lock(whole), key)


async def unlock(stage: Stage, before: str, place: Place | None = None, *, whole: bool = False) -> None:
    await stage.discord.act(place or stage.place, Unlock(whole, before), "unlock-1")


async def writes(stage: Stage, person: Person, channel: Channel | None = None) -> bool:
    try:
        await stage.server.people.say(person, channel or stage.channel, "x")
    except PermissionError:
        return False
    return True


async def speaks(stage: Stage, channel: Channel, key: str) -> None:
    """The bot can still write there."""
    await stage.discord.send(at(stage, channel), Speech("en").message(say("notice")), key)


# ── a channel ──


async def test_in_a_locked_channel_only_moderators_and_the_bot_write(hall: Stage) -> None:
    before = await lock(hall)
    assert [await writes(hall, person) for person in (hall.ada, hall.ben, hall.citra)] == [True, False, True]
    await speaks(hall, hall.channel, "job-1")
    await unlock(hall, before)
    assert [await writes(hall, person) for person in (hall.ada, hall.ben, hall.citra)] == [True] * 3
    assert hall.channel.overwrites == {}


async def test_everything_else_of_a_channel_stays_as_it_was(hall: Stage) -> None:
    everyone, (staff,) = hall.guild.id, hall.guild.worn[hall.citra.id]
    laid = {everyone: Overwrite(0, MANAGE_MESSAGES, LINKS), staff: Overwrite(0, VIEW_CHANNEL, WRITING)}
    hall.channel.overwrites = dict(laid)
    before = await lock(hall)
    assert hall.channel.overwrites[everyone] == Overwrite(0, MANAGE_MESSAGES, LINKS | WRITING)
    assert hall.channel.overwrites[staff] == Overwrite(0, VIEW_CHANNEL | WRITING, 0)
    await unlock(hall, before)
    assert hall.channel.overwrites == laid


async def test_what_moderators_changed_meanwhile_stays(hall: Stage) -> None:
    before = await lock(hall)
    locked = hall.channel.overwrites[hall.guild.id]
    hall.channel.overwrites[hall.guild.id] = Overwrite(0, MANAGE_MESSAGES, locked.deny | LINKS)
    hall.channel.overwrites.pop(hall.state.bot.id)
    await unlock(hall, before)
    assert hall.channel.overwrites[hall.guild.id] == Overwrite(0, MANAGE_MESSAGES, LINKS)
    assert hall.state.bot.id not in hall.channel.overwrites


async def test_a_role_that_was_allowed_to_write_is_not_while_it_is_locked(hall: Stage) -> None:
    hall.guild.roles[5] = Role(5, "kelas 7")
    hall.guild.worn[hall.ben.id] = {5}
    hall.channel.overwrites = {5: Overwrite(0, SEND_MESSAGES | VIEW_CHANNEL, 0)}
    before = await lock(hall)
    assert not await writes(hall, hall.ben)
    assert hall.channel.overwrites[5].allow == VIEW_CHANNEL
    await unlock(hall, before)
    assert hall.channel.overwrites == {5: Overwrite(0, SEND_MESSAGES | VIEW_CHANNEL, 0)}


async def test_a_channel_where_nobody_may_write_is_locked_already(hall: Stage) -> None:
    hall.channel.overwrites = {hall.guild.id: Overwrite(0, 0, WRITING)}
    puts = hall.server.truth.count("call", PUT)
    assert await lock(hall) == ""
    assert hall.server.truth.count("call", PUT) == puts
    await unlock(hall, "")
    assert hall.channel.overwrites == {}
    assert await writes(hall, hall.ben)


async def test_an_unlock_of_what_is_open_does_nothing(hall: Stage) -> None:
    await unlock(hall, await lock(hall))
    puts = hall.server.truth.count("call", PUT)
    for before in ("", '{"x":1}', "no JSON", "{}"):
        await unlock(hall, before)
    assert hall.server.truth.count("call", PUT) == puts


async def test_a_second_lock_of_another_act_knows_nothing_and_changes_nothing(hall: Stage) -> None:
    await lock(hall)
    locked = dict(hall.channel.overwrites)
    assert await lock(hall, key="lock-2") == ""
    assert hall.channel.overwrites == locked


async def test_an_act_that_is_begun_again_still_tells_how_it_was(hall: Stage) -> None:
    assert await lock(hall) == await lock(hall) != ""


async def test_an_administrator_s_bot_needs_no_overwrite(hall: Stage) -> None:
    hall.guild.bot_permissions |= ADMINISTRATOR
    before = await lock(hall)
    assert hall.state.bot.id not in hall.channel.overwrites
    await speaks(hall, hall.channel, "job-1")
    await unlock(hall, before)
    assert hall.channel.overwrites == {}


async def test_without_the_right_a_channel_stays_as_it_is(stage: Stage) -> None:
    stage.channel.overwrites = {stage.guild.id: Overwrite(0, VIEW_CHANNEL, 0)}
    for _ in range(2):
        with pytest.raises(Refused):
            await lock(stage)
    with pytest.raises(Refused):
        await lock(stage, whole=True)
    assert stage.channel.overwrites == {stage.guild.id: Overwrite(0, VIEW_CHANNEL, 0)}


async def test_a_channel_that_cannot_be_locked_for_all_is_left_as_it_was(hall: Stage) -> None:
    match = Match(PUT, key=f'"deny":{WRITING}')
    hall.server.faults.add(Fault(Kind.REFUSED, status=403, code=50013), match, times=1)
    with pytest.raises(Refused):
        await lock(hall)
    assert hall.channel.overwrites == {}
    assert await lock(hall) != ""


async def test_a_role_that_cannot_be_allowed_to_write_hinders_no_lock(hall: Stage) -> None:
    match = Match(PUT, nth=(2,))
    hall.server.faults.add(Fault(Kind.REFUSED, status=403, code=50013), match, times=1)
    before = await lock(hall)
    assert [await writes(hall, person) for person in (hall.ben, hall.citra)] == [False, False]
    await unlock(hall, before)
    assert hall.channel.overwrites == {}


@pytest.mark.parametrize("kind", LOST)
@pytest.mark.parametrize("effect", [True, False])
@pytest.mark.parametrize("nth", [1, 2, 3])
async def test_a_lost_reply_loses_nothing_of_how_it_was(hall: Stage, kind: Kind, effect: bool, nth: int) -> None:
    hall.server.faults.add(Fault(kind, effect=effect), Match(PUT, nth=(nth,)), times=1)
    before = await lock(hall)
    assert not await writes(hall, hall.ben)
    await unlock(hall, before)
    assert hall.channel.overwrites == {}


async def test_a_lock_in_doubt_is_begun_again_and_tells_how_it_was(hall: Stage) -> None:
    hall.channel.overwrites = laid = {hall.guild.id: Overwrite(0, SEND_MESSAGES, 0)}
    laid = dict(laid)
    hall.server.faults.add(Fault(Kind.RESET_MID_RESPONSE, effect=True), Match(PUT, nth=(3, 4)))
    with pytest.raises(Ambiguous):
        await lock(hall)
    assert not await writes(hall, hall.ben)
    await unlock(hall, await lock(hall))
    assert hall.channel.overwrites == laid


# ── threads ──


async def test_a_thread_is_locked_and_opened_as_it_is(hall: Stage) -> None:
    thread = hall.state.add_channel(hall.guild, "utas", kind=PUBLIC_THREAD, parent=hall.channel)
    for archived in (False, True):
        thread.archived = archived
        for _ in range(2):
            assert await lock(hall, at(hall, thread)) == ""
        assert (thread.locked, thread.archived, await writes(hall, hall.ben, thread)) == (True, archived, False)
        for _ in range(2):
            await unlock(hall, "", at(hall, thread))
        assert (thread.locked, thread.archived) == (False, archived)
    assert hall.channel.overwrites == {}


async def test_a_thread_is_locked_with_a_right_of_its_own(hall: Stage) -> None:
    hall.guild.bot_permissions &= ~MANAGE_THREADS
    thread = hall.state.add_channel(hall.guild, "utas", kind=PUBLIC_THREAD, parent=hall.channel)
    with pytest.raises(Refused):
        await lock(hall, at(hall, thread))
    assert not thread.locked


@pytest.mark.parametrize("kind", LOST)
@pytest.mark.parametrize("effect", [True, False])
async def test_a_lost_reply_leaves_the_thread_locked(hall: Stage, kind: Kind, effect: bool) -> None:
    thread = hall.state.add_channel(hall.guild, "utas", kind=PUBLIC_THREAD, parent=hall.channel)
    hall.server.faults.add(Fault(kind, effect=effect), Match(PATCH), times=1)
    await lock(hall, at(hall, thread))
    assert thread.locked


async def test_a_channel_that_is_gone_is_told_so(hall: Stage) -> None:
    place = at(hall, hall.state.add_channel(hall.guild, "lain"))
    await hall.server.people.delete_channel(hall.state.channels[int(place.thread)])
    with pytest.raises(Gone):
        await lock(hall, place)
    with pytest.raises(Gone):
        await unlock(hall, "", place)


# ── a whole server ──


def rooms(stage: Stage) -> dict[str, Channel]:
    add: Any = stage.state.add_channel
    made = {
        "news": add(stage.guild, "kabar", kind=NEWS),
        "forum": forum(stage),
        "voice": add(stage.guild, "suara", kind=VOICE),
        "closed": add(stage.guild, "aturan"),
        "hidden": add(stage.guild, "rahasia", bot_denied=VIEW_CHANNEL),
        "text": stage.channel,
    }
    made["closed"].overwrites = {stage.guild.id: Overwrite(0, 0, WRITING)}
    return made


@pytest.mark.parametrize("thread", ["", "here"])
async def test_a_whole_server_is_locked_where_everybody_could_write(hall: Stage, thread: str) -> None:
    made = rooms(hall)
    place = hall.place if thread else Place("discord", str(hall.guild.id))
    before = await lock(hall, place, whole=bool(thread))
    assert set(json.loads(before)) == {str(made[name].id) for name in ("news", "forum", "text")}
    locked = {name: not hall.state.may(hall.ben, room, SEND_MESSAGES) for name, room in made.items()}
    assert [name for name in locked if locked[name]] == ["news", "forum", "closed", "text"]
    await unlock(hall, before, place, whole=bool(thread))
    assert {name: dict(room.overwrites) for name, room in made.items() if room.overwrites} == {
        "closed": {hall.guild.id: Overwrite(0, 0, WRITING)}
    }


async def test_a_server_without_any_open_channel_is_locked_already(hall: Stage) -> None:
    hall.channel.overwrites = {hall.guild.id: Overwrite(0, 0, WRITING)}
    assert await lock(hall, whole=True) == ""
    with pytest.raises(Refused):
        await unlock(hall, "", whole=True)
    assert hall.channel.overwrites == {hall.guild.id: Overwrite(0, 0, WRITING)}


async def test_many_channels_are_locked_from_the_top(hall: Stage) -> None:
    made = [hall.state.add_channel(hall.guild, f"c{number}") for number in range(MOST_CHANNELS + 5)]
    for number, room in enumerate(made):
        room.position = len(made) - number
    before = await lock(hall, whole=True)
    assert len(json.loads(before)) == MOST_CHANNELS
    assert str(made[-1].id) in json.loads(before)
    assert str(made[0].id) not in json.loads(before)
    await unlock(hall, before, whole=True)
    assert not any(room.overwrites for room in made)


async def test_a_lock_that_must_wait_goes_on_where_it_stopped_and_tells_everything(hall: Stage) -> None:
    made = [hall.state.add_channel(hall.guild, f"c{number}") for number in range(4)]
    hall.server.faults.add(Fault(Kind.RATE_LIMIT, retry_after=600), Match(PUT, nth=(8,)), times=1)
    with pytest.raises(SlowDown):
        await lock(hall, whole=True)
    assert 0 < sum(not hall.state.may(hall.ben, room, SEND_MESSAGES) for room in made) < len(made)
    hall.state.clock.advance(601)
    before = await lock(hall, whole=True)
    assert len(json.loads(before)) == len(made) + 1
    await unlock(hall, before, whole=True)
    assert not any(room.overwrites for room in (*made, hall.channel))


async def test_a_channel_that_is_gone_or_hidden_meanwhile_hinders_no_unlock(hall: Stage) -> None:
    gone, hidden = hall.state.add_channel(hall.guild, "a"), hall.state.add_channel(hall.guild, "b")
    before = await lock(hall, whole=True)
    await hall.server.people.delete_channel(gone)
    hidden.bot_denied = VIEW_CHANNEL
    await unlock(hall, before, whole=True)
    assert hall.channel.overwrites == {}


async def test_a_server_that_put_the_bot_out_is_gone(hall: Stage) -> None:
    await hall.server.people.remove_bot(hall.guild)
    with pytest.raises(Gone):
        await lock(hall, whole=True)
