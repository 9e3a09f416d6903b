"""Answers to questions, and who finds them useful."""

import asyncio
from dataclasses import replace
from typing import Any

from bot.chat.places import Place, Ref
from bot.domain.question import Answer, Count, Label
from storage.store import DatabaseStore
from tests.storage.sample import NOW, Group
from tests.storage.test_question import ODD, fill


def answer(community: int, question: int = 1, **changes: Any) -> Answer:
    return replace(Answer(community, question, 0, "Laju perubahan.", 2, NOW), **changes)


def whole(community: int) -> Answer:
    stands = Ref(Place("discord", "9", "7"), "55", opened="8")
    return Answer(community, 1, 0, ODD, 7, NOW, True, Label.UNSOURCED, 9, False, stands)


async def test_all_of_it_is_kept_and_counted_in_each_question_by_itself(
    store: DatabaseStore, ours: Group, theirs: Group
) -> None:
    async with store.begin() as unit:
        await fill(unit, ours.id, {}, {})
        await fill(unit, theirs.id, {})
        first = await unit.questions.add_answer(whole(ours.id))
        assert first == replace(whole(ours.id), number=1)
        assert (await unit.questions.add_answer(whole(ours.id))).number == 2
        assert (await unit.questions.add_answer(answer(ours.id, 2))).number == 1
        assert (await unit.questions.add_answer(answer(theirs.id))).number == 1
    async with store.read() as unit:
        assert await unit.questions.answer(ours.id, 1, 1) == first
        assert await unit.questions.answer(theirs.id, 1, 1) == answer(theirs.id, number=1)
        assert await unit.questions.answer(theirs.id, 1, 2) is None
        assert await unit.questions.answers(ours.id, 1) == [first, replace(first, number=2)]
        assert await unit.questions.answers(ours.id, 99) == []


async def test_those_given_at_once_have_numbers_of_their_own(store: DatabaseStore, ours: Group) -> None:
    async with store.begin() as unit:
        await fill(unit, ours.id, {})

    async def answers() -> int:
        async with store.begin() as unit:
            await unit.questions.hold(ours.id, 1)
            added = await unit.questions.add_answer(answer(ours.id))
            await asyncio.sleep(0.005)
            return added.number

    assert sorted(await asyncio.gather(*(answers() for _ in range(6)))) == list(range(1, 7))
    async with store.read() as unit:
        assert await unit.questions.counts(ours.id, [1]) == {1: Count(6)}


async def test_withdrawn_answers_are_neither_listed_nor_counted(
    store: DatabaseStore, ours: Group, theirs: Group
) -> None:
    async with store.begin() as unit:
        await fill(unit, ours.id, {}, {})
        await fill(unit, theirs.id, {})
        made = [await unit.questions.add_answer(answer(ours.id)) for _ in range(3)]
        await unit.questions.save_answer(replace(made[0], accepted=True))
        await unit.questions.save_answer(replace(made[1], accepted=True))
        assert await unit.questions.counts(ours.id, [1, 2, 99]) == {1: Count(3, 2), 2: Count(), 99: Count()}
        gone = replace(made[1], accepted=True, withdrawn=True, text="")
        await unit.questions.save_answer(gone)
        assert await unit.questions.counts(ours.id, [1]) == {1: Count(2, 1)}
        assert await unit.questions.counts(theirs.id, [1]) == {1: Count()}
        assert await unit.questions.counts(ours.id, []) == {}
        assert await unit.questions.answers(ours.id, 1) == [replace(made[0], accepted=True), made[2]]
        assert await unit.questions.answer(ours.id, 1, 2) == gone
        assert (await unit.questions.add_answer(answer(ours.id))).number == 4, "a number is not given again"


async def test_each_person_finds_each_answer_useful_once(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    ani, budi = ours.ani.id, ours.budi.id
    async with store.begin() as unit:
        for person, number in ((ani, 0), (ani, 2), (budi, 2)):
            assert await unit.questions.vote(ours.id, 1, number, person, NOW)
            assert not await unit.questions.vote(ours.id, 1, number, person, NOW)
        assert await unit.questions.vote(ours.id, 2, 2, budi, NOW)
        assert await unit.questions.votes(ours.id, 1) == {0: 1, 2: 2}
        assert await unit.questions.voted(ours.id, 1, ani) == {0, 2}
        assert await unit.questions.voted(ours.id, 1, 99) == frozenset()
        assert await unit.questions.votes(theirs.id, 1) == {}
        assert await unit.questions.voted(theirs.id, 1, ani) == frozenset()
        assert await unit.questions.unvote(ours.id, 1, 2, ani)
        assert not await unit.questions.unvote(ours.id, 1, 2, ani)
        assert not await unit.questions.unvote(theirs.id, 1, 2, budi)
        assert await unit.questions.votes(ours.id, 1) == {0: 1, 2: 1}
