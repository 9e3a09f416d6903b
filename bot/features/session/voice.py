"""Minutes in the voice channel of a session: looked at again and again while it runs, so that a restart loses few."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from bot.chat.act import Act, Gather
from bot.chat.errors import PlatformError
from bot.chat.places import Account, Place
from bot.command import job
from bot.context import Context
from bot.domain import jobs
from bot.domain.agenda import Occurrence
from bot.domain.presence import closed_at
from bot.features.session.entry import find
from bot.features.session.mirror import channel_of

VOICE = "session-voice"

EVERY = timedelta(minutes=1)
"""So often it is looked who is there."""

BLIND = timedelta(minutes=5)
"""After longer than this without a look, nobody is known to have stayed."""

LOOKED = 7
"""Among the marks of reminders: when somebody was seen there the last time."""

MOST = 100
"""People of whom it is noted; a voice channel of Discord holds 99."""


async def follow(ctx: Context, one: Occurrence) -> None:
    """Count who is in the voice channel of a date that has begun."""
    for venue in await ctx.unit.communities.venues(ctx.community.id):
        there = ctx.abroad.get(venue.place.platform)
        if channel_of(one) and there and there.has_events and not venue.paused:
            await _ask(ctx, venue.place, one.subject, ctx.now)


async def close(ctx: Context, one: Occurrence) -> None:
    """A date is over: nobody is in its channel any more; who was not seen lately left when they were seen last."""
    key = (one.series.community, one.series.id, one.day)
    end = min(ctx.now, closed_at(one))
    looked = (await ctx.unit.leads.marks(*key)).get(LOOKED)
    left = looked if looked and end - looked > BLIND else end
    for each in await ctx.unit.presences.inside(*key):
        await ctx.unit.presences.leave(*key, each.person, left)


async def _seen(ctx: Context, subject: int, error: PlatformError | None, gave: str) -> None:
    """Note who is there, and look again in a while."""
    one = await find(ctx, subject, held=True)
    if one is None or error or ctx.now >= closed_at(one):
        return
    # That nobody is there is also what a server says that does not have the channel.
    if here := await _members(ctx, msgspec.json.decode(gave, type=tuple[str, ...])[:MOST]):
        await _note(ctx, one, here)
    await _ask(ctx, ctx.place, subject, ctx.now + EVERY)


async def _note(ctx: Context, one: Occurrence, here: Sequence[int]) -> None:
    """Who is not there any more left when they were seen last: no minute is counted that was not spent there."""
    key, presences = (one.series.community, one.series.id, one.day), ctx.unit.presences
    looked = (await ctx.unit.leads.marks(*key)).get(LOOKED)
    for each in await presences.inside(*key):
        if looked and (each.person not in here or ctx.now - looked > BLIND):
            await presences.leave(*key, each.person, looked)
    for person in here:
        await presences.enter(*key, person, ctx.now)
    await ctx.unit.leads.mark(*key, LOOKED, ctx.now)


async def _members(ctx: Context, accounts: Sequence[str]) -> Sequence[int]:
    """Those of them who are members here; of anybody else nothing is kept."""
    found = [await ctx.unit.arrivals.of(ctx.place, Account(ctx.place.platform, each)) for each in accounts]
    return [each.member.person for each in found if each.member]


async def _ask(ctx: Context, place: Place, subject: int, at: datetime) -> None:
    key = f"{VOICE}:{subject}:{place.platform}:{place.chat}"
    await ctx.unit.jobs.put(jobs.Job(ctx.community.id, key, VOICE, subject, at, place))


@job(VOICE, after=_seen)
async def look(ctx: Context, subject: int) -> Act | jobs.State:
    """Ask who is in the channel, as long as the date runs."""
    one = await find(ctx, subject)
    if one is None or not one.on or not channel_of(one) or not one.starts <= ctx.now < closed_at(one):
        return jobs.State.DROPPED
    return Gather(channel_of(one))
