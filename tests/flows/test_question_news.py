"""How whoever asked hears of answers without being rung all the time, and what moderators leave behind."""

from datetime import UTC, datetime

import pytest

from tests.flows.asked import SCATTERED, SKY, answers, card, greet, points, question
from tests.world import World


@pytest.fixture(autouse=True)
async def known(world: World) -> None:
    await greet(world)


async def test_the_first_answer_is_told_at_once_and_what_follows_together(world: World) -> None:
    await world.ani.says(SKY)
    before = len(world.ani.private.screen)
    await world.budi.replies(SCATTERED, to="Kenapa langit biru?")
    assert "Budi menjawab" in world.ani.private.told
    for number, person in enumerate((world.citra, world.dewi, world.citra)):
        await world.passes(minutes=1)
        await person.replies(f"Tambahan {number}.", to="Kenapa langit biru?")
    assert len(world.ani.private.screen) == before + 1
    await world.passes(minutes=10)
    assert len(world.ani.private.screen) == before + 2
    assert "3 jawaban baru untuk Q1" in world.ani.private.told
    assert all(f"Tambahan {number}." in world.ani.private.told for number in range(3))
    assert SCATTERED not in world.ani.private.told
    await world.ani.private.presses("Pilih Q1.3")
    assert [each.accepted for each in await answers(world)] == [False, False, True, False]


async def test_after_a_quiet_while_the_next_one_is_told_at_once_again(world: World) -> None:
    await world.ani.says(SKY)
    await world.budi.replies(SCATTERED, to="Kenapa langit biru?")
    await world.passes(minutes=30)
    await world.citra.replies("Hamburan Rayleigh.", to="Kenapa langit biru?")
    assert "Citra menjawab" in world.ani.private.told


async def test_a_night_s_answers_come_in_one_message_in_the_morning(world: World) -> None:
    await world.ani.says(SKY)
    await world.until(datetime(2026, 11, 23, 16, 0, tzinfo=UTC))
    before = len(world.ani.private.screen)
    await world.budi.replies(SCATTERED, to="Kenapa langit biru?")
    await world.passes(hours=1)
    await world.citra.replies("Hamburan Rayleigh.", to="Kenapa langit biru?")
    assert len(world.ani.private.screen) == before
    await world.passes(hours=7)
    assert len(world.ani.private.screen) == before + 1
    assert "2 jawaban baru untuk Q1" in world.ani.private.told


async def test_whoever_cannot_be_written_to_finds_them_below_the_next_answer(world: World) -> None:
    await world.eko.says("/ask Why is grass green?")
    for person in (world.budi, world.citra):
        await person.replies("Klorofil.", to="grass")
    await world.eko.private.says("/points")
    assert "Klorofil." in world.eko.private.told


async def test_a_helper_earns_once_for_a_question_however_many_answers_are_accepted(world: World) -> None:
    await world.ani.says(SKY)
    for words in (SCATTERED, "Namanya hamburan Rayleigh."):
        await world.citra.replies(words, to="Kenapa langit biru?")
    for name in ("Q1.1", "Q1.2"):
        await world.ani.private.says(f"/terjawab {name}")
    assert await points(world, world.citra) == 5
    await world.ani.private.says("/pertanyaan Q1.1")
    await world.ani.private.presses("Ternyata bukan ini")
    assert await points(world, world.citra) == 0


async def test_missing_points_do_not_tell_on_an_anonymous_author(world: World) -> None:
    await world.citra.private.says("/tanya anon Kenapa 0! = 1?")
    await world.citra.replies("Mungkin karena definisi?", to="0! = 1")
    await world.budi.private.says("/terjawab Q1.1")
    assert await points(world, world.citra) == 5


async def test_a_moderator_who_decides_is_named_and_whoever_loses_an_answer_hears_of_it(world: World) -> None:
    await world.ani.says(SKY)
    await world.citra.replies(SCATTERED, to="Kenapa langit biru?")
    await world.dewi.replies("Karena laut.", to="Kenapa langit biru?")
    await world.budi.private.says("/terjawab Q1.1")
    assert "✓ dipilih oleh Budi" in card(world, "Q1")
    await world.budi.private.says("/pertanyaan Q1.2")
    await world.budi.private.presses("Hapus")
    assert "Budi menghapus jawaban Q1.2" in world.dewi.private.told


async def test_whoever_asked_puts_it_better(world: World) -> None:
    await world.ani.says(SKY)
    await world.ani.private.says("/pertanyaan Q1")
    await world.ani.private.presses("Ubah")
    await world.ani.private.says("Kenapa langit biru pada siang hari? #optik")
    assert "Kenapa langit biru pada siang hari?" in card(world, "Q1")
    assert (await question(world)).tags == ("optik",)
    await world.citra.private.says("/cari siang #optik")
    assert "Q1" in world.citra.private.told
    await world.citra.private.says("/pertanyaan Q1")
    assert "Ubah" not in world.citra.private.buttons


async def test_nobody_fills_a_question_with_answers(world: World) -> None:
    await world.ani.says(SKY)
    for number in range(20):
        await world.citra.private.says(f"/jawab Q1 Percobaan {number}")
    await world.citra.private.says("/jawab Q1 Satu lagi")
    assert "Beri giliran kepada yang lain" in world.citra.private.told
    assert len(await answers(world)) == 20
