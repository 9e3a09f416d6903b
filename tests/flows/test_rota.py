"""Small duties that take turns: offered with a tap, told privately, swapped and skipped without a word of blame."""

from datetime import UTC, datetime

import pytest

from bot.chat.places import Role
from tests.flows.asked import greet
from tests.world import Human, World

MONDAY = datetime(2026, 11, 29, 23, 0, tzinfo=UTC)
"""The next Monday at 06.00 in Jakarta, when the quiet hours end."""

HELP = "Saya mau bantu seminggu"
MINE = "Giliran pekan ini:"
OFFER = "Bisa ambil yang ini?"


@pytest.fixture(autouse=True)
async def known(world: World) -> None:
    await greet(world)
    await world.eko.private.says("/start")


async def helps(*people: Human) -> None:
    for person in people:
        await person.private.says("/rota")
        await person.private.presses(HELP if HELP in person.private.buttons else "I'd like to help a week")


async def choosing(world: World) -> None:
    """The organiser looks at the list of duties."""
    await world.ani.private.says("/rota")
    await world.ani.private.presses("Pilih tugasnya")


def told(person: Human, words: str = MINE) -> list[str]:
    return [text for text in person.private.screen if words in text]


async def test_without_helpers_it_says_how_it_begins(world: World) -> None:
    before = len(world.public)
    await world.citra.says("/piket")
    assert world.citra.sees("Tugas kecil membuat grup tetap hidup", "Belum ada yang menawarkan bantuan")
    assert "Pilih tugasnya" not in world.citra.buttons
    await world.citra.presses(HELP)
    assert world.citra.sees("Pekan depan, mulai Senin, 30 November 2026", "Sambut anggota baru: Citra")
    assert "Belum ada yang menawarkan" not in world.citra.told
    assert len(world.public) == before


async def test_on_monday_morning_each_hears_privately_of_one_duty(world: World) -> None:
    await helps(world.citra, world.dewi, world.eko)
    before = len(world.public)
    await world.until(MONDAY.replace(minute=0, hour=22))
    assert not told(world.citra)
    await world.until(MONDAY)
    heard = [*told(world.citra), *told(world.dewi), *told(world.eko)]
    assert len(heard) == 2, "half of those who help"
    assert "Sambut anggota baru" in told(world.citra)[0]
    assert "/help" in told(world.citra)[0]
    assert world.citra.private.buttons == ["Siap, saya kerjakan", "Tukar", "Lewati pekan ini"]
    await world.citra.private.presses("Siap, saya kerjakan")
    assert "Terima kasih! Sambut anggota baru" in world.citra.private.told
    await world.passes(days=6)
    assert not told(world.eko)
    await world.passes(days=1)
    assert len(told(world.eko)) == 1, "the third one's turn comes"
    assert not told(world.citra), "not two weeks in a row"
    await world.passes(days=7)
    assert len(told(world.citra)) == 1
    assert not [text for text in world.public[before:] if "iliran" in text]


async def test_the_moderator_of_the_week_is_named_when_they_said_yes(world: World) -> None:
    await world.until(MONDAY)
    assert not told(world.ani)
    assert not told(world.budi), "nobody asked for it"
    await choosing(world)
    await world.ani.private.presses("Moderator pekan ini")
    await world.passes(days=7)
    people = [person for person in (world.ani, world.budi) if told(person)]
    assert len(people) == 1
    assert not told(world.citra)
    name = "Ani" if people[0].account == world.ani.account else "Budi"
    await world.citra.private.says("/rota")
    assert "Moderator pekan ini: seorang moderator" in world.citra.private.told
    await people[0].private.presses("Siap, saya kerjakan")
    await world.citra.private.says("/rota")
    assert f"Moderator pekan ini: {name}" in world.citra.private.told
    await world.passes(days=7)
    other = world.budi if name == "Ani" else world.ani
    assert len(told(other)) == 1


async def test_a_single_moderator_has_nobody_to_take_turns_with(world: World) -> None:
    await choosing(world)
    await world.ani.private.presses("Moderator pekan ini")
    async with world.store.begin() as unit:
        found = (await unit.arrivals.of(world.group, world.budi.account)).member
        assert found
        await unit.people.note_standing(found, Role.MEMBER)
    await world.until(MONDAY)
    assert not told(world.ani)


