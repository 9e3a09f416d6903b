"""Thanks at the same moment, on both databases: within the limits, nobody waits in a circle, and sums are kept."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from random import Random

import pytest

from bot.chat.places import Ref
from bot.context import Context
from bot.domain.points import ALL_TIME, Reason
from bot.domain.thanks import Denial, Way
from bot.features.thanks.give import forget, thank, unthank
from bot.ports import Unit
from tests.flows.crowd import COMMUNITY, people
from tests.world import TELEGRAM, World, opened


@pytest.fixture
async def world(address: str) -> AsyncIterator[World]:
    """The example community on each database."""
    async with opened(address) as made:
        yield made


async def scene(world: World, unit: Unit, person: int) -> Context:
    """The scene of a person's act in the group."""
    community = await unit.communities.get(COMMUNITY)
    who, seat = await unit.people.get(person), await unit.people.seat(COMMUNITY, person)
    return Context(unit, world.clock(), Random(1), TELEGRAM, found=community, who=who, seat=seat)


async def thanks(world: World, giver: int, receiver: int, message: str = "") -> Denial | None:
    """One unit in which somebody thanks somebody."""
    ref = Ref(TELEGRAM, message) if message else None
    async with world.store.begin() as unit:
        return await thank(await scene(world, unit, giver), receiver, Way.MARK, ref)


async def points(world: World, some: Sequence[int]) -> list[int]:
    async with world.store.read() as unit:
        sums = [await unit.ledger.sums(COMMUNITY, person, ALL_TIME) for person in some]
    return [each.get(Reason.THANKS, 0) for each in sums]


async def test_twenty_at_once_from_one_person_count_within_the_limits(world: World) -> None:
    giver, *others = await people(world, 11)
    told = await asyncio.gather(*(thanks(world, giver, other, f"{other}-{n}") for other in others for n in range(2)))
    assert sum(await points(world, others)) == 5
    assert max(await points(world, others)) == 1
    assert told.count(None) == 5
    assert {each for each in told if each} <= {Denial.PAIR, Denial.GIVER}


async def test_twenty_people_at_once_give_one_person_ten(world: World) -> None:
    receiver, *others = await people(world, 21)
    told = await asyncio.gather(*(thanks(world, other, receiver, "one message") for other in others))
    assert await points(world, [receiver]) == [10]
    assert told.count(None) == 10
    assert told.count(Denial.RECEIVER) == 10


async def test_people_who_thank_each_other_at_once_do_not_wait_for_each_other(world: World) -> None:
    crowd = await people(world, 8)
    pairs = [(giver, receiver) for giver in crowd for receiver in crowd if giver != receiver]
    told = await asyncio.wait_for(
        asyncio.gather(*(thanks(world, giver, receiver) for giver, receiver in pairs)), timeout=60
    )
    kept = await points(world, crowd)
    assert sum(kept) == told.count(None)
    assert len(crowd) <= sum(kept) <= 5 * len(crowd)
    async with world.store.read() as unit:
        entries = [await unit.ledger.entries(COMMUNITY, person, 0, 99) for person in crowd]
    assert [sum(each.amount for each in some if each.reason is Reason.THANKS) for some in entries] == kept


async def test_the_same_thanks_many_times_at_once_are_one(world: World) -> None:
    giver, receiver = await people(world, 2)
    told = await asyncio.gather(*(thanks(world, giver, receiver, "7") for _ in range(10)))
    assert sorted(told, key=str).count(None) == 1
    assert told.count(Denial.AGAIN) == 9
    assert await points(world, [receiver]) == [1]


async def test_taken_back_by_its_giver_and_with_its_message_at_once_it_goes_once(world: World) -> None:
    giver, receiver, other = await people(world, 3)
    await thanks(world, giver, receiver, "7")
    await thanks(world, other, receiver, "7")

    async def takes() -> None:
        async with world.store.begin() as unit:
            await unthank(await scene(world, unit, giver), Ref(TELEGRAM, "7"), Way.MARK)

    async def goes() -> None:
        async with world.store.begin() as unit:
            await forget(await scene(world, unit, giver), Ref(TELEGRAM, "7"))

    await asyncio.gather(*(act() for act in (takes, goes, takes, goes, goes)))
    assert await points(world, [receiver]) == [0]
    async with world.store.read() as unit:
        assert len(await unit.ledger.entries(COMMUNITY, receiver, 0, 99)) == 4
