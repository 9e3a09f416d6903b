"""Quizzes: one a day, one answer for each person and item, none missing at the close."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import timedelta

from bot.domain.attempt import Attempt
from bot.domain.items import Item, ItemText
from bot.domain.quiz import Answer, Kind, Quiz, State
from bot.domain.recall import Card, Memory
from storage.store import DatabaseStore
from tests.storage.sample import NOW, TODAY, Group, item, people, quiz_of


async def answers(store: DatabaseStore, quiz: Quiz, person: int, position: int, response: str) -> str | None:
    """One tap: the response that stands, None if the quiz is closed."""
    async with store.begin() as unit:
        found = await unit.quizzes.get(quiz.community, quiz.id)
        assert found
        if not found.takes_answers(NOW):
            return None
        return (await unit.quizzes.answer(found, person, Answer(position, response, response == "1"), NOW))[position]


async def test_a_quiz_is_kept_with_its_own_items(store: DatabaseStore, ours: Group) -> None:
    async with store.read() as unit:
        found = await unit.quizzes.get(ours.id, ours.quiz.id)
        assert found == ours.quiz
        assert found.items == tuple(await unit.items.some(ours.id, [1, 2, 3]))
        assert await unit.quizzes.seize(ours.id, ours.quiz.id) == ours.quiz
        assert await unit.quizzes.get(ours.id, 99) is None
        assert await unit.quizzes.seize(ours.id, 99) is None


async def test_a_day_has_one_quiz(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    tomorrow = quiz_of(ours.id, TODAY + timedelta(days=1), item(ours.id))

    async def opens() -> Quiz | None:
        async with store.begin() as unit:
            quiz = await unit.quizzes.add(tomorrow)
            await asyncio.sleep(0.01)
            return quiz

    opened = await asyncio.gather(*(opens() for _ in range(4)))
    assert [quiz for quiz in opened if quiz] == [replace(tomorrow, id=2)]
    async with store.read() as unit:
        assert await unit.quizzes.latest(ours.id) == replace(tomorrow, id=2)
        assert await unit.quizzes.latest(theirs.id) == theirs.quiz
        assert await unit.quizzes.latest(999) is None


async def test_quizzes_of_different_days_opened_at_once_are_both_kept(store: DatabaseStore, ours: Group) -> None:
    async def opens(days: int) -> Quiz | None:
        async with store.begin() as unit:
            return await unit.quizzes.add(quiz_of(ours.id, TODAY + timedelta(days=days)))

    opened = await asyncio.gather(*(opens(days) for days in range(1, 7)))
    assert sorted(quiz.id for quiz in opened if quiz) == [2, 3, 4, 5, 6, 7]


async def test_the_quiz_before_and_the_days_between(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async with store.begin() as unit:
        made = [await unit.quizzes.add(quiz_of(ours.id, TODAY + timedelta(days=days))) for days in (2, 5, 6)]
        last = made[2]
        assert last
        assert await unit.quizzes.before(last) == made[1]
        assert await unit.quizzes.before(ours.quiz) is None
        first = TODAY.toordinal()
        assert await unit.quizzes.days_between(ours.id, first, first + 6) == 2
        assert await unit.quizzes.days_between(ours.id, first + 5, first + 6) == 0
        assert await unit.quizzes.days_between(theirs.id, first - 9, first + 9) == 1


async def test_the_first_answer_stands(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    assert await answers(store, ours.quiz, ours.ani.id, 0, "1") == "1"
    assert await answers(store, ours.quiz, ours.ani.id, 0, "0") == "1"
    async with store.begin() as unit:
        assert await unit.quizzes.answer(ours.quiz, ours.ani.id, Answer(2, "0", False), NOW) == {0: "1", 2: "0"}
        assert await unit.quizzes.answers(ours.id, ours.quiz.id, ours.budi.id) == {}
        assert await unit.quizzes.answers(theirs.id, theirs.quiz.id, ours.ani.id) == {}


async def test_fifty_presses_of_one_person_at_once_are_one_vote(store: DatabaseStore, ours: Group) -> None:
    told = await asyncio.gather(*(answers(store, ours.quiz, ours.ani.id, 0, str(n % 2)) for n in range(50)))
    assert len(set(told)) == 1, "everybody is told of the one answer that stands"
    async with store.read() as unit:
        tally = await unit.quizzes.tally(ours.id, ours.quiz.id)
        assert await unit.quizzes.answers(ours.id, ours.quiz.id, ours.ani.id) == {0: told[0]}
    assert tally.given == {0: {told[0]: 1}}


async def test_two_hundred_people_in_the_same_second_are_all_counted(store: DatabaseStore, ours: Group) -> None:
    crowd = await people(store, ours.id, 200)
    told = await asyncio.gather(*(answers(store, ours.quiz, person, 0, str(person % 2)) for person in crowd))
    async with store.read() as unit:
        tally = await unit.quizzes.tally(ours.id, ours.quiz.id)
    assert tally.people == tally.answers(0) == 200
    assert tally.given[0] == Counter(told) == Counter(str(person % 2) for person in crowd)


async def test_the_tally_counts_people_and_who_finished(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    for position in range(3):
        await answers(store, ours.quiz, ours.ani.id, position, "1")
    await answers(store, ours.quiz, ours.budi.id, 0, "0")
    await answers(store, theirs.quiz, ours.budi.id, 0, "1")
    async with store.read() as unit:
        tally = await unit.quizzes.tally(ours.id, ours.quiz.id)
        assert tally.given == {0: {"0": 1, "1": 1}, 1: {"1": 1}, 2: {"1": 1}}
        assert tally.right == {0: 1, 1: 1, 2: 1}
        assert (tally.people, tally.finished) == (2, 1)
        nobody = await unit.quizzes.tally(ours.id, 99)
        assert (nobody.given, nobody.people, nobody.finished) == ({}, 0, 0)


async def test_a_closed_quiz_keeps_its_streak(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async with store.begin() as unit:
        await unit.quizzes.close(ours.quiz, 4)
        assert await unit.quizzes.get(ours.id, ours.quiz.id) == replace(ours.quiz, state=State.CLOSED, streak=4)
        assert await unit.quizzes.get(theirs.id, theirs.quiz.id) == theirs.quiz


async def test_no_accepted_answer_is_missing_in_the_result(store: DatabaseStore, ours: Group) -> None:
    crowd = await people(store, ours.id, 60)
    told: list[str | None] = []
    begun, seized = asyncio.Event(), asyncio.Event()

    async def taps(number: int, person: int) -> None:
        if number % 2:
            await seized.wait()
        told.append(await answers(store, ours.quiz, person, 0, "1"))
        begun.set()

    async def closes() -> int:
        await begun.wait()
        async with store.begin() as unit:
            quiz = await unit.quizzes.seize(ours.id, ours.quiz.id)
            assert quiz
            seized.set()
            await asyncio.sleep(0.02)
            counted = (await unit.quizzes.tally(ours.id, quiz.id)).people
            await unit.quizzes.close(quiz, 1)
            return counted

    counted, *_ = await asyncio.gather(closes(), *(taps(*one) for one in enumerate(crowd)))
    assert told.count("1") == counted
    assert told.count(None) >= 30, "who tapped after the close had begun came too late"
    async with store.read() as unit:
        assert (await unit.quizzes.tally(ours.id, ours.quiz.id)).people == counted


async def test_a_close_waits_for_an_answer_on_its_way(store: DatabaseStore, ours: Group) -> None:
    accepted = asyncio.Event()

    async def taps() -> None:
        async with store.begin() as unit:
            quiz = await unit.quizzes.get(ours.id, ours.quiz.id)
            assert quiz
            accepted.set()
            await asyncio.sleep(0.1)
            await unit.quizzes.answer(quiz, ours.ani.id, Answer(0, "1", True), NOW)

    async def closes() -> int:
        await accepted.wait()
        async with store.begin() as unit:
            quiz = await unit.quizzes.seize(ours.id, ours.quiz.id)
            assert quiz
            return (await unit.quizzes.tally(ours.id, quiz.id)).people

    assert (await asyncio.gather(closes(), taps()))[0] == 1


async def live(store: DatabaseStore, ours: Group, *items: Item) -> Quiz:
    """The quiz of a live round that began today."""
    async with store.begin() as unit:
        quiz = await unit.quizzes.add(replace(quiz_of(ours.id, TODAY, *items), day=None, kind=Kind.ROUND))
        assert quiz
        return quiz


async def test_live_rounds_are_not_quizzes_of_a_day(store: DatabaseStore, ours: Group) -> None:
    rounds = [await live(store, ours, *ours.quiz.items) for _ in range(2)]
    assert [(quiz.id, quiz.day, quiz.kind) for quiz in rounds] == [(2, None, Kind.ROUND), (3, None, Kind.ROUND)]
    async with store.begin() as unit:
        assert await unit.quizzes.get(ours.id, 3) == rounds[1]
        assert await unit.quizzes.latest(ours.id) == ours.quiz
        assert await unit.quizzes.before(rounds[1]) is None
        first = TODAY.toordinal()
        assert await unit.quizzes.days_between(ours.id, first - 1, first + 1) == 1
        tomorrow = await unit.quizzes.add(quiz_of(ours.id, TODAY + timedelta(days=1)))
        assert tomorrow
        assert await unit.quizzes.before(tomorrow) == ours.quiz


async def test_quizzes_that_asked_an_item_are_found_with_or_without_answers(
    store: DatabaseStore, ours: Group, theirs: Group
) -> None:
    tricky = ItemText(f'"community":{ours.id},"id":1,', ("a", "b"))
    async with store.begin() as unit:
        other = await unit.items.add(replace(item(ours.id), texts={"id": tricky}), NOW)
        await unit.quizzes.add(quiz_of(ours.id, TODAY + timedelta(days=1), other))
        numbered = [replace(other, id=number, texts=item(ours.id).texts) for number in (11, 21)]
        await unit.quizzes.add(quiz_of(ours.id, TODAY + timedelta(days=2), *numbered))
        later = await unit.quizzes.add(quiz_of(ours.id, TODAY + timedelta(days=3), other, ours.quiz.items[0]))
        assert await unit.quizzes.holding(ours.id, 1) == [later, ours.quiz]
        assert [quiz.id for quiz in await unit.quizzes.holding(ours.id, other.id)] == [4, 2]
        assert await unit.quizzes.holding(ours.id, 99) == []
        assert await unit.quizzes.holding(theirs.id, 1) == [theirs.quiz]


async def test_the_newest_quizzes_are_those_of_any_kind(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async with store.begin() as unit:
        live = await unit.quizzes.add(replace(ours.quiz, id=0, day=None, kind=Kind.ROUND))
        daily = await unit.quizzes.add(quiz_of(ours.id, TODAY + timedelta(days=1), *ours.quiz.items))
    async with store.read() as unit:
        assert await unit.quizzes.newest(ours.id, 2) == [daily, live]
        assert await unit.quizzes.newest(ours.id, 9) == [daily, live, ours.quiz]
        assert await unit.quizzes.newest(theirs.id, 9) == [theirs.quiz]


async def test_a_corrected_key_and_the_answers_judged_anew(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    for group in (ours, theirs):
        await answers(store, group.quiz, group.ani.id, 0, "1")
        await answers(store, group.quiz, group.budi.id, 0, "0")
    fixed = replace(ours.quiz, items=(replace(ours.quiz.items[0], right=(0,), version=2), *ours.quiz.items[1:]))
    async with store.begin() as unit:
        await unit.quizzes.amend(fixed)
        await unit.quizzes.judge(fixed, ours.ani.id, 0, False)
        await unit.quizzes.judge(fixed, ours.budi.id, 0, True)
    async with store.read() as unit:
        assert await unit.quizzes.get(ours.id, 1) == fixed
        assert await unit.quizzes.all_answers(ours.id, 1) == {
            ours.ani.id: [Answer(0, "1", False)],
            ours.budi.id: [Answer(0, "0", True)],
        }
        assert (await unit.quizzes.tally(ours.id, 1)).right == {0: 1}
        assert await unit.quizzes.get(theirs.id, 1) == theirs.quiz
        kept = await unit.quizzes.all_answers(theirs.id, 1)
        assert kept[theirs.ani.id] == [Answer(0, "1", True)]


async def test_a_vote_that_was_taken_back_does_not_count(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    for position in (0, 1):
        await answers(store, ours.quiz, ours.ani.id, position, "1")
    await answers(store, theirs.quiz, ours.ani.id, 0, "1")
    async with store.begin() as unit:
        await unit.quizzes.retract(ours.quiz, ours.ani.id, 0)
        await unit.quizzes.retract(ours.quiz, ours.budi.id, 0)
        assert await unit.quizzes.answers(ours.id, 1, ours.ani.id) == {1: "1"}
        assert [await unit.quizzes.answered(ours.id, 1, position) for position in (0, 1)] == [0, 1]
        assert await unit.quizzes.answered(theirs.id, 1, 0) == 1
        again = await unit.quizzes.answer(ours.quiz, ours.ani.id, Answer(0, "0", False), NOW)
        assert again == {0: "0", 1: "1"}


async def test_any_response_is_kept_and_counted_as_it_is(store: DatabaseStore, ours: Group) -> None:
    told = ["02", "210", "1.234,5", "'; --", "e\u0301", "\u00e9", "\U0001f9d1\u200d\U0001f393", "a\nb "]
    crowd = await people(store, ours.id, len(told))
    async with store.begin() as unit:
        for person, response in zip(crowd, told, strict=True):
            found = await unit.quizzes.answer(ours.quiz, person, Answer(1, response, False), NOW)
            assert found == {1: response}
    async with store.read() as unit:
        tally = await unit.quizzes.tally(ours.id, 1)
    assert tally.given == {1: dict.fromkeys(told, 1)}
    assert (tally.right, tally.answers(1)) == ({1: 0}, len(told))


async def test_an_attempt_is_the_first_answer_wherever_it_was_asked(
    store: DatabaseStore, ours: Group, theirs: Group
) -> None:
    one, two, _ = ours.quiz.items
    other = await live(store, ours, two, replace(one, version=2))
    hour = timedelta(hours=1)
    async with store.begin() as unit:
        await unit.quizzes.answer(other, ours.ani.id, Answer(1, "0", False), NOW)
        await unit.quizzes.answer(ours.quiz, ours.ani.id, Answer(0, "1", True), NOW + hour)
        await unit.quizzes.answer(ours.quiz, ours.budi.id, Answer(0, "1", True), NOW)
        await unit.quizzes.answer(other, ours.budi.id, Answer(0, "0", False), NOW + hour)
        await unit.quizzes.answer(theirs.quiz, ours.budi.id, Answer(1, "1", True), NOW)
    ani, budi = Attempt(1, 2, ours.ani.id, "0", False), Attempt(1, 1, ours.budi.id, "1", True)
    async with store.read() as unit:
        assert await unit.quizzes.attempts(ours.id, []) == [ani, budi, Attempt(2, 1, ours.budi.id, "0", False)]
        assert await unit.quizzes.attempts(ours.id, [1, 3]) == [ani, budi]
        assert await unit.quizzes.attempts(theirs.id, []) == [Attempt(2, 1, ours.budi.id, "1", True)]


async def test_what_was_practised_before_it_was_asked_is_no_first_attempt(
    store: DatabaseStore, ours: Group, theirs: Group
) -> None:
    second = timedelta(seconds=1)
    card = Card(1, 0, None, None, NOW, None)
    async with store.begin() as unit:
        for person in (ours.ani.id, ours.budi.id):
            for position in (0, 1):
                await unit.quizzes.answer(ours.quiz, person, Answer(position, "1", True), NOW)
        await unit.recalls.put(Memory(ours.id, ours.ani.id, 1, card, NOW - second))
        await unit.recalls.put(Memory(ours.id, ours.budi.id, 1, card, NOW))
        await unit.recalls.put(Memory(theirs.id, ours.budi.id, 2, card, NOW - second))
    async with store.read() as unit:
        found = [(one.item, one.person) for one in await unit.quizzes.attempts(ours.id, [])]
    assert found == [(1, ours.budi.id), (2, ours.ani.id), (2, ours.budi.id)], "missing it is no practice"


async def test_results_by_item_tell_what_a_group_is_weak_in(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async with store.begin() as unit:
        await unit.quizzes.answer(ours.quiz, ours.ani.id, Answer(0, "1", True), NOW)
        await unit.quizzes.answer(ours.quiz, ours.budi.id, Answer(0, "0", False), NOW + timedelta(days=1))
        await unit.quizzes.answer(ours.quiz, ours.ani.id, Answer(2, "0", False), NOW)
        assert await unit.quizzes.results(ours.id, NOW) == {1: (1, 2), 3: (0, 1)}
        assert await unit.quizzes.results(ours.id, NOW + timedelta(hours=1)) == {1: (0, 1)}
        assert await unit.quizzes.results(theirs.id, NOW) == {}
