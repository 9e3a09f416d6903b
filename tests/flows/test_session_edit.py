"""Everything about a session can be changed later: in both languages, in private, for all dates or for one."""

from datetime import date, time

import pytest

from bot.chat.places import Role
from bot.domain.agenda import Kind
from bot.domain.recurrence import Frequency
from tests.flows.asked import appoint, greet
from tests.flows.planned import ahead, change, gives, plans, running, says_yes, series
from tests.world import DISCORD, World, opened

FIRST, SECOND = date(2026, 11, 30), date(2026, 12, 7)
WEEKLY = "/sesi baru tiap Senin 08.00 Aljabar linear"


@pytest.fixture(autouse=True)
async def known(world: World) -> None:
    await greet(world)


async def test_planning_speaks_english_with_whoever_does(world: World) -> None:
    await world.ani.says("/language en")
    await world.ani.says("/session new every Monday 8am until 20 December Algebra")
    told = world.ani.told
    assert "Plan this session?" in told
    assert "Monday, 30 November 2026 at 08:00 WIB until 09:00 WIB" in told
    assert "It repeats: every Monday. Until Sunday, 20 December 2026." in told
    await world.ani.presses("Plan it")
    assert world.ani.sees("S1 is planned", "Its card comes two days before")
    await world.ani.says("/session move S1 8pm")
    assert "Mon, 30 Nov at 08:00 WIB → Monday, 30 November 2026 at 20:00 WIB" in world.ani.told
    await world.ani.says("/sessions")
    assert world.ani.sees("What comes", "1. S1 Algebra · Mon, 30 Nov at 08:00 WIB")


async def test_planning_works_in_private_too(world: World) -> None:
    before = len(world.public)
    await world.ani.private.says(WEEKLY)
    await world.ani.private.presses("Rencanakan")
    assert world.ani.private.sees("S1 direncanakan")
    await world.ani.private.says("/session skip S1")
    await world.ani.private.presses("Liburkan")
    assert not (await ahead(world))[0].on
    assert len(world.public) == before


async def test_kinds_and_habits_are_changed_by_taps(world: World) -> None:
    await plans(world, WEEKLY)
    await world.ani.says("/session edit S1")
    await world.ani.presses("Semua pertemuan")
    await world.ani.presses("Pengaturan lain")
    for label in ("Tantangan", "Libur selama Ramadan", "Pemateri bergiliran", "Pemateri bergiliran"):
        await world.ani.presses(label)
    await world.ani.presses("Kembali")
    await world.ani.presses("Simpan")
    made = await series(world)
    assert (made.kind, made.ramadan, made.rota, made.revision) == (Kind.CHALLENGE, True, False, 1)


async def test_a_series_becomes_one_date_and_a_series_again(world: World) -> None:
    await plans(world, WEEKLY)
    await world.ani.says("/session edit S1")
    await world.ani.presses("Semua pertemuan")
    await world.ani.presses("Sekali saja")
    await world.ani.presses("Simpan")
    made = await series(world)
    assert (made.rule.frequency, made.rule.first) == (Frequency.ONCE, FIRST)
    assert [one.day for one in await ahead(world)] == [FIRST]
    await world.ani.says("/session edit S1")
    await world.ani.presses("Tiap minggu")
    await world.ani.presses("Simpan")
    assert [one.day for one in await ahead(world)][:2] == [FIRST, SECOND]


async def test_which_tuesday_is_meant_is_not_guessed(world: World) -> None:
    await plans(world, "/sesi baru tiap Senin dan Kamis 08.00 Aljabar linear")
    await world.ani.says("/session edit S1")
    await world.ani.presses("Semua pertemuan")
    await world.ani.presses("Ubah waktunya")
    await gives(world, world.ani, "Selasa 10.00")
    assert "Tulis aturannya lengkap, seperti tiap Senin dan Kamis 19.00." in world.ani.told
    await world.ani.presses("Ubah waktunya")
    await gives(world, world.ani, "tiap Senin dan Selasa 10.00")
    await world.ani.presses("Simpan")
    assert (await series(world)).rule.days == (0, 1)


async def test_a_rule_is_not_taken_for_one_date(world: World) -> None:
    await plans(world, WEEKLY)
    await world.ani.says("/session edit S1.2026-12-07")
    await world.ani.presses("Ubah waktunya")
    await gives(world, world.ani, "tiap Selasa 19.00")
    assert "/session move S1 tiap Senin 19.00" in world.ani.told
    assert (await change(world, SECOND)).on is None


