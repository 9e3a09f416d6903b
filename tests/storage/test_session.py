"""Sessions, what is different on their dates, who comes, and who was reminded, on both databases."""

import asyncio
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from bot.domain.agenda import Change, Rest, Series
from bot.domain.community import Pause
from bot.domain.recurrence import Frequency, Rule
from bot.domain.rsvp import Answer, Rsvp
from storage.store import DatabaseStore
from tests.storage.sample import NOW, Group

MONDAY = date(2026, 12, 14)
WEEK, MINUTE = timedelta(days=7), timedelta(minutes=1)
RULE = Rule(MONDAY, time(19), "Asia/Jakarta", 90, Frequency.WEEKLY, days=(0, 3), until=MONDAY + 9 * WEEK)


def made(group: Group, title: str = "Aljabar", **values: Any) -> Series:
    return Series(group.id, 0, RULE, title, group.ani.id, NOW, **values)


async def test_a_series_comes_back_as_it_was_stored(store: DatabaseStore, ours: Group) -> None:
    full = made(
        ours,
        topic="Matriks 🧮",
        where="Kelas 2",
        url="https://example.org/x",
        channel="123",
        capacity=9,
        quorum=3,
        host=ours.budi.id,
        zoned=True,
        holidays=True,
        pauses=(Pause(MONDAY, MONDAY + WEEK, "ujian"),),
        since=NOW + MINUTE,
    )
    async with store.begin() as unit:
        stored = await unit.sessions.add(full)
    assert stored == replace(full, id=1)
    async with store.read() as unit:
        assert await unit.sessions.get(ours.id, 1) == stored
        assert await unit.sessions.get(ours.id, 2) is None


async def test_series_are_numbered_in_their_group_and_belong_to_it(
    store: DatabaseStore, ours: Group, theirs: Group
) -> None:
    async with store.begin() as unit:
        mine = [await unit.sessions.add(made(ours, title)) for title in ("A", "B")]
        other = await unit.sessions.add(made(theirs, "C"))
    assert [each.id for each in (*mine, other)] == [1, 2, 1]
    async with store.begin() as unit:
        await unit.sessions.save(replace(mine[0], over=True))
    async with store.read() as unit:
        assert [each.title for each in await unit.sessions.running(ours.id)] == ["B"]
        assert [each.title for each in await unit.sessions.running(theirs.id)] == ["C"]
        first = await unit.sessions.get(ours.id, 1)
    assert first
    assert first.over


async def test_two_who_plan_at_once_get_two_numbers(store: DatabaseStore, ours: Group) -> None:
    async def plan() -> int:
        async with store.begin() as unit:
            await unit.communities.hold(ours.id)
            return (await unit.sessions.add(made(ours))).id

    assert sorted(await asyncio.gather(*(plan() for _ in range(6)))) == [1, 2, 3, 4, 5, 6]


async def test_what_is_held_is_changed_by_one_at_a_time(store: DatabaseStore, ours: Group) -> None:
    async with store.begin() as unit:
        await unit.sessions.add(made(ours))

    async def change() -> None:
        async with store.begin() as unit:
            held = await unit.sessions.hold(ours.id, 1)
            assert held
            await unit.sessions.save(replace(held, revision=held.revision + 1))

    await asyncio.gather(*(change() for _ in range(6)))
    async with store.begin() as unit:
        found = await unit.sessions.hold(ours.id, 1)
        assert await unit.sessions.hold(ours.id, 2) is None
    assert found
    assert found.revision == 6


