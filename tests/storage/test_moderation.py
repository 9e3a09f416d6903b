"""Sanctions, the record that is only added to, and what the bot said by itself."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.chat.places import Account, Place, Ref
from bot.domain.moderation import Appeal, Deed, Evidence, Kind, Record, Sanction, State
from bot.domain.union import Union
from storage.store import DatabaseStore
from tests.storage.sample import NOW, Group

PLACE = Place("telegram", "-100", "7")


def warning(group: Group, person: int, reason: str = "Spam", days: int = 30) -> Sanction:
    about = Evidence("Promo “murah”", Ref(PLACE, "12"))
    return Sanction(
        group.id, 0, Kind.WARNING, person, 9, NOW, reason, points=1, until=NOW + timedelta(days=days), evidence=about
    )


async def test_a_sanction_is_kept_as_it_is(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async with store.begin() as unit:
        given = await unit.sanctions.add(warning(ours, 3))
        other = await unit.sanctions.add(warning(theirs, 3))
    assert given.id == other.id == 1, "each group counts its own"
    async with store.begin() as unit:
        assert await unit.sanctions.hold(ours.id, 1) == given
        changed = replace(given, state=State.PARDONED, appeal=Appeal.OPEN, plea="Maaf")
        await unit.sanctions.save(changed)
    async with store.read() as unit:
        assert await unit.sanctions.get(ours.id, 1) == changed
        assert await unit.sanctions.get(theirs.id, 1) == other
        assert await unit.sanctions.appealed(ours.id) == [changed]
        assert await unit.sanctions.appealed(theirs.id) == []


async def test_only_what_holds_is_active(store: DatabaseStore, ours: Group) -> None:
    async with store.begin() as unit:
        first = await unit.sanctions.add(warning(ours, 3))
        await unit.sanctions.add(warning(ours, 3, days=0))
        pardoned = await unit.sanctions.add(warning(ours, 3))
        await unit.sanctions.save(replace(pardoned, state=State.PARDONED))
        ban = await unit.sanctions.add(replace(warning(ours, 3), kind=Kind.BAN, until=None))
        await unit.sanctions.add(warning(ours, 4))
    async with store.read() as unit:
        assert await unit.sanctions.active(ours.id, 3, Kind.WARNING, NOW) == [first]
        assert await unit.sanctions.active(ours.id, 3, Kind.BAN, NOW) == [ban]
        assert [each.id for each in await unit.sanctions.of(ours.id, 3, 2)] == [4, 3]


@pytest.mark.parametrize("words", ["murah", "MURAH", "“murah”", "spam"])
async def test_cases_are_found_by_their_words(store: DatabaseStore, ours: Group, words: str) -> None:
    async with store.begin() as unit:
        await unit.sanctions.add(warning(ours, 3))
    async with store.read() as unit:
        assert [each.id for each in await unit.sanctions.page(ours.id, words, 0, 9)] == [1]
        assert await unit.sanctions.page(ours.id, "100%", 0, 9) == []


@pytest.mark.parametrize("words", ["warning", "active", "telegram", "reason", "points", ":1", "false", '"', "2026"])
async def test_cases_are_not_found_by_what_stands_around_their_words(
    store: DatabaseStore, ours: Group, words: str
) -> None:
    async with store.begin() as unit:
        await unit.sanctions.add(warning(ours, 3))
        quoting = await unit.sanctions.add(warning(ours, 3, f"Ia menulis {words} kemarin"))
    async with store.read() as unit:
        assert await unit.sanctions.page(ours.id, words, 0, 9) == [quoting]


async def test_what_is_found_comes_page_by_page_in_any_letters(store: DatabaseStore, ours: Group) -> None:
    async with store.begin() as unit:
        for number in range(1, 8):
            await unit.sanctions.add(warning(ours, 3, "CAFÉ itu" if number % 2 else "Lain"))
    async with store.read() as unit:
        pages = [await unit.sanctions.page(ours.id, "café", start, 2) for start in (0, 2, 4)]
    assert [[each.id for each in page] for page in pages] == [[7, 5], [3, 1], []]


async def test_whoever_agreed_or_decided_is_known_also_when_they_became_one_with_another(
    store: DatabaseStore, ours: Group
) -> None:
    async with store.begin() as unit:
        one, two = [await unit.people.add(Account("telegram", name), name, "") for name in ("one", "two")]
        await unit.sanctions.add(replace(warning(ours, 3), second=two.id, decider=two.id))
        union = await unit.unions.add(Union(0, one.id, two.id, NOW))
        await unit.unions.join(union, NOW)
    async with store.read() as unit:
        (found,) = await unit.sanctions.of(ours.id, 3, 9)
    assert (found.second, found.decider) == (one.id, one.id)


async def test_numbers_are_given_once_when_two_decide_at_once(store: DatabaseStore, ours: Group) -> None:
    async def decide() -> int:
        async with store.begin() as unit:
            await unit.records.add(Record(ours.id, 0, Deed.WARN, 9, NOW, 3))
            return (await unit.sanctions.add(warning(ours, 3))).id

    assert sorted(await asyncio.gather(*(decide() for _ in range(10)))) == list(range(1, 11))
    async with store.read() as unit:
        assert [each.id for each in await unit.records.page(ours.id, 0, 0, 99)] == list(range(10, 0, -1))


async def test_the_record_is_read_by_person_and_by_page(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async with store.begin() as unit:
        for actor, person in ((9, 3), (9, 4), (3, 0), (0, 5)):
            await unit.records.add(Record(ours.id, 0, Deed.WARN, actor, NOW, person, 1, "why"))
        await unit.records.add(Record(theirs.id, 0, Deed.BAN, 9, NOW, 3))
    async with store.read() as unit:
        assert [each.id for each in await unit.records.page(ours.id, 3, 0, 9)] == [3, 1]
        assert [each.id for each in await unit.records.page(ours.id, 0, 1, 2)] == [3, 2]


async def test_when_something_was_done_the_last_time(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async with store.begin() as unit:
        for hours, deed in enumerate((Deed.ERASE, Deed.ERASE, Deed.WARN)):
            await unit.records.add(Record(ours.id, 0, deed, 9, NOW + timedelta(hours=hours)))
        await unit.records.add(Record(theirs.id, 0, Deed.WARN, 9, NOW))
    async with store.read() as unit:
        assert await unit.records.last(ours.id, Deed.ERASE) == NOW + timedelta(hours=1)
        assert await unit.records.last(theirs.id, Deed.ERASE) is None


async def test_a_post_is_counted_once_where_it_stands(store: DatabaseStore, ours: Group) -> None:
    day, here, there = date(2026, 11, 23), Place("telegram", "-100"), Place("discord", "5")
    async with store.begin() as unit:
        for key in ("welcome:1", "welcome:1", "daily:2"):
            await unit.noises.put(ours.id, here, day, key, sounds=key == "daily:2")
    async with store.read() as unit:
        assert await unit.noises.count(ours.id, here, day, "") == (2, 1)
        assert await unit.noises.count(ours.id, here, day, "daily:2") == (1, 0)
        assert await unit.noises.count(ours.id, there, day, "") == (0, 0)
        assert await unit.noises.count(ours.id, here, day + timedelta(days=1), "") == (0, 0)
