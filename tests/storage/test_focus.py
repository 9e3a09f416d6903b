"""Focus timers: one runs in each place, and people come and go."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.chat.places import Place
from bot.domain.focus import Focus, Focuser
from storage.store import DatabaseStore
from tests.storage.sample import NOW, Group

HERE, THERE = Place("telegram", "g"), Place("discord", "s", "c")


async def test_a_place_has_one_running_timer(store: DatabaseStore, ours: Group) -> None:
    async def start(place: Place) -> Focus | None:
        async with store.begin() as unit:
            return await unit.focuses.add(Focus(ours.id, 0, place, 7, NOW))

    made = await asyncio.gather(*(start(HERE) for _ in range(4)), start(THERE))
    assert sorted(focus.id for focus in made if focus) == [1, 2]
    first = next(focus for focus in made if focus and focus.place == HERE)
    async with store.begin() as unit:
        assert await unit.focuses.running(ours.id, HERE) == first
        assert await unit.focuses.running(ours.id + 1, HERE) is None
        await unit.focuses.save(replace(first, over=True))
        assert await unit.focuses.running(ours.id, HERE) is None
        assert await unit.focuses.hold(ours.id, first.id) == replace(first, over=True)


async def test_a_timer_whose_end_was_never_noted_makes_room(store: DatabaseStore, ours: Group) -> None:
    async with store.begin() as unit:
        first = await unit.focuses.add(Focus(ours.id, 0, HERE, 7, NOW))
        assert first
        assert await unit.focuses.add(Focus(ours.id, 0, HERE, 7, first.ends_at - timedelta(seconds=1))) is None
        second = await unit.focuses.add(Focus(ours.id, 0, HERE, 7, first.ends_at))
        assert second
        assert await unit.focuses.running(ours.id, HERE) == second
        assert await unit.focuses.hold(ours.id, first.id) == replace(first, over=True)


async def test_people_come_and_go(store: DatabaseStore) -> None:
    async with store.begin() as unit:
        await unit.focuses.put(Focuser(1, 3, 9, NOW))
        await unit.focuses.put(Focuser(1, 3, 7, NOW))
        await unit.focuses.put(Focuser(1, 3, 9, None, 300))
        await unit.focuses.put(Focuser(1, 4, 7, NOW))
    async with store.read() as unit:
        assert list(await unit.focuses.members(1, 3)) == [Focuser(1, 3, 7, NOW), Focuser(1, 3, 9, None, 300)]
