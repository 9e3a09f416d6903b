"""The group's zone: any spelling, the trap of POSIX signs, and the clock that follows at once."""

import pytest

from tests.bot.nasty import bad_inputs
from tests.world import World


@pytest.mark.parametrize(
    ("typed", "zone", "clock"),
    [
        ("wita", "Asia/Makassar", "10.00 WITA"),
        ("WIT", "Asia/Jayapura", "11.00 WIT"),
        ("Asia/Jakarta", "Asia/Jakarta", "09.00 WIB"),
        ("europe/london", "Europe/London", "02.00 GMT"),
        ("Europe/Kiev", "Europe/Kiev", "04.00 EET"),
    ],
)
async def test_a_zone_is_set_and_its_clock_is_shown(world: World, typed: str, zone: str, clock: str) -> None:
    await world.ani.says(f"/zone {typed}")
    assert zone in world.ani.told
    assert clock in world.ani.told


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("America/NewYork", "America/New_York"),
        ("Asia/Jakrta", "Asia/Jakarta"),
        ("Etc/GMT+7", "WIB"),
        ("/etc/localtime", "WIB"),
    ],
)
async def test_an_unknown_zone_is_refused_with_what_was_meant(world: World, typed: str, hint: str) -> None:
    await world.ani.says(f"/zone {typed}")
    assert hint in world.ani.told
    await world.ani.says("/daily")
    assert "WIB" in world.ani.told


@pytest.mark.parametrize(("name", "typed"), bad_inputs("timezone"))
async def test_collected_bad_zones_are_answered_kindly(world: World, name: str, typed: str) -> None:
    await world.ani.says(f"/zone {typed}")
    assert world.ani.told or not typed
    assert "E-" not in world.ani.told


async def test_only_organisers_set_the_zone(world: World) -> None:
    await world.citra.says("/zone WITA")
    assert "pengelola" in world.citra.told
