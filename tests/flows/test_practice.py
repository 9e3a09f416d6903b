"""Private practice: a few items one after the other in one message, for the practiser alone."""

from dataclasses import replace

import pytest

from bot.chat.press import Press
from bot.domain.community import Reveal
from tests.flows.raw import pressed, words
from tests.world import Human, World, opened

COMMUNITY = 1


async def letters(world: World, person: Human) -> list[str]:
    """The right letters of the person's round."""
    async with world.store.read() as unit:
        found = await unit.arrivals.of(person.at, person.account)
        assert found.person
        practice = await unit.practices.get(COMMUNITY, found.person.id)
        assert practice
        items = await unit.items.some(COMMUNITY, practice[1])
    return ["ABCDE"[item.right[0]] for item in items]


async def test_a_round_of_five_is_one_message_that_edits_itself(world: World) -> None:
    await world.citra.says("/quiz")
    before = len(world.citra.screen)
    for number, letter in enumerate(await letters(world, world.citra), 1):
        assert f"soal {number} dari 5" in world.citra.told
        await world.citra.presses(letter)
        assert "✅ Benar!" in world.citra.told
    assert "5 dari 5 benar" in world.citra.told
    assert "Hanya kamu" in world.citra.told
    assert len(world.citra.screen) == before
    assert world.public == []
    assert not world.dewi.sees("soal 1 dari 5")


async def test_a_wrong_tap_is_answered_with_the_reason_and_without_blame(world: World) -> None:
    await world.citra.says("/quiz biologi 2")
    right = (await letters(world, world.citra))[0]
    wrong = next(label for label in world.citra.buttons if label != right)
    await world.citra.presses(wrong)
    assert f"❌ Belum tepat: jawabannya {right}." in world.citra.told
    await world.citra.presses("A")
    assert "dari 2 benar" in world.citra.told
    await world.citra.presses("Latihan lagi")
    assert "soal 1 dari 5" in world.citra.told


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("/quiz", 5),
        ("/kuis 1", 1),
        ("/quiz 20", 20),
        ("/quiz biologi", 5),
        ("/quiz BIOLOGI 2", 2),
        ("/quiz #biologi 2", 2),
        ("/quiz fisika 20", 4),
    ],
)
async def test_topic_and_number_may_be_given_in_any_measure(world: World, line: str, count: int) -> None:
    await world.citra.says(line)
    assert f"soal 1 dari {count}" in world.citra.told or world.citra.sees("soal 1 dari")
    assert len(await letters(world, world.citra)) <= count


@pytest.mark.parametrize("number", ["0", "21", "-1", "999999999", "1e3"])
async def test_a_number_out_of_range_is_refused_with_the_range_or_taken_for_a_topic(world: World, number: str) -> None:
    await world.citra.says(f"/quiz {number}")
    assert "1 sampai 20" in world.citra.told or "Belum ada soal tentang" in world.citra.told
    assert "/quiz" in world.citra.told or "biologi" in world.citra.buttons


async def test_a_topic_without_items_offers_those_that_have_some(world: World) -> None:
    await world.citra.says("/quiz zoologi")
    assert "zoologi" in world.citra.told
    assert "biologi" in world.citra.buttons
    await world.citra.presses("biologi")
    assert "soal 1 dari" in world.citra.told


async def test_a_topic_that_is_markup_is_shown_as_it_is(world: World) -> None:
    await world.citra.says("/quiz <b>*x*</b>")
    assert "<b>*x*</b>" in world.citra.told


async def test_a_new_round_ends_the_old_one_kindly(world: World) -> None:
    await world.citra.says("/quiz biologi 2")
    old = next(e for e in reversed(tuple(world.stage.transcript)) if e.only == world.citra.account)
    await world.citra.says("/quiz fisika 2")
    press = old.pages[-1].rows[0][0].press
    assert press
    await world.stage.press_data(world.citra.account, old.id, world.app.sign(press))
    await world.stage.settle()
    assert "Mulai lagi dengan /quiz" in world.citra.told


async def test_the_first_tap_of_an_item_stands_however_often_it_comes(world: World) -> None:
    await world.citra.says("/quiz biologi 2")
    entry = next(e for e in reversed(tuple(world.stage.transcript)) if e.only == world.citra.account)
    right, *_ = await letters(world, world.citra)
    row = entry.pages[-1].rows[0]
    wrong = next(button for button in row if button.label != right)
    good = next(button for button in row if button.label == right)
    for button in (good, wrong, good):
        assert button.press
        await world.stage.press_data(world.citra.account, entry.id, world.app.sign(button.press))
    await world.stage.settle()
    assert "✅ Benar!" in world.citra.told


