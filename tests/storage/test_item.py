"""The bank of items of a group."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.domain.items import Item, State
from storage.store import DatabaseStore
from tests.storage.sample import NOW, Group, item


async def test_items_are_counted_in_each_group_by_itself(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async with store.begin() as unit:
        for group in (ours, theirs):
            added = await unit.items.add(item(group.id), NOW)
            assert added == item(group.id, number=4)
        assert await unit.items.count(ours.id, "") == 4


async def test_items_added_at_once_have_numbers_of_their_own(store: DatabaseStore, ours: Group) -> None:
    async def adds() -> int:
        async with store.begin() as unit:
            added = await unit.items.add(item(ours.id, ("hukum",)), NOW)
            await asyncio.sleep(0.005)
            return added.id

    assert sorted(await asyncio.gather(*(adds() for _ in range(8)))) == list(range(4, 12))


async def test_some_come_in_the_order_asked_for(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async with store.read() as unit:
        found = await unit.items.some(ours.id, [3, 99, 1])
        assert found == [item(ours.id, ("hukum",), 3), item(ours.id, ("hukum",), 1)]
        assert await unit.items.some(ours.id, []) == []


async def test_pages_hold_active_items_newest_first(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async with store.begin() as unit:
        await unit.items.add(replace(item(ours.id), state=State.RETIRED), NOW)
        await unit.items.add(item(ours.id, ("pidana", "hukum")), NOW)

        async def page(tag: str, start: int, most: int) -> list[int]:
            return [found.id for found in await unit.items.page(ours.id, tag, start, most)]

        assert await page("", 0, 3) == [5, 3, 2]
        assert await page("", 3, 3) == [1]
        assert await page("hukum", 0, 2) == [5, 3]
        assert await page("pidana", 0, 9) == [5]
        assert await page("perdata", 0, 9) == []
        assert (await unit.items.count(ours.id, ""), await unit.items.count(ours.id, "pidana")) == (4, 1)
        assert await unit.items.count(theirs.id, "pidana") == 0


async def test_when_items_were_asked(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    later = NOW + timedelta(days=3)
    async with store.begin() as unit:
        await unit.items.asked(ours.id, [1, 3], later)
        assert await unit.items.asked_at(ours.id, "") == {1: later, 2: None, 3: later}
        assert await unit.items.asked_at(ours.id, "pidana") == {}
        assert await unit.items.asked_at(theirs.id, "") == {1: None, 2: None, 3: None}


async def test_tags_of_active_items_most_used_first(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async with store.begin() as unit:
        added = [item(ours.id, ("b",)), item(ours.id, ("a",)), replace(item(ours.id, ("old",)), state=State.RETIRED)]
        for one in added:
            await unit.items.add(one, NOW)
        assert await unit.items.tags(ours.id) == ["hukum", "a", "b"]
        assert await unit.items.tags(theirs.id) == ["hukum"]


async def test_any_text_is_kept_as_it_is(store: DatabaseStore, ours: Group) -> None:
    odd = item(ours.id)
    texts = {"id": replace(odd.texts["id"], prompt="<b>'\"\\%_ \U0001f9d1\u200d\U0001f393 \u202e", options=("a", "'"))}
    async with store.begin() as unit:
        added: Item = await unit.items.add(replace(odd, texts=texts, source="'; DROP TABLE item"), NOW)
    async with store.read() as unit:
        assert await unit.items.some(ours.id, [added.id]) == [added]
    assert added.texts == texts
