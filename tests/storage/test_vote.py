"""Votes on native polls that are not known yet."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.repository import Vote
from storage.store import DatabaseStore
from tests.storage.sample import NOW

ANI = Vote("telegram", "p1", "1", "Ani '\U0001f9d1\u200d\U0001f393 \u202e", "02", NOW)
BUDI = replace(ANI, account="2", options="", at=NOW - timedelta(seconds=1))


async def test_the_last_vote_of_each_stands_until_it_is_taken(store: DatabaseStore) -> None:
    others = (replace(ANI, poll="p2"), replace(ANI, platform="discord"))
    async with store.begin() as unit:
        for vote in (replace(ANI, options="1"), BUDI, ANI, *others):
            await unit.votes.put(vote)
        assert await unit.votes.wait("telegram", "p1")
        assert await unit.votes.take("telegram", "p1") == [BUDI, ANI]
        assert not await unit.votes.wait("telegram", "p1")
        assert await unit.votes.take("telegram", "p1") == []
        assert await unit.votes.take("telegram", "p2") == [others[0]]
        assert await unit.votes.take("discord", "p1") == [others[1]]


async def test_votes_are_taken_by_one(store: DatabaseStore) -> None:
    async with store.begin() as unit:
        await unit.votes.put(ANI)
        await unit.votes.put(BUDI)

    async def takes() -> int:
        async with store.begin() as unit:
            found = await unit.votes.take("telegram", "p1")
            await asyncio.sleep(0.01)
            return len(found)

    assert sorted(await asyncio.gather(*(takes() for _ in range(4)))) == [0, 0, 0, 2]


async def test_old_votes_are_forgotten(store: DatabaseStore) -> None:
    async with store.begin() as unit:
        await unit.votes.put(ANI)
        await unit.votes.put(BUDI)
        assert await unit.votes.clear(NOW) == 1
        assert await unit.votes.take("telegram", "p1") == [ANI]
