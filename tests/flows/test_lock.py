"""Locks: told in one neutral line, ended by themselves, and for the whole group agreed on by two."""

import pytest

from bot.chat.act import Lock, Unlock
from bot.chat.places import Ability, Place, Role
from tests.flows.asked import COMMUNITY, appoint
from tests.flows.refusal import refuses
from tests.flows.test_pin import deeds
from tests.world import DISCORD, TELEGRAM, World

CLOSED, OPEN = "Dikunci oleh moderator", "Dibuka lagi"


@pytest.fixture(autouse=True)
async def known(world: World) -> None:
    for person in (world.ani, world.budi):
        await person.says("/help")
        await person.private.says("/start")


async def test_one_moderator_locks_a_group_for_a_short_while_with_one_silent_line(world: World) -> None:
    before, noise = world.public, world.stage.transcript.noise.sounding
    await world.ani.says("/lock")
    assert world.locked
    until = "sampai Sen, 23 Nov pukul 09.15 WIB"
    assert world.public == [*before, f"{CLOSED} {until}: hanya moderator yang bisa menulis di sini."]
    assert world.stage.transcript.noise.sounding == noise
    await world.passes(minutes=14)
    assert world.locked
    await world.passes(minutes=2)
    assert not world.locked
    assert world.public == [*before, "Dibuka lagi: semua orang bisa menulis di sini."]
    assert await deeds(world) == ["lock", "unlock"]


async def test_a_lock_that_ends_while_nobody_is_there_is_opened_at_the_start(world: World) -> None:
    await world.ani.says("/kunci 10m")
    world.sleeps(days=2)
    assert world.locked
    await world.wakes()
    assert not world.locked
    assert sum(OPEN in text for text in world.public) == 1


async def test_one_moderator_opens_it_again_without_anybody_else(world: World) -> None:
    await appoint(world, world.budi, Role.MODERATOR)
    await world.ani.says("/lock")
    await world.budi.says("/unlock")
    assert not world.locked
    await world.passes(minutes=20)
    assert sum(OPEN in text for text in world.public) == 1
    assert await deeds(world) == ["lock", "unlock"], "the clock has nothing left to open"
    await world.budi.says("/bukakunci")
    assert "Tidak ada yang saya kunci" in world.budi.told


async def test_locking_again_gives_one_moderator_no_more_time(world: World) -> None:
    await world.ani.says("/lock 5m")
    await world.ani.says("/lock 15m")
    assert "sudah dikunci" in world.ani.told
    await world.passes(minutes=6)
    assert not world.locked


@pytest.mark.parametrize("line", ["/lock 2h", "/lock all 2h", "/kunci semua 2 jam"])
async def test_longer_or_everywhere_needs_a_second_moderator(world: World, line: str) -> None:
    await world.ani.says(line)
    assert not world.locked
    assert "1 moderator lain" in world.ani.told
    assert world.budi.private.sees("Kunci seluruh grup selama 2 jam", "Ani mengusulkan")
    await world.budi.private.presses("Setuju")
    assert world.locked
    assert all(world.stage.rooms[place].lock for place in (TELEGRAM, DISCORD))
    assert sum(CLOSED in text for text in world.public) == 1
    await world.passes(hours=2, minutes=1)
    assert not any(world.stage.rooms[place].lock for place in (TELEGRAM, DISCORD))


async def test_without_an_end_it_lasts_until_one_moderator_lifts_it(world: World) -> None:
    await world.ani.private.says("/lock all")
    await world.budi.private.presses("Setuju")
    await world.passes(days=2)
    assert world.locked
    await appoint(world, world.budi, Role.MODERATOR)
    await world.budi.private.says("/unlock all")
    assert not world.locked
    assert (await deeds(world)).count("unlock") == 2, "one for each place"


async def test_a_lock_that_the_platform_refuses_is_reported_and_not_said_in_public(world: World) -> None:
    before = world.public
    with refuses(world, Lock):
        await world.ani.says("/lock")
    assert not world.locked
    assert world.public == before
    assert "platform tidak mengizinkan" in world.ani.private.told
    assert await deeds(world) == ["lock", "fail"]
    await world.ani.says("/lock")
    assert world.locked, "it can be tried again"


async def test_what_cannot_be_opened_is_told_to_every_moderator_and_can_be_tried_again(world: World) -> None:
    await world.ani.says("/lock")
    with refuses(world, Unlock):
        await world.passes(minutes=16)
    assert world.locked
    for person in (world.ani, world.budi):
        assert "Tolong buka sendiri" in person.private.told
    await world.ani.says("/unlock")
    assert not world.locked
    assert OPEN in world.public[-1]


async def test_without_the_right_nothing_is_locked(world: World) -> None:
    await world.budi.says("/lock")
    assert not world.locked, "the platform lets Budi delete and mute, not lock"
    await appoint(world, world.budi, Role.MODERATOR)
    world.stage.may(world.group, *(set(Ability) - {Ability.LOCK}))
    await world.budi.says("/lock")
    assert not world.locked
    await world.dewi.says("/lock")
    assert "moderator" in world.dewi.told
    assert await deeds(world) == []


@pytest.mark.parametrize("line", ["/unlock", "/unlock all"])
async def test_whose_rights_cover_no_locking_opens_nothing(world: World, line: str) -> None:
    await world.ani.says("/lock")
    for budi in (world.budi, world.budi.private):
        await budi.says(line)
        assert "belum mencakup menguncinya" in budi.told
    assert world.locked
    assert await deeds(world) == ["lock"]


async def test_a_part_of_the_group_is_locked_alone_and_for_any_time(world: World) -> None:
    topic = Place(world.group.platform, world.group.chat, "7")
    world.stage.rooms[topic] = world.stage.rooms[world.group]
    async with world.store.begin() as unit:
        found = (await unit.arrivals.of(topic, None)).venue
    assert found, "a topic belongs to its group"
    await world.ani.in_(topic).says("/lock 5h")
    async with world.store.begin() as unit:
        standing = await unit.locks.at(COMMUNITY, topic, whole=False)
    assert standing
    assert not standing.whole
    assert world.locked
    await world.ani.in_(topic).says("/unlock")
    assert not world.locked


async def test_opened_before_it_was_carried_out_it_is_as_it_was(world: World) -> None:
    await appoint(world, world.budi, Role.MODERATOR)
    await world.stage.say(world.ani.account, world.ani.at, "/lock")
    await world.stage.say(world.budi.account, world.budi.at, "/unlock")
    await world.stage.settle()
    assert not world.locked
    async with world.store.begin() as unit:
        assert await unit.locks.at(COMMUNITY, world.group, whole=True) is None


@pytest.mark.parametrize("line", ["/lock 99999d", "/lock kapan", "/unlock", "/unlock all"])
async def test_what_cannot_be_is_refused_kindly(world: World, line: str) -> None:
    await world.ani.says(line)
    assert world.ani.told
    assert "E-" not in world.ani.told
    assert not world.locked
