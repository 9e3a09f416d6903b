"""How a question goes on by itself, and who hears of it when."""

from datetime import UTC, datetime

import pytest

from bot.chat.events import Deleted, Sender
from bot.domain.question import Closing, State
from bot.said import Said
from tests.flows.asked import COMMUNITY, SCATTERED, SKY, card, greet, question
from tests.world import Human, World

NIGHT = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
"""Ten in the evening in Jakarta."""


@pytest.fixture(autouse=True)
async def known(world: World) -> None:
    await greet(world)


async def helps(person: Human, *topics: str) -> None:
    await person.private.says("/pertanyaan bantu")
    for topic in topics:
        await person.private.presses(topic)


def called(person: Human) -> list[str]:
    return [text for text in person.private.screen if "Bisa bantu?" in text]


async def test_nobody_hears_of_questions_who_did_not_ask_for_it(world: World) -> None:
    await world.ani.says(SKY)
    await world.passes(hours=30)
    assert not any(called(person) for person in (world.budi, world.citra, world.dewi))


async def test_helpers_hear_of_their_topics_in_turn_and_rest_in_between(world: World) -> None:
    for person in (world.budi, world.citra, world.dewi):
        await helps(person, "#fisika")
        await world.passes(seconds=1)
    await world.passes(hours=13)
    await world.until(datetime(2026, 11, 24, 3, 0, tzinfo=UTC))
    await world.ani.says(SKY)
    assert [len(called(person)) for person in (world.budi, world.citra, world.dewi)] == [1, 1, 0]
    await world.ani.says("/tanya Kenapa pelangi melengkung? #fisika")
    assert [len(called(person)) for person in (world.budi, world.citra, world.dewi)] == [1, 1, 1]
    await world.ani.says("/tanya Apa itu entropi? #fisika")
    assert [len(called(person)) for person in (world.budi, world.citra, world.dewi)] == [1, 1, 1]


async def test_other_topics_are_left_alone_and_all_topics_are_all(world: World) -> None:
    await helps(world.budi, "#biologi")
    await helps(world.citra, "Semua topik")
    await world.passes(hours=24)
    await world.ani.says(SKY)
    assert not called(world.budi)
    assert called(world.citra)


async def test_what_is_asked_at_night_is_told_in_the_morning(world: World) -> None:
    await helps(world.budi, "#fisika")
    await world.until(NIGHT)
    await world.ani.says(SKY)
    assert not called(world.budi)
    await world.passes(hours=7)
    assert not called(world.budi)
    await world.passes(hours=1, minutes=1)
    assert called(world.budi)


async def test_whoever_is_late_hears_nothing_of_what_is_answered(world: World) -> None:
    await helps(world.budi, "#fisika")
    await world.until(NIGHT)
    await world.ani.says(SKY)
    await world.citra.private.says(f"/jawab Q1 {SCATTERED}")
    await world.passes(hours=12)
    assert not called(world.budi)


async def test_an_unanswered_question_reaches_further_helpers_after_a_day(world: World) -> None:
    for person in (world.budi, world.citra, world.dewi):
        await helps(person, "#fisika")
        await world.passes(seconds=1)
    await world.until(datetime(2026, 11, 24, 3, 0, tzinfo=UTC))
    await world.ani.says(SKY)
    await world.passes(hours=25)
    assert [len(called(person)) for person in (world.budi, world.citra, world.dewi)] == [1, 1, 1]


async def test_the_asker_is_asked_then_it_is_closed_with_a_reason_and_opened_again(world: World) -> None:
    await world.ani.says(SKY)
    await world.budi.replies(SCATTERED, to="Kenapa langit biru?")
    await world.passes(days=3, hours=1)
    assert "Apakah Q1 sudah terjawab?" in world.ani.private.told
    await world.passes(days=6)
    assert (await question(world)).state is State.OPEN
    await world.passes(days=1, hours=1)
    asked = await question(world)
    assert (asked.state, asked.closing) == (State.CLOSED, Closing.SILENT)
    assert "Q1 · ditutup: lama tidak ada kabar" in card(world, "Q1")
    assert "Q1 sudah ditutup" in world.ani.private.told
    await world.ani.private.presses("Buka lagi")
    assert (await question(world)).state is State.OPEN


async def test_not_yet_begins_anew(world: World) -> None:
    await world.ani.says(SKY)
    await world.passes(days=3, hours=1)
    await world.ani.private.presses("Belum")
    assert "Q1 tetap terbuka" in world.ani.private.told
    await world.passes(days=9)
    assert (await question(world)).state is State.OPEN
    await world.passes(days=2)
    assert (await question(world)).state is State.CLOSED


async def test_an_answer_stops_the_clock_until_nothing_happens_again(world: World) -> None:
    await world.ani.says(SKY)
    await world.passes(days=9)
    await world.budi.private.says(f"/jawab Q1 {SCATTERED}")
    await world.passes(days=9)
    assert (await question(world)).state is State.OPEN


async def test_i_found_it_myself_ends_it_and_asks_to_keep_it(world: World) -> None:
    await world.ani.says(SKY)
    await world.passes(days=3, hours=1)
    await world.ani.private.presses("Sudah saya temukan sendiri")
    assert "/jawab Q1" in world.ani.private.told or "/answer Q1" in world.ani.private.told
    assert (await question(world)).closing is Closing.FOUND


async def test_a_closed_question_is_closed_once_whatever_the_clock_says(world: World) -> None:
    await world.ani.says(SKY)
    await world.budi.private.says("/tutup Q1 Salah grup.")
    told = len(world.ani.private.screen)
    await world.passes(days=30)
    assert len(world.ani.private.screen) == told
    assert (await question(world)).note == "Salah grup."


async def test_a_deleted_card_closes_the_question_and_opening_posts_it_anew(world: World) -> None:
    await world.ani.says(SKY)
    async with world.store.read() as unit:
        cards = await unit.cards.standing(COMMUNITY, "question:1")
    for ref in cards:
        world.stage.transcript.delete(next(entry for entry in world.stage.transcript if entry.id == ref.message))
        gone = Deleted(key=ref.message, at=world.clock(), place=ref.place, sender=Sender(None), message=ref)
        await world.app.handle(gone, unheard)
    await world.stage.settle()
    assert (await question(world)).closing is Closing.DELETED
    assert not any(world.public)
    await world.ani.private.presses("Buka lagi")
    assert "Q1 · terbuka" in card(world, "Q1")


async def unheard(said: Said) -> None:
    raise AssertionError(said)


async def test_the_clock_ticks_after_a_restart(world: World) -> None:
    await world.ani.says(SKY)
    world.sleeps(days=4)
    await world.wakes()
    assert "Apakah Q1 sudah terjawab?" in world.ani.private.told


async def test_a_card_that_was_lost_on_the_way_to_another_chat_is_posted_with_the_next_answer(world: World) -> None:
    await world.ani.says(SKY)
    async with world.store.begin() as unit:
        for ref in await unit.cards.standing(COMMUNITY, "question:1"):
            await unit.cards.forget(ref)
    await world.budi.private.says(f"/jawab Q1 {SCATTERED}")
    async with world.store.read() as unit:
        assert len(await unit.cards.standing(COMMUNITY, "question:1")) == 2
