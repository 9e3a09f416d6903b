"""Forgetting a group that put the bot out of its last place."""

from bot.arrival import FORGET
from bot.command import job
from bot.context import Context
from bot.domain.jobs import State


@job(FORGET)
async def forget(ctx: Context, _subject: int) -> State | None:
    """Delete what is the group's, unless the bot came back meanwhile."""
    if any(not venue.paused for venue in await ctx.unit.communities.venues(ctx.community.id)):
        return State.DROPPED
    await ctx.unit.privacy.forget(ctx.community.id)
    return None
