"""Pins and locks as they are kept: in each group by itself, counted, held, and after a group has moved."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.chat.places import Place, Ref
from bot.domain.lock import Lock
from bot.domain.lock import State as LockState
from bot.domain.pin import Pin, State
from storage.store import DatabaseStore
from tests.storage.sample import NOW, Group

ODD = "Jadwal <b>'\"` \U0001f9d1\u200d\U0001f393 '; DROP TABLE pin --"
LATER = NOW + timedelta(days=3)


def pin(group: Group, message: str = "10", thread: str = "") -> Pin:
    return Pin(group.id, 0, Ref(replace(group.place, thread=thread), message), 7, NOW, ODD, LATER, True)


def lock(group: Group, thread: str = "", *, whole: bool = False) -> Lock:
    return Lock(group.id, 0, replace(group.place, thread=thread), 7, NOW, whole, LATER, '{"a":1}')


async def test_all_of_a_pin_is_kept_and_counted_in_each_group_by_itself(
    store: DatabaseStore, ours: Group, theirs: Group
) -> None:
    async with store.begin() as unit:
        for group in (ours, theirs):
            assert await unit.pins.add(pin(group)) == replace(pin(group), id=1)
        assert (await unit.pins.add(pin(ours, "11"))).id == 2
    async with store.begin() as unit:
        assert await unit.pins.hold(ours.id, 1) == replace(pin(ours), id=1)
        assert await unit.pins.hold(theirs.id, 2) is None


async def test_a_pin_is_found_by_its_message_until_it_is_gone(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async with store.begin() as unit:
        made = await unit.pins.add(pin(ours, thread="5"))
        assert await unit.pins.of(ours.id, pin(ours).at) == made, "a chat numbers messages across its threads"
        assert await unit.pins.of(theirs.id, pin(ours).at) is None
        assert await unit.pins.of(ours.id, pin(ours, "99").at) is None
        await unit.pins.save(replace(made, state=State.GONE))
        assert await unit.pins.of(ours.id, pin(ours).at) is None


async def test_pins_of_a_place_come_oldest_first_without_those_that_are_gone(store: DatabaseStore, ours: Group) -> None:
    async with store.begin() as unit:
        made = [await unit.pins.add(pin(ours, str(number), thread)) for number, thread in enumerate(("", "5", "", ""))]
        await unit.pins.save(replace(made[2], state=State.GONE))
        await unit.pins.save(stands := replace(made[3], state=State.STANDS, label="", until=None, loud=False))
    async with store.read() as unit:
        assert await unit.pins.page(ours.id, ours.place, 9) == [made[0], stands]
        assert await unit.pins.page(ours.id, None, 9) == [made[0], made[1], stands]
        assert await unit.pins.page(ours.id, None, 1) == [made[0]]
        assert await unit.pins.page(ours.id + 99, None, 9) == []


async def test_locks_of_a_part_and_of_the_whole_are_told_apart(
    store: DatabaseStore, ours: Group, theirs: Group
) -> None:
    async with store.begin() as unit:
        part = await unit.locks.add(lock(ours, "5"))
        whole = await unit.locks.add(lock(ours, whole=True))
        await unit.locks.add(lock(theirs, whole=True))
        assert (part.id, whole.id) == (1, 2)
        assert await unit.locks.at(ours.id, lock(ours, "5").place, whole=False) == part
        assert await unit.locks.at(ours.id, lock(ours, "6").place, whole=False) is None
        assert await unit.locks.at(ours.id, lock(ours, "6").place, whole=True) == whole, "it holds in every part"
        assert await unit.locks.whole(ours.id) == [whole]
        await unit.locks.save(replace(whole, state=LockState.OVER))
        assert await unit.locks.whole(ours.id) == []
        assert await unit.locks.hold(ours.id, 2) == replace(whole, state=LockState.OVER)


async def test_two_who_lock_at_once_have_locks_of_their_own(store: DatabaseStore, ours: Group) -> None:
    async def locks() -> int:
        async with store.begin() as unit:
            made = await unit.locks.add(lock(ours))
            await asyncio.sleep(0.005)
            return made.id

    assert sorted(await asyncio.gather(*(locks() for _ in range(5)))) == [1, 2, 3, 4, 5]


async def test_a_lock_follows_its_group_and_a_pin_does_not(store: DatabaseStore, ours: Group) -> None:
    new = Place("telegram", "-1009")
    async with store.begin() as unit:
        made = await unit.locks.add(lock(ours, whole=True))
        await unit.pins.add(pin(ours))
        await unit.communities.move_venue(ours.place, new)
        assert await unit.locks.whole(ours.id) == [replace(made, place=new)]
        assert await unit.pins.page(ours.id, None, 9) == [], "message numbers begin anew there"
