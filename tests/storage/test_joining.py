"""Two groups with a month of history become one, and two again: every table is explained, then equal to before."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, select

from bot.chat.places import Account, Place, Ref
from bot.domain.dated import subject
from bot.domain.link import Joining, Stage
from bot.domain.points import Reason, question_reward, undo
from bot.domain.question import Answer, Question
from bot.domain.search import Query
from bot.domain.suggestion import month_of
from bot.domain.union import Union
from bot.ports import Unit
from bot.repository.work import Pending
from storage import tables
from storage.joining.merge import members, pairs
from storage.joining.number import FRESH, SAME, SHIFTED, Number, Shift, recaused, rekeyed, renamed
from storage.joining.registry import RULES, Left, Merged, Numbered
from storage.store import DatabaseStore
from tests.storage.history import Life, life
from tests.storage.sample import NOW, TODAY
from tests.storage.step import on

LATER = NOW + timedelta(days=2)
Rows = Sequence[Mapping[str, Any]]
Whole = Mapping[str, Rows]

KEPT = {"joining", "joining_row", "link_code", "link_try", "pending"}
"""What is about the joining itself, or waits a few minutes at most."""

NO_GROUP = {"seen", "vote", "draft", "link_try", "joining", "joining_row", "entry_past"}


@pytest.fixture
async def ours(store: DatabaseStore) -> Life:
    """The group that is joined."""
    async with store.begin() as unit:
        return await life(unit, "telegram", "-100", 1)


@pytest.fixture
async def theirs(store: DatabaseStore, ours: Life) -> Life:
    """The group that joins; one person is in both."""
    async with store.begin() as unit:
        return await life(unit, "discord", "900", 5, also=ours.people[2])


async def join(unit: Unit, ours: Life, theirs: Life) -> Joining:
    made = await unit.joinings.add(Joining(0, ours.id, theirs.id, ours.people[0], theirs.people[0], NOW, True, True))
    joined = replace(made, stage=Stage.JOINED)
    await unit.joinings.join(joined, NOW)
    await unit.joinings.save(joined)
    return joined


async def whole(address: str, *groups: int) -> Whole:
    """All rows, of these groups where a table has some of groups."""

    def read(connection: Connection) -> Whole:
        found = {}
        for name, table in tables.metadata.tables.items():
            statement = select(table)
            if "community_id" in table.c and groups:
                statement = statement.where(table.c.community_id.in_(groups))
            rows = [dict(row._mapping) for row in connection.execute(statement)]
            found[name] = sorted(rows, key=lambda row: repr(list(row.values())))
        return found

    return await on(address, read)


def test_every_table_has_a_rule() -> None:
    assert set(RULES) == set(tables.metadata.tables.values())
    for table, rule in RULES.items():
        if isinstance(rule, Numbered):
            assert {rule.at, *rule.shifts} <= set(table.c.keys())
        if not isinstance(rule, Numbered | Merged):
            assert rule.why


def test_every_column_that_counts_is_shifted() -> None:
    """A column that is called like a number, or keys a table by one, is named in the rule of its table."""
    for table, rule in RULES.items():
        if isinstance(rule, Numbered):
            names = _columns(table.name)
            counts = {name for name in names if name.endswith("_id") or name in ("id", "original", "origin")}
            people = {"community_id", "person_id", "guest_id", "actor_id", "judge_id"}
            assert counts - people == set(rule.numbers), table.name


async def test_the_made_up_history_is_in_every_table(address: str, ours: Life, theirs: Life) -> None:
    del ours, theirs
    empty = {name for name, rows in (await whole(address)).items() if not rows}
    assert empty <= NO_GROUP | {"leaving", "exported", "person_union", "person_union_row"}


async def test_what_comes_is_all_there_and_what_was_there_is_unchanged(
    store: DatabaseStore, address: str, ours: Life, theirs: Life
) -> None:
    before_ours, before_theirs = await whole(address, ours.id), await whole(address, theirs.id)
    async with store.begin() as unit:
        await join(unit, ours, theirs)
    after = await whole(address, ours.id)
    for table, rule in RULES.items():
        was, came, now = (each[table.name] for each in (before_ours, before_theirs, after))
        if isinstance(rule, Numbered):
            assert len(now) == len(was) + len(came), table.name
            kept = [row for row in now if row in was]
            assert len(kept) == len(was), f"{table.name} changed where it stood"
            high = max(row[rule.at] for row in was)
            new = [row for row in now if row not in was]
            if not rule.shifts and "id" in table.c:
                assert {row["id"] for row in new} == {row["id"] + high for row in came}, table.name
        if isinstance(rule, Left) and "community_id" in table.c:
            assert now == was, table.name
    untouched = await whole(address, theirs.id)
    changed = {
        name for name in untouched if untouched[name] != before_theirs[name] and "community_id" in _columns(name)
    }
    assert changed == {"venue", "job", "card", "pending", "link_code", "entry", "total"}
    everything = after, untouched, before_ours, before_theirs
    sums = [Counter({_who(row): row["points"] for row in each["total"]}) for each in everything]
    times = [Counter({_who(row): row["times"] for row in each["total"]}) for each in everything]
    for together, gone, mine, others in (sums, times):
        assert set(gone.values()) == {0}
        both = {key: mine[key] + others[key] for key in {*mine, *others}}
        assert {key: amount for key, amount in both.items() if amount} == {
            key: amount for key, amount in together.items() if amount
        }


def _columns(name: str) -> Sequence[str]:
    return tables.metadata.tables[name].c.keys()


def _who(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return row["month"], row["reason"], row["person_id"]


async def test_everybody_finds_everything_under_its_new_number(store: DatabaseStore, ours: Life, theirs: Life) -> None:
    async with store.begin() as unit:
        there = await unit.questions.some(theirs.id, range(1, 99))
        replaced = await unit.sanctions.hold(theirs.id, 1)
        assert replaced
        await unit.sanctions.save(replace(replaced, instead=2))
        await join(unit, ours, theirs)
    async with store.read() as unit:
        community = await unit.communities.get(theirs.id)
        assert community
        assert community.joined == ours.id
        assert [each.id for each in await unit.communities.all()] == [ours.id]
        assert [each.id for each in await unit.communities.of_person(theirs.people[0])] == [ours.id]
        assert {venue.place for venue in await unit.communities.venues(ours.id)} == {ours.place, theirs.place}
        moved = await unit.questions.some(ours.id, range(9, 99))
        assert [each.text for each in moved] == [each.text for each in there]
        assert [each.original for each in moved[:3]] == [0, 9, 9]
        assert moved[-1].uses == ("R6", "#7")
        words = tuple(there[3].text.rstrip("?").split())
        hits = (await unit.searches.find(ours.id, Query(words), ("question",))).hits
        assert hits[0].subject == moved[3].id
        assert await unit.cards.at(Ref(theirs.place, "m4")) == (ours.id, "question:12")
        assert await unit.jobs.get(ours.id, "question-clock:12")
        assert await unit.jobs.get(theirs.id, "question-clock:4") is None
        assert await unit.jobs.get(ours.id, f"pin-watch:2:{theirs.id}")
        warned = await unit.sanctions.of(ours.id, theirs.people[-1], 9)
        moved_on = [(each.id, each.cause, each.instead, each.rule) for each in warned if each.id > 2]
        assert moved_on == [(4, 3, 0, 0), (3, 0, 4, 0)]
        ballot = await unit.suggestions.ballot(ours.id, month_of(TODAY))
        assert ballot
        assert (ballot.suggestions, ballot.votes) == ((1, 2, 3, 4, 5, 6), (1, 2, 0, 1, 2, 0))
        quizzes = await unit.quizzes.holding(ours.id, 7)
        assert len(quizzes) == 10
        assert {quiz.day for quiz in quizzes} == {None}, "no missed day for anybody"
        notices = await unit.notices.waiting(ours.id, theirs.people[0])
        assert [(each.cause, each.subject) for each in notices] == [(f"library-judged:6:p{theirs.people[0]}", 6)]
        seat = await unit.people.seat(ours.id, theirs.people[0])
        assert seat
        assert seat.notices == 1


async def test_whoever_was_in_both_groups_is_one_member(store: DatabaseStore, ours: Life, theirs: Life) -> None:
    both = ours.people[2]
    async with store.begin() as unit:
        mine, other = await unit.people.seat(ours.id, both), await unit.people.seat(theirs.id, both)
        await join(unit, ours, theirs)
        one = await unit.people.seat(ours.id, both)
        pairs = await unit.pairs.of(ours.id, both)
    assert mine
    assert other
    assert one
    assert one.streak.length == max(mine.streak.length, other.streak.length)
    assert one.ranked
    assert [pair.state.value for pair in pairs].count("together") == 1


async def test_nothing_is_rewarded_twice_and_all_can_be_taken_back(
    store: DatabaseStore, ours: Life, theirs: Life
) -> None:
    async with store.begin() as unit:
        await join(unit, ours, theirs)
        group = await unit.communities.get(ours.id)
        question = await unit.questions.get(ours.id, 12)
        assert group
        assert question
        assert not await unit.ledger.record(question_reward(group, question.author, 12, LATER))
        found = await unit.ledger.find(ours.id, "question:12")
        assert found
        assert (found.person, found.amount, found.subject) == (question.author, 2, 12)
        fresh = await unit.ledger.record(question_reward(group, question.author, 99, LATER))
        assert fresh


async def test_parted_again_everything_is_as_before(
    store: DatabaseStore, address: str, ours: Life, theirs: Life
) -> None:
    before = await whole(address)
    async with store.begin() as unit:
        joining = await join(unit, ours, theirs)
    async with store.begin() as unit:
        cards = await unit.joinings.part(joining, LATER)
        await unit.joinings.save(replace(joining, stage=Stage.UNDONE, at=LATER))
    after = await whole(address)
    assert (theirs.place, "question:4") in cards
    for name in before:
        if name not in KEPT | {"entry", "total"}:
            assert after[name] == before[name], name
    explained = [row for row in after["entry"] if row not in before["entry"]]
    assert [row for row in after["entry"] if row in before["entry"]] == before["entry"], "nothing recorded was changed"
    assert explained
    assert all(row["cause"].removeprefix("undo:").startswith(f"join:{joining.id}:") for row in explained)
    assert sum(row["amount"] for row in explained) == 0
    assert {row["note"] for row in explained} == {"Kelas -100", "Kelas 900"}
    lasting = [row for row in after["total"] if row["points"] or row["times"]]
    assert lasting == [row for row in before["total"] if row["points"] or row["times"]]
    assert after["entry_past"] == []


async def test_what_was_made_together_since_stays(store: DatabaseStore, address: str, ours: Life, theirs: Life) -> None:
    before = await whole(address, theirs.id)
    async with store.begin() as unit:
        joining = await join(unit, ours, theirs)
    async with store.begin() as unit:
        asked = Question(ours.id, 0, "Bersama?", theirs.people[0], LATER, LATER)
        new = await unit.questions.add(asked, theirs.people[0])
        await unit.questions.add_answer(Answer(ours.id, 12, 0, "Jawaban bersama", ours.people[0], LATER))
        group = await unit.communities.get(ours.id)
        assert group
        await unit.ledger.record(question_reward(group, theirs.people[0], new.id, LATER))
        late = await unit.people.add(Account("discord", "late"), "Baru", "id")
    async with store.begin() as unit:
        await unit.joinings.part(joining, LATER)
    async with store.read() as unit:
        stay = [each.id for each in await unit.questions.some(ours.id, range(1, 99))]
        assert stay == [*range(1, 9), 9, 12, new.id], "with the one that it repeats"
        assert [each.text for each in await unit.questions.answers(ours.id, 12)][-1] == "Jawaban bersama"
        assert len(await unit.questions.answers(theirs.id, 4)) == 1
        assert (await unit.ledger.sums(ours.id, theirs.people[0], 0))[Reason.QUESTION] == 2
        assert late.id
    after = await whole(address, theirs.id)
    for name in after:
        if name not in KEPT | {"entry", "total", "person", "account"} and "community_id" in _columns(name):
            assert after[name] == before[name], name


async def test_settled_nothing_but_points_is_left(store: DatabaseStore, address: str, ours: Life, theirs: Life) -> None:
    async with store.begin() as unit:
        joining = await join(unit, ours, theirs)
        await unit.joinings.settle_old(NOW)
        assert [each.id for each in await unit.joinings.of(ours.id)] == [joining.id], "not yet"
        await unit.joinings.settle_old(LATER)
        assert not await unit.joinings.of(ours.id)
    after = await whole(address, theirs.id)
    assert {name for name, rows in after.items() if rows and "community_id" in _columns(name)} == {"entry", "total"}
    assert (await whole(address))["joining_row"] == []


async def test_a_group_that_is_forgotten_takes_along_what_became_a_part_of_it(
    store: DatabaseStore, address: str, ours: Life, theirs: Life
) -> None:
    async with store.begin() as unit:
        await join(unit, ours, theirs)
        await unit.privacy.forget(ours.id)
    assert {name for name, rows in (await whole(address, ours.id, theirs.id)).items() if rows} & {
        name for name in tables.metadata.tables if "community_id" in _columns(name)
    } == set()
    assert (await whole(address))["community"] == []


def test_what_two_rows_become_does_not_depend_on_who_joins() -> None:
    row = {"state": "ended", "length": 9, "best": 9}
    pair = row | {"state": "together", "length": 2, "best": 4}
    assert pairs(row, pair) == pairs(pair, row) == pair | {"best": 9}
    here: dict[str, Any] = {
        "role": 1,
        "stood": 3,
        "ranked": True,
        "tipped": False,
        "nudged": False,
        "streak": 4,
        "last_day": 7,
    }
    here |= {"freezes": 0, "best_streak": 5, "practice_hour": None, "since": NOW}
    there = here | {
        "role": 2,
        "stood": 1,
        "ranked": False,
        "streak": 6,
        "last_day": 5,
        "best_streak": 9,
        "since": LATER,
    }
    one = members(here, there | {"practice_hour": 19})
    assert one == members(there | {"practice_hour": 19}, here)
    assert (one["role"], one["stood"], one["ranked"], one["since"]) == (2, 3, False, NOW)
    assert (one["streak"], one["last_day"], one["best_streak"], one["practice_hour"]) == (6, 5, 9, 19)
    assert members(here, there | {"since": None})["since"] is None, "longer than anybody noted"


async def test_a_group_of_minors_makes_the_other_one_careful(store: DatabaseStore, ours: Life, theirs: Life) -> None:
    async with store.begin() as unit:
        group = await unit.communities.hold(theirs.id)
        await unit.communities.save(replace(group, minors=True))
        joining = await join(unit, ours, theirs)
        assert (await unit.communities.hold(ours.id)).minors
        await unit.joinings.part(joining, LATER)
        assert not (await unit.communities.hold(ours.id)).minors
        assert (await unit.communities.hold(theirs.id)).minors


async def test_minors_stay_protected_while_any_group_of_theirs_is_a_part(
    store: DatabaseStore, ours: Life, theirs: Life
) -> None:
    async with store.begin() as unit:
        third = await life(unit, "playground", "7", 9)
        for each in (theirs, third):
            await unit.communities.save(replace(await unit.communities.hold(each.id), minors=True))
        first = await join(unit, ours, theirs)
        await join(unit, ours, third)
        await unit.joinings.part(first, LATER)
        assert (await unit.communities.hold(ours.id)).minors, "those of the third group are still there"


async def test_words_that_waited_are_not_kept_of_who_goes(
    store: DatabaseStore, address: str, ours: Life, theirs: Life
) -> None:
    person = theirs.people[1]
    async with store.begin() as unit:
        account = (await unit.people.accounts(person))[0]
        at = Place("discord", "900")
        await unit.pendings.put(Pending(at, account, theirs.id, "ask", {"words": "kangkung"}, "words", LATER))
        joining = await join(unit, ours, theirs)
        await unit.privacy.erase(person)
    kept = (await whole(address))["joining_row"]
    assert not [row for row in kept if account.id in str(row["before"]) or "kangkung" in str(row["before"])]
    async with store.begin() as unit:
        await unit.joinings.part(joining, LATER)
    assert not [row for row in (await whole(address))["pending"] if row["account"] == account.id]


async def test_who_became_another_meanwhile_takes_their_points_back_with_them(
    store: DatabaseStore, ours: Life, theirs: Life
) -> None:
    one, two = theirs.people[1], theirs.people[2]
    groups = (ours.id, theirs.id)
    async with store.begin() as unit:
        before = [await _points(unit, group, each) for group in groups for each in (one, two)]
        joining = await join(unit, ours, theirs)
        union = await unit.unions.add(Union(0, one, two, NOW, True, True))
        await unit.unions.join(union, NOW)
        await unit.joinings.part(joining, LATER)
        together = [await _points(unit, group, each) for group in groups for each in (one, two)]
        assert together == [0, 0, before[2] + before[3], 0]
        await unit.unions.part(union, LATER)
        assert [await _points(unit, group, each) for group in groups for each in (one, two)] == before


async def test_what_was_taken_back_while_joined_is_no_debt_when_parted(
    store: DatabaseStore, ours: Life, theirs: Life
) -> None:
    async with store.begin() as unit:
        known = await unit.ledger.find(theirs.id, "question:4")
        assert known
        alone = await _points(unit, ours.id, known.person)
        joining = await join(unit, ours, theirs)
        given = await unit.ledger.find(ours.id, "question:12")
        assert given
        before = await _points(unit, ours.id, given.person)
        assert await unit.ledger.record(undo(given, LATER, "Asia/Jakarta", by=ours.people[0]))
        assert await _points(unit, ours.id, given.person) == before - given.amount
        await unit.joinings.part(joining, LATER)
        assert await _points(unit, ours.id, given.person) == alone


async def _points(unit: Unit, group: int, person: int) -> int:
    return sum((await unit.ledger.sums(group, person, 0)).values())


async def test_what_comes_is_counted_beforehand(store: DatabaseStore, ours: Life, theirs: Life) -> None:
    async with store.read() as unit:
        share = await unit.joinings.share(theirs.id, ours.id, NOW)
        assert (share.members, share.both, share.questions, share.resources, share.items) == (5, 1, 8, 5, 6)
        assert (share.warnings, share.streaks, share.roles) == (1, 5, 1)
        assert share.points == sum(
            [sum((await unit.ledger.sums(theirs.id, each, 0)).values()) for each in theirs.people]
        )
        assert not await unit.joinings.hindrance(theirs.id)


SHIFT = Shift(1, {Number.QUESTION: 100, Number.QUIZ: 50, Number.ITEM: 7, Number.RESOURCE: 9})


def test_names_keys_and_causes_get_new_numbers() -> None:
    assert [renamed(name, SHIFT) for name in ("Q4", "Q4.2", "R1", "#3", "Qx", "halo", "Q4 dan")] == [
        "Q104", "Q104.2", "R10", "#10", "Qx", "halo", "Q4 dan",
    ]  # fmt: skip
    assert rekeyed("question", 4, "question:4", SHIFT) == "question:104"
    assert rekeyed("question-accepted", 4002, "question-accepted:4002:p7", SHIFT) == "question-accepted:104002:p7"
    assert rekeyed("round-poll", 302, "round-poll:302:discord:1:", SHIFT) == "round-poll:5302:discord:1:"
    assert rekeyed("question", 4, "question:45", SHIFT) == "question:45", "another one's key"
    assert rekeyed("ballot", 24300, "ballot:24300", SHIFT) == "ballot:24300"
    assert recaused("quiz:5:7", SHIFT, 2) == "quiz:55:7"
    assert recaused("rekey:5:3:1:7", SHIFT, 2) == "rekey:55:10:1:7"
    assert recaused("undo:answer:4001:0", SHIFT, 2) == "undo:answer:104001:0"
    assert recaused("first:7", SHIFT, 2) == "first:7"
    held = subject(4, TODAY)
    assert recaused(f"undo:session:{held}:1", Shift(1, {Number.SESSION: 3}), 2) == f"undo:session:{subject(7, TODAY)}:1"
    assert recaused("thanks:7:739000:0", SHIFT, 2) == "thanks:7:739000:0:of2"
    assert not SAME & FRESH
    assert not (SAME | FRESH) & SHIFTED.keys()
