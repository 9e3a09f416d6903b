"""When the digest comes by itself."""

from datetime import date, datetime, timedelta

from bot.context import Context
from bot.domain.community import Community, Preset
from bot.domain.jobs import Job
from bot.domain.quiz import instant, local_date

SEND = "digest-week"

USEFUL_FOR = timedelta(hours=48)
"""A digest that could not be sent in time is still worth sending this long."""


def is_sent(community: Community) -> bool:
    """Whether it comes by itself: as the group decided, else everywhere but in calm groups."""
    decided = community.digest.on
    return community.preset is not Preset.CALM if decided is None else decided


def sending(community: Community, day: date) -> datetime:
    """The instant of that local day at which it is sent."""
    return instant(day, community.digest.at, community.zone)


def next_day(community: Community, after: datetime) -> date:
    """The local day of the first digest later than that moment."""
    today = local_date(after, community.zone)
    day = today + timedelta(days=(community.digest.day - today.weekday()) % 7)
    return day if sending(community, day) > after else day + timedelta(days=7)


async def plan(ctx: Context, community: Community, after: datetime | None = None) -> None:
    """Let the first digest after that moment (now) be sent; what was planned before is forgotten."""
    await ctx.unit.jobs.cancel(community.id, SEND)
    if community.ready and is_sent(community):
        day = next_day(community, after or ctx.now)
        key = f"{SEND}:{day.toordinal()}"
        await ctx.unit.jobs.put(Job(community.id, key, SEND, day.toordinal(), sending(community, day)))
