"""Addresses of calendars: one for each group and person, found by their digest alone."""

from datetime import timedelta

from bot.domain.feed import Feed, digest
from storage.store import DatabaseStore
from tests.storage.sample import NOW


async def test_an_owner_has_one_address_and_the_new_one_counts(store: DatabaseStore) -> None:
    later = NOW + timedelta(days=1)
    async with store.begin() as unit:
        await unit.feeds.put(Feed(digest("a"), 0, 7, NOW))
        await unit.feeds.put(Feed(digest("b"), 3, 0, NOW))
        await unit.feeds.put(Feed(digest("c"), 0, 7, later))
    async with store.read() as unit:
        assert await unit.feeds.find(digest("a")) is None
        assert await unit.feeds.find(digest("b")) == Feed(digest("b"), 3, 0, NOW)
        assert await unit.feeds.find(digest("c")) == Feed(digest("c"), 0, 7, later)
        assert [await unit.feeds.made(*owner) for owner in ((0, 7), (3, 0), (0, 8))] == [later, NOW, None]


async def test_an_address_that_was_made_void_is_gone(store: DatabaseStore) -> None:
    async with store.begin() as unit:
        await unit.feeds.put(Feed(digest("a"), 0, 7, NOW))
        assert await unit.feeds.drop(0, 7)
        assert not await unit.feeds.drop(0, 7)
        assert await unit.feeds.find(digest("a")) is None


async def test_the_calendar_of_a_group_is_not_that_of_a_person_with_its_number(store: DatabaseStore) -> None:
    async with store.begin() as unit:
        await unit.feeds.put(Feed(digest("a"), 0, 7, NOW))
        await unit.feeds.put(Feed(digest("b"), 7, 0, NOW))
        await unit.feeds.drop(7, 0)
        assert await unit.feeds.made(0, 7) == NOW
