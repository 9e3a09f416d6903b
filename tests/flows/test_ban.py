"""Putting somebody out takes two moderators, or one organiser who thinks it over where there is nobody else."""

import asyncio

import pytest

from adapters.playground.cast import Actor
from bot.chat.act import Ban
from bot.chat.places import Ability, Role
from bot.features.moderation.proposal import agree
from tests.flows.asked import COMMUNITY, appoint
from tests.flows.refusal import refuses
from tests.flows.test_pin import deeds
from tests.world import Human, World

BAN = "/ban @citra Iklan judi"


@pytest.fixture(autouse=True)
async def known(world: World) -> None:
    for person in (world.ani, world.budi):
        await person.says("/help")
    for person in (world.ani, world.budi, world.citra):
        await person.private.says("/start")


def out(world: World, person: Human) -> bool:
    return person.account in world.stage.rooms[world.group].banned


async def bans(world: World) -> int:
    async with world.store.read() as unit:
        found = (await unit.arrivals.of(world.group, world.citra.account)).person
        assert found
        return len(await unit.sanctions.of(COMMUNITY, found.id, 50))


async def test_nothing_happens_before_a_second_moderator_agrees(world: World) -> None:
    before = world.public
    await world.citra.says("Daftar judi di sini")
    await world.budi.replies("/keluarkan Iklan judi", to="Daftar judi")
    assert not out(world, world.citra)
    assert world.ani.private.sees("Keluarkan Citra dari grup", "Budi mengusulkan", "Iklan judi", "Daftar judi di sini")
    assert not any("Citra" in text for text in world.citra.private.screen)
    await world.ani.private.presses("Setuju")
    assert out(world, world.citra)
    assert "Ani setuju" in world.budi.private.told
    assert world.citra.private.sees("Iklan judi", "K1")
    assert world.public == before, "nobody is shamed"
    assert await deeds(world) == ["propose", "agree", "ban"]


async def test_declined_it_is_over(world: World) -> None:
    await world.budi.says(BAN)
    await world.ani.private.presses("Tidak setuju")
    assert "Ani tidak setuju" in world.budi.private.told
    assert not out(world, world.citra)
    await world.ani.private.says("/start")
    assert await deeds(world) == ["propose", "oppose"]
    await world.budi.says(BAN)
    assert "Sudah diusulkan" in world.budi.told, "it can be proposed once more"


async def test_it_lapses_after_half_an_hour(world: World) -> None:
    await world.budi.says(BAN)
    await world.passes(minutes=29)
    assert "Tidak ada yang setuju" not in world.budi.private.told
    await world.passes(minutes=2)
    assert "Tidak ada yang setuju" in world.budi.private.told
    await world.ani.private.presses("Setuju")
    assert "kedaluwarsa" in world.ani.private.told
    assert not out(world, world.citra)


async def test_after_a_long_sleep_an_old_button_does_nothing(world: World) -> None:
    await world.budi.says(BAN)
    world.sleeps(hours=5)
    await world.ani.private.presses("Setuju")
    assert not out(world, world.citra)


async def test_nobody_agrees_to_their_own_proposal(world: World) -> None:
    await world.budi.says(BAN)
    async with world.store.read() as unit:
        (waiting,) = await unit.proposals.open(COMMUNITY)
    own = next(entry for entry in world.stage.transcript if entry.only == world.budi.account and not entry.author)
    await world.stage.press_data(world.budi.account, own.id, world.app.sign(agree(COMMUNITY, waiting.id)))
    await world.stage.settle()
    assert "harus orang lain" in world.budi.told
    await world.budi.says(BAN)
    assert "sudah diusulkan" in world.budi.told
    assert not out(world, world.citra)


async def test_a_second_moderator_who_wants_the_same_agrees_by_it(world: World) -> None:
    await world.budi.says(BAN)
    await world.ani.says("/ban @citra Judi")
    assert out(world, world.citra)
    assert await bans(world) == 1


