"""What a solved question becomes, with those named who answered it."""

import pytest

from bot.chat.places import Role
from tests.flows.asked import COMMUNITY, SCATTERED, SKY, answers, appoint, greet, question
from tests.flows.shelf import items
from tests.world import World


@pytest.fixture(autouse=True)
async def solved(world: World) -> None:
    """A question that Dewi answered and Ani found solved; Citra is trusted."""
    await greet(world)
    await world.ani.says(SKY)
    await world.dewi.private.says(f"/jawab Q1 {SCATTERED}")
    await world.ani.private.says("/terjawab Q1")
    await appoint(world, world.citra, Role.TRUSTED)


async def test_it_becomes_an_entry_of_the_faq_with_one_tap(world: World) -> None:
    await world.citra.private.says("/pertanyaan Q1")
    await world.citra.private.presses("Masukkan ke tanya jawab")
    assert "Kenapa langit biru?" in world.citra.private.told
    assert "Dijawab oleh Dewi" in world.citra.private.told
    await world.citra.private.presses("Ubah nama")
    await world.citra.private.says("langit biru, warna langit")
    await world.eko.private.says("/faq Warna  LANGIT")
    assert SCATTERED in world.eko.private.told
    await world.eko.private.says("/faq warna langti")
    assert "warna langit" in world.eko.private.told or "langit biru" in " ".join(world.eko.private.buttons)


async def test_it_becomes_a_resource_of_whoever_answered(world: World) -> None:
    await world.budi.private.says("/verifikasi Q1.1 ok")
    await world.citra.private.says("/pertanyaan Q1")
    await world.citra.private.presses("Masukkan ke bank sumber")
    assert "R1 Kenapa langit biru?" in world.citra.private.told
    assert "Dibagikan oleh Dewi" in world.citra.private.told
    assert "✓ Terverifikasi oleh Budi" in world.citra.private.told


async def test_it_becomes_a_quiz_question_that_is_read_like_every_other(world: World) -> None:
    await world.citra.private.says("/pertanyaan Q1")
    await world.citra.private.presses("Jadikan soal kuis")
    assert SCATTERED in world.citra.private.told
    await world.citra.private.says("Hamburan\nPantulan\nBiasan")
    await world.citra.private.presses("A. Hamburan")
    found = [item for item in await items(world) if item.source == "Q1"]
    (item,) = found
    assert item.texts["id"].prompt == "Kenapa langit biru?"
    assert item.texts["id"].explanation == SCATTERED
    assert item.tags == ("fisika",)
    assert (await question(world)).uses == (f"#{item.id}",)


async def test_each_is_made_once(world: World) -> None:
    for _ in range(2):
        await world.citra.private.says("/pertanyaan Q1")
        if "Masukkan ke bank sumber" in world.citra.private.buttons:
            await world.citra.private.presses("Masukkan ke bank sumber")
    async with world.store.read() as unit:
        assert await unit.library.get(COMMUNITY, 1)
        assert await unit.library.get(COMMUNITY, 2) is None
    assert "Menjadi R1" in world.citra.private.told


async def test_members_without_trust_are_offered_none_of_it(world: World) -> None:
    await world.dewi.private.says("/pertanyaan Q1")
    assert "Masukkan ke tanya jawab" not in world.dewi.private.buttons


async def test_what_nobody_solved_becomes_nothing(world: World) -> None:
    await world.ani.private.says("/pertanyaan Q1.1")
    await world.ani.private.presses("Ternyata bukan ini")
    await world.citra.private.says("/pertanyaan Q1")
    assert "Masukkan ke tanya jawab" not in world.citra.private.buttons
    assert not (await answers(world))[0].accepted
