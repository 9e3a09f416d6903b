"""Looking through what was shared, judging it, reporting it, deciding what waits."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat.places import Role
from bot.domain.library import Mark, Resource, State
from bot.domain.points import Reason
from bot.domain.search import parse
from tests.world import Human, World

COMMUNITY = 1
CELL = "https://id.wikipedia.org/wiki/Sel"


@pytest.fixture(autouse=True)
async def known(world: World) -> None:
    """Everybody has spoken in the group once, and in private where they are to be told something."""
    for person in (world.ani, world.budi, world.citra, world.dewi):
        await person.says("/help")
        await person.private.says("/start")
    async with world.store.begin() as unit:
        found = (await unit.arrivals.of(world.group, world.budi.account)).member
        assert found
        await unit.people.save_member(replace(found, role=Role.MODERATOR))


@pytest.fixture
def citra(world: World) -> Human:
    return world.citra.private


@pytest.fixture
def budi(world: World) -> Human:
    return world.budi.private


async def stored(world: World, number: int = 1) -> Resource:
    async with world.store.read() as unit:
        found = await unit.library.get(COMMUNITY, number)
    assert found
    return found


async def fill(world: World, count: int) -> None:
    for number in range(1, count + 1):
        topic = "sel" if number % 2 else "gaya"
        await world.dewi.private.says(f"/share https://a.example/{number} Bacaan {number} #{topic}")


async def joins(world: World, person: Human, hours: float) -> None:
    """That person joined so long ago, in a group that is older than a day."""
    async with world.store.begin() as unit:
        found = (await unit.arrivals.of(world.group, person.account)).member
        assert found
        await unit.people.save_member(replace(found, since=world.clock() - timedelta(hours=hours)))


async def test_pages_are_turned_in_place(world: World, citra: Human) -> None:
    await fill(world, 7)
    await citra.says("/sumber")
    assert "Sumber belajar · 1 sampai 5" in citra.told
    assert "R7 Bacaan 7 · Belum diverifikasi" in citra.told
    assert "R2" not in citra.told
    before = len(citra.screen)
    await citra.presses("Lebih lama")
    assert "Sumber belajar · 6 sampai 7" in citra.told
    assert "R2" in citra.told
    assert len(citra.screen) == before, "the page is edited where it stands"
    await citra.presses("Lebih baru")
    assert "Sumber belajar · 1 sampai 5" in citra.told


async def test_filters_are_put_on_and_off_by_buttons(world: World, citra: Human) -> None:
    await fill(world, 4)
    async with world.store.begin() as unit:
        await unit.library.save(replace(await stored(world, 1), kilobytes=300))
    await citra.says("/sumber")
    await citra.presses("#sel")
    assert "R3" in citra.told
    assert "R4" not in citra.told
    await citra.presses("Paling besar 500 kB")
    assert "R1 Bacaan 1 · Belum diverifikasi · 300 kB" in citra.told
    assert "R3" not in citra.told
    await citra.presses("lanjut")
    assert "Tidak ada yang cocok" in citra.told
    await citra.presses("lanjut")
    await citra.presses("#sel")
    await citra.presses("Paling besar 500 kB")
    assert "R4" in citra.told


@pytest.mark.parametrize(
    ("words", "seen", "unseen"),
    [
        ("#gaya", "R2", "R1"),
        ("sel", "R1", "R2"),
        ("<= 300", "R1", "R2"),
        ("sel ≤300 kB", "R1", "R3"),
        ("r2", "Bacaan 2", "Bacaan 1"),
    ],
)
async def test_words_after_the_command_are_filters(
    world: World, citra: Human, words: str, seen: str, unseen: str
) -> None:
    await fill(world, 3)
    async with world.store.begin() as unit:
        await unit.library.save(replace(await stored(world, 1), kilobytes=300))
    await citra.says(f"/materi {words}")
    assert seen in citra.told
    assert unseen not in citra.told


async def test_an_empty_library_says_how_to_begin(citra: Human) -> None:
    await citra.says("/resources")
    assert "/share" in citra.told


async def test_a_moderator_verifies_in_their_name_and_its_author_is_rewarded_once(
    world: World, citra: Human, budi: Human
) -> None:
    await citra.says(f"/share {CELL} Sel #biologi")
    await budi.says("/verify R1 ok")
    assert "✓ Terverifikasi oleh Budi" in budi.told
    assert citra.sees("Budi memverifikasi R1")
    await budi.presses("Meragukan")
    assert "Meragukan, kata Budi" in budi.told
    await budi.presses("Verifikasi")
    await citra.says("/sumber")
    assert "R1 Sel · ✓ Terverifikasi oleh Budi" in citra.told
    async with world.store.read() as unit:
        entry, first = await unit.ledger.entries(COMMUNITY, (await stored(world)).author, 0, 9)
    assert (entry.reason, entry.amount, entry.subject) == (Reason.RESOURCE, 3, 1)
    assert first.reason is Reason.FIRST
    await citra.says("/why")
    assert "+3 Budi memverifikasi R1 yang dibagikan" in citra.told


async def test_what_was_found_is_asked_where_it_was_not_said(citra: Human, budi: Human) -> None:
    await citra.says(f"/share {CELL} Sel #biologi")
    await budi.says("/verifikasi 1")
    await budi.presses("perlu sumber")
    assert "Perlu sumber, kata Budi" in budi.told


async def test_nobody_verifies_their_own_and_members_nothing(world: World, citra: Human, budi: Human) -> None:
    await budi.says(f"/share {CELL} Sel #biologi")
    await budi.says("/verify R1 ok")
    assert "orang lain yang memutuskan" in budi.told
    await citra.says("/verify R1 ok")
    assert "untuk moderator" in citra.told
    assert (await stored(world)).state is State.UNVERIFIED


async def test_other_words_are_no_longer_verified(world: World, citra: Human, budi: Human) -> None:
    await citra.says(f"/share {CELL} Sel #biologi")
    await budi.says("/verify R1 ok")
    await citra.says("/sumber R1")
    await citra.presses("Ubah")
    await citra.presses("Menit")
    await citra.says("10")
    assert (await stored(world)).state is State.VERIFIED
    await citra.says("/sumber R1")
    await citra.presses("Ubah")
    await citra.presses("Judul")
    await citra.says("Sel bulat")
    assert (await stored(world)).state is State.UNVERIFIED


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("https://bit.ly/x Sel", "Tautan pendek"),
        ("https://a.example/x Sl0t G4cor", "biasa dipakai iklan"),
        ("https://slotgacor88.example/ Sel", "biasa dipakai iklan"),
        ("Coba j.u.d.i 0nline", "biasa dipakai iklan"),
    ],
)
async def test_what_looks_like_an_advertisement_waits_for_a_moderator(
    world: World, citra: Human, budi: Human, words: str, why: str
) -> None:
    await citra.says(f"/share {words} #uang")
    assert why in citra.told
    assert "Menunggu dibaca moderator" in citra.told
    assert budi.sees("1 sumber yang dibagikan menunggu moderator")
    await world.dewi.private.says("/sumber")
    assert "R1" not in world.dewi.private.told
    await world.dewi.private.says("/sumber R1")
    assert "Tidak ada R1" in world.dewi.private.told
    await budi.says("/resources review")
    assert "Menunggu dibaca moderator" in budi.told
    await budi.presses("Izinkan")
    assert "Tidak ada yang menunggu moderator" in budi.told
    assert citra.sees("R1", "terlihat oleh semua")
    assert (await stored(world)).state is State.UNVERIFIED


async def test_words_that_come_later_wait_too(world: World, citra: Human) -> None:
    await citra.says(f"/share {CELL} Sel #biologi")
    await citra.presses("Tulis yang dipelajari")
    await citra.says("Cari di s.id/hadiah ya")
    assert (await stored(world)).state is State.WAITING


async def test_a_new_member_s_links_wait_and_their_words_do_not(world: World, citra: Human, budi: Human) -> None:
    await world.passes(hours=50)
    await joins(world, citra, 23)
    await citra.says("/share Baca soalnya dua kali #ujian")
    assert (await stored(world, 1)).state is State.UNVERIFIED
    await citra.says(f"/share {CELL} Sel #biologi")
    assert "Tautan dari anggota baru" in citra.told
    await joins(world, citra, 25)
    await citra.says("/share https://a.example/2 Gaya #fisika")
    assert (await stored(world, 3)).state is State.UNVERIFIED
    await world.dewi.private.says(f"/share {CELL}")
    assert "Moderator belum membacanya" in world.dewi.private.told


async def test_what_moderators_share_does_not_wait(world: World, budi: Human) -> None:
    await budi.says("/share https://s.id/x Kelas #biologi")
    assert (await stored(world)).state is State.UNVERIFIED


async def test_the_queue_goes_round_and_removes(world: World, citra: Human, budi: Human) -> None:
    for number in (1, 2):
        await citra.says(f"/share https://bit.ly/{number} Sel #biologi")
    await budi.says("/sumber tinjau")
    assert "R1" in budi.told
    await budi.presses("Berikutnya")
    assert "R2" in budi.told
    await budi.presses("Hapus")
    assert "R1 Sel" in budi.told
    assert (await stored(world, 2)).state is State.REMOVED
    assert citra.sees("Budi menghapus R2")
    await world.ani.private.says("/sumber tinjau")
    await budi.presses("Verifikasi")
    await world.ani.private.presses("Hapus")
    assert "sudah diputuskan orang lain" in world.ani.private.told
    assert (await stored(world, 1)).state is State.VERIFIED


async def test_members_do_not_see_the_queue(citra: Human) -> None:
    await citra.says("/resources review")
    assert "untuk moderator" in citra.told


async def test_a_report_reaches_moderators_alone_and_counts_once(world: World, citra: Human, budi: Human) -> None:
    await world.dewi.private.says(f"/share {CELL} Sel #biologi")
    before = len(world.public)
    await citra.says("/sumber R1")
    await citra.presses("Laporkan")
    await citra.says("Tautannya mati.")
    assert "tidak ada orang lain yang melihat" in citra.told
    assert budi.sees("1 orang melaporkan R1: Sel")
    assert not world.dewi.private.sees("melaporkan")
    assert len(world.public) == before
    await citra.says("/sumber R1")
    assert "Laporkan" not in citra.buttons
    await budi.presses("Tinjau")
    assert "Tautannya mati." in budi.told
    assert "Citra" not in budi.told, "who reported stays unsaid"
    await budi.presses("Ini baik-baik saja")
    async with world.store.read() as unit:
        assert (await unit.library.marks(COMMUNITY, [1]))[1].reports == 0
        assert Mark.REPORT not in await unit.library.marked(COMMUNITY, 1, (await stored(world)).author)
    assert (await stored(world)).state is State.UNVERIFIED


async def test_a_group_edits_its_own_list_of_words(world: World, citra: Human, budi: Human) -> None:
    await budi.says("/sumber tinjau")
    await budi.presses("Yang harus menunggu")
    assert "slot gacor" in budi.told
    await budi.presses("Tambah kata")
    await budi.says("Joki Tugas")
    assert "Sekarang ada di daftar: joki tugas" in budi.told
    await budi.presses("Keluarkan kata")
    await budi.says("s.id")
    await citra.says("/share Terima j0ki tug4s #uang")
    assert (await stored(world, 1)).state is State.WAITING
    await citra.says("/share https://s.id/kelas Kelas #biologi")
    assert (await stored(world, 2)).state is State.UNVERIFIED
    await budi.presses("Tambah kata")
    await budi.says("s.id")
    await citra.says("/share https://s.id/lagi Kelas #biologi")
    assert (await stored(world, 3)).state is State.WAITING
    await budi.presses("Tambah kata")
    await budi.says("ab")
    assert "terlalu pendek" in budi.told


async def test_what_is_shown_is_found_and_what_is_not_is_not(world: World, citra: Human) -> None:
    async def found() -> list[int]:
        async with world.store.read() as unit:
            hits = (await unit.searches.find(COMMUNITY, parse("mitokondria"), ("resource",))).hits
        return [hit.subject for hit in hits]

    await citra.says(f"/share {CELL} Mitokondria #biologi")
    await citra.says("/share https://bit.ly/x Mitokondria #biologi")
    assert await found() == [1]
    await citra.says("/sumber R1")
    await citra.presses("Hapus")
    assert await found() == []
