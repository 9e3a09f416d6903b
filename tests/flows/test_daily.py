"""The daily mini-quiz, from its hour to its close."""

import pytest

from bot.domain.jobs import State as JobState
from bot.domain.quiz import State
from tests.world import World

COMMUNITY = 1


async def opens(world: World) -> None:
    """Go to Tuesday, 07.00, when the first planned quiz opens."""
    await world.passes(hours=22)


async def right_letters(world: World) -> list[str]:
    """The buttons of the right options of the quiz that is open."""
    async with world.store.read() as unit:
        quiz = await unit.quizzes.latest(COMMUNITY)
    assert quiz
    return [f"{number}{'ABCDE'[item.right]}" for number, item in enumerate(quiz.items, 1)]


async def test_it_is_posted_once_in_every_place_at_the_groups_hour(world: World) -> None:
    await world.passes(hours=21, minutes=59)
    assert world.public == []
    await world.passes(minutes=1)
    assert len(world.public) == 1
    assert world.ani.sees("Kuis harian · Selasa, 24 November 2026", "20.00 WIB")
    assert [str(label)[0] for label in world.ani.buttons] == sorted(label[0] for label in world.ani.buttons)


async def test_a_tap_is_counted_once_and_told_to_the_presser_alone(world: World) -> None:
    await opens(world)
    first = (await right_letters(world))[0]
    await world.citra.presses(first)
    assert "Benar" in world.citra.told
    assert "(1/3)" in world.citra.told
    await world.citra.presses(first)
    assert "(1/3)" in world.citra.told
    assert len(world.public) == 1
    assert not world.dewi.sees("Benar!")


async def test_the_first_tap_stands(world: World) -> None:
    await opens(world)
    right = (await right_letters(world))[0]
    wrong = next(label for label in world.citra.buttons if label[0] == "1" and label != right)
    await world.citra.presses(wrong)
    assert "Belum tepat" in world.citra.told
    await world.citra.presses(right)
    assert f"Jawabanmu {wrong[1]} sudah" in world.citra.told


async def test_finishing_gives_a_point_and_a_streak_whatever_was_answered(world: World) -> None:
    await opens(world)
    for number in "123":
        await world.citra.presses(f"{number}A")
    assert "+1" in world.citra.told
    await world.citra.says("/points")
    assert world.citra.sees("Poinmu", "Runtunan: 1 hari")
    await world.citra.says("/why")
    assert world.citra.sees("+1", "Selasa, 24 November 2026")


async def test_the_close_edits_the_card_into_the_distribution(world: World) -> None:
    await opens(world)
    for person in (world.citra, world.dewi):
        for label in await right_letters(world):
            await person.presses(label)
    await world.eko.presses("1A")
    await world.passes(hours=13)
    assert len(world.public) == 1
    assert "3 orang ikut, 2 menyelesaikan" in world.public[0]


async def test_an_answer_after_the_close_is_practice(world: World) -> None:
    await opens(world)
    entry = next(entry for entry in world.stage.transcript if entry.place == world.group)
    await world.passes(hours=13)
    press = entry.pages[-1].rows[0][0].press
    assert press
    data = world.app.sign(press)
    await world.stage.press_data(world.citra.account, entry.id, data)
    await world.stage.settle()
    assert "latihan" in world.citra.told
    async with world.store.read() as unit:
        quiz = await unit.quizzes.latest(COMMUNITY)
        assert quiz
        assert quiz.state is State.CLOSED
        assert (await unit.quizzes.tally(COMMUNITY, quiz.id)).people == 0


async def test_the_reader_is_answered_in_their_own_language(world: World) -> None:
    await opens(world)
    await world.eko.presses("1A")
    assert "Right!" in world.eko.told or "Not quite" in world.eko.told


async def test_daily_in_private_walks_through_the_open_items(world: World) -> None:
    await opens(world)
    await world.citra.presses("1A")
    await world.citra.private.says("/harian")
    assert world.citra.private.sees("soal 2 dari 3")
    await world.citra.private.presses("A")
    assert world.citra.private.sees("soal 3 dari 3")
    await world.citra.private.presses("B")
    assert world.citra.private.sees("Cukup untuk hari ini")
    assert len(world.citra.private.screen) == 2, "the command and one message that was edited"


async def test_without_an_open_quiz_the_next_hour_is_told(world: World) -> None:
    await world.dewi.says("/daily")
    assert world.dewi.sees("Sel, 24 Nov pukul 07.00 WIB")


@pytest.mark.parametrize("hours", [5 / 60, 5, 25])
async def test_after_downtime_a_useful_quiz_is_posted_once_and_marked_as_late(world: World, hours: float) -> None:
    await world.passes(hours=21, minutes=59)
    world.sleeps(hours=hours)
    await world.wakes()
    await world.passes(minutes=2)
    assert len(world.public) == 1
    assert ("terlambat" in world.public[0]) is (hours > 1)


async def test_a_quiz_that_is_no_longer_useful_is_dropped_and_listed(world: World) -> None:
    await world.passes(hours=21, minutes=59)
    world.sleeps(hours=12)
    await world.wakes()
    assert world.public == []
    async with world.store.read() as unit:
        (dropped,) = await unit.jobs.troubled(COMMUNITY)
    assert dropped.state is JobState.DROPPED
    await world.passes(hours=13)
    assert len(world.public) == 1