async def test_a_date_is_as_it_was_changed_last(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    moved = Change(ours.id, 1, MONDAY, on=MONDAY + WEEK, at=time(7, 30), minutes=45, since=NOW, agenda=("Satu", "Dua"))
    off = Change(ours.id, 1, MONDAY + WEEK, rest=Rest.OFF, reason="hujan")
    other = Change(ours.id, 2, MONDAY, capacity=0)
    async with store.begin() as unit:
        for each in (replace(moved, at=None), moved, off, other, Change(theirs.id, 1, MONDAY, title="X")):
            await unit.sessions.put(each)
    async with store.read() as unit:
        assert await unit.sessions.change(ours.id, 1, MONDAY) == moved
        assert await unit.sessions.change(ours.id, 1, MONDAY + 2 * WEEK) == Change(ours.id, 1, MONDAY + 2 * WEEK)
        assert await unit.sessions.changes(ours.id, 1) == {MONDAY: moved, MONDAY + WEEK: off}
        assert await unit.sessions.all_changes(ours.id, MONDAY) == {
            1: {MONDAY: moved, MONDAY + WEEK: off},
            2: {MONDAY: other},
        }
        assert await unit.sessions.all_changes(ours.id, MONDAY + WEEK) == {1: {MONDAY + WEEK: off}}


def said(group: Group, person: int, answer: Answer = Answer.YES, day: date = MONDAY, series: int = 1) -> Rsvp:
    return Rsvp(group.id, series, day, person, answer, NOW)


async def test_the_last_choice_of_each_person_is_kept(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    ani, budi = ours.ani.id, ours.budi.id
    guest = replace(said(ours, budi, Answer.LATE), guest=True)
    later = said(ours, ani, Answer.MAYBE, MONDAY + WEEK)
    another = said(ours, ani, Answer.YES, MONDAY, 2)
    async with store.begin() as unit:
        for each in (said(ours, ani), said(ours, ani, Answer.NO), guest, later, another, said(theirs, ani)):
            await unit.rsvps.put(each)
    async with store.read() as unit:
        rsvps = unit.rsvps
        assert await rsvps.get(ours.id, 1, MONDAY, ani) == said(ours, ani, Answer.NO)
        assert await rsvps.get(ours.id, 1, MONDAY, 99999) is None
        found = sorted(await rsvps.of_date(ours.id, 1, MONDAY), key=lambda each: each.person)
        assert found == sorted([said(ours, ani, Answer.NO), guest], key=lambda each: each.person)
        assert [*await rsvps.days(ours.id, 1, MONDAY)] == [MONDAY, MONDAY + WEEK]
        assert [*await rsvps.of_person(ours.id, ani, MONDAY)] == [said(ours, ani, Answer.NO), another, later]
        assert [*await rsvps.of_person(ours.id, ani, MONDAY + WEEK)] == [later]
        assert [*await rsvps.since(ours.id, MONDAY + WEEK)] == [later]
        assert len(await rsvps.since(theirs.id, MONDAY)) == 1


async def test_everybody_has_their_own_reminders_in_each_group(
    store: DatabaseStore, ours: Group, theirs: Group
) -> None:
    ani, budi = ours.ani.id, ours.budi.id
    async with store.begin() as unit:
        await unit.leads.put(ours.id, ani, {1, 5})
        await unit.leads.put(ours.id, ani, {2, 9})
        await unit.leads.put(ours.id, budi, ())
        await unit.leads.put(theirs.id, ani, {3})
    async with store.read() as unit:
        assert await unit.leads.get(ours.id, [ani, budi, 99999]) == {ani: frozenset({2, 9}), budi: frozenset()}
        assert await unit.leads.get(theirs.id, [ani]) == {ani: frozenset({3})}
        assert await unit.leads.get(ours.id, []) == {}


async def test_a_mark_tells_when_the_date_was_to_begin(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async with store.begin() as unit:
        await unit.leads.mark(ours.id, 1, MONDAY, 2, NOW)
        await unit.leads.mark(ours.id, 1, MONDAY, 2, NOW + MINUTE)
        await unit.leads.mark(ours.id, 1, MONDAY, 5, NOW)
        await unit.leads.mark(ours.id, 1, MONDAY + WEEK, 4, NOW)
        await unit.leads.mark(theirs.id, 1, MONDAY, 1, NOW)
    async with store.read() as unit:
        assert await unit.leads.marks(ours.id, 1, MONDAY) == {2: NOW + MINUTE, 5: NOW}
        assert await unit.leads.marks(ours.id, 2, MONDAY) == {}
