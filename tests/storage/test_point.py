"""Finding entries, badges that are given once, and pairs."""

from dataclasses import replace
from datetime import date, timedelta

from bot.domain.badge import Badge
from bot.domain.pair import Pair, State
from bot.domain.people import Member
from bot.domain.points import Entry, Reason, undo
from bot.domain.streak import Streak
from storage.store import DatabaseStore
from tests.storage.sample import NOW, Group, entry, people

ZONE = "Asia/Jakarta"


def thanks(community: int, giver: int, person: int, minute: int) -> Entry:
    made = entry(community, person, minute)
    at = NOW + timedelta(minutes=minute)
    return replace(made, cause=f"thanks:{minute}:{giver}", reason=Reason.THANKS, at=at, by=giver, note="Jelas & 'rapi'")


async def test_an_entry_is_found_by_its_cause_as_it_was_given(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    one = replace(thanks(ours.id, ours.budi.id, ours.ani.id, 1), source=ours.budi.id, cause="c" * 128)
    async with store.begin() as unit:
        assert await unit.ledger.record(one)
    async with store.read() as unit:
        assert await unit.ledger.find(ours.id, one.cause) == one
        assert await unit.ledger.find(theirs.id, one.cause) is None
        assert await unit.ledger.find(ours.id, "other") is None


async def test_what_somebody_gave_and_got_since_a_moment(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    ani, budi = ours.ani.id, ours.budi.id
    said = [thanks(ours.id, ani, budi, minute) for minute in (1, 2, 3)]
    back = undo(said[2], NOW + timedelta(minutes=4), ZONE, by=ani)
    others = (thanks(ours.id, budi, ani, 5), thanks(theirs.id, ani, budi, 6), entry(ours.id, budi, 7))
    async with store.begin() as unit:
        for one in (*said, back, *others):
            assert await unit.ledger.record(one)
    since = NOW + timedelta(minutes=2)
    async with store.read() as unit:
        assert await unit.ledger.given(ours.id, Reason.THANKS, ani, since) == [said[1], said[2], back]
        assert await unit.ledger.given(ours.id, Reason.QUIZ, ani, since) == []
        assert await unit.ledger.received(ours.id, Reason.THANKS, budi, since) == 1
        assert await unit.ledger.received(ours.id, Reason.THANKS, budi, NOW) == 2
        assert await unit.ledger.received(ours.id, Reason.ANSWER, budi, NOW) == 0
        assert await unit.ledger.given(ours.id, Reason.QUIZ, 0, NOW) == [], "nobody in particular gave nothing"


async def test_what_corrects_or_carries_a_sum_was_given_by_nobody(store: DatabaseStore, ours: Group) -> None:
    given = thanks(ours.id, ours.budi.id, ours.ani.id, 1)
    causes = ("fix:1", "undo:fix:2", "join:1:1:thanks:202611:3", "undo:join:1:1", "union:1:thanks:202611")
    async with store.begin() as unit:
        for one in (given, *(replace(given, cause=cause, amount=-1) for cause in causes)):
            assert await unit.ledger.record(one)
    async with store.read() as unit:
        assert await unit.ledger.received(ours.id, Reason.THANKS, ours.ani.id, NOW) == 1
        assert await unit.participations.thanked(ours.id, NOW) == [ours.ani.id]
        assert (await unit.ledger.sums(ours.id, ours.ani.id, 0))[Reason.THANKS] == -4


async def test_all_entries_of_a_group_since_a_moment(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    kept = [entry(ours.id, person, subject) for subject in (1, 2, 3) for person in (ours.ani.id, ours.budi.id)]
    async with store.begin() as unit:
        for one in (*reversed(kept), entry(theirs.id, ours.ani.id, 2)):
            await unit.ledger.record(one)
    async with store.read() as unit:
        assert list(await unit.ledger.since(ours.id, NOW + timedelta(seconds=2))) == kept[2:]
        assert await unit.ledger.since(ours.id, NOW + timedelta(hours=1)) == []


async def test_what_somebody_has_about_one_subject(store: DatabaseStore, ours: Group) -> None:
    part = replace(entry(ours.id, ours.ani.id, 7), reason=Reason.ROUND, cause="round:7")
    half = replace(part, cause="half:7", at=part.at + timedelta(hours=1))
    others = (
        replace(part, cause="round:8", subject=8),
        replace(part, cause="x", person=ours.budi.id),
        replace(part, cause="y", reason=Reason.QUIZ),
    )
    async with store.begin() as unit:
        for one in (half, part, *others):
            await unit.ledger.record(one)
    async with store.read() as unit:
        assert await unit.ledger.about(ours.id, ours.ani.id, Reason.ROUND, 7) == [part, half]


async def test_a_badge_stays_as_it_was_given(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    later = NOW + timedelta(days=1)
    async with store.begin() as unit:
        await unit.badges.give(ours.id, ours.ani.id, {Badge.FIRST, Badge.SHELF}, NOW)
        await unit.badges.give(ours.id, ours.ani.id, {Badge.FIRST, Badge.STREAK_100}, later)
    async with store.read() as unit:
        held = await unit.badges.of(ours.id, ours.ani.id)
        assert held == {Badge.FIRST: NOW, Badge.SHELF: NOW, Badge.STREAK_100: later}
        assert await unit.badges.of(ours.id, ours.budi.id) == {}
        assert await unit.badges.of(theirs.id, ours.ani.id) == {}


async def test_a_pair_is_found_by_either(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    ani, budi = ours.ani.id, ours.budi.id
    (third,) = await people(store, ours.id, 1)
    asked = Pair(ours.id, ani, third, NOW)
    pair = Pair(ours.id, budi, ani, NOW + timedelta(hours=1), State.TOGETHER, 3, 9, date(2026, 11, 24))
    async with store.begin() as unit:
        for one in (asked, pair, Pair(theirs.id, ani, budi, NOW, State.ENDED)):
            await unit.pairs.put(one)
        for person in (ani, budi):
            assert await unit.pairs.together(ours.id, person) == pair
            assert await unit.pairs.together(theirs.id, person) is None
        assert await unit.pairs.together(ours.id, third) is None
        assert await unit.pairs.of(ours.id, ani) == [asked, pair]
        assert await unit.pairs.of(ours.id, budi) == [pair]
        await unit.pairs.put(replace(pair, state=State.ENDED, length=4))
        assert await unit.pairs.together(ours.id, ani) is None
        assert await unit.pairs.of(ours.id, budi) == [replace(pair, state=State.ENDED, length=4)]


async def test_who_finished_a_quiz_lately(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    crowd = await people(store, ours.id, 3)
    days = (date(2026, 11, 20), date(2026, 11, 21), None)
    async with store.begin() as unit:
        for person, day in zip(crowd, days, strict=True):
            await unit.people.save_member(Member(ours.id, person, streak=Streak(1, 1, 0, day)))
    async with store.read() as unit:
        found = [await unit.people.finishers(ours.id, date(2026, 11, day)) for day in (20, 21, 22)]
        assert found == [2, 1, 0]
        assert await unit.people.finishers(theirs.id, date(2026, 11, 20)) == 0
