"""How the group takes part, as its organisers see it: numbers without names."""

from datetime import timedelta

import pytest

from bot.domain.answer import is_right
from tests.flows.asked import SCATTERED, SKY, greet
from tests.flows.crowd import asked, bank, number, people
from tests.world import World


@pytest.fixture(autouse=True)
async def known(world: World) -> None:
    await greet(world)


async def test_an_empty_group_learns_how_to_begin(world: World) -> None:
    await world.ani.private.says("/statistik")
    assert "Belum ada yang ikut pada hari-hari ini" in world.ani.private.told
    assert "/ask" in world.ani.private.told
    assert "Kira-kira" in world.ani.private.told
    assert "%" not in world.ani.private.told


async def test_a_small_group_gets_numbers_but_no_shares_and_nobody_is_named(world: World) -> None:
    await world.dewi.says(SKY)
    await world.passes(hours=2)
    await world.citra.private.says(f"/jawab Q1 {SCATTERED}")
    await world.passes(hours=1)
    await world.ani.private.says("/stats")
    told = world.ani.private.told
    assert "2 orang ikut sesuatu; 0 pada 7 hari sebelumnya" in told
    assert "kurang dari 5 orang" in told
    assert "pertama kali" not in told
    assert "Kuis 0" not in told
    assert "1 dari 1 pertanyaan mendapat jawaban." in told
    assert "dalam 2 jam" in told
    assert "%" not in told
    assert not [name for name in ("Ani", "Budi", "Citra", "Dewi") if name in told]


async def test_an_anonymous_question_counts_like_any_other(world: World) -> None:
    await world.citra.private.says("/tanya anon Apa itu entropi?")
    await world.ani.private.says("/stats")
    assert "1 orang ikut sesuatu" in world.ani.private.told
    assert "0 dari 1 pertanyaan mendapat jawaban" in world.ani.private.told
    assert "pertanyaan 1" not in world.ani.private.told


async def test_from_five_people_on_shares_are_shown_with_what_was_before(world: World) -> None:
    crowd = await people(world, 6)
    items = await bank(world, 1, 2)
    await asked(world, items, dict.fromkeys(crowd, ("0", "0")), ago=9)
    await asked(world, items, dict.fromkeys(crowd[:5], ("0", "-")), ago=2)
    await world.dewi.says(SKY)
    await world.ani.private.says("/stats")
    told = world.ani.private.told
    assert "6 orang ikut sesuatu; 6 pada 7 hari sebelumnya" in told
    assert "Kuis 5 · pertanyaan 1 · jawaban 0 · sumber belajar 0 · suara 0" in told
    assert "1 orang baru pertama kali ikut; sebelumnya 6" in told, "the asker alone"
    assert "0 dari 1 pertanyaan mendapat jawaban. Itu 0%." in told
    assert "5 · Sabtu" in told
    assert "6 ·" not in told


async def test_thirty_days_are_drawn_by_weeks(world: World) -> None:
    crowd = await people(world, 6)
    items = await bank(world, 1)
    for ago, count in ((2, 2), (3, 4), (9, 6), (31, 5)):
        await asked(world, items, dict.fromkeys(crowd[:count], ("0",)), ago=ago)
    await world.ani.private.says("/stats 30")
    told = world.ani.private.told
    assert "30 hari terakhir" in told.splitlines()[0]
    assert "3 · Pekan Senin, 16 November 2026" in told
    assert "6 · Pekan Senin, 9 November 2026" in told
    assert "5 · Pekan" not in told
    await world.ani.private.presses("7 hari terakhir")
    assert "Pekan Senin" not in world.ani.private.told
    assert "4 · Jumat" in world.ani.private.told


async def test_who_is_quiet_is_only_guessed(world: World) -> None:
    await people(world, 10)
    await world.dewi.says(SKY)
    await world.ani.private.says("/stats")
    async with world.store.read() as unit:
        members = await unit.participations.members(1)
    assert f"Kira-kira {members - 1} anggota menyimak" in world.ani.private.told
    assert "tidak saya kenal" in world.ani.private.told


async def test_practice_is_nobodys_business(world: World) -> None:
    (item,) = await bank(world, 1)
    await world.citra.private.says("/kuis")
    await world.citra.private.presses("A")
    assert await number(world, world.citra)
    assert not is_right(item, "9")
    await world.ani.private.says("/stats")
    assert "Belum ada yang ikut" in world.ani.private.told


async def test_only_organisers_see_it_and_nobody_else_hears_of_it(world: World) -> None:
    await world.budi.private.says("/stats")
    assert "untuk pengelola" in world.budi.private.told
    before = len(world.public)
    await world.ani.says("/stats")
    assert len(world.public) == before
    assert not world.citra.sees("Keikutsertaan grup")
    await world.passes(seconds=timedelta(minutes=2).total_seconds())
    assert len(world.public) == before
