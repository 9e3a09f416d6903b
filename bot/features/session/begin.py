"""A date from the moment at which it must be wanted, over its beginning, to its end."""

from dataclasses import replace

from bot.command import job
from bot.context import Context
from bot.domain.agenda import Occurrence, Rest
from bot.domain.jobs import State
from bot.domain.rsvp import seats
from bot.features.session import attend, finish, mirror, news, plan, voice
from bot.features.session.card import show
from bot.features.session.entry import find


@job(plan.QUORUM)
async def decide(ctx: Context, subject: int) -> None:
    """Call a date off that too few want, once; one that an organiser keeps takes place all the same."""
    one = await find(ctx, subject, held=True)
    if one is None or not one.on or one.change.kept or ctx.now >= one.starts:
        return
    series = one.series
    said = await ctx.unit.rsvps.of_date(series.community, series.id, one.day)
    if len(seats(said, one.capacity).coming) >= series.quorum:
        return
    change = replace(one.change, rest=Rest.QUORUM, revision=one.change.revision + 1)
    await ctx.unit.sessions.put(change)
    await plan.plan(ctx, series)
    await news.changed(ctx, one, replace(one, rest=Rest.QUORUM, change=change))


@job(plan.DOOR)
async def open_door(ctx: Context, subject: int) -> None:
    """From now on people can say that they are there."""
    await ctx.renew(show, subject)


@job(plan.BEGIN)
async def start(ctx: Context, subject: int) -> State | None:
    """The card says that the session runs. One that was missed altogether is left to its end."""
    one = await find(ctx, subject, held=True)
    if one is None or not one.on or not one.starts <= ctx.now < one.ends:
        return State.DROPPED
    await ctx.unit.leads.mark(one.series.community, one.series.id, one.day, plan.BEGUN, one.starts)
    await voice.follow(ctx, one)
    await ctx.renew(show, subject)
    return None


@job(plan.END)
async def end(ctx: Context, subject: int) -> None:
    """The card says how it was; whoever led it, or planned it where nobody did, is asked to tell more."""
    one = await find(ctx, subject, held=True)
    if one is None or not one.on or ctx.now < one.ends:
        return
    await mirror.mirror(ctx, one.series)
    first = await finish.close(ctx, one)
    await ctx.renew(show, subject)
    if first and one.change.done_at is None and await _is_worth_it(ctx, one):
        await ctx.tell(one.host or one.series.by, finish.ask, subject)


@job(finish.SHUT)
async def shut(ctx: Context, subject: int) -> None:
    """Nobody can say any more that they were there."""
    await ctx.renew(show, subject)


async def _is_worth_it(ctx: Context, one: Occurrence) -> bool:
    """Whether anything happened: nobody is asked every week about a session to which nobody comes."""
    return bool(one.host or await attend.there(ctx, one))
