"""Whose an anonymous question is stands nowhere but where rights and private messages need it."""

import json

import pytest
import structlog

from bot.domain.question import State
from tests.flows.asked import COMMUNITY, card, greet, points, question
from tests.world import Human, World

WORDS = "/tanya anon Kenapa 0! = 1? #matematika"


@pytest.fixture(autouse=True)
async def known(world: World) -> None:
    await greet(world)


def others_see(world: World, person: Human) -> str:
    """Everything that anybody but this person could read."""
    return "\n".join(
        text
        for human in (world.ani, world.budi, world.dewi, world.eko)
        for view in (human, human.private)
        if human.account != person.account
        for text in view.screen
    )


async def whole_life(world: World) -> None:
    """An anonymous question that meets everything: answers, doubts, votes, a moderator, its end and a new beginning."""
    await world.citra.private.says(WORDS)
    await world.budi.replies("Karena begitu didefinisikan.", to="Kenapa 0! = 1?")
    await world.citra.private.presses("Masih belum jelas")
    await world.citra.private.says("Definisinya untuk apa?")
    await world.dewi.private.says("/jawab Q1 Supaya rumus kombinasi tetap berlaku.")
    await world.eko.likes("Kenapa 0! = 1?")
    await world.dewi.likes("Kenapa 0! = 1?")
    await world.citra.private.says("/terjawab Q1.2")
    await world.citra.private.says("/tutup Q1 Sudah jelas, terima kasih.")
    await world.citra.private.presses("Buka lagi")
    await world.budi.private.says("/pertanyaan Q1")
    await world.budi.private.presses("Masukkan ke tanya jawab")
    await world.passes(days=4)


async def test_nobody_else_ever_reads_who_asked(world: World) -> None:
    before = others_see(world, world.citra)
    await whole_life(world)
    after = others_see(world, world.citra)[len(before) :]
    assert "ditanyakan anonim" in card(world, "Q1")
    assert "Citra" not in after
    assert world.citra.account.id not in after


async def test_the_author_keeps_every_right(world: World) -> None:
    await whole_life(world)
    asked = await question(world)
    assert asked.state is State.OPEN
    assert asked.author == 0
    assert asked.closer == 0
    async with world.store.read() as unit:
        person = (await unit.arrivals.of(world.group, world.citra.account)).person
        assert person
        assert await unit.questions.is_owner(COMMUNITY, 1, person.id)


async def test_no_points_give_the_author_away(world: World) -> None:
    await whole_life(world)
    assert await points(world, world.citra) == 0


async def test_logs_name_neither_the_author_nor_their_number(world: World) -> None:
    account = world.citra.account
    with structlog.testing.capture_logs() as lines:
        await whole_life(world)
        world.stage.cast.pop(account)  # nothing can be sent to them any more, which is logged
        await world.budi.private.says("/jawab Q1 Ada penjelasan lain juga.")
    assert lines
    logged = json.dumps(lines, default=str)
    assert "Citra" not in logged
    assert account.id not in logged
    assert ":p" not in logged


async def test_a_muted_author_signs_and_the_moderator_learns_nothing(world: World) -> None:
    await world.citra.private.says(WORDS)
    await world.budi.private.says("/pertanyaan Q1")
    await world.budi.private.presses("Wajib pakai nama 7 hari")
    assert "Citra" not in world.budi.private.told
    await world.citra.private.says("/tanya anon Boleh lagi sekarang?")
    assert "meminta pertanyaan memakai nama" in world.citra.private.told
    await world.citra.private.says("/tanya Boleh lagi sekarang?")
    assert "ditanyakan oleh Citra" in card(world, "Q2")
    await world.passes(days=8)
    await world.citra.private.says("/tanya anon Bagaimana dengan hari ini?")
    assert (await question(world, 3)).anonymous


async def test_members_cannot_mute(world: World) -> None:
    await world.citra.private.says(WORDS)
    await world.dewi.private.says("/pertanyaan Q1")
    assert "Wajib pakai nama 7 hari" not in world.dewi.private.buttons
