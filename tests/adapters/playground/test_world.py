"""The world of the conversation tests does what its people do."""

from collections.abc import AsyncIterator

import pytest

from bot.chat.act import Admit, Lock, Mute, Pin
from bot.chat.places import Ability, Ref
from tests.world import World, opened


@pytest.fixture
async def world(sqlite_address: str) -> AsyncIterator[World]:
    """A world with the example community."""
    async with opened(sqlite_address) as made:
        yield made


async def test_thanks_are_put_and_taken_away(world: World) -> None:
    await world.citra.says("Jawabannya 12")
    entry = [each for each in world.stage.transcript if each.author == world.citra.account][-1]
    for act, by in ((world.budi.thanks, (world.budi.account,)), (world.budi.unthanks, ())):
        await act("Jawabannya")
        found = world.stage.transcript.get(entry.id)
        assert found
        assert (found.thanks, found.likes) == (by, ())


async def test_pins_and_a_lock_are_seen(world: World) -> None:
    await world.citra.says("Ujian hari Senin")
    entry = [each for each in world.stage.transcript if each.author == world.citra.account][-1]
    assert (world.pins, world.locked) == ([], False)
    await world.stage.act(world.group, Pin(Ref(world.group, entry.id)), "p")
    await world.stage.act(world.group, Lock(), "l")
    assert (world.pins, world.locked) == (["Ujian hari Senin"], True)


async def test_people_come_and_go(world: World) -> None:
    fani = await world.newcomer("fani", name="Fani", enters=False)
    await fani.says("Halo?")
    assert not world.budi.sees("Halo?")
    await fani.knocks()
    await world.stage.act(world.group, Admit(fani.account), "a")
    await fani.says("Halo!")
    assert world.budi.sees("Halo!")
    await world.citra.leaves()
    await world.citra.says("Dari luar")
    await world.citra.enters()
    await world.citra.says("Dari dalam")
    assert (world.budi.sees("Dari luar"), world.budi.sees("Dari dalam")) == (False, True)
    gilang = await world.newcomer("gilang", name="Gilang")
    await gilang.says("Aku baru")
    assert world.budi.sees("Aku baru")
    assert world.gilang.account == gilang.account


async def test_the_bot_may_be_held_back_and_mutes_are_seen(world: World) -> None:
    await world.stage.act(world.group, Mute(world.citra.account), "m")
    assert world.stage.muted(world.group) == {world.citra.account: None}
    world.stage.may(world.group, Ability.PIN)
    assert (await world.stage.power(world.group, None)).abilities == {Ability.PIN}
