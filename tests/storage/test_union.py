"""Points of two persons who become one: with the contributions that they count, without thanks to oneself, and back."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

from bot.domain.link import Joining, Stage
from bot.domain.points import ALL_TIME, Reason, union_cause
from bot.domain.union import UNDO_WITHIN, Union
from bot.ports import Unit
from storage.store import DatabaseStore
from tests.storage.sample import NOW, Group, entry
from tests.storage.test_point import thanks

MONTH = 202611
LATER = NOW + timedelta(days=1)


async def one(unit: Unit, ours: Group, other: int = 0) -> Union:
    """Budi, or that other one, becomes Ani."""
    union = await unit.unions.add(Union(0, ours.ani.id, other or ours.budi.id, NOW, True, True))
    await unit.unions.join(union, NOW)
    return union


async def sums(unit: Unit, ours: Group) -> list[tuple[int, int]]:
    """Points and contributions of Ani and of Budi, of all time; those of the month are the same."""
    found = []
    for person in (ours.ani.id, ours.budi.id):
        for month in (ALL_TIME, MONTH):
            points = await unit.ledger.sums(ours.id, person, month)
            times = await unit.ledger.times(ours.id, person, month)
            found.append((sum(points.values()), sum(times.values())))
    assert found[::2] == found[1::2]
    return found[::2]


async def test_contributions_come_along_and_go_back(store: DatabaseStore, ours: Group) -> None:
    async with store.begin() as unit:
        for subject in range(3):
            await unit.ledger.record(entry(ours.id, ours.budi.id, subject))
        await unit.ledger.record(replace(entry(ours.id, ours.ani.id, 9), reason=Reason.ANSWER, amount=5))
        union = await one(unit, ours)
        assert await sums(unit, ours) == [(8, 4), (0, 0)]
        assert await unit.ledger.times(ours.id, ours.ani.id, ALL_TIME) == {Reason.QUIZ: 3, Reason.ANSWER: 1}
        await unit.ledger.record(entry(ours.id, ours.ani.id, 10))
        await unit.unions.part(union, LATER)
        assert await sums(unit, ours) == [(6, 2), (3, 3)], "what came since stays"


async def test_one_that_was_made_before_contributions_came_along_can_still_be_undone(
    store: DatabaseStore, ours: Group
) -> None:
    async with store.begin() as unit:
        union = await unit.unions.add(Union(0, ours.ani.id, ours.budi.id, NOW, True, True))
        await unit.ledger.record(entry(ours.id, ours.budi.id))
        moved = replace(entry(ours.id, ours.ani.id), cause=f"union:{union.id}:quiz:{MONTH}", source=ours.budi.id)
        await unit.ledger.record(moved)
        assert await sums(unit, ours) == [(1, 0), (0, 1)]
        await unit.unions.part(union, LATER)
        assert await sums(unit, ours) == [(0, 0), (1, 1)]


async def test_whoever_thanked_their_other_account_has_nothing_of_it(store: DatabaseStore, ours: Group) -> None:
    ani, budi = ours.ani.id, ours.budi.id
    async with store.begin() as unit:
        for given in (thanks(ours.id, ani, budi, 1), thanks(ours.id, budi, ani, 2), thanks(ours.id, 99, budi, 3)):
            await unit.ledger.record(given)
        before = await sums(unit, ours)
        assert before == [(1, 1), (2, 2)]
        union = await one(unit, ours)
        assert await sums(unit, ours) == [(1, 1), (0, 0)], "the thanks of somebody else"
        await unit.unions.part(union, LATER)
        assert await sums(unit, ours) == before


async def test_thanks_that_were_taken_back_are_not_taken_back_again(store: DatabaseStore, ours: Group) -> None:
    given = thanks(ours.id, ours.ani.id, ours.budi.id, 1)
    async with store.begin() as unit:
        await unit.ledger.record(given)
        await unit.ledger.record(replace(given, cause=f"undo:{given.cause}", amount=-1))
        union = await one(unit, ours)
        assert await sums(unit, ours) == [(0, 0), (0, 0)]
        await unit.unions.part(union, LATER)
        assert await sums(unit, ours) == [(0, 0), (0, 0)]


async def test_what_an_account_got_in_that_very_moment_follows(store: DatabaseStore, ours: Group) -> None:
    async with store.begin() as unit:
        await unit.ledger.record(entry(ours.id, ours.budi.id, 1))
        union = await one(unit, ours)
        # Begun before, by somebody who knew of Budi alone, and finished after.
        await unit.ledger.record(entry(ours.id, ours.budi.id, 2))
        assert await sums(unit, ours) == [(1, 1), (1, 1)]
    for hour in (1, 2):
        async with store.begin() as unit:
            await unit.unions.settle(NOW + timedelta(hours=hour) - UNDO_WITHIN)
            assert await sums(unit, ours) == [(2, 2), (0, 0)]
    async with store.begin() as unit:
        await unit.unions.part(union, LATER)
        assert await sums(unit, ours) == [(0, 0), (2, 2)]


async def meanwhile(store: DatabaseStore, ours: Group, act: Callable[[Unit], Awaitable[None]]) -> None:
    """Do that while an award to Budi was begun, which ends soon after."""
    awarded, done = asyncio.Event(), asyncio.Event()

    async def award() -> None:
        async with store.begin() as unit:
            await unit.ledger.record(entry(ours.id, ours.budi.id, 2))
            awarded.set()
            await asyncio.wait([asyncio.ensure_future(done.wait())], timeout=0.3)

    async def acts() -> None:
        await awarded.wait()
        async with store.begin() as unit:
            await act(unit)
            done.set()

    await asyncio.gather(award(), acts())


async def test_an_award_that_waits_for_its_commit_is_waited_for(store: DatabaseStore, ours: Group) -> None:
    async with store.begin() as unit:
        await unit.ledger.record(entry(ours.id, ours.budi.id, 1))

    async def become(unit: Unit) -> None:
        await one(unit, ours)

    await meanwhile(store, ours, become)
    async with store.read() as unit:
        assert await sums(unit, ours) == [(2, 2), (0, 0)]


async def test_a_group_that_joins_another_waits_for_it_as_well(
    store: DatabaseStore, ours: Group, theirs: Group
) -> None:
    async with store.begin() as unit:
        await unit.ledger.record(entry(ours.id, ours.budi.id, 1))

    async def join(unit: Unit) -> None:
        joining = Joining(0, theirs.id, ours.id, theirs.ani.id, ours.ani.id, NOW, True, True)
        await unit.joinings.join(await unit.joinings.add(joining), NOW)

    await meanwhile(store, ours, join)
    async with store.read() as unit:
        assert (await unit.ledger.sums(theirs.id, ours.budi.id, ALL_TIME))[Reason.QUIZ] == 2
        assert not any((await unit.ledger.sums(ours.id, ours.budi.id, ALL_TIME)).values())


async def test_the_cause_says_how_many_contributions_it_carries() -> None:
    assert union_cause(5, Reason.QUIZ, MONTH, NOW, 12).split(":")[::5] == ["union", "12"]


async def test_a_group_that_became_another_one_meanwhile_is_named(
    store: DatabaseStore, ours: Group, theirs: Group
) -> None:
    async with store.begin() as unit:
        union = await one(unit, ours)
        joining = Joining(0, theirs.id, ours.id, theirs.ani.id, ours.ani.id, LATER, True, True)
        joining = replace(await unit.joinings.add(joining), stage=Stage.JOINED)
        assert await unit.unions.left(union) == []
        await unit.joinings.join(joining, LATER)
        await unit.joinings.save(joining)
        assert await unit.unions.left(union) == ["Kelas -200"]
        await unit.joinings.part(joining, LATER)
        await unit.joinings.save(replace(joining, stage=Stage.UNDONE))
        assert await unit.unions.left(union) == []
