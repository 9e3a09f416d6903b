"""What somebody is and may do in a group, asked anew each time, and what only one person is shown."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from adapters.telegram.rights import EVERYTHING
from bot.chat.act import Whisper
from bot.chat.errors import Ambiguous, PlatformError, Refused
from bot.chat.message import Message, say
from bot.chat.places import Ability, Account, Place, Power, Role
from bot.speech import Speech
from tests.adapters.telegram.stage import Stage, staged
from tests.adapters.telegram.test_act import account, place, promote
from tests.wire.faults import Fault, Kind, Match
from tests.wire.telegram.world import ALL_RIGHTS, Membership, Person

ORDINARY = Power(Role.MEMBER, frozenset({Ability.SEND}), here=True)
NOBODY = Power()
RULING = Role.ORGANISER


async def power(stage: Stage, person: Person | None) -> Power:
    return await stage.telegram.power(place(stage.group), account(person) if person else None)


@pytest.mark.parametrize(
    ("membership", "expected"),
    [
        (Membership("creator"), Power(RULING, EVERYTHING, 2, owner=True, here=True)),
        (Membership("administrator"), Power(RULING, frozenset({Ability.SEND}), 1, here=True)),
        (Membership("administrator", frozenset(ALL_RIGHTS)), Power(RULING, EVERYTHING, 1, here=True)),
        (Membership("member"), ORDINARY),
        (Membership("restricted"), ORDINARY),
        (Membership("restricted", permissions=frozenset()), Power(Role.MEMBER, here=True)),
        (Membership("restricted", is_member=False), NOBODY),
        (Membership("left"), NOBODY),
        (Membership("kicked"), NOBODY),
    ],
)
async def test_each_membership_has_its_power(stage: Stage, membership: Membership, expected: Power) -> None:
    stage.group.members[stage.ben.id] = membership
    assert await power(stage, stage.ben) == expected


@pytest.mark.parametrize(
    ("right", "abilities"),
    [
        ("can_delete_messages", {Ability.DELETE}),
        ("can_pin_messages", {Ability.PIN, Ability.TAG}),
        ("can_restrict_members", {Ability.RESTRICT, Ability.BAN, Ability.LOCK}),
        ("can_manage_topics", {Ability.THREADS}),
        ("can_invite_users", {Ability.ADMIT}),
        ("can_manage_tags", {Ability.TAG}),
        ("can_change_info", set()),
    ],
)
async def test_each_right_of_an_administrator_is_an_ability(stage: Stage, right: str, abilities: set[Ability]) -> None:
    promote(stage, right)
    found = await power(stage, None)
    assert found == Power(RULING, frozenset(abilities | {Ability.SEND}), 1, bot=True, here=True)


async def test_the_power_is_never_remembered(stage: Stage) -> None:
    assert (await power(stage, stage.ben)).height == 0
    stage.server.doors.promote(stage.ada, stage.group, stage.ben)
    assert (await power(stage, stage.ben)).height == 1
    stage.server.doors.demote(stage.ada, stage.group, stage.ben)
    assert await power(stage, stage.ben) == ORDINARY
    stage.server.doors.leave(stage.ben, stage.group)
    assert await power(stage, stage.ben) == NOBODY


async def test_who_never_came_is_nobody_and_a_bot_is_told_apart(stage: Stage) -> None:
    helper = stage.server.world.add_person("Helper", is_bot=True)
    stage.group.members[helper.id] = Membership()
    assert (await power(stage, helper)).bot
    assert await stage.telegram.power(place(stage.group), Account("telegram", "424242")) == NOBODY
    stage.server.people.set_bot(stage.group, stage.ada, "kicked")
    assert await power(stage, None) == Power(bot=True)
    assert await power(stage, stage.ada) == NOBODY


async def test_a_power_that_cannot_be_asked_is_an_error_and_not_none(stage: Stage) -> None:
    stage.server.faults.add(Fault(Kind.SERVER_ERROR), Match("getChatMember"))
    with pytest.raises(PlatformError):
        await power(stage, stage.ada)
    assert stage.server.truth.count("call", "getChatMember") == 2


TEXT = Speech("en").message(say("You were warned."))


@pytest_asyncio.fixture
async def newer(tmp_path: Path) -> AsyncIterator[Stage]:
    """A bot on a server of Bot API 10.3, an administrator there."""
    async with staged(tmp_path, ephemeral=True) as stage:
        promote(stage)
        yield stage


async def whisper(stage: Stage, message: Message = TEXT, thread: str = "") -> str:
    where = Place("telegram", str(stage.group.id), thread)
    return await stage.telegram.act(where, Whisper(account(stage.ben), message), "1:key")


def seen(stage: Stage) -> list[tuple[int, Any]]:
    return [(receiver, view["text"]) for (receiver, _), view in stage.group.private_views.items()]


async def test_an_administrator_shows_something_to_one_person_alone(newer: Stage) -> None:
    assert await whisper(newer) == ""
    assert seen(newer) == [(newer.ben.id, "You were warned.")]
    assert newer.texts(newer.group) == []
    await whisper(newer, Speech("en").message(say("kata " * 1000)))
    assert len(seen(newer)) == 3


async def test_whoever_is_no_administrator_does_not_even_try(newer: Stage) -> None:
    newer.server.people.set_bot(newer.group, newer.ada, "member")
    with pytest.raises(Refused):
        await whisper(newer)
    assert newer.server.truth.count("call", "sendMessage") == 0


async def test_a_server_that_knows_no_such_messages_is_never_asked_to_post_one(stage: Stage) -> None:
    promote(stage)
    with pytest.raises(Refused):
        await whisper(stage)
    assert stage.server.truth.count("call", "sendMessage") == 0
    assert stage.texts(stage.group) == []


async def test_a_whisper_whose_reply_is_lost_is_ambiguous(newer: Stage) -> None:
    newer.server.faults.add(Fault(Kind.RESET_AFTER_READ, effect=True), Match("sendMessage"), times=1)
    with pytest.raises(Ambiguous):
        await whisper(newer)
    await whisper(newer)
    assert seen(newer) == [(newer.ben.id, "You were warned.")] * 2
    assert newer.texts(newer.group) == []
