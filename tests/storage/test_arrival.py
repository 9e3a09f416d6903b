"""An event's key is remembered once, and who it is from is found in one query."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.chat.places import Ability, Account, Place, Role
from bot.domain.community import Venue
from bot.domain.people import Member
from bot.repository import Arrival
from storage.store import DatabaseStore
from tests.storage.sample import NOW, Group


async def test_a_key_is_new_only_once(store: DatabaseStore) -> None:
    async with store.begin() as unit:
        assert await unit.arrivals.first_time("telegram", "1", NOW)
        assert not await unit.arrivals.first_time("telegram", "1", NOW)
    async with store.begin() as unit:
        assert not await unit.arrivals.first_time("telegram", "1", NOW + timedelta(days=1))
        assert await unit.arrivals.first_time("discord", "1", NOW)
        assert await unit.arrivals.first_time("telegram", "2", NOW)


async def test_the_same_event_at_once_is_taken_by_one(store: DatabaseStore) -> None:
    async def arrives() -> bool:
        async with store.begin() as unit:
            first = await unit.arrivals.first_time("telegram", "1", NOW)
            await asyncio.sleep(0.01)
            return first

    assert sum(await asyncio.gather(*(arrives() for _ in range(8)))) == 1


async def test_a_key_of_a_failed_unit_is_new_again(store: DatabaseStore) -> None:
    try:
        async with store.begin() as unit:
            assert await unit.arrivals.first_time("telegram", "1", NOW)
            raise LookupError
    except LookupError:
        pass
    async with store.begin() as unit:
        assert await unit.arrivals.first_time("telegram", "1", NOW)


async def test_old_keys_are_forgotten(store: DatabaseStore) -> None:
    async with store.begin() as unit:
        for day in range(3):
            await unit.arrivals.first_time("telegram", str(day), NOW + timedelta(days=day))
        assert await unit.arrivals.forget(NOW + timedelta(days=2)) == 2
        assert await unit.arrivals.first_time("telegram", "0", NOW)
        assert not await unit.arrivals.first_time("telegram", "2", NOW)


async def test_a_member_is_found_with_everything(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async with store.begin() as unit:
        await unit.people.save_member(Member(ours.id, ours.ani.id, Role.TRUSTED))
    async with store.read() as unit:
        found = await unit.arrivals.of(replace(ours.place, thread="7"), ours.account("ani"))
        assert found.venue == Venue(ours.id, ours.place, "Kelas")
        assert found.community == await unit.communities.get(ours.id)
        assert found.person == ours.ani
        assert found.member == Member(ours.id, ours.ani.id, Role.TRUSTED)
        elsewhere = await unit.arrivals.of(theirs.place, ours.account("ani"))
        assert elsewhere.person == ours.ani
        assert elsewhere.member is None, "a membership of one group is none in another"


async def test_what_is_unknown_is_none(store: DatabaseStore, ours: Group) -> None:
    async with store.read() as unit:
        assert await unit.arrivals.of(Place("telegram", "?"), Account("telegram", "?")) == Arrival(*[None] * 4)
        here = await unit.arrivals.of(ours.place, None)
        assert (here.person, here.member) == (None, None)
        assert here.community
        private = await unit.arrivals.of(Place("telegram", "5"), ours.account("ani"))
        assert (private.venue, private.community, private.member) == (None, None, None)
        assert private.person == ours.ani


async def test_writing_and_reading_units_see_the_same(store: DatabaseStore, ours: Group) -> None:
    venue = Venue(ours.id, ours.place, "Kelas", paused=True, abilities=frozenset({Ability.SEND, Ability.PIN}))
    async with store.begin() as unit:
        await unit.communities.put_venue(venue)
        written = await unit.arrivals.of(ours.place, ours.account("budi"))
    async with store.read() as unit:
        assert await unit.arrivals.of(ours.place, ours.account("budi")) == written
    assert written.venue == venue
