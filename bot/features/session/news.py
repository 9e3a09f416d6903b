"""What those hear who said that they come, when a date changes."""

from datetime import timedelta

from bot.chat.message import Message, Paragraph, card
from bot.chat.text import T
from bot.command import job
from bot.context import Context
from bot.domain import jobs
from bot.domain.agenda import Occurrence
from bot.domain.quiet import awake
from bot.domain.rsvp import Answer, seats
from bot.features.session.card import options, show
from bot.features.session.dates import LOOKED_AT, coming, rests, whole
from bot.features.session.entry import find
from bot.features.session.out import is_out
from bot.features.session.place import where
from bot.features.session.remind import near
from bot.features.session.rsvp import promote

NEAR = timedelta(hours=12)
"""What changes of a session that begins so soon is told at night as well."""


async def changed(ctx: Context, before: Occurrence | None, now: Occurrence) -> None:
    """Let the cards of a date say what it is now, and tell those who come or may what is different, once.

    Only a time, a place or whether it takes place is worth a message. The series must be held.
    """
    await ctx.renew(show, now.subject)
    await ctx.renew(near, now.subject)
    if before is None or now.ends <= ctx.now:
        return
    rsvps = await ctx.unit.rsvps.of_date(now.series.community, now.series.id, now.day)
    if before.capacity != now.capacity and now.on:
        await promote(ctx, now, seats(rsvps, before.capacity), seats(rsvps, now.capacity))
    if _told(before) == _told(now):
        return
    at = ctx.now if min(before.starts, now.starts) - ctx.now < NEAR else awake(ctx.now, ctx.community.zone)
    people = {each.person for each in rsvps if each.answer is not Answer.NO} | {now.host}
    actor = ctx.who.id if ctx.who else 0
    for person in sorted(people - {0, actor}):
        await ctx.tell(person, told, now.subject, at)


def _told(one: Occurrence) -> tuple[object, ...]:
    if not one.on:
        return (one.rest,)
    return one.starts, one.ends, one.where, one.url, one.channel


@job("session-changed", insists=True)
async def told(ctx: Context, subject: int) -> Message | jobs.State:
    """The date as it is now; of one that has passed nobody need hear any more."""
    one = await find(ctx, subject)
    if one is None or ctx.now >= one.ends or await is_out(ctx.unit, ctx.community.id, ctx.person.id, ctx.now):
        return jobs.State.DROPPED
    title = one.title
    if reason := rests(one):
        why = T("This session does not take place: {reason}.", reason=reason)
        after = await _next(ctx, one) if ctx.seat else ()  # a guest was asked to this date alone
        return card(T("Called off: {title}", title=title), whole(one), why, *after)
    places = [Paragraph(line) for line in await where(ctx, one)]
    again = T("Please say again whether you come.")
    return card(T("Changed: {title}", title=title), whole(one), *places, again, rows=(options(ctx, one),))


async def _next(ctx: Context, one: Occurrence) -> tuple[T, ...]:
    """When the session goes on, if it does."""
    changes = await ctx.unit.sessions.changes(one.series.community, one.series.id)
    ahead = (each for each in coming(one.series, changes, ctx.now, LOOKED_AT) if each.on)
    return tuple(T("The next one: {when}.", when=whole(each)) for each in ahead)[:1]
