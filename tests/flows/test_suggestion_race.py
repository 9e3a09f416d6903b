"""Suggestions at the same moment, on both databases: the limit of a day holds however quickly somebody sends them."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.chat.errors import Refusal
from bot.domain.suggestion import MOST_A_DAY, Wish
from bot.features.suggestion.suggest import ANONYMOUS, suggest
from tests.flows.crowd import COMMUNITY, people
from tests.flows.test_thanks_race import scene
from tests.world import World, opened


@pytest.fixture
async def world(address: str) -> AsyncIterator[World]:
    """The example community on each database."""
    async with opened(address) as made:
        yield made


async def suggests(world: World, person: int, words: str) -> bool:
    """One unit in which somebody suggests something; False if it was refused."""
    try:
        async with world.store.begin() as unit:
            await suggest.handler(await scene(world, unit, person), how=ANONYMOUS, words=words)
    except Refusal:
        return False
    return True


async def test_many_at_once_from_one_person_stay_within_the_limit(world: World) -> None:
    one, other = await people(world, 2)
    made = await asyncio.gather(
        *(
            suggests(world, person, f"Lebih banyak {n} {person}")
            for n in range(MOST_A_DAY + 3)
            for person in (one, other)
        )
    )
    assert sum(made) == 2 * MOST_A_DAY
    async with world.store.read() as unit:
        for person in (one, other):
            assert len(await unit.suggestions.page(COMMUNITY, Wish(owner=person), 0, 99)) == MOST_A_DAY
