"""The bank of items of a group."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.domain.items import State
from bot.repository import Past
from storage.store import DatabaseStore
from tests.storage.sample import NOW, Group, item, kinds


async def test_items_are_counted_in_each_group_by_itself(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async with store.begin() as unit:
        for group in (ours, theirs):
            added = await unit.items.add(item(group.id), NOW)
            assert added == item(group.id, number=4)
        assert await unit.items.count(ours.id, "") == 4


async def test_many_items_are_added_in_their_order_with_their_tags(
    store: DatabaseStore, ours: Group, theirs: Group
) -> None:
    many = [item(ours.id, (f"t{number % 3}", "banyak", "banyak")) for number in range(1500)]
    async with store.begin() as unit:
        added = await unit.items.add_all(many, NOW)
        assert added == [replace(each, id=number) for number, each in enumerate(many, 4)]
        assert await unit.items.add_all([], NOW) == []
    async with store.read() as unit:
        assert await unit.items.some(ours.id, [4, 1503]) == [added[0], added[-1]]
        assert await unit.items.count(ours.id, "banyak") == 1500
        assert await unit.items.count(ours.id, "t1") == 500
        assert await unit.items.count(theirs.id, "") == 3


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


async def test_every_kind_is_kept_byte_for_byte(store: DatabaseStore, ours: Group) -> None:
    async with store.begin() as unit:
        added = [await unit.items.add(one, NOW) for one in kinds(ours.id)]
        assert [replace(one, id=0) for one in added] == kinds(ours.id)
    async with store.read() as unit:
        found = await unit.items.some(ours.id, [one.id for one in added])
        assert found == added
        assert {one.id for one in await unit.items.page(ours.id, "a'b", 0, 9)} == {one.id for one in added}
    assert [str(one.number.value) for one in found if one.number] == ["9.8100"], "no digit is lost"
    assert [str(one.number.tolerance) for one in found if one.number] == ["1E-30"]


async def test_a_saved_item_has_its_new_words_and_tags(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    (first,) = kinds(ours.id)[:1]
    changed = replace(first, id=2, tags=("b", "b", "hukum"), author=8, state=State.ACTIVE, version=2)
    async with store.begin() as unit:
        await unit.items.save(changed)
        assert await unit.items.some(ours.id, [2]) == [changed]
        assert await unit.items.tags(ours.id) == ["hukum", "b"]
        assert [one.id for one in await unit.items.page(ours.id, "b", 0, 9)] == [2]
        assert [one.id for one in await unit.items.list(ours.id, State.ACTIVE, author=8)] == [2]
        await unit.items.save(replace(changed, tags=(), state=State.RETIRED))
        assert await unit.items.tags(ours.id) == ["hukum"]
        assert await unit.items.count(ours.id, "") == 2
        assert await unit.items.asked_at(ours.id, "") == {1: None, 3: None}
        assert await unit.items.some(theirs.id, [2]) == [item(theirs.id, ("hukum",), 2)]
        assert await unit.items.tags(theirs.id) == ["hukum"]


async def test_lists_hold_one_state_oldest_first(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async with store.begin() as unit:
        for author, tags in ((7, ("a",)), (8, ("a", "b")), (8, ())):
            await unit.items.add(replace(item(ours.id, tags), state=State.PROPOSED, author=author), NOW)

        async def found(state: State, **wishes: Any) -> list[int]:
            return [one.id for one in await unit.items.list(ours.id, state, **wishes)]

        assert await found(State.PROPOSED) == [4, 5, 6]
        assert await found(State.PROPOSED, tag="a") == [4, 5]
        assert await found(State.PROPOSED, author=8) == [5, 6]
        assert await found(State.PROPOSED, tag="a", author=8) == [5]
        assert await found(State.PROPOSED, start=1, most=1) == [5]
        assert await found(State.ACTIVE) == [1, 2, 3]
        assert await found(State.RETIRED) == []
        assert await unit.items.count(ours.id, "") == 3, "what waits for approval is not asked"
        assert await unit.items.list(theirs.id, State.PROPOSED) == []


async def test_what_an_item_was_is_never_lost(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    later = NOW + timedelta(hours=1)
    first, second = (replace(one, id=2) for one in kinds(ours.id)[:2])
    async with store.begin() as unit:
        await unit.items.remember(first, 7, "edit", NOW)
        await unit.items.remember(second, 8, "rekey", later)
        await unit.items.remember(replace(first, id=1), 7, "retire", NOW)
    async with store.read() as unit:
        assert await unit.items.history(ours.id, 2) == [
            Past(2, second, 8, "rekey", later),
            Past(1, first, 7, "edit", NOW),
        ]
        assert len(await unit.items.history(ours.id, 1)) == 1
        assert await unit.items.history(ours.id, 3) == []
        assert await unit.items.history(theirs.id, 2) == []


async def test_two_who_change_an_item_at_once_both_stand_in_its_history(store: DatabaseStore, ours: Group) -> None:
    async def remembers(person: int) -> None:
        async with store.begin() as unit:
            await unit.items.remember(item(ours.id, number=1), person, "edit", NOW)
            await asyncio.sleep(0.005)

    await asyncio.gather(*(remembers(person) for person in range(6)))
    async with store.read() as unit:
        past = await unit.items.history(ours.id, 1)
    assert [one.number for one in past] == [6, 5, 4, 3, 2, 1]
    assert {one.person for one in past} == set(range(6))


async def test_a_version_is_flagged_once(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async def flags() -> bool:
        async with store.begin() as unit:
            new = await unit.items.flag(ours.id, 1, 1)
            await asyncio.sleep(0.005)
            return new

    assert sum(await asyncio.gather(*(flags() for _ in range(4)))) == 1
    async with store.begin() as unit:
        assert await unit.items.flag(ours.id, 1, 2), "a corrected item may be suspicious again"
        assert not await unit.items.flag(ours.id, 1, 1)
        assert not await unit.items.flag(ours.id, 99, 1)
        assert await unit.items.flag(theirs.id, 1, 1)
        await unit.items.save(item(ours.id, number=1))
        assert not await unit.items.flag(ours.id, 1, 2), "saving does not forget it"


async def test_topics_of_every_active_item(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async with store.begin() as unit:
        await unit.items.add(item(ours.id, ("b", "a")), NOW)
        await unit.items.add(item(ours.id), NOW)
        await unit.items.add(replace(item(ours.id, ("old",)), state=State.RETIRED), NOW)
        found = await unit.items.topics(ours.id)
    assert {number: list(tags) for number, tags in found.items()} == {
        1: ["hukum"],
        2: ["hukum"],
        3: ["hukum"],
        4: ["a", "b"],
        5: [],
    }
