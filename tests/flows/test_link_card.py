"""What stands in the chats of a group that became a part of another still means what it meant."""

from collections.abc import AsyncIterator

import pytest

from bot.chat.places import Ref
from tests.flows.test_link_place import group, join
from tests.world import DISCORD, TELEGRAM, World, opened


@pytest.fixture
async def world(sqlite_address: str) -> AsyncIterator[World]:
    """Ani organises the Telegram-like group, Budi the Discord-like one."""
    async with opened(sqlite_address, linked=False) as made:
        yield made


async def votes(world: World, number: int) -> dict[int, int]:
    """The votes of that question and of its answers."""
    async with world.store.read() as unit:
        return dict(await unit.questions.votes(await group(world, TELEGRAM), number))


async def test_a_thumb_at_an_answer_is_for_that_answer(world: World) -> None:
    await world.citra.says("/ask Apa itu gaya? #fisika")
    await world.dewi.replies("Tarikan atau dorongan", to="Apa itu gaya?")
    there = world.eko.in_(DISCORD)
    await there.says("/ask What is a cell? #biology")
    await world.dewi.in_(DISCORD).replies("The smallest unit of life", to="What is a cell?")
    await join(world)
    await there.likes("The smallest unit of life")
    assert (await votes(world, 1), await votes(world, 2)) == ({}, {1: 1})
    await there.says("/ask And an organ?")
    await there.replies("/solved", to="The smallest unit of life")
    async with world.store.read() as unit:
        answers = [await unit.questions.answers(await group(world, TELEGRAM), number) for number in (1, 2)]
    assert [[each.accepted for each in some] for some in answers] == [[False], [True]]


async def test_a_poll_of_a_live_round_is_no_hindrance(world: World) -> None:
    async with world.store.begin() as unit:
        await unit.cards.put(await group(world, DISCORD), "round-poll:302:5f", Ref(DISCORD, "", "5f"))
    await join(world)
    assert await group(world, DISCORD) == await group(world, TELEGRAM)
