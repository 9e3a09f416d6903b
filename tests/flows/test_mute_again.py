"""A mute in place of another, what is left of that one when the new one is undone, and mutes beside each other."""

from datetime import datetime, timedelta

import pytest

from bot.domain.moderation import Deed, Kind, Sanction, State
from bot.domain.union import Union
from tests.flows.asked import COMMUNITY
from tests.flows.test_warn import deeds, opens
from tests.world import World

CITRA = 3


@pytest.fixture(autouse=True)
async def known(world: World) -> None:
    await opens(world, "ani", "budi", "citra")
    await world.ani.says("/modlog")


def until(world: World) -> datetime | None:
    """Until when Citra is muted in the group; None where she is not."""
    return world.stage.muted(world.group).get(world.citra.account)


async def case(world: World, number: int) -> Sanction:
    async with world.store.read() as unit:
        found = await unit.sanctions.get(COMMUNITY, number)
    assert found
    return found


async def test_a_new_mute_in_place_of_an_old_one_leaves_a_line(world: World) -> None:
    await world.budi.says("/mute @citra 3h Banjir pesan")
    await world.budi.says("/mute @citra 1h Menghina")
    assert until(world) == world.clock() + timedelta(hours=1)
    assert (await case(world, 1)).state is State.REPLACED
    assert await deeds(world) == [Deed.MUTE, Deed.MUTE, Deed.REPLACE]
    await world.budi.says("/warns @citra")
    assert "diganti" in world.budi.told


async def test_undone_the_old_one_holds_for_the_rest_of_its_time(world: World) -> None:
    ends = world.clock() + timedelta(hours=3)
    await world.budi.says("/mute @citra 3h Banjir pesan")
    await world.passes(hours=1)
    await world.budi.says("/mute @citra 3d Menghina")
    await world.budi.presses("Batalkan")
    assert until(world) == ends
    assert (await case(world, 1)).holds(world.clock())
    assert (await case(world, 2)).state is State.UNDONE
    assert await deeds(world) == [Deed.MUTE, Deed.MUTE, Deed.REPLACE, Deed.UNDO, Deed.RESTORE]
    assert "Banjir pesan" in world.citra.private.told
    await world.passes(hours=2, minutes=1)
    assert until(world) is None


async def test_what_was_over_by_then_does_not_begin_anew(world: World) -> None:
    await world.budi.says("/mute @citra 1m Banjir pesan")
    await world.passes(seconds=50)
    await world.budi.says("/mute @citra 3d Menghina")
    await world.passes(seconds=20)
    await world.budi.presses("Batalkan")
    assert until(world) is None
    assert (await case(world, 1)).state is State.REPLACED


async def test_a_mute_whose_warning_was_taken_back_meanwhile_does_not_begin_anew(world: World) -> None:
    await world.budi.says("/warn @citra serious Menghina")
    assert until(world)
    await world.ani.says("/mute @citra 3d Lagi")
    await world.budi.says("/unwarn @citra")
    await world.ani.presses("Batalkan")
    assert until(world) is None


async def test_unmuted_neither_of_them_holds(world: World) -> None:
    for length in ("3h", "1h"):
        await world.budi.says(f"/mute @citra {length}")
    await world.budi.says("/unmute @citra")
    assert until(world) is None
    assert (await case(world, 1)).state is State.REPLACED


async def test_a_short_mute_beside_a_long_one_does_not_end_it(world: World) -> None:
    await world.budi.says("/mute @citra 3d Menghina")
    long = until(world)
    await world.budi.says("/warn @citra serious Lagi")
    async with world.store.read() as unit:
        assert len(await unit.sanctions.active(COMMUNITY, CITRA, Kind.MUTE, world.clock())) == 2
    assert until(world) == long, "the ladder's hour ends no three days"
    await world.budi.says("/unwarn @citra")
    assert until(world) == long
    await world.budi.says("/unmute @citra")
    assert until(world) is None


async def test_the_rest_of_a_short_one_is_left_where_the_long_one_ends(world: World) -> None:
    await world.budi.says("/mute @citra 3d Menghina")
    await world.budi.says("/warn @citra serious Lagi")
    await world.budi.says("/warns @citra")
    await world.budi.presses("K1")
    await world.budi.presses("Ampuni")
    assert until(world) == world.clock() + timedelta(hours=1)


async def test_a_warning_taken_back_takes_its_mute_along_and_the_person_hears_of_both(world: World) -> None:
    await world.budi.says("/warn @citra serious Menghina")
    await world.budi.presses("Batalkan")
    assert until(world) is None
    assert world.citra.private.sees("Kasus K2 dicabut")
    assert not world.citra.private.sees("K1"), "of the warning nobody heard"
    assert await deeds(world) == [Deed.WARN, Deed.MUTE, Deed.UNDO, Deed.UNDO]
    assert (await case(world, 2)).state is State.UNDONE


async def test_every_account_of_somebody_is_muted_and_freed_and_put_out(world: World) -> None:
    accounts = {world.citra.account, world.dewi.account}
    async with world.store.begin() as unit:
        citra, dewi = [await unit.people.of_account(each.account) for each in (world.citra, world.dewi)]
        assert citra
        assert dewi
        union = await unit.unions.add(Union(0, citra.id, dewi.id, world.clock()))
        await unit.unions.join(union, world.clock())
    await world.budi.says("/mute @citra 3h Banjir pesan")
    assert set(world.stage.muted(world.group)) == accounts
    await world.budi.says("/unmute @citra")
    assert not world.stage.muted(world.group)
    await world.budi.says("/ban @citra Iklan judi")
    await world.ani.private.presses("Setuju")
    assert set(world.stage.rooms[world.group].banned) == accounts
    await world.ani.says("/unban @citra")
    assert not world.stage.rooms[world.group].banned
