"""A session rests for some weeks, says which dates fall out, and goes on when that is over."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.agenda import Rest
from bot.domain.community import Pause
from bot.domain.rest import MOST_PAUSES
from tests.flows.asked import greet
from tests.flows.planned import ahead, plans, says_yes, series
from tests.world import World

EXAMS = Pause(date(2026, 12, 1), date(2026, 12, 12), "Pekan ujian")


@pytest.fixture(autouse=True)
async def weekly(world: World) -> None:
    """A session on Mondays at 08.00, and one on Thursdays."""
    await greet(world)
    await plans(world, "/sesi baru tiap Senin 08.00 Aljabar linear")
    await plans(world, "/sesi baru tiap Kamis 19.00 Fisika")


async def test_the_dates_that_fall_out_are_named_before(world: World) -> None:
    await world.ani.says("/session pause S1 1/12 12/12 Pekan ujian")
    told = world.ani.told
    assert "Selasa, 1 Desember 2026 sampai Sabtu, 12 Desember 2026 · Pekan ujian" in told
    assert "Aljabar linear · Sen, 7 Des pukul 08.00 WIB" in told
    assert "14 Des" not in told
    assert not (await series(world)).pauses, "nothing counts before it was confirmed"
    await world.ani.presses("Liburkan dulu")
    assert (await series(world)).pauses == (EXAMS,)
    assert [one.rest for one in await ahead(world)][:3] == [Rest.NONE, Rest.PAUSE, Rest.NONE]
    await world.budi.says("/jadwal")
    assert "Sen, 7 Des pukul 08.00 WIB · libur: Pekan ujian" in world.budi.told
    assert all(one.on for one in (await ahead(world, 2))[:1])


async def test_whoever_said_yes_to_such_a_date_hears_of_it(world: World) -> None:
    await says_yes(world, world.budi, date(2026, 12, 7))
    await world.ani.says("/session pause S1 1/12 12/12 Pekan ujian")
    await world.ani.presses("Liburkan dulu")
    await world.passes(days=1)
    assert world.budi.private.sees("Aljabar linear", "Senin, 7 Desember 2026", "Pekan ujian")


async def test_no_date_of_a_pause_is_announced_and_the_first_after_it_is(world: World) -> None:
    await world.ani.says("/session pause S1 29/11 12/12")
    await world.ani.presses("Liburkan dulu")
    before = len(world.public)
    await world.passes(days=17)
    assert not any("Aljabar linear" in text for text in world.public[before:])
    await world.passes(days=4)
    assert any("14 Desember 2026" in text and "Aljabar linear" in text for text in world.public[before:])


async def test_all_sessions_rest_at_once(world: World) -> None:
    await world.ani.says("/sesi jeda semua 24/12 2/1 Libur akhir tahun")
    assert world.ani.sees("Aljabar linear · Sen, 28 Des", "Fisika · Kam, 24 Des", "Fisika · Kam, 31 Des")
    await world.ani.presses("Liburkan dulu")
    assert "Libur akhir tahun" in (await series(world, 1)).pauses[0].reason
    assert "Libur akhir tahun" in (await series(world, 2)).pauses[0].reason
    await world.ani.presses("Batalkan")
    assert not (await series(world, 1)).pauses
    assert not (await series(world, 2)).pauses


async def test_a_pause_is_ended_from_the_list(world: World) -> None:
    await world.ani.says("/session pause S1 1/12 12/12 Pekan ujian")
    await world.ani.presses("Liburkan dulu")
    await world.ani.says("/session pause S1")
    assert "1. S1 · Selasa, 1 Desember 2026 sampai Sabtu, 12 Desember 2026 · Pekan ujian" in world.ani.told
    await world.ani.presses("Akhiri 1")
    await world.ani.presses("Akhiri jeda")
    assert not (await series(world)).pauses
    assert (await ahead(world))[1].on


async def test_of_a_pause_that_has_begun_the_days_before_stay(world: World) -> None:
    await world.ani.says("/session pause S1 24/11 12/12 Pekan ujian")
    await world.ani.presses("Liburkan dulu")
    await world.passes(days=8)
    await world.ani.says("/session pause all")
    await world.ani.presses("Akhiri 1")
    await world.ani.presses("Akhiri jeda")
    assert (await series(world)).pauses == (Pause(date(2026, 11, 24), date(2026, 11, 30), "Pekan ujian"),)
    assert (await ahead(world))[0].on


async def test_where_there_is_no_pause_it_says_how_one_is_made(world: World) -> None:
    await world.ani.says("/session pause S1")
    assert world.ani.sees("Tidak ada jeda yang direncanakan", "/session pause S7 1/12 12/12")


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("S1 12/12 1/12/2026", "selesai sebelum dimulai"),
        ("S1 1/12 1/12/2027", "paling lama 120 hari"),
        ("S1 kapan-kapan", "Tanggalnya belum terbaca"),
        ("S9 1/12", "/sessions"),
    ],
)
async def test_what_cannot_be_meant_is_refused_with_an_example(world: World, words: str, problem: str) -> None:
    await world.ani.says(f"/session pause {words}")
    assert problem in world.ani.told
    assert not (await series(world)).pauses


async def test_a_pause_without_a_date_in_it_says_so(world: World) -> None:
    await world.ani.says("/session pause S1 1/12 5/12")
    assert "Tidak ada pertemuan di hari-hari itu" in world.ani.told


async def test_there_are_as_many_pauses_as_there_may_be(world: World) -> None:
    full = tuple(Pause(date(2027, 1, day), date(2027, 1, day)) for day in range(1, MOST_PAUSES + 1))
    async with world.store.begin() as unit:
        held = await unit.sessions.hold(1, 1)
        assert held
        await unit.sessions.save(replace(held, pauses=full))
    await world.ani.says("/session pause S1 1/12 12/12")
    assert f"{MOST_PAUSES}" in world.ani.told
    assert (await series(world)).pauses == full
