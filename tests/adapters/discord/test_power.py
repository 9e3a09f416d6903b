"""What people and the bot are and may do in a server, asked for at that moment."""

import asyncio
from datetime import timedelta

import pytest

from adapters.discord.guild import Guild, Part
from adapters.discord.power import power, ranks
from adapters.discord.rights import EVERYTHING
from adapters.discord.wire import Member, User
from bot.chat.act import Mute
from bot.chat.errors import Ambiguous, Gone, SlowDown
from bot.chat.places import Ability, Account, Place, Power, Role
from tests.adapters.discord.stage import Stage
from tests.adapters.discord.test_inbound import NOW
from tests.wire.discord import Person
from tests.wire.discord.rights import Overwrite
from tests.wire.discord.state import (
    ADMINISTRATOR,
    BAN_MEMBERS,
    CREATE_PUBLIC_THREADS,
    MANAGE_GUILD,
    MANAGE_MESSAGES,
    MANAGE_ROLES,
    MANAGE_THREADS,
    MEMBER,
    MODERATE_MEMBERS,
    PIN_MESSAGES,
    PUBLIC_THREAD,
    SEND_IN_THREADS,
    SEND_MESSAGES,
    VIEW_CHANNEL,
)
from tests.wire.faults import Fault, Kind, Match

GUILD, USER = "GET /guilds/{guild_id}", "GET /guilds/{guild_id}/members/{user_id}"
SPEAKS = frozenset({Ability.SEND})


def whose(person: Person) -> Account:
    return Account("discord", str(person.id))


async def of(stage: Stage, person: Person | None, place: Place | None = None) -> Power:
    return await stage.discord.power(place or stage.place, whose(person) if person else None)


async def test_the_owner_stands_above_all_and_an_administrator_may_everything(stage: Stage) -> None:
    await stage.server.people.appoint(stage.citra, stage.guild, MEMBER | ADMINISTRATOR, 9)
    owner, chief = await of(stage, stage.ada), await of(stage, stage.citra)
    assert (owner.role, owner.owner, owner.here, owner.bot) == (Role.ORGANISER, True, True, False)
    assert owner.abilities == chief.abilities == frozenset(Ability)
    assert (chief.role, chief.owner) == (Role.ORGANISER, False)
    assert owner.height > chief.height > (await of(stage, None)).height


async def test_an_owner_without_any_role_stands_above_all(stage: Stage) -> None:
    await stage.server.people.appoint(stage.citra, stage.guild, MEMBER | ADMINISTRATOR, 9)
    await stage.server.people.appoint(stage.ada, stage.guild)
    owner, chief = await of(stage, stage.ada), await of(stage, stage.citra)
    assert owner.height > chief.height
    assert owner.abilities == frozenset(Ability)


@pytest.mark.parametrize(
    ("bits", "role", "abilities"),
    [
        (0, Role.MEMBER, frozenset()),
        (MANAGE_MESSAGES, Role.MODERATOR, {Ability.DELETE}),
        (PIN_MESSAGES, Role.MEMBER, {Ability.PIN}),
        (MODERATE_MEMBERS | BAN_MEMBERS, Role.MODERATOR, {Ability.RESTRICT, Ability.BAN}),
        (MANAGE_ROLES, Role.MEMBER, {Ability.LOCK, Ability.TAG}),
        (CREATE_PUBLIC_THREADS, Role.MEMBER, {Ability.THREADS}),
        (MANAGE_GUILD, Role.ORGANISER, frozenset()),
    ],
)
async def test_a_member_may_what_their_role_says(
    stage: Stage, bits: int, role: Role, abilities: frozenset[Ability]
) -> None:
    await stage.server.people.appoint(stage.ben, stage.guild, MEMBER | bits)
    found = await of(stage, stage.ben)
    assert (found.role, found.abilities, found.here, found.owner) == (role, SPEAKS | abilities, True, False)


