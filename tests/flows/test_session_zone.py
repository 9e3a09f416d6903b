"""BI-time-011: the group's clock changes, its sessions keep their hour on the new one, and nothing is told twice."""

from datetime import UTC, date, datetime

import pytest

from tests.flows.asked import greet
from tests.flows.planned import ahead, plans, says_yes, series
from tests.world import World

MONDAY = date(2026, 11, 30)


@pytest.fixture(autouse=True)
async def known(world: World) -> None:
    await greet(world)


async def test_future_sessions_move_on_the_clock_of_the_new_zone(world: World) -> None:
    await plans(world, "/sesi baru tiap Senin 08.00 Aljabar linear")
    assert (await ahead(world))[0].starts == datetime(2026, 11, 30, 1, 0, tzinfo=UTC)
    await world.ani.says("/zone WITA")
    kept = await series(world)
    assert (kept.rule.zone, kept.revision) == ("Asia/Makassar", 1)
    assert (await ahead(world))[0].starts == datetime(2026, 11, 30, 0, 0, tzinfo=UTC)
    await world.ani.says("/jadwal")
    assert "Sen, 30 Nov pukul 08.00 WITA" in world.ani.told


async def test_a_session_with_a_zone_of_its_own_stays(world: World) -> None:
    await plans(world, "/sesi baru tiap Senin 08.00 WIB Lokal")
    await plans(world, "/sesi baru tiap Senin 08.00 Europe/London Tamu")
    await world.ani.says("/zone WITA")
    zoned = await series(world, 2)
    assert (zoned.rule.zone, zoned.revision) == ("Europe/London", 0)


async def test_whoever_said_yes_hears_of_the_new_time_and_reminders_are_not_repeated(world: World) -> None:
    await plans(world, "/sesi baru tiap Senin 19.00 mulai 30 November Aljabar linear")
    await says_yes(world, world.budi, MONDAY)
    await world.until(datetime(2026, 11, 29, 13, 0, tzinfo=UTC))
    reminded = [text for text in world.budi.private.screen if "Aljabar linear" in text]
    assert len(reminded) == 1, "a day before"
    await world.ani.says("/zone WITA")
    await world.until(datetime(2026, 11, 30, 10, 30, tzinfo=UTC))
    told = [text for text in world.budi.private.screen if "Aljabar linear" in text]
    assert len(told) == 2, "and that it begins an hour earlier, but no second reminder"


async def test_the_card_says_the_new_time(world: World) -> None:
    await plans(world, "/sesi baru besok 19.00 Aljabar linear")
    assert any("24 November 2026 pukul 19.00 WIB" in text for text in world.public)
    await world.ani.says("/zone WITA")
    cards = [text for text in world.public if "Aljabar linear" in text]
    assert len(cards) == 1
    assert "Selasa, 24 November 2026 pukul 19.00 WITA" in cards[0]


async def test_another_setting_changes_no_session(world: World) -> None:
    await plans(world, "/sesi baru tiap Senin 08.00 Aljabar linear")
    await world.ani.says("/setup")
    await world.ani.presses("WIB")
    assert (await series(world)).revision == 0
