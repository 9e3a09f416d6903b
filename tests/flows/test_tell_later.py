"""What is told later is told later to everybody, also to whoever is not written to."""

from bot.repository import Notice
from tests.world import TELEGRAM, World


async def notices(world: World, person: int = 3) -> list[Notice]:
    """What waits below that person's next private answer."""
    async with world.store.read() as unit:
        return list(await unit.notices.waiting(1, person))


async def test_a_warning_is_not_read_within_its_minute_by_whoever_cannot_be_written_to(world: World) -> None:
    await world.budi.says("/warn @citra Salah orang")
    await world.citra.says("/help")
    assert not any("Salah orang" in text for text in world.citra.screen)
    assert not await notices(world)
    await world.budi.presses("Batalkan")
    await world.passes(minutes=5)
    await world.citra.private.says("/help")
    assert not await notices(world)
    for place in (world.citra, world.citra.private, world.citra.in_(TELEGRAM)):
        assert not any("Salah orang" in text or "ada pesan pribadi" in text for text in place.screen)


async def test_after_the_minute_it_waits_below_the_next_private_answer_and_calls_once(world: World) -> None:
    await world.budi.says("/warn @citra Menghina Dewi")
    await world.passes(seconds=59)
    assert not world.citra.in_(TELEGRAM).sees("ada pesan pribadi")
    await world.passes(seconds=1)
    assert len(await notices(world)) == 1
    assert world.citra.in_(TELEGRAM).sees("Citra, ada pesan pribadi")
    await world.citra.private.says("/help")
    assert any("Menghina Dewi" in text for text in world.citra.private.screen)
    assert not await notices(world)


async def test_whoever_can_be_written_to_by_then_is_written_to(world: World) -> None:
    await world.budi.says("/warn @citra Menghina Dewi")
    await world.citra.private.says("/start")
    assert not world.citra.private.sees("Menghina Dewi")
    await world.passes(minutes=1)
    assert world.citra.private.sees("Peringatan dari moderator", "Menghina Dewi")
    assert not await notices(world)
    assert not world.citra.in_(TELEGRAM).sees("ada pesan pribadi")


async def test_in_a_group_of_minors_it_waits_as_long_and_nobody_is_called(world: World) -> None:
    await world.citra.private.says("/start")
    await world.ani.says("/minors on")
    await world.budi.says("/warn @citra Menghina Dewi")
    assert not await notices(world)
    await world.passes(minutes=1)
    assert len(await notices(world)) == 1
    assert not world.citra.private.sees("Menghina Dewi")
    assert not world.citra.in_(TELEGRAM).sees("ada pesan pribadi")
    await world.citra.private.says("/help")
    assert world.citra.private.sees("Menghina Dewi")


async def test_told_before_it_is_due_again_it_is_told_once(world: World) -> None:
    for _ in range(2):
        await world.budi.says("/warn @citra Ribut")
        await world.budi.presses("Batalkan")
    await world.budi.says("/warn @citra Ribut lagi")
    await world.passes(minutes=1)
    assert len(await notices(world)) == 1
    await world.passes(hours=1)
    assert len(await notices(world)) == 1
