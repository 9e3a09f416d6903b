"""A corrected key: previewed, confirmed, everybody judged anew and told why once, points by new entries only."""

import asyncio
from dataclasses import replace
from random import Random

import pytest

from bot.chat.places import Role
from bot.domain.answer import is_right, shown_order
from bot.domain.community import Reveal
from bot.domain.items import Item, ItemText, Kind, letter
from bot.domain.points import Entry, Reason
from bot.domain.quiz import Answer, Quiz, State
from bot.domain.quiz import Kind as QuizKind
from tests.flows.crowd import COMMUNITY, asked, bank, number, people
from tests.flows.test_round import running, starts, wrong_letter
from tests.world import Human, World, opened

TOLD = "Kunci soal #1 dikoreksi"


async def keyed(world: World, *numbers: int) -> list[Item]:
    """These items of the bank with A as their key."""
    items = [replace(one, right=(0,)) for one in await bank(world, *numbers)]
    async with world.store.begin() as unit:
        for one in items:
            await unit.items.save(one)
    return items


async def played(world: World, kind: QuizKind = QuizKind.ROUND) -> Quiz:
    """Citra said B and D to #1 and #2, Dewi A and A, Eko A and B; with A as both keys, Dewi and Eko have half."""
    items = await keyed(world, 1, 2)
    who = {world.citra: "13", world.dewi: "00", world.eko: "01"}
    return await asked(world, items, {await number(world, human): given for human, given in who.items()}, kind=kind)


async def corrected(world: World, key: str = "B", item: int = 1) -> None:
    """Ani corrects the key."""
    await world.ani.private.says(f"/quizbank rekey {item} {key}")
    await world.ani.private.presses("Koreksi")


async def entries(world: World, human: Human) -> list[Entry]:
    async with world.store.read() as unit:
        return list(await unit.ledger.entries(COMMUNITY, await number(world, human), 0, 100))


async def points(world: World, human: Human) -> int:
    """The sum that is kept, which is that of the entries."""
    async with world.store.read() as unit:
        kept = sum((await unit.ledger.sums(COMMUNITY, await number(world, human), 0)).values())
    assert kept == sum(entry.amount for entry in await entries(world, human))
    return kept


async def opens_private(*humans: Human) -> None:
    for human in humans:
        await human.private.says("/start")


async def test_the_preview_says_what_would_change_and_changes_nothing(world: World) -> None:
    await played(world)
    await world.ani.private.says("/banksoal koreksi 1 B")
    shown = world.ani.private.told
    assert "Koreksi kunci soal #1?" in shown
    assert "Sekarang yang benar: A. " in shown
    assert "Nanti yang benar: B. " in shown
    assert "Kuis bareng Minggu, 22 November 2026: 3 hasil berubah." in shown
    assert "1 orang mendapat poin di situ." in shown
    assert "1 orang kehilangan poin di situ." in shown
    assert (await bank(world, 1))[0].right == (0,)
    await world.ani.private.presses("Biarkan")
    assert "Kuncinya tetap seperti semula." in world.ani.private.told
    assert (await bank(world, 1))[0].right == (0,)
    assert await points(world, world.dewi) == 2


async def test_everybody_is_judged_anew_and_told_why_once(world: World) -> None:
    await opens_private(world.citra, world.dewi)
    await played(world)
    await corrected(world)
    assert "Kunci soal #1 sekarang B. " in world.ani.private.told
    assert "Hasil 3 orang berubah" in world.ani.private.told
    assert world.citra.private.sees(
        TOLD, "jawaban B sekarang dihitung benar.", "Poin bertambah 1: separuh kuis itu sekarang benar."
    )
    assert world.dewi.private.sees(TOLD, "jawaban A tidak lagi dihitung benar.", "Poin tetap seperti semula.")
    assert [await points(world, one) for one in (world.citra, world.dewi, world.eko)] == [2, 2, 1]
    await world.eko.says("/points")
    assert world.eko.sees("The key of question #1 was corrected", "You lose 1 point")
    await world.eko.says("/points")
    assert sum("was corrected" in text for text in world.eko.screen) == 1
    assert sum(TOLD in text for text in world.citra.private.screen) == 1
    assert world.public == []


