"""Counts over all that a group does, on both databases and following an index."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.library import Mark
from bot.domain.library import State as Shown
from bot.domain.participation import Kind, Stretch
from bot.domain.points import Entry, Reason
from bot.domain.question import Closing
from bot.domain.quiz import Answer
from bot.ports import Unit
from storage import participation
from storage.store import DatabaseStore
from tests.storage.sample import NOW, TODAY, Group, item, people, quiz_of
from tests.storage.test_library import resource
from tests.storage.test_plan import Call, plans
from tests.storage.test_question import question
from tests.storage.test_reply import answer

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WEEK = Stretch(NOW - 7 * DAY, NOW)
NOBODY: frozenset[int] = frozenset()


def counts(**found: set[int]) -> dict[Kind, frozenset[int]]:
    return {kind: frozenset(found.get(kind.value, ())) for kind in Kind}


async def fill(unit: Unit, scope: int, ago: timedelta = DAY) -> None:
    """One person of each kind at that time: 1 asks, 2 answers, 3 shares, 4 and 5 vote."""
    at = NOW - ago
    asked = await unit.questions.add(replace(question(scope), asked_at=at), 1)
    given = await unit.questions.add_answer(answer(scope, asked.id, author=2, at=at + HOUR))
    await unit.questions.vote(scope, asked.id, given.number, 4, at)
    shared = await unit.library.add(resource(scope, author=3, created_at=at))
    await unit.library.mark(scope, shared.id, 5, Mark.VOTE, at)
    await unit.library.mark(scope, shared.id, 6, Mark.BOOKMARK, at)


async def answered(unit: Unit, scope: int, day: date, *who: int) -> None:
    """A quiz of that day that these people answered."""
    items = [await unit.items.add(item(scope), NOW) for _ in range(2)]
    quiz = await unit.quizzes.add(quiz_of(scope, day, *items))
    assert quiz
    for person in who:
        for position in range(2):
            await unit.quizzes.answer(quiz, person, Answer(position, "1", True), quiz.opens_at + HOUR)


async def test_everything_counts_once_for_its_person_in_its_group_and_time(
    store: DatabaseStore, ours: Group, theirs: Group
) -> None:
    async with store.begin() as unit:
        await fill(unit, ours.id)
        await fill(unit, ours.id, 20 * DAY)
        await answered(unit, ours.id, TODAY - 2 * DAY, 1, 7)
        await answered(unit, ours.id, TODAY - 9 * DAY, 8)
        await answered(unit, theirs.id, TODAY - 2 * DAY, 9)
    async with store.read() as unit:
        found = await unit.participations.active(ours.id, WEEK)
        assert found == counts(quiz={1, 7}, question={1}, answer={2}, resource={3}, vote={4, 5})
        assert await unit.participations.active(ours.id, WEEK.before) == counts(quiz={8})
        assert await unit.participations.active(theirs.id, WEEK) == counts(quiz={9})
        assert await unit.participations.active(99, WEEK) == counts()


async def test_what_was_taken_back_is_not_taking_part(store: DatabaseStore, ours: Group) -> None:
    async with store.begin() as unit:
        await fill(unit, ours.id)
        given = await unit.questions.answer(ours.id, 1, 1)
        assert given
        await unit.questions.save_answer(replace(given, withdrawn=True))
        shared = await unit.library.get(ours.id, 1)
        assert shared
        await unit.library.save(replace(shared, state=Shown.REMOVED))
        found = await unit.participations.active(ours.id, WEEK)
        assert found == counts(question={1}, vote={4, 5})
        assert await unit.participations.waits(ours.id, WEEK) == [None]


async def test_the_ends_of_a_stretch_belong_to_one_of_two(store: DatabaseStore, ours: Group) -> None:
    async with store.begin() as unit:
        await fill(unit, ours.id, 7 * DAY)
        found = [await unit.participations.active(ours.id, each) for each in (WEEK, WEEK.before)]
    assert [each[Kind.QUESTION] for each in found] == [NOBODY, {1}]


@pytest.mark.parametrize("room", [2, 5000])
async def test_who_was_there_before_is_found_by_any_trace(
    store: DatabaseStore, ours: Group, theirs: Group, room: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(participation, "_ROOM", room)
    old = Entry(ours.id, 20, "quiz:9:20", Reason.QUIZ, 1, 9, 202611, NOW - 9 * DAY)
    thanks = replace(old, person=21, cause="thanks:1", reason=Reason.THANKS)
    async with store.begin() as unit:
        await fill(unit, ours.id, 10 * DAY)
        await answered(unit, ours.id, TODAY - 9 * DAY, 8)
        await answered(unit, theirs.id, TODAY - 9 * DAY, 9)
        await answered(unit, ours.id, TODAY - 2 * DAY, 10)
        for entry in (old, thanks):
            await unit.ledger.record(entry)
        asked = frozenset({1, 2, 3, 4, 5, 6, 8, 9, 10, 20, 21})
        found = await unit.participations.known(ours.id, asked, WEEK.since)
        assert found == {1, 2, 3, 4, 5, 8, 20}, "neither bookmarks nor thanks are taking part"
        assert await unit.participations.known(ours.id, NOBODY, WEEK.since) == NOBODY


async def test_a_question_waits_for_somebody_else(store: DatabaseStore, ours: Group) -> None:
    async def asked(unit: Unit, **changes: object) -> int:
        made = replace(question(ours.id), asked_at=NOW - DAY, **changes)  # type: ignore[arg-type]
        return (await unit.questions.add(made, 1)).id

    async with store.begin() as unit:
        own = await asked(unit)
        await unit.questions.add_answer(answer(ours.id, own, author=1, at=NOW - DAY + HOUR))
        twice = await asked(unit)
        for hours, author in ((1, 1), (5, 3), (3, 2)):
            await unit.questions.add_answer(answer(ours.id, twice, author=author, at=NOW - DAY + hours * HOUR))
        for closing in (Closing.FOUND, Closing.DELETED, Closing.DUPLICATE):
            await asked(unit, closing=closing)
        await asked(unit, closing=Closing.SILENT)
        waits = await unit.participations.waits(ours.id, WEEK)
    assert sorted(waits, key=str) == [3 * HOUR, None, None]


async def test_a_day_of_the_quiz_counts_people_not_answers(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async with store.begin() as unit:
        await answered(unit, ours.id, TODAY - DAY, 1, 2, 3)
        await answered(unit, ours.id, TODAY - 2 * DAY)
        await answered(unit, ours.id, TODAY - 9 * DAY, 1)
        await answered(unit, theirs.id, TODAY - 3 * DAY, 1)
        found = await unit.participations.quiz_days(ours.id, TODAY - 6 * DAY, TODAY - DAY)
    assert found == {TODAY - 2 * DAY: 0, TODAY - DAY: 3}


async def test_members_are_those_of_the_group(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    await people(store, ours.id, 3)
    async with store.read() as unit:
        assert await unit.participations.members(ours.id) == 5
        assert await unit.participations.members(theirs.id) == 2


async def test_who_is_thanked_is_named_once_and_not_when_it_was_taken_back(
    store: DatabaseStore, ours: Group, theirs: Group
) -> None:
    def thanks(number: int, person: int, amount: int = 1, *, scope: int = ours.id, ago: timedelta = DAY) -> Entry:
        at = NOW - ago
        return Entry(scope, person, f"thanks:{number}", Reason.THANKS, amount, number, 202611, at, by=9)

    async with store.begin() as unit:
        for entry in (
            thanks(1, 5, ago=2 * DAY), thanks(2, 3, ago=3 * DAY), thanks(3, 5), thanks(4, 6), thanks(5, 6, -1),
            thanks(6, 7, ago=8 * DAY), thanks(1, 8, scope=theirs.id),
            Entry(ours.id, 4, "quiz:1:4", Reason.QUIZ, 1, 1, 202611, NOW - DAY),
        ):  # fmt: skip
            assert await unit.ledger.record(entry)
        assert [*await unit.participations.thanked(ours.id, WEEK.since)] == [3, 5]


@pytest.mark.parametrize(
    "call",
    [
        lambda unit: unit.participations.active(1, WEEK),
        lambda unit: unit.participations.known(1, frozenset({1, 2}), NOW),
        lambda unit: unit.participations.waits(1, WEEK),
        lambda unit: unit.participations.quiz_days(1, TODAY, TODAY),
        lambda unit: unit.participations.members(1),
        lambda unit: unit.participations.thanked(1, NOW),
        lambda unit: unit.rotas.past(1, TODAY),
        lambda unit: unit.rotas.week(1, TODAY),
    ],
    ids=["active", "known", "waits", "quiz days", "members", "thanked", "past turns", "turns"],
)
async def test_no_count_walks_through_other_groups(sqlite_address: str, call: Call) -> None:
    store = DatabaseStore(sqlite_address)
    try:
        found = await plans(store, sqlite_address, call)
        assert found
        for steps in found:
            assert not [step for step in steps if step.startswith("SCAN ") and "community_id" not in step], steps
            searched = [step for step in steps if step.startswith("SEARCH")]
            assert searched
            assert all("community_id=?" in step for step in searched), steps
    finally:
        await store.close()
