"""A person's data as a whole: every table is known, who goes leaves nothing, who became one can be two again."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Connection, select

from bot.chat.places import Account
from bot.clear import clear_old
from bot.domain.badge import Badge
from bot.domain.people import FORMER, Member
from bot.domain.points import ALL_TIME, Reason, is_union
from bot.domain.question import Answer, Question
from bot.domain.quiz import Answer as Answered
from bot.domain.search import Entry
from bot.domain.suggestion import Suggestion
from bot.domain.union import State, Union
from bot.ports import Unit
from storage import tables
from storage.person.registry import HOLDINGS, HOLDS_NOBODY, OF
from storage.store import DatabaseStore
from tests.storage.sample import NOW, Group, entry
from tests.storage.step import on

WORDS = "kangkung"
LEDGER = {"entry", "total", "person_union", "person_union_row"}


def test_every_table_says_what_it_holds_of_people() -> None:
    assert set(OF) | set(HOLDS_NOBODY) == set(tables.metadata.tables)
    assert not set(OF) & set(HOLDS_NOBODY)


def test_no_column_with_a_person_is_forgotten() -> None:
    suspicious = (
        "person_id",
        "author",
        "actor_id",
        "judge_id",
        "buddy_id",
        "giver_id",
        "guest_id",
        "source",
        "by",
        "host",
    )
    for name, table in tables.metadata.tables.items():
        known = set(OF[name].people) if name in OF else set()
        held = {column for column in suspicious if column in table.c}
        assert held - known <= ({"source"} if name == "joining_row" else set()), name


async def fill(unit: Unit, group: Group, person: int, other: int) -> None:
    """Things of one person, to which the other contributes."""
    scope = group.id
    asked = await unit.questions.add(Question(scope, 0, f"{WORDS} tanya?", person, NOW, NOW), person)
    hidden = await unit.questions.add(Question(scope, 0, f"{WORDS} anonim?", 0, NOW, NOW, anonymous=True), person)
    await unit.questions.add_answer(Answer(scope, asked.id, 0, f"jawaban orang {other}", other, NOW))
    await unit.questions.add_answer(Answer(scope, hidden.id, 0, f"{WORDS} jawab", person, NOW, accepted=True))
    await unit.questions.vote(scope, asked.id, 1, person, NOW)
    await unit.suggestions.add(Suggestion(scope, 0, f"{WORDS} saran", person, NOW, NOW), person)
    await unit.quizzes.answer(group.quiz, person, Answered(0, "0", right=False), NOW)
    await unit.ledger.record(entry(scope, person, amount=3))
    await unit.badges.give(scope, person, {Badge.ALL_ROUND}, NOW)


async def dump(address: str) -> dict[str, list[str]]:
    """Every row of every table."""

    def read(connection: Connection) -> dict[str, list[str]]:
        return {
            name: sorted(str(tuple(row)) for row in connection.execute(select(table)))
            for name, table in tables.metadata.tables.items()
        }

    return await on(address, read)


async def test_who_goes_is_in_no_table_and_others_keep_theirs(store: DatabaseStore, address: str, ours: Group) -> None:
    async with store.begin() as unit:
        await fill(unit, ours, ours.ani.id, ours.budi.id)
        await fill(unit, ours, ours.budi.id, ours.ani.id)
        found = await unit.privacy.belongings(ours.ani.id)
    assert WORDS in str(found)
    assert f"orang {ours.ani.id}" in str(found)
    assert f"orang {ours.budi.id}" not in str(found), "what others answered is theirs"
    before = await dump(address)
    async with store.begin() as unit:
        traces = await unit.privacy.erase(ours.ani.id)
        assert await unit.people.names([ours.ani.id]) == {ours.ani.id: FORMER}
        assert await unit.people.of_account(ours.account("ani")) is None
    assert {(trace.thing, trace.subject) for trace in traces} >= {("question", 1), ("question", 2), ("suggestion", 1)}
    after = await dump(address)
    assert not [row for rows in after.values() for row in rows if "Ani" in row or ours.account("ani").id in row]
    assert [WORDS in row for row in after["question"]] == [False, False, True, True]
    assert sum(WORDS in row for row in after["question_answer"]) == 1
    assert sum("jawaban orang" in row for row in after["question_answer"]) == 1, "Ani's answer is without words"
    assert (after["total"], after["entry"]) == (before["total"], before["entry"])
    for name in ("answer", "badge", "account", "member"):
        assert len(after[name]) == len(before[name]) - 1, name


async def test_an_award_at_the_same_moment_leaves_nothing_but_a_sum(store: DatabaseStore, ours: Group) -> None:
    async def award(number: int) -> None:
        async with store.begin() as unit:
            await unit.ledger.record(entry(ours.id, ours.ani.id, subject=number))
            await unit.ledger.record(entry(ours.id, ours.budi.id, subject=number))

    async def erase() -> None:
        async with store.begin() as unit:
            await unit.privacy.erase(ours.ani.id)

    await asyncio.gather(*(award(number) for number in range(1, 6)), erase())
    async with store.begin() as unit:
        assert await unit.privacy.finish()
        assert not await unit.privacy.finish()
        for person in (ours.ani.id, ours.budi.id):
            assert await unit.ledger.sums(ours.id, person, ALL_TIME) == {Reason.QUIZ: 5}
        assert [each.person for each in await unit.ledger.top(ours.id, ALL_TIME, Reason.QUIZ, 5)] == [ours.budi.id]


async def joined(store: DatabaseStore, ours: Group) -> Union:
    async with store.begin() as unit:
        union = await unit.unions.add(Union(0, ours.ani.id, ours.budi.id, NOW, True, True))
        await unit.unions.join(union, NOW)
        held = await unit.unions.hold(union.id)
    assert held
    assert held.state is State.DONE
    return held


async def test_two_who_became_one_can_be_two_again_row_by_row(
    store: DatabaseStore, address: str, ours: Group, theirs: Group
) -> None:
    ani, budi = ours.ani.id, ours.budi.id
    async with store.begin() as unit:
        await fill(unit, ours, ani, budi)
        await fill(unit, ours, budi, ani)
        await unit.people.join(Member(theirs.id, budi))
        await unit.suggestions.vote(ours.id, 1, ani, NOW)
        await unit.suggestions.vote(ours.id, 1, budi, NOW)
    before = await dump(address)
    union = await joined(store, ours)
    async with store.begin() as unit:
        assert len(await unit.people.accounts(ani)) == 2
        assert await unit.people.accounts(budi) == []
        assert await unit.people.seat(ours.id, budi) is None
        assert await unit.people.seat(theirs.id, ani)
        assert await unit.ledger.sums(ours.id, ani, ALL_TIME) == {Reason.QUIZ: 6}
        assert await unit.ledger.sums(ours.id, budi, ALL_TIME) == {Reason.QUIZ: 0}
        assert await unit.questions.is_owner(ours.id, 4, ani)
        assert [each.author for each in await unit.questions.answers(ours.id, 1)] == [ani]
        assert await unit.unions.current(budi) == ani
        assert not await unit.people.is_main(ours.account("budi"))
        assert any(map(is_union, await unit.ledger.entries(ours.id, ani, 0, 9)))
        # What comes now stays with whom they are now.
        await unit.questions.add(Question(ours.id, 0, "Nanti?", ani, NOW, NOW), ani)
    async with store.begin() as unit:
        await unit.unions.part(union, NOW + timedelta(days=1))
        assert await unit.ledger.sums(ours.id, ani, ALL_TIME) == {Reason.QUIZ: 3}
        assert await unit.ledger.sums(ours.id, budi, ALL_TIME) == {Reason.QUIZ: 3}
        assert await unit.questions.is_owner(ours.id, 5, ani)
    after = await dump(address)
    for name in set(after) - LEDGER - {"question", "question_owner"}:
        assert after[name] == before[name], name
    for name in ("question", "question_owner", "entry"):
        assert set(before[name]) <= set(after[name]), name


async def test_after_a_week_it_is_for_good(store: DatabaseStore, address: str, ours: Group) -> None:
    union = await joined(store, ours)
    async with store.begin() as unit:
        await unit.unions.settle(NOW + timedelta(days=8))
        assert (held := await unit.unions.hold(union.id))
        assert not held.can_undo(NOW)
        await unit.privacy.erase(ours.ani.id)
        names = await unit.people.names([ours.ani.id, ours.budi.id])
    assert set(names.values()) == {FORMER}, "who goes goes as whoever they were"
    assert (await dump(address))["person_union_row"] == []


async def test_whoever_was_joined_over_several_steps_goes_as_all_of_them(
    store: DatabaseStore, address: str, ours: Group
) -> None:
    await joined(store, ours)
    async with store.begin() as unit:
        await unit.unions.settle(NOW + timedelta(days=8))
        last = await unit.people.add(Account("discord", "caca"), "Caca", "id")
        await unit.people.join(Member(ours.id, last.id))
        union = await unit.unions.add(Union(0, last.id, ours.ani.id, NOW, True, True))
        await unit.unions.join(union, NOW)
        await unit.privacy.erase(last.id)
        names = await unit.people.names([ours.ani.id, ours.budi.id, last.id])
    assert set(names.values()) == {FORMER}
    assert (await dump(address))["person_union"] == []


async def test_a_joining_that_can_be_undone_hides_behind_no_newer_question(store: DatabaseStore, ours: Group) -> None:
    async with store.begin() as unit:
        union = await unit.unions.add(Union(0, ours.ani.id, ours.budi.id, NOW, True, True))
        other = await unit.unions.add(Union(0, ours.budi.id, ours.ani.id, NOW, True, False))
        found = await unit.unions.last(ours.ani.id)
        assert found
        assert found.id == other.id
        await unit.unions.join(union, NOW)
        for person in (ours.ani.id, ours.budi.id):
            found = await unit.unions.last(person)
            assert found
            assert found.id == union.id, "else the two could become each other"


async def test_words_of_who_goes_are_found_no_more_whoever_looks_after_it(
    store: DatabaseStore, address: str, ours: Group
) -> None:
    async with store.begin() as unit:
        await fill(unit, ours, ours.ani.id, ours.budi.id)
        await unit.searches.put(Entry(ours.id, "question", 1, WORDS, WORDS, (), NOW, "Ani"))
        await unit.privacy.leave(ours.ani.id, NOW)
    async with store.begin() as unit:
        await clear_old(unit, lambda: NOW + timedelta(hours=2))
    rows = await dump(address)
    assert not [row for name in ("search_entry", "search_term") for row in rows[name] if "kangkung" in row]


async def test_a_group_is_forgotten_as_a_whole_and_no_other(
    store: DatabaseStore, address: str, ours: Group, theirs: Group
) -> None:
    async with store.begin() as unit:
        await fill(unit, ours, ours.ani.id, ours.budi.id)
        await fill(unit, theirs, theirs.ani.id, theirs.budi.id)
        await unit.privacy.forget(ours.id)
        assert await unit.privacy.finish(), "the file is to be swept"
        assert await unit.communities.get(ours.id) is None
        assert await unit.communities.get(theirs.id)

    def counts(connection: Connection) -> dict[str, int]:
        named = [name for name, table in tables.metadata.tables.items() if "community_id" in table.c]
        at = tables.metadata.tables
        return {
            name: len(connection.execute(select(at[name]).where(at[name].c.community_id == ours.id)).all())
            for name in named
        }

    assert not any((await on(address, counts)).values())


async def test_in_a_group_of_minors_nobody_is_ranked(store: DatabaseStore, ours: Group) -> None:
    async with store.begin() as unit:
        await unit.ledger.record(entry(ours.id, ours.ani.id))
        assert await unit.ledger.top(ours.id, ALL_TIME, Reason.QUIZ, 5)
        assert await unit.people.ranked(ours.id, [ours.ani.id])
        await unit.communities.save(replace(await unit.communities.hold(ours.id), minors=True))
        assert not await unit.ledger.top(ours.id, ALL_TIME, Reason.QUIZ, 5)
        assert not await unit.people.ranked(ours.id, [ours.ani.id])


def test_columns_of_the_registry_exist() -> None:
    for holding in HOLDINGS:
        assert set(holding.people) | set(holding.blank) | set(holding.account or ()) <= set(holding.table.c.keys())
        assert "body" in holding.table.c or not (holding.keys or holding.words)