async def test_why_explains_a_correction_to_whom_it_concerns(world: World) -> None:
    await played(world)
    await corrected(world)
    await world.eko.private.says("/why")
    why = "-1 Ani corrected the key of question #1 in the live round of Sunday, 22 November 2026"
    assert why in world.eko.private.told
    assert "+1 half of the live round of Sunday, 22 November 2026 was right" in world.eko.private.told
    assert "+1 took part in the live round of Sunday, 22 November 2026" in world.eko.private.told


async def test_back_and_forth_ends_where_it_began(world: World) -> None:
    await opens_private(world.citra)
    quiz = await played(world)
    before = [await points(world, one) for one in (world.citra, world.dewi, world.eko)]
    async with world.store.read() as unit:
        tally = await unit.quizzes.tally(COMMUNITY, quiz.id)
    await corrected(world, "B")
    await corrected(world, "A")
    assert [await points(world, one) for one in (world.citra, world.dewi, world.eko)] == before
    async with world.store.read() as unit:
        assert await unit.quizzes.tally(COMMUNITY, quiz.id) == tally
        assert await unit.quizzes.get(COMMUNITY, quiz.id) == replace(quiz, state=State.CLOSED)
    assert sorted(entry.amount for entry in await entries(world, world.citra)) == [-1, 1, 1]
    assert sum(TOLD in text for text in world.citra.private.screen) == 2


async def test_a_daily_quiz_keeps_its_points_and_shows_the_new_key(world: World) -> None:
    await opens_private(world.citra)
    await world.passes(hours=22)
    async with world.store.read() as unit:
        quiz = await unit.quizzes.latest(COMMUNITY)
    assert quiz
    item = quiz.items[0]
    wrong = next(option for option in range(item.size) if option != item.right[0])
    for position, one in enumerate(quiz.items, 1):
        choice = wrong if position == 1 else one.right[0]
        await world.citra.presses(f"{position}{'ABCDE'[choice]}")
    before = await points(world, world.citra)
    await world.passes(hours=14)
    await corrected(world, "ABCDE"[wrong], item.id)
    assert await points(world, world.citra) == before
    assert world.citra.private.sees(
        f"Kunci soal #{item.id} dikoreksi", "sekarang dihitung benar", "kuis itu memberi poin karena selesai"
    )
    card = next(text for text in world.public if "ikut" in text)
    marked = [line for line in card.splitlines() if line.startswith("✓")]
    assert marked[0].endswith(f"1 · {letter(wrong)}. {item.text('id').options[wrong]}")


async def test_another_version_of_the_question_is_left_alone(world: World) -> None:
    quiz = await played(world)
    (item,) = await bank(world, 1)
    async with world.store.begin() as unit:
        await unit.items.save(replace(item, version=2))
    await world.ani.private.says("/quizbank rekey 1 B")
    assert "Tidak ada hasil yang berubah." in world.ani.private.told
    assert "1 kuis menanyakannya saat soalnya masih ditulis lain" in world.ani.private.told
    await world.ani.private.presses("Koreksi")
    async with world.store.read() as unit:
        kept = await unit.quizzes.get(COMMUNITY, quiz.id)
    assert kept
    assert kept.items == quiz.items
    assert (await bank(world, 1))[0].right == (1,)


