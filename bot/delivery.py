"""One claimed job from its composing to its mark: said or done on a platform after the commit, and noted."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random

import structlog

from bot.asking import Asking, Powers, hear
from bot.budget import admit
from bot.chat.act import Act, Together, Whisper
from bot.chat.errors import Ambiguous, Gone, Moved, PlatformError, Refusal, SlowDown, Unavailable, Unreachable
from bot.chat.message import Message
from bot.chat.places import Account, Place, Ref
from bot.context import Context, abroad
from bot.domain.community import Community
from bot.domain.jobs import MOST_AMBIGUOUS, Job, State, backoff
from bot.index import Index
from bot.ports import Clock, Platform, Store, Unit
from bot.speech import Speech, choose_language
from bot.undelivered import undelivered

NOWHERE = Place("", "")
"""The place of work that sends nothing."""

NO_PLATFORM = timedelta(minutes=1)
"""How long a message waits before it is tried again on a platform that is not connected."""

NOTE_AGAIN = 1.0
"""Seconds after which what became of a send is noted again, where the store could not take it."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Composed:
    """What is to be said, and where it already stands; or what is to be done."""

    what: Message | Act | Together
    stands: Ref | None = None


class Delivery:
    """Carries out jobs that are claimed; once `closing`, nothing is noted any more that the store cannot take."""

    def __init__(
        self, index: Index, store: Store, platforms: Mapping[str, Platform], clock: Clock, rng: Random
    ) -> None:
        self._index = index
        self._store = store
        self._platforms = platforms
        self._clock = clock
        self._rng = rng
        self.closing = False

    async def attempt(self, job: Job) -> None:
        """Do a job's work once; what comes of it is noted."""
        if job.state is State.SENDING:
            job = replace(job, tries=job.tries + 1)
        platform = self._platforms.get(job.place.platform) if job.place else None
        if job.place and platform is None:
            return await self.again(job, NO_PLATFORM)
        try:
            place = await self._where(job, platform)
        except PlatformError as error:
            return await self._troubled(job, job.place or NOWHERE, error, is_new=True)
        composed = await self._informed(job, place)
        if composed is None or platform is None or place is None:
            return None
        if not isinstance(composed.what, Message):
            return await self._do(platform, job, place, composed.what)
        return await self._say(platform, job, place, composed.what, composed.stands)

    async def _say(self, platform: Platform, job: Job, place: Place, message: Message, stands: Ref | None) -> None:
        if stands is None and job.tries >= MOST_AMBIGUOUS and not platform.repeats_safely:
            log.warning("send_unknown", kind=job.kind, subject=job.subject)
            return await self.end(job, State.UNKNOWN)
        try:
            ref = await self._send(platform, job, place, message, stands)
        except PlatformError as error:
            return await self._troubled(job, place, error, is_new=stands is None)
        return await self._sent(job, place, ref)

    async def _do(self, platform: Platform, job: Job, place: Place, wanted: Act | Together) -> None:
        """Carry out an act; whoever wanted it hears how it went, also that the platform refused."""
        gave, refusal = "", None
        for number, act in enumerate(wanted.acts if isinstance(wanted, Together) else (wanted,)):
            try:
                gave = await platform.act(place, act, f"{job.community}:{job.key}" + (f":{number}" if number else ""))
            except (SlowDown, Unreachable, Moved) as error:
                return await self._troubled(job, place, error, is_new=False)
            except Ambiguous:
                # An act may be done twice, so it does not matter whether this one was done.
                return await self._troubled(job, place, Unreachable(), is_new=False)
            except PlatformError as error:
                log.warning("act_refused", kind=job.kind, act=type(act).__name__, error=repr(error))
                refusal = error
        return await self._went(job, place, refusal, gave)

    async def _went(self, job: Job, place: Place, error: PlatformError | None, gave: str) -> None:
        kind = self._index.jobs.get(job.kind)

        async def done(unit: Unit) -> None:
            community = await unit.communities.get(job.community)
            if community is None or kind is None or kind.after is None:
                return await unit.jobs.finish(job, State.FAILED if error else State.DONE)
            ctx, _ = await self._scene(unit, job, place, community, {})
            await kind.after(ctx, job.subject, error, gave)
            # Who wanted it has heard of a refusal, so it is no trouble that organisers must look for.
            return await unit.jobs.finish(job, State.DONE)

        await self.note(done)

    async def _informed(self, job: Job, place: Place | None) -> Composed | None:
        """Compose it; as often as a handler must know of somebody's power, it is begun anew with it."""
        powers: Powers = {}
        while True:
            try:
                return await self._compose(job, place, powers)
            except Asking as asking:
                try:
                    await hear(asking, powers, self._platforms)
                except Refusal:
                    await self.again(replace(job, failures=job.failures + 1), backoff(job.failures))
                    return None

    async def _where(self, job: Job, platform: Platform | None) -> Place | None:
        """The place of the job; for one person, whom the job names by the account, their private chat."""
        if not job.person or platform is None or job.place is None:
            return job.place
        return await platform.private(_account(job.place))

    async def _compose(self, job: Job, place: Place | None, powers: Powers) -> Composed | None:
        """Do the work; the message it gives is in its place's language, with where it already stands."""
        async with self._store.begin() as unit:
            community = await unit.communities.get(job.community)
            kind = self._index.jobs.get(job.kind)
            if community is None or community.joined or kind is None:
                await unit.jobs.finish(job, State.DROPPED)
                return None
            ctx, speech = await self._scene(unit, job, place or NOWHERE, community, powers)
            given = await kind.handler(ctx, job.subject)
            if isinstance(given, Message) and job.person and job.place is None:
                await ctx.tell(job.person, kind, job.subject)
            if given is None or isinstance(given, State) or place is None:
                await unit.jobs.finish(job, given if isinstance(given, State) else State.DONE)
                return None
            ref = None if job.person else await unit.cards.get(job.community, _card(job), place)
            if isinstance(given, Message) and ref is None and not job.person:
                given = await admit(unit, job, kind, given, community, ctx.now)
            if given is None:
                return None
            await unit.jobs.sending(job)
            if isinstance(given, Message):
                return Composed(speech.message(given), ref)
            return Composed(await self._spoken(unit, given, community, speech))

    async def _spoken(self, unit: Unit, act: Act | Together, community: Community, speech: Speech) -> Act | Together:
        """An act with its words, if it has some, in the language of whom they are for."""
        if not isinstance(act, Whisper):
            return act
        person = await unit.people.of_account(act.account)
        language = choose_language(person.language if person else "", community.language)
        return replace(act, message=replace(speech, language=language).message(act.message))

    async def _scene(
        self, unit: Unit, job: Job, place: Place, community: Community, powers: Powers
    ) -> tuple[Context, Speech]:
        """The group, or the person whom it is for, and the language of either."""
        speech = Speech(community.language, community.zone, community.register)
        ctx = Context(
            unit,
            self._clock(),
            self._rng,
            place,
            found=community,
            language=community.language,
            abroad=abroad(self._platforms),
            powers=powers,
        )
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

        await self.note(done)

    async def _troubled(self, job: Job, place: Place, error: PlatformError, *, is_new: bool) -> None:
        match error:
            case SlowDown():
                await self.again(job, error.after)
            case Unreachable():
                await self.again(replace(job, failures=job.failures + 1), backoff(job.failures))
            case Ambiguous():
                await self.again(replace(job, tries=job.tries + 1), backoff(job.tries))
            case Moved():
                await self._moved(job, place, error.to)
            case _:
                log.warning("cannot_send", kind=job.kind, platform=place.platform, error=repr(error))
                # Where even something new may not be posted, trying again is no use until we hear from the place.
                await (self._paused(job, place) if is_new else self.end(job, State.FAILED))

    async def _moved(self, job: Job, old: Place, new: Place) -> None:
        async def follow(unit: Unit) -> None:
            await unit.communities.move_venue(old, new)
            await unit.jobs.retry(replace(job, place=new), self._clock())

        await self.note(follow)

    async def _paused(self, job: Job, place: Place) -> None:
        async def pause(unit: Unit) -> None:
            kind = self._index.jobs.get(job.kind)
            await undelivered(unit, job, place, self._clock(), insists=bool(kind and kind.insists))
            await unit.jobs.finish(job, State.FAILED)

        await self.note(pause)

    async def again(self, job: Job, after: timedelta) -> None:
        """Let the job fall due again after that time."""
        await self.note(lambda unit: unit.jobs.retry(job, self._clock() + after))

    async def end(self, job: Job, state: State) -> None:
        """End the job in that state."""
        await self.note(lambda unit: unit.jobs.finish(job, state))

    async def note(self, write: Callable[[Unit], Awaitable[None]]) -> None:
        """Write what became of a job, however long the store takes: what is not noted would be sent again."""
        while True:
            try:
                async with self._store.begin() as unit:
                    return await write(unit)
            except Unavailable as error:
                log.warning("store_unavailable", error=str(error))
                if self.closing:
                    return None
            await asyncio.sleep(NOTE_AGAIN)


def _account(place: Place) -> Account:
    """Whom a job for one person is for, as its place says."""
    return Account(place.platform, place.chat)


def _card(job: Job) -> str:
    return f"{job.kind}:{job.subject}"
