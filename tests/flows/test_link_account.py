"""Two accounts that became one are parted after their group became a part of another one: what stays is said."""

from collections.abc import AsyncIterator

import pytest

from tests.flows.test_link_place import join
from tests.world import DISCORD, World, opened


@pytest.fixture
async def world(sqlite_address: str) -> AsyncIterator[World]:
    """Ani organises the Telegram-like group, Budi the Discord-like one."""
    async with opened(sqlite_address, linked=False) as made:
        yield made


async def unite(world: World) -> None:
    """Citra's account becomes Dewi's."""
    await world.dewi.private.says("/linkaccount")
    key = world.dewi.private.told.split("/linkaccount ")[1][:9]
    await world.citra.private.says(f"/linkaccount {key}")
    await world.citra.private.presses("Ya, keduanya milik saya")
    await world.dewi.private.presses("Sudah saya pakai")
    await world.dewi.private.presses("Ya, keduanya milik saya")
    await world.dewi.private.presses("Gabungkan")
    assert "menjadi satu" in world.dewi.private.told


async def test_where_groups_became_one_since_all_stays_with_who_kept_it(world: World) -> None:
    await unite(world)
    await world.passes(hours=1)
    await join(world)
    await world.dewi.private.says("/linkaccount")
    await world.dewi.private.presses("Batalkan")
    assert "terpisah lagi" in world.dewi.private.told
    assert f"Di {await titled(world)} semuanya tetap pada Dewi" in world.dewi.private.told


async def test_where_nothing_of_the_kind_happened_nothing_is_said(world: World) -> None:
    await unite(world)
    await world.dewi.private.presses("Batalkan")
    assert "terpisah lagi" in world.dewi.private.told
    assert "semuanya tetap pada" not in world.dewi.private.told


async def titled(world: World) -> str:
    """The name of the group that the Discord-like one is a part of."""
    async with world.store.read() as unit:
        found = (await unit.arrivals.of(DISCORD, None)).community
    assert found
    return found.name
