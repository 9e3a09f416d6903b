"""What somebody wrote and has not yet decided about."""

import asyncio
from dataclasses import replace
from datetime import date, time, timedelta

from bot.domain.agenda import Change, Rest, Series
from bot.domain.amendment import Amendment
from bot.domain.community import Pause
from bot.domain.recurrence import Frequency, Rule
from storage.store import DatabaseStore
from tests.storage.sample import NOW, Group, kinds

UNTIL = NOW + timedelta(hours=1)


async def put(store: DatabaseStore, person: int = 1) -> int:
    """Keep a draft for that person."""
    async with store.begin() as unit:
        return await unit.drafts.put(person, kinds(5), UNTIL)


async def test_a_draft_is_its_persons_until_it_expires(store: DatabaseStore) -> None:
    first, second = await put(store), await put(store, 2)
    assert first != second
    async with store.read() as unit:
        assert list(await unit.drafts.get(first, 1, NOW) or ()) == kinds(5)
        assert await unit.drafts.get(first, 2, NOW) is None
        assert await unit.drafts.get(second, 1, NOW) is None
        assert await unit.drafts.get(99, 1, NOW) is None
        assert await unit.drafts.get(first, 1, UNTIL) is None


async def test_a_number_is_never_used_twice(store: DatabaseStore) -> None:
    numbers = []
    for _ in range(3):
        numbers.append(await put(store))
        async with store.begin() as unit:
            await unit.drafts.drop(numbers[-1])
            assert await unit.drafts.get(numbers[-1], 1, NOW) is None
    assert len(set(numbers)) == 3, "an old button must not save another draft"


async def test_a_draft_is_saved_once_however_often_it_is_pressed(store: DatabaseStore, ours: Group) -> None:
    draft = await put(store)

    async def saves() -> int:
        async with store.begin() as unit:
            items = await unit.drafts.get(draft, 1, NOW) or ()
            for item in items:
                await unit.items.add(replace(item, community=ours.id), NOW)
            await unit.drafts.drop(draft)
            return len(items)

    assert sorted(await asyncio.gather(*(saves() for _ in range(4)))) == [0, 0, 0, len(kinds(5))]
    async with store.read() as unit:
        assert await unit.items.count(ours.id, "") == 3 + len(kinds(5))


async def test_words_are_their_persons_and_no_items(store: DatabaseStore) -> None:
    words = "Apa <b>itu</b> \U0001f9d1\u200d\U0001f393?\n\n'; DROP TABLE draft --"
    items = await put(store)
    async with store.begin() as unit:
        draft, empty = await unit.drafts.put_text(1, words, UNTIL), await unit.drafts.put_text(1, "", UNTIL)
        assert len({items, draft, empty}) == 3
        assert await unit.drafts.get_text(draft, 1, NOW) == words
        assert await unit.drafts.get_text(empty, 1, NOW) == ""
        assert await unit.drafts.get_text(draft, 2, NOW) is None
        assert await unit.drafts.get_text(draft, 1, UNTIL) is None
        assert await unit.drafts.get_text(items, 1, NOW) is None
        assert await unit.drafts.get(draft, 1, NOW) is None
        await unit.drafts.drop(draft)
        assert await unit.drafts.get_text(draft, 1, NOW) is None


async def test_words_are_used_once_however_often_it_is_pressed(store: DatabaseStore) -> None:
    async with store.begin() as unit:
        draft = await unit.drafts.put_text(1, "Apa?", UNTIL)

    async def uses() -> bool:
        async with store.begin() as unit:
            found = await unit.drafts.get_text(draft, 1, NOW)
            await asyncio.sleep(0.005)
            await unit.drafts.drop(draft)
            return found is not None

    assert sum(await asyncio.gather(*(uses() for _ in range(4)))) == 1


async def test_expired_drafts_are_forgotten(store: DatabaseStore) -> None:
    draft = await put(store)
    async with store.begin() as unit:
        assert await unit.drafts.clear(UNTIL) == 0
        assert await unit.drafts.clear(UNTIL + timedelta(seconds=1)) == 1
        assert await unit.drafts.get(draft, 1, NOW) is None


async def test_an_amendment_is_its_persons_and_may_change(store: DatabaseStore) -> None:
    rule = Rule(date(2026, 11, 30), time(19), "Asia/Jakarta", 90, Frequency.WEEKLY, days=(0, 3), until=date(2027, 1, 4))
    series = Series(1, 0, rule, "Aljabar <b>", 1, NOW, pauses=(Pause(date(2026, 12, 1), date(2026, 12, 2), "Ujian"),))
    change = Change(1, 7, date(2026, 12, 7), Rest.OFF, "sakit", at=time(20), capacity=0)
    async with store.begin() as unit:
        draft = await unit.drafts.put_amendment(1, Amendment((series,), (change,)), UNTIL)
    async with store.begin() as unit:
        assert await unit.drafts.get_amendment(draft, 1, NOW) == Amendment((series,), (change,))
        assert await unit.drafts.get_amendment(draft, 2, NOW) is None
        assert await unit.drafts.get_amendment(draft, 1, UNTIL) is None
        assert await unit.drafts.get(draft, 1, NOW) is None, "no items"
        await unit.drafts.save_amendment(draft, Amendment(changes=(change,)))
    async with store.read() as unit:
        assert await unit.drafts.get_amendment(draft, 1, NOW) == Amendment(changes=(change,))
