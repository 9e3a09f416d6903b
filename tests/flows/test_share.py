"""Sharing something to learn from, at the cost of one message and one tap."""

from dataclasses import replace

import pytest

from bot.domain.community import Community
from bot.domain.library import Kind, Level, Resource, State, Wish
from tests.world import Human, World

COMMUNITY = 1
CELL = "https://id.wikipedia.org/wiki/Sel_(biologi)"


@pytest.fixture(autouse=True)
async def known(world: World) -> None:
    """Everybody has spoken in the group once, and in private where they are to be told something."""
    for person in (world.ani, world.budi, world.citra, world.dewi):
        await person.says("/help")


@pytest.fixture
def citra(world: World) -> Human:
    return world.citra.private


@pytest.fixture
def dewi(world: World) -> Human:
    return world.dewi.private


async def stored(world: World, number: int = 1) -> Resource:
    async with world.store.read() as unit:
        found = await unit.library.get(COMMUNITY, number)
    assert found
    return found


async def votes(world: World, number: int = 1) -> int:
    async with world.store.read() as unit:
        return (await unit.library.marks(COMMUNITY, (number,)))[number].votes


async def test_a_link_is_saved_by_one_message_and_its_topic_by_one_tap(world: World) -> None:
    before = len(world.public)
    await world.citra.says(f"/bagikan {CELL} Sel dan bagiannya")
    assert "Tersimpan sebagai R1" in world.citra.told
    assert "Belum diverifikasi" in world.citra.told
    assert len(world.public) == before, "the receipt is private"
    await world.citra.presses("#biologi")
    found = await stored(world)
    assert (found.title, found.url, found.tags) == ("Sel dan bagiannya", CELL, ("biologi",))
    assert (found.kind, found.state) == (Kind.LINK, State.UNVERIFIED)
    assert "Topik lain" not in world.citra.buttons


async def test_what_a_message_said_is_saved_by_a_reply(world: World) -> None:
    await world.dewi.says(f"Ini bagus: {CELL}?utm_source=wa")
    number = next(e.id for e in reversed(tuple(world.stage.transcript)) if e.author == world.dewi.account)
    await world.citra.says("/simpan #biologi", reply=number)
    found = await stored(world)
    assert found.url == f"{CELL}?utm_source=wa"
    assert (found.title, found.tags) == ("Ini bagus:", ("biologi",))


async def test_without_words_and_without_a_reply_the_way_is_shown(world: World, citra: Human) -> None:
    await citra.says("/share")
    assert "Balas dulu pesan yang ingin disimpan" in citra.told


async def test_the_same_address_written_differently_is_one_resource(world: World, citra: Human, dewi: Human) -> None:
    await citra.says(f"/share {CELL} Sel #biologi")
    await dewi.says("/share http://id.m.wikipedia.org/wiki/Sel_(biologi)?utm_medium=x#Sejarah Lagi\nJelas gambarnya.")
    assert "Sudah ada, sebagai R1" in dewi.told
    assert (await stored(world)).note == "Jelas gambarnya."
    assert await votes(world) == 1
    await citra.says(f"/share {CELL}")
    assert "sudah pernah dibagikan dari sini" in citra.told
    assert await votes(world) == 1, "nobody votes for their own"


async def test_words_alone_are_a_tip_until_somebody_says_otherwise(world: World, citra: Human) -> None:
    await citra.says("/bagikan Belajar semalam suntuk gagal #ujian\nBesoknya saya lupa semua.")
    assert (await stored(world)).kind is Kind.TIP
    await citra.presses("Pelajaran dari kegagalan")
    found = await stored(world)
    assert (found.kind, found.note, found.tags) == (Kind.LESSON, "Besoknya saya lupa semua.", ("ujian",))


