"""The card of the quiz's settings: a tap changes a rule, and the plan follows."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.jobs import Job
from bot.domain.quiz import Quiz
from tests.world import Human, World

COMMUNITY = 1


async def settings(world: World, person: Human | None = None) -> Human:
    """Open the card by the last step of the setup."""
    who = person or world.ani
    await who.says("/setup")
    for step in ("WIB", "Seimbang", "Lanjut", "Selesai", "Pengaturan kuis"):
        await who.presses(step)
    return who


async def planned(world: World) -> list[Job]:
    """The jobs that open a quiz."""
    async with world.store.read() as unit:
        days = [world.clock().toordinal() + day for day in range(3)]
        jobs = [await unit.jobs.get(COMMUNITY, f"daily-open:{day}") for day in days]
    return [job for job in jobs if job and job.state == "due"]


async def latest(world: World) -> Quiz:
    async with world.store.read() as unit:
        quiz = await unit.quizzes.latest(COMMUNITY)
    assert quiz
    return quiz


async def test_the_card_tells_every_rule_in_words(world: World) -> None:
    ani = await settings(world)
    for line in (
        "Kuis harian: aktif",
        "Buka pukul 07.00 WIB, tutup pukul 20.00 WIB",
        "3 soal sehari",
        "Benar atau salah ditampilkan langsung",
        "Bahasa: Indonesia",
        "Sapaan: akrab (kamu)",
        "Kuis berikutnya: Sel, 24 Nov pukul 07.00 WIB",
    ):
        assert line in ani.told


async def test_a_later_hour_moves_the_planned_quiz(world: World) -> None:
    ani = await settings(world)
    await ani.presses("Buka lebih lambat")
    assert "Kuis berikutnya: Sel, 24 Nov pukul 08.00 WIB" in ani.told
    (job,) = await planned(world)
    assert job.due_at == datetime(2026, 11, 24, 1, tzinfo=UTC)
    await world.passes(hours=22, minutes=59)
    assert world.public == []
    await world.passes(minutes=1)
    assert len(world.public) == 1


async def test_an_hour_that_is_still_to_come_today_brings_the_quiz_today(world: World) -> None:
    ani = await settings(world)
    for _ in range(4):
        await ani.presses("Buka lebih lambat")
    assert "Kuis berikutnya: Sen, 23 Nov pukul 11.00 WIB" in ani.told
    await world.passes(hours=2)
    assert len(world.public) == 1
    assert "Senin, 23 November 2026" in world.public[0]


async def test_no_day_has_two_quizzes_whatever_the_hour_becomes(world: World) -> None:
    await world.passes(hours=22)
    ani = await settings(world)
    for _ in range(2):
        await ani.presses("Buka lebih lambat")
    assert "Kuis berikutnya: Rab, 25 Nov pukul 09.00 WIB" in ani.told
    await world.passes(hours=23)
    assert len(world.public) == 1
    await world.passes(hours=3)
    assert len(world.public) == 2


async def test_the_close_may_be_moved_and_may_fall_on_the_next_day(world: World) -> None:
    ani = await settings(world)
    await ani.presses("Tutup lebih awal")
    assert "tutup pukul 19.00 WIB" in ani.told
    for _ in range(6):
        await ani.presses("Tutup lebih lambat")
    assert "tutup pukul 01.00 WIB keesokan harinya" in ani.told
    await world.passes(hours=22)
    assert (await latest(world)).closes_at == datetime(2026, 11, 24, 18, tzinfo=UTC)


async def test_the_close_of_an_open_quiz_stays_as_it_was_promised(world: World) -> None:
    await world.passes(hours=22)
    before = (await latest(world)).closes_at
    ani = await settings(world)
    await ani.presses("Tutup lebih awal")
    assert (await latest(world)).closes_at == before


@pytest.mark.parametrize(
    ("label", "taps", "size"), [("Tambah jumlah soal", 1, 4), ("Tambah jumlah soal", 9, 5), ("Kurangi soal", 9, 1)]
)
async def test_the_number_of_questions_stays_between_one_and_five(
    world: World, label: str, taps: int, size: int
) -> None:
    ani = await settings(world)
    for _ in range(taps):
        await ani.presses(label)
    assert f"{size} soal sehari" in ani.told
    await world.passes(hours=22)
    assert len((await latest(world)).items) == size


async def test_a_quiz_that_is_off_does_not_come_and_one_that_is_on_again_does(world: World) -> None:
    ani = await settings(world)
    await ani.presses("Matikan kuis")
    assert "Kuis harian: nonaktif" in ani.told
    assert "Kuis berikutnya" not in ani.told
    assert await planned(world) == []
    await world.passes(days=2)
    assert world.public == []
    await world.citra.says("/daily")
    assert "sedang tidak punya kuis harian" in world.citra.told
    assert "Latihan sekarang" in world.citra.buttons
    await ani.presses("Nyalakan kuis")
    await world.passes(days=1)
    assert len(world.public) == 1


async def test_the_group_s_language_changes_the_public_card_and_not_the_organiser_s_own(world: World) -> None:
    ani = await settings(world)
    await ani.presses("English")
    assert "Bahasa: English" in ani.told
    assert "Sapaan" not in ani.told, "English has no register"
    assert not any("Sapa" in label for label in ani.buttons)
    await world.passes(hours=22)
    assert "Daily quiz · Tuesday, 24 November 2026" in world.public[0]
    await ani.presses("Bahasa Indonesia")
    assert ani.sees("Bahasa: Indonesia")


async def test_the_formal_register_says_anda_in_public_and_in_private(world: World) -> None:
    ani = await settings(world)
    await ani.presses("Sapa dengan Anda")
    assert "Sapaan: formal (Anda)" in ani.told
    await world.passes(hours=22)
    assert "Anda" in world.public[0]
    assert "kamu" not in world.public[0]
    await world.citra.says("/points")
    await world.citra.presses("1A")
    await world.citra.presses("1B")
    assert "Jawaban Anda" in world.citra.told


async def test_the_zone_moves_the_planned_quiz(world: World) -> None:
    await world.ani.says("/zone WIT")
    (job,) = await planned(world)
    assert job.due_at == datetime(2026, 11, 23, 22, tzinfo=UTC)


async def test_a_member_who_reaches_the_settings_is_refused_kindly(world: World) -> None:
    ani = await settings(world)
    entry = next(e for e in reversed(tuple(world.stage.transcript)) if e.only == ani.account)
    press = entry.pages[-1].rows[0][0].press
    assert press
    public = world.stage.transcript.post(world.group, None, entry.pages, world.clock())
    await world.stage.press_data(world.citra.account, public.id, world.app.sign(press))
    await world.stage.settle()
    assert "untuk pengelola" in world.citra.told
    assert await planned(world) != []


async def test_day_after_day_the_quiz_comes_at_the_same_hour(world: World) -> None:
    await world.passes(days=10)
    assert len(world.public) == 10
    assert (await latest(world)).opens_at.timetz().hour == 0
    assert (await latest(world)).opens_at - timedelta(days=9) == datetime(2026, 11, 24, tzinfo=UTC)