async def test_two_who_agree_at_once_put_out_once(world: World) -> None:
    await appoint(world, world.dewi, Role.ORGANISER)
    await world.dewi.says("/help")
    await world.dewi.private.says("/start")
    await world.budi.says(BAN)
    await asyncio.gather(world.ani.private.presses("Setuju"), world.dewi.private.presses("Setuju"))
    assert out(world, world.citra)
    assert await bans(world) == 1
    told = sorted(("sudah dijalankan" in each.private.told) for each in (world.ani, world.dewi))
    assert told == [False, True], "one did it, the other hears who was quicker"


async def test_the_right_counts_at_the_moment_of_the_press(world: World) -> None:
    await appoint(world, world.dewi, Role.MODERATOR)
    await world.dewi.says("/help")
    await world.dewi.private.says("/start")
    await world.budi.says(BAN)
    await appoint(world, world.dewi, Role.MEMBER)
    await world.dewi.private.presses("Setuju")
    assert "moderator" in world.dewi.private.told
    assert not out(world, world.citra)


async def test_a_proposal_of_somebody_who_is_no_moderator_any_more_is_void(world: World) -> None:
    await appoint(world, world.dewi, Role.MODERATOR)
    await world.dewi.says("/help")
    await world.dewi.says(BAN)
    await appoint(world, world.dewi, Role.MEMBER)
    await world.ani.private.presses("Setuju")
    assert "bukan moderator lagi" in world.ani.private.told
    assert not out(world, world.citra)


async def test_a_proposer_above_whom_somebody_has_risen_decides_nothing_about_them(world: World) -> None:
    await world.budi.says(BAN)
    world.stage.cast_as(Actor("citra", "Citra", Role.MODERATOR))
    await world.ani.private.presses("Setuju")
    assert "tidak lagi di atas orang itu" in world.ani.private.told
    assert not out(world, world.citra)
    world.stage.cast_as(Actor("citra", "Citra"))
    await world.ani.private.presses("Setuju")
    assert out(world, world.citra)


async def test_where_the_bot_may_ban_nobody_it_is_not_even_proposed(world: World) -> None:
    for place in world.stage.rooms:
        world.stage.may(place, *(set(Ability) - {Ability.BAN}))
    await world.budi.says(BAN)
    assert "belum boleh mengeluarkan orang" in world.budi.told
    assert await deeds(world) == []
    assert not any("mengusulkan" in text for text in world.ani.private.screen)


async def test_two_whose_rights_do_not_cover_it_are_not_enough(world: World) -> None:
    world.stage.cast_as(Actor("dewi", "Dewi", Role.MODERATOR))
    await world.dewi.says("/help")
    await world.dewi.private.says("/start")
    await world.budi.says(BAN)
    await world.dewi.private.presses("Setuju")
    assert not out(world, world.citra)
    await world.ani.private.presses("Setuju")
    assert out(world, world.citra)


@pytest.mark.parametrize("whom", ["ani", "budi"])
async def test_neither_owners_nor_equals_nor_oneself(world: World, whom: str) -> None:
    await world.budi.says(f"/ban @{whom} Alasan")
    assert not out(world, getattr(world, whom))
    async with world.store.read() as unit:
        assert not await unit.proposals.open(COMMUNITY)
    assert not any("mengusulkan" in text for text in world.ani.private.screen)


async def test_an_organiser_without_a_second_moderator_thinks_it_over(world: World) -> None:
    async with world.store.begin() as unit:
        budi = (await unit.arrivals.of(world.group, world.budi.account)).member
        assert budi
        await unit.people.note_standing(budi, Role.MEMBER)
    await world.ani.says(BAN)
    assert world.ani.sees("Ini bisa dilakukan sendiri", "moderator kedua")
    await world.ani.presses("Lakukan sendiri")
    assert "Pikirkan dulu" in world.ani.told
    assert not out(world, world.citra)
    await world.passes(minutes=6)
    await world.ani.presses("Lakukan sendiri")
    assert out(world, world.citra)
    assert await bans(world) == 1