async def test_an_open_round_goes_on_with_the_new_key_and_tells_nobody_how_it_is_answered(world: World) -> None:
    await opens_private(world.citra)
    await starts(world)
    await world.passes(seconds=3)
    _, quiz = await running(world)
    first, wrong = quiz.items[0], await wrong_letter(world)
    await world.citra.presses(wrong)
    await world.ani.private.says(f"/quizbank rekey {first.id} {wrong}")
    assert "masih terbuka, dilanjutkan dengan kunci baru." in world.ani.private.told
    assert "hasil berubah" not in world.ani.private.told
    await world.ani.private.presses("Koreksi")
    assert not world.citra.private.sees("Kunci soal"), "the question is still being asked"
    async with world.store.read() as unit:
        answers = await unit.quizzes.all_answers(COMMUNITY, quiz.id)
    assert [answer.right for answer in answers[await number(world, world.citra)]] == [True]
    await world.ani.says("/quiz stop")
    await world.passes(seconds=3)
    assert "1. Citra: 1" in world.public[0]
    causes = {entry.cause.partition(":")[0] for entry in await entries(world, world.citra)}
    assert causes == {"round", "half", "first"}


@pytest.mark.parametrize("reveal", Reveal)
async def test_an_open_daily_quiz_corrects_only_what_somebody_was_told(world: World, reveal: Reveal) -> None:
    async with world.store.begin() as unit:
        group = await unit.communities.hold(COMMUNITY)
        await unit.communities.save(replace(group, daily=replace(group.daily, reveal=reveal)))
    await opens_private(world.citra)
    await world.passes(hours=22)
    async with world.store.read() as unit:
        quiz = await unit.quizzes.latest(COMMUNITY)
    assert quiz
    item = quiz.items[0]
    wrong = letter((item.right[0] + 1) % item.size)
    await world.citra.presses(f"1{wrong}")
    await world.ani.private.says(f"/quizbank rekey {item.id} {wrong}")
    assert "masih terbuka" in world.ani.private.told
    assert "hasil berubah" not in world.ani.private.told
    await world.ani.private.presses("Koreksi")
    assert world.citra.private.sees("Kunci soal") is (reveal is Reveal.NOW)


async def test_an_order_and_its_copies_take_the_new_order(world: World) -> None:
    words = {"id": ItemText("Urutkan!", ("satu", "dua", "tiga"))}
    async with world.store.begin() as unit:
        item = await unit.items.add(Item(COMMUNITY, 0, words, kind=Kind.ORDER), world.clock())
    quiz = await asked(world, [item], {await number(world, world.citra): ["201"]})

    shown = shown_order(item)
    letters = " ".join(letter(shown.index(option)) for option in (2, 0, 1))
    await world.ani.private.says(f"/quizbank rekey {item.id} {letters}")
    assert "Sekarang yang benar: satu → dua → tiga. Nanti yang benar: tiga → satu → dua." in world.ani.private.told
    await world.ani.private.presses("Koreksi")
    assert (await bank(world, item.id))[0].text("id").options == ("tiga", "satu", "dua")
    async with world.store.read() as unit:
        kept = await unit.quizzes.get(COMMUNITY, quiz.id)
        tally = await unit.quizzes.tally(COMMUNITY, quiz.id)
    assert kept
    assert kept.items[0].text("id").options == ("satu", "dua", "tiga")
    assert tally.right == {0: 1}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("/quizbank rekey 999 B", "tidak ada soal #999"),
        ("/quizbank rekey 1 Z", "Contoh: /quizbank rekey 1 B"),
        ("/quizbank rekey 1 A", "Kuncinya memang sudah itu: A. "),
    ],
)
async def test_what_cannot_be_a_correction_is_told_kindly(world: World, line: str, words: str) -> None:
    await keyed(world, 1)
    await world.ani.private.says(line)
    assert words in world.ani.private.told


async def test_a_missing_answer_is_asked_for(world: World) -> None:
    await keyed(world, 1)
    await world.ani.private.says("/quizbank rekey 1")
    await world.ani.private.says("B")
    assert "Koreksi kunci soal #1?" in world.ani.private.told


async def test_only_organisers_correct_keys(world: World) -> None:
    await keyed(world, 1)
    await world.budi.private.says("/quizbank rekey 1 B")
    assert "Koreksi kunci" not in world.budi.private.told


