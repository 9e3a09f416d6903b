"""Due work: claimed with a lease, done or composed in one unit, sent after the commit, marked."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import structlog

from bot.chat.errors import Ambiguous, Gone, Moved, PlatformError, SlowDown, Unavailable, Unreachable
from bot.chat.message import Message
from bot.chat.places import Account, Place, Ref
from bot.context import Context, abroad
from bot.domain.community import Community
from bot.domain.jobs import LEASE, MOST_AMBIGUOUS, MOST_FAILURES, Job, State, backoff
from bot.index import Index
from bot.order import Turns
from bot.ports import Clock, Platform, Store, Unit
from bot.speech import Speech, choose_language
from bot.undelivered import undelivered

MOST_AT_ONCE = 100
"""Sends in flight at one time, and as many jobs that send nothing; the rest stay in the table for any replica."""

NOWHERE = Place("", "")
"""The place of work that sends nothing."""

NO_PLATFORM = timedelta(minutes=1)
"""How long a message waits before it is tried again on a platform that is not connected."""

NOTE_AGAIN = 1.0
"""Seconds after which what became of a send is noted again, where the store could not take it."""

log = structlog.get_logger()


class Outbox:
    """Runs due jobs. Several may exist on one database: every job is claimed by one of them."""

    def __init__(
        self, index: Index, store: Store, platforms: Mapping[str, Platform], clock: Clock, rng: Random
    ) -> None:
        self._index = index
        self._store = store
        self._platforms = platforms
        self._clock = clock
        self._rng = rng
        self._turns = Turns()
        self._flying: dict[asyncio.Task[None], Job] = {}
        self._held: dict[tuple[int, str], datetime] = {}
        self._waking: asyncio.Task[None] | None = None
        self._closing = False

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
        async with self._store.read() as unit:
            due = await unit.jobs.next_due()
        now = self._clock()
        if due is None or due > now:
            return 0
        async with self._store.begin() as unit:
            # A platform lets only so much through: what sends nothing does not wait behind what does.
            quiet = MOST_AT_ONCE - len(self._flying) + sends
            jobs = [*await unit.jobs.claim(now, now + LEASE, quiet, silent=True)] if quiet > 0 else []
            if sends < MOST_AT_ONCE:
                jobs += await unit.jobs.claim(now, now + LEASE, MOST_AT_ONCE - sends)
        # A job whose lease ended while it is at work here comes back to us: it is kept, not begun a second time.
        new = [job for job in jobs if _id(job) not in self._held]
        self._held |= {_id(job): now + LEASE for job in jobs}
        for job in new:
            task = asyncio.create_task(self._run(job))
            self._flying[task] = job
            task.add_done_callback(self._landed)
        return len(new)

    async def settle(self) -> None:
        """Run until nothing is due and nothing is in flight."""
        while self._flying or self._looking or await self.sweep():
            await asyncio.gather(*self._flying, *self._looking, return_exceptions=True)

    async def drain(self) -> None:
        """Wait for what is in flight or being claimed, starting nothing new from now on."""
        self._closing = True
        await asyncio.gather(*self._looking, return_exceptions=True)
        await asyncio.gather(*self._flying, return_exceptions=True)

    @property
    def _looking(self) -> tuple[asyncio.Task[None], ...]:
        return (self._waking,) if self._waking and not self._waking.done() else ()

    def _landed(self, task: asyncio.Task[None]) -> None:
        self._held.pop(_id(self._flying.pop(task)))
        self.wake()

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
                await self._attempt(job)
            except Unavailable:
                log.warning("job_waits_for_store", kind=job.kind)
                if job.place is None:
                    await self._give_back(job)
            except Exception:
                log.exception("job_failed", kind=job.kind, subject=job.subject)
                await self._failed(job)

    async def _attempt(self, job: Job) -> None:
        if job.state is State.SENDING:
            job = replace(job, tries=job.tries + 1)
        platform = self._platforms.get(job.place.platform) if job.place else None
        if job.place and platform is None:
            return await self._again(job, NO_PLATFORM)
        try:
            place = await self._where(job, platform)
        except PlatformError as error:
            return await self._troubled(job, job.place or NOWHERE, error, is_new=True)
        composed = await self._compose(job, place)
        if composed is None or platform is None or place is None:
            return None
        message, stands = composed
        if stands is None and job.tries >= MOST_AMBIGUOUS and not platform.repeats_safely:
            log.warning("send_unknown", kind=job.kind, subject=job.subject)
            return await self._end(job, State.UNKNOWN)
        try:
            ref = await self._send(platform, job, place, message, stands)
        except PlatformError as error:
            return await self._troubled(job, place, error, is_new=stands is None)
        return await self._sent(job, place, ref)

    async def _where(self, job: Job, platform: Platform | None) -> Place | None:
        """The place of the job; for one person, whom the job names by the account, their private chat."""
        if not job.person or platform is None or job.place is None:
            return job.place
        return await platform.private(_account(job.place))

    async def _compose(self, job: Job, place: Place | None) -> tuple[Message, Ref | None] | None:
        """Do the work; the message it gives is in its place's language, with where it already stands."""
        async with self._store.begin() as unit:
            community = await unit.communities.get(job.community)
            kind = self._index.jobs.get(job.kind)
            if community is None or kind is None:
                await unit.jobs.finish(job, State.DROPPED)
                return None
            ctx, speech = await self._scene(unit, job, place or NOWHERE, community)
            message = await kind.handler(ctx, job.subject)
            if not isinstance(message, Message) or place is None:
                await unit.jobs.finish(job, message if isinstance(message, State) else State.DONE)
                return None
            await unit.jobs.sending(job)
            ref = None if job.person else await unit.cards.get(job.community, _card(job), place)
        return speech.message(message), ref

    async def _scene(self, unit: Unit, job: Job, place: Place, community: Community) -> tuple[Context, Speech]:
        """The group, or the person whom it is for, and the language of either."""
        speech = Speech(community.language, community.zone, community.register)
        known = abroad(self._platforms)
        ctx = Context(unit, self._clock(), self._rng, place, found=community, language=community.language, abroad=known)
        person = await unit.people.get(job.person) if job.person else None
        if person is None:
            return ctx, speech
        language = choose_language(person.language, community.language)
        seat = await unit.people.seat(community.id, person.id)
        return replace(ctx, who=person, seat=seat, private=True, language=language), replace(speech, language=language)

    async def _send(self, platform: Platform, job: Job, place: Place, message: Message, ref: Ref | None) -> Ref:
        if ref is not None:
            try:
                await platform.edit(ref, message)
            except Gone:
                log.info("card_gone", kind=job.kind)
            except Ambiguous as error:
                # Editing twice is harmless, so a lost reply is no reason to give up.
                raise Unreachable from error
            else:
                return ref
        # A retry has the key of the try before; where a card is gone, or somebody is told again, another is meant.
        meant = ref.message if ref else job.due_at.isoformat() if job.person else ""
        return await platform.send(place, message, f"{job.community}:{job.key}:{meant}")

    async def _sent(self, job: Job, place: Place, ref: Ref) -> None:
        if job.tries and not self._platforms[place.platform].repeats_safely:
            log.warning("perhaps_sent_twice", kind=job.kind, subject=job.subject)

        async def done(unit: Unit) -> None:
            if not job.person:
                await unit.cards.put(job.community, _card(job), ref)
            await unit.jobs.finish(job, State.DONE)

        await self._note(done)

    async def _troubled(self, job: Job, place: Place, error: PlatformError, *, is_new: bool) -> None:
        match error:
            case SlowDown():
                await self._again(job, error.after)
            case Unreachable():
                await self._again(replace(job, failures=job.failures + 1), backoff(job.failures))
            case Ambiguous():
                await self._again(replace(job, tries=job.tries + 1), backoff(job.tries))
            case Moved():
                await self._moved(job, place, error.to)
            case _:
                log.warning("cannot_send", kind=job.kind, platform=place.platform, error=repr(error))
                # Where even something new may not be posted, trying again is no use until we hear from the place.
                await (self._paused(job, place) if is_new else self._end(job, State.FAILED))

    async def _moved(self, job: Job, old: Place, new: Place) -> None:
        async def follow(unit: Unit) -> None:
            await unit.communities.move_venue(old, new)
            await unit.jobs.retry(replace(job, place=new), self._clock())

        await self._note(follow)

    async def _paused(self, job: Job, place: Place) -> None:
        async def pause(unit: Unit) -> None:
            await undelivered(unit, job, place, self._clock())
            await unit.jobs.finish(job, State.FAILED)

        await self._note(pause)

    async def _give_back(self, job: Job) -> None:
        """Let work that sends nothing begin anew soon, not only when its claim runs out: a live round waits for it."""

        async def give(unit: Unit) -> None:
            if self._held[_id(job)] > self._clock():
                await unit.jobs.retry(job, self._clock() + backoff(0))

        await self._note(give)

    async def _again(self, job: Job, after: timedelta) -> None:
        await self._note(lambda unit: unit.jobs.retry(job, self._clock() + after))

    async def _end(self, job: Job, state: State) -> None:
        await self._note(lambda unit: unit.jobs.finish(job, state))

    async def _note(self, write: Callable[[Unit], Awaitable[None]]) -> None:
        """Write what became of a job, however long the store takes: what is not noted would be sent again."""
        while True:
            try:
                async with self._store.begin() as unit:
                    return await write(unit)
            except Unavailable as error:
                log.warning("store_unavailable", error=str(error))
                if self._closing:
                    return None
            await asyncio.sleep(NOTE_AGAIN)

    async def _failed(self, job: Job) -> None:
        """Our own code failed: try again a few times, then set the job aside so that it stops nobody else."""
        job = replace(job, failures=job.failures + 1)
        if job.failures >= MOST_FAILURES:
            await self._end(job, State.FAILED)
        else:
            await self._again(job, backoff(job.failures))


def _account(place: Place) -> Account:
    """Whom a job for one person is for, as its place says."""
    return Account(place.platform, place.chat)


def _id(job: Job) -> tuple[int, str]:
    return job.community, job.key


def _card(job: Job) -> str:
    return f"{job.kind}:{job.subject}"
