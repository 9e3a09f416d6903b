"""Many say at once that they are there, and two end a session at the same moment; on both databases."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from adapters.playground.cast import Actor
from bot.domain.dated import subject
from bot.domain.points import Reason
from bot.features.session.finish import finish_it
from bot.features.session.here import here
from tests.flows.asked import greet
from tests.flows.session import COMMUNITY, DAY, START, TITLE, change, number, planned
from tests.world import Human, World, opened


@pytest.fixture
async def world(address: str) -> AsyncIterator[World]:
    """The example community with a session that runs, on each database."""
    async with opened(address) as made:
        await greet(made)
        await planned(made, host=made.budi)
        await made.until(START + timedelta(minutes=1))
        yield made


async def press(world: World, person: Human, data: str) -> None:
    """A tap on the card, not waiting for anything else."""
    shown = [entry for entry in world.stage.transcript if entry.place == person.at and not entry.deleted]
    entry = next(each for each in reversed(shown) if "Aljabar" in str(each.pages))
    await world.stage.press_data(person.account, entry.id, data)


async def test_a_hundred_taps_at_once_are_a_hundred_people(world: World) -> None:
    actors = [Actor(f"member{at}", f"Member {at}") for at in range(100)]
    for actor in actors:
        world.stage.cast_as(actor)
    people = [Human(world, actor.account, world.group) for actor in actors]
    data = world.app.sign(here(COMMUNITY, subject(1, DAY)))
    await asyncio.gather(*(press(world, person, data) for person in people for _ in range(2)))
    await world.stage.settle()
    async with world.store.read() as unit:
        found = await unit.presences.of_date(COMMUNITY, 1, DAY)
    assert len(found) == len({each.person for each in found}) == 100


async def test_two_who_end_it_at_once_end_it_once(world: World) -> None:
    await world.citra.presses("Saya di sini")
    data = world.app.sign(finish_it(COMMUNITY, subject(1, DAY)))
    both = (world.ani, world.budi)
    await asyncio.gather(*(press(world, person, data) for person in both for _ in range(3)))
    await world.stage.settle()
    async with world.store.read() as unit:
        entries = await unit.ledger.entries(COMMUNITY, await number(world, world.budi), 0, 20)
    assert [entry.amount for entry in entries if entry.reason is Reason.SESSION] == [5]
    assert (await change(world)).done_at == world.clock()
    assert sum("Apa satu hal yang dibawa pulang" in text for text in world.citra.private.screen) == 1
    assert len([text for text in world.public if text.startswith(TITLE)]) == 1