async def test_whoever_is_no_organiser_any_more_does_not_confirm(world: World) -> None:
    await played(world)
    await world.ani.private.says("/quizbank rekey 1 B")
    world.stage.cast_as(replace(world.stage.actor(world.ani.account), role=Role.MEMBER))
    await world.ani.private.presses("Koreksi")
    assert "untuk pengelola" in world.ani.private.told
    assert (await bank(world, 1))[0].right == (0,)


async def test_a_question_that_changed_meanwhile_is_not_corrected_unseen(world: World) -> None:
    (item,) = await keyed(world, 1)
    await world.ani.private.says("/quizbank rekey 1 B")
    async with world.store.begin() as unit:
        await unit.items.save(replace(item, source="Bab 2"))
    await world.ani.private.presses("Koreksi")
    assert "Soalnya sempat diubah." in world.ani.private.told
    assert (await bank(world, 1))[0].right == (0,)


async def test_a_preview_is_confirmed_once_and_within_the_hour(world: World) -> None:
    await played(world)
    await world.ani.private.says("/quizbank rekey 1 B")
    await world.passes(minutes=61)
    await world.ani.private.presses("Koreksi")
    assert "Pratinjau ini sudah tidak berlaku." in world.ani.private.told
    assert (await bank(world, 1))[0].right == (0,)


async def test_an_old_preview_does_nothing_again_once_the_key_was_put_back(world: World) -> None:
    await played(world)
    await world.ani.private.says("/quizbank rekey 1 B")
    entry, row, column = world.ani.private._button("Koreksi")
    press = entry.pages[-1].rows[row][column].press
    assert press
    await world.ani.private.presses("Koreksi")
    await corrected(world, "A")
    await world.stage.press_data(world.ani.account, entry.id, world.app.sign(press))
    await world.stage.settle()
    assert "Pratinjau ini sudah tidak berlaku." in world.ani.private.told
    assert (await bank(world, 1))[0].right == (0,)


@pytest.mark.parametrize("seed", range(2))
async def test_random_corrections_keep_every_balance_the_sum_of_its_entries(address: str, seed: int) -> None:
    """Whatever is corrected and taken back, on both databases: sums hold, and the first keys give the first points."""
    rng = Random(seed)
    async with opened(address) as world:
        items = await keyed(world, 1, 2, 3)
        crowd = [world.citra, world.dewi, world.eko, world.budi]
        given = {await number(world, human): "".join(rng.choice("012-") for _ in range(3)) for human in crowd}
        quiz = await asked(world, items, given, kind=QuizKind.ROUND)
        await asked(world, items[:2], {one: said[:2] for one, said in given.items()}, kind=QuizKind.DAILY)
        before = [await points(world, human) for human in crowd]
        for _ in range(5):
            (item,) = await bank(world, rng.randint(1, 3))
            key = rng.choice([option for option in range(item.size) if option != item.right[0]])
            await corrected(world, letter(key), item.id)
            for human in crowd:
                await points(world, human)
        for one in (1, 2, 3):
            if (await bank(world, one))[0].right != (0,):
                await corrected(world, "A", one)
        assert [await points(world, human) for human in crowd] == before
        for human in crowd:
            causes = [entry.cause for entry in await entries(world, human)]
            assert len(causes) == len(set(causes))
            assert all(entry.reason is Reason.ROUND for entry in await entries(world, human))
        async with world.store.read() as unit:
            kept = await unit.quizzes.get(COMMUNITY, quiz.id)
        assert kept
        assert kept.items == quiz.items


