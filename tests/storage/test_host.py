"""Hosts and their turns, on both databases."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.host import Host, State, Turn
from storage.store import DatabaseStore
from tests.storage.sample import NOW

DAY = NOW.date()


async def test_whoever_joins_again_keeps_the_day_and_has_new_topics(store: DatabaseStore) -> None:
    first = Host(1, 7, DAY, ("Aljabar", "習"))
    async with store.begin() as unit:
        await unit.hosts.join(first)
        await unit.hosts.join(Host(1, 7, DAY + timedelta(days=9), ("Fisika",)))
        await unit.hosts.join(Host(2, 8, DAY))
        assert list(await unit.hosts.all(1)) == [replace(first, topics=("Fisika",))]
        await unit.hosts.leave(1, 7)
        assert list(await unit.hosts.all(1)) == []
        assert list(await unit.hosts.all(2)) == [Host(2, 8, DAY)]


async def test_turns_are_found_by_date_and_from_a_day_on(store: DatabaseStore) -> None:
    first = Turn(1, 3, DAY, 7, State.DRAWN, NOW)
    second = Turn(1, 3, DAY, 5, State.ASKED, NOW + timedelta(hours=1))
    later = Turn(1, 4, DAY + timedelta(days=7), 7, State.TAKEN, NOW)
    async with store.begin() as unit:
        for turn in (second, first, later, replace(first, community=2)):
            await unit.hosts.put(turn)
        assert list(await unit.hosts.turns(1, 3, DAY)) == [first, second]
        assert list(await unit.hosts.past(1, DAY)) == [second, first, later]
        assert list(await unit.hosts.past(1, DAY + timedelta(days=1))) == [later]
        await unit.hosts.put(replace(first, state=State.SKIPPED))
        assert list(await unit.hosts.turns(1, 3, DAY)) == [replace(first, state=State.SKIPPED), second]
