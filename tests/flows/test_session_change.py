"""Dates are left out, moved and given back; every change is seen before it counts, and undone by a tap."""

from datetime import date, time

import pytest

from bot.chat.places import Role
from bot.domain.agenda import Rest
from bot.domain.rsvp import Answer
from tests.flows.asked import appoint, greet
from tests.flows.planned import ahead, change, gives, job, plans, running, says_yes, series
from tests.world import Human, World

FIRST, SECOND = date(2026, 11, 30), date(2026, 12, 7)
"""The first two dates of a series that is planned on a Monday evening after its hour has passed."""

WEEKLY = "/sesi baru tiap Senin 08.00 Aljabar linear"


@pytest.fixture(autouse=True)
async def weekly(world: World) -> None:
    """A session on Mondays at 08.00; this week's has passed."""
    await greet(world)
    await plans(world, WEEKLY)


def heard(person: Human, words: str) -> list[str]:
    """What somebody was told in private that contains these words."""
    return [text for text in person.private.screen if words in text]


async def test_a_date_is_left_out_after_it_was_seen(world: World) -> None:
    await world.ani.says("/session skip S1 Pemateri sakit")
    assert world.ani.sees(
        "Liburkan pertemuan ini?", "Aljabar linear · Sen, 30 Nov pukul 08.00 WIB: ditiadakan: Pemateri"
    )
    assert (await change(world, FIRST)).rest is Rest.NONE, "nothing counts before it was confirmed"
    await world.ani.presses("Liburkan")
    left_out = await change(world, FIRST)
    assert (left_out.rest, left_out.reason) == (Rest.OFF, "Pemateri sakit")
    assert [one.on for one in await ahead(world)][:3] == [False, True, True]
    await world.budi.says("/jadwal")
    assert world.budi.sees("1. S1 Aljabar linear · Sen, 30 Nov pukul 08.00 WIB · ditiadakan: Pemateri sakit")


async def test_whoever_said_yes_hears_of_it_once(world: World) -> None:
    await says_yes(world, world.budi, FIRST)
    await world.ani.says("/session skip S1.2026-11-30 sakit")
    assert "1 orang diberi tahu" in world.ani.told
    await world.ani.presses("Liburkan")
    await world.passes(days=1)
    assert len(heard(world.budi, "Aljabar linear")) == 1
    assert world.budi.private.sees("Aljabar linear", "sakit")
    assert not heard(world.citra, "sakit")


async def test_a_date_that_is_left_out_is_announced_to_nobody(world: World) -> None:
    await world.ani.says("/session skip S1")
    await world.ani.presses("Liburkan")
    before = len(world.public)
    await world.passes(days=9)
    assert not any("Aljabar linear" in text for text in world.public[before:])
    await world.passes(days=5)
    assert any("Aljabar linear" in text for text in world.public[before:]), "but the next one is"


async def test_leaving_out_is_undone_by_a_tap(world: World) -> None:
    await world.ani.says("/session skip S1 sakit")
    await world.ani.presses("Liburkan")
    await world.ani.presses("Batalkan")
    assert "tetap diadakan" in world.ani.told
    assert (await ahead(world))[0].on
    await world.passes(days=5, hours=12)
    assert any("30 November" in text for text in world.public)


async def test_what_is_left_out_already_is_said_so(world: World) -> None:
    await world.ani.says("/session skip S1")
    await world.ani.presses("Liburkan")
    await world.ani.says("/session skip S1.2026-11-30")
    assert "/session restore S1.2026-11-30" in world.ani.told
    await world.ani.says("/session skip S1")
    assert "7 Des" in world.ani.told, "the next one that takes place"


async def test_a_date_is_moved_on_its_own_day(world: World) -> None:
    """An hour alone is one of the date's own day; a day alone keeps the hour."""
    await world.ani.says("/session move S1 20.00")
    assert "Sen, 30 Nov pukul 08.00 WIB → Senin, 30 November 2026 pukul 20.00 WIB" in world.ani.told
    await world.ani.presses("Pindahkan")
    moved = await change(world, FIRST)
    assert (moved.on, moved.at) == (FIRST, time(20))
    await world.ani.says("/session move S1 Selasa 1 Desember")
    assert "→ Selasa, 1 Desember 2026 pukul 20.00 WIB" in world.ani.told
    await world.ani.presses("Pindahkan")
    assert (await ahead(world))[0].moved
    await world.ani.says("/jadwal")
    assert world.ani.sees("1. S1 Aljabar linear · Sel, 1 Des pukul 20.00 WIB")


