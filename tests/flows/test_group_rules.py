"""The rules of a group: versions that are kept, read in private, counted without names."""

import pytest

from tests.flows.asked import COMMUNITY
from tests.flows.test_pin import deeds
from tests.world import World

FIRST = "/aturan 1. Saling menghormati\n2. Jangan beriklan"


async def version(world: World) -> int:
    async with world.store.read() as unit:
        return await unit.rules.version(COMMUNITY)


async def test_before_there_are_any_it_says_how_they_come(world: World) -> None:
    await world.dewi.says("/rules")
    assert "belum punya aturan tertulis" in world.dewi.told
    assert world.dewi.buttons == []
    await world.ani.private.says("/rules")
    await world.ani.private.presses("Tulis aturan")
    await world.ani.private.says("- Saling menghormati\n- Jangan beriklan")
    assert world.ani.private.sees("Versi 1", "1. Saling menghormati", "2. Jangan beriklan")


async def test_they_are_shown_in_private_with_version_and_date(world: World) -> None:
    before = world.public
    await world.ani.private.says(FIRST)
    await world.dewi.says("/aturan")
    assert all(words in world.dewi.told for words in ("Versi 1", "Sen, 23 Nov", "1. Saling menghormati"))
    assert world.public == before
    assert await deeds(world) == ["rules"]


async def test_members_say_that_they_read_them_and_organisers_see_a_number(world: World) -> None:
    await world.ani.private.says(FIRST)
    for person in (world.citra, world.dewi):
        await person.private.says("/rules")
        await person.private.presses("Sudah saya baca")
        assert "Terima kasih sudah membacanya" in person.private.told
        assert "orang sudah membaca" not in person.private.told
    await world.citra.private.says("/rules")
    assert "Sudah saya baca" not in world.citra.private.buttons
    await world.ani.private.says("/rules")
    assert "3 orang sudah membaca versi ini" in world.ani.private.told
    assert "Citra" not in world.ani.private.told


async def test_a_new_version_asks_again_when_the_rules_are_opened_and_not_before(world: World) -> None:
    await world.ani.private.says(FIRST)
    await world.citra.private.says("/rules")
    await world.citra.private.presses("Sudah saya baca")
    before, public = list(world.citra.private.screen), world.public
    await world.ani.private.says("/rules Saling menghormati\nJangan menyontek\nJangan terlambat")
    assert (world.citra.private.screen, world.public) == (before, public)
    await world.citra.private.says("/rules")
    told = world.citra.private.told
    assert all(
        words in told for words in ("Versi 2", "Baru di versi ini: aturan 2 dan 3", "1 aturan sebelumnya dihapus")
    )
    assert "Sudah saya baca" in world.citra.private.buttons


async def test_a_button_of_an_old_version_shows_the_one_that_holds(world: World) -> None:
    await world.ani.private.says(FIRST)
    await world.citra.private.says("/rules")
    await world.ani.private.says("/rules Saling menghormati")
    await world.citra.private.presses("Sudah saya baca")
    assert all(words in world.citra.private.told for words in ("sudah berubah", "Versi 2"))
    async with world.store.read() as unit:
        assert await unit.rules.readers(COMMUNITY, 2) == 1, "only whoever wrote it"


async def test_old_versions_are_kept(world: World) -> None:
    await world.ani.private.says(FIRST)
    await world.ani.private.says("/rules Saling menghormati")
    await world.citra.private.says("/rules")
    await world.citra.private.presses("Versi sebelumnya")
    assert all(words in world.citra.private.told for words in ("Versi 1", "Jangan beriklan", "tidak berlaku"))
    assert "Sudah saya baca" not in world.citra.private.buttons
    await world.citra.private.presses("Versi yang berlaku")
    assert "Versi 2" in world.citra.private.told


async def test_only_organisers_write_them(world: World) -> None:
    for person in (world.dewi, world.budi):
        await person.private.says(FIRST)
        assert "pengelola" in person.private.told
    assert await version(world) == 0


async def test_their_text_can_be_copied_to_be_changed(world: World) -> None:
    await world.ani.private.says(FIRST)
    await world.ani.private.says("/rules ubah")
    assert "Saling menghormati\nJangan beriklan" in world.ani.private.told
    await world.ani.private.presses("Tulis ulang")
    await world.ani.private.says("Satu saja")
    assert await version(world) == 2


@pytest.mark.parametrize("words", ["\u200b", "x" * 301, "\n".join(f"Aturan {n}" for n in range(21))])
async def test_what_cannot_be_rules_is_refused(world: World, words: str) -> None:
    await world.ani.private.says(f"/rules {words}")
    assert "E-" not in world.ani.private.told
    assert await version(world) == 0


async def test_the_same_again_is_no_new_version(world: World) -> None:
    await world.ani.private.says(FIRST)
    await world.ani.private.says(FIRST)
    assert "Tidak ada yang berubah" in world.ani.private.told
    assert await version(world) == 1


async def test_their_words_are_never_markup(world: World) -> None:
    nasty = "<b>Jangan</b> *tebal* [x](http://x.example) @everyone {n}"
    await world.ani.private.says(f"/rules {nasty}")
    await world.dewi.private.says("/rules")
    assert nasty in world.dewi.private.told


async def test_in_english(world: World) -> None:
    await world.ani.private.says(FIRST)
    await world.eko.says("/rules")
    assert "Our rules" in world.eko.told
    await world.eko.presses("I have read them")
    assert "Thank you for reading them" in world.eko.told
