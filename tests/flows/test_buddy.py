"""Buddies: asked in private, only together if both want, and only their days together are seen by both."""

import asyncio

import pytest

from bot.domain.pair import Pair, State
from tests.flows.crowd import COMMUNITY, number
from tests.flows.test_streak import each_day
from tests.world import Human, World, opened


@pytest.fixture
async def world(world: World) -> World:
    """The same world, in which everybody has spoken."""
    await greet(world)
    return world


async def greet(world: World) -> None:
    """Everybody has spoken in the group once, and in private, where they are told something."""
    for person in (world.ani, world.budi, world.citra, world.dewi):
        await person.says("/help")
        await person.says(f"Halo dari {person.account.id}")
        await person.private.says("/start")


async def asks(world: World, person: Human, other: Human) -> None:
    await person.replies("/buddy", to=f"Halo dari {other.account.id}")
    await world.passes(seconds=1)


async def pairs(world: World, person: Human) -> list[Pair]:
    async with world.store.read() as unit:
        return list(await unit.pairs.of(COMMUNITY, await number(world, person)))


async def together(world: World) -> None:
    await asks(world, world.citra, world.dewi)
    await world.dewi.private.presses("Ya, bersama")
    await world.passes(seconds=1)


async def test_without_a_buddy_it_is_said_how_to_find_one(world: World) -> None:
    await world.citra.says("/teman")
    assert "Belum ada teman kuis" in world.citra.told
    assert "/buddy" in world.citra.told


async def test_a_buddy_is_asked_in_private_and_says_yes(world: World) -> None:
    before = len(world.public)
    await asks(world, world.citra, world.dewi)
    assert "Dewi ditanya secara pribadi" in world.citra.told
    assert world.dewi.private.sees("Citra ingin menyelesaikan kuis harian bersama-sama")
    await world.dewi.private.presses("Ya, bersama")
    await world.passes(seconds=1)
    assert "Bersama Citra: 0 hari" in world.dewi.private.told
    assert "Dewi sekarang teman kuis" in world.citra.private.told
    assert len(world.public) == before


async def test_days_that_both_finish_count_and_any_other_begins_anew(world: World) -> None:
    await together(world)
    await each_day(world, "cd", "dc")
    await world.citra.says("/points")
    assert "Bersama Dewi: 2 hari, terbaik 2." in world.citra.told
    await each_day(world, "c", "cd")
    await world.dewi.says("/buddy")
    assert "Bersama Citra: 1 hari, terbaik 2." in world.dewi.told
    await world.eko.says("/points")
    assert "Bersama" not in world.eko.told


async def test_a_no_is_told_to_nobody_and_leaves_somebody_in_peace(world: World) -> None:
    await asks(world, world.citra, world.dewi)
    heard = len(world.citra.private.screen)
    await world.dewi.private.presses("Nanti saja")
    assert "tidak ada yang diberi tahu" in world.dewi.private.told
    await world.passes(minutes=1)
    assert len(world.citra.private.screen) == heard
    asked = len(world.dewi.private.screen)
    await asks(world, world.citra, world.dewi)
    assert "belum bisa jadi teman kuis" in world.citra.told
    assert len(world.dewi.private.screen) == asked
    await world.passes(days=31)
    await asks(world, world.citra, world.dewi)
    assert len(world.dewi.private.screen) > asked


async def test_taking_back_and_asking_again_calls_nobody_twice(world: World) -> None:
    await asks(world, world.citra, world.dewi)
    await world.citra.presses("Tarik kembali")
    assert "Belum ada teman kuis" in world.citra.told
    asked = len(world.dewi.private.screen)
    await asks(world, world.citra, world.dewi)
    assert len(world.dewi.private.screen) == asked
    await world.dewi.private.presses("Ya, bersama")
    assert {pair.state for pair in await pairs(world, world.dewi)} == {State.ENDED}


async def test_who_is_asked_and_asks_back_says_yes(world: World) -> None:
    await asks(world, world.citra, world.dewi)
    await asks(world, world.dewi, world.citra)
    assert "Bersama Citra: 0 hari" in world.dewi.told
    assert [pair.state for pair in await pairs(world, world.citra)] == [State.TOGETHER]


async def test_nobody_has_two_buddies(world: World) -> None:
    await together(world)
    await asks(world, world.citra, world.budi)
    assert "Sudah ada teman kuis" in world.citra.told
    await asks(world, world.budi, world.dewi)
    assert "belum bisa jadi teman kuis" in world.budi.told
    assert "Citra" not in world.budi.told


async def test_asking_somebody_else_takes_the_first_question_back(world: World) -> None:
    await asks(world, world.citra, world.dewi)
    await asks(world, world.citra, world.budi)
    await world.dewi.private.presses("Ya, bersama")
    assert "Kirim lagi" in world.dewi.private.told
    await world.budi.private.presses("Ya, bersama")
    assert "Bersama Citra" in world.budi.private.told


async def test_either_may_end_it_and_the_other_hears_of_it(world: World) -> None:
    await together(world)
    await world.dewi.says("/buddy")
    await world.dewi.presses("Tidak lagi bersama")
    await world.passes(seconds=1)
    assert "Belum ada teman kuis" in world.dewi.told
    assert "Hari bersama Dewi tidak dihitung lagi" in world.citra.private.told
    await each_day(world, "cd")
    await world.citra.says("/points")
    assert "Bersama" not in world.citra.told


@pytest.mark.parametrize("line", ["/buddy", "/teman"])
async def test_nobody_is_their_own_buddy(world: World, line: str) -> None:
    await world.citra.replies(line, to="Halo dari citra")
    assert "orang lain" in world.citra.told
    assert await pairs(world, world.citra) == []


@pytest.mark.parametrize("address", ["postgresql"], indirect=True)
async def test_who_both_finish_at_the_same_moment_have_the_day(address: str) -> None:
    async with opened(address) as world:
        await greet(world)
        await together(world)
        await world.passes(hours=22)
        for person in (world.citra, world.dewi):
            await person.presses("1A")
            await person.presses("2A")
        await asyncio.gather(world.citra.presses("3A"), world.dewi.presses("3A"))
        assert [pair.length for pair in await pairs(world, world.citra)] == [1]


async def test_two_who_accept_at_once_are_not_both_together_with_the_same(address: str) -> None:
    async with opened(address) as world:
        await greet(world)
        await asks(world, world.citra, world.dewi)
        await asks(world, world.dewi, world.budi)
        await asyncio.gather(world.dewi.private.presses("Ya, bersama"), world.budi.private.presses("Ya, bersama"))
        held = [pair for pair in await pairs(world, world.dewi) if pair.state is State.TOGETHER]
        assert len(held) == 1
