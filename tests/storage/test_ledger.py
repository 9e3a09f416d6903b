"""Points: a cause counts once, and a balance is always the sum of its entries."""

import asyncio
from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from bot.domain.people import Member
from bot.domain.points import Entry, Reason, Standing
from storage.store import DatabaseStore
from tests.storage.sample import Group, entry, people

MONTH = 202611


async def record(store: DatabaseStore, one: Entry) -> bool:
    """One unit that records an entry."""
    async with store.begin() as unit:
        return await unit.ledger.record(one)


async def balance(store: DatabaseStore, community: int, person: int, month: int = 0) -> int:
    """The points that are kept as a sum."""
    async with store.read() as unit:
        return sum((await unit.ledger.sums(community, person, month)).values())


async def test_a_cause_counts_once(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    one = entry(ours.id, ours.ani.id)
    assert await record(store, one)
    assert not await record(store, replace(one, amount=50))
    assert await record(store, replace(one, community=theirs.id)), "another group has causes of its own"
    assert await balance(store, ours.id, ours.ani.id) == 1


async def test_a_cause_that_comes_at_once_counts_once(store: DatabaseStore, ours: Group) -> None:
    recorded = await asyncio.gather(*(record(store, entry(ours.id, ours.ani.id)) for _ in range(20)))
    assert sum(recorded) == 1
    assert await balance(store, ours.id, ours.ani.id) == await balance(store, ours.id, ours.ani.id, MONTH) == 1


async def test_points_of_a_failed_unit_were_never_given(store: DatabaseStore, ours: Group) -> None:
    async def fails() -> None:
        async with store.begin() as unit:
            assert await unit.ledger.record(entry(ours.id, ours.ani.id))
            raise LookupError

    with pytest.raises(LookupError):
        await fails()
    assert await balance(store, ours.id, ours.ani.id) == 0
    assert await record(store, entry(ours.id, ours.ani.id))


@pytest.mark.parametrize("seed", range(3))
async def test_every_balance_is_the_sum_of_its_entries(
    store: DatabaseStore, ours: Group, theirs: Group, seed: int
) -> None:
    rng = Random(seed)
    crowd = await people(store, ours.id, 4)

    async def act() -> None:
        group, person = rng.choice((ours, theirs)), rng.choice(crowd)
        one = entry(group.id, person, rng.randrange(12), rng.choice((1, 2, -3)), rng.choice((202610, MONTH)))
        fails = rng.random() < 0.3
        try:
            async with store.begin() as unit:
                await unit.ledger.record(one)
                if fails:
                    raise LookupError
        except LookupError:
            pass

    await asyncio.gather(*(act() for _ in range(120)))
    async with store.read() as unit:
        for group in (ours, theirs):
            for person in crowd:
                entries = await unit.ledger.entries(group.id, person, 0, 1000)
                assert len({one.cause for one in entries}) == len(entries)
                months = Counter[int]()
                for one in entries:
                    months[one.month] += one.amount
                    months[0] += one.amount
                for month in (0, 202610, MONTH):
                    assert sum((await unit.ledger.sums(group.id, person, month)).values()) == months[month]


async def test_entries_come_newest_first(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    kept = [entry(ours.id, ours.ani.id, subject) for subject in range(1, 6)]
    for one in (*kept, entry(ours.id, ours.budi.id), entry(theirs.id, ours.ani.id)):
        await record(store, one)
    async with store.read() as unit:
        assert await unit.ledger.entries(ours.id, ours.ani.id, 0, 3) == [kept[4], kept[3], kept[2]]
        assert await unit.ledger.entries(ours.id, ours.ani.id, 3, 3) == [kept[1], kept[0]]


async def test_the_leaders_are_those_who_wish_to_be_ranked(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    crowd = await people(store, ours.id, 5)
    amounts = (3, 9, 0, 9, 50)
    for person, amount in zip(crowd, amounts, strict=True):
        await record(store, entry(ours.id, person, amount=amount))
        await record(store, entry(theirs.id, person, amount=99))
    await record(store, entry(ours.id, crowd[0], 2, month=202610))
    async with store.begin() as unit:
        await unit.people.save_member(Member(ours.id, crowd[4], ranked=False))
    async with store.read() as unit:

        async def top(month: int, most: int) -> list[Standing]:
            return list(await unit.ledger.top(ours.id, month, Reason.QUIZ, most))

        leaders = [Standing(crowd[1], "1", 9), Standing(crowd[3], "3", 9), Standing(crowd[0], "0", 3)]
        assert await top(MONTH, 10) == leaders
        assert await top(MONTH, 2) == leaders[:2]
        assert (await top(0, 10))[2] == Standing(crowd[0], "0", 4)
        assert await top(202610, 10) == [Standing(crowd[0], "0", 1)]
        assert await top(202601, 10) == []