async def test_a_swap_is_offered_to_the_next_and_the_first_who_says_yes_has_it(world: World) -> None:
    await helps(world.citra, world.dewi, world.budi, world.ani)
    await world.until(MONDAY)
    drawn = [person for person in (world.ani, world.budi, world.citra, world.dewi) if told(person)]
    free = [person for person in (world.ani, world.budi, world.citra, world.dewi) if not told(person)]
    assert len(drawn) == len(free) == 2
    await drawn[0].private.presses("Tukar")
    assert "Saya tanyakan ke yang lain secara pribadi" in drawn[0].private.told
    assert [len(told(person, OFFER)) for person in free] == [1, 1]
    assert not told(drawn[1], OFFER)
    await free[1].private.presses("Saya ambil")
    assert "di tangan yang tepat" in free[1].private.told
    assert "mengambil alih giliran pekan ini" in drawn[0].private.told
    await free[0].private.presses("Saya ambil")
    assert "sudah ada yang mengurus" in free[0].private.told
    await drawn[0].private.says("/rota")
    assert "Lewati pekan ini" not in drawn[0].private.buttons
    await world.passes(days=7)
    assert len(told(drawn[0])) == 1, "whoever gave a turn away is first again"


async def test_when_nobody_can_take_it_that_is_said_kindly(world: World) -> None:
    await helps(world.citra, world.dewi)
    await world.until(MONDAY)
    assert told(world.citra)
    await world.citra.private.presses("Tukar")
    await world.dewi.private.presses("Jangan pekan ini")
    assert "Tidak apa-apa" in world.dewi.private.told
    assert "Kerjakan sebisanya, atau lewati saja" in world.citra.private.told
    await world.citra.private.presses("Tukar")
    assert "Tidak ada lagi yang bisa ditanyai" in world.citra.private.told
    await world.citra.private.says("/rota")
    assert "Sambut anggota baru: Citra" in world.citra.private.told


async def test_who_does_not_answer_is_not_waited_for_and_not_asked_twice(world: World) -> None:
    await helps(world.citra, world.dewi, world.budi, world.ani, world.eko)
    await world.until(MONDAY)
    drawn = [person for person in (world.citra, world.dewi, world.budi, world.ani) if told(person)]
    await drawn[0].private.presses("Tukar")
    everybody = (world.ani, world.budi, world.citra, world.dewi, world.eko)
    assert [len(told(person, OFFER)) for person in everybody] == [0, 0, 0, 1, 1]
    await world.passes(days=3)
    assert [len(told(person, OFFER)) for person in everybody] == [0, 0, 0, 1, 1], "the others have turns of their own"
    assert drawn[0].private.told.startswith("Saya tanyakan"), "it stays, and nobody is told off"


async def test_a_skipped_turn_goes_to_the_next_who_may_skip_it_too(world: World) -> None:
    await helps(world.citra, world.dewi)
    await world.until(MONDAY)
    await world.citra.private.presses("Lewati pekan ini")
    assert "saya tanyakan ke yang berikutnya" in world.citra.private.told
    assert len(told(world.dewi)) == 1
    await world.dewi.private.presses("Lewati pekan ini")
    assert "pekan ini libur dulu" in world.dewi.private.told
    await world.budi.private.says("/rota")
    assert "Sambut anggota baru: libur pekan ini" in world.budi.private.told
    assert not told(world.citra), "nobody is asked twice in a week"


async def test_more_people_are_asked_when_nobody_took_it_for_half_a_day(world: World) -> None:
    await choosing(world)
    for name in ("Sambut anggota baru", "Rawat pertanyaan terbuka", "Periksa tautan", "Bawa satu soal kuis"):
        await world.ani.private.presses(name)
    await helps(world.ani, world.budi, world.citra, world.dewi, world.eko)
    await world.until(MONDAY)
    assert told(world.ani)
    await world.ani.private.presses("Tukar")
    others = (world.budi, world.citra, world.dewi, world.eko)
    assert [len(told(person, OFFER)) for person in others] == [1, 1, 0, 0]
    await world.budi.private.presses("Jangan pekan ini")
    assert [len(told(person, OFFER)) for person in others] == [0, 1, 0, 0], "Citra may still think about it"
    await world.passes(hours=13)
    assert [len(told(person, OFFER)) for person in others] == [0, 1, 1, 1]
    await world.citra.private.says("/rota")
    await world.citra.private.presses("Saya ambil: Rangkum pekan ini")
    await world.ani.private.says("/rota")
    assert "Rangkum pekan ini: Citra" in world.ani.private.told


