"""What a group shares to learn from."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.domain.community import LibraryRule
from bot.domain.library import SHOWN, Kind, Level, Mark, Marks, Resource, State, Wish
from bot.domain.people import Member
from bot.ports import Unit
from storage.store import DatabaseStore
from tests.storage.sample import NOW, Group

ODD = "$\\hat{x}$ <b>'\"` \U0001f9d1\u200d\U0001f393 '; DROP TABLE resource --"


def resource(community: int, number: int = 0, **changes: Any) -> Resource:
    key = f"https://a.example/{number}"
    made = Resource(community, 0, Kind.LINK, f"Sel {number}", 1, NOW, key, key, tags=("sel", "biologi"))
    return replace(made, **changes)


def whole(community: int) -> Resource:
    return Resource(
        community, 0, Kind.LESSON, ODD, 7, NOW, "http://a.example/#x", "https://a.example", ODD, ("a-b", "习"),
        Level.ADVANCED, 45, 1_200, "CC BY-SA 4.0", "id", "Papua", State.VERIFIED, 9, 3,
    )  # fmt: skip


async def fill(unit: Unit, community: int, *changes: dict[str, Any]) -> list[Resource]:
    return [await unit.library.add(resource(community, number, **change)) for number, change in enumerate(changes, 1)]


async def test_all_of_it_is_kept_and_counted_in_each_group_by_itself(
    store: DatabaseStore, ours: Group, theirs: Group
) -> None:
    async with store.begin() as unit:
        for group in (ours, theirs):
            assert await unit.library.add(whole(group.id)) == replace(whole(group.id), id=1)
        assert (await unit.library.add(whole(ours.id))).id == 2
    async with store.read() as unit:
        assert await unit.library.get(ours.id, 1) == replace(whole(ours.id), id=1)
        assert await unit.library.get(theirs.id, 2) is None


async def test_those_added_at_once_have_numbers_of_their_own(store: DatabaseStore, ours: Group) -> None:
    async def adds(number: int) -> int:
        async with store.begin() as unit:
            added = await unit.library.add(resource(ours.id, number))
            await asyncio.sleep(0.005)
            return added.id

    assert sorted(await asyncio.gather(*map(adds, range(6)))) == list(range(1, 7))


async def test_the_same_address_shared_by_two_at_once_is_one(store: DatabaseStore, ours: Group) -> None:
    async def shares() -> int:
        async with store.begin() as unit:
            made = resource(ours.id)
            found = await unit.library.of_print(ours.id, made.print)
            await asyncio.sleep(0.005)
            return (found or await unit.library.add(made)).id

    assert await asyncio.gather(*(shares() for _ in range(6))) == [1] * 6


async def test_a_removed_one_does_not_stand_in_the_way_of_its_address(
    store: DatabaseStore, ours: Group, theirs: Group
) -> None:
    async with store.begin() as unit:
        (first,) = await fill(unit, ours.id, {})
        assert await unit.library.of_print(theirs.id, first.print) is None
        await unit.library.save(replace(first, state=State.REMOVED))
        assert await unit.library.of_print(ours.id, first.print) is None


async def test_a_page_shows_what_everybody_sees_newest_first(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async with store.begin() as unit:
        await fill(unit, ours.id, *({"state": state} for state in State))
        await fill(unit, theirs.id, {})
        found = await unit.library.page(ours.id, Wish(), 0, 10)
        assert [each.state for each in found] == [state for state in reversed(State) if state in SHOWN]
        assert [each.id for each in await unit.library.page(ours.id, Wish(), 1, 2)] == [each.id for each in found[1:3]]


async def test_a_wish_leaves_out_what_does_not_fit(store: DatabaseStore, ours: Group) -> None:
    async with store.begin() as unit:
        await fill(
            unit,
            ours.id,
            {"tags": ("sel",), "level": Level.BASIC, "kilobytes": 100},
            {"tags": ("gaya",), "level": Level.BASIC, "kilobytes": 500},
            {"tags": ("sel", "gaya"), "level": Level.ADVANCED},
        )

        async def page(wish: Wish) -> list[int]:
            return [each.id for each in await unit.library.page(ours.id, wish, 0, 10)]

        assert await page(Wish("sel")) == [3, 1]
        assert await page(Wish(level=Level.BASIC)) == [2, 1]
        assert await page(Wish(kilobytes=500)) == [2, 1], "an unknown size may be large"
        assert await page(Wish("gaya", Level.BASIC, 499)) == []
        assert await page(Wish("hukum")) == []


async def test_changed_topics_replace_the_old_ones(store: DatabaseStore, ours: Group) -> None:
    async with store.begin() as unit:
        first, _, hidden = await fill(unit, ours.id, {}, {"tags": ("biologi",)}, {"state": State.WAITING})
        assert await unit.library.tags(ours.id) == ["biologi", "sel"]
        await unit.library.save(replace(first, tags=("baru", "baru")))
        assert await unit.library.tags(ours.id) == ["baru", "biologi"]
        assert await unit.library.page(ours.id, Wish("sel"), 0, 9) == []
        await unit.library.save(replace(hidden, state=State.UNVERIFIED))
        assert await unit.library.page(ours.id, Wish("sel"), 0, 9) == [replace(hidden, state=State.UNVERIFIED)]
        await unit.library.save(replace(hidden, state=State.UNVERIFIED, level=Level.BASIC))
        assert [each.id for each in await unit.library.page(ours.id, Wish("sel", Level.BASIC), 0, 9)] == [hidden.id]


async def test_each_person_says_each_thing_once(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async with store.begin() as unit:
        (made,) = await fill(unit, ours.id, {})
        await fill(unit, theirs.id, {})
        ani, budi = ours.ani.id, ours.budi.id
        for person in (ani, budi):
            assert await unit.library.mark(ours.id, made.id, person, Mark.VOTE, NOW)
            assert not await unit.library.mark(ours.id, made.id, person, Mark.VOTE, NOW)
        assert await unit.library.mark(ours.id, made.id, ani, Mark.REPORT, NOW, ODD)
        assert await unit.library.marks(ours.id, [made.id, 99]) == {1: Marks(votes=2, reports=1), 99: Marks()}
        assert await unit.library.marks(theirs.id, [1]) == {1: Marks()}
        assert await unit.library.marked(ours.id, made.id, ani) == {Mark.VOTE, Mark.REPORT}
        assert await unit.library.notes(ours.id, made.id) == [ODD]
        assert await unit.library.unmark(ours.id, made.id, Mark.VOTE, ani)
        assert not await unit.library.unmark(ours.id, made.id, Mark.VOTE, ani)
        assert await unit.library.unmark(ours.id, made.id, Mark.REPORT)
        assert await unit.library.marks(ours.id, [made.id]) == {1: Marks(votes=1)}


async def test_bookmarks_come_in_the_order_in_which_they_were_kept(store: DatabaseStore, ours: Group) -> None:
    async with store.begin() as unit:
        made = await fill(unit, ours.id, {}, {}, {"state": State.REMOVED})
        for minutes, each in enumerate(reversed(made)):
            at = NOW + timedelta(minutes=minutes)
            await unit.library.mark(ours.id, each.id, ours.ani.id, Mark.BOOKMARK, at)
        assert await unit.library.bookmarked(ours.id, ours.ani.id, 0, 9) == made[:2]
        assert await unit.library.bookmarked(ours.id, ours.ani.id, 1, 9) == [made[1]]
        assert await unit.library.bookmarked(ours.id, ours.budi.id, 0, 9) == []


async def test_what_waits_and_what_is_reported_is_queued(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async with store.begin() as unit:
        made = await fill(unit, ours.id, {}, {"state": State.WAITING}, {}, {"state": State.REMOVED})
        await fill(unit, theirs.id, {"state": State.WAITING})
        for each in (made[2], made[3]):
            await unit.library.mark(ours.id, each.id, ours.ani.id, Mark.REPORT, NOW)
        assert await unit.library.waiting(ours.id, 0, 9) == [made[1], made[2]]
        assert await unit.library.waiting(ours.id, 2, 9) == [made[2]]
        assert await unit.library.waiting(ours.id, 0, 1) == [made[1]]


async def test_adaptations_are_found_from_their_original(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async with store.begin() as unit:
        _, second, _ = await fill(unit, ours.id, {}, {"origin": 1}, {"origin": 1, "state": State.WAITING})
        await fill(unit, theirs.id, {"origin": 1})
        assert await unit.library.adaptations(ours.id, 1) == [second]
        assert await unit.library.adaptations(ours.id, 2) == []


async def test_a_changed_list_of_words_and_the_day_of_joining_are_kept(store: DatabaseStore, ours: Group) -> None:
    rule = LibraryRule(("joki tugas", "x.id"), ("togel",))
    async with store.begin() as unit:
        await unit.communities.save(replace(await unit.communities.hold(ours.id), library=rule))
        newcomer = await unit.people.add(ours.account("citra"), "Citra", "")
        await unit.people.join(Member(ours.id, newcomer.id, since=NOW))
    async with store.read() as unit:
        found = await unit.communities.get(ours.id)
        assert found
        assert found.library == rule
        assert {"joki tugas"} <= set(found.library.words)
        assert {"togel", "x.id"}.isdisjoint(found.library.words)
        assert {"x.id", "bit.ly"} <= set(found.library.sites)
        seat = await unit.people.seat(ours.id, newcomer.id)
        assert seat
        assert seat.since == NOW
        arrival = await unit.arrivals.of(ours.place, ours.account("citra"))
        assert arrival.member == seat
        assert arrival.community == found
