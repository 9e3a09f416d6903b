"""Items that were read and are not yet saved."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from storage.store import DatabaseStore
from tests.storage.sample import NOW, Group, kinds

UNTIL = NOW + timedelta(hours=1)


async def put(store: DatabaseStore, person: int = 1) -> int:
    """Keep a draft for that person."""
    async with store.begin() as unit:
        return await unit.drafts.put(person, kinds(5), UNTIL)


async def test_a_draft_is_its_persons_until_it_expires(store: DatabaseStore) -> None:
    first, second = await put(store), await put(store, 2)
    assert first != second
    async with store.read() as unit:
        assert list(await unit.drafts.get(first, 1, NOW) or ()) == kinds(5)
        assert await unit.drafts.get(first, 2, NOW) is None
        assert await unit.drafts.get(second, 1, NOW) is None
        assert await unit.drafts.get(99, 1, NOW) is None
        assert await unit.drafts.get(first, 1, UNTIL) is None


async def test_a_number_is_never_used_twice(store: DatabaseStore) -> None:
    numbers = []
    for _ in range(3):
        numbers.append(await put(store))
        async with store.begin() as unit:
            await unit.drafts.drop(numbers[-1])
            assert await unit.drafts.get(numbers[-1], 1, NOW) is None
    assert len(set(numbers)) == 3, "an old button must not save another draft"


async def test_a_draft_is_saved_once_however_often_it_is_pressed(store: DatabaseStore, ours: Group) -> None:
    draft = await put(store)

    async def saves() -> int:
        async with store.begin() as unit:
            items = await unit.drafts.get(draft, 1, NOW) or ()
            for item in items:
                await unit.items.add(replace(item, community=ours.id), NOW)
            await unit.drafts.drop(draft)
            return len(items)

    assert sorted(await asyncio.gather(*(saves() for _ in range(4)))) == [0, 0, 0, len(kinds(5))]
    async with store.read() as unit:
        assert await unit.items.count(ours.id, "") == 3 + len(kinds(5))


async def test_expired_drafts_are_forgotten(store: DatabaseStore) -> None:
    draft = await put(store)
    async with store.begin() as unit:
        assert await unit.drafts.clear(UNTIL) == 0
        assert await unit.drafts.clear(UNTIL + timedelta(seconds=1)) == 1
        assert await unit.drafts.get(draft, 1, NOW) is None
