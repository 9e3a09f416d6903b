"""Who wants to hear of questions, and who is called."""

import asyncio
from datetime import datetime, timedelta

from bot.domain.question import Answer
from storage.store import DatabaseStore
from tests.storage.sample import NOW, Group
from tests.storage.test_question import fill

RESTED = NOW - timedelta(hours=4)
OWNER = 99


def hours_ago(hours: float) -> datetime:
    return NOW - timedelta(hours=hours)


async def help_(store: DatabaseStore, community: int, *helpers: tuple[int, str, float]) -> None:
    """Let persons help with topics as if they had said so that many hours ago; and ask three questions."""
    async with store.begin() as unit:
        for person, topic, hours in helpers:
            await unit.questions.help_with(community, person, topic, hours_ago(hours))
        await fill(unit, community, {}, {}, {}, owner=OWNER)


async def call(
    store: DatabaseStore, community: int, question: int = 1, *topics: str, most: int = 9, at: datetime = NOW
) -> list[int]:
    async with store.begin() as unit:
        rested = at - (NOW - RESTED)
        return list(await unit.questions.call_helpers(community, question, topics, rested, most, at))


async def test_topics_are_kept_until_they_end(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async with store.begin() as unit:
        for topic in ("sel", "", "gaya", "sel"):
            await unit.questions.help_with(ours.id, 1, topic, NOW)
        await unit.questions.help_with(ours.id, 2, "limit", NOW)
        assert await unit.questions.helps_with(ours.id, 1) == ["", "gaya", "sel"]
        assert await unit.questions.helps_with(theirs.id, 1) == []
        await unit.questions.help_no_more(theirs.id, 1, "sel")
        await unit.questions.help_no_more(ours.id, 1, "sel")
        await unit.questions.help_no_more(ours.id, 1, "limit")
        assert await unit.questions.helps_with(ours.id, 1) == ["", "gaya"]
        assert await unit.questions.helps_with(ours.id, 2) == ["limit"]


async def test_those_asked_the_longest_ago_come_first(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    await help_(store, ours.id, (1, "sel", 5), (2, "", 7), (3, "sel", 9), (4, "gaya", 8), (5, "sel", 3))
    await help_(store, theirs.id, (6, "sel", 20))
    assert await call(store, ours.id, 1, "sel", "limit", most=2) == [3, 2]
    assert await call(store, ours.id, 2, "sel") == [1], "the others were just asked"
    later = NOW + timedelta(hours=5)
    assert await call(store, ours.id, 3, "sel", at=later) == [5, 1, 2, 3], "of the same moment by their numbers"
    assert await call(store, theirs.id, 1, "sel") == [6]


async def test_without_topics_those_who_help_with_all_are_called(store: DatabaseStore, ours: Group) -> None:
    await help_(store, ours.id, (1, "sel", 9), (2, "", 8))
    assert await call(store, ours.id) == [2]
    assert await call(store, ours.id, 2, "limit") == []


async def test_neither_its_owner_nor_who_knows_of_it_is_called(store: DatabaseStore, ours: Group) -> None:
    await help_(store, ours.id, *((person, "sel", 9) for person in (1, 2, 3, 4, OWNER)))
    async with store.begin() as unit:
        await unit.questions.add_answer(Answer(ours.id, 1, 0, "Laju.", 2, NOW))
        await unit.questions.add_answer(Answer(ours.id, 1, 0, "", 3, NOW, withdrawn=True))
        await unit.questions.add_answer(Answer(ours.id, 2, 0, "Laju.", 4, NOW))
    assert await call(store, ours.id, 1, "sel", most=1) == [1]
    tomorrow = NOW + timedelta(days=1)
    assert await call(store, ours.id, 1, "sel", at=tomorrow) == [4], "the first was asked about it before"
    assert await call(store, ours.id, 2, "sel", at=tomorrow) == [2, 3, 1]


async def test_somebody_is_called_once_for_several_topics(store: DatabaseStore, ours: Group) -> None:
    await help_(store, ours.id, (1, "sel", 9), (1, "gaya", 1), (1, "", 1), (2, "gaya", 8))
    assert await call(store, ours.id, 1, "sel", "gaya", "sel", most=2) == [1, 2]
    assert await call(store, ours.id, 2, "gaya") == [], "a call counts for all topics of a helper"


async def test_a_new_helper_waits_and_a_new_topic_changes_nothing(store: DatabaseStore, ours: Group) -> None:
    await help_(store, ours.id, (1, "sel", 9), (1, "gaya", 0), (2, "gaya", 0))
    assert await call(store, ours.id, 1, "gaya") == [1]
    async with store.begin() as unit:
        await unit.questions.help_no_more(ours.id, 2, "gaya")
        await unit.questions.help_with(ours.id, 2, "sel", NOW + timedelta(hours=3))
    assert await call(store, ours.id, 2, "sel", at=NOW + timedelta(hours=5)) == [1], "begun again, they wait again"


async def test_two_questions_at_once_call_different_helpers(store: DatabaseStore, ours: Group) -> None:
    await help_(store, ours.id, *((person, "sel", 9 + person) for person in range(1, 7)))
    called = await asyncio.gather(*(call(store, ours.id, question, "sel", most=2) for question in (1, 2, 3)))
    assert sorted(person for some in called for person in some) == list(range(1, 7))
