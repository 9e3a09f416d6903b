"""A word beside the names of those who helped most last month: only if organisers switch it on."""

import pytest

from bot.chat.places import Ability
from tests.flows.asked import greet
from tests.world import DISCORD, TELEGRAM, Human, World


def tags(world: World) -> dict[str, str]:
    """What stands beside whose name in the groups."""
    return {
        account.id: words for place in (TELEGRAM, DISCORD) for account, words in world.stage.rooms[place].tags.items()
    }


async def helps(world: World, helper: Human, *others: Human) -> None:
    """Somebody helps, and these thank them."""
    words = f"Begini, kata {helper.account.id}"
    await helper.says(words)
    for other in others:
        await other.thanks(words)


@pytest.fixture
async def helped(world: World) -> World:
    """The first of December at noon, after Dewi, Citra, Budi and Ani were thanked in November."""
    await greet(world)
    await helps(world, world.dewi, world.ani, world.budi, world.citra)
    await world.passes(hours=2)
    await helps(world, world.citra, world.ani, world.budi)
    await world.passes(hours=2)
    await helps(world, world.budi, world.dewi)
    await world.passes(hours=2)
    await helps(world, world.ani, world.dewi, world.eko)
    await world.passes(days=8)
    return world


async def test_it_is_off_until_an_organiser_switches_it_on(helped: World) -> None:
    assert tags(helped) == {}
    await helped.citra.says("/recognition")
    assert "pengelola" in helped.citra.told
    await helped.ani.says("/pengakuan")
    assert "Sekarang mati." in helped.ani.told
    await helped.ani.presses("Berlakukan")
    assert set(tags(helped)) == {"dewi", "citra", "ani"}
    assert set(tags(helped).values()) == {"Penolong"}
    await helped.ani.presses("Matikan")
    assert tags(helped) == {}


async def test_it_passes_on_with_the_month(helped: World) -> None:
    await helped.ani.says("/recognition")
    await helped.ani.presses("Berlakukan")
    await helps(helped, helped.budi, helped.dewi)
    assert "budi" not in tags(helped)
    await helped.passes(days=31)
    assert set(tags(helped)) == {"budi"}
    await helped.passes(days=31)
    assert tags(helped) == {}


async def test_whoever_does_not_wish_to_be_shown_is_left_out_at_once(helped: World) -> None:
    await helped.citra.says("/settings")
    await helped.citra.presses("Sembunyikan saya")
    await helped.ani.says("/recognition")
    await helped.ani.presses("Berlakukan")
    assert set(tags(helped)) == {"dewi", "ani", "budi"}
    await helped.dewi.says("/leaderboard last")
    await helped.dewi.presses("Sembunyikan saya")
    assert set(tags(helped)) == {"ani", "budi"}


async def test_organisers_hear_once_that_it_is_not_allowed(helped: World) -> None:
    for place in (TELEGRAM, DISCORD):
        helped.stage.may(place, *(set(helped.stage.abilities(place)) - {Ability.TAG}))
    await helped.ani.says("/recognition")
    await helped.ani.presses("Berlakukan")
    await helped.passes(seconds=5)
    assert tags(helped) == {}
    assert sum("Saya tidak diizinkan menandai" in text for text in helped.ani.private.screen) == 1
    assert not any("tidak diizinkan" in text for text in helped.public)


async def test_in_a_group_of_minors_nobody_wears_it(helped: World) -> None:
    await helped.ani.says("/recognition")
    await helped.ani.presses("Berlakukan")
    assert tags(helped)
    await helped.ani.says("/minors on")
    assert tags(helped) == {}
