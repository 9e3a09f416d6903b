"""The group's week in a few lines."""

import pytest

from tests.flows.asked import SCATTERED, SKY, greet
from tests.world import World


@pytest.fixture(autouse=True)
async def known(world: World) -> None:
    await greet(world)


async def test_a_quiet_week_says_how_to_begin(world: World) -> None:
    await world.ani.private.says("/rangkuman")
    assert "Pekan yang tenang" in world.ani.private.told


async def test_it_is_seen_first_and_posted_once(world: World) -> None:
    await world.dewi.says(SKY)
    await world.citra.private.says(f"/jawab Q1 {SCATTERED}")
    await world.dewi.private.says("/terjawab Q1")
    await world.eko.private.says("/ask anon What is entropy? #physics")
    await world.budi.private.says("/bagikan https://a.example/optik Optik sehari-hari #fisika")
    before = len(world.public)
    await world.ani.private.says("/rangkuman")
    told = world.ani.private.told
    assert "1 dari 2 pertanyaan terjawab" in told
    assert "Terima kasih kepada Citra" in told
    assert "Menunggu jawaban: Q2 What is entropy?" in told
    assert "1 sumber belajar baru" in told
    assert "Eko" not in told
    assert len(told.splitlines()) <= 14
    assert len(world.public) == before
    for _ in range(2):
        await world.ani.private.presses("Kirim ke grup") if "Kirim ke grup" in world.ani.private.buttons else None
    assert len(world.public) == before + 1
    assert told.splitlines()[2] in world.public[-1]


async def test_what_is_older_than_a_week_is_not_news(world: World) -> None:
    await world.budi.private.says("/bagikan https://a.example/optik Optik sehari-hari #fisika")
    await world.passes(days=8)
    await world.ani.private.says("/rangkuman")
    assert "Pekan yang tenang" in world.ani.private.told


async def test_only_organisers_send_it(world: World) -> None:
    await world.budi.private.says("/rangkuman")
    assert "untuk pengelola" in world.budi.private.told
