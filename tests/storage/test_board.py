"""What members need and offer, and who meets whom."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.domain.board import HANGS_FOR, MOST_OPEN, Kind, Meeting, Side, Slip, State
from bot.ports import Unit
from storage.store import DatabaseStore
from tests.storage.sample import NOW, Group
from tests.storage.test_question import ODD, SECRET, tables_with


def slip(community: int, **changes: Any) -> Slip:
    return replace(Slip(community, 0, Side.NEED, "Laptop", 1, NOW, NOW + HANGS_FOR), **changes)


def whole(community: int) -> Slip:
    return Slip(
        community, 0, Side.OFFER, ODD, 7, NOW, NOW + timedelta(hours=1), ("a-b", "习"), Kind.DEVICE, State.TAKEN, True
    )


async def fill(unit: Unit, community: int, *changes: dict[str, Any]) -> list[Slip]:
    return [await unit.board.add(slip(community, **change)) for change in changes]


async def test_all_of_it_is_kept_and_counted_in_each_group_by_itself(
    store: DatabaseStore, ours: Group, theirs: Group
) -> None:
    async with store.begin() as unit:
        for group in (ours, theirs):
            assert await unit.board.add(whole(group.id)) == replace(whole(group.id), id=1)
        assert (await unit.board.add(whole(ours.id))).id == 2
    async with store.begin() as unit:
        assert await unit.board.get(ours.id, 1) == replace(whole(ours.id), id=1)
        assert await unit.board.hold(ours.id, 2) == replace(whole(ours.id), id=2)
        assert await unit.board.get(theirs.id, 2) is None
        changed = replace(slip(ours.id), id=1)
        await unit.board.save(changed)
        assert await unit.board.get(ours.id, 1) == changed
        assert await unit.board.get(theirs.id, 1) == replace(whole(theirs.id), id=1)


async def test_those_put_up_at_once_have_numbers_of_their_own_and_are_counted(
    store: DatabaseStore, ours: Group
) -> None:
    async def puts() -> int:
        async with store.begin() as unit:
            if await unit.board.open_of(ours.id, 1, Side.NEED) >= MOST_OPEN:
                return 0
            await asyncio.sleep(0.005)
            return (await unit.board.add(slip(ours.id))).id

    assert sorted(await asyncio.gather(*(puts() for _ in range(6)))) == [0, 0, 0, 1, 2, 3]


async def test_pages_show_what_is_open(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async with store.begin() as unit:
        offered = {"side": Side.OFFER}
        await fill(unit, ours.id, {}, offered, {"state": State.TAKEN}, {"author": 2}, {**offered, "author": 2})
        await fill(unit, ours.id, {"state": State.REMOVED}, {"state": State.OVER})
        await fill(unit, theirs.id, {}, offered)

        async def page(side: Side | None, start: int = 0, most: int = 9) -> list[int]:
            return [each.id for each in await unit.board.page(ours.id, side, start, most)]

        assert await page(None) == [5, 4, 2, 1]
        assert await page(None, 1, 2) == [4, 2]
        assert await page(Side.NEED) == [4, 1]
        assert await page(Side.OFFER) == [5, 2]
        assert [each.id for each in await unit.board.of_person(ours.id, 1, 0, 9)] == [7, 3, 2, 1]
        assert [each.id for each in await unit.board.of_person(ours.id, 1, 1, 1)] == [3]
        assert await unit.board.of_person(theirs.id, 2, 0, 9) == []
        assert [each.id for each in await unit.board.some(ours.id, [5, 3, 1, 99])] == [1, 5]
        assert await unit.board.open_of(ours.id, 1, Side.NEED) == 1
        assert await unit.board.open_of(ours.id, 2, Side.OFFER) == 1
        assert await unit.board.counts(ours.id) == {Side.NEED: 2, Side.OFFER: 2}
        assert await unit.board.counts(theirs.id) == {Side.NEED: 1, Side.OFFER: 1}


async def test_an_author_stands_in_one_column_alone(store: DatabaseStore, address: str, ours: Group) -> None:
    async with store.begin() as unit:
        made = await unit.board.add(slip(ours.id, author=SECRET))
    assert await tables_with(address, str(SECRET)) == ["slip"]
    async with store.begin() as unit:
        await unit.board.save(replace(made, author=0))
    assert await tables_with(address, str(SECRET)) == []


async def test_two_people_meet_once_about_a_slip(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async with store.begin() as unit:
        met = await unit.board.add_meeting(Meeting(ours.id, 0, 4, 5, host=1, guest=2))
        assert met == Meeting(ours.id, 1, 4, 5, host=1, guest=2)
        assert await unit.board.add_meeting(replace(met, id=0)) is None
        assert await unit.board.add_meeting(Meeting(ours.id, 0, 4, 0, host=1, guest=2)) is None, "guest taps the card"
        assert await unit.board.add_meeting(Meeting(ours.id, 0, 5, 0, host=2, guest=1)) is None, "so does the host"
        assert await unit.board.add_meeting(Meeting(ours.id, 0, 6, 5, host=1, guest=2)) is None, "another need of hers"
        other = await unit.board.add_meeting(Meeting(ours.id, 0, 4, 0, host=1, guest=3))
        assert other == Meeting(ours.id, 2, 4, 0, host=1, guest=3)
        assert await unit.board.add_meeting(replace(met, community=theirs.id, id=0))
        assert await unit.board.meetings(ours.id, 4) == [met, other]
        assert await unit.board.meetings(ours.id, 5) == [met]
        assert await unit.board.meetings(theirs.id, 6) == []


async def test_what_both_want_is_kept(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async with store.begin() as unit:
        met = await unit.board.add_meeting(Meeting(ours.id, 0, 4, 5, host=1, guest=2))
        assert met
        await unit.board.add_meeting(Meeting(theirs.id, 0, 4, 5, host=1, guest=2))
        agreed = replace(met, guest_agrees=True)
        await unit.board.save_meeting(agreed)
    async with store.begin() as unit:
        assert await unit.board.meeting(ours.id, met.id) == agreed
        assert await unit.board.meeting_of(ours.id, 4, 2) == agreed
        assert await unit.board.meeting_of(ours.id, 5, 1) == agreed
        assert await unit.board.meeting_of(ours.id, 4, 1) is None, "the host wrote it"
        assert (await unit.board.meeting(theirs.id, 1)) == Meeting(theirs.id, 1, 4, 5, 1, 2)
        assert await unit.board.meeting(ours.id, 99) is None


async def test_two_who_agree_at_once_are_both_heard(store: DatabaseStore, ours: Group) -> None:
    async with store.begin() as unit:
        await unit.board.add_meeting(Meeting(ours.id, 0, 4, 5, host=1, guest=2))

    async def agrees(**change: bool) -> None:
        async with store.begin() as unit:
            held = await unit.board.meeting(ours.id, 1)
            assert held
            await asyncio.sleep(0.05)
            await unit.board.save_meeting(replace(held, **change))

    await asyncio.gather(agrees(host_agrees=True), agrees(guest_agrees=True))
    async with store.begin() as unit:
        met = await unit.board.meeting(ours.id, 1)
    assert met
    assert met.is_agreed