async def test_answers_on_their_way_are_judged_by_the_key_that_stands_in_the_end(address: str) -> None:
    async with opened(address) as world:
        items = await keyed(world, 1)
        async with world.store.begin() as unit:
            opens = world.clock()
            quiz = await unit.quizzes.add(
                Quiz(COMMUNITY, 0, None, opens, opens.replace(hour=23), tuple(items), kind=QuizKind.ROUND)
            )
        assert quiz
        early, late = await people(world, 2)
        held, corrects = asyncio.Event(), asyncio.Event()

        async def answers(person: int, *, slowly: bool) -> None:
            async with world.store.begin() as unit:
                one = await unit.quizzes.get(COMMUNITY, quiz.id)
                assert one
                answer = Answer(0, "1", is_right(one.items[0], "1"))
                await unit.quizzes.answer(one, person, answer, world.clock())
                if slowly:
                    held.set()
                    await corrects.wait()

        await world.ani.private.says("/quizbank rekey 1 B")
        first = asyncio.create_task(answers(early, slowly=True))
        await held.wait()
        correction = asyncio.create_task(world.ani.private.presses("Koreksi"))
        await asyncio.sleep(0.2)
        second = asyncio.create_task(answers(late, slowly=False))
        corrects.set()
        await asyncio.gather(first, correction, second)
        async with world.store.read() as unit:
            kept = await unit.quizzes.get(COMMUNITY, quiz.id)
            found = await unit.quizzes.all_answers(COMMUNITY, quiz.id)
        assert kept
        assert kept.items[0].right == (1,)
        assert {person: [one.right for one in given] for person, given in found.items()} == {
            early: [True],
            late: [True],
        }


async def test_two_organisers_at_once_correct_it_once(address: str) -> None:
    async with opened(address) as world:
        await played(world)
        budi = await number(world, world.budi)
        async with world.store.begin() as unit:
            member = await unit.people.member(COMMUNITY, budi)
            assert member
            await unit.people.save_member(replace(member, role=Role.ORGANISER))
        await world.ani.private.says("/quizbank rekey 1 B")
        await world.budi.private.says("/quizbank rekey 1 C")
        holding, pressed = asyncio.Event(), asyncio.Event()

        async def is_slow() -> None:
            async with world.store.begin() as unit:
                await unit.communities.hold(COMMUNITY)
                holding.set()
                await pressed.wait()

        slow = asyncio.create_task(is_slow())
        await holding.wait()
        pair = (world.ani.private, world.budi.private)
        both = [asyncio.create_task(human.presses("Koreksi")) for human in pair]
        await asyncio.sleep(0.2)
        pressed.set()
        await asyncio.gather(slow, *both)
        assert sum(human.sees("Soalnya sempat diubah") for human in pair) == 1
        assert sum(human.sees("Kunci soal #1 sekarang") for human in pair) == 1
        async with world.store.read() as unit:
            assert len(await unit.items.history(COMMUNITY, 1)) == 1


async def test_the_result_card_of_a_live_round_is_edited_in_place(world: World) -> None:
    await world.ani.says("/quiz biologi 2")
    await world.ani.presses("Buka untuk grup")
    await world.passes(seconds=3)
    await world.ani.presses("Mulai")
    async with world.store.read() as unit:
        live = await unit.rounds.current(COMMUNITY)
        quiz = await unit.quizzes.get(COMMUNITY, live.quiz) if live else None
    assert quiz
    for item in quiz.items:
        await world.passes(seconds=3)
        right, wrong = item.right[0], (item.right[0] + 1) % item.size
        await world.citra.presses(letter(right))
        await world.dewi.presses(letter(wrong if item is quiz.items[0] else right))
        await world.passes(seconds=41)
    assert "1. Citra: 2" in world.public[0]
    first = quiz.items[0]
    await corrected(world, letter((first.right[0] + 1) % first.size), first.id)
    assert len(world.public) == 1
    assert "1. Dewi: 2" in world.public[0]
    assert "2. Citra: 1" in world.public[0]
    await world.dewi.presses("Hasil saya")
    assert world.dewi.sees("2 dari 2 benar")
    assert await points(world, world.dewi) == await points(world, world.citra) == 2 + 3
