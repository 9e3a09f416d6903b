"""Who was there on dates of sessions, and invitations to them, on both databases."""

import asyncio
from datetime import date, timedelta

from bot.domain.invite import Invite
from bot.domain.presence import Presence, Way
from storage.store import DatabaseStore
from tests.storage.sample import NOW, Group

MONDAY = date(2026, 12, 14)
WEEK = timedelta(days=7)
MINUTE = timedelta(minutes=1)


def tap(group: Group, person: int, day: date = MONDAY, way: Way = Way.TAP) -> Presence:
    return Presence(group.id, 7, day, person, way, NOW)


async def test_who_is_there_is_noted_once(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    mine = tap(ours, ours.ani.id)
    later = Presence(ours.id, 7, MONDAY, ours.ani.id, Way.CODE, NOW + MINUTE)
    async with store.begin() as unit:
        assert await unit.presences.come(mine)
        assert not await unit.presences.come(later)
        assert await unit.presences.come(tap(ours, ours.budi.id, MONDAY + WEEK))
        assert await unit.presences.come(tap(theirs, ours.ani.id))
    async with store.read() as unit:
        assert not await unit.presences.of_date(ours.id, 8, MONDAY)
        assert [*await unit.presences.of_date(ours.id, 7, MONDAY)] == [mine]
        assert [*await unit.presences.since(ours.id, MONDAY)] == [mine, tap(ours, ours.budi.id, MONDAY + WEEK)]
        assert [*await unit.presences.since(ours.id, MONDAY + WEEK)] == [tap(ours, ours.budi.id, MONDAY + WEEK)]


async def test_of_many_taps_at_once_one_counts(store: DatabaseStore, ours: Group) -> None:
    async def come() -> bool:
        async with store.begin() as unit:
            return await unit.presences.come(tap(ours, ours.ani.id))

    assert sorted(await asyncio.gather(*(come() for _ in range(8)))) == [False] * 7 + [True]


async def test_minutes_by_voice_are_added_up_and_a_double_entry_counts_once(store: DatabaseStore, ours: Group) -> None:
    who = (ours.id, 7, MONDAY, ours.ani.id)
    async with store.begin() as unit:
        await unit.presences.enter(*who, NOW)
        await unit.presences.enter(*who, NOW + MINUTE)
        assert [each.entered_at for each in await unit.presences.inside(*who[:3])] == [NOW]
        await unit.presences.leave(*who, NOW + 3 * MINUTE)
        await unit.presences.leave(*who, NOW + 9 * MINUTE)
        assert not await unit.presences.inside(*who[:3])
        await unit.presences.enter(*who, NOW + 10 * MINUTE)
        await unit.presences.leave(ours.id, 7, MONDAY, ours.budi.id, NOW)
    async with store.read() as unit:
        (found,) = await unit.presences.of_date(*who[:3])
    assert found == Presence(*who, Way.VOICE, NOW, 180, NOW + 10 * MINUTE)
    assert found.spent(NOW + 12 * MINUTE) == 5 * MINUTE


async def test_a_tap_after_the_voice_channel_keeps_the_minutes(store: DatabaseStore, ours: Group) -> None:
    who = (ours.id, 7, MONDAY, ours.ani.id)
    async with store.begin() as unit:
        await unit.presences.enter(*who, NOW - MINUTE)
        assert await unit.presences.come(tap(ours, ours.ani.id, way=Way.CODE))
        await unit.presences.leave(*who, NOW + MINUTE)
        await unit.presences.enter(*who, NOW + 2 * MINUTE)
        assert not await unit.presences.come(tap(ours, ours.ani.id))
    async with store.read() as unit:
        found = await unit.presences.of_date(*who[:3])
    assert found == [Presence(*who, Way.CODE, NOW, 120, NOW + 2 * MINUTE)]


async def test_what_somebody_takes_along_is_kept_for_those_who_were_there(store: DatabaseStore, ours: Group) -> None:
    async with store.begin() as unit:
        await unit.presences.come(tap(ours, ours.ani.id))
        assert await unit.presences.part(ours.id, 7, MONDAY, ours.ani.id, "Rumus abc")
        assert await unit.presences.part(ours.id, 7, MONDAY, ours.ani.id, "Rumus kuadrat")
        assert not await unit.presences.part(ours.id, 7, MONDAY, ours.budi.id, "Apa saja")
        assert [each.parting for each in await unit.presences.of_date(ours.id, 7, MONDAY)] == ["Rumus kuadrat"]


async def test_a_date_has_one_invitation_at_a_time(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    first = Invite("a" * 64, ours.id, 7, MONDAY, NOW)
    second = Invite("b" * 64, ours.id, 7, MONDAY, NOW + MINUTE)
    other = Invite("c" * 64, ours.id, 7, MONDAY + WEEK, NOW)
    foreign = Invite("d" * 64, theirs.id, 7, MONDAY, NOW)
    async with store.begin() as unit:
        for invite in (first, other, foreign, second):
            await unit.invites.put(invite)
    async with store.begin() as unit:
        assert await unit.invites.find(first.digest) is None
        assert await unit.invites.find(second.digest) == second
        assert await unit.invites.made(ours.id, 7, MONDAY) == NOW + MINUTE
        await unit.invites.drop(ours.id, 7, MONDAY)
        assert await unit.invites.made(ours.id, 7, MONDAY) is None
        assert await unit.invites.find(other.digest) == other
        assert await unit.invites.find(foreign.digest) == foreign
