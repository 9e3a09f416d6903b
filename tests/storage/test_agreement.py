"""Reports, proposals and rules as they are kept."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.chat.places import Ref
from bot.domain.moderation import Evidence
from bot.domain.proposal import Kind, Proposal
from bot.domain.proposal import State as Outcome
from bot.domain.report import Report, State, Voice
from bot.domain.rules import Edition
from storage.store import DatabaseStore
from tests.storage.sample import NOW, Group

ODD = "<b>'\"` \U0001f9d1\u200d\U0001f393 '; DROP TABLE report --"


def report(group: Group, message: str = "10", **changes: object) -> Report:
    return replace(Report(group.id, 0, Ref(group.place, message), 7, ODD, NOW), **changes)  # type: ignore[arg-type]


async def test_a_message_is_reported_once_in_each_group(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async with store.begin() as unit:
        first = await unit.reports.open(report(ours))
        assert first == report(ours, id=1)
        assert await unit.reports.open(report(ours, words="other", author=9)) == first
        assert (await unit.reports.open(report(ours, "11"))).id == 2
        assert (await unit.reports.open(report(theirs))).id == 1
    async with store.begin() as unit:
        changed = replace(first, state=State.CLEARED, told=True, hidden=True, judge=3, judged_at=NOW)
        await unit.reports.save(changed)
        assert await unit.reports.get(ours.id, 1) == await unit.reports.hold(ours.id, 1) == changed
        assert await unit.reports.get(theirs.id, 2) is None


async def test_five_who_report_at_once_report_one_message_and_each_counts(store: DatabaseStore, ours: Group) -> None:
    async def reports(person: int) -> int:
        async with store.begin() as unit:
            found = await unit.reports.open(report(ours))
            await asyncio.sleep(0.005)
            assert await unit.reports.speak(ours.id, Voice(found.id, person, NOW))
            return len(await unit.reports.voices(ours.id, found.id))

    assert sorted(await asyncio.gather(*(reports(person) for person in range(1, 6)))) == [1, 2, 3, 4, 5]


async def test_nobody_speaks_twice_about_the_same(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async with store.begin() as unit:
        for group in (ours, theirs):
            await unit.reports.open(report(group))
            await unit.reports.open(report(group, "11"))
        assert await unit.reports.speak(ours.id, first := Voice(1, 5, NOW, ODD, counts=False))
        assert not await unit.reports.speak(ours.id, Voice(1, 5, NOW, "again"))
        assert await unit.reports.speak(ours.id, Voice(2, 5, NOW + timedelta(hours=1)))
        assert await unit.reports.speak(theirs.id, Voice(1, 5, NOW))
        assert await unit.reports.voices(ours.id, 1) == [first]
        assert await unit.reports.times(ours.id, 5, NOW - timedelta(days=1)) == [NOW + timedelta(hours=1), NOW]
        assert await unit.reports.times(ours.id, 5, NOW) == [NOW + timedelta(hours=1)]


async def test_what_was_decided_about_somebody_s_reports_newest_first(
    store: DatabaseStore, ours: Group, theirs: Group
) -> None:
    decided = (State.WARNED, State.CLEARED, State.OPEN, State.REMOVED)
    async with store.begin() as unit:
        for group in (ours, theirs):
            for number, state in enumerate(decided, 1):
                found = await unit.reports.open(report(group, str(number)))
                # Decided in another order than reported.
                at = NOW + timedelta(minutes=10 - number)
                await unit.reports.save(replace(found, state=state, judge=1, judged_at=at))
        for number in (1, 2, 3, 4):
            await unit.reports.speak(ours.id, Voice(number, 5, NOW))
        await unit.reports.speak(theirs.id, Voice(2, 5, NOW))
        assert await unit.reports.verdicts(ours.id, 5, 9) == [State.WARNED, State.CLEARED, State.REMOVED]
        assert await unit.reports.verdicts(ours.id, 5, 2) == [State.WARNED, State.CLEARED]
        assert await unit.reports.verdicts(theirs.id, 5, 9) == [State.CLEARED]
        assert await unit.reports.verdicts(ours.id, 6, 9) == []


async def test_proposals_are_kept_whole_and_open_until_decided(
    store: DatabaseStore, ours: Group, theirs: Group
) -> None:
    evidence = Evidence(ODD, Ref(ours.place, "10"))
    wanted = Proposal(ours.id, 0, Kind.BAN, 1, NOW, 2, ODD, 30, True, evidence)
    async with store.begin() as unit:
        first = await unit.proposals.add(wanted)
        second = await unit.proposals.add(replace(wanted, kind=Kind.LOCKDOWN))
        await unit.proposals.add(replace(wanted, community=theirs.id))
        assert (first.id, second.id) == (1, 2)
        assert await unit.proposals.open(ours.id) == [second, first]
        await unit.proposals.save(done := replace(first, state=Outcome.DONE, judge=3))
        assert await unit.proposals.open(ours.id) == [second]
    async with store.begin() as unit:
        assert await unit.proposals.get(ours.id, 1) == await unit.proposals.hold(ours.id, 1) == done
        assert await unit.proposals.get(theirs.id, 2) is None


async def test_only_one_of_two_decides(store: DatabaseStore, ours: Group) -> None:
    async with store.begin() as unit:
        await unit.proposals.add(Proposal(ours.id, 0, Kind.BAN, 1, NOW, 2))

    async def decides(judge: int) -> bool:
        async with store.begin() as unit:
            held = await unit.proposals.hold(ours.id, 1)
            assert held
            await asyncio.sleep(0.01)
            if held.state is not Outcome.OPEN:
                return False
            await unit.proposals.save(replace(held, state=Outcome.DONE, judge=judge))
            return True

    assert sorted(await asyncio.gather(decides(3), decides(4))) == [False, True]


async def test_rules_are_counted_and_kept_in_each_group_by_itself(
    store: DatabaseStore, ours: Group, theirs: Group
) -> None:
    wanted = Edition(ours.id, 0, (ODD, "dua"), 7, NOW)
    async with store.begin() as unit:
        assert await unit.rules.version(ours.id) == 0
        assert await unit.rules.add(wanted) == replace(wanted, version=1)
        assert (await unit.rules.add(replace(wanted, lines=("satu",)))).version == 2
        assert (await unit.rules.add(replace(wanted, community=theirs.id))).version == 1
    async with store.read() as unit:
        assert await unit.rules.version(ours.id) == 2
        assert await unit.rules.get(ours.id, 1) == replace(wanted, version=1)
        assert await unit.rules.get(theirs.id, 2) is None


async def test_who_read_a_version_is_counted_once(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async with store.begin() as unit:
        for person in (5, 5, 6):
            await unit.rules.read(ours.id, 2, person, NOW)
        await unit.rules.read(ours.id, 1, 7, NOW)
        await unit.rules.read(theirs.id, 2, 7, NOW)
        assert await unit.rules.readers(ours.id, 2) == 2
        assert await unit.rules.has_read(ours.id, 2, 5)
        assert not await unit.rules.has_read(ours.id, 2, 7)
        assert not await unit.rules.has_read(theirs.id, 2, 5)
