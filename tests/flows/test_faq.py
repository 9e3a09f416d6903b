"""What is asked again and again: found by name, by another name, in spite of a typing error."""

import pytest

from bot.chat.places import Role
from tests.flows.asked import COMMUNITY, appoint, greet
from tests.world import Human, World


@pytest.fixture(autouse=True)
async def known(world: World) -> None:
    await greet(world)
    await appoint(world, world.citra, Role.TRUSTED)


async def adds(person: Human, names: str, text: str) -> None:
    await person.private.says("/faq")
    await person.private.presses("Tambah entri")
    await person.private.says(names)
    await person.private.says(text)


async def test_an_empty_list_teaches(world: World) -> None:
    await world.dewi.private.says("/faq")
    assert "Belum ada apa-apa" in world.dewi.private.told
    assert "Tambah entri" not in world.dewi.private.buttons


async def test_an_entry_answers_by_each_of_its_names(world: World) -> None:
    await adds(world.citra, "jadwal ujian, kapan ujian, UTS", "Ujian mulai `9 Maret`.")
    for name in ("jadwal ujian", "KAPAN  ujian", "uts"):
        await world.dewi.private.says(f"/faq {name}")
        assert "Ujian mulai 9 Maret." in world.dewi.private.told


async def test_a_typing_error_gets_suggestions_and_nonsense_a_way_on(world: World) -> None:
    await adds(world.citra, "jadwal ujian", "9 Maret.")
    await world.dewi.private.says("/faq jadwl ujain")
    assert "Maksudnya salah satu dari ini?" in world.dewi.private.told
    await world.dewi.private.presses("jadwal ujian")
    assert "9 Maret." in world.dewi.private.told
    await world.dewi.private.says("/faq qqqqqq")
    assert "/cari" in world.dewi.private.told or "/search" in world.dewi.private.told


async def test_two_entries_never_share_a_name(world: World) -> None:
    await adds(world.citra, "jadwal ujian", "9 Maret.")
    await adds(world.citra, "Jadwal  Ujian", "10 Maret.")
    assert "sudah menjadi nama entri lain" in world.citra.private.told
    async with world.store.read() as unit:
        assert len(await unit.faqs.all(COMMUNITY)) == 1


async def test_words_are_changed_and_entries_removed_by_those_who_may(world: World) -> None:
    await adds(world.citra, "jadwal ujian", "9 Maret.")
    await world.citra.private.presses("Ubah isi")
    await world.citra.private.says("10 Maret.")
    assert "10 Maret." in world.citra.private.told
    assert "Hapus" not in world.citra.private.buttons
    await world.budi.private.says("/faq jadwal ujian")
    await world.budi.private.presses("Hapus")
    await world.dewi.private.says("/faq jadwal ujian")
    assert "Belum ada apa-apa" in world.dewi.private.told
    await world.dewi.private.says("/cari maret")
    assert "Belum ada yang cocok" in world.dewi.private.told


async def test_a_search_finds_entries(world: World) -> None:
    await adds(world.citra, "jadwal ujian", "Mulai 9 Maret di aula.")
    await world.dewi.private.says("/cari aula")
    assert "Tanya jawab · jadwal ujian" in world.dewi.private.told