async def test_somebody_appointed_meanwhile_is_asked_instead(world: World) -> None:
    async with world.store.begin() as unit:
        budi = (await unit.arrivals.of(world.group, world.budi.account)).member
        assert budi
        await unit.people.note_standing(budi, Role.MEMBER)
    await world.ani.says(BAN)
    await world.passes(minutes=6)
    await world.budi.says("/help")
    await world.ani.presses("Lakukan sendiri")
    assert not out(world, world.citra)
    await world.budi.private.presses("Setuju")
    assert out(world, world.citra)


async def test_a_moderator_without_any_other_hears_how_one_is_appointed(world: World) -> None:
    async with world.store.begin() as unit:
        ani = (await unit.arrivals.of(world.group, world.ani.account)).member
        assert ani
        await unit.people.note_standing(ani, Role.MEMBER)
    await world.budi.says(BAN)
    assert "belum mengenal moderator kedua" in world.budi.told
    assert await deeds(world) == []


async def test_a_platform_that_refuses_is_reported(world: World) -> None:
    await world.budi.says(BAN)
    with refuses(world, Ban):
        await world.ani.private.presses("Setuju")
    assert not out(world, world.citra)
    assert "fail" in await deeds(world)


async def test_where_the_bot_may_not_nothing_is_agreed(world: World) -> None:
    await world.budi.says(BAN)
    for place in world.stage.rooms:
        world.stage.may(place, *(set(Ability) - {Ability.BAN}))
    await world.ani.private.presses("Setuju")
    assert await deeds(world) == ["propose"]
    assert await bans(world) == 0


async def test_one_moderator_lets_them_come_back(world: World) -> None:
    await world.budi.says(BAN)
    await world.ani.private.presses("Setuju")
    await world.ani.says("/ban @citra Lagi")
    assert "sudah dikeluarkan" in world.ani.told
    await world.ani.says("/unban @citra")
    assert not out(world, world.citra)
    assert world.citra.private.sees("K1", "dicabut")
    assert (await deeds(world))[-1] == "unban"
    await world.ani.says("/unban @citra")
    assert "tidak saya keluarkan" in world.ani.told


@pytest.mark.parametrize("line", ["/ban", "/ban @nobody x", "/unban @dewi", "/ban @citra"])
async def test_what_is_missing_is_asked_and_what_is_wrong_refused(world: World, line: str) -> None:
    await world.ani.says(line)
    assert world.ani.told
    assert "E-" not in world.ani.told
    assert await deeds(world) == []


async def test_one_who_is_banned_twice_comes_back_only_after_both_ended(world: World) -> None:
    await world.budi.says(BAN)
    await world.ani.private.presses("Setuju")
    async with world.store.begin() as unit:
        first = await unit.sanctions.get(COMMUNITY, 1)
        assert first
        await unit.sanctions.add(first)
    await world.ani.says("/warns @citra")
    await world.ani.presses("K1")
    await world.ani.presses("Ampuni")
    assert world.citra.account in world.stage.rooms[world.group].banned
    await world.ani.presses("K2")
    await world.ani.presses("Ampuni")
    assert world.citra.account not in world.stage.rooms[world.group].banned


async def test_an_appeal_against_a_ban_is_granted_only_by_whoever_may_ban(world: World) -> None:
    await appoint(world, world.dewi, Role.MODERATOR)
    await world.dewi.says("/help")
    await world.dewi.says(BAN)
    await world.ani.private.presses("Setuju")
    await world.citra.private.presses("Ajukan banding")
    await world.citra.private.says("Itu bukan saya.")
    await world.budi.private.presses("Tarik kembali")
    assert out(world, world.citra), "the platform lets Budi ban nobody, so he lets nobody come back"
    await appoint(world, world.budi, Role.MODERATOR)
    await world.budi.private.presses("Tarik kembali")
    assert not out(world, world.citra)
