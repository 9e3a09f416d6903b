"""What members suggest, whose it is, and who is for it."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection

from bot.domain.suggestion import OPEN, Ballot, State, Suggestion, Wish
from bot.ports import Unit
from storage.store import DatabaseStore
from tests.storage.sample import NOW, Group
from tests.storage.step import on
from tests.storage.test_question import ODD, SECRET, tables_with


def suggestion(community: int, **changes: Any) -> Suggestion:
    return replace(Suggestion(community, 0, "Kuis lebih pendek", 1, NOW, NOW), **changes)


def whole(community: int) -> Suggestion:
    return Suggestion(community, 0, ODD, 7, NOW, NOW + timedelta(hours=1), False, State.PLANNED, ODD, 9, 24323)


async def fill(unit: Unit, community: int, *changes: dict[str, Any], owner: int = 1) -> list[Suggestion]:
    return [await unit.suggestions.add(suggestion(community, **change), owner) for change in changes]


async def test_all_of_it_is_kept_and_counted_in_each_group_by_itself(
    store: DatabaseStore, ours: Group, theirs: Group
) -> None:
    async with store.begin() as unit:
        for group in (ours, theirs):
            assert await unit.suggestions.add(whole(group.id), 7) == replace(whole(group.id), id=1)
        assert (await unit.suggestions.add(whole(ours.id), 7)).id == 2
    async with store.begin() as unit:
        assert await unit.suggestions.get(ours.id, 1) == replace(whole(ours.id), id=1)
        assert await unit.suggestions.hold(ours.id, 2) == replace(whole(ours.id), id=2)
        assert await unit.suggestions.get(theirs.id, 2) is None
        changed = replace(suggestion(ours.id), id=1)
        await unit.suggestions.save(changed)
        assert await unit.suggestions.get(ours.id, 1) == changed
        assert await unit.suggestions.get(theirs.id, 1) == replace(whole(theirs.id), id=1)


async def test_those_made_at_once_have_numbers_of_their_own(store: DatabaseStore, ours: Group) -> None:
    async def makes() -> int:
        async with store.begin() as unit:
            added = await unit.suggestions.add(suggestion(ours.id), 1)
            await asyncio.sleep(0.005)
            return added.id

    assert sorted(await asyncio.gather(*(makes() for _ in range(6)))) == list(range(1, 7))


async def test_two_changes_at_once_are_both_kept(store: DatabaseStore, ours: Group) -> None:
    async with store.begin() as unit:
        (made,) = await fill(unit, ours.id, {})

    async def changes(**change: Any) -> None:
        async with store.begin() as unit:
            held = await unit.suggestions.hold(ours.id, made.id)
            assert held
            await asyncio.sleep(0.05)
            await unit.suggestions.save(replace(held, **change))

    await asyncio.gather(changes(ballot=24323), changes(state=State.DISCUSSED))
    async with store.read() as unit:
        assert await unit.suggestions.get(ours.id, made.id) == replace(made, ballot=24323, state=State.DISCUSSED)


async def test_whose_it_is_counts_in_its_group_alone(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    ani, budi = ours.ani.id, ours.budi.id
    async with store.begin() as unit:
        (made,) = await fill(unit, ours.id, {}, owner=ani)
        await fill(unit, theirs.id, {}, owner=budi)
        assert await unit.suggestions.is_owner(ours.id, made.id, ani)
        assert not await unit.suggestions.is_owner(ours.id, made.id, budi)
        assert not await unit.suggestions.is_owner(theirs.id, made.id, ani)
        assert not await unit.suggestions.is_owner(ours.id, 99, 0), "nobody owns what does not exist"
        assert await unit.suggestions.owner(ours.id, 99) == 0


async def test_the_owner_of_an_anonymous_one_stands_nowhere_else(
    store: DatabaseStore, address: str, ours: Group
) -> None:
    async with store.begin() as unit:
        made = await unit.suggestions.add(suggestion(ours.id, author=0, anonymous=True), SECRET)
        await unit.suggestions.save(replace(made, state=State.DONE, reason="Beres.", judge=2))
        assert await unit.suggestions.owner(ours.id, made.id) == SECRET
    assert await tables_with(address, str(SECRET)) == ["suggestion_owner"]


async def test_a_name_that_is_taken_off_is_gone(store: DatabaseStore, address: str, ours: Group) -> None:
    async with store.begin() as unit:
        made = await unit.suggestions.add(suggestion(ours.id, author=SECRET), SECRET)
    assert await tables_with(address, str(SECRET)) == ["suggestion", "suggestion_owner"]
    async with store.begin() as unit:
        await unit.suggestions.save(replace(made, author=0, anonymous=True))
    assert await tables_with(address, str(SECRET)) == ["suggestion_owner"]


async def test_a_named_author_stands_in_a_column_alone(store: DatabaseStore, address: str, ours: Group) -> None:
    async with store.begin() as unit:
        await unit.suggestions.add(suggestion(ours.id, author=SECRET), SECRET)

    def bodies(connection: Connection) -> list[str]:
        return [row[0] for row in connection.exec_driver_sql("SELECT body FROM suggestion")]

    assert str(SECRET) not in "".join(await on(address, bodies))


async def test_those_of_a_time_are_counted_by_person(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async with store.begin() as unit:
        for minutes in (0, 30, 60):
            await fill(unit, ours.id, {"at": NOW + timedelta(minutes=minutes), "author": 0}, owner=1)
        await fill(unit, ours.id, {}, owner=2)
        assert await unit.suggestions.made_since(ours.id, 1, NOW) == 3
        assert await unit.suggestions.made_since(ours.id, 1, NOW + timedelta(minutes=30)) == 2
        assert await unit.suggestions.made_since(theirs.id, 1, NOW) == 0


async def test_a_page_shows_what_fits_the_newest_first(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async with store.begin() as unit:
        made = await fill(unit, ours.id, *({"state": state} for state in State), owner=1)
        await fill(unit, ours.id, {"author": 0, "anonymous": True}, owner=2)
        await fill(unit, theirs.id, {}, owner=2)

        async def page(wish: Wish, start: int = 0, most: int = 10) -> list[int]:
            return [each.id for each in await unit.suggestions.page(ours.id, wish, start, most)]

        assert [each.state for each in made][-1] is State.REMOVED
        assert await page(Wish()) == [7, 5, 4, 3, 2, 1], "what was removed is on no page"
        assert await page(Wish(OPEN)) == [7, 3, 2, 1]
        assert await page(Wish(OPEN), 1, 2) == [3, 2]
        assert await page(Wish((State.NEW,))) == [7, 1]
        assert await page(Wish(owner=2)) == [7], "an anonymous one is shown to its owner"
        assert await page(Wish(owner=3)) == []


async def test_some_come_in_the_order_of_their_numbers(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async with store.begin() as unit:
        first, _, third, _ = await fill(unit, ours.id, {}, {}, {}, {"state": State.REMOVED})
        await fill(unit, theirs.id, {})
        assert await unit.suggestions.some(ours.id, [3, 4, 99, 1]) == [first, third]
        assert await unit.suggestions.some(theirs.id, [3]) == await unit.suggestions.some(ours.id, []) == []


async def test_those_that_wait_are_new_and_the_oldest_first(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async with store.begin() as unit:
        first, _, third = await fill(unit, ours.id, {}, {"state": State.DISCUSSED}, {})
        await fill(unit, theirs.id, {})
        assert await unit.suggestions.waiting(ours.id, 9) == [first, third]
        assert await unit.suggestions.waiting(ours.id, 1) == [first]


async def test_only_what_was_in_no_vote_and_is_undecided_can_be_voted_about(
    store: DatabaseStore, ours: Group, theirs: Group
) -> None:
    async with store.begin() as unit:
        await fill(unit, ours.id, *({"state": state} for state in State))
        await fill(unit, ours.id, {"ballot": 24323}, {})
        await fill(unit, theirs.id, {})
        assert await unit.suggestions.votable(ours.id) == [1, 2, 8]


async def test_a_vote_counts_once_and_is_taken_back_once(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async with store.begin() as unit:
        await fill(unit, ours.id, {}, {}, {})
        await fill(unit, theirs.id, {})
        for number, person in ((1, 5), (1, 6), (2, 5)):
            assert await unit.suggestions.vote(ours.id, number, person, NOW)
            assert not await unit.suggestions.vote(ours.id, number, person, NOW)
        assert await unit.suggestions.votes(ours.id, [1, 2, 3]) == {1: 2, 2: 1, 3: 0}
        assert await unit.suggestions.votes(theirs.id, [1]) == {1: 0}
        assert await unit.suggestions.voted(ours.id, [1, 2, 3], 5) == {1, 2}
        assert await unit.suggestions.voted(ours.id, [2, 3], 6) == frozenset()
        assert await unit.suggestions.voters(ours.id, [1, 2, 3]) == 2
        assert await unit.suggestions.voters(ours.id, []) == await unit.suggestions.voters(theirs.id, [1]) == 0
        assert not await unit.suggestions.unvote(theirs.id, 1, 5)
        assert await unit.suggestions.unvote(ours.id, 1, 5)
        assert not await unit.suggestions.unvote(ours.id, 1, 5)
        assert await unit.suggestions.votes(ours.id, [1, 2]) == {1: 1, 2: 1}


async def test_a_month_has_one_vote(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    ballot = Ballot(ours.id, 24323, NOW, (2, 1))
    closed = replace(ballot, closed=True, votes=(3, 1), people=3)
    async with store.begin() as unit:
        assert await unit.suggestions.ballot(ours.id, 24323) is None
        await unit.suggestions.put_ballot(ballot)
        assert await unit.suggestions.ballot(ours.id, 24323) == ballot
        await unit.suggestions.put_ballot(closed)
        assert await unit.suggestions.ballot(ours.id, 24323) == closed
        assert await unit.suggestions.ballot(ours.id, 24324) is None
        assert await unit.suggestions.ballot(theirs.id, 24323) is None