async def test_a_moved_date_keeps_its_name_and_its_people(world: World) -> None:
    await says_yes(world, world.budi, FIRST)
    await world.ani.says("/sesi pindah S1 Rabu 2/12 19.30-21")
    await world.ani.presses("Pindahkan")
    one = (await ahead(world))[0]
    assert one.name == "S1.2026-11-30"
    assert (one.ends - one.starts).total_seconds() == 90 * 60
    await world.passes(days=1)
    assert world.budi.private.sees("Aljabar linear", "Rabu, 2 Desember 2026 pukul 19.30 WIB")
    async with world.store.read() as unit:
        said = await unit.rsvps.of_date(1, 1, FIRST)
    assert [each.answer for each in said] == [Answer.YES]


async def test_an_unclear_hour_is_asked_for(world: World) -> None:
    await world.ani.says("/session move S1 7")
    assert "Pagi atau malam?" in world.ani.told
    await world.ani.presses("19.00")
    await world.ani.presses("Simpan")
    assert (await change(world, FIRST)).at == time(19)


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("kapan-kapan", "Waktunya belum terbaca"),
        ("20/6/2027 19.00", "paling jauh 60 hari"),
        ("32/13 19.00", "Tanggal itu tidak ada"),
        ("1/11/2026 08.30", "Waktu itu sudah lewat"),
    ],
)
async def test_a_date_cannot_be_moved_anywhere(world: World, words: str, problem: str) -> None:
    await world.ani.says(f"/session move S1 {words}")
    assert problem in world.ani.told
    assert (await change(world, FIRST)).on is None


async def test_all_dates_move_with_a_rule(world: World) -> None:
    await says_yes(world, world.budi, FIRST)
    await world.ani.says("/session move S1 tiap Selasa 19.00")
    assert world.ani.sees("Ubah S1?", "Berulang tiap Selasa.", "Sebelumnya: tiap Senin, 08.00 WIB.")
    await world.ani.presses("Simpan")
    assert [one.day for one in await ahead(world)][:2] == [date(2026, 11, 24), date(2026, 12, 1)]
    assert (await change(world, FIRST)).rest is Rest.GONE
    await world.passes(hours=1)
    assert world.budi.private.sees("Senin, 30 November 2026", "tidak dijadwalkan lagi", "Berikutnya: Selasa, 24")
    await world.ani.presses("Batalkan")
    assert [one.day for one in await ahead(world)][:2] == [FIRST, SECOND]
    assert (await ahead(world))[0].on


async def test_an_hour_for_all_keeps_what_is_known_of_the_past(world: World) -> None:
    await world.passes(days=8)
    await world.ani.says("/session move S1 tiap Senin 19.00")
    await world.ani.presses("Simpan")
    made = await series(world)
    assert (made.rule.first, made.rule.at) == (FIRST, time(19))


async def test_a_date_is_given_back(world: World) -> None:
    await world.ani.says("/session move S1 20.00")
    await world.ani.presses("Pindahkan")
    await world.ani.says("/session restore S1.2026-11-30")
    assert "→ Senin, 30 November 2026 pukul 08.00 WIB" in world.ani.told
    await world.ani.presses("Kembalikan")
    assert not (await ahead(world))[0].moved
    await world.ani.says("/session restore S1.2026-11-30")
    assert "sama seperti yang lain" in world.ani.told


async def test_a_date_takes_place_although_the_series_rests(world: World) -> None:
    await world.ani.says("/session pause S1 30/11 Ujian")
    await world.ani.presses("Liburkan dulu")
    assert not (await ahead(world))[0].on
    await world.ani.says("/session restore S1")
    await world.ani.presses("Kembalikan")
    assert (await ahead(world))[0].on
    assert (await change(world, FIRST)).kept


async def test_what_did_not_take_place_stays_so_when_the_series_is_taken_up_again(world: World) -> None:
    await says_yes(world, world.budi, FIRST)
    await world.ani.says("/session cancel S1")
    await world.ani.presses("Batalkan sesi")
    await world.passes(days=10)
    await world.ani.says("/session restore S1")
    await world.ani.presses("Adakan lagi")
    assert (await change(world, FIRST)).rest is Rest.GONE
    assert (await ahead(world))[0].on