async def test_fewer_seats_for_one_date_leave_the_others(world: World) -> None:
    await plans(world, WEEKLY)
    await says_yes(world, world.budi, SECOND)
    await says_yes(world, world.dewi, SECOND)
    await world.ani.says("/session edit S1.2026-12-07 capacity 1")
    assert "1 tempat" in world.ani.told
    await world.ani.presses("Simpan")
    assert [one.capacity for one in await ahead(world)][:3] == [0, 1, 0]


async def test_a_title_alone_is_told_to_nobody(world: World) -> None:
    await plans(world, WEEKLY)
    await says_yes(world, world.budi, FIRST)
    before = len(world.budi.private.screen)
    await world.ani.says("/session edit S1 title Aljabar abstrak")
    await world.ani.presses("Semua pertemuan")
    await world.ani.presses("Simpan")
    await world.passes(hours=1)
    assert len(world.budi.private.screen) == before


async def test_another_place_is_told_to_those_who_come(world: World) -> None:
    await plans(world, WEEKLY)
    await says_yes(world, world.budi, FIRST)
    await world.ani.says("/session edit S1 place Ruang 9")
    await world.ani.presses("Hanya Sen, 30 Nov")
    await world.ani.presses("Simpan")
    await world.passes(hours=1)
    assert world.budi.private.sees("Aljabar linear", "Ruang 9")


async def test_a_doubt_about_the_day_is_asked(world: World) -> None:
    await world.ani.says("/sesi baru akhir pekan 10.00 Bedah buku")
    assert "Maksudnya hari yang mana?" in world.ani.told
    await world.ani.presses("Min, 29 Nov pukul 10.00 WIB")
    await world.ani.presses("Rencanakan")
    assert (await series(world)).rule.first == date(2026, 11, 29)


async def test_a_doubt_about_repeating_is_asked(world: World) -> None:
    await world.ani.says("/sesi baru Selasa dan Kamis 19.00 Fisika")
    assert "Sekali saja, atau berulang?" in world.ani.told
    repeating = next(label for label in world.ani.buttons if "tiap Selasa dan Kamis" in label)
    await world.ani.presses(repeating)
    assert "Berulang tiap Selasa dan Kamis." in world.ani.told


async def test_a_draft_of_one_date_of_what_is_cancelled_meanwhile_saves_nothing(world: World) -> None:
    await appoint(world, world.dewi, Role.ORGANISER)
    await plans(world, WEEKLY)
    await world.ani.says("/session edit S1.2026-11-30 title Lain")
    await world.dewi.says("/session cancel S1")
    await world.dewi.presses("Cancel it" if "Cancel it" in world.dewi.buttons else "Batalkan sesi")
    await world.ani.presses("Simpan")
    assert not await running(world)
    assert all(not one.on or one.title != "Lain" for one in await ahead(world))


async def test_what_is_over_cannot_be_changed(world: World) -> None:
    await plans(world, WEEKLY)
    await world.passes(days=8)
    for line in ("edit S1.2026-11-30", "skip S1.2026-11-30", "move S1.2026-11-30 20.00", "restore S1.2026-11-30"):
        await world.ani.says(f"/session {line}")
        assert "Sesi ini sudah selesai" in world.ani.told or "/sessions" in world.ani.told


async def test_a_draft_belongs_to_its_group(sqlite_address: str) -> None:
    async with opened(sqlite_address, linked=False) as world:
        await world.ani.says(WEEKLY)
        await world.budi.in_(DISCORD).says("/sesi baru besok 19.00 Fisika")
        await world.budi.in_(DISCORD).presses("Rencanakan")
        async with world.store.read() as unit:
            assert [each.title for each in await unit.sessions.running(2)] == ["Fisika"]
            assert not await unit.sessions.running(1)
        await world.ani.presses("Rencanakan")
        async with world.store.read() as unit:
            assert [(each.id, each.title) for each in await unit.sessions.running(1)] == [(1, "Aljabar linear")]


async def test_the_hour_of_a_single_date_is_its_own(world: World) -> None:
    await plans(world, WEEKLY)
    await world.ani.says("/session edit S1.2026-12-07")
    await world.ani.presses("Ubah waktunya")
    await gives(world, world.ani, "10.00-11.30")
    await world.ani.presses("Simpan")
    moved = await change(world, SECOND)
    assert (moved.on, moved.at, moved.minutes) == (SECOND, time(10), 90)
    await world.ani.says("/session move S1.2026-12-07 11.00")
    await world.ani.presses("Pindahkan")
    assert (await change(world, SECOND)).minutes == 90, "a length that was not said stays"
