"""The daily quiz rests in holidays and exam weeks, and says why."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.community import Pause
from bot.domain.rest import MOST_PAUSES
from tests.world import World


async def quizzes(world: World) -> int:
    """How many quizzes the group has had."""
    async with world.store.read() as unit:
        latest = await unit.quizzes.latest(1)
    return latest.id if latest else 0


async def test_no_quiz_comes_in_an_exam_week_and_the_next_one_after_it(world: World) -> None:
    await world.ani.says("/jedakuis tambah 24/11 26/11 Pekan ujian")
    assert "Pekan ujian" in world.ani.told
    await world.passes(days=3)
    assert await quizzes(world) == 0
    await world.budi.says("/harian")
    assert "Kuis sedang libur (Pekan ujian)" in world.budi.told
    assert "27 Nov" in world.budi.told
    await world.passes(days=1)
    assert await quizzes(world) == 1


async def test_a_pause_does_not_end_a_streak(world: World) -> None:
    await world.passes(hours=22, minutes=1)
    await _finish(world)
    await world.ani.says("/quizpause add 25/11 27/11")
    await world.passes(days=4)
    await _finish(world)
    await world.budi.says("/poin")
    assert "Runtunan: 2 hari" in world.budi.told


async def _finish(world: World) -> None:
    for number in (1, 2, 3):
        await world.budi.presses(f"{number}A")


async def test_pauses_are_listed_and_taken_away_again(world: World) -> None:
    await world.ani.says("/quizpause add 24/11")
    await world.ani.says("/quizpause add 1/12 5/12 Libur")
    await world.ani.presses("Hapus 1")
    assert "Selasa, 24 November" not in world.ani.told
    assert "1 Desember" in world.ani.told
    await world.passes(days=1)
    assert await quizzes(world) == 1


async def test_public_holidays_are_a_choice(world: World) -> None:
    await world.ani.says("/quizpause list")
    await world.ani.presses("Libur saat libur nasional")
    await world.passes(days=31)
    before = await quizzes(world)
    await world.passes(days=1, hours=6)
    assert await quizzes(world) == before, "Christmas"
    await world.budi.says("/harian")
    assert "Natal" in world.budi.told


async def test_a_week_off_is_one_tap(world: World) -> None:
    await world.ani.says("/quizpause list")
    await world.ani.presses("Libur seminggu mulai besok")
    await world.passes(days=7)
    assert await quizzes(world) == 0
    await world.passes(days=1)
    assert await quizzes(world) == 1


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("/quizpause add 12/12 1/12/2026", "selesai sebelum dimulai"),
        ("/quizpause add 1/12 1/12/2027", "paling lama 120 hari"),
        ("/quizpause add kapan-kapan", "Tanggalnya belum terbaca"),
    ],
)
async def test_what_cannot_be_meant_is_refused_with_an_example(world: World, line: str, words: str) -> None:
    await world.ani.says(line)
    assert words in world.ani.told


async def test_members_cannot_set_a_pause(world: World) -> None:
    await world.budi.says("/quizpause add 24/11")
    assert "pengelola" in world.budi.told
    await world.passes(days=1)
    assert await quizzes(world) == 1


async def test_pauses_that_are_over_are_not_in_the_way_of_new_ones(world: World) -> None:
    past = tuple(Pause(date(2026, 10, day), date(2026, 10, day)) for day in range(1, MOST_PAUSES + 1))
    async with world.store.begin() as unit:
        community = await unit.communities.hold(1)
        await unit.communities.save(replace(community, quizzes=replace(community.quizzes, pauses=past)))
    await world.ani.says("/quizpause add 24/12")
    assert "24 Desember" in world.ani.told


async def test_no_pause_is_lost_where_there_are_as_many_as_there_may_be(world: World) -> None:
    full = tuple(Pause(date(2027, 1, day), date(2027, 1, day)) for day in range(1, MOST_PAUSES + 1))
    await world.ani.says("/quizpause list")
    async with world.store.begin() as unit:
        community = await unit.communities.hold(1)
        await unit.communities.save(replace(community, quizzes=replace(community.quizzes, pauses=full)))
    await world.ani.presses("Libur seminggu mulai besok")
    assert "/quizpause list" in world.ani.told
    async with world.store.read() as unit:
        kept = await unit.communities.get(1)
    assert kept
    assert kept.quizzes.pauses == full


async def test_a_reason_may_follow_a_single_day(world: World) -> None:
    await world.ani.says("/quizpause add 24/12 Libur Natal")
    assert "Kamis, 24 Desember 2026" in world.ani.told
    assert "Libur Natal" in world.ani.told