async def test_what_was_learnt_is_asked_by_a_button(world: World, citra: Human) -> None:
    await citra.says(f"/share {CELL} Sel #biologi")
    await citra.presses("Tulis yang dipelajari")
    await citra.says("Sel punya dinding & <b>inti</b>.")
    assert (await stored(world)).note == "Sel punya dinding & <b>inti</b>."
    assert "Sel punya dinding & <b>inti</b>." in citra.told


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("http://127.0.0.1:8080/", "jaringan pribadi"),
        ("https://user:rahasia@host.example/", "kata sandi atau kunci"),
        ("https://api.telegram.org/bot123456:ABC/getMe", "kata sandi atau kunci"),
        ("javascript:alert(1)", "https://"),
        ("https://t.me/joinchat/AAAA", "Undangan"),
    ],
)
async def test_a_bad_address_is_refused_and_nothing_is_kept(
    world: World, citra: Human, address: str, words: str
) -> None:
    await citra.says(f"/share {address} Sel")
    assert words in citra.told
    assert address not in citra.told
    async with world.store.read() as unit:
        assert await unit.library.get(COMMUNITY, 1) is None


TOKEN = "1234567890:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1"


@pytest.mark.parametrize("words", [f"Pakai {TOKEN} ya", f"https://a.example/x Lihat https://b.example/bot{TOKEN}/x"])
async def test_a_key_in_words_is_not_kept_either(world: World, citra: Human, words: str) -> None:
    await citra.says(f"/share {words}")
    assert "kata sandi atau kunci" in citra.told
    await citra.says("/share Baca dua kali #ujian")
    await citra.presses("Tulis yang dipelajari")
    await citra.says(words)
    assert "kata sandi atau kunci" in citra.told
    assert (await stored(world)).note == ""
    assert TOKEN not in citra.told


async def test_another_script_s_look_alike_is_shown_as_what_it_is(world: World, citra: Human) -> None:
    await citra.says("/share https://аррӏе.com/ Apel #buah")
    assert "xn--80ak6aa92e.com" in citra.told
    assert "аррӏе" not in citra.told


async def test_others_vote_and_keep_and_take_it_back(world: World, citra: Human, dewi: Human) -> None:
    await citra.says(f"/share {CELL} Sel #biologi")
    assert "Ini membantu saya" not in citra.buttons
    await dewi.says("/sumber R1")
    await dewi.presses("Ini membantu saya")
    assert "1 orang merasa terbantu" in dewi.told
    await dewi.presses("Tarik suara saya")
    assert "0 orang merasa terbantu" in dewi.told
    await dewi.presses("Simpan untuk saya")
    await dewi.says("/sumber tersimpan")
    assert dewi.sees("Yang disimpan", "R1", "Sel")
    await citra.says("/sumber tersimpan")
    assert "Belum ada yang disimpan" in citra.told


async def test_the_same_tap_twice_is_one_vote(world: World, citra: Human, dewi: Human) -> None:
    await citra.says(f"/share {CELL} Sel #biologi")
    await dewi.says("/sumber R1")
    entry = next(e for e in reversed(tuple(world.stage.transcript)) if e.author is None)
    presses = {str(b.label): b.press for row in entry.pages[-1].rows for b in row}
    for label in ("Ini membantu saya", "Simpan untuk saya"):
        press = presses[label]
        assert press
        for _ in range(2):
            await world.stage.press_data(dewi.account, entry.id, world.app.sign(press))
            await world.stage.settle()
    assert await votes(world) == 1
    await dewi.says("/sumber tersimpan")
    assert dewi.sees("Yang disimpan", "R1")


async def test_a_forged_vote_for_one_s_own_is_refused(world: World, citra: Human, dewi: Human) -> None:
    await citra.says(f"/share {CELL} Sel #biologi")
    await dewi.says("/sumber R1")
    entry = next(e for e in reversed(tuple(world.stage.transcript)) if e.author is None)
    vote = next(b.press for row in entry.pages[-1].rows for b in row if str(b.label) == "Ini membantu saya")
    assert vote
    shown = world.stage.transcript.post(citra.at, None, entry.pages, world.clock())
    await world.stage.press_data(citra.account, shown.id, world.app.sign(vote))
    await world.stage.settle()
    assert await votes(world) == 0