async def test_a_restart_in_the_middle_of_a_round_changes_nothing(sqlite_address: str) -> None:
    async with opened(sqlite_address) as first:
        await first.citra.says("/quiz biologi 2")
        await first.citra.presses("A")
        entry = next(e for e in reversed(tuple(first.stage.transcript)) if e.only == first.citra.account)
        press = entry.pages[-1].rows[0][0].press
        assert press
    async with opened(sqlite_address, seeded=False) as second:
        told = await words(second, pressed(second, second.citra, second.app.sign(press)))
    assert "dari 2 benar" in told


async def test_practice_gives_no_points_and_leaves_the_streak_alone(world: World) -> None:
    await world.citra.says("/quiz 1")
    await world.citra.presses("A")
    await world.citra.says("/points")
    assert "Belum ada poin" in world.citra.told


async def test_somebody_else_s_round_cannot_be_played(world: World) -> None:
    await world.citra.says("/quiz 2")
    await world.dewi.says("/help")
    data = world.app.sign(Press("practise", COMMUNITY, (1, 0, 0)))
    assert "sudah berakhir" in await words(world, pressed(world, world.dewi, data))


async def test_an_empty_bank_says_who_fills_it(empty: World) -> None:
    await empty.stage.add_bot(empty.ani.account, empty.group, "Kelas 8B")
    await empty.stage.settle()
    for line in ("/quiz", "/quiz biologi", "/daily"):
        await empty.citra.says(line)
        assert "Bank soal masih kosong" in empty.citra.told
        assert "/quizbank add" in empty.citra.told


async def test_practice_does_not_give_away_what_a_quiz_tells_only_at_its_close(world: World) -> None:
    async with world.store.begin() as unit:
        community = await unit.communities.hold(1)
        await unit.communities.save(replace(community, daily=replace(community.daily, reveal=Reveal.CLOSE)))
    await world.passes(hours=22, minutes=1)
    async with world.store.read() as unit:
        quiz = await unit.quizzes.latest(1)
    assert quiz
    asked = {item.id for item in quiz.items}
    wrong = (quiz.items[0].right[0] + 1) % quiz.items[0].size
    await world.budi.presses(f"1{'ABCDE'[wrong]}")
    await world.passes(minutes=30)
    assert asked.isdisjoint(await practised(world))
    await world.passes(hours=13)
    assert quiz.items[0].id in await practised(world)


async def test_practice_and_rounds_do_not_give_away_what_is_being_asked(world: World) -> None:
    await world.ani.says("/quiz biologi 5")
    await world.ani.presses("Buka untuk grup")
    async with world.store.read() as unit:
        quiz = await unit.quizzes.get(1, 1)
    assert quiz
    asked = {item.id for item in quiz.items}
    assert asked.isdisjoint(await practised(world))
    await world.citra.says("/quiz biologi")
    assert "Soal-soal ini sedang dijawab di grup" in world.citra.told
    await world.ani.says("/quiz stop")
    await world.citra.says("/quiz biologi")
    assert "soal 1 dari 5" in world.citra.told


async def test_a_round_does_not_give_away_what_the_daily_quiz_tells_only_at_its_close(world: World) -> None:
    async with world.store.begin() as unit:
        community = await unit.communities.hold(1)
        await unit.communities.save(replace(community, daily=replace(community.daily, reveal=Reveal.CLOSE)))
    await world.passes(hours=22, minutes=1)
    async with world.store.read() as unit:
        daily = await unit.quizzes.latest(1)
        bank = await unit.items.asked_at(1, "")
    assert daily
    await world.ani.says("/quiz 20")
    await world.ani.presses("Buka untuk grup")
    async with world.store.read() as unit:
        live = await unit.rounds.current(1)
        quiz = await unit.quizzes.get(1, live.quiz) if live else None
    assert quiz
    assert {item.id for item in quiz.items}.isdisjoint({item.id for item in daily.items})
    assert len(quiz.items) == min(20, len(bank) - len(daily.items))


async def practised(world: World) -> tuple[int, ...]:
    """The items of a new round of Budi's over much of the bank."""
    await world.budi.private.says("/kuis 20")
    async with world.store.begin() as unit:
        person = (await unit.arrivals.of(world.group, world.budi.account)).person
        assert person
        found = await unit.practices.get(1, person.id)
    assert found
    return found[1]
