"""What comes, for whoever asks: the next four dates with what one said to them, and a way to say it."""

from datetime import date

from bot.domain.rsvp import Answer
from tests.flows.asked import greet
from tests.flows.planned import plans, says_yes
from tests.world import DISCORD, World, opened

FIRST = date(2026, 11, 30)
WEEKLY = "/sesi baru tiap Senin 08.00 Aljabar linear"


async def test_an_empty_list_says_what_an_organiser_can_do(world: World) -> None:
    await world.ani.says("/jadwal")
    assert world.ani.sees("Belum ada sesi", "/session new Monday 7pm Algebra")
    assert "Rencanakan sesi" in world.ani.buttons


async def test_an_empty_list_says_what_a_member_can_do(world: World) -> None:
    await world.citra.says("/sessions")
    assert world.citra.sees("Belum ada sesi", "/suggest")
    assert "Rencanakan sesi" not in world.citra.buttons


async def test_the_next_four_dates_are_shown_and_the_pages_turn(world: World) -> None:
    await plans(world, WEEKLY)
    await plans(world, "/sesi baru 3/12 19.00 Fisika")
    before = len(world.public)
    await world.budi.says("/jadwal")
    for line in (
        "1. S1 Aljabar linear · Sen, 30 Nov pukul 08.00 WIB",
        "2. S2 Fisika · Kam, 3 Des pukul 19.00 WIB",
        "3. S1 Aljabar linear · Sen, 7 Des pukul 08.00 WIB",
        "4. S1 Aljabar linear · Sen, 14 Des pukul 08.00 WIB",
    ):
        assert line in world.budi.told
    assert "5. " not in world.budi.told
    await world.budi.presses("Berikutnya")
    assert "5. S1 Aljabar linear · Sen, 21 Des pukul 08.00 WIB" in world.budi.told
    await world.budi.presses("Kembali")
    assert "1. S1 Aljabar linear" in world.budi.told
    assert len(world.public) == before


async def test_where_it_meets_and_who_leads_it_stand_beside(world: World) -> None:
    await world.ani.says("/sesi baru tiap Senin 08.00 Aljabar linear")
    await world.ani.presses("Pengaturan lain")
    await world.ani.presses("Saya pematerinya")
    await world.ani.presses("Kembali")
    await world.ani.presses("Rencanakan")
    await world.ani.says("/session edit S1 place Ruang 3")
    await world.ani.presses("Semua pertemuan")
    await world.ani.presses("Simpan")
    await world.budi.says("/jadwal")
    assert "Sen, 30 Nov pukul 08.00 WIB · Ruang 3 · pemateri Ani" in world.budi.told


async def test_one_tap_says_that_one_comes_and_the_list_remembers(world: World) -> None:
    await plans(world, WEEKLY)
    await world.budi.says("/jadwal")
    await world.budi.presses("1: Saya ikut")
    async with world.store.read() as unit:
        said = await unit.rsvps.of_date(1, 1, FIRST)
    assert [each.answer for each in said] == [Answer.YES]
    await world.budi.says("/jadwal")
    assert "Sen, 30 Nov pukul 08.00 WIB · jawaban: hadir" in world.budi.told
    await world.citra.says("/jadwal")
    assert "jawaban" not in world.citra.told


async def test_a_date_that_rests_says_why_and_asks_nobody(world: World) -> None:
    await plans(world, WEEKLY)
    await world.ani.says("/session skip S1 sakit")
    await world.ani.presses("Liburkan")
    await world.budi.says("/jadwal")
    assert "1. S1 Aljabar linear · Sen, 30 Nov pukul 08.00 WIB · ditiadakan: sakit" in world.budi.told
    assert not any(label.startswith("1:") for label in world.budi.buttons)
    assert any(label.startswith("2:") for label in world.budi.buttons)


async def test_a_holiday_and_the_fast_are_named(world: World) -> None:
    await world.ani.says("/sesi baru tiap Jumat 08.00 mulai 25 Desember Ngaji")
    await world.ani.presses("Pengaturan lain")
    for label in ("Libur saat libur nasional", "Libur selama Ramadan"):
        await world.ani.presses(label)
    await world.ani.presses("Kembali")
    await world.ani.presses("Rencanakan")
    await world.budi.says("/jadwal")
    assert "Jum, 25 Des pukul 08.00 WIB · libur: " in world.budi.told
    await world.until(world.clock().replace(year=2027, month=2, day=10))
    await world.budi.says("/jadwal")
    assert "Jum, 12 Feb pukul 08.00 WIB · libur selama Ramadan" in world.budi.told


async def test_in_private_it_is_the_same_list(world: World) -> None:
    await plans(world, WEEKLY)
    await world.budi.says("/help")
    await world.budi.private.says("/jadwal")
    assert "1. S1 Aljabar linear" in world.budi.private.told


async def test_the_hello_names_the_next_session_that_one_said_yes_to(world: World) -> None:
    await greet(world)
    await plans(world, WEEKLY)
    await world.budi.private.says("/start")
    assert "Aljabar linear" not in world.budi.private.told
    await says_yes(world, world.budi, FIRST)
    await world.budi.private.says("/start")
    assert "Aljabar linear, Sen, 30 Nov pukul 08.00 WIB" in world.budi.private.told


async def test_a_group_sees_its_own_sessions_only(sqlite_address: str) -> None:
    async with opened(sqlite_address, linked=False) as world:
        await plans(world, WEEKLY)
        await world.budi.in_(DISCORD).says("/jadwal")
        assert "Belum ada sesi" in world.budi.in_(DISCORD).told
        await world.budi.in_(DISCORD).says("/session skip S1")
        assert "/sessions" in world.budi.in_(DISCORD).told


async def test_a_button_for_a_date_that_is_no_more_stores_nothing(world: World) -> None:
    await plans(world, WEEKLY)
    await world.budi.says("/jadwal")
    await world.ani.says("/session move S1 tiap Selasa 19.00")
    await world.ani.presses("Simpan")
    await world.budi.presses("1: Saya ikut")
    assert "tidak dijadwalkan lagi" in world.budi.told or "/sessions" in world.budi.told
    await world.budi.presses("2: Saya ikut")
    assert "/sessions" in world.budi.told
    async with world.store.read() as unit:
        assert not await unit.rsvps.of_date(1, 1, FIRST)
        assert not await unit.rsvps.of_date(1, 1, date(2026, 12, 7))
