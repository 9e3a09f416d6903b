"""What organisers decide when warnings weigh much: once, by one of them, with a line in the record."""

import pytest

from bot.chat.places import Role
from bot.domain.moderation import Deed
from tests.flows.asked import appoint
from tests.flows.test_warn import deeds, opens
from tests.world import World

DECIDE = "Putuskan kelanjutannya"


@pytest.fixture(autouse=True)
async def grave(world: World) -> None:
    """A grave warning, about which Ani and Dewi are asked."""
    await appoint(world, world.dewi, Role.ORGANISER)
    await opens(world, "ani", "dewi", "citra")
    for person in (world.ani, world.dewi):
        await person.says("/modlog")
    await world.budi.says("/warn @citra grave Menghina")
    assert world.ani.private.sees(DECIDE)
    assert world.dewi.private.sees(DECIDE)


async def test_nothing_more_leaves_a_line_and_closes_it_for_all(world: World) -> None:
    await world.ani.private.presses("Cukup sampai di sini")
    assert "Tidak ada kelanjutan untuk Citra" in world.ani.private.told
    assert await deeds(world) == [Deed.WARN, Deed.SPARE]
    await world.dewi.private.presses("Bisukan seminggu")
    assert "Ani sudah memutuskan" in world.dewi.private.told
    assert not world.stage.muted(world.group)
    assert not world.dewi.private.sees(DECIDE), "the card is closed by its first press"
    await world.ani.says("/modlog")
    assert "tidak ada kelanjutan" in world.ani.told


async def test_a_mute_that_has_run_out_is_not_decided_a_second_time(world: World) -> None:
    await world.dewi.private.presses("Bisukan sehari")
    assert world.citra.account in world.stage.muted(world.group)
    await world.passes(days=1, minutes=1)
    assert not world.stage.muted(world.group)
    await world.ani.private.presses("Bisukan seminggu")
    assert "Dewi sudah memutuskan" in world.ani.private.told
    assert not world.stage.muted(world.group)
    assert await deeds(world) == [Deed.WARN, Deed.MUTE]


async def test_who_reads_it_only_now_is_not_asked_what_is_decided(world: World) -> None:
    await appoint(world, world.eko, Role.ORGANISER)
    await world.ani.private.presses("Cukup sampai di sini")
    await world.budi.says("/warn @citra light Lagi")
    await world.eko.private.says("/start")
    assert not any("Menghina" in text for text in world.eko.private.screen)