async def test_a_series_is_cancelled_and_taken_up_again(world: World) -> None:
    await says_yes(world, world.budi, FIRST)
    await says_yes(world, world.dewi, SECOND)
    await world.ani.says("/session cancel S1")
    assert world.ani.sees("Batalkan S1?", "Aljabar linear, semua pertemuan mulai Sen, 30 Nov pukul 08.00 WIB")
    assert world.ani.sees("/session skip S1.2026-11-30")
    assert await running(world), "nothing counts before it was confirmed"
    await world.ani.presses("Batalkan sesi")
    assert not await running(world)
    await world.passes(days=1)
    assert heard(world.budi, "Aljabar linear")
    assert heard(world.dewi, "Aljabar linear")
    assert await job(world, "session-tick:1") is None or (await series(world)).over
    await world.ani.says("/session cancel S1")
    assert "/session restore S1" in world.ani.told
    await world.ani.says("/session restore S1")
    await world.ani.presses("Adakan lagi")
    assert [one.on for one in await ahead(world)][:2] == [True, True]


async def test_a_cancelled_series_is_announced_to_nobody(world: World) -> None:
    await world.ani.says("/session cancel S1")
    await world.ani.presses("Batalkan sesi")
    before = len(world.public)
    await world.passes(days=30)
    assert not any("Aljabar linear" in text for text in world.public[before:])
    await world.ani.says("/jadwal")
    assert "Belum ada sesi" in world.ani.told


async def test_a_single_session_is_cancelled_where_it_is_left_out(world: World) -> None:
    await plans(world, "/sesi baru 5/12 10.00 Bedah buku")
    await world.ani.says("/session skip S2")
    assert "Batalkan S2?" in world.ani.told


async def test_a_week_off_is_one_command_and_one_tap(world: World) -> None:
    await plans(world, "/sesi baru tiap Kamis 19.00 Fisika")
    await plans(world, "/sesi baru Sabtu 10.00 Bedah buku")
    await says_yes(world, world.budi, date(2026, 11, 26), 2)
    await world.ani.says("/libur Pekan ujian")
    assert world.ani.sees("Libur seminggu?", "Fisika · Kam, 26 Nov pukul 19.00 WIB", "Bedah buku · Sab, 28 Nov")
    assert "Aljabar" not in world.ani.told, "it has been this week"
    assert "1 orang diberi tahu" in world.ani.told
    await world.ani.presses("Ya, libur seminggu")
    assert [one.on for one in await ahead(world, 2)][:2] == [False, True]
    assert not (await ahead(world, 3))[0].on
    await world.passes(hours=1)
    assert len(heard(world.budi, "Pekan ujian")) == 1
    await world.ani.presses("Batalkan")
    assert (await ahead(world, 2))[0].on
    assert (await ahead(world, 3))[0].on


async def test_where_nothing_is_left_of_a_week_the_next_one_is_offered(world: World) -> None:
    await world.ani.says("/session off")
    assert "Tidak ada sesi lagi di minggu itu" in world.ani.told
    await world.ani.presses("Minggu depan saja")
    await world.ani.presses("Ya, libur seminggu")
    assert not (await ahead(world))[0].on


async def test_whom_a_command_means_is_asked(world: World) -> None:
    await world.ani.says("/session skip")
    if not world.stage.habits(world.group).forms:
        await world.ani.presses("S1 · Aljabar linear · Sen, 30 Nov pukul 08.00 WIB")
        assert "Liburkan pertemuan ini?" in world.ani.told


@pytest.mark.parametrize("line", ["skip S9", "move S9 20.00", "cancel S9", "edit S9", "restore S9", "pause S9 1/12"])
async def test_a_session_that_nobody_knows_is_refused_kindly(world: World, line: str) -> None:
    await world.ani.says(f"/session {line}")
    assert "/sessions" in world.ani.told


@pytest.mark.parametrize("line", ["skip S1", "move S1 20.00", "cancel S1", "edit S1", "restore S1", "off", "pause S1"])
async def test_only_organisers_change_sessions(world: World, line: str) -> None:
    await world.citra.says(f"/session {line}")
    assert "pengelola" in world.citra.told


