"""Groups, their places, and a chat that moves on."""

import asyncio
from dataclasses import replace
from datetime import date, time
from itertools import permutations

import pytest

from bot.chat.places import Ability, Account, Place, Ref
from bot.domain.community import (
    Community,
    DailyRule,
    LibraryRule,
    Pause,
    PointRule,
    Preset,
    QuestionRule,
    QuizRule,
    Register,
    Reveal,
    Review,
    Venue,
)
from bot.ports import Unit
from bot.repository import Pending
from storage.store import DatabaseStore
from tests.storage.sample import NOW, Group, job

NEW = Place("telegram", "-100200")
ANI = Account("telegram", "1")


async def test_settings_are_kept(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    rule = DailyRule(False, time(6, 30), time(21), 5, Reveal.CLOSE)
    pauses = (
        Pause(date(2026, 12, 24), date(2027, 1, 3), "Libur 'akhir' tahun"),
        Pause(date(2027, 3, 1), date(2027, 3, 1)),
    )
    quizzes = QuizRule(Review.EVERYBODY, True, True, pauses)
    async with store.begin() as unit:
        before = await unit.communities.get(theirs.id)
        changed = Community(
            ours.id, "Hukum 'A'", NOW, "en", Register.FORMAL, "Asia/Makassar", Preset.CALM, "UAS", True, rule, quizzes,
            LibraryRule(("joki",)), QuestionRule(topics=True), PointRule({"answer": 3, "quiz": 0}, 2, 6, 12),
        )  # fmt: skip
        await unit.communities.save(changed)
    async with store.read() as unit:
        assert await unit.communities.get(ours.id) == changed
        assert await unit.communities.get(theirs.id) == before
        assert await unit.communities.get(999) is None
        assert await unit.communities.all() == [changed, before]


async def test_the_groups_of_a_person(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async with store.read() as unit:
        assert [found.id for found in await unit.communities.of_person(ours.ani.id)] == [ours.id]
        assert await unit.communities.of_person(999) == []


async def test_a_place_is_changed_where_it_stands(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    venue = Venue(ours.id, Place("discord", "9", "3"), "Server", True, frozenset({Ability.SEND}), "77")
    async with store.begin() as unit:
        await unit.communities.put_venue(venue)
        await unit.communities.put_venue(replace(venue, paused=False))
        first = Venue(ours.id, ours.place, "Kelas")
        assert await unit.communities.venues(ours.id) == [replace(venue, paused=False), first]
        assert await unit.communities.venues(theirs.id) == [Venue(theirs.id, theirs.place, "Kelas")]


async def settle(store: DatabaseStore, ours: Group) -> None:
    """Let something of every kind point to the group's chat."""
    thread = replace(ours.place, thread="7")
    async with store.begin() as unit:
        await unit.pendings.put(Pending(thread, ANI, ours.id, "quizbank add", {}, "prompt", NOW))
        await unit.jobs.put(job(ours.id, "card:1", thread))
        await unit.jobs.put(job(ours.id, "close:1"))
        await unit.cards.put(ours.id, "card:1", Ref(thread, "55"))


async def check_moved(store: DatabaseStore, ours: Group) -> None:
    """See that everything points to the new chat."""
    thread = replace(NEW, thread="7")
    async with store.read() as unit:
        arrival = await unit.arrivals.of(NEW, ours.account("ani"))
        assert arrival.community
        assert arrival.community.id == ours.id
        assert arrival.member
        assert (await unit.arrivals.of(ours.place, None)).venue is None
        assert [venue.place.chat for venue in await unit.communities.venues(ours.id)] == [NEW.chat]
        assert await unit.pendings.get(thread, ANI)
        assert await unit.pendings.get(replace(ours.place, thread="7"), ANI) is None
        card = await unit.jobs.get(ours.id, "card:1")
        assert card
        assert card.place == thread
        assert await unit.jobs.get(ours.id, "close:1")
        for place in (thread, replace(ours.place, thread="7")):
            assert await unit.cards.get(ours.id, "card:1", place) is None, "message numbers begin anew there"
        quiz = await unit.quizzes.get(ours.id, ours.quiz.id)
        assert quiz == ours.quiz


async def test_everything_follows_a_chat_that_moves(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    await settle(store, ours)
    async with store.begin() as unit:
        await unit.jobs.put(job(theirs.id, "card:1", theirs.place))
        assert await unit.communities.move_venue(ours.place, NEW)
    await check_moved(store, ours)
    async with store.begin() as unit:
        assert not await unit.communities.move_venue(ours.place, NEW), "the second notice finds nothing"
    await check_moved(store, ours)
    async with store.read() as unit:
        assert (await unit.arrivals.of(theirs.place, None)).venue == Venue(theirs.id, theirs.place, "Kelas")
        untouched = await unit.jobs.get(theirs.id, "card:1")
        assert untouched
        assert untouched.place == theirs.place


@pytest.mark.parametrize("order", list(permutations(("move", "again", "comes"))))
async def test_the_notices_of_a_move_may_come_in_any_order(
    store: DatabaseStore, ours: Group, order: tuple[str, ...]
) -> None:
    await settle(store, ours)
    for notice in order:
        async with store.begin() as unit:
            if notice != "comes":
                await unit.communities.move_venue(ours.place, NEW)
            elif (await unit.arrivals.of(NEW, None)).venue is None:
                await newcomer(unit)
    await check_moved(store, ours)


async def newcomer(unit: Unit) -> None:
    """What a new chat that announces itself before its old one leaves behind."""
    stranger = await unit.communities.add(Community(0, "New", NOW))
    await unit.communities.put_venue(Venue(stranger.id, NEW, "New"))
    await unit.pendings.put(Pending(replace(NEW, thread="7"), ANI, stranger.id, "setup", {}, "zone", NOW))
    await unit.jobs.put(job(stranger.id, "card:1", NEW))


async def test_what_a_new_chat_asked_for_before_its_old_one_moved_in_is_not_sent(
    store: DatabaseStore, ours: Group
) -> None:
    await settle(store, ours)
    async with store.begin() as unit:
        await newcomer(unit)
        await unit.communities.move_venue(ours.place, NEW)
    await check_moved(store, ours)
    async with store.begin() as unit:
        due = await unit.jobs.claim(NOW, NOW, 10)
    assert {found.community for found in due} == {ours.id}


async def test_two_changes_of_settings_at_once_are_both_kept(store: DatabaseStore, ours: Group) -> None:
    async def changes(**change: str) -> None:
        async with store.begin() as unit:
            held = await unit.communities.hold(ours.id)
            await asyncio.sleep(0.05)
            await unit.communities.save(replace(held, **change))  # type: ignore[arg-type]

    await asyncio.gather(changes(goal="UAS"), changes(zone="Asia/Makassar"))
    async with store.read() as unit:
        kept = await unit.communities.get(ours.id)
    assert kept
    assert (kept.goal, kept.zone) == ("UAS", "Asia/Makassar")