async def test_who_is_promoted_or_demoted_in_between_is_seen_as_they_are_now(stage: Stage) -> None:
    heights = []
    for bits in (MEMBER, MEMBER | MANAGE_MESSAGES, MEMBER):
        await stage.server.people.appoint(stage.ben, stage.guild, bits)
        found = await of(stage, stage.ben)
        heights.append((found.role, found.height > 0))
    assert heights == [(Role.MEMBER, False), (Role.MODERATOR, True), (Role.MEMBER, False)]


async def test_a_server_that_changes_hands_has_its_new_owner(stage: Stage) -> None:
    await stage.server.people.hand_over(stage.guild, stage.ben)
    old, new = await of(stage, stage.ada), await of(stage, stage.ben)
    assert (old.owner, new.owner) == (False, True)
    await stage.until(lambda: stage.discord.reception.owners == {str(stage.guild.id): str(stage.ben.id)})
    assert await stage.discord.role(stage.place, whose(stage.ben)) is Role.ORGANISER


async def test_who_left_was_put_out_or_never_came_is_not_here(stage: Stage) -> None:
    await stage.server.people.leave(stage.ben, stage.guild)
    stranger = stage.state.add_person("stranger")
    for person in (stage.ben, stranger):
        assert await of(stage, person) == Power()
    assert await stage.discord.power(stage.place, Account("discord", "5")) == Power()


async def test_the_bot_knows_itself(stage: Stage) -> None:
    stage.guild.bot_permissions |= MODERATE_MEMBERS
    found = await of(stage, None)
    assert found == await stage.discord.power(stage.place, Account("discord", str(stage.state.bot.id)))
    assert (found.bot, found.here, found.owner, found.height) == (True, True, False, 1)
    assert found.abilities == SPEAKS | {
        Ability.DELETE,
        Ability.EVENTS,
        Ability.PIN,
        Ability.RESTRICT,
        Ability.THREADS,
    }


async def test_another_bot_is_one_too(stage: Stage) -> None:
    other = stage.state.add_person("beep", bot=True)
    stage.state.join(stage.guild, other)
    assert (await of(stage, other)).bot
    assert not (await of(stage, stage.ben)).bot


async def test_a_channel_gives_and_takes_what_is_done_in_it(stage: Stage) -> None:
    everyone = stage.guild.id
    await stage.server.people.appoint(stage.ben, stage.guild, MEMBER | MANAGE_MESSAGES | BAN_MEMBERS)
    stage.channel.overwrites = {
        everyone: Overwrite(0, PIN_MESSAGES, SEND_MESSAGES),
        stage.ben.id: Overwrite(1, 0, MANAGE_MESSAGES | BAN_MEMBERS),
    }
    here, anywhere = await of(stage, stage.ben), await of(stage, stage.ben, Place("discord", str(everyone)))
    assert here.abilities == {Ability.PIN, Ability.BAN}
    assert anywhere.abilities == {Ability.SEND, Ability.DELETE, Ability.BAN}
    assert here.role is anywhere.role is Role.MODERATOR


async def test_who_does_not_see_a_channel_may_nothing_in_it(stage: Stage) -> None:
    await stage.server.people.appoint(stage.ben, stage.guild, MEMBER | MANAGE_MESSAGES | MODERATE_MEMBERS)
    stage.channel.overwrites = {stage.ben.id: Overwrite(1, 0, VIEW_CHANNEL)}
    assert (await of(stage, stage.ben)).abilities == {Ability.RESTRICT}


async def test_in_a_thread_other_rights_let_somebody_write_and_lock(stage: Stage) -> None:
    thread = stage.state.add_channel(stage.guild, "utas", kind=PUBLIC_THREAD, parent=stage.channel)
    place = Place("discord", str(stage.guild.id), str(thread.id))
    await stage.server.people.appoint(stage.ben, stage.guild, MEMBER | MANAGE_THREADS)
    await stage.server.people.appoint(stage.citra, stage.guild, MEMBER | MANAGE_ROLES)
    stage.channel.overwrites = {stage.citra.id: Overwrite(1, 0, SEND_IN_THREADS)}
    assert (await of(stage, stage.ben, place)).abilities == {Ability.SEND, Ability.LOCK}
    assert (await of(stage, stage.citra, place)).abilities == {Ability.TAG}


