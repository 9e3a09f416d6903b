"""Due work: each job is claimed by one, given back when abandoned, and asked for again while it is being sent."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat.places import Place
from bot.domain.jobs import LEASE, Job, State
from storage.store import DatabaseStore
from tests.storage.sample import NOW, Group, job

THERE = Place("telegram", "-100", "7")


@pytest.fixture
async def another(address: str, store: DatabaseStore) -> AsyncIterator[DatabaseStore]:
    """A second store on the same database, as another replica has it."""
    made = DatabaseStore(address)
    yield made
    await made.close()


async def put(store: DatabaseStore, *jobs: Job) -> None:
    """Ask for jobs."""
    async with store.begin() as unit:
        for one in jobs:
            await unit.jobs.put(one)


async def claim(store: DatabaseStore, after: float = 0, most: int = 10) -> list[Job]:
    """Claim what is due that many seconds after NOW."""
    now = NOW + timedelta(seconds=after)
    async with store.begin() as unit:
        return list(await unit.jobs.claim(now, now + LEASE, most))


async def get(store: DatabaseStore, community: int, key: str = "card:1") -> Job | None:
    """A job as it stands."""
    async with store.read() as unit:
        return await unit.jobs.get(community, key)


async def test_a_unit_knows_whether_it_asked_for_work(store: DatabaseStore, ours: Group) -> None:
    async with store.begin() as unit:
        assert not unit.jobs.asked
        await unit.jobs.put(job(ours.id))
        assert unit.jobs.asked


async def test_due_jobs_are_claimed_most_urgent_first(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    await put(store, job(ours.id, "c", after=30), job(theirs.id, "a", after=20), job(ours.id, "b", THERE, 10))
    await put(store, job(ours.id, "later", after=41))
    assert await claim(store) == []
    assert [one.key for one in await claim(store, 40, most=2)] == ["b", "a"]
    (last,) = await claim(store, 40)
    assert last == replace(job(ours.id, "c", after=30), state=State.CLAIMED)
    assert (await get(store, ours.id, "b")) == replace(job(ours.id, "b", THERE, 10), state=State.CLAIMED)


async def test_a_claimed_job_is_nobody_elses_until_its_lease_ends(store: DatabaseStore, ours: Group) -> None:
    await put(store, job(ours.id))
    assert len(await claim(store)) == 1
    assert await claim(store, LEASE.total_seconds() - 1) == []
    (again,) = await claim(store, LEASE.total_seconds())
    assert again.state is State.CLAIMED


async def test_a_renewed_lease_holds_for_longer(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    await put(store, job(ours.id), job(theirs.id))
    (mine,) = [one for one in await claim(store) if one.community == ours.id]
    async with store.begin() as unit:
        await unit.jobs.renew([mine], NOW + 3 * LEASE)
    assert [one.community for one in await claim(store, 2 * LEASE.total_seconds())] == [theirs.id]


async def test_a_lease_is_not_renewed_for_what_has_ended(store: DatabaseStore, ours: Group) -> None:
    await put(store, job(ours.id))
    (mine,) = await claim(store)
    async with store.begin() as unit:
        await unit.jobs.retry(mine, NOW + timedelta(seconds=5))
        await unit.jobs.renew([mine], NOW + 3 * LEASE)
    assert len(await claim(store, 5)) == 1


async def test_two_replicas_never_claim_the_same_job(
    store: DatabaseStore, another: DatabaseStore, ours: Group, theirs: Group
) -> None:
    await put(store, *(job(group.id, f"n:{n}") for n in range(30) for group in (ours, theirs)))
    taken: list[tuple[int, str]] = []

    async def takes(replica: DatabaseStore) -> None:
        while jobs := await claim(replica, most=7):
            assert len(jobs) <= 7
            taken.extend((one.community, one.key) for one in jobs)

    await asyncio.gather(*(takes(replica) for replica in (store, another, store, another)))
    assert len(taken) == len(set(taken)) == 60


async def test_a_job_abandoned_while_sending_comes_back_as_such(store: DatabaseStore, ours: Group) -> None:
    await put(store, job(ours.id, place=THERE))
    (mine,) = await claim(store)
    async with store.begin() as unit:
        await unit.jobs.sending(replace(mine, tries=1))
    (again,) = await claim(store, LEASE.total_seconds())
    assert (again.state, again.tries) == (State.SENDING, 1)


async def test_a_finished_job_is_done(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    await put(store, job(ours.id), job(theirs.id))
    (mine,) = [one for one in await claim(store) if one.community == ours.id]
    async with store.begin() as unit:
        await unit.jobs.finish(mine, State.DONE)
    found = await get(store, ours.id)
    assert found
    assert found.state is State.DONE
    assert [one.community for one in await claim(store, 10_000)] == [theirs.id]


async def test_what_is_asked_for_again_while_it_is_sent_is_due_again(store: DatabaseStore, ours: Group) -> None:
    await put(store, job(ours.id))
    (mine,) = await claim(store)
    async with store.begin() as unit:
        await unit.jobs.sending(mine)
    await put(store, job(ours.id, after=3))
    assert await claim(store, 10) == [], "not before the first has ended"
    async with store.begin() as unit:
        await unit.jobs.finish(mine, State.DONE)
    (again,) = await claim(store, 3)
    assert (again.wanted, again.state) == (2, State.CLAIMED)
    async with store.begin() as unit:
        await unit.jobs.finish(again, State.DONE)
    assert await claim(store, 10_000) == []


async def test_asking_again_moves_a_job_and_revives_an_ended_one(store: DatabaseStore, ours: Group) -> None:
    await put(store, job(ours.id, after=3), job(ours.id, after=9))
    assert await claim(store, 8) == []
    (mine,) = await claim(store, 9)
    async with store.begin() as unit:
        await unit.jobs.retry(replace(mine, tries=2, failures=2), NOW)
        await unit.jobs.finish(mine, State.FAILED)
    await put(store, job(ours.id, after=50))
    (revived,) = await claim(store, 50)
    assert revived == replace(job(ours.id, after=50), state=State.CLAIMED, wanted=3)


async def test_a_job_is_given_back_with_its_count_and_its_new_place(store: DatabaseStore, ours: Group) -> None:
    await put(store, job(ours.id, place=THERE), job(ours.id, "work"))
    mine, work = await claim(store)
    moved = replace(mine, place=replace(THERE, chat="-100200"), tries=1, failures=2)
    async with store.begin() as unit:
        await unit.jobs.retry(moved, NOW + timedelta(seconds=30))
        await unit.jobs.retry(work, NOW + timedelta(seconds=20))
    assert [one.key for one in await claim(store, 29)] == ["work"]
    assert await claim(store, 30) == [replace(moved, state=State.CLAIMED)]


async def test_only_what_has_not_begun_is_cancelled(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    await put(store, job(ours.id, "open:1"), job(theirs.id, "open:1", after=9))
    await claim(store)
    await put(store, job(ours.id, "open:2"), job(ours.id, "card:1"))
    async with store.begin() as unit:
        await unit.jobs.cancel(ours.id, "open")
    assert await get(store, ours.id, "open:1")
    assert await get(store, ours.id, "open:2") is None
    assert await get(store, ours.id, "card:1")
    assert await get(store, theirs.id, "open:1")


async def test_when_the_next_is_due(store: DatabaseStore, ours: Group) -> None:
    async def next_due() -> float | None:
        async with store.read() as unit:
            due = await unit.jobs.next_due()
            return (due - NOW).total_seconds() if due else None

    assert await next_due() is None
    await put(store, job(ours.id, "b", after=20), job(ours.id, "a", after=10.5))
    assert await next_due() == 10.5
    (first,) = await claim(store, 11)
    assert await next_due() == 20
    async with store.begin() as unit:
        await unit.jobs.finish(first, State.DONE)
        (second,) = await unit.jobs.claim(NOW + timedelta(seconds=20), NOW + timedelta(seconds=80), 1)
    assert await next_due() == 80, "the end of a lease is a time to look again"
    async with store.begin() as unit:
        await unit.jobs.finish(second, State.DROPPED)
    assert await next_due() is None


async def test_troubled_jobs_are_listed_and_cleared(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    ends = [State.DONE, State.DROPPED, State.UNKNOWN, State.FAILED]
    await put(store, *(job(ours.id, f"n:{n}", after=n) for n in range(5)), job(theirs.id))
    async with store.begin() as unit:
        for number, state in enumerate(ends):
            await unit.jobs.finish(job(ours.id, f"n:{number}", after=number), state)
        listed = await unit.jobs.troubled(ours.id)
        assert [(one.key, one.state) for one in listed] == [
            ("n:3", State.FAILED),
            ("n:2", State.UNKNOWN),
            ("n:1", State.DROPPED),
        ]
        assert await unit.jobs.troubled(theirs.id) == []
        assert await unit.jobs.clear(NOW + timedelta(seconds=3)) == 3
        assert [one.key for one in await unit.jobs.troubled(ours.id)] == ["n:3"]
    assert len(await claim(store, 100)) == 2, "what is still due is never cleared"


async def test_the_list_of_troubled_jobs_has_an_end(store: DatabaseStore, ours: Group) -> None:
    await put(store, *(job(ours.id, f"n:{n}", after=n) for n in range(25)))
    async with store.begin() as unit:
        for number in range(25):
            await unit.jobs.finish(job(ours.id, f"n:{number}"), State.FAILED)
        assert [one.key for one in await unit.jobs.troubled(ours.id)] == [f"n:{n}" for n in range(24, 4, -1)]


async def test_the_job_that_waits_longest_is_known_however_often_it_was_tried(
    store: DatabaseStore, ours: Group
) -> None:
    async with store.begin() as unit:
        assert await unit.jobs.oldest() is None
    await put(store, job(ours.id, "a", after=1), job(ours.id, "b", after=2))
    (first,) = await claim(store, 1)
    async with store.begin() as unit:
        await unit.jobs.retry(first, NOW + timedelta(hours=1))
        assert await unit.jobs.oldest() == NOW + timedelta(seconds=1)
        await unit.jobs.finish(first, State.DONE)
        assert await unit.jobs.oldest() == NOW + timedelta(seconds=2)


async def test_a_message_for_one_person_knows_whose_it_is(store: DatabaseStore, ours: Group) -> None:
    private = replace(job(ours.id, "practice:1", Place("telegram", "5")), person=ours.ani.id)
    await put(store, private)
    assert await get(store, ours.id, "practice:1") == private
    assert await claim(store) == [replace(private, state=State.CLAIMED)]
