"""Held messages, who asks to be let in, and who came."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.chat.places import Account, Place, Ref
from bot.domain.door import Knock, Newcomer
from bot.domain.door import State as KnockState
from bot.domain.held import Held, State
from bot.domain.watch import Sign
from storage.store import DatabaseStore
from tests.storage.sample import NOW, Group

PLACE = Place("telegram", "-100", "7")
FANI = Account("telegram", "31")
MINUTE = timedelta(minutes=1)


def held(group: Group, person: int, minutes: int = 0, *, fresh: bool = True) -> Held:
    return Held(
        group.id,
        0,
        Ref(PLACE, "12"),
        person,
        NOW + minutes * MINUTE,
        (Sign.LINK, Sign.FLOOD),
        "Promo “murah” 🎉",
        ("https://s.id/x",),
        file=True,
        fresh=fresh,
    )


def knock(group: Group, person: int, minutes: int = 0) -> Knock:
    at = NOW + minutes * MINUTE
    return Knock(group.id, 0, person, FANI, PLACE, at, "Kenapa?", state=KnockState.ASKED)


async def test_a_held_message_is_kept_as_it_is(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async with store.begin() as unit:
        first = await unit.holds.add(held(ours, 3))
        other = await unit.holds.add(held(theirs, 3))
    assert first.id == other.id == 1, "each group counts its own"
    async with store.begin() as unit:
        assert await unit.holds.hold(ours.id, 1) == first == replace(held(ours, 3), id=1)
        changed = replace(first, state=State.DROPPED, judge=9, words="", urls=(), hidden=True)
        await unit.holds.save(changed)
    async with store.read() as unit:
        assert await unit.holds.get(ours.id, 1) == changed
        assert await unit.holds.get(theirs.id, 1) == other
        assert await unit.holds.get(ours.id, 2) is None
        assert (await unit.holds.count(ours.id), await unit.holds.count(theirs.id)) == (0, 1)


async def test_messages_wait_in_their_order(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async with store.begin() as unit:
        made = [await unit.holds.add(held(ours, person, minutes)) for person, minutes in ((3, 0), (4, 1), (3, 2))]
        await unit.holds.add(held(theirs, 3))
        await unit.holds.save(replace(made[1], state=State.STANDS))
    async with store.read() as unit:
        assert await unit.holds.waiting(ours.id, 9) == [made[0], made[2]]
        assert await unit.holds.waiting(ours.id, 1) == [made[0]]
        assert await unit.holds.of(ours.id, 3, NOW) == [made[2], made[0]]
        assert await unit.holds.of(ours.id, 3, NOW + MINUTE) == [made[2]]
        assert [each.state for each in await unit.holds.of(ours.id, 4, NOW)] == [State.STANDS]


async def test_newcomers_are_counted_as_people(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async with store.begin() as unit:
        for person in (3, 3, 4):
            await unit.holds.add(held(ours, person, 5))
        await unit.holds.add(held(ours, 5, 0))
        await unit.holds.add(held(ours, 6, 5, fresh=False))
        await unit.holds.add(held(theirs, 7, 5))
    async with store.read() as unit:
        assert await unit.holds.newcomers(ours.id, NOW + MINUTE) == 2
        assert await unit.holds.newcomers(ours.id, NOW) == 3


async def test_many_messages_held_at_once_have_numbers_of_their_own(store: DatabaseStore, ours: Group) -> None:
    async def hold(person: int) -> int:
        async with store.begin() as unit:
            return (await unit.holds.add(held(ours, person))).id

    assert sorted(await asyncio.gather(*map(hold, range(10)))) == list(range(1, 11))


async def test_two_decide_about_a_message_one_after_the_other(store: DatabaseStore, ours: Group) -> None:
    async with store.begin() as unit:
        await unit.holds.add(held(ours, 3))

    async def decide(judge: int) -> bool:
        async with store.begin() as unit:
            found = await unit.holds.hold(ours.id, 1)
            assert found
            if found.state is not State.OPEN:
                return False
            await unit.holds.save(replace(found, state=State.DROPPED, judge=judge))
            return True

    assert sorted(await asyncio.gather(*map(decide, range(1, 6)))) == [False] * 4 + [True]


async def test_somebody_asks_once_in_each_place(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    elsewhere = Place("telegram", "-200")
    async with store.begin() as unit:
        first = await unit.knocks.add(knock(ours, 3))
        second = await unit.knocks.add(replace(knock(ours, 3, 1), place=elsewhere))
        await unit.knocks.add(knock(theirs, 3))
    async with store.begin() as unit:
        assert await unit.knocks.of(ours.id, 3, PLACE) == first == replace(knock(ours, 3), id=1)
        assert await unit.knocks.of(ours.id, 3, elsewhere) == second
        assert await unit.knocks.of(ours.id, 4, PLACE) is None
        await unit.knocks.save(replace(first, state=KnockState.DECLINED, judge=9))
    async with store.begin() as unit:
        assert await unit.knocks.of(ours.id, 3, PLACE) is None
        assert await unit.knocks.hold(ours.id, 1) == replace(first, state=KnockState.DECLINED, judge=9)


async def test_who_waits_at_the_door(store: DatabaseStore, ours: Group) -> None:
    async with store.begin() as unit:
        made = [await unit.knocks.add(knock(ours, person, person)) for person in (3, 4, 5)]
        waiting = [replace(each, state=KnockState.WAITING, answer="Belajar") for each in made[1:]]
        for each in waiting:
            await unit.knocks.save(each)
    async with store.read() as unit:
        assert await unit.knocks.waiting(ours.id, 9) == [made[0], *waiting]
        assert await unit.knocks.waiting(ours.id, 1) == [made[0]]
        assert await unit.knocks.count(ours.id, NOW) == 2
        assert await unit.knocks.count(ours.id, NOW + 5 * MINUTE) == 1
        assert await unit.knocks.get(ours.id, 3) == waiting[1]


async def test_who_came_stands_in_one_greeting(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    def came(group: Group, person: int, batch: int, place: Place = PLACE) -> Newcomer:
        account = Account(place.platform, f"{person}")
        return Newcomer(group.id, person, account, place, NOW + (9 - person) * MINUTE, batch)

    here = [came(ours, 3, 100), came(ours, 4, 100), came(ours, 5, 200)]
    async with store.begin() as unit:
        for each in (*here, came(ours, 6, 100, Place("discord", "5")), came(theirs, 3, 50)):
            await unit.newcomers.put(each)
    async with store.read() as unit:
        assert await unit.newcomers.batch(ours.id, PLACE, 100) == [here[1], here[0]], "as they came"
        assert await unit.newcomers.before(ours.id, PLACE, 300, 9) == [200, 100]
        assert await unit.newcomers.before(ours.id, PLACE, 200, 9) == [100]
        assert await unit.newcomers.get(ours.id, 3) == here[0]
        assert await unit.newcomers.get(theirs.id, 4) is None
    again = replace(here[0], batch=400, at=NOW + 99 * MINUTE)
    async with store.begin() as unit:
        await unit.newcomers.put(again)
    async with store.read() as unit:
        assert await unit.newcomers.get(ours.id, 3) == again
        assert await unit.newcomers.batch(ours.id, PLACE, 100) == [here[1]]
