"""What moderators hear of held messages: that some wait, in bundles, and that many newcomers come who mean no good."""

from dataclasses import replace

from bot.chat.message import Button, Message, Tone, card, say
from bot.chat.places import Role
from bot.chat.text import T
from bot.command import job
from bot.context import Context
from bot.domain import jobs
from bot.domain.held import RAID_SPAN, State
from bot.domain.moderation import Deed
from bot.features.moderation import queue
from bot.features.moderation.tell import moderators, reads, tell_moderators
from bot.features.record import note

NEWS, RAID, EXPIRY = "held-news", "held-raid", "held-expiry"


@job(NEWS)
async def news(ctx: Context, _subject: int) -> None:
    """Let every moderator know, if something still waits."""
    if await ctx.unit.holds.count(ctx.community.id):
        await tell_moderators(ctx, told, 0)


@job("held-told")
async def told(ctx: Context, _subject: int) -> Message | jobs.State:
    """How many wait, by the time that it is read."""
    count = await ctx.unit.holds.count(ctx.community.id)
    if not count or not await reads(ctx):
        return jobs.State.DROPPED
    row = (Button(T("Look"), queue.look(ctx.community.id)),)
    return say(queue.waiting_line(count), T("Nothing is lost: each is decided by one of you."), rows=(row,))


@job(RAID)
async def raid(ctx: Context, _subject: int) -> None:
    """Let organisers know, or moderators where no organiser is known."""
    least = Role.ORGANISER if await moderators(ctx, Role.ORGANISER) else Role.MODERATOR
    await tell_moderators(ctx, alarm, 0, least=least)


@job("held-alarm", insists=True)
async def alarm(ctx: Context, _subject: int) -> Message | jobs.State:
    """How many came who mean no good, and what can be done."""
    count = await ctx.unit.holds.newcomers(ctx.community.id, ctx.now - 2 * RAID_SPAN)
    if not count or not await reads(ctx):
        return jobs.State.DROPPED
    scope = ctx.community.id
    lock = Button(T("Propose to lock the group"), queue.lock_down(scope), tone=Tone.DANGER)
    what = T("The messages of {n} newcomer are held back.", "The messages of {n} newcomers are held back.", n=count)
    then = T("It looks like a raid. A lock for an hour gives time to sort it out; two moderators agree on it.")
    return card(T("Many newcomers at once"), what, then, rows=((Button(T("Look"), queue.look(scope)), lock),))


@job(EXPIRY)
async def expire(ctx: Context, subject: int) -> None:
    """End the wait after a week; in any case the words are forgotten then."""
    held = await ctx.unit.holds.hold(ctx.community.id, subject)
    if held is None:
        return
    late = held.state is State.OPEN
    ended = replace(held, state=State.EXPIRED if late else held.state, words="", urls=())
    await ctx.unit.holds.save(ended)
    if late:
        await note(ctx, Deed.DISCARD, person=held.author, subject=subject)