async def test_its_author_changes_what_is_known_of_it(world: World, citra: Human, dewi: Human) -> None:
    await citra.says(f"/share {CELL} Sel #biologi")
    for field, words in (
        ("Judul", "Sel hidup"),
        ("Topik", "sel, #hewan"),
        ("Menit", "15"),
        ("Ukuran dalam kB", "420"),
        ("Lisensi", "CC BY-SA 4.0"),
        ("Bahasa", "id"),
        ("Daerah", "Papua"),
    ):
        await citra.says("/sumber R1")
        await citra.presses("Ubah")
        await citra.presses(field)
        await citra.says(words)
    await citra.says("/sumber R1")
    await citra.presses("Ubah")
    await citra.presses("dasar")
    found = await stored(world)
    assert (found.title, found.tags, found.minutes, found.kilobytes) == ("Sel hidup", ("sel", "hewan"), 15, 420)
    assert (found.licence, found.language, found.region, found.level) == ("CC BY-SA 4.0", "id", "Papua", Level.BASIC)
    assert "Tautan, dasar, 15 menit, 420 kB" in citra.told
    await dewi.says("/sumber R1")
    assert "Ubah" not in dewi.buttons


@pytest.mark.parametrize(("field", "words", "told"), [("Menit", "banyak", "bilangan bulat"), ("Judul", "-", "judul")])
async def test_a_value_that_does_not_fit_changes_nothing(
    world: World, citra: Human, field: str, words: str, told: str
) -> None:
    await citra.says(f"/share {CELL} Sel #biologi")
    before = await stored(world)
    await citra.presses("Ubah")
    await citra.presses(field)
    await citra.says(words)
    assert told in citra.told
    assert await stored(world) == before


async def test_a_local_version_stays_linked_to_its_original(world: World, citra: Human, dewi: Human) -> None:
    await citra.says(f"/share {CELL} Sel #biologi")
    await dewi.says("/sumber R1")
    await dewi.presses("Tambah versi lokal")
    await dewi.says("https://ban.wikipedia.org/wiki/Sel Sel basa Bali #biologi")
    assert (await stored(world, 2)).origin == 1
    assert "Disadur dari R1" in dewi.told
    await citra.says("/sumber R1")
    assert "Versi lokal: R2" in citra.told


async def test_its_author_takes_it_away_and_shares_it_anew(world: World, citra: Human, dewi: Human) -> None:
    await citra.says(f"/share {CELL} Sel #biologi")
    await citra.presses("Hapus")
    assert (await stored(world)).state is State.REMOVED
    await dewi.says("/sumber R1")
    assert "Tidak ada R1" in dewi.told
    await dewi.says(f"/share {CELL} Sel #biologi")
    assert (await stored(world, 2)).state is State.UNVERIFIED


async def test_the_same_message_twice_is_shared_once(world: World, citra: Human) -> None:
    for _ in range(2):
        await citra.says("/share Baca soalnya dua kali #ujian", key="same")
    async with world.store.read() as unit:
        assert await unit.library.get(COMMUNITY, 2) is None


async def test_who_reads_english_is_told_in_english(world: World) -> None:
    eko = world.eko.private
    await world.eko.says("/help")
    await eko.says(f"/share {CELL} Cells")
    for words in ("Saved as R1. Thank you!", "Not verified yet", "Shared by Eko", "0 people found it useful"):
        assert words in eko.told
    await eko.presses("Another topic")
    await eko.says("biology")
    assert "Topics: #biology" in eko.told
    await eko.says("/resources #biology")
    assert "R1 Cells · Not verified yet" in eko.told
    assert "Share the first one" not in eko.told


async def test_another_group_s_resources_are_not_there(world: World, citra: Human) -> None:
    await citra.says(f"/share {CELL} Sel #biologi")
    async with world.store.begin() as unit:
        other = await unit.communities.add(Community(0, "Kelas lain", world.clock()))
        found = await unit.library.get(other.id, 1)
        assert found is None
        assert await unit.library.page(other.id, Wish(), 0, 9) == []
        same = await unit.library.add(replace(await stored(world), community=other.id, id=0, title="Rahasia"))
    assert same.id == 1
    await citra.says("/sumber")
    assert "Rahasia" not in citra.told
