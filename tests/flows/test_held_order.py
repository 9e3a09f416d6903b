"""What several moderators do at once holds the same rows in the same order, so that nobody waits in a circle."""

import asyncio
from collections.abc import AsyncIterator, Awaitable

import pytest

from bot.domain.held import State
from tests.flows.asked import COMMUNITY
from tests.flows.test_watch import states
from tests.world import World, opened

pytestmark = pytest.mark.parametrize("address", ["postgresql"], indirect=True)

CIRCLE = 20
"""Seconds after which somebody waits for ever: PostgreSQL looks for circles after one, and ends one of the units."""


@pytest.fixture
async def world(address: str) -> AsyncIterator[World]:
    """The example community, whose moderators are known."""
    async with opened(address) as made:
        for person in (made.ani, made.budi):
            await person.says("/help")
        for person in (made.ani, made.budi, made.citra):
            await person.private.says("/start")
        yield made


async def begins(doing: Awaitable[None]) -> "asyncio.Future[None]":
    """Let that begin, until it waits for what somebody else holds."""
    task = asyncio.ensure_future(doing)
    await asyncio.sleep(0.5)
    assert not task.done()
    return task


async def test_a_report_and_its_verdict(world: World) -> None:
    await world.citra.says("Judi slot")
    await world.dewi.replies("/lapor", to="Judi slot")
    async with world.store.begin() as unit:
        await unit.communities.hold(COMMUNITY)
        deciding = await begins(world.budi.private.presses("Tidak masalah"))
        assert await unit.reports.hold(COMMUNITY, 1)
    await asyncio.wait_for(deciding, CIRCLE)
    assert "Diputuskan" in world.budi.private.told


async def test_the_end_of_several_mutes_and_of_one_of_them(world: World) -> None:
    await world.budi.says("/mute @citra 3d Menghina")
    await world.budi.says("/warn @citra serious Lagi")
    async with world.store.begin() as unit:
        assert await unit.sanctions.hold(COMMUNITY, 1)
        ending = await begins(world.budi.says("/unmute @citra"))
        await unit.communities.hold(COMMUNITY)
    await asyncio.wait_for(ending, CIRCLE)
    assert "boleh menulis lagi" in world.budi.told


async def test_a_warning_that_ends_with_its_mute_and_the_end_of_that_mute(world: World) -> None:
    await world.budi.says("/warn @citra serious Lagi")
    async with world.store.begin() as unit:
        assert await unit.sanctions.hold(COMMUNITY, 2)
        ending = await begins(world.budi.says("/unwarn @citra"))
        await unit.communities.hold(COMMUNITY)
    await asyncio.wait_for(ending, CIRCLE)
    assert not world.stage.muted(world.group)


async def test_two_who_drop_all_of_somebody(world: World) -> None:
    fani = await world.newcomer("fani", name="Fani")
    for number in range(3):
        await fani.says(f"Lihat https://contoh.org/{number}")
    await world.budi.private.says("/held")
    await world.budi.private.presses("3")
    async with world.store.begin() as unit:
        assert await unit.holds.hold(COMMUNITY, 1)
        dropping = await begins(world.budi.private.presses("Buang semua"))
        assert await unit.holds.hold(COMMUNITY, 2)
    await asyncio.wait_for(dropping, CIRCLE)
    assert await states(world) == [State.DROPPED] * 3
