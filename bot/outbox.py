"""Due work: claimed with a lease, done or composed in one unit, sent after the commit, marked."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import replace
from datetime import datetime
from random import Random

import structlog

from bot.chat.errors import Refusal, Unavailable
from bot.delivery import Delivery
from bot.domain.jobs import LEASE, MOST_FAILURES, Job, State, backoff
from bot.index import Index
from bot.order import Turns
from bot.ports import Clock, Platform, Store, Unit

MOST_AT_ONCE = 100
"""Sends in flight at one time, and as many jobs that send nothing; the rest stay in the table for any replica."""

log = structlog.get_logger()


Alarm = Callable[[datetime], None]
"""Is told, as often as somebody looks, when the next job falls due."""


class Outbox:
    """Runs due jobs. Several may exist on one database: every job is claimed by one of them.

    An `alarm` may wake it at the very moment; else a job waits for the next tick.
    """

    def __init__(
        self, index: Index, store: Store, platforms: Mapping[str, Platform], clock: Clock, rng: Random
    ) -> None:
        self._store = store
        self._clock = clock
        self._delivery = Delivery(index, store, platforms, clock, rng)
        self._turns = Turns()
        self._flying: dict[asyncio.Task[None], Job] = {}
        self._held: dict[tuple[int, str], datetime] = {}
        self._back: set[tuple[int, str]] = set()
        self._waking: asyncio.Task[None] | None = None
        self._closing = False
        self.alarm: Alarm | None = None

    def wake(self) -> None:
        """Look for due jobs soon: one was just asked for."""
        if not self._closing and (self._waking is None or self._waking.done()):
            self._waking = asyncio.create_task(self._safely_sweep())

    async def tick(self) -> None:
        """Keep the leases of jobs in flight and start what is due; called about once a second."""
        try:
            await self._renew()
        except Unavailable as error:
            log.warning("store_unavailable", error=str(error))
        await self._safely_sweep()

    async def sweep(self) -> int:
        """Claim what is due and start it; returns how many jobs were started."""
        sends = sum(job.place is not None for job in self._flying.values())
        now = self._clock()
        if not await self._is_due(now):
            return 0
        async with self._store.begin() as unit:
            # A platform lets only so much through: what sends nothing does not wait behind what does.
            quiet = MOST_AT_ONCE - len(self._flying) + sends
            jobs = [*await unit.jobs.claim(now, now + LEASE, quiet, silent=True)] if quiet > 0 else []
            if sends < MOST_AT_ONCE:
                jobs += await unit.jobs.claim(now, now + LEASE, MOST_AT_ONCE - sends)
        # A job that is at work here may come back to us: its lease ended, or it was asked for again and just finished.
        new = [job for job in jobs if _id(job) not in self._held]
        self._back |= {_id(job) for job in jobs if _id(job) in self._held}
        self._held |= {_id(job): now + LEASE for job in jobs}
        for job in new:
            self._begin(job, self._run(job))
        await self._is_due(now)
        return len(new)

    async def _is_due(self, now: datetime) -> bool:
        """Whether a job must be looked at now; the alarm is set for one that falls due later."""
        async with self._store.read() as unit:
            due = await unit.jobs.next_due()
        if due and due > now and self.alarm:
            self.alarm(due)
        return due is not None and due <= now

    async def settle(self) -> None:
        """Run until nothing is due and nothing is in flight."""
        while self._flying or self._looking or await self.sweep():
            await asyncio.gather(*self._flying, *self._looking, return_exceptions=True)

    async def drain(self) -> None:
        """Wait for what is in flight or being claimed, starting nothing new from now on."""
        self._closing = self._delivery.closing = True
        await asyncio.gather(*self._looking, return_exceptions=True)
        await asyncio.gather(*self._flying, return_exceptions=True)

    @property
    def _looking(self) -> tuple[asyncio.Task[None], ...]:
        return (self._waking,) if self._waking and not self._waking.done() else ()

    def _begin(self, job: Job, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._flying[task] = job
        task.add_done_callback(self._landed)

    def _landed(self, task: asyncio.Task[None]) -> None:
        job = self._flying.pop(task)
        if _id(job) in self._back and not self._closing:
            self._back.remove(_id(job))
            self._begin(job, self._resume(job))
        else:
            self._held.pop(_id(job))
        self.wake()

    async def _resume(self, job: Job) -> None:
        """Go on with what came back to us while it was at work here, unless that has ended it."""
        try:
            async with self._store.read() as unit:
                found = await unit.jobs.get(job.community, job.key)
        except Unavailable as error:
            log.warning("store_unavailable", error=str(error))
            return
        if found and found.state in (State.CLAIMED, State.SENDING):
            await self._run(found)

    async def _renew(self) -> None:
        now = self._clock()
        held = [job for job in self._flying.values() if self._held[_id(job)] > now]
        if not held:
            return
        async with self._store.begin() as unit:
            await unit.jobs.renew(held, now + LEASE)
        # What has landed meanwhile is no longer held.
        self._held |= {_id(job): now + LEASE for job in held if _id(job) in self._held}

    async def _safely_sweep(self) -> None:
        try:
            await self.sweep()
        except Unavailable as error:
            log.warning("store_unavailable", error=str(error))

    async def _run(self, job: Job) -> None:
        """One job from claim to mark; jobs of one place keep their order."""
        async with self._turns.of(job.place or (job.community, job.key)):
            if self._held[_id(job)] <= self._clock():
                # The claim ran out while we waited, or while this process stood still: it may be another's now.
                return
            try:
                await self._delivery.attempt(job)
            except Refusal as refusal:
                # There is nobody to tell, and trying again would not make it possible.
                log.warning("job_refused", kind=job.kind, subject=job.subject, why=str(refusal))
                await self._delivery.end(job, State.DROPPED)
            except Unavailable:
                log.warning("job_waits_for_store", kind=job.kind)
                if job.place is None:
                    await self._give_back(job)
            except Exception:
                log.exception("job_failed", kind=job.kind, subject=job.subject)
                await self._failed(job)

    async def _give_back(self, job: Job) -> None:
        """Let work that sends nothing begin anew soon, not only when its claim runs out: a live round waits for it."""

        async def give(unit: Unit) -> None:
            if self._held[_id(job)] > self._clock():
                await unit.jobs.retry(job, self._clock() + backoff(0))

        await self._delivery.note(give)

    async def _failed(self, job: Job) -> None:
        """Our own code failed: try again a few times, then set the job aside so that it stops nobody else."""
        job = replace(job, failures=job.failures + 1)
        if job.failures >= MOST_FAILURES:
            await self._delivery.end(job, State.FAILED)
        else:
            await self._delivery.again(job, backoff(job.failures))


def _id(job: Job) -> tuple[int, str]:
    return job.community, job.key
