"""The private word about due questions: only at its hour, only while it is wished for, never in heaps."""

from tests.flows.test_recollection import asks
from tests.world import World

DUE = "ingin diingat"


async def test_a_late_start_writes_to_nobody_in_the_night(world: World) -> None:
    await asks(world)
    before = len(world.budi.private.screen)
    world.sleeps(hours=14)
    await world.wakes()
    assert len(world.budi.private.screen) == before, "it is 23.00 and the hour was 19.00"
    await world.passes(hours=20, minutes=1)
    assert DUE in world.budi.private.told, "the next evening it comes as usual"


async def test_a_word_that_waited_is_not_sent_once_it_is_no_longer_wished_for(world: World) -> None:
    await asks(world)
    stage_platform = world.app.platforms.pop("playground")
    await world.passes(hours=10, minutes=1)
    world.app.platforms["playground"] = stage_platform
    await world.budi.private.says("/pengaturan")
    await world.budi.private.presses("Pesan latihan")
    await world.budi.private.presses("Tidak usah")
    before = len(world.budi.private.screen)
    await world.passes(hours=1)
    assert len(world.budi.private.screen) == before


async def test_many_days_of_silence_are_one_line_below_the_next_answer(world: World) -> None:
    await asks(world)
    async with world.store.begin() as unit:
        await unit.people.open_private(world.budi.account, False)
    await world.passes(days=5)
    await world.budi.says("/poin")
    assert world.budi.told.count(DUE) == 1
