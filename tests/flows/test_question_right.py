"""Who may do what about questions, and what nobody learns of whose an anonymous one is."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.chat.events import Invoked, Sender
from bot.chat.places import Role
from bot.said import Said
from tests.adapters.telegram.circle import circled
from tests.flows.asked import SKY, answers, card, greet, question
from tests.world import Human, World


@pytest.fixture
async def known(world: World) -> World:
    await greet(world)
    return world


async def leaves(world: World, person: Human) -> None:
    """The group puts somebody out."""
    world.stage.cast_as(replace(world.stage.actor(person.account), role=Role.GUEST))


# Who may


async def test_whoever_was_put_out_of_the_group_asks_and_answers_nothing_from_outside(known: World) -> None:
    world = known
    await world.ani.says(SKY)
    await world.citra.private.says("/pertanyaan Q1")
    await leaves(world, world.citra)
    before = len(world.public)
    await world.citra.private.says("/tanya anon Boleh iklan di sini?")
    assert len(world.public) == before
    await world.citra.private.presses("Jawab")
    assert "Ini hanya untuk anggota grup" in world.citra.private.told
    await world.citra.private.says("Beli di toko saya.")
    assert not await answers(world)


async def test_an_anonymous_administrator_reads_a_question(known: World) -> None:
    world = known
    await world.ani.says(SKY)
    told: list[Said] = []

    async def hear(said: Said) -> None:
        told.append(said)

    sender = Sender(None, role=Role.ORGANISER)
    asked = Invoked(key="anon", at=world.clock(), place=world.group, sender=sender, line="questions Q1")
    await world.app.handle(asked, hear)
    await world.stage.settle()
    assert "Kenapa langit biru?" in str(told[0].message)


# Whose an anonymous question is


async def test_turning_messages_into_questions_does_not_tell_who_asked_anonymously(known: World) -> None:
    world = known
    for number in range(5):
        await world.citra.private.says(f"/tanya anon Soal {number * 1111} itu bagaimana?")
        if "Tanyakan tanpa nama" in world.citra.private.buttons:
            await world.citra.private.presses("Tanyakan tanpa nama")
    assert (await question(world, 5)).anonymous
    await world.citra.says("kenapa ya daun warnanya hijau")
    await world.dewi.replies("/tanya", to="daun")
    assert "ditanyakan oleh Citra" in card(world, "Q6")


@pytest.mark.parametrize("words", ["/solved Q1.1", "/close Q1 Clear now."])
async def test_nobody_decides_in_public_about_what_they_asked_anonymously(tmp_path: Path, words: str) -> None:
    async with circled(tmp_path) as circle:
        await circle.writes(circle.eko, "/ask anon Why is 0! = 1? #maths")
        await circle.writes(circle.dewi, "/answer Q1 By definition.")
        for person in (circle.eko, circle.dewi):
            command = await circle.says(person, words)
            assert not circle.marked(command)
            assert circle.card("Q1")["text"].startswith("Q1 · open")
            assert circle.told(person)[-1].endswith("About questions without a name: in private with me.")
        await circle.writes(circle.eko, words)
        assert not circle.card("Q1")["text"].startswith("Q1 · open")
