"""When the next daily quiz comes."""

from datetime import date, datetime, timedelta

from bot.context import Context
from bot.domain.community import Community
from bot.domain.jobs import Job
from bot.domain.quiz import (
    next_opening,
    opening,
)
from bot.domain.rest import resting

OPEN = "daily-open"


async def plan(ctx: Context, community: Community, after: datetime | None = None) -> None:
    """Let the next quiz after that moment (now) be opened at the group's hour; what was planned before is forgotten."""
    await ctx.unit.jobs.cancel(community.id, OPEN)
    if not (community.daily.on and community.ready):
        return
    day, opens = await coming(ctx, community, after or ctx.now)
    await ctx.unit.jobs.put(Job(community.id, f"{OPEN}:{day.toordinal()}", OPEN, day.toordinal(), opens))


async def coming(ctx: Context, community: Community, after: datetime) -> tuple[date, datetime]:
    """The day of the next quiz after that moment and when it opens; no day has two, whatever the hour became."""
    day, _ = next_opening(community.daily, community.zone, after)
    latest = await ctx.unit.quizzes.latest(community.id)
    if latest and latest.day and latest.day >= day:
        day = latest.day + timedelta(days=1)
    while resting(community.quizzes, day):
        day += timedelta(days=1)
    return day, opening(community.daily, day, community.zone)
