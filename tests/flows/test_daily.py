"""The daily mini-quiz, from its hour to its close."""

from dataclasses import replace

import pytest

from bot.chat.text import T
from bot.domain.community import Register, Reveal
from bot.domain.jobs import State as JobState
from bot.domain.quiz import State
from bot.example.bank import bank
from bot.features import sheet
from bot.speech import Speech
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
    return [f"{number}{'ABCDE'[item.right[0]]}" for number, item in enumerate(quiz.items, 1)]


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


async def closes_late(world: World) -> None:
    """Let right or wrong be told at the close."""
    async with world.store.begin() as unit:
        group = await unit.communities.get(COMMUNITY)
        assert group
        await unit.communities.save(replace(group, daily=replace(group.daily, reveal=Reveal.CLOSE)))


async def test_where_the_close_reveals_a_tap_is_only_noted(world: World) -> None:
    await closes_late(world)
    await opens(world)
    right = (await right_letters(world))[0]
    await world.citra.presses(right)
    assert f"Jawabanmu {right[1]} sudah tercatat" in world.citra.told
    assert "20.00 WIB" in world.citra.told
    assert "Benar" not in world.citra.told
    other = next(label for label in world.citra.buttons if label[0] == "1" and label != right)
    await world.citra.presses(other)
    assert f"Jawabanmu {right[1]} sudah tercatat" in world.citra.told, "the first tap stands"
    await world.citra.private.says("/daily")
    await world.citra.private.presses("A")
    assert "✅" not in world.citra.private.told
    assert "Belum tepat" not in world.citra.private.told


async def test_after_the_close_everybody_finds_their_own_answers(world: World) -> None:
    await closes_late(world)
    await opens(world)
    first, second, _ = await right_letters(world)
    await world.citra.presses(first)
    await world.citra.presses(next(x for x in world.citra.buttons if x[0] == "2" and x != second))
    await world.passes(hours=13)
    await world.citra.says("/daily")
    assert f"1. Jawabanmu {first[1]}: benar" in world.citra.told
    assert f"seharusnya {second[1]}" in world.citra.told
    assert "3. Jawabanmu" not in world.citra.told
    assert "Rab, 25 Nov pukul 07.00 WIB" in world.citra.told
    assert "Latihan sekarang" in world.citra.buttons
    await world.dewi.says("/daily")
    assert "Jawabanmu" not in world.dewi.told


async def test_an_answer_in_the_very_second_of_the_close_is_late(world: World) -> None:
    await opens(world)
    await world.citra.presses("1A")
    world.sleeps(hours=13)
    await world.citra.presses("2A")
    assert "latihan" in world.citra.told
    async with world.store.read() as unit:
        quiz = await unit.quizzes.latest(COMMUNITY)
        assert quiz
        assert (await unit.quizzes.tally(COMMUNITY, quiz.id)).answers(1) == 0


async def test_the_private_round_that_is_still_open_at_the_close_ends_as_practice(world: World) -> None:
    await opens(world)
    citra = world.citra.private
    await world.citra.says("/help")
    await citra.says("/daily")
    await world.passes(hours=13)
    for _ in range(3):
        await citra.presses("A")
        assert "latihan" in citra.told
    assert citra.buttons == ["Latihan lagi"]
    await citra.says("/points")
    assert "Belum ada poin" in citra.told


async def test_a_quiz_in_which_nobody_took_part_ends_without_numbers(world: World) -> None:
    await opens(world)
    await world.passes(hours=13)
    assert "Kali ini belum ada yang ikut" in world.public[0]
    assert "0" not in world.public[0].splitlines()[2]
    await world.citra.presses("Latihan")
    assert "soal 1 dari 5" in world.citra.told


async def test_who_finished_in_public_finds_nothing_left_in_private(world: World) -> None:
    await opens(world)
    for number in "123":
        await world.citra.presses(f"{number}A")
    await world.citra.private.says("/daily")
    assert "Cukup untuk hari ini" in world.citra.private.told
    await world.citra.private.presses("Latihan lagi")
    assert "soal 1 dari 5" in world.citra.private.told


@pytest.mark.parametrize("count", [1, 2])
async def test_a_small_bank_makes_a_small_quiz_every_day(empty: World, count: int) -> None:
    await empty.stage.add_bot(empty.ani.account, empty.group, "Kelas 8B")
    await empty.stage.settle()
    for number in range(count):
        values = {"prompt": f"{number} + 1?", "options": "1\n2\n9", "right": "a", "explanation": "", "topic": ""}
        await empty.ani.runs("quizbank add", **values)
    for step in ("WIB", "Seimbang", "Lanjut", "Selesai"):
        await empty.ani.presses(step)
    for _ in range(2):
        await empty.passes(hours=24)
        quiz_card = next(text for text in reversed(empty.public) if "Kuis harian ·" in text)
        assert f"{count} soal." in quiz_card
    for number in range(1, count + 1):
        await empty.citra.presses(f"{number}A")
    assert "+1 poin" in empty.citra.told


async def test_a_bank_that_is_filled_later_starts_the_quiz_the_next_day(empty: World) -> None:
    await empty.stage.add_bot(empty.ani.account, empty.group, "Kelas 8B")
    await empty.stage.settle()
    for step in ("WIB", "Seimbang", "Lanjut", "soal kami tulis sendiri"):
        await empty.ani.presses(step)
    await empty.passes(days=3)
    assert len(empty.public) == 1
    await empty.ani.runs("quizbank add", prompt="1 + 1?", options="2\n3", right="a", explanation="", topic="")
    await empty.passes(days=1)
    assert len(empty.public) == 2


async def test_the_quiz_is_posted_and_closed_without_a_sound(world: World) -> None:
    await world.passes(days=3)
    assert world.stage.transcript.noise.sounding == 0
    assert len(world.public) == 3


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("register", Register)
def test_every_alert_about_the_example_bank_fits_telegrams_200_characters(language: str, register: Register) -> None:
    speech = Speech(language, register=register)
    bonus = T("Done: +{points} point. Streak: {n} day.", "Done: +{points} point. Streak: {n} days.", points=1, n=365)
    for item in bank(COMMUNITY):
        for option in range(len(item.text(language).options)):
            verdict = sheet.verdict(item, str(option), language)
            first = T("{told} {bonus}", told=verdict, bonus=bonus)
            again = T("Your answer {letter} was in already. {verdict}", letter="A", verdict=verdict)
            for told in (first, T("{told} ({done}/{all})", told=again, done=2, all=3)):
                assert len(speech.words(told).encode("utf-16-le")) // 2 <= 200, speech.words(told)


async def test_who_answered_in_time_and_presses_again_after_the_close_hears_that_it_counted(world: World) -> None:
    await opens(world)
    entry, row, column = world.budi._button("1B")
    press = entry.pages[-1].rows[row][column].press
    assert press
    await world.budi.presses("1A")
    await world.passes(hours=14)
    for human in (world.budi, world.citra):
        await world.stage.press_data(human.account, entry.id, world.app.sign(press))
    await world.stage.settle()
    assert "Jawabanmu A sudah tercatat." in world.budi.told
    assert "latihan" not in world.budi.told
    assert "latihan" in world.citra.told
