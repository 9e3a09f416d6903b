"""What a close reading of questions found: each of these was wrong once."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.telegram import answer as telegram_answer
from bot.chat.events import Invoked, Quoted, Sender
from bot.chat.places import Ref, Role
from bot.domain.question import LONGEST_ANSWER, Answer, Closing, State
from bot.features.question import helper, opening, page, shelf
from bot.said import Said
from tests.adapters.question import SCATTERED as SCATTERED_EN
from tests.adapters.question import SKY as SKY_EN
from tests.adapters.telegram.circle import circled
from tests.database import Postgres
from tests.flows.asked import COMMUNITY, SCATTERED, SKY, answers, appoint, card, greet, points, question
from tests.world import World, opened


@pytest.fixture
async def known(world: World) -> World:
    await greet(world)
    return world


# Words that members wrote


async def test_no_answer_is_taken_out_of_the_group_where_the_bot_may_delete(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telegram_answer, "PUBLIC_LIFE", 0.01)
    async with circled(tmp_path, admin=True) as circle:
        await circle.says(circle.budi, f"/ask {SKY_EN}")
        said = await circle.says(circle.dewi, SCATTERED_EN, reply_to=circle.card("Q1")["message_id"])
        command = await circle.says(circle.eko, "/answer Q1 And our eyes.")
        await circle.settle()
        assert circle.marked(said)
        assert circle.marked(command)
        assert {said, command} <= circle.chat.messages.keys()


async def test_a_number_at_the_start_of_an_answer_is_no_question(known: World) -> None:
    world = known
    await world.ani.says("/tanya Berapa 3 + 4? #matematika")
    await world.ani.says("/tanya Berapa 8 - 7? #fisika")
    if "Tetap tanyakan" in world.ani.buttons:
        await world.ani.presses("Tetap tanyakan")
    await world.budi.replies("/jawab 1 karena 8 lebih satu dari 7", to="Berapa 8 - 7?")
    assert not await answers(world, 1)
    assert [each.text for each in await answers(world, 2)] == ["1 karena 8 lebih satu dari 7"]
    await world.ani.replies("/tutup 2 orang sudah menjelaskannya.", to="Berapa 8 - 7?")
    assert (await question(world, 2)).note == "2 orang sudah menjelaskannya."


async def test_a_message_moved_to_another_question_is_no_answer_to_the_first_any_more(known: World) -> None:
    world = known
    await world.ani.says(SKY)
    await world.ani.says("/tanya Mengapa senja berwarna merah? #optik")
    await world.citra.replies("Karena cahayanya lewat udara lebih jauh.", to="Kenapa langit biru?")
    await world.ani.private.says("/terjawab Q1.1")
    assert await points(world, world.citra) == 5
    await world.budi.replies("/pindah Q2", to="lebih jauh")
    assert not await answers(world, 1)
    assert [each.text for each in await answers(world, 2)] == ["Karena cahayanya lewat udara lebih jauh."]
    assert (await question(world)).state is State.OPEN
    assert await points(world, world.citra) == 0
    await world.citra.deletes("lebih jauh")
    assert not await answers(world, 2)


async def test_a_long_reply_counts_as_far_as_it_fits(known: World) -> None:
    world = known
    await world.ani.says(SKY)
    await world.budi.replies("kata " * 700, to="Kenapa langit biru?")
    (given,) = await answers(world)
    assert given.text.startswith("kata kata")
    assert len(given.text) <= LONGEST_ANSWER


# Which answer solves it


async def test_naming_the_question_below_a_message_accepts_that_message(known: World) -> None:
    world = known
    await world.ani.says(SKY)
    await world.budi.replies("Pantulan laut, mungkin?", to="Kenapa langit biru?")
    await world.citra.says(SCATTERED)
    await world.ani.replies("/terjawab Q1", to=SCATTERED)
    assert [(each.text, each.accepted) for each in await answers(world)] == [
        ("Pantulan laut, mungkin?", False),
        (SCATTERED, True),
    ]


async def test_below_the_words_of_nobody_known_no_other_answer_is_accepted(known: World) -> None:
    world = known
    await world.ani.says(SKY)
    await world.budi.replies("Pantulan laut, mungkin?", to="Kenapa langit biru?")
    thread = replace(world.group, thread="77")
    async with world.store.begin() as unit:
        await unit.cards.put(COMMUNITY, "question:1", Ref(thread, "card", opened="77"))
    told: list[Said] = []

    async def hear(said: Said) -> None:
        told.append(said)

    await world.app.handle(
        Invoked(
            key="stray",
            at=world.clock(),
            place=thread,
            sender=Sender(world.ani.account, "Ani", role=Role.ORGANISER),
            line="terjawab",
            reply=Ref(thread, "said by an anonymous administrator"),
            quoted=Quoted("Hamburan Rayleigh."),
        ),
        hear,
    )
    await world.app.drain()
    assert "Jawaban mana yang tepat?" in str(told[0].message)
    assert not (await answers(world))[0].accepted


async def test_an_answer_that_solved_it_before_solves_it_again(known: World) -> None:
    world = known
    await world.ani.says(SKY)
    await world.budi.replies(SCATTERED, to="Kenapa langit biru?")
    await world.ani.private.says("/terjawab Q1.1")
    await world.ani.private.says("/pertanyaan Q1")
    await world.ani.private.presses("Buka lagi")
    assert (await question(world)).state is State.OPEN
    await world.ani.private.says("/terjawab Q1.1")
    assert (await question(world)).state is State.ANSWERED
    assert await points(world, world.budi) == 5


async def test_taking_an_answer_back_does_not_open_what_was_closed(known: World) -> None:
    world = known
    await world.ani.says(SKY)
    await world.citra.replies(SCATTERED, to="Kenapa langit biru?")
    await world.ani.private.says("/terjawab Q1.1")
    await world.budi.private.says("/tutup Q1 Lihat rangkuman bab 3.")
    await world.ani.private.says("/pertanyaan Q1.1")
    await world.ani.private.presses("Ternyata bukan ini")
    asked = await question(world)
    assert (asked.state, asked.closing, asked.note) == (State.CLOSED, Closing.WORDS, "Lihat rangkuman bab 3.")
    assert await points(world, world.citra) == 0


# The way on


async def test_what_was_asked_before_is_one_tap_away_from_the_card(known: World) -> None:
    world = known
    await world.ani.says(SKY)
    await world.budi.private.says("/tanya Warna laut dari mana?")
    await world.budi.private.says("/pertanyaan Q2")
    await world.budi.private.presses("Sudah pernah ditanyakan")
    await world.budi.private.says("Q1")
    assert "Q2 · ditutup: sama dengan Q1" in card(world, "Q2")
    await world.citra.presses("Q1")
    assert world.citra.sees("Kenapa langit biru?", "ditanyakan oleh Ani")


# Numbers and time


def test_buttons_hold_the_longest_topics_beside_the_largest_numbers() -> None:
    large, topic = 99_999_999, "x" * page.LONGEST_TOPIC
    assert shelf.turn(large, shelf.ALL, topic, 100_000)
    assert opening.set_topic(large, large, topic)
    assert helper.choose(large, topic, page.OFF)


async def test_the_thousandth_answer_is_refused_however_many_were_withdrawn(known: World) -> None:
    world = known
    await world.ani.says(SKY)
    async with world.store.begin() as unit:
        for number in range(999):
            made = Answer(COMMUNITY, 1, 0, f"Jawaban {number}", 100 + number, world.clock(), withdrawn=number < 500)
            await unit.questions.add_answer(made)
    await world.budi.private.says(f"/jawab Q1 {SCATTERED}")
    assert "sudah sangat banyak" in world.budi.private.told
    async with world.store.read() as unit:
        assert await unit.questions.answer(COMMUNITY, 1, 1000) is None


async def test_after_a_long_sleep_the_asker_still_has_a_week_to_answer(known: World) -> None:
    world = known
    await world.ani.says(SKY)
    world.sleeps(days=20)
    await world.wakes()
    assert "Apakah Q1 sudah terjawab?" in world.ani.private.told
    assert (await question(world)).state is State.OPEN
    await world.passes(days=6)
    assert (await question(world)).state is State.OPEN
    await world.passes(days=1, hours=1)
    assert (await question(world)).state is State.CLOSED


# Two at once


@pytest.fixture
def many_writers(postgres_server: Postgres) -> Iterator[str]:
    """A database in which two units work at once."""
    address = postgres_server.fresh()
    yield address
    postgres_server.drop(address)


async def test_linking_a_repetition_overwrites_nothing_of_the_original(many_writers: str) -> None:
    async with opened(many_writers) as there:
        await greet(there)
        await there.ani.says(SKY)
        await there.budi.private.says("/tanya Warna laut dari mana?")
        await there.budi.private.says("/pertanyaan Q2")
        await there.budi.private.presses("Sudah pernah ditanyakan")
        async with there.store.begin() as unit:
            held = await unit.questions.hold(COMMUNITY, 1)
            assert held
            linking = asyncio.create_task(there.budi.private.says("Q1"))
            await asyncio.sleep(0.5)
            await unit.questions.save(replace(held, state=State.ANSWERED))
        await linking
        assert (await question(there, 2)).original == 1
        assert (await question(there, 1)).state is State.ANSWERED


# What was made of it


async def test_a_removed_entry_can_be_made_again(known: World) -> None:
    world = known
    await appoint(world, world.dewi, Role.MODERATOR)
    await world.ani.says(SKY)
    await world.budi.private.says(f"/jawab Q1 {SCATTERED}")
    await world.ani.private.says("/terjawab Q1")
    for _ in range(2):
        await world.dewi.private.says("/pertanyaan Q1")
        await world.dewi.private.presses("Masukkan ke tanya jawab")
        assert SCATTERED in world.dewi.private.told
        await world.dewi.private.presses("Hapus")
    await world.dewi.private.says("/faq")
    assert "Belum ada apa-apa" in world.dewi.private.told


async def test_a_question_of_fences_alone_has_no_words(known: World) -> None:
    world = known
    await world.ani.private.says("/tanya `````` #kode")
    assert "Tulis pertanyaannya setelah perintah" in world.ani.private.told
