"""What members remember of items, and what is due."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.domain.items import State
from bot.domain.recall import Card, Memory
from storage.store import DatabaseStore
from tests.storage.sample import NOW, Group, item

DAY = timedelta(days=1)


def memory(group: Group, number: int, days: float = 0, person: int = 0) -> Memory:
    """A memory that is due that many days after NOW."""
    card = Card(2, None, 3.1726000000000001, 5.0, NOW + days * DAY, NOW - DAY)
    return Memory(group.id, person or group.ani.id, number, card, NOW - DAY)


async def put(store: DatabaseStore, *memories: Memory) -> None:
    """Store memories."""
    async with store.begin() as unit:
        for one in memories:
            await unit.recalls.put(one)


async def test_a_memory_is_kept_to_the_last_digit(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    new = Card(1, 0, None, None, NOW + timedelta(microseconds=1), None)
    later = memory(ours, 1)
    for one in (replace(later, card=new), replace(later, before=new), later):
        await put(store, one)
        async with store.read() as unit:
            assert await unit.recalls.get(ours.id, ours.ani.id, 1) == one
            assert await unit.recalls.get(ours.id, ours.budi.id, 1) is None
            assert await unit.recalls.get(ours.id, ours.ani.id, 2) is None
            assert await unit.recalls.get(theirs.id, ours.ani.id, 1) is None


async def test_what_is_due_comes_longest_overdue_first(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    await put(store, memory(ours, 1, -1), memory(ours, 2, 1), memory(ours, 3, -2))
    await put(store, memory(ours, 2, -9, ours.budi.id), memory(theirs, 2, -9, ours.ani.id))
    async with store.read() as unit:
        ani = (ours.id, ours.ani.id)
        assert await unit.recalls.due(*ani, NOW, 9) == [3, 1]
        assert await unit.recalls.due(*ani, NOW, 1) == [3]
        assert await unit.recalls.due(*ani, NOW + DAY, 9) == [3, 1, 2]
        assert await unit.recalls.due(*ani, NOW + DAY - timedelta(milliseconds=1), 9) == [3, 1]
        assert await unit.recalls.count_due(*ani, NOW) == 2
        assert await unit.recalls.count_due(ours.id, ours.budi.id, NOW) == 1
        assert await unit.recalls.next_due(*ani) == NOW - 2 * DAY
        assert await unit.recalls.known(*ani) == [1, 2, 3]
        assert await unit.recalls.known(theirs.id, theirs.ani.id) == []


async def test_items_that_are_no_longer_asked_are_not_due(store: DatabaseStore, ours: Group) -> None:
    await put(store, memory(ours, 1, -2), memory(ours, 2, -1), memory(ours, 3, -3))
    ani = (ours.id, ours.ani.id)
    async with store.begin() as unit:
        await unit.items.save(replace(item(ours.id, number=1), state=State.RETIRED))
        await unit.items.save(replace(item(ours.id, number=3), state=State.PROPOSED))
        assert await unit.recalls.due(*ani, NOW, 9) == [2]
        assert await unit.recalls.count_due(*ani, NOW) == 1
        assert await unit.recalls.next_due(*ani) == NOW - DAY
        assert await unit.recalls.known(*ani) == [2]
        assert await unit.recalls.get(*ani, 1) == memory(ours, 1, -2), "it is remembered for when it is asked again"
        await unit.items.save(item(ours.id, number=1))
        assert await unit.recalls.due(*ani, NOW, 9) == [1, 2]


async def test_what_was_met_and_never_missed_is_known_and_not_due(store: DatabaseStore, ours: Group) -> None:
    met = replace(memory(ours, 1), card=None)
    await put(store, met)
    ani = (ours.id, ours.ani.id)
    async with store.begin() as unit:
        assert await unit.recalls.get(*ani, 1) == met
        assert await unit.recalls.known(*ani) == [1]
        assert await unit.recalls.due(*ani, NOW + 99 * DAY, 9) == []
        assert await unit.recalls.count_due(*ani, NOW + 99 * DAY) == 0
        assert await unit.recalls.next_due(*ani) is None
        missed = replace(memory(ours, 1), before=None, since=NOW)
        await unit.recalls.put(missed)
        assert await unit.recalls.due(*ani, NOW, 9) == [1]
        assert await unit.recalls.get(*ani, 1) == replace(missed, since=met.since), "first met is first met"


async def test_nobody_is_due_for_nothing(store: DatabaseStore, ours: Group) -> None:
    async with store.read() as unit:
        assert await unit.recalls.due(ours.id, ours.ani.id, NOW, 9) == []
        assert await unit.recalls.count_due(ours.id, ours.ani.id, NOW) == 0
        assert await unit.recalls.next_due(ours.id, ours.ani.id) is None


async def test_two_answers_at_once_are_both_remembered(store: DatabaseStore, ours: Group) -> None:
    await put(store, memory(ours, 1))

    async def answers() -> None:
        async with store.begin() as unit:
            held = await unit.recalls.get(ours.id, ours.ani.id, 1)
            assert held
            assert held.card
            await asyncio.sleep(0.01)
            step = (held.card.step or 0) + 1
            await unit.recalls.put(replace(held, card=replace(held.card, step=step), before=held.card))

    await asyncio.gather(*(answers() for _ in range(5)))
    async with store.read() as unit:
        found = await unit.recalls.get(ours.id, ours.ani.id, 1)
    assert found
    assert found.card
    assert found.before
    assert (found.card.step, found.before.step) == (5, 4)