async def test_of_two_organisers_the_slower_one_looks_again(world: World) -> None:
    await appoint(world, world.dewi, Role.ORGANISER)
    await world.ani.says("/session skip S1 sakit")
    await world.dewi.says("/session move S1 20.00")
    await world.dewi.presses("Move it" if "Move it" in world.dewi.buttons else "Pindahkan")
    await world.ani.presses("Liburkan")
    assert "ada yang mengubahnya" in world.ani.told
    kept = await change(world, FIRST)
    assert (kept.rest, kept.at) == (Rest.NONE, time(20))


async def test_an_undo_that_comes_too_late_takes_nothing_back(world: World) -> None:
    await world.ani.says("/session skip S1 sakit")
    await world.ani.presses("Liburkan")
    undo = next(each for each in reversed(list(world.stage.transcript)) if each.only == world.ani.account)
    await world.ani.says("/session restore S1.2026-11-30")
    await world.ani.presses("Kembalikan")
    await world.stage.press(world.ani.account, undo.id, 0, 1)
    await world.stage.settle()
    assert "ada yang mengubahnya" in world.ani.told
    assert (await change(world, FIRST)).rest is Rest.NONE


async def test_what_runs_is_not_moved_to_another_day(world: World) -> None:
    await world.passes(days=6, hours=23, minutes=30)
    await world.ani.says("/session move S1.2026-12-07 tiap Selasa 19.00")
    await world.ani.presses("Simpan")
    assert "sedang berlangsung" in world.ani.told
    assert (await series(world)).rule.days == (0,)


async def test_a_date_is_changed_by_its_own_words(world: World) -> None:
    await world.ani.says("/sesi ubah S1 place Ruang 9")
    assert world.ani.buttons == [
        "Semua pertemuan",
        "Hanya Sen, 30 Nov pukul 08.00 WIB",
        "Hanya Sen, 7 Des pukul 08.00 WIB",
        "Hanya Sen, 14 Des pukul 08.00 WIB",
    ]
    await world.ani.presses("7 Des")
    assert "Tempat: Ruang 9" in world.ani.told
    await world.ani.presses("Ubah waktunya")
    await gives(world, world.ani, "10.00")
    await world.ani.presses("Judul")
    await gives(world, world.ani, "Aljabar: tamu")
    await world.ani.presses("Simpan")
    places = [(one.where, one.title) for one in await ahead(world)][:3]
    assert places == [("", "Aljabar linear"), ("Ruang 9", "Aljabar: tamu"), ("", "Aljabar linear")]
    assert (await change(world, SECOND)).at == time(10)


async def test_all_dates_are_changed_at_once(world: World) -> None:
    await world.ani.says("/sesi ubah S1 title Aljabar abstrak")
    await world.ani.presses("Semua pertemuan")
    await world.ani.presses("Ubah waktunya")
    await gives(world, world.ani, "Kamis 16.00-17.30")
    assert world.ani.sees("Aljabar abstrak", "Berulang tiap Kamis.")
    await world.ani.presses("Simpan")
    made = await series(world)
    assert (made.title, made.rule.days, made.rule.at, made.rule.minutes) == ("Aljabar abstrak", (3,), time(16), 90)


async def test_saving_without_a_change_says_so(world: World) -> None:
    await world.ani.says("/session edit S1.2026-11-30")
    await world.ani.presses("Simpan")
    assert "Belum ada yang berubah" in world.ani.told
    assert (await series(world)).revision == 0


async def test_a_new_time_that_cannot_be_read_is_asked_again(world: World) -> None:
    await world.ani.says("/session edit S1.2026-11-30")
    await world.ani.presses("Ubah waktunya")
    await gives(world, world.ani, "kapan-kapan")
    assert "Waktunya belum terbaca" in world.ani.told
    if not world.stage.habits(world.group).forms:
        await world.ani.says("10.00")
        assert "Senin, 30 November 2026 pukul 10.00 WIB" in world.ani.told


async def test_what_saved_it_stands_not_where_undoing_does(world: World) -> None:
    await world.ani.says("/session skip S1 sakit")
    await world.ani.presses("Liburkan")
    assert world.ani.buttons == ["Jadwal", "Batalkan"]