async def test_a_button_of_a_turn_that_passed_on_changes_nothing(world: World) -> None:
    await helps(world.citra, world.dewi)
    await world.until(MONDAY)
    await world.citra.private.says("/rota")
    await world.citra.private.presses("Lewati pekan ini")
    assert len(told(world.dewi)) == 1
    await world.citra.private.presses("Siap, saya kerjakan")
    assert "Giliran ini sudah berpindah" in world.citra.private.told
    await world.passes(days=7)
    await world.dewi.private.presses("Siap, saya kerjakan")
    assert "Pekan itu sudah lewat" in world.dewi.private.told


async def test_who_cannot_be_written_to_finds_it_with_the_next_answer(world: World) -> None:
    await helps(world.citra)
    async with world.store.begin() as unit:
        await unit.people.open_private(world.citra.account, can_write=False)
    await world.until(MONDAY)
    assert not told(world.citra)
    await world.citra.private.says("/rota")
    assert "Sambut anggota baru: Citra" in world.citra.private.told
    assert "Siap, saya kerjakan" in world.citra.private.buttons


async def test_who_leaves_passes_the_turn_on_and_is_drawn_no_more(world: World) -> None:
    await helps(world.citra, world.dewi)
    await world.until(MONDAY)
    assert told(world.citra)
    await world.citra.private.says("/rota")
    await world.citra.private.presses("Berhenti ikut giliran")
    assert "Boleh kembali kapan saja" in world.citra.private.told
    assert len(told(world.dewi)) == 1
    await world.passes(days=21)
    assert len(told(world.citra)) == 1


@pytest.mark.parametrize(("days", "drawn"), [(3.9, 1), (4.1, 0)])
async def test_a_late_week_is_drawn_while_it_is_of_use(world: World, days: float, drawn: int) -> None:
    await helps(world.citra)
    world.sleeps(seconds=(MONDAY - world.clock()).total_seconds() + days * 86_400)
    await world.wakes()
    await world.passes(hours=9)
    assert len(told(world.citra)) == drawn
    await world.passes(days=14)
    assert len(told(world.citra)) > drawn, "the weeks after that are as usual"


async def test_a_group_has_the_duties_that_its_organiser_chose(world: World) -> None:
    await choosing(world)
    for name in ("Sambut anggota baru", "Rawat pertanyaan terbuka", "Periksa tautan", "Bawa satu soal kuis"):
        await world.ani.private.presses(name)
    await world.ani.private.presses("Tambah tugas sendiri")
    await world.ani.private.says("Siram <b>tanaman</b> @everyone")
    assert "Hapus: Siram <b>tanaman</b> @everyone" in world.ani.private.buttons
    await world.ani.private.presses("Tambah tugas sendiri")
    await world.ani.private.says("siram <B>tanaman</B> @everyone")
    assert "sudah ada di daftar" in world.ani.private.told
    await helps(world.citra, world.dewi, world.budi)
    await world.citra.private.says("/rota")
    assert "Siram <b>tanaman</b> @everyone" in world.citra.private.told
    assert "Rangkum pekan ini" in world.citra.private.told
    assert "Sambut" not in world.citra.private.told
    await world.ani.private.says("/rota")
    await world.ani.private.presses("Pilih tugasnya")
    await world.ani.private.presses("Hapus: Siram")
    await world.citra.private.says("/rota")
    assert "Siram" not in world.citra.private.told


async def test_only_so_many_duties_fit(world: World) -> None:
    await choosing(world)
    for number in range(3):
        await world.ani.private.presses("Tambah tugas sendiri")
        await world.ani.private.says(f"Tugas nomor {number}")
    await world.ani.private.presses("Tambah tugas sendiri")
    await world.ani.private.says("Satu lagi")
    assert "Sudah ada 8 tugas" in world.ani.private.told


async def test_members_cannot_choose_the_duties(world: World) -> None:
    await world.citra.private.says("/rota")
    assert "Pilih tugasnya" not in world.citra.private.buttons
    await world.ani.says("/rota")
    await world.budi.private.says("/rota")
    assert "Pilih tugasnya" not in world.budi.private.buttons


async def test_a_new_zone_moves_the_morning(world: World) -> None:
    await helps(world.citra)
    await world.ani.private.says("/zone WIT")
    await world.until(MONDAY.replace(hour=20, minute=59))
    assert not told(world.citra)
    await world.until(MONDAY.replace(hour=21))
    assert len(told(world.citra)) == 1
