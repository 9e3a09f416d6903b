"""What people have yet to be told: each once, and counted beside their membership."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.domain.people import Member
from bot.repository import Notice
from storage.store import DatabaseStore
from tests.storage.sample import NOW, Group


def notice(group: Group, cause: str = "rekey:1:2", after: float = 0) -> Notice:
    """Something for Ani to be told."""
    return Notice(group.id, group.ani.id, cause, "rekey-told", 1, NOW + timedelta(seconds=after))


async def count(store: DatabaseStore, group: Group, person: int = 0) -> int:
    """How much the membership says is waiting."""
    async with store.read() as unit:
        member = await unit.people.member(group.id, person or group.ani.id)
        assert member
        return member.notices


async def test_what_waits_is_told_once_oldest_first(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    late, early, other = notice(ours, "b", 5), notice(ours, "c"), notice(theirs)
    async with store.begin() as unit:
        for one in (late, early, other, replace(early, person=ours.budi.id)):
            assert await unit.notices.put(one)
    assert (await count(store, ours), await count(store, theirs), await count(store, ours, ours.budi.id)) == (2, 1, 1)
    async with store.begin() as unit:
        assert await unit.notices.take(ours.id, ours.ani.id) == [early, late]
        assert await unit.notices.take(ours.id, ours.ani.id) == []
    assert (await count(store, ours), await count(store, theirs), await count(store, ours, ours.budi.id)) == (0, 1, 1)


async def test_the_same_is_left_once_until_it_is_told(store: DatabaseStore, ours: Group) -> None:
    async def puts() -> bool:
        async with store.begin() as unit:
            new = await unit.notices.put(notice(ours))
            await asyncio.sleep(0.01)
            return new

    assert sum(await asyncio.gather(*(puts() for _ in range(5)))) == 1
    assert await count(store, ours) == 1
    async with store.begin() as unit:
        assert len(await unit.notices.take(ours.id, ours.ani.id)) == 1
        assert await unit.notices.put(notice(ours)), "told before, it may be left again"
    assert await count(store, ours) == 1


async def test_it_is_told_by_one_of_two_answers_at_once(store: DatabaseStore, ours: Group) -> None:
    async with store.begin() as unit:
        await unit.notices.put(notice(ours))

    async def takes() -> int:
        async with store.begin() as unit:
            found = await unit.notices.take(ours.id, ours.ani.id)
            await asyncio.sleep(0.01)
            return len(found)

    assert sum(await asyncio.gather(*(takes() for _ in range(4)))) == 1


async def test_what_is_left_while_others_are_told_still_counts(store: DatabaseStore, ours: Group) -> None:
    told: list[Notice] = []

    async def puts(number: int) -> None:
        async with store.begin() as unit:
            await unit.notices.put(notice(ours, f"n:{number}"))
            await asyncio.sleep(0.001)

    async def takes() -> None:
        async with store.begin() as unit:
            told.extend(await unit.notices.take(ours.id, ours.ani.id))

    await asyncio.gather(*(work for number in range(15) for work in (puts(number), takes())))
    left = await count(store, ours)
    async with store.begin() as unit:
        rest = await unit.notices.take(ours.id, ours.ani.id)
    assert len(rest) == left, "the count says what waits"
    assert sorted(one.cause for one in [*told, *rest]) == sorted(f"n:{number}" for number in range(15))


async def test_saving_a_membership_read_before_takes_no_notice_away(store: DatabaseStore, ours: Group) -> None:
    async with store.begin() as unit:
        read = await unit.people.member(ours.id, ours.ani.id)
        assert read
        await unit.notices.put(notice(ours))
        await unit.people.save_member(replace(read, ranked=False))
        assert await unit.people.member(ours.id, ours.ani.id) == Member(ours.id, ours.ani.id, ranked=False, notices=1)
    async with store.read() as unit:
        seat = (await unit.arrivals.of(ours.place, ours.account("ani"))).member
    assert seat
    assert seat.notices == 1