async def test_a_channel_that_is_gone_or_hidden_leaves_what_holds_everywhere(stage: Stage) -> None:
    gone = Place("discord", str(stage.guild.id), "5")
    hidden = stage.state.add_channel(stage.guild, "rahasia", bot_denied=VIEW_CHANNEL)
    await stage.server.people.appoint(stage.ben, stage.guild, MEMBER | MANAGE_MESSAGES)
    for place in (gone, Place("discord", str(stage.guild.id), str(hidden.id))):
        assert (await of(stage, stage.ben, place)).abilities == {Ability.SEND, Ability.DELETE}


async def test_who_is_in_a_time_out_may_nothing_until_it_is_over(stage: Stage) -> None:
    stage.guild.bot_permissions |= MODERATE_MEMBERS
    stage.guild.bot_position = 5
    await stage.server.people.appoint(stage.ben, stage.guild, MEMBER | MANAGE_MESSAGES)
    until = stage.app.clock() + timedelta(minutes=5)
    await stage.discord.act(stage.place, Mute(whose(stage.ben), until), "m1")
    muted = await of(stage, stage.ben)
    assert (muted.abilities, muted.role, muted.here) == (frozenset(), Role.MEMBER, True)
    stage.state.clock.advance(301)
    assert (await of(stage, stage.ben)).abilities == {Ability.SEND, Ability.DELETE}


async def test_in_private_there_is_nobody_to_rule(stage: Stage) -> None:
    place = await stage.discord.private(whose(stage.ben))
    assert await of(stage, stage.ben, place) == Power(here=True)
    assert await of(stage, None, place) == Power(bot=True, here=True)


async def test_a_server_that_put_the_bot_out_is_gone(stage: Stage) -> None:
    await stage.server.people.remove_bot(stage.guild)
    with pytest.raises(Gone):
        await of(stage, stage.ben)


@pytest.mark.parametrize("kind", [Kind.RESET_AFTER_READ, Kind.TRUNCATED, Kind.EMPTY, Kind.HTML])
@pytest.mark.parametrize("call", [GUILD, USER])
async def test_a_lost_answer_is_asked_for_once_more_and_never_guessed(stage: Stage, kind: Kind, call: str) -> None:
    stage.server.faults.add(Fault(kind), Match(call), times=1)
    assert (await of(stage, stage.ada)).owner
    stage.server.faults.add(Fault(kind), Match(call))
    with pytest.raises(Ambiguous):
        await of(stage, stage.ada)


async def test_a_long_rate_limit_is_told(stage: Stage) -> None:
    stage.server.faults.add(Fault(Kind.RATE_LIMIT, retry_after=600), Match(USER), times=1)
    with pytest.raises(SlowDown):
        await of(stage, stage.ben)


async def test_nothing_is_remembered(stage: Stage) -> None:
    calls = stage.server.truth.count("call", GUILD)
    await asyncio.gather(*(of(stage, stage.ben) for _ in range(3)))
    assert stage.server.truth.count("call", GUILD) - calls == 3


def test_of_two_roles_in_one_position_the_older_is_higher() -> None:
    roles = (Part("1"), Part("30", position=2), Part("20", position=2), Part("40", position=1), Part("50", position=0))
    guild = Guild("1", roles=roles)
    order = ranks(guild)
    assert sorted(order, key=lambda each: order[each]) == ["1", "50", "40", "30", "20"]


def test_an_unknown_role_counts_nothing() -> None:
    guild = Guild("1", owner_id="7", roles=(Part("1", str(EVERYTHING & ~ADMINISTRATOR)),))
    found = power(guild, Member(User("3"), roles=("77",)), "3", None, NOW)
    assert (found.height, found.owner, found.here) == (0, False, True)
