"""What is similar is shown before a question is asked."""

import pytest

from bot.chat.places import Role
from bot.domain.search import Query
from tests.flows.asked import COMMUNITY, SCATTERED, SKY, appoint, card, greet, question
from tests.world import World


@pytest.fixture(autouse=True)
async def known(world: World) -> None:
    await greet(world)


async def test_a_similar_question_is_shown_first_and_nothing_is_posted(world: World) -> None:
    await world.ani.says(SKY)
    before = len(world.public)
    await world.citra.private.says("/tanya kenapa langitnya warna biru ya")
    assert "Apakah jawabannya sudah ada di sini?" in world.citra.private.told
    assert "Q1 Kenapa langit biru?" in world.citra.private.told
    assert len(world.public) == before
    await world.citra.private.presses("Buka 1")
    assert "Q1 · terbuka" in world.citra.private.told
    await world.citra.private.presses("Tetap tanyakan")
    assert "Q2 · terbuka" in card(world, "Q2")


async def test_asking_it_anyway_twice_asks_once(world: World) -> None:
    await world.ani.says(SKY)
    await world.citra.private.says("/tanya langit biru kenapa")
    entry = next(each for each in reversed(list(world.stage.transcript)) if each.place == world.citra.private.at)
    (press,) = [button.press for row in entry.pages[-1].rows for button in row if str(button.label) == "Tetap tanyakan"]
    assert press
    for _ in range(2):
        await world.stage.press_data(world.citra.account, entry.id, world.app.sign(press))
        await world.stage.settle()
    async with world.store.read() as unit:
        assert await unit.questions.get(COMMUNITY, 2)
        assert await unit.questions.get(COMMUNITY, 3) is None


async def test_a_cancelled_question_leaves_nothing(world: World) -> None:
    await world.ani.says(SKY)
    await world.citra.private.says("/tanya langit biru kenapa")
    await world.citra.private.presses("Batalkan")
    assert "Tidak ada yang disimpan" in world.citra.private.told
    async with world.store.read() as unit:
        assert await unit.questions.get(COMMUNITY, 2) is None


async def test_what_waited_too_long_is_asked_for_again(world: World) -> None:
    await world.ani.says(SKY)
    await world.citra.private.says("/tanya langit biru kenapa")
    await world.passes(minutes=40)
    await world.citra.private.presses("Tetap tanyakan")
    assert "terlalu lama menunggu" in world.citra.private.told


async def test_resources_and_the_faq_may_answer_before_anybody_has_to(world: World) -> None:
    await world.ani.private.says("/bagikan https://a.example/rayleigh Hamburan cahaya biru di langit #fisika")
    await appoint(world, world.dewi, Role.TRUSTED)
    await world.dewi.private.says("/faq")
    await world.dewi.private.presses("Tambah entri")
    await world.dewi.private.says("warna langit, langit biru")
    await world.dewi.private.says(SCATTERED)
    await world.citra.private.says("/tanya cahaya langit biru kenapa")
    assert "Tanya jawab · warna langit" in world.citra.private.told
    assert "R1 Hamburan cahaya" in world.citra.private.told


async def test_what_shares_only_a_common_word_is_not_similar(world: World) -> None:
    await world.ani.says("/tanya Apa rumus luas segitiga sama kaki?")
    await world.citra.private.says("/tanya Apa rumus kimia asam sulfat pekat?")
    assert (await question(world, 2)).text == "Apa rumus kimia asam sulfat pekat?"


async def test_the_question_of_another_group_is_never_shown(world: World) -> None:
    await world.ani.says(SKY)
    async with world.store.read() as unit:
        found = await unit.searches.find(COMMUNITY + 1, Query(("langit",)), ("question",))
    assert not found.hits
